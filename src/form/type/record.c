/* Field type record: names another record. */
#include "guanai/base/uuid.h"
#include "types.h"

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)field, (void)ctx, (void)ret_warning;
    struct ga_uuid id;
    char buf[GA_UUID_TEXT_SIZE];
    if (!ga_uuid_parse(text, &id))
        return ga_error_set(err, GA_REFUSED, "'%1' names no record", text);
    return ga_type_give_text(arena, ga_uuid_text(&id, buf), ret_value);
}

static void check(const struct ga_field *field, const char *file, struct ga_problems *problems)
{
    if (field->of.text == NULL)
        ga_message_set(&ga_problems_add(problems, GA_FAULT, file, field->at.line, field->at.column)->what,
                       "a record field needs of: the form it names");
}

const struct ga_field_type ga_type_record = {
    .name = "record", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_RECORD, .parse = parse, .check = check,
    .doc = GA_N_("another record; a name, pinyin or a number finds it"),
};
