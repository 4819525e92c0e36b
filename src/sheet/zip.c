/* A zip archive that has been found harmless. */
#include "guanai/sheet/zip.h"

#include "guanai/base/alloc.h"
#include "guanai/base/arena.h"
#include "guanai/base/map.h"
#include "guanai/base/num.h"
#include "guanai/sheet/sheet.h"

#include <ctype.h>
#include <minizip/unzip.h>
#include <stdlib.h>
#include <string.h>

enum { LOCAL_HEADER_BYTES = 30, FLAG_ENCRYPTED = 1 };

struct entry {
    const char *name;
    unz64_file_pos pos;
    int64_t from; /* of its local header, at the latest */
    int64_t to;   /* behind its packed bytes */
    int64_t packed_bytes;
    int64_t claimed_bytes;
};

struct ga_zip {
    struct ga_source *source;
    unzFile file;
    int64_t at_bytes; /* where minizip stands in the source */
    struct ga_arena arena;
    struct ga_map by_name;
    struct entry *entries;
    size_t entries_count;
    const struct entry *current; /* NULL: none is open */
    int64_t entry_bytes;         /* unpacked of the current one */
    int64_t unpacked_bytes;
};

/* minizip reads through these; it opens no file itself. */
static voidpf ZCALLBACK zip_open(voidpf opaque, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return opaque;
}

static uLong ZCALLBACK zip_read(voidpf opaque, voidpf stream, void *buf, uLong size)
{
    (void)stream;
    struct ga_zip *zip = opaque;
    size_t got = ga_source_read(zip->source, buf, size, zip->at_bytes);
    zip->at_bytes += (int64_t)got;
    return got;
}

static uLong ZCALLBACK zip_write(voidpf opaque, voidpf stream, const void *buf, uLong size)
{
    (void)opaque;
    (void)stream;
    (void)buf;
    (void)size;
    return 0;
}

static ZPOS64_T ZCALLBACK zip_tell(voidpf opaque, voidpf stream)
{
    (void)stream;
    return (ZPOS64_T)((struct ga_zip *)opaque)->at_bytes;
}

static long ZCALLBACK zip_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    (void)stream;
    struct ga_zip *zip = opaque;
    int64_t size = zip->source->size_bytes;
    int64_t base = origin == ZLIB_FILEFUNC_SEEK_SET ? 0 : origin == ZLIB_FILEFUNC_SEEK_CUR ? zip->at_bytes : size;
    if (offset > (ZPOS64_T)(size - base))
        return -1;
    zip->at_bytes = base + (int64_t)offset;
    return 0;
}

