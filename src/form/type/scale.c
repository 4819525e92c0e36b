/* Field type scale: a step from worst to best. */
#include "guanai/base/num.h"
#include "types.h"

#include <string.h>

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)arena, (void)ret_warning;
    char digits[40];
    int64_t step = 0;
    const struct ga_choice *choice =
        field->list == NULL ? NULL : ga_type_find_choice(field->list, text, strlen(text));
    const bool is_number = ga_type_fold_number(text, digits, sizeof(digits), NULL) == GA_OK;
    if (choice == NULL && field->list != NULL && is_number)
        choice = ga_list_choice(field->list, digits);
    if (choice != NULL ? !ga_num_parse(choice->code, &step) : !is_number || !ga_num_parse(digits, &step))
        return field->list == NULL ? ga_error_set(err, GA_REFUSED, "'%1' is not a whole number", text)
                                   : ga_type_refuse_choice(field->list, text, ctx->lang, err);
    if (choice == NULL && (field->list != NULL || step < 1 || step > field->max))
        return field->list != NULL ? ga_type_refuse_choice(field->list, text, ctx->lang, err)
                                   : ga_error_set(err, GA_REFUSED, "a number from 1 to %1", GA_NUM(field->max));
    *ret_value = (struct ga_value){.kind = GA_VALUE_INTEGER, .integer = step};
    return GA_OK;
}

static void show(const struct ga_field *field, enum ga_lang lang, const struct ga_value *value,
                 struct ga_str *out)
{
    const char *code = GA_NUM(value->integer);
    const struct ga_choice *choice = field->list == NULL ? NULL : ga_list_choice(field->list, code);
    ga_str_add(out, choice == NULL ? code : ga_label_text(&choice->label, lang));
}

static void check(const struct ga_field *field, const char *file, struct ga_problems *problems)
{
    int64_t step;
    if (field->list == NULL && field->list_name.text == NULL && field->max == 0)
        ga_message_set(&ga_problems_add(problems, GA_FAULT, file, field->at.line, field->at.column)->what,
                       "a scale needs list: or max:");
    for (size_t i = 0; field->list != NULL && i < field->list->choices.count; i++)
        if (!ga_num_parse(field->list->choices.items[i].code, &step))
            ga_message_set(&ga_problems_add(problems, GA_FAULT, file, field->list_name.at.line,
                                            field->list_name.at.column)->what,
                           "a scale's list has whole numbers for codes; '%1' is none",
                           field->list->choices.items[i].code);
}

const struct ga_field_type ga_type_scale = {
    .name = "scale", .storage = GA_STORE_INTEGER, .widget = GA_WIDGET_SCALE, .takes_list = true,
    .parse = parse, .show = show, .check = check,
    .doc = GA_N_("a step on a scale; its digit picks it"),
};
