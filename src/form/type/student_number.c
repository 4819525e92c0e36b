/* Field type student_number: the registration number of a pupil. */
#include "guanai/form/answers.h"
#include "guanai/text/student_number.h"
#include "types.h"

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)field;
    const struct ga_field *id = ctx->record == NULL ? NULL : ga_form_field(ctx->record->form, "id_number");
    const struct ga_value *number = id == NULL ? NULL : &ga_answers_at(ctx->record, id)->value;
    char clean[GA_STUDENT_NUMBER_SIZE];
    enum ga_rc rc = ga_student_number_parse(
        text, number != NULL && number->kind == GA_VALUE_TEXT ? number->text : NULL, ctx->today, clean,
        ret_warning, err);
    return rc == GA_OK ? ga_type_give_text(arena, clean, ret_value) : rc;
}

const struct ga_field_type ga_type_student_number = {
    .name = "student_number", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_DIGITS, .names_somebody = true, .parse = parse,
    .doc = GA_N_("a pupil's registration number (学籍号)"),
};
