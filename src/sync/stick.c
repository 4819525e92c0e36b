/* Finds the USB sticks that are plugged in. */
#include "guanai/sync/stick.h"

#include "guanai/base/num.h"
#include "guanai/base/str.h"
#include "mounts.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* A computer has a dozen disks and parts, a few dozen mounts; a table that long is no table. */
enum { DISKS_MAX = 256, SECTOR_BYTES = 512, TEXT_BYTES = 512, MOUNTS_BYTES_MAX = 1 << 20 };

/* A row of /sys/class/block: a disk, or a part of one. */
struct disk {
    const char *name; /* sdb1 */
    const char *way;  /* ../../devices/pci0000:00/…/usb1/…/block/sdb/sdb1 */
    const char *of;   /* the way to the whole disk; its own way when it is one */
    bool is_part;
};

struct looking {
    const struct ga_stick_places *places;
    struct ga_arena *arena;
    struct ga_vec disks;  /* struct disk */
    struct ga_vec mounts; /* struct ga_mount */
    struct ga_vec *sticks;
};

/* ---- the kernel's tables ---- */

/* The first line of a small file; "" without one. */
static const char *read_line(const struct looking *l, const char *path)
{
    const struct ga_io_ops *io = l->places->io;
    char buf[TEXT_BYTES];
    const int fd = io->open(io->ctx, path, O_RDONLY, 0);
    if (fd < 0)
        return "";
    const int64_t got = io->read(io->ctx, fd, buf, sizeof(buf) - 1);
    io->close(io->ctx, fd);
    buf[got < 0 ? 0 : got] = '\0';
    return ga_arena_strndup(l->arena, buf, strcspn(buf, "\n"));
}

static const char *of_disk(const struct looking *l, const char *name, const char *what)
{
    return read_line(l, ga_arena_printf(l->arena, "%s/sys/class/block/%s/%s", l->places->root, name, what));
}

/* NULL: it leads nowhere, or is no link. */
static const char *read_link(const struct looking *l, const char *path)
{
    const struct ga_io_ops *io = l->places->io;
    char buf[TEXT_BYTES];
    const int64_t got = io->read_link(io->ctx, path, buf, sizeof(buf));
    return got <= 0 || got >= (int64_t)sizeof(buf) ? NULL : ga_arena_strndup(l->arena, buf, (size_t)got);
}

static int note_disk(void *arg, const char *name)
{
    struct looking *l = arg;
    if (l->disks.len >= DISKS_MAX || strlen(name) > 64)
        return 0;
    const char *way = read_link(l, ga_arena_printf(l->arena, "%s/sys/class/block/%s", l->places->root, name));
    if (way == NULL)
        return 0;
    const char *slash = strrchr(way, '/');
    const bool is_part = of_disk(l, name, "partition")[0] != '\0';
    const char *of = is_part && slash != NULL ? ga_arena_strndup(l->arena, way, (size_t)(slash - way)) : way;
    *(struct disk *)ga_vec_push(&l->disks) = (struct disk){ga_arena_strdup(l->arena, name), way, of, is_part};
    return 0;
}

static void read_mounts(struct looking *l)
{
    const struct ga_io_ops *io = l->places->io;
    const char *path = ga_arena_printf(l->arena, "%s/proc/self/mountinfo", l->places->root);
    struct ga_str table = {0};
    char buf[4096]; /* the kernel says nothing of its size: ga_io_read_file would take it for empty */
    int64_t got = 0;
    const int fd = io->open(io->ctx, path, O_RDONLY, 0);
    while (fd >= 0 && table.len < MOUNTS_BYTES_MAX && (got = io->read(io->ctx, fd, buf, sizeof(buf))) > 0)
        ga_str_add_bytes(&table, buf, (size_t)got);
    if (fd >= 0)
        io->close(io->ctx, fd);
    ga_mounts_read(ga_str_text(&table), l->arena, &l->mounts);
    ga_str_finish(&table);
}

/* ---- which are sticks ---- */

static bool is_of(const struct looking *l, const struct ga_mount *mount, const struct disk *disk)
{
    const char *number = of_disk(l, disk->name, "dev");
    return (number[0] != '\0' && strcmp(mount->number, number) == 0) ||
           (ga_str_starts(mount->source, "/dev/") && strcmp(mount->source + strlen("/dev/"), disk->name) == 0);
}

/* Whole ones before folders of one seen a second time. */
static const struct ga_mount *mount_of(const struct looking *l, const struct disk *disk)
{
    const struct ga_mount *found = NULL;
    for (size_t i = 0; i < l->mounts.len; i++) {
        const struct ga_mount *mount = ga_vec_at(&l->mounts, i);
        if ((found == NULL || (mount->is_whole && !found->is_whole)) && is_of(l, mount, disk))
            found = mount;
    }
    return found;
}

static bool holds_data(const struct looking *l, const struct ga_mount *mount)
{
    const struct ga_io_ops *io = l->places->io;
    struct ga_io_stat here, data;
    const char *folder = ga_arena_printf(l->arena, "%s%s", l->places->root, mount->folder);
    return l->places->data_folder != NULL && io->stat(io->ctx, folder, &here) == 0 &&
           io->stat(io->ctx, l->places->data_folder, &data) == 0 && here.device == data.device;
}

/* What the computer runs from, or the school's data lies on. */
static bool is_own_mount(const struct looking *l, const struct ga_mount *mount)
{
    static const char *const own[] = {"/", "/boot", "/boot/efi", "/usr", "/var", "/home", "/opt", "/srv", "/nix", "/tmp"};
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        if (strcmp(mount->folder, own[i]) == 0)
            return true;
    return holds_data(l, mount);
}

