/* A SQLite VFS in memory that records what is written, then rebuilds what a power cut could leave. */
#include "dice.h"
#include "crash_vfs.h"

#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 16, SECTOR_BYTES = 512 };

enum event_kind { EVENT_CREATE, EVENT_WRITE, EVENT_TRUNCATE, EVENT_SYNC, EVENT_SYNC_FOLDER, EVENT_DELETE, EVENT_MARK };

struct event {
    enum event_kind kind;
    int file;
    int64_t at; /* offset, size or mark */
    size_t len;
    unsigned char *bytes;
};

struct memory_file {
    char name[256];
    bool exists;
    bool folder_synced; /* its name is on the disk */
    int level;          /* the lock held; there is one connection only */
    unsigned char *bytes;
    size_t len, cap;
};

struct crash_vfs {
    sqlite3_vfs base;
    char name[64];
    struct memory_file files[FILES_MAX];
    int files_count;
    struct ga_vec events;
    int64_t syncs, bytes_written;
    bool ignores_syncs, has_failed;
    int64_t fail_in, fail_times; /* 0: never */
    int fail_rc;
};

struct open_file {
    sqlite3_file base;
    struct crash_vfs *vfs;
    int file;
    bool is_journal;
    bool delete_on_close;
};

static struct event *record(struct crash_vfs *vfs, enum event_kind kind, int file, int64_t at)
{
    struct event *event = ga_vec_push(&vfs->events);
    *event = (struct event){.kind = kind, .file = file, .at = at};
    return event;
}

static int find_file(struct crash_vfs *vfs, const char *name)
{
    for (int i = 0; i < vfs->files_count; i++)
        if (strcmp(vfs->files[i].name, name) == 0)
            return i;
    assert(vfs->files_count < FILES_MAX);
    snprintf(vfs->files[vfs->files_count].name, sizeof(vfs->files[0].name), "%s", name);
    return vfs->files_count++;
}

static void resize(struct memory_file *file, size_t len)
{
    if (len > file->cap) {
        file->cap = len * 2;
        file->bytes = ga_realloc(file->bytes, file->cap);
    }
    if (len > file->len)
        memset(file->bytes + file->len, 0, len - file->len);
    file->len = len;
}

static void store(struct memory_file *file, const void *bytes, size_t len, size_t at)
{
    if (at + len > file->len)
        resize(file, at + len);
    memcpy(file->bytes + at, bytes, len);
}

static struct memory_file *file_of(sqlite3_file *base)
{
    struct open_file *open = (struct open_file *)base;
    return &open->vfs->files[open->file];
}

static int failure(struct crash_vfs *vfs)
{
    if (vfs->fail_in == 0 || --vfs->fail_in > 0)
        return SQLITE_OK;
    vfs->has_failed = true;
    vfs->fail_in = --vfs->fail_times > 0; /* the next one too */
    return vfs->fail_rc;
}

static int delete_file(sqlite3_vfs *base, const char *name, int sync_folder)
{
    struct crash_vfs *vfs = base->pAppData;
    int i = find_file(vfs, name);
    if (!vfs->files[i].exists)
        return SQLITE_IOERR_DELETE_NOENT;
    vfs->files[i].exists = false;
    vfs->files[i].folder_synced = false;
    resize(&vfs->files[i], 0);
    record(vfs, EVENT_DELETE, i, 0);
    if (sync_folder) {
        vfs->syncs++;
        record(vfs, EVENT_SYNC_FOLDER, -1, 0);
    }
    return SQLITE_OK;
}

static int close_file(sqlite3_file *base)
{
    struct open_file *open = (struct open_file *)base;
    file_of(base)->level = 0;
    if (open->delete_on_close)
        delete_file(&open->vfs->base, file_of(base)->name, 0);
    return SQLITE_OK;
}

