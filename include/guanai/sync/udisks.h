/* Mounting and letting go of a stick by udisks, where it is installed. */
#ifndef GUANAI_SYNC_UDISKS_H
#define GUANAI_SYNC_UDISKS_H

#include "guanai/base/error.h"

#include <stdbool.h>

/*
 * `program` is udisks' own command, "udisksctl" unless a test says otherwise; it is looked for along PATH. It asks
 * nobody for a password, and is given half a minute: a stick that hangs is told apart from one that works.
 *
 * GA_NOT_FOUND: not installed. GA_IO with the program's own words otherwise (somebody has a file of it open, …).
 * After mounting, ga_sticks_find says where it is seen now.
 */
enum ga_rc ga_udisks_mount(const char *program, const char *device, struct ga_error *err);
enum ga_rc ga_udisks_unmount(const char *program, const char *device, struct ga_error *err);

#endif
