/* Reads what operations say of fields. */
#include "fold/said.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/store/operation_order.h"
#include "guanai/text/translate.h"

#include <string.h>

const struct ga_operation_group *ga_said_group(const struct ga_operation *op, const char *id)
{
    for (size_t i = 0; i < op->groups_count; i++)
        if (strcmp(op->groups[i].id, id) == 0)
            return &op->groups[i];
    return NULL;
}

const struct ga_operation_value *ga_said_value(const struct ga_operation_group *group, const char *field)
{
    for (size_t i = 0; group != NULL && i < group->fields_count; i++)
        if (strcmp(group->fields[i].id, field) == 0)
            return &group->fields[i].value;
    return NULL;
}

const struct ga_field *ga_said_field(const struct ga_form *form, const char *group, const char *id)
{
    const char *slash = strchr(group, '/');
    char name[2 * GA_OPERATION_ID_MAX + 2];
    if (slash == NULL) {
        ga_str_copy(name, sizeof(name), id);
    } else {
        memcpy(name, group, (size_t)(slash - group));
        name[slash - group] = '.';
        ga_str_copy(name + (slash - group) + 1, GA_OPERATION_ID_MAX + 1, id);
    }
    return ga_form_field(form, name);
}

void ga_said_replaced(const struct ga_log_op *ops, size_t count, const struct ga_operation *op,
                      const struct ga_operation_group *group, struct ga_arena *arena, struct ga_said_old *ret_old)
{
    *ret_old = (struct ga_said_old){.groups = ga_arena_array(arena, group->replaces_count, sizeof(*ret_old->groups))};
    for (size_t i = 0; i < group->replaces_count; i++)
        for (size_t k = 0; k < count; k++) {
            const bool is_it = ga_hash_equal(&ops[k].leaf, &op->replaced[group->replaces[i]]);
            const struct ga_operation_group *old = is_it ? ga_said_group(&ops[k].op, group->id) : NULL;
            if (old != NULL)
                ret_old->groups[ret_old->count++] = old;
        }
}

bool ga_said_differs(const struct ga_said_old *old, const struct ga_operation_group *group, const char *field)
{
    const struct ga_operation_value *now = ga_said_value(group, field);
    for (size_t i = 0; i < old->count; i++)
        if (!ga_operation_value_equal(ga_said_value(old->groups[i], field), now))
            return true;
    return old->count == 0 && !ga_operation_value_equal(NULL, now);
}

bool ga_said_is_same(const struct ga_operation_group *a, const struct ga_operation_group *b)
{
    if (a->fields_count != b->fields_count)
        return false;
    for (size_t i = 0; i < a->fields_count; i++)
        if (strcmp(a->fields[i].id, b->fields[i].id) != 0 || !ga_operation_value_equal(&a->fields[i].value, &b->fields[i].value))
            return false;
    return true;
}

static bool is_same_text(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* The same words of the same people at the same moment, in place of the other and of nothing else. */
static bool says_again(const struct ga_operation *op, const struct ga_log_op *first)
{
    const struct ga_operation *old = &first->op;
    if (op->replaced_count != 1 || !ga_hash_equal(&op->replaced[0], &first->leaf) || op->local_day != old->local_day ||
        op->local_ms != old->local_ms || !is_same_text(op->user, old->user) || !is_same_text(op->typist, old->typist))
        return false;
    for (size_t i = 0; i < op->groups_count; i++) {
        const struct ga_operation_group *said = ga_said_group(old, op->groups[i].id);
        if (said == NULL || op->groups[i].replaces_count != 1 || !ga_said_is_same(said, &op->groups[i]))
            return false;
    }
    return true;
}

void ga_said_number_first(struct ga_log_op *ops, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; ops[i].op.replaced_count == 1 && k < count; k++)
            if (k != i && says_again(&ops[i].op, &ops[k])) {
                ops[i].no = ops[k].no;
                break;
            }
}

void ga_said_add_text(enum ga_lang lang, const struct ga_field *field, const struct ga_operation_value *value,
                      struct ga_str *out)
{
    const struct ga_value plain = value->kind == GA_OPERATION_INTEGER ? ga_value_int(value->integer)
                                                                      : ga_value_text_len(value->text, value->text_len);
    if (field != NULL && field->type != NULL && ga_field_fits(field, &plain))
        ga_field_show(field, lang, &plain, out);
    else if (value->kind == GA_OPERATION_INTEGER)
        ga_str_add(out, GA_NUM(value->integer));
    else
        ga_str_add_bytes(out, value->text, value->text_len);
}

void ga_said_add_words(enum ga_lang lang, const struct ga_field *field, const struct ga_operation_value *value,
                       struct ga_str *out)
{
    static const char *const WORDS[] = {[GA_OPERATION_CLEAR] = "",
                                        [GA_OPERATION_UNKNOWN] = GA_N_("not known"),
                                        [GA_OPERATION_REFUSED] = GA_N_("would not say"),
                                        [GA_OPERATION_NOT_APPLICABLE] = GA_N_("does not apply"),
                                        [GA_OPERATION_WITHHELD] = GA_N_("withheld")};
    if (value == NULL || value->kind == GA_OPERATION_CLEAR)
        return;
    if (WORDS[value->kind] != NULL)
        ga_str_add(out, ga_tr(lang, WORDS[value->kind]));
    else
        ga_said_add_text(lang, field, value, out);
}
