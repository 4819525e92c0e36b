/* Compares a school's own files with what its computers handed on. */
#include "school/own_files_inner.h"
#include "sync/sync_inner.h"

#include "guanai/app/definitions.h"
#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/base/num.h"
#include "guanai/config/calendar_text.h"
#include "guanai/store/school_list.h"
#include "guanai/yaml/schema.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAITING "forms.offered"

enum { LEAVES_KEPT = 8, SETTING_SIZE = GA_SHARED_NAME_MAX + 16 };

/* What was the same everywhere when that was looked at last: what this computer's text grew out of. */
struct base {
    bool is_there;
    struct ga_hash hash; /* zero: no file */
    struct ga_hash leaves[LEAVES_KEPT];
    size_t count;
};

struct gathering {
    struct ga_session *session;
    struct ga_arena *arena;
    struct ga_vec *files;
    const char *inner; /* the folder being listed; NULL: forms itself */
};

/* ---- what lies here ---- */

static struct ga_own_file *add_file(const struct gathering *g, const char *name)
{
    struct ga_own_file *file = ga_vec_push(g->files);
    *file = (struct ga_own_file){.name = name, .title = {.zh = name}, .pick = GA_OWN_PICK_NONE};
    return file;
}

const char *ga_own_file_path(struct ga_session *session, const struct ga_own_file *file, struct ga_arena *arena)
{
    if (ga_own_file_is_calendar(file))
        return ga_own_calendar_path(session, arena);
    return ga_arena_printf(arena, "%s/%s", ga_session_own_forms(session->data_folder, arena), file->name);
}

/* Without a folder of its own (--forms names it) a computer has no files that are the school's. */
static bool has_own(const struct ga_session *session)
{
    return session->forms_folders.count > 1;
}

static int keep_file(void *arg, const char *name)
{
    const struct gathering *g = arg;
    struct ga_str text = {0};
    struct ga_error why = {0};
    if (!ga_folders_reads(name) || g->files->len >= GA_FOLDER_FILES_MAX)
        return 0;
    const char *within = g->inner == NULL ? ga_arena_strdup(g->arena, name) : ga_arena_printf(g->arena, "%s/%s", g->inner, name);
    struct ga_own_file *file = add_file(g, within);
    if (ga_io_read_file(g->session->options->io, ga_own_file_path(g->session, file, g->arena), GA_SHARED_TEXT_MAX, &text, &why) == GA_OK) {
        file->text = ga_arena_strndup(g->arena, ga_str_text(&text), text.len);
        file->len = text.len;
    } else {
        file->text = "";
        file->finding = why.what;
    }
    ga_str_finish(&text);
    return 0;
}

static void list_files(struct gathering *g)
{
    const struct ga_io_ops *io = g->session->options->io;
    const char *own = ga_session_own_forms(g->session->data_folder, g->arena);
    g->inner = NULL;
    io->list(io->ctx, own, keep_file, g);
    for (size_t i = 0; ga_definitions_inner[i] != NULL; i++) {
        g->inner = ga_definitions_inner[i];
        io->list(io->ctx, ga_arena_printf(g->arena, "%s/%s", own, g->inner), keep_file, g);
    }
}

static void add_calendar(const struct gathering *g)
{
    struct ga_str text = {0};
    ga_calendar_text(&g->session->config, NULL, &text);
    if (text.len > 0) {
        struct ga_own_file *file = add_file(g, GA_OWN_CALENDAR);
        file->text = ga_arena_strndup(g->arena, text.data, text.len);
        file->len = text.len;
    }
    ga_str_finish(&text);
}

/* ---- what was handed on ---- */

bool ga_own_file_has_fine_name(const struct ga_own_file *of)
{
    const char *name = of->name, *slash = strchr(name, '/'), *own = slash == NULL ? name : slash + 1;
    if (strcmp(name, GA_OWN_CALENDAR) == 0)
        return true;
    if (!ga_folders_reads(own) || strchr(own, '/') != NULL || strlen(name) > GA_SHARED_NAME_MAX)
        return false;
    for (const char *p = name; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f || *p == '\\')
            return false;
    for (size_t i = 0; slash != NULL && ga_definitions_inner[i] != NULL; i++)
        if (strlen(ga_definitions_inner[i]) == (size_t)(slash - name) && ga_str_starts(name, ga_definitions_inner[i]))
            return true;
    return slash == NULL;
}

