/* What a page of the care shows of it: of one person, one class or the whole school; of one kind or all of them. */
#ifndef GUANAI_SRC_SCREEN_CARE_FILTER_H
#define GUANAI_SRC_SCREEN_CARE_FILTER_H

#include "guanai/care/due.h"
#include "parts/class_pick.h"

/* Duties, alarms: what there are kinds of, by number as long as no file of theirs is read again. */
struct ga_care_kinds {
    size_t (*count)(struct ga_care *care);
    const char *(*name)(struct ga_care *care, size_t kind);
    const struct ga_label *(*title)(struct ga_care *care, size_t kind);
    const char *question; /* GA_N_: the title of the dialog that asks for one */
};

/* In the state of the page. */
struct ga_care_filter {
    const struct ga_care_kinds *kinds;
    struct ga_care *care;
    const char *owner;            /* NULL: anybody's */
    const char *kind;             /* its name; NULL: every one */
    struct ga_roster_class class; /* grade NULL: every one */
    /* what asks */
    struct ga_class_pick pick;
    struct ga_tui_options options;
    enum ga_lang lang; /* of the labels */
    int kind_tag, whom_tag;
};

/* `kind`: a name, NULL for all; the dialogs answer by the tags. The care is set by the page when it is open. */
void ga_care_filter_init(struct ga_care_filter *filter, struct ga_screen *screen, const struct ga_care_kinds *kinds,
                        const char *kind, int kind_tag, int whom_tag);
void ga_care_filter_finish(struct ga_care_filter *filter);

/* The screen's title: TITLE · whose · which kind. `title` in English (GA_N_). */
void ga_care_filter_show_title(const struct ga_care_filter *filter, struct ga_screen *screen, const char *title);

/* Everything of one person, whatever class. */
void ga_care_filter_take_person(struct ga_care_filter *filter, struct ga_screen *screen, const char *owner);

/* A file of theirs may have gone: then every kind is shown. */
void ga_care_filter_check(struct ga_care_filter *filter);

/* Asks for one kind or all, for one class or the school: by kind_tag, whom_tag; also once more from reword(). */
void ga_care_filter_ask(struct ga_care_filter *filter, struct ga_screen *screen, int tag);

/* Takes what was answered to that; nothing when the result is another's. */
void ga_care_filter_take(struct ga_care_filter *filter, struct ga_screen *screen, const struct ga_tui_result *result);

#endif