/* The whole disk is, when one of its parts is. */
static bool is_own_disk(const struct looking *l, const struct disk *disk)
{
    for (size_t i = 0; i < l->disks.len; i++) {
        const struct disk *part = ga_vec_at(&l->disks, i);
        if (strcmp(part->of, disk->of) != 0)
            continue;
        for (size_t k = 0; k < l->mounts.len; k++) {
            const struct ga_mount *mount = ga_vec_at(&l->mounts, k);
            if (is_of(l, mount, part) && is_own_mount(l, mount))
                return true;
        }
    }
    return false;
}

static bool has_parts(const struct looking *l, const struct disk *disk)
{
    for (size_t i = 0; i < l->disks.len; i++) {
        const struct disk *part = ga_vec_at(&l->disks, i);
        if (part->is_part && strcmp(part->of, disk->way) == 0)
            return true;
    }
    return false;
}

static const char *of_whole(const struct looking *l, const struct disk *disk, const char *what)
{
    const char *slash = strrchr(disk->of, '/');
    return of_disk(l, slash == NULL ? disk->of : slash + 1, what);
}

static bool is_movable(const struct looking *l, const struct disk *disk)
{
    return strstr(disk->way, "/usb") != NULL || strcmp(of_whole(l, disk, "removable"), "1") == 0;
}

/* A reader of cards without a card is a disk of size 0; a CD can be taken out, but not written. */
static int64_t size_of(const struct looking *l, const struct disk *disk)
{
    int64_t sectors;
    if (!ga_num_parse(of_disk(l, disk->name, "size"), &sectors) || sectors <= 0 || sectors > INT64_MAX / SECTOR_BYTES)
        return 0;
    return ga_str_starts(disk->name, "sr") ? 0 : sectors * SECTOR_BYTES;
}

/* ---- what is said about one ---- */

struct labelling {
    const struct looking *l;
    const char *folder, *name; /* of the disk */
    const char *label;
};

static int match_label(void *arg, const char *name)
{
    struct labelling *labelling = arg;
    const struct looking *l = labelling->l;
    const char *way = read_link(l, ga_arena_printf(l->arena, "%s/%s", labelling->folder, name));
    const char *slash = way == NULL ? NULL : strrchr(way, '/');
    if (slash == NULL || strcmp(slash + 1, labelling->name) != 0)
        return 0;
    char *label = ga_arena_strdup(l->arena, name);
    ga_mounts_unescape(label);
    labelling->label = label;
    return 1;
}

static const char *label_of(const struct looking *l, const struct disk *disk)
{
    struct labelling labelling = {l, ga_arena_printf(l->arena, "%s/dev/disk/by-label", l->places->root), disk->name, ""};
    l->places->io->list(l->places->io->ctx, labelling.folder, match_label, &labelling);
    return labelling.label;
}

static void add_stick(struct looking *l, const struct disk *disk, int64_t size_bytes)
{
    const struct ga_io_ops *io = l->places->io;
    const struct ga_mount *mount = mount_of(l, disk);
    struct ga_stick stick = {
        .device = ga_arena_printf(l->arena, "/dev/%s", disk->name), .label = label_of(l, disk), .kind = "",
        .size_bytes = size_bytes, .free_bytes = -1,
        .is_protected = strcmp(of_disk(l, disk->name, "ro"), "1") == 0 || strcmp(of_whole(l, disk, "ro"), "1") == 0};
    stick.is_read_only = stick.is_protected;
    if (mount != NULL) {
        stick.folder = ga_arena_printf(l->arena, "%s%s", l->places->root, mount->folder);
        stick.kind = mount->kind;
        stick.is_read_only |= mount->is_read_only;
        stick.free_bytes = io->free_bytes(io->ctx, stick.folder);
        if (stick.free_bytes < 0)
            stick.free_bytes = -1;
    }
    *(struct ga_stick *)ga_vec_push(l->sticks) = stick;
}

static int compare_sticks(const void *a, const void *b)
{
    const struct ga_stick *first = a, *second = b;
    if ((first->folder == NULL) != (second->folder == NULL))
        return first->folder == NULL ? 1 : -1;
    return strcmp(first->device, second->device);
}

void ga_sticks_find(const struct ga_stick_places *places, struct ga_arena *arena, struct ga_vec *ret_sticks)
{
    struct looking l = {.places = places, .arena = arena, .sticks = ret_sticks};
    ga_vec_init(&l.disks, sizeof(struct disk));
    ga_vec_init(&l.mounts, sizeof(struct ga_mount));
    places->io->list(places->io->ctx, ga_arena_printf(arena, "%s/sys/class/block", places->root), note_disk, &l);
    read_mounts(&l);
    for (size_t i = 0; i < l.disks.len; i++) {
        const struct disk *disk = ga_vec_at(&l.disks, i);
        const int64_t size_bytes = size_of(&l, disk);
        if (size_bytes > 0 && is_movable(&l, disk) && !has_parts(&l, disk) && !is_own_disk(&l, disk))
            add_stick(&l, disk, size_bytes);
    }
    if (ret_sticks->len > 1)
        qsort(ret_sticks->items, ret_sticks->len, sizeof(struct ga_stick), compare_sticks);
    ga_vec_finish(&l.disks);
    ga_vec_finish(&l.mounts);
}

const struct ga_stick *ga_stick_of(const struct ga_vec *sticks, const char *path)
{
    const struct ga_stick *found = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < sticks->len; i++) {
        const struct ga_stick *stick = ga_vec_at(sticks, i);
        const size_t len = stick->folder == NULL ? 0 : strlen(stick->folder);
        if (len > longest && strncmp(path, stick->folder, len) == 0 && (path[len] == '/' || path[len] == '\0')) {
            found = stick;
            longest = len;
        }
    }
    return found;
}