static int read_file(sqlite3_file *base, void *buf, int len, sqlite3_int64 at)
{
    struct memory_file *file = file_of(base);
    size_t there = (size_t)at >= file->len ? 0 : file->len - (size_t)at;
    size_t take = there < (size_t)len ? there : (size_t)len;
    if (take > 0)
        memcpy(buf, file->bytes + at, take);
    memset((char *)buf + take, 0, (size_t)len - take);
    return take == (size_t)len ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int write_file(sqlite3_file *base, const void *bytes, int len, sqlite3_int64 at)
{
    struct open_file *open = (struct open_file *)base;
    const int failed = failure(open->vfs);
    len = failed != SQLITE_OK ? len / 2 : len;
    store(file_of(base), bytes, (size_t)len, (size_t)at);
    open->vfs->bytes_written += len;
    struct event *event = record(open->vfs, EVENT_WRITE, open->file, at);
    event->len = (size_t)len;
    event->bytes = ga_alloc((size_t)len + 1);
    memcpy(event->bytes, bytes, (size_t)len);
    return failed;
}

static int truncate_file(sqlite3_file *base, sqlite3_int64 size)
{
    struct open_file *open = (struct open_file *)base;
    const int failed = failure(open->vfs);
    if (failed != SQLITE_OK)
        return failed;
    resize(file_of(base), (size_t)size);
    record(open->vfs, EVENT_TRUNCATE, open->file, size);
    return SQLITE_OK;
}

/* The unix VFS syncs the folder at the first sync of a journal or -wal it has made. */
static int sync_file(sqlite3_file *base, int flags)
{
    (void)flags;
    struct open_file *open = (struct open_file *)base;
    const int failed = failure(open->vfs);
    if (failed != SQLITE_OK || open->vfs->ignores_syncs)
        return failed;
    open->vfs->syncs++;
    record(open->vfs, EVENT_SYNC, open->file, 0);
    if (open->is_journal && !file_of(base)->folder_synced) {
        file_of(base)->folder_synced = true;
        open->vfs->syncs++;
        record(open->vfs, EVENT_SYNC_FOLDER, -1, 0);
    }
    return SQLITE_OK;
}

static int size_of_file(sqlite3_file *base, sqlite3_int64 *size)
{
    *size = (sqlite3_int64)file_of(base)->len;
    return SQLITE_OK;
}

static int lock_file(sqlite3_file *base, int level)
{
    file_of(base)->level = level;
    return SQLITE_OK;
}

static int is_reserved(sqlite3_file *base, int *ret_reserved)
{
    (void)base;
    *ret_reserved = 0;
    return SQLITE_OK;
}

static int control_file(sqlite3_file *base, int op, void *arg)
{
    (void)base, (void)op, (void)arg;
    return SQLITE_NOTFOUND;
}

static int sector_size(sqlite3_file *base)
{
    (void)base;
    return SECTOR_BYTES;
}

static int characteristics(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE; /* as SQLite's own on Unix: else it would pad the -wal, as it never does there */
}

/* Version 1: no shared memory, so that WAL works in EXCLUSIVE locking mode only. */
static const sqlite3_io_methods methods = {1, close_file, read_file, write_file, truncate_file, sync_file,
                                           size_of_file, lock_file, lock_file, is_reserved, control_file,
                                           sector_size, characteristics};

static int open_file(sqlite3_vfs *base, sqlite3_filename name, sqlite3_file *file, int flags, int *ret_flags)
{
    struct crash_vfs *vfs = base->pAppData;
    struct open_file *open = (struct open_file *)file;
    memset(open, 0, sizeof(*open));
    int i = find_file(vfs, name == NULL ? "temporary" : name);
    if (!vfs->files[i].exists && !(flags & SQLITE_OPEN_CREATE))
        return SQLITE_CANTOPEN;
    if (!vfs->files[i].exists && failure(vfs) != SQLITE_OK)
        return SQLITE_CANTOPEN;
    if (!vfs->files[i].exists)
        record(vfs, EVENT_CREATE, i, 0);
    vfs->files[i].exists = true;
    open->base.pMethods = &methods;
    open->vfs = vfs;
    open->file = i;
    open->is_journal = (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
    open->delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    if (ret_flags != NULL)
        *ret_flags = flags;
    return SQLITE_OK;
}

static int access_file(sqlite3_vfs *base, const char *name, int flags, int *ret_is)
{
    (void)flags;
    struct crash_vfs *vfs = base->pAppData;
    *ret_is = 0;
    for (int i = 0; i < vfs->files_count; i++)
        if (strcmp(vfs->files[i].name, name) == 0 && vfs->files[i].exists)
            *ret_is = flags != SQLITE_ACCESS_EXISTS || vfs->files[i].len > 0; /* as the unix VFS */
    return SQLITE_OK;
}

static int full_name(sqlite3_vfs *base, const char *name, int size, char *out)
{
    (void)base;
    snprintf(out, (size_t)size, "%s", name);
    return SQLITE_OK;
}

struct crash_vfs *crash_vfs_create(const char *name)
{
    struct crash_vfs *vfs = ga_alloc(sizeof(*vfs));
    sqlite3_vfs *system = sqlite3_vfs_find(NULL); /* for randomness, sleep and time */
    snprintf(vfs->name, sizeof(vfs->name), "%s", name);
    vfs->base = *system;
    vfs->base.szOsFile = sizeof(struct open_file);
    vfs->base.pNext = NULL;
    vfs->base.zName = vfs->name;
    vfs->base.pAppData = vfs;
    vfs->base.xOpen = open_file;
    vfs->base.xDelete = delete_file;
    vfs->base.xAccess = access_file;
    vfs->base.xFullPathname = full_name;
    ga_vec_init(&vfs->events, sizeof(struct event));
    sqlite3_vfs_register(&vfs->base, 0);
    return vfs;
}

static void empty(struct crash_vfs *vfs)
{
    for (size_t i = 0; i < vfs->events.len; i++)
        free(GA_VEC_AT(struct event, &vfs->events, i)->bytes);
    ga_vec_clear(&vfs->events);
    for (int i = 0; i < vfs->files_count; i++)
        free(vfs->files[i].bytes);
    memset(vfs->files, 0, sizeof(vfs->files));
    vfs->files_count = 0;
}

void crash_vfs_destroy(struct crash_vfs *vfs)
{
    sqlite3_vfs_unregister(&vfs->base);
    empty(vfs);
    ga_vec_finish(&vfs->events);
    free(vfs);
}

void crash_vfs_acknowledge(struct crash_vfs *vfs, int64_t mark)
{
    record(vfs, EVENT_MARK, -1, mark);
}

void crash_vfs_ignore_syncs(struct crash_vfs *vfs)
{
    vfs->ignores_syncs = true;
}

void crash_vfs_fail(struct crash_vfs *vfs, int64_t nth, int64_t times, int sqlite_rc)
{
    vfs->fail_in = nth;
    vfs->fail_times = times;
    vfs->fail_rc = sqlite_rc;
    vfs->has_failed = false;
}

bool crash_vfs_has_failed(const struct crash_vfs *vfs)
{
    return vfs->has_failed;
}

int64_t crash_vfs_syncs(const struct crash_vfs *vfs)
{
    return vfs->syncs;
}

int64_t crash_vfs_bytes_written(const struct crash_vfs *vfs)
{
    return vfs->bytes_written;
}

size_t crash_vfs_events(const struct crash_vfs *vfs)
{
    return vfs->events.len;
}

/* xorshift64*: only so that a seed always gives the same state. */
static bool draw(uint64_t *random)
{
    if (*random <= 1)
        return *random == 1;
    return dice_next(random) >> 63;
}

/* How far each file, and the folder, was synced when the power went: events before that are durable. */
struct durable {
    size_t files[FILES_MAX], folder;
};

static void find_durable(const struct crash_vfs *from, size_t cut, struct durable *ret_durable)
{
    memset(ret_durable, 0, sizeof(*ret_durable));
    for (size_t i = 0; i < cut; i++) {
        const struct event *event = GA_VEC_AT(struct event, &from->events, i);
        if (event->kind == EVENT_SYNC)
            ret_durable->files[event->file] = i;
        else if (event->kind == EVENT_SYNC_FOLDER)
            ret_durable->folder = i;
    }
}

static bool is_durable(const struct durable *durable, const struct event *event, size_t i)
{
    bool in_folder = event->kind == EVENT_CREATE || event->kind == EVENT_DELETE;
    return i < (in_folder ? durable->folder : durable->files[event->file]);
}

static void apply_write(struct memory_file *file, const struct event *event, bool is_sure, uint64_t *random)
{
    for (size_t done = 0, len; done < event->len; done += len) {
        size_t at = (size_t)event->at + done;
        len = SECTOR_BYTES - at % SECTOR_BYTES;
        if (len > event->len - done)
            len = event->len - done;
        if (is_sure || draw(random))
            store(file, event->bytes + done, len, at);
    }
}

static void apply(struct memory_file *file, const struct event *event, bool is_sure, uint64_t *random)
{
    if (event->kind == EVENT_WRITE) {
        apply_write(file, event, is_sure, random);
        return;
    }
    if (event->kind == EVENT_CREATE) {
        file->exists = true; /* the worst for us is that an old journal is there, not that none is */
        return;
    }
    if (!is_sure && !draw(random))
        return;
    if (event->kind == EVENT_DELETE)
        file->exists = false;
    resize(file, event->kind == EVENT_DELETE ? 0 : (size_t)event->at);
}

int64_t crash_vfs_replay(const struct crash_vfs *from, size_t cut, uint64_t seed, struct crash_vfs *into)
{
    int64_t mark = 0;
    uint64_t random = seed;
    struct durable durable;
    find_durable(from, cut, &durable);
    empty(into);
    for (int i = 0; i < from->files_count; i++)
        find_file(into, from->files[i].name);
    for (size_t i = 0; i < cut; i++) {
        const struct event *event = GA_VEC_AT(struct event, &from->events, i);
        if (event->kind == EVENT_MARK)
            mark = event->at;
        else if (event->kind != EVENT_SYNC && event->kind != EVENT_SYNC_FOLDER)
            apply(&into->files[event->file], event, is_durable(&durable, event, i), &random);
    }
    return mark;
}
