/* What of the care stands on the first screen, part by part. */
#ifndef GUANAI_SRC_SCREEN_HOME_LINES_H
#define GUANAI_SRC_SCREEN_HOME_LINES_H

#include "guanai/app/care.h"
#include "guanai/app/send_back.h"
#include "parts/menu.h"

enum {
    GA_HOME_LINE = 50, /* the menu's id of the first one */
    GA_HOME_LINES_MAX = 40,
};

/*
 * The parts stand in one table in home_lines.c, in the order they have on the page; a part adds no line while there is
 * nothing to say. It is asked at every return to the page and at the start of the program: it reads what is kept (the
 * brief, a setting, one indexed lookup) and works nothing out.
 */
struct ga_home_lines {
    struct ga_session *session;    /* borrowed, as all below */
    const struct ga_brief *brief;  /* what is kept of the care */
    const struct ga_sent_back_counts *sent_back; /* NULL: not known; asked once, for a fold a record is what it costs */
    enum ga_lang lang;
    struct ga_arena *arena; /* of the page's texts */
    struct ga_menu *menu;
    struct ga_home_line {
        const struct ga_screen_ops *opens; /* with Enter or its digit */
        const void *arg;                   /* of that page; in the arena, or for ever */
        void (*run)(struct ga_screen *screen, int tag); /* instead, where a page is not all there is to open */
    } lines[GA_HOME_LINES_MAX];
    size_t count;
};

/* Owes nothing for a child, where something is owed. */
bool ga_home_looks_after_school(const struct ga_brief *brief);
/* And does so for others: who works alone has nobody's work to look at. */
bool ga_home_is_headteacher(const struct ga_brief *brief);

/* The part's heading, before its first line. */
void ga_home_lines_head(struct ga_home_lines *lines, const char *text);
void ga_home_lines_add(struct ga_home_lines *lines, const char *text, const char *more, const struct ga_screen_ops *opens,
                       const void *arg);
void ga_home_lines_add_run(struct ga_home_lines *lines, const char *text, const char *more,
                           void (*run)(struct ga_screen *screen, int tag));
void ga_home_line_open(struct ga_screen *screen, const struct ga_home_line *line, int tag);

/* All parts. Says in one line that it is being worked out where the brief is not known: *ret_is_known. */
enum ga_rc ga_home_lines_read(struct ga_home_lines *lines, bool *ret_is_known, struct ga_error *err);

/* A slice of working out what was not known: first the files, whose faults are said, then all of it unless a key comes. */
enum ga_rc ga_home_lines_make(struct ga_screen *screen, struct ga_session *session, bool *ret_is_done, struct ga_error *err);

/* The parts. */
void ga_home_add_catch_up(struct ga_home_lines *lines);
void ga_home_add_year(struct ga_home_lines *lines);
void ga_home_add_reports(struct ga_home_lines *lines);
void ga_home_add_alarms(struct ga_home_lines *lines);
void ga_home_add_birthdays(struct ga_home_lines *lines);
void ga_home_add_dues(struct ga_home_lines *lines);
void ga_home_add_checklists(struct ga_home_lines *lines);
void ga_home_add_sheet(struct ga_home_lines *lines);
void ga_home_add_sent_back(struct ga_home_lines *lines);
void ga_home_add_exchange(struct ga_home_lines *lines);
void ga_home_add_sent_by_me(struct ga_home_lines *lines);
void ga_home_add_to_confirm(struct ga_home_lines *lines);
void ga_home_add_handed(struct ga_home_lines *lines);
void ga_home_add_trips(struct ga_home_lines *lines);
void ga_home_add_schedule(struct ga_home_lines *lines);

#endif
