/* The inside of the form screen, for the files that make it up. */
#ifndef GUANAI_SRC_SCREEN_RECORD_STATE_H
#define GUANAI_SRC_SCREEN_RECORD_STATE_H

#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "parts/box.h"
#include "record/record_notes.h"
#include "record/record_sent.h"

enum { RECORD_OFFERS = 6, RECORD_LABEL_COLS = 30 };

/* One line of the page: a field, or a field in a row of a repeat. */
struct record_item {
    const struct ga_field *field;
    struct ga_uuid row; /* zero at top level */
    size_t row_no;      /* of the repeat's rows that are left, from 1; 0 at top level */
    bool is_fixed;      /* shows something, takes no answer */
    const char *said;   /* of a list of children: who is ticked; in `words`. NULL: it is none */
    int top;            /* row of the page, from 0; may be scrolled away */
    int rows;
};

struct record {
    struct ga_entry *entry;
    size_t page;
    struct ga_arena words; /* of the items */
    struct ga_vec items; /* struct record_item: what shows now on this page */
    size_t focus;        /* < items.len when there is one that can be answered */
    struct box box;      /* the focused one's */
    int label_cols;
    int hint_rows; /* below the fields; 0 before the first layout */
    int first_row; /* first row of the page in sight */
    bool is_revealed;
    bool was_new; /* before it was saved */
    bool was_checked;              /* a save was refused: what is wrong is marked from now on */
    struct ga_error unkept;        /* why the draft could not be kept when the page was to be left */
    bool has_asked_name;           /* what becomes of the name before was answered */
    bool is_doubted;               /* the answer taken last came with a warning */
    struct ga_error fault;         /* why the focused field was not left; rc GA_OK: none */
    struct ga_str seen;            /* look-alikes the user has already passed, as ids */
    struct ga_arena lists;         /* of the dialog that is open: labels, offers */
    struct ga_tui_options options; /* over labels */
    const char **labels;           /* in `lists` */
    const struct ga_field *looked_at; /* after which look-alikes were found */
    bool is_saving;                   /* saving asked for them: it goes on once they are passed */
    struct ga_uuid existing;          /* the file that is opened instead of a second one */
    struct ga_offer offers[RECORD_OFFERS];
    size_t offers_count;
    const struct ga_field *resumed_at; /* where the draft was left; NULL: it is none, or nowhere */
    const struct ga_field *asked; /* the one whose reason is asked for */
    const char **conflicts; size_t conflicts_count; /* groups with several current values when opened */
    struct record_notes notes;
    const struct ga_sent_back *sent; /* NULL: it was not, or was accepted; in the page's arena */
    struct ga_phones *phones; /* record_phone.c; NULL: not read yet */
    struct record_given { const struct ga_screen_fill *items; size_t count; } given; /* again where it is begun anew; in the page's arena */
};

enum record_tag {
    TAG_LIST = 1, TAG_PHRASE,
    TAG_STATE, TAG_PROBLEM, TAG_REASON, TAG_OFFER, TAG_FIND, TAG_HISTORY,
    TAG_LOOKALIKE, TAG_EXISTING,
    TAG_DRAFT,
    TAG_DROP, TAG_DOER,
    TAG_LOSE, TAG_NOTES, TAG_OLD_NAME, TAG_GROUP,
};

extern const struct ga_screen_ops record_ops; /* argument: struct record_arg */

struct record_arg {
    struct ga_entry *entry; /* taken over when it was pushed */
    size_t page;
    const char *field; /* nullable; "repeat.field" inside a repeat */
    struct ga_uuid row; /* zero: the first */
};

/* record_items.c: which fields show, where each stands. */
void record_find_items(struct record *record);                   /* keeps the focus on its field */
void record_lay_out(struct record *record, struct ga_area area); /* the fields' part of the page */
void record_place(struct ga_screen *screen); /* the hint as tall as it needs, the fields above it */
bool record_focus(struct record *record, size_t item); /* opens its box; false when it is fixed */
bool record_focus_field(struct record *record, const struct ga_field *field, const struct ga_uuid *row);
bool record_step(struct record *record, int by); /* to the next that takes an answer */
void record_turn_to(struct record *record, size_t page, bool to_last);
struct record_item *record_focused(struct record *record); /* NULL: nothing can be answered here */
const struct ga_answer *record_answer(const struct record *record, const struct record_item *item);
bool record_is_prefilled(const struct record *record, const struct record_item *item);
bool record_is_disallowed(const struct record *record, const struct record_item *item);
bool record_is_masked(const struct record *record, const struct record_item *item);
const struct ga_finding *record_finding(const struct record *record, const struct record_item *item);