/* At a county what its schools hand on among themselves is no file of its own. */
static struct ga_shared_text *own_texts(const struct gathering *g, const struct ga_shared *shared, size_t *ret_count)
{
    struct ga_shared_text *texts = ga_arena_array(g->arena, shared->texts_count, sizeof(*texts));
    *ret_count = 0;
    for (size_t i = 0; i < shared->texts_count; i++)
        if (shared->texts[i].school[0] == '\0')
            texts[(*ret_count)++] = shared->texts[i];
    return texts;
}

static void add_shared(const struct gathering *g, const struct ga_shared *shared)
{
    size_t count;
    const struct ga_shared_text *texts = own_texts(g, shared, &count);
    struct ga_own_file *file = NULL;
    for (size_t i = 0; i < g->files->len && file == NULL; i++)
        if (strcmp(GA_VEC_AT(struct ga_own_file, g->files, i)->name, shared->name) == 0)
            file = ga_vec_at(g->files, i);
    if (count == 0 || strcmp(shared->name, GA_COUNTY_KEYS_FILE) == 0 || strcmp(shared->name, GA_SCHOOLS_FILE) == 0) /* nobody has to decide about it */
        return;
    if (file == NULL)
        file = add_file(g, shared->name);
    file->texts = texts;
    file->texts_count = count;
}

static enum ga_rc add_all_shared(const struct gathering *g, struct ga_error *err)
{
    struct ga_vec shared;
    ga_vec_init(&shared, sizeof(struct ga_shared));
    const enum ga_rc rc = ga_shared_list(g->session->store, g->arena, &shared, err);
    for (size_t i = 0; rc == GA_OK && i < shared.len; i++)
        add_shared(g, ga_vec_at(&shared, i));
    ga_vec_finish(&shared);
    return rc;
}

/* ---- comparing ---- */

static void hash_here(const struct ga_own_file *file, struct ga_hash *ret_hash)
{
    *ret_hash = (struct ga_hash){{0}};
    if (file->text != NULL)
        ga_shared_hash(file->text, file->len, ret_hash);
}

static void name_base(const struct ga_own_file *file, char ret_setting[SETTING_SIZE])
{
    snprintf(ret_setting, SETTING_SIZE, "file.%.*s", GA_SHARED_NAME_MAX, file->name);
}

static void read_base(struct ga_session *session, const struct ga_own_file *file, struct base *base)
{
    char setting[SETTING_SIZE], hex[GA_HASH_TEXT_SIZE];
    name_base(file, setting);
    const char *text = ga_store_setting(session->store, setting);
    *base = (struct base){.is_there = text != NULL};
    for (size_t i = 0; text != NULL && strlen(text) >= GA_HASH_TEXT_SIZE - 1 && i <= LEAVES_KEPT; i++) {
        ga_str_copy(hex, sizeof(hex), text);
        if (i == 0)
            ga_hash_parse(hex, &base->hash);
        else if (ga_hash_parse(hex, &base->leaves[base->count]))
            base->count++;
        text += GA_HASH_TEXT_SIZE - 1;
        text += *text == ' ';
    }
}

static bool grew_from(const struct base *base, const struct ga_own_file *file)
{
    if (base->count != file->texts_count)
        return false;
    for (size_t i = 0; i < base->count; i++)
        if (!ga_hash_equal(&base->leaves[i], &file->texts[i].leaf))
            return false;
    return true;
}

static bool are_equal(const struct ga_own_file *file)
{
    for (size_t i = 1; i < file->texts_count; i++)
        if (!ga_hash_equal(&file->texts[0].hash, &file->texts[i].hash))
            return false;
    return true;
}

