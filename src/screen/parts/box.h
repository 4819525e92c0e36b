/* The widget of the one field that is being filled in. */
#ifndef GUANAI_SRC_SCREEN_BOX_H
#define GUANAI_SRC_SCREEN_BOX_H

#include "guanai/app/entry.h"
#include "guanai/form/type.h"
#include "guanai/tui/widget/boolean.h"
#include "guanai/tui/widget/choice.h"
#include "guanai/tui/widget/choices.h"
#include "guanai/tui/widget/date.h"
#include "guanai/tui/widget/memo.h"
#include "guanai/tui/widget/scale.h"

struct box;

/* What a kind of widget does; the table of kinds in box.c says which field type has which. */
struct box_kind {
    void (*open)(struct box *box, const struct ga_answer *answer); /* shows what is answered */
    void (*close)(struct box *box);                                /* NULL: nothing to free */
    enum ga_reply (*event)(struct box *box, const struct ga_event *event);
    void (*text)(const struct box *box, struct ga_str *out); /* as ga_entry_set() takes it */
    void (*select)(struct box *box); /* the first character typed takes its place; NULL: nothing is typed in it */
    void (*put)(struct box *box, const char *text); /* typed for the user; NULL: cannot be */
    int (*rows)(const struct box *box, int cols);   /* NULL: one */
    void (*paint)(struct box *box, struct ga_canvas *canvas, struct ga_area area);
    bool is_number;       /* a day, a number: mended by typing it once more, whoever wrote it */
    bool commits_at_once; /* one key answers: what hangs on it follows at once */
};

struct box {
    const struct box_kind *kind; /* NULL: no field has the focus */
    struct ga_screen *screen;
    struct ga_entry *entry;
    const struct ga_field *field;
    struct ga_uuid row; /* of the repeat; zero at top level */
    bool is_changed;    /* differs from the answer in the entry */
    bool asks_for_list;
    const struct ga_choice **offered; /* those that may be picked now; in `arena` */
    struct ga_tui_options options;
    struct ga_arena arena; /* dies when the focus moves */
    const char **phrases;  /* used last in this field; in `arena` */
    size_t phrases_count;
    char placeholder[80];
    union {
        struct ga_tui_input input;
        struct ga_tui_memo memo;
        struct ga_tui_date date;
        struct ga_tui_choice choice;
        struct ga_tui_choices choices;
        struct ga_tui_boolean boolean;
        struct ga_tui_scale scale;
        char record[GA_UUID_TEXT_SIZE]; /* the one named; "" for none */
    } as;
    char typed[8]; /* record: the first character typed, for the search */
};

/* The row of a repeat by its id; NULL when it is gone, or for zero. */
struct ga_row *box_row(const struct ga_entry *entry, const struct ga_field *field,
                       const struct ga_uuid *row);

/* `row` NULL at top level. Closes what was open. */
void box_open(struct box *box, const struct ga_field *field, const struct ga_row *row);
void box_close(struct box *box);
bool box_is_open(const struct box *box);
void box_say_state(struct box *box); /* why there is no answer, in the language there is now */

enum ga_reply box_event(struct box *box, const struct ga_event *event);
int box_rows(const struct box *box, int cols); /* wanted at this width */
void box_paint(struct box *box, struct ga_canvas *canvas, struct ga_area area);
void box_put(struct box *box, const char *text); /* as if typed */
void box_select(struct box *box);
void box_go_on(struct box *box); /* behind what stands there: it was being typed */
void box_add_help(const struct ga_field *field, enum ga_lang lang, struct ga_str *out); /* what typing over does */
bool box_is_empty(const struct box *box);

/* Does Down open a list here: what was written before in an empty field; in one for a name all who are known, by what is typed of their initials. */
bool box_offers_phrases(struct box *box);
bool box_wants_name(const struct box *box);

/* Hands what stands in the box to the entry. On a refusal nothing changed; a warning may be set on
 * success. */
enum ga_rc box_commit(struct box *box, struct ga_message *ret_warning, struct ga_error *err);

/* It was refused on leaving the field: a day is typed anew, a long number is mended where it is wrong. */
void box_take_refusal(struct box *box);

/* What can be said of it while it is typed: how many digits are missing, what a number tells;
 * appended. */
void box_live_hint(const struct box *box, enum ga_lang lang, struct ga_str *out);
bool box_has_live_hint(const struct box *box);

/* The choices of a list opened whole, and the phrases, in a picker over the screen. */
bool box_answer_has(const struct ga_answer *answer, const char *code); /* picked, or one of those ticked */
void box_open_list(struct box *box, int tag);
void box_take_pick(struct box *box, const struct ga_tui_result *result);
void box_open_phrases(struct box *box, int tag);

/* "1 爷爷  2 奶奶": what a digit would do in this field before one was typed; false: nothing it would. */
bool box_paint_options(struct ga_canvas *canvas, struct ga_area area, const struct ga_field *field,
                       enum ga_lang lang);

extern const struct box_kind box_line, box_digits, box_memo, box_date; /* box_text.c */
extern const struct box_kind box_choice, box_choices, box_boolean, box_scale, box_record,
    box_none; /* box_pick.c */

#endif
