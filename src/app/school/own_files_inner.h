/* What listing and accepting a school's own files share; private to this room. */
#ifndef GUANAI_APP_OWN_FILES_INNER_H
#define GUANAI_APP_OWN_FILES_INNER_H

#include "guanai/app/own_files.h"
#include "guanai/base/io_over.h"

/* Listed and compared, not looked into: findings are of names and lengths alone. */
enum ga_rc ga_own_files_gather(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_files, struct ga_error *err);

/* Remembers for those that are the same everywhere which text that is; how many wait. */
enum ga_rc ga_own_files_note(struct ga_session *session, const struct ga_vec *files, struct ga_error *err);

/* Where the file lies, or would. */
const char *ga_own_file_path(struct ga_session *session, const struct ga_own_file *file, struct ga_arena *arena);

/* A name that came from elsewhere decides where a file is written: only what listing could have found. */
bool ga_own_file_has_fine_name(const struct ga_own_file *file);

/* The text that is to lie here; false: what lies here is. NULL: none. */
bool ga_own_file_takes(const struct ga_own_file *file, const struct ga_shared_text **ret_text);

static inline bool ga_own_file_is_calendar(const struct ga_own_file *file)
{
    return file->name[0] == GA_OWN_CALENDAR[0] && ga_str_equal(file->name, GA_OWN_CALENDAR);
}

/* own_calendar.c: config.yaml with that calendar in it. GA_REFUSED: it cannot be put there. */
enum ga_rc ga_own_calendar_lay(struct ga_session *session, const struct ga_shared_text *calendar, struct ga_str *out,
                               struct ga_error *err);
const char *ga_own_calendar_path(struct ga_session *session, struct ga_arena *arena);

#endif