static enum ga_own_file_state state_of(struct ga_session *session, const struct ga_own_file *file)
{
    struct ga_hash here;
    struct base base;
    hash_here(file, &here);
    if (file->texts_count == 0)
        return GA_OWN_FILE_OURS;
    if (!are_equal(file))
        return GA_OWN_FILE_BOTH;
    if (ga_hash_equal(&here, &file->texts[0].hash))
        return GA_OWN_FILE_SAME;
    if (ga_own_file_is_calendar(file) && file->text == NULL)
        return GA_OWN_FILE_THEIRS;
    read_base(session, file, &base);
    if (!base.is_there)
        return file->text == NULL ? GA_OWN_FILE_THEIRS : GA_OWN_FILE_BOTH;
    if (ga_hash_equal(&base.hash, &here))
        return GA_OWN_FILE_THEIRS;
    return grew_from(&base, file) ? GA_OWN_FILE_OURS : GA_OWN_FILE_BOTH;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct ga_own_file *)a)->name, ((const struct ga_own_file *)b)->name);
}

enum ga_rc ga_own_files_gather(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_files, struct ga_error *err)
{
    struct gathering g = {.session = session, .arena = arena, .files = ret_files};
    if (has_own(session)) {
        list_files(&g);
        add_calendar(&g);
    }
    const enum ga_rc rc = has_own(session) ? add_all_shared(&g, err) : GA_OK;
    if (ret_files->len > 1)
        qsort(ret_files->items, ret_files->len, ret_files->item_bytes, by_name);
    for (size_t i = 0; i < ret_files->len; i++) {
        struct ga_own_file *file = ga_vec_at(ret_files, i);
        file->state = state_of(session, file);
        file->pick = file->state == GA_OWN_FILE_OURS ? GA_OWN_PICK_OURS : file->state == GA_OWN_FILE_THEIRS ? 0 : GA_OWN_PICK_NONE;
    }
    return rc;
}

/* ---- remembering ---- */

static enum ga_rc set_if_other(struct ga_store *store, const char *setting, const char *value, struct ga_error *err)
{
    return ga_str_equal(ga_store_setting(store, setting), value) ? GA_OK : ga_store_set_setting(store, setting, value, err);
}

static enum ga_rc note_base(struct ga_session *session, const struct ga_own_file *file, struct ga_error *err)
{
    struct ga_str value = {0};
    char setting[SETTING_SIZE], hex[GA_HASH_TEXT_SIZE];
    struct ga_hash here;
    hash_here(file, &here);
    name_base(file, setting);
    ga_str_add(&value, ga_hash_text(&here, hex));
    for (size_t i = 0; i < file->texts_count && i < LEAVES_KEPT; i++)
        ga_str_addf(&value, " %s", ga_hash_text(&file->texts[i].leaf, hex));
    const enum ga_rc rc = set_if_other(session->store, setting, ga_str_text(&value), err);
    ga_str_finish(&value);
    return rc;
}

enum ga_rc ga_own_files_note(struct ga_session *session, const struct ga_vec *files, struct ga_error *err)
{
    size_t waiting = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < files->len; i++) {
        const struct ga_own_file *file = GA_VEC_AT(const struct ga_own_file, files, i);
        waiting += file->state == GA_OWN_FILE_THEIRS || file->state == GA_OWN_FILE_BOTH;
        if (file->state == GA_OWN_FILE_SAME)
            rc = note_base(session, file, err);
    }
    return rc == GA_OK ? set_if_other(session->store, WAITING, GA_NUM(waiting), err) : rc;
}

enum ga_rc ga_own_files_count(struct ga_session *session, size_t ret_counts[GA_OWN_FILE_STATES], struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_vec files;
    memset(ret_counts, 0, GA_OWN_FILE_STATES * sizeof(*ret_counts));
    ga_vec_init(&files, sizeof(struct ga_own_file));
    enum ga_rc rc = ga_own_files_gather(session, &arena, &files, err);
    for (size_t i = 0; i < files.len; i++)
        ret_counts[GA_VEC_AT(const struct ga_own_file, &files, i)->state]++;
    if (rc == GA_OK)
        rc = ga_own_files_note(session, &files, err);
    ga_vec_finish(&files);
    ga_arena_finish(&arena);
    return rc;
}

bool ga_own_files_wait(struct ga_session *session)
{
    const char *waiting = ga_store_setting(session->store, WAITING);
    return waiting != NULL && strcmp(waiting, "0") != 0;
}