static int ZCALLBACK zip_close(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

static int ZCALLBACK zip_error(voidpf opaque, voidpf stream)
{
    (void)stream;
    return ((struct ga_zip *)opaque)->source->minus_errno != 0;
}

static enum ga_rc refuse_damaged(struct ga_zip *zip, struct ga_error *err)
{
    enum ga_rc rc = ga_source_check(zip->source, err);
    if (rc != GA_OK)
        return rc;
    return ga_error_set(err, GA_DAMAGED,
                        "%1 is damaged or was not copied to its end: copy it once more, or save it again in WPS "
                        "or Excel",
                        zip->source->path);
}

static enum ga_rc refuse_hostile(struct ga_zip *zip, struct ga_error *err)
{
    return ga_error_set(err, GA_REFUSED,
                        "%1 is built in a way no spreadsheet program builds a table, and is not opened: get it "
                        "again from where it came from",
                        zip->source->path);
}

static enum ga_rc refuse_bomb(struct ga_zip *zip, struct ga_error *err)
{
    return ga_error_set(err, GA_TOO_BIG,
                        "%1 unpacks to more than a table may hold (%2 MB): delete empty rows and columns, or split "
                        "the table into several files",
                        zip->source->path, GA_NUM(GA_SHEET_UNPACKED_BYTES >> 20));
}

/* Lower case, as names are compared on Windows, with "/" for the "\" some programs write. */
static char *plain_name(struct ga_arena *arena, const char *name)
{
    char *plain = ga_arena_strdup(arena, name);
    for (char *c = plain; *c != '\0'; c++)
        *c = *c == '\\' ? '/' : (char)tolower((unsigned char)*c);
    return plain;
}

static bool is_harmless_name(const char *name)
{
    if (name[0] == '\0' || name[0] == '/' || strchr(name, ':') != NULL)
        return false;
    for (const char *part = name; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            return false;
    }
    return true;
}

/* Opening it makes minizip compare the entry's own header with the directory. */
static enum ga_rc measure_entry(struct ga_zip *zip, struct entry *entry, size_t name_len, struct ga_error *err)
{
    if (unzOpenCurrentFile(zip->file) != UNZ_OK)
        return refuse_damaged(zip, err);
    int64_t data_at = (int64_t)unzGetCurrentFileZStreamPos64(zip->file);
    unzCloseCurrentFile(zip->file);
    entry->from = data_at - LOCAL_HEADER_BYTES - (int64_t)name_len;
    entry->to = data_at + entry->packed_bytes;
    return entry->from < 0 || entry->to > zip->source->size_bytes ? refuse_damaged(zip, err) : GA_OK;
}

static enum ga_rc add_entry(struct ga_zip *zip, struct ga_error *err)
{
    unz_file_info64 info;
    char name[GA_ZIP_NAME_BYTES + 1];
    if (unzGetCurrentFileInfo64(zip->file, &info, name, sizeof(name), NULL, 0, NULL, 0) != UNZ_OK)
        return refuse_damaged(zip, err);
    if (info.size_filename >= sizeof(name) || strlen(name) != info.size_filename)
        return refuse_hostile(zip, err);
    if ((info.flag & FLAG_ENCRYPTED) != 0)
        return ga_error_set(err, GA_REFUSED,
                            "%1 is protected by a password: open it in WPS or Excel, take the password away "
                            "and save it again",
                            zip->source->path);
    struct entry *entry = &zip->entries[zip->entries_count++];
    entry->name = plain_name(&zip->arena, name);
    if (!is_harmless_name(entry->name) || ga_map_get(&zip->by_name, entry->name) != NULL)
        return refuse_hostile(zip, err);
    if (info.compressed_size > (ZPOS64_T)zip->source->size_bytes)
        return refuse_damaged(zip, err);
    if (info.uncompressed_size > (ZPOS64_T)GA_SHEET_UNPACKED_BYTES)
        return refuse_bomb(zip, err);
    entry->packed_bytes = (int64_t)info.compressed_size;
    entry->claimed_bytes = (int64_t)info.uncompressed_size;
    unzGetFilePos64(zip->file, &entry->pos);
    ga_map_put(&zip->by_name, entry->name, entry);
    return measure_entry(zip, entry, info.size_filename, err);
}

static int compare_places(const void *a, const void *b)
{
    const struct entry *const *x = a, *const *y = b;
    return ((*x)->from > (*y)->from) - ((*x)->from < (*y)->from);
}

static enum ga_rc check_overlap(struct ga_zip *zip, struct ga_error *err)
{
    struct entry **sorted = ga_arena_array(&zip->arena, zip->entries_count, sizeof(*sorted));
    for (size_t i = 0; i < zip->entries_count; i++)
        sorted[i] = &zip->entries[i];
    qsort(sorted, zip->entries_count, sizeof(*sorted), compare_places);
    for (size_t i = 1; i < zip->entries_count; i++)
        if (sorted[i]->from < sorted[i - 1]->to)
            return refuse_hostile(zip, err);
    return GA_OK;
}

static enum ga_rc list_entries(struct ga_zip *zip, struct ga_error *err)
{
    unz_global_info64 global;
    if (unzGetGlobalInfo64(zip->file, &global) != UNZ_OK || global.number_entry == 0)
        return refuse_damaged(zip, err);
    if (global.number_entry > GA_ZIP_ENTRIES)
        return refuse_hostile(zip, err);
    zip->entries = ga_arena_array(&zip->arena, global.number_entry, sizeof(*zip->entries));
    int more = unzGoToFirstFile(zip->file);
    while (more == UNZ_OK && zip->entries_count < global.number_entry) {
        enum ga_rc rc = add_entry(zip, err);
        if (rc != GA_OK)
            return rc;
        more = unzGoToNextFile(zip->file);
    }
    if (zip->entries_count != global.number_entry)
        return refuse_damaged(zip, err);
    return check_overlap(zip, err);
}

enum ga_rc ga_zip_open(struct ga_source *source, struct ga_zip **ret_zip, struct ga_error *err)
{
    struct ga_zip *zip = ga_alloc(sizeof(*zip));
    zip->source = source;
    ga_arena_init(&zip->arena);
    zlib_filefunc64_def io = {.zopen64_file = zip_open, .zread_file = zip_read, .zwrite_file = zip_write,
                              .ztell64_file = zip_tell, .zseek64_file = zip_seek, .zclose_file = zip_close,
                              .zerror_file = zip_error, .opaque = zip};
    zip->file = unzOpen2_64(source->path, &io);
    enum ga_rc rc = zip->file == NULL ? refuse_damaged(zip, err) : list_entries(zip, err);
    if (rc == GA_OK)
        *ret_zip = zip;
    else
        ga_zip_close(zip);
    return rc;
}

static int end_current(struct ga_zip *zip)
{
    int result = zip->current == NULL ? UNZ_OK : unzCloseCurrentFile(zip->file);
    zip->current = NULL;
    return result;
}

void ga_zip_close(struct ga_zip *zip)
{
    if (zip == NULL)
        return;
    if (zip->file != NULL) {
        end_current(zip);
        unzClose(zip->file);
    }
    ga_map_finish(&zip->by_name);
    ga_arena_finish(&zip->arena);
    free(zip);
}

static const struct entry *find_entry(const struct ga_zip *zip, const char *name)
{
    char plain[GA_ZIP_NAME_BYTES + 1];
    size_t len = strlen(name);
    if (len >= sizeof(plain))
        return NULL;
    for (size_t i = 0; i <= len; i++)
        plain[i] = (char)tolower((unsigned char)name[i]);
    return ga_map_get(&zip->by_name, plain);
}

bool ga_zip_has(const struct ga_zip *zip, const char *name)
{
    return find_entry(zip, name) != NULL;
}

enum ga_rc ga_zip_start(struct ga_zip *zip, const char *name, struct ga_error *err)
{
    end_current(zip);
    const struct entry *entry = find_entry(zip, name);
    if (entry == NULL || unzGoToFilePos64(zip->file, &entry->pos) != UNZ_OK ||
        unzOpenCurrentFile(zip->file) != UNZ_OK)
        return refuse_damaged(zip, err);
    zip->current = entry;
    zip->entry_bytes = 0;
    return GA_OK;
}

enum ga_rc ga_zip_read(struct ga_zip *zip, void *buf, size_t size, size_t *ret_len, struct ga_error *err)
{
    int got = zip->current == NULL ? 0 : unzReadCurrentFile(zip->file, buf, (unsigned)size);
    if (got < 0)
        return refuse_damaged(zip, err);
    if (got == 0) {
        bool is_whole = zip->current == NULL || zip->entry_bytes == zip->current->claimed_bytes;
        if (end_current(zip) != UNZ_OK || !is_whole)
            return refuse_damaged(zip, err);
    }
    zip->entry_bytes += got;
    zip->unpacked_bytes += got;
    bool is_bomb = zip->unpacked_bytes > GA_SHEET_UNPACKED_BYTES ||
                   (got > 0 && zip->entry_bytes > GA_ZIP_RATIO_FROM_BYTES &&
                    zip->entry_bytes > GA_ZIP_RATIO * zip->current->packed_bytes);
    if (is_bomb)
        return refuse_bomb(zip, err);
    *ret_len = (size_t)got;
    return GA_OK;
}

int64_t ga_zip_unpacked_bytes(const struct ga_zip *zip)
{
    return zip->unpacked_bytes;
}

void ga_zip_set_unpacked_bytes(struct ga_zip *zip, int64_t bytes)
{
    zip->unpacked_bytes = bytes;
}

int ga_zip_done_permille(const struct ga_zip *zip)
{
    if (zip->current == NULL)
        return 1000;
    return zip->current->claimed_bytes == 0 ? 0 : (int)(zip->entry_bytes * 1000 / zip->current->claimed_bytes);
}
