/* What a person reads of one answer. */
#ifndef GUANAI_SCREEN_VALUE_H
#define GUANAI_SCREEN_VALUE_H

#include "guanai/app/session.h"
#include "guanai/form/answers.h"

/* The value in words, or why there is none (不知道, 拒绝回答, 不适用); appended, nothing for an
 * empty one. */
void ga_screen_add_answer(struct ga_session *session, const struct ga_field *field,
                          const struct ga_answer *answer, enum ga_lang lang, struct ga_str *out);

/* Of a field `duty`, which keeps an id: the title of that duty; NULL: another field, or no such duty. Borrowed. */
const char *ga_screen_duty_title(struct ga_session *session, const struct ga_field *field, const char *code, enum ga_lang lang);

/* Before a summary is made of answers that were read for it: records of a duty keep its id, what is read is its title. */
void ga_screen_name_duty(struct ga_session *session, struct ga_answers *answers, enum ga_lang lang);

/* Sensitive and restricted values, ID numbers, student numbers, which hold one, are shown on demand only. */
bool ga_screen_is_masked(const struct ga_form *form, const struct ga_field *field);

/* What stands for a masked value: the tail of a number, dots for anything else; appended. */
void ga_screen_add_masked(const struct ga_field *field, const char *text, struct ga_str *out);

/* The word for an answer that is none; "" for an empty or a real one. */
const char *ga_screen_state_word(enum ga_answer_state state, enum ga_lang lang);

/* A record in one line: of a child its name with class; appended. */
void ga_screen_add_record(struct ga_session *session, const char *form, const struct ga_uuid *id,
                          enum ga_lang lang, struct ga_str *out);

#endif
