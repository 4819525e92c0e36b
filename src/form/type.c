/* The table of field types. */
#include "guanai/form/type.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/text/typed.h"
#include "guanai/text/utf8.h"
#include "type/types.h"

#include <string.h>

enum { TEXT_BYTES_MAX = 16 * 1024 }; /* four thousand characters of free text; operations bound it too */

/* In the order of forms/README.md. */
static const struct ga_field_type *const types[] = {
    &ga_type_text,    &ga_type_name,    &ga_type_note,   &ga_type_heading, &ga_type_integer,
    &ga_type_decimal, &ga_type_money,   &ga_type_date,   &ga_type_time,    &ga_type_boolean,
    &ga_type_choice,  &ga_type_choices, &ga_type_scale,  &ga_type_phone,   &ga_type_id_number,
    &ga_type_student_number, &ga_type_region, &ga_type_person, &ga_type_record, &ga_type_repeat,
};

const struct ga_field_type *const *ga_field_types(size_t *ret_count)
{
    *ret_count = GA_COUNT(types);
    return types;
}

const struct ga_field_type *ga_field_type_find(const char *name)
{
    for (size_t i = 0; i < GA_COUNT(types); i++)
        if (strcmp(types[i]->name, name) == 0)
            return types[i];
    return NULL;
}

static bool is_blank_text(const char *text)
{
    uint32_t cp;
    for (size_t len; *text != '\0'; text += len) {
        len = ga_utf8_decode(text, strlen(text), &cp);
        if (len == 0 || !(ga_typed_is_blank(cp) || ga_typed_is_invisible(cp)))
            return false;
    }
    return true;
}

enum ga_rc ga_field_parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                          struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                          struct ga_error *err)
{
    struct ga_message ignored;
    if (ret_warning == NULL)
        ret_warning = &ignored;
    ret_warning->id = NULL;
    const size_t len = strlen(text);
    if (len > TEXT_BYTES_MAX)
        return ga_error_set(err, GA_TOO_BIG, "longer than %1 bytes", GA_NUM(TEXT_BYTES_MAX));
    if (!ga_utf8_is_valid(text, len, NULL))
        return ga_error_set(err, GA_REFUSED, "this is not readable text (UTF-8)");
    if (is_blank_text(text)) {
        *ret_value = (struct ga_value){.kind = GA_VALUE_NULL};
        return GA_OK;
    }
    if (field->type->parse == NULL)
        return ga_error_set(err, GA_REFUSED, "nothing can be entered here");
    return field->type->parse(field, ctx, text, arena, ret_value, ret_warning, err);
}

void ga_field_show(const struct ga_field *field, enum ga_lang lang, const struct ga_value *value,
                   struct ga_str *out)
{
    if (value->kind == GA_VALUE_NULL)
        return;
    if (field->type->show != NULL)
        field->type->show(field, lang, value, out);
    else if (value->kind == GA_VALUE_TEXT)
        ga_str_add(out, value->text);
    else if (value->kind == GA_VALUE_INTEGER)
        ga_str_add(out, GA_NUM(value->integer));
}

static bool fits_storage(enum ga_storage storage, enum ga_value_kind kind)
{
    switch (storage) {
    case GA_STORE_TEXT: return kind == GA_VALUE_TEXT;
    case GA_STORE_INTEGER: return kind == GA_VALUE_INTEGER;
    case GA_STORE_REAL: return kind != GA_VALUE_BLOB;
    case GA_STORE_NOTHING:
    case GA_STORE_ROWS: break;
    }
    return false;
}

bool ga_field_fits(const struct ga_field *field, const struct ga_value *value)
{
    const enum ga_storage storage = field->type->storage;
    if (value->kind == GA_VALUE_NULL)
        return storage != GA_STORE_NOTHING && storage != GA_STORE_ROWS;
    return fits_storage(storage, value->kind) && (field->type->fits == NULL || field->type->fits(field, value));
}

enum ga_rc ga_type_give_text(struct ga_arena *arena, const char *text, struct ga_value *ret_value)
{
    const size_t len = strlen(text);
    *ret_value = (struct ga_value){
        .kind = GA_VALUE_TEXT, .text = ga_arena_strndup(arena, text, len), .len = len};
    return GA_OK;
}

enum ga_rc ga_type_fold_number(const char *text, char *buf, size_t size, struct ga_error *err)
{
    struct ga_typed typed;
    enum ga_rc rc = ga_typed_read_folded(text, &typed, err);
    if (rc != GA_OK)
        return rc;
    ga_typed_drop(&typed, " ,");
    if (!ga_typed_ascii(&typed, buf, size) || strspn(buf, "0123456789.-+") != strlen(buf) || buf[0] == '\0')
        return ga_error_set(err, GA_REFUSED, "'%1' is not a number", text);
    return GA_OK;
}
