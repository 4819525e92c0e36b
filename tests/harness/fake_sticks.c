/* The kernel's tables of disks and mounts as a folder of files. */
#include "fake_sticks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_SIZE = 400 };

const char fake_sticks_usb[] = "pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0/host6/target6:0:0/6:0:0:0";
const char fake_sticks_sata[] = "pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0";

static int stat_of(void *ctx, const char *path, struct ga_io_stat *ret_stat)
{
    enum { STICKS_OWN = 4711 };
    const struct fake_sticks *fake = ctx;
    const size_t len = strlen(fake->root);
    const int rc = ga_io_system()->stat(NULL, path, ret_stat);
    if (rc == 0 && strncmp(path, fake->root, len) == 0 && strncmp(path + len, "/media/", strlen("/media/")) == 0)
        ret_stat->device = STICKS_OWN;
    return rc;
}

int fake_sticks_start_apart(struct fake_sticks *fake)
{
    strcpy(fake->root, "/dev/shm/guanai-sticks-XXXXXX");
    return mkdtemp(fake->root) == NULL ? -1 : 0;
}

int fake_sticks_start(struct fake_sticks *fake)
{
    strcpy(fake->root, "/tmp/guanai-sticks-XXXXXX");
    fake->io = *ga_io_system();
    fake->io.stat = stat_of;
    fake->io.ctx = fake; /* the others of the system's look at none */
    return mkdtemp(fake->root) == NULL ? -1 : 0;
}

int fake_sticks_stop(struct fake_sticks *fake)
{
    char command[80];
    snprintf(command, sizeof(command), "rm -rf %s", fake->root);
    return system(command);
}

/* Also makes the folder it is to lie in. */
static void make_path(struct fake_sticks *fake, const char *name, char path[PATH_SIZE])
{
    char folder[PATH_SIZE];
    assert_true((size_t)snprintf(path, PATH_SIZE, "%s%s", fake->root, name) < PATH_SIZE);
    strcpy(folder, path);
    *strrchr(folder, '/') = '\0';
    assert_int_equal(ga_io_make_dirs(ga_io_system(), folder, NULL), GA_OK);
}

void fake_sticks_put(struct fake_sticks *fake, const char *name, const char *text)
{
    char path[PATH_SIZE];
    make_path(fake, name, path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

void fake_sticks_link(struct fake_sticks *fake, const char *name, const char *to)
{
    char path[PATH_SIZE];
    make_path(fake, name, path);
    assert_int_equal(symlink(to, path), 0);
}

static void put_fact(struct fake_sticks *fake, const char *way, const char *fact, const char *text)
{
    char name[PATH_SIZE], line[40];
    snprintf(name, sizeof(name), "%s/%s", way, fact);
    snprintf(line, sizeof(line), "%s\n", text);
    fake_sticks_put(fake, name, line);
}

void fake_sticks_disk(struct fake_sticks *fake, const char *bus, const char *name, const char *of, const char *number,
                      const char *sectors)
{
    char way[200], to[220], link[80];
    snprintf(way, sizeof(way), "/sys/devices/%s/block/%s%s%s", bus, of != NULL ? of : name, of != NULL ? "/" : "",
             of != NULL ? name : "");
    snprintf(link, sizeof(link), "/sys/class/block/%s", name);
    snprintf(to, sizeof(to), "../..%s", way + strlen("/sys"));
    fake_sticks_link(fake, link, to);
    put_fact(fake, way, "dev", number);
    put_fact(fake, way, "size", sectors);
    put_fact(fake, way, "ro", "0");
    put_fact(fake, way, of != NULL ? "partition" : "removable", of != NULL ? "1" : "0");
}

void fake_sticks_school(struct fake_sticks *fake, const char *mounts)
{
    char table[1000];
    fake_sticks_disk(fake, fake_sticks_sata, "sda", NULL, "8:0", "500118192");
    fake_sticks_disk(fake, fake_sticks_sata, "sda1", "sda", "8:1", "500000000");
    fake_sticks_disk(fake, fake_sticks_usb, "sdb", NULL, "8:16", "30310400");
    fake_sticks_disk(fake, fake_sticks_usb, "sdb1", "sdb", "8:17", "30308352");
    snprintf(table, sizeof(table), "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n%s", mounts);
    fake_sticks_put(fake, "/proc/self/mountinfo", table);
}
