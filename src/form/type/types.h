/* Every field type, one file each; private to this room. */
#ifndef GUANAI_FORM_TYPES_PRIVATE_H
#define GUANAI_FORM_TYPES_PRIVATE_H

#include "guanai/form/type.h"

extern const struct ga_field_type ga_type_boolean, ga_type_choice, ga_type_choices, ga_type_date, ga_type_decimal,
    ga_type_heading, ga_type_id_number, ga_type_integer, ga_type_money, ga_type_name, ga_type_note,
    ga_type_person, ga_type_phone, ga_type_record, ga_type_region, ga_type_repeat, ga_type_scale,
    ga_type_student_number, ga_type_text, ga_type_time;

/* Shared by the types; all values' texts go into the arena. */
enum ga_rc ga_type_give_text(struct ga_arena *arena, const char *text, struct ga_value *ret_value);

/* ga_field_type.parse of a name as people write it: blanks and middle dots put right. */
enum ga_rc ga_type_parse_name(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                              struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                              struct ga_error *err);

/* Digits and signs as ASCII, without blanks and thousands' commas; GA_REFUSED when anything else is in it. */
enum ga_rc ga_type_fold_number(const char *text, char *buf, size_t size, struct ga_error *err);

/* The choice a person or a sheet means: code, label in either language, aka; NULL when none fits. */
const struct ga_choice *ga_type_find_choice(const struct ga_list *list, const char *text, size_t len);

/* GA_REFUSED naming the list's first choices, the nearest one in the hint. */
enum ga_rc ga_type_refuse_choice(const struct ga_list *list, const char *text, enum ga_lang lang, struct ga_error *err);

#endif
