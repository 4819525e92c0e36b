/* What all computers of a school have in common of config.yaml: sites, terms, days off, days of lessons. */
#ifndef GUANAI_CONFIG_CALENDAR_TEXT_H
#define GUANAI_CONFIG_CALENDAR_TEXT_H

#include "guanai/base/str.h"
#include "guanai/config/config.h"

/*
 * Appends it as YAML with the keys sites, terms, holidays, school_days, the same for the same settings however they were
 * written. Which site a computer stands at is its own matter: `own` is written where `own_code` names a site. Nothing for
 * a school that has said nothing yet: one site, no terms, no days.
 */
void ga_calendar_text(const struct ga_config *config, const char *own_code, struct ga_str *out);

/* Reads such a text; it lives in the arena. Faults go into problems under the name `file`. GA_REFUSED: it has some. */
enum ga_rc ga_calendar_read(const char *file, const char *text, size_t len, struct ga_arena *arena, struct ga_problems *problems,
                            struct ga_config *ret_config, struct ga_error *err);

/*
 * The text of a config.yaml with its keys of the calendar replaced by such a text; all other lines stay as they are,
 * remarks too. The caller reads the outcome before it counts: not every way to write YAML is understood.
 */
void ga_calendar_replace(const char *config_text, const char *calendar, struct ga_str *out);

#endif