void record_read_conflicts(struct ga_screen *screen); /* record_pick.c: fields of which two computers say different things */
bool record_has_conflict(const struct record *record, const struct ga_field *field);
void record_take_value(struct ga_screen *screen, const struct ga_tui_result *result); /* picked, or found */

/* record_paint.c, record_phone.c */
void record_add_phone(struct record *record, const struct record_item *item, enum ga_lang lang, struct ga_str *out);
void record_paint(struct ga_screen *screen, struct ga_canvas *canvas);
struct ga_area record_fields_area(const struct ga_screen *screen); /* page line and hint taken off */
enum ga_style record_write_hint(struct record *record, enum ga_lang lang, struct ga_str *out);
int record_hint_rows(struct ga_screen *screen); /* wanted now, as far as there is room */
void record_set_title(struct ga_screen *screen);
void record_renew(struct ga_screen *screen); /* an answer changed: what shows, where it stands, the title */

/* record.c */
void record_drop_row(struct ga_screen *screen); /* the focused one's */
enum ga_reply record_walk(struct ga_screen *screen, int by); /* commits, moves, keeps the draft */
enum ga_reply record_after_key(struct ga_screen *screen, enum ga_reply answer); /* what a change brings along */

/* record_answers.c: dialogs over the form. */
void record_ask_why_not(struct ga_screen *screen);
void record_ask_drop(struct ga_screen *screen); /* a row that holds something */
void record_resumed(struct ga_screen *screen, const struct ga_tui_result *result);
void record_reword(struct ga_screen *screen, int tag);

/* record_leave.c: a field is left. What was found wrong with its answer is forgotten: true when there was something. */
bool record_forget_findings(struct record *record, const struct ga_field *field);
bool record_commit(struct ga_screen *screen); /* false: refused and said so; the focus stays */
void record_settle(struct ga_screen *screen, const struct ga_field *left, const struct ga_uuid *row); /* the focus moved */
void record_keep_draft(struct ga_screen *screen); /* what is typed so far, as far as it can be kept */
enum ga_reply record_leave(struct ga_screen *screen); /* back, with what is typed kept as a draft */
void record_ask_lose(struct ga_screen *screen);       /* the draft could not be kept: leave all the same? */

/* record_save.c: saving, and what has to be settled first. */
void record_save(struct ga_screen *screen);
void record_list_problems(struct ga_screen *screen);
void record_ask_reason(struct ga_screen *screen);
void record_offer_forms(struct ga_screen *screen);
void record_go_to_problem(struct ga_screen *screen);
void record_take_problem(struct ga_screen *screen, const struct ga_tui_result *result);
void record_take_reason(struct ga_screen *screen, const struct ga_tui_result *result);
void record_take_offer(struct ga_screen *screen, const struct ga_tui_result *result);

/* record_open.c */
bool record_about(struct ga_screen *screen, struct ga_uuid *ret_id); /* the child it is of; its own file, once that is stored */
bool record_push(struct ga_screen *screen, struct ga_entry *entry, size_t page, const char *field, int tag);
void record_take_draft(struct ga_screen *screen, const struct ga_tui_result *result);
void record_ask_draft(struct ga_screen *screen); /* whether to go on with what was left unfinished */

/* record_child.c: a new child is looked for before it is made. */
void record_look_for_doubles(struct ga_screen *screen, const struct ga_field *left);
void record_look_again(struct ga_screen *screen, const struct ga_field *field); /* also those passed */
bool record_show_doubles(struct ga_screen *screen); /* those of the last look; false: nobody */
bool record_asks_doubles(struct ga_screen *screen); /* before saving: those who were not passed */
void record_take_double(struct ga_screen *screen, const struct ga_tui_result *result);
void record_type_on(struct ga_screen *screen, const char *text); /* typed into a box that is gone */
void record_ask_existing(struct ga_screen *screen); /* what becomes of what was typed */
void record_take_existing(struct ga_screen *screen, const struct ga_tui_result *result);

#endif
