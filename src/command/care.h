/* What the commands about duties share; private to this room. */
#ifndef GUANAI_COMMAND_CARE_H
#define GUANAI_COMMAND_CARE_H

#include "guanai/app/care.h"
#include "private.h"

/* The session's care; findings and failures are said. */
enum ga_exit ga_command_care(struct ga_command_line *line, struct ga_session *session, struct ga_care **ret_care);
/*
 * The class that is typed, one with children. `site`: its code or name; NULL where several sites have such a class: this
 * computer's, and it is said. What may be several classes even so is asked back (GA_EXIT_FINDINGS). `class` NULL: all of that
 * site; that NULL, too: all NULL.
 */
enum ga_exit ga_command_class(struct ga_command_line *line, struct ga_session *session, const char *class, const char *site,
                              struct ga_arena *arena, struct ga_roster_class *ret_class);
/* The same by the names of a day, where its school year is over (care/past.h). */
enum ga_exit ga_command_class_in(struct ga_command_line *line, struct ga_session *session, struct ga_date day, const char *class,
                                 const char *site, struct ga_arena *arena, struct ga_roster_class *ret_class);
/* The same, but a grade alone is all its classes (class_no NULL). */
enum ga_exit ga_command_classes_in(struct ga_command_line *line, struct ga_session *session, struct ga_date day, const char *class,
                                   const char *site, struct ga_arena *arena, struct ga_roster_class *ret_class);
enum ga_exit ga_command_classes(struct ga_command_line *line, struct ga_session *session, const char *class, const char *site,
                                struct ga_arena *arena, struct ga_roster_class *ret_class);

/* What people ask alike of what is owed and what stands: --owner, --class, --site, --limit, --format. */
struct ga_care_asking {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_care *care; /* open once `answer` is called */
    struct ga_arena arena;
    const char *owner, *class, *site;
    size_t limit; /* 0: all */
    bool is_json;
};
/* Reads these and the command's own options, opens what is asked, lets it answer, closes. Begin with .line alone set. */
enum ga_exit ga_command_ask_care(struct ga_care_asking *asking, const struct ga_option *own, size_t own_count,
                                 enum ga_exit (*answer)(struct ga_care_asking *asking));
/* The duty of that name, said where there is none (GA_EXIT_FINDINGS). NULL: none is asked for. */
enum ga_exit ga_command_duty(struct ga_command_line *line, const struct ga_care *care, const char *name);

/* --owner: somebody who is known by name here, or owes anything; who is not is said (GA_EXIT_FINDINGS). NULL: nobody is asked for. */
enum ga_exit ga_command_owner(struct ga_command_line *line, struct ga_session *session, struct ga_care *care, const char *owner,
                              struct ga_arena *arena);

/* "2026-11" as its first day; what is none is said. */
enum ga_exit ga_read_month(struct ga_command_line *line, const char *typed, struct ga_date *ret_month);

#endif
