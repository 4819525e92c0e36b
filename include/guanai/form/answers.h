/* The answers of one record: what is in the fields of a form. */
#ifndef GUANAI_FORM_ANSWERS_H
#define GUANAI_FORM_ANSWERS_H

#include "guanai/base/uuid.h"
#include "guanai/form/definition.h"
#include "guanai/sql/value.h"

enum ga_answer_state {
    GA_EMPTY,    /* never asked or left empty */
    GA_ANSWERED, /* value holds it */
    GA_UNKNOWN,  /* 不知道 */
    GA_DECLINED, /* 拒绝回答; `refused` in rules, operations and on the command line */
    GA_NOT_APPLICABLE,
};

struct ga_answer {
    enum ga_answer_state state;
    bool is_touched;        /* by the user in this sitting: defaults keep off */
    struct ga_value value;  /* GA_VALUE_NULL unless GA_ANSWERED; text is owned by the answers */
    const char *because;    /* why a warning was overruled; NULL: it was not */
};

/* A row of a repeat. Rows keep their UUID for ever: merges go row by row. */
struct ga_row {
    struct ga_uuid id;
    bool is_gone;
    struct ga_answer *answers; /* one per field of the repeat */
};

struct ga_rows {
    struct ga_row *rows;
    size_t count, cap;
};

/*
 * Creating is cheap and copying deep. Changed in place by the screens and the import; all text lives
 * in its own arena, which only grows: a sitting types a few hundred values.
 */
struct ga_answers {
    const struct ga_form *form; /* borrowed; must outlive this */
    struct ga_uuid id;          /* zero: a record not made yet */
    struct ga_uuid child;       /* of an `of: child` form; zero: none */
    struct ga_answer *answers;  /* one per form->all */
    struct ga_rows *repeats;    /* one per form->all; used for repeats only */
    struct ga_arena arena;
};

void ga_answers_init(struct ga_answers *answers, const struct ga_form *form);
void ga_answers_finish(struct ga_answers *answers);
void ga_answers_reset(struct ga_answers *answers); /* as initialised, in the memory it has */
void ga_answers_copy(struct ga_answers *dest, const struct ga_answers *src); /* dest is initialised by it */

/* The answer of a top-level field; never NULL. */
struct ga_answer *ga_answers_at(const struct ga_answers *answers, const struct ga_field *field);

/* Copies the value's text. GA_VALUE_NULL empties. */
void ga_answers_set(struct ga_answers *answers, const struct ga_field *field, const struct ga_value *value);
void ga_answers_set_state(struct ga_answers *answers, const struct ga_field *field, enum ga_answer_state state);

/* The same for a field of a repeat's row. */
void ga_answers_set_in_row(struct ga_answers *answers, struct ga_row *row, const struct ga_field *field,
                           const struct ga_value *value);

struct ga_row *ga_answers_add_row(struct ga_answers *answers, const struct ga_field *repeat, struct ga_uuid id);
bool ga_answer_equal(const struct ga_answer *a, const struct ga_answer *b); /* state and value */

/* "unknown", "refused", "not_applicable"; NULL for the others. And back; -1 for another word. */
const char *ga_answer_state_code(enum ga_answer_state state);
int ga_answer_state_parse(const char *code);

#endif
