/* Field type id_number: a citizen's identity number. */
#include "guanai/form/answers.h"
#include "guanai/text/id_number.h"
#include "types.h"

#include <string.h>

static const struct ga_value *value_of(const struct ga_answers *record, const char *name)
{
    const struct ga_field *field = record == NULL ? NULL : ga_form_field(record->form, name);
    return field == NULL ? NULL : &ga_answers_at(record, field)->value;
}

/* What else is known of the person, so that the mends offered first are those that fit. */
static struct ga_id_facts known_facts(const struct ga_answers *record)
{
    struct ga_id_facts facts = {0};
    const struct ga_value *birth = value_of(record, "birth_date"), *sex = value_of(record, "sex");
    if (birth != NULL && birth->kind == GA_VALUE_TEXT)
        ga_date_from_iso(birth->text, &facts.birth);
    if (sex != NULL && sex->kind == GA_VALUE_TEXT)
        facts.sex = strcmp(sex->text, "male") == 0 ? GA_SEX_MALE : GA_SEX_FEMALE;
    return facts;
}

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)field;
    struct ga_id_number number;
    const struct ga_id_facts facts = known_facts(ctx->record);
    enum ga_rc rc = ga_id_number_parse(text, ctx->today, &facts, &number, ret_warning, err);
    return rc == GA_OK ? ga_type_give_text(arena, number.text, ret_value) : rc;
}

static void tell_text(ga_tell tell, void *ctx, const char *field, const char *text)
{
    const struct ga_value value = {.kind = GA_VALUE_TEXT, .text = text, .len = strlen(text)};
    tell(ctx, field, &value);
}

static void derive(const struct ga_field *field, const struct ga_value *value, struct ga_date today,
                   ga_tell tell, void *ctx)
{
    (void)field;
    struct ga_id_number number;
    if (value->kind != GA_VALUE_TEXT ||
        ga_id_number_parse(value->text, today, NULL, &number, NULL, NULL) != GA_OK)
        return;
    tell_text(tell, ctx, "birth_date", GA_DATE_ISO(number.birth));
    tell_text(tell, ctx, "sex", number.sex == GA_SEX_MALE ? "male" : "female");
    tell_text(tell, ctx, "region", number.region);
}

const struct ga_field_type ga_type_id_number = {
    .name = "id_number", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_DIGITS, .names_somebody = true, .parse = parse, .derive = derive,
    .doc = GA_N_("an identity number; it tells the birth date, the sex and the region"),
};
