/* A zip archive that has been found harmless. */
#ifndef GUANAI_SHEET_ZIP_H
#define GUANAI_SHEET_ZIP_H

#include "guanai/base/error.h"
#include "guanai/sheet/source.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    GA_ZIP_ENTRIES = 2000,
    GA_ZIP_NAME_BYTES = 255,
    GA_ZIP_RATIO = 300,              /* unpacked : packed, once an entry has passed … */
    GA_ZIP_RATIO_FROM_BYTES = 8 << 20, /* … so many bytes; XML of sheets reaches about 60 */
};

struct ga_zip;

/*
 * Refused: encrypted entries, names that are doubled, absolute or climb with "..", entries that lie over
 * one another (Fifield 2019) or outside the file, sizes in the directory that the entries contradict.
 */
enum ga_rc ga_zip_open(struct ga_source *source, struct ga_zip **ret_zip, struct ga_error *err);
void ga_zip_close(struct ga_zip *zip); /* NULL is fine */

/* Names as in the archive, letter case aside, "/" between folders. */
bool ga_zip_has(const struct ga_zip *zip, const char *name);

/* One entry is read at a time: starting another ends the one before. GA_DAMAGED when it is missing. */
enum ga_rc ga_zip_start(struct ga_zip *zip, const char *name, struct ga_error *err);

/*
 * *ret_len 0 at the end, where the checksum is compared. Bytes are counted as they come out, whatever
 * the headers say: GA_TOO_BIG past GA_SHEET_UNPACKED_BYTES over all entries since ga_zip_budget, or past
 * GA_ZIP_RATIO.
 */
enum ga_rc ga_zip_read(struct ga_zip *zip, void *buf, size_t size, size_t *ret_len, struct ga_error *err);

/* What has been unpacked so far; setting it back lets a sheet be read again. */
int64_t ga_zip_unpacked_bytes(const struct ga_zip *zip);
void ga_zip_set_unpacked_bytes(struct ga_zip *zip, int64_t bytes);

int ga_zip_done_permille(const struct ga_zip *zip); /* of the started entry */

#endif
