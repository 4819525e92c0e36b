/* Gives a child another card number. */
#include "guanai/app/card_no.h"

#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/store/card_no.h"
#include "guanai/store/record.h"

#include "private.h"

static enum ga_rc check_shared(struct ga_session *session, const struct ga_uuid *child, enum ga_rc rc, int64_t number,
                               struct ga_error *err)
{
    struct ga_uuid other = {0};
    if (rc == GA_OK && number > 0)
        rc = ga_store_card_holder(session->store, number, child, &other, err);
    return rc == GA_OK && ga_uuid_is_zero(&other)
               ? ga_error_set(err, GA_REFUSED, "nobody else has this card number: it stays for ever")
               : rc;
}

static int64_t number_of(const struct ga_answers *answers, const struct ga_field *field)
{
    const struct ga_answer *answer = ga_answers_at(answers, field);
    return answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_INTEGER ? answer->value.integer : 0;
}

/* Behind those there are; a school's own form may have no place for it, the history has. */
static void keep_old(struct ga_answers *answers, int64_t number)
{
    const struct ga_field *field = ga_form_field(answers->form, "former_card_no");
    struct ga_str text = {0};
    if (field == NULL || field->type->storage != GA_STORE_TEXT)
        return;
    const struct ga_answer *answer = ga_answers_at(answers, field);
    if (answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT)
        ga_str_addf(&text, "%s、", answer->value.text);
    ga_str_add(&text, GA_NUM(number));
    const struct ga_value value = ga_value_text(ga_str_text(&text));
    ga_answers_set(answers, field, &value);
    ga_str_finish(&text);
}

static enum ga_rc write(struct ga_session *session, const struct ga_answers *before, const struct ga_heads *heads,
                        int64_t *ret_number, struct ga_error *err)
{
    const struct ga_field *card = ga_form_field(before->form, "card_no");
    const int64_t next = ga_session_next_card_no(session);
    const struct ga_value value = ga_value_int(next);
    struct ga_answers after;
    ga_answers_copy(&after, before);
    keep_old(&after, number_of(before, card));
    ga_answers_set(&after, card, &value);
    const struct ga_save_record record = {.after = &after, .before = before, .heads = heads};
    const enum ga_rc rc = ga_store_save(session->store, &record, 0, NULL, err);
    ga_answers_finish(&after);
    if (rc == GA_OK)
        *ret_number = next;
    return rc;
}

enum ga_rc ga_card_no_renew(struct ga_session *session, const struct ga_uuid *child, int64_t *ret_number,
                            struct ga_error *err)
{
    struct ga_answers before;
    struct ga_heads *heads;
    const struct ga_form *form = ga_forms_get(session->forms, "child", err);
    const struct ga_field *card = form == NULL ? NULL : ga_form_field(form, "card_no");
    if (card == NULL || card->type->storage != GA_STORE_INTEGER)
        return ga_error_set(err, GA_NOT_FOUND, "the child's form has no card number");
    enum ga_rc rc = ga_store_read(session->store, form, child, &before, &heads, err);
    if (rc != GA_OK)
        return rc;
    rc = check_shared(session, child, rc, number_of(&before, card), err);
    if (rc == GA_OK)
        rc = write(session, &before, heads, ret_number, err);
    ga_heads_destroy(heads);
    ga_answers_finish(&before);
    return rc;
}
