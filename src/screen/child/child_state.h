/* The inside of the child's file, for the files that make it up. */
#ifndef GUANAI_SRC_SCREEN_CHILD_STATE_H
#define GUANAI_SRC_SCREEN_CHILD_STATE_H

#include "guanai/base/vec.h"
#include "guanai/care/phone.h"
#include "guanai/screen/child.h"
#include "guanai/screen/session.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"
#include "guanai/store/same.h"
#include "guanai/store/verify.h"
#include "guanai/tui/widget/tabs.h"
#include "guanai/tui/widget/timeline.h"
#include "parts/form_menu.h"

enum { CHILD_TIMELINE_MAX = 500 };

struct child {
    struct ga_uuid id;
    struct ga_screen *screen;
    const struct ga_form *form;
    struct ga_answers answers; /* as stored now */
    bool is_read;              /* answers are there */
    bool is_fresh;             /* read by enter: the first layout need not do it again */
    struct ga_roster_row row;
    bool has_row;
    struct ga_uuid *files; /* of one child: this one, then those linked with it */
    size_t files_count;
    const char *departure; /* "2026-03-01 转学"; "" when the child is here */
    const char *away;      /* "2026-11-20 – 2026-12-01" of a child away for a while; "" else */
    const char *alarms;    /* what must not wait; "" nothing, or not known yet */
    bool may_return;
    struct ga_tui_tabs tabs; /* the pages, then the records */
    char records_title[60];
    struct ga_tui_list page; /* of the page in sight: label, value */
    struct child_place {
        size_t selected, first;
    } places[GA_TABS_MAX]; /* of `page` when a page was left */
    struct ga_vec fields;    /* const struct ga_field *, a row of `page` each */
    struct ga_tui_timeline timeline;
    struct ga_timeline_entry *entries;
    size_t entries_count;
    const char **conflicts; /* groups with several current values */
    size_t conflicts_count;
    struct ga_note *notes; /* on its fields */
    size_t notes_count;
    const char **verified; /* names of fields that were typed twice */
    size_t verified_count;
    struct ga_phones phones;
    struct ga_str text; /* of the timeline row being fetched */
    struct ga_arena row_texts; /* of it */
    char day[GA_DATE_SIZE];
    struct ga_arena stored; /* what was read; anew after every save */
    bool is_revealed;
    bool was_saved;
    struct ga_form_menu forms; /* those a new record can be of */
};

enum child_tag {
    CHILD_TAG_EDITED = 1, CHILD_TAG_FORM, CHILD_TAG_MORE, CHILD_TAG_HISTORY, CHILD_TAG_OTHER, CHILD_TAG_PAIR, CHILD_TAG_RETURN,
    CHILD_TAG_CLASSES, CHILD_TAG_CHANGE, CHILD_TAG_NOTES, CHILD_TAG_KEY,
};

bool child_shows_records(const struct child *child);

/* child_read.c: what stands in the file. */
enum ga_rc child_read(struct child *child,
                      struct ga_error *err); /* answers, row, timeline, conflicts */
void child_finish(struct child *child);
void child_list_fields(struct child *child); /* of the page in sight */
void child_fetch_field(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells);
void child_fetch_moment(void *ctx, size_t i, struct ga_tui_moment *ret_moment);
void child_head_line(struct child *child, enum ga_lang lang, struct ga_str *out);

/* child_alarms.c: what must not wait; asked for when nobody types where it is dear. */
void child_read_alarms(struct child *child);
void child_open_care(struct child *child);

/* child_files.c: other files of the same child. */
void child_read_files(struct child *child);
void child_add_files(const struct child *child, enum ga_lang lang, struct ga_str *out); /* to the head line */
void child_open_other(struct child *child);
void child_take_other(struct child *child, const struct ga_tui_result *result);

/* child_life.c: leaving, coming back, moving, the classes it was in. */
void child_ask_change(struct child *child); /* which kind: then its form */
void child_take_change(struct child *child, const struct ga_tui_result *result);
bool child_may_change(const struct child *child);
void child_read_departure(struct child *child);
void child_ask_return(struct child *child);
bool child_take_return(struct child *child); /* true: it was written down */
void child_show_classes(struct child *child);

/* child_phone.c: beside each number how it has answered. */
void child_read_phones(struct child *child);
void child_add_phone(struct child *child, const struct ga_field *field, enum ga_lang lang, struct ga_str *out);

/* child_key.c: a key child, with its plan. */
bool child_may_be_key(const struct child *child);
void child_ask_key(struct child *child); /* why; of one who is: plan, review, end */
bool child_take_key(struct child *child, const struct ga_tui_result *result); /* true: the file was changed */

/* child_forms.c: choosing the form of a new record. */
void child_offer_forms(struct child *child);
void child_offer_rest(struct child *child);
void child_take_form(struct child *child, const struct ga_tui_result *result);

#endif
