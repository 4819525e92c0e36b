/* Shows texts in memory as files among those of the disk. */
#include "guanai/base/io_over.h"

#include <errno.h>
#include <string.h>

enum { FIRST_FD = 1 << 24 }; /* no system hands out so many */

struct file {
    const char *path, *text; /* text NULL: not there */
    size_t len;
};

struct opened {
    struct file file;
    size_t at;
};

static struct file *find(struct ga_io_over *over, const char *path)
{
    for (size_t i = over->files.len; i-- > 0;) {
        struct file *file = ga_vec_at(&over->files, i);
        if (strcmp(file->path, path) == 0)
            return file;
    }
    return NULL;
}

static int open_file(void *ctx, const char *path, int flags, int mode)
{
    struct ga_io_over *over = ctx;
    const struct file *file = find(over, path);
    if (file == NULL)
        return over->below->open(over->below->ctx, path, flags, mode);
    if (file->text == NULL)
        return -ENOENT;
    *(struct opened *)ga_vec_push(&over->open) = (struct opened){*file, 0};
    return FIRST_FD + (int)over->open.len - 1;
}

static int64_t read_file(void *ctx, int fd, void *buf, size_t len)
{
    struct ga_io_over *over = ctx;
    if (fd < FIRST_FD)
        return over->below->read(over->below->ctx, fd, buf, len);
    struct opened *opened = ga_vec_at(&over->open, (size_t)(fd - FIRST_FD));
    const size_t left = opened->file.len - opened->at, taken = left < len ? left : len;
    if (taken > 0)
        memcpy(buf, opened->file.text + opened->at, taken);
    opened->at += taken;
    return (int64_t)taken;
}

static int close_file(void *ctx, int fd)
{
    struct ga_io_over *over = ctx;
    if (fd < FIRST_FD)
        return over->below->close(over->below->ctx, fd);
    if ((size_t)(fd - FIRST_FD) + 1 == over->open.len) /* readers take one at a time */
        over->open.len--;
    return 0;
}

static int stat_file(void *ctx, const char *path, struct ga_io_stat *ret_stat)
{
    struct ga_io_over *over = ctx;
    const struct file *file = find(over, path);
    if (file == NULL)
        return over->below->stat(over->below->ctx, path, ret_stat);
    if (file->text == NULL)
        return -ENOENT;
    *ret_stat = (struct ga_io_stat){.size_bytes = (int64_t)file->len, .is_regular = true};
    return 0;
}

/* ---- listing ---- */

struct listing {
    struct ga_io_over *over;
    const char *folder;
    int (*each)(void *arg, const char *name);
    void *arg;
};

/* The name of a file put directly into that folder; NULL: it lies elsewhere. */
static const char *name_in(const char *path, const char *folder)
{
    const size_t len = strlen(folder);
    return strncmp(path, folder, len) == 0 && path[len] == '/' && strchr(path + len + 1, '/') == NULL ? path + len + 1 : NULL;
}

static int pass_on(void *arg, const char *name)
{
    const struct listing *l = arg;
    for (size_t i = 0; i < l->over->files.len; i++) {
        const char *put = name_in(GA_VEC_AT(struct file, &l->over->files, i)->path, l->folder);
        if (put != NULL && strcmp(put, name) == 0)
            return 0; /* told with what was put */
    }
    return l->each(l->arg, name);
}

static int list_folder(void *ctx, const char *path, int (*each)(void *arg, const char *name), void *arg)
{
    struct ga_io_over *over = ctx;
    struct listing l = {over, path, each, arg};
    bool is_there = false;
    int rc = over->below->list(over->below->ctx, path, pass_on, &l);
    for (size_t i = 0; (rc >= 0 || rc == -ENOENT) && i < over->files.len; i++) {
        const struct file *file = ga_vec_at(&over->files, i);
        const char *name = name_in(file->path, path);
        if (name == NULL || file->text == NULL)
            continue;
        is_there = true;
        const int told = each(arg, name);
        if (told != 0)
            return told;
    }
    return rc == -ENOENT && is_there ? 0 : rc;
}

/* ---- the table ---- */

void ga_io_over_init(struct ga_io_over *over, const struct ga_io_ops *below)
{
    *over = (struct ga_io_over){.below = below};
    over->ops = (struct ga_io_ops){.open = open_file, .read = read_file, .close = close_file, .stat = stat_file, .list = list_folder, .ctx = over};
    ga_vec_init(&over->files, sizeof(struct file));
    ga_vec_init(&over->open, sizeof(struct opened));
}

void ga_io_over_finish(struct ga_io_over *over)
{
    ga_vec_finish(&over->files);
    ga_vec_finish(&over->open);
}

void ga_io_over_put(struct ga_io_over *over, const char *path, const char *text, size_t len)
{
    struct file *file = find(over, path);
    if (file == NULL)
        file = ga_vec_push(&over->files);
    *file = (struct file){path, text, len};
}
