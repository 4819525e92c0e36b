/* Field type choice: one of a list. */
#include "guanai/text/fold.h"
#include "types.h"

#include <string.h>

static bool is_same(struct ga_str *scratch, const char *label, const struct ga_str *key)
{
    if (label == NULL)
        return false;
    ga_str_clear(scratch);
    ga_fold_add_key(scratch, label, strlen(label));
    return scratch->len == key->len && memcmp(ga_str_text(scratch), ga_str_text(key), key->len) == 0;
}

static bool is_named(const struct ga_choice *choice, const struct ga_str *key, struct ga_str *scratch)
{
    if (is_same(scratch, choice->label.zh, key) || is_same(scratch, choice->label.en, key))
        return true;
    for (size_t i = 0; i < choice->aka.count; i++)
        if (is_same(scratch, choice->aka.items[i].text, key))
            return true;
    return false;
}

const struct ga_choice *ga_type_find_choice(const struct ga_list *list, const char *text, size_t len)
{
    for (size_t i = 0; i < list->choices.count; i++) /* the exact code or label: nearly every cell of a roster */
        if (strncmp(list->choices.items[i].code, text, len) == 0 && list->choices.items[i].code[len] == '\0')
            return &list->choices.items[i];
    for (size_t i = 0; i < list->choices.count; i++)
        if (strncmp(list->choices.items[i].label.zh, text, len) == 0 && list->choices.items[i].label.zh[len] == '\0')
            return &list->choices.items[i];
    struct ga_str key = {0}, scratch = {0};
    ga_fold_add_key(&key, text, len);
    const struct ga_choice *found = NULL;
    for (size_t i = 0; key.len > 0 && found == NULL && i < list->choices.count; i++)
        if (is_named(&list->choices.items[i], &key, &scratch))
            found = &list->choices.items[i];
    ga_str_finish(&key);
    ga_str_finish(&scratch);
    return found;
}

enum ga_rc ga_type_refuse_choice(const struct ga_list *list, const char *text, enum ga_lang lang, struct ga_error *err)
{
    struct ga_str some = {0};
    for (size_t i = 0, shown = 0; i < list->choices.count && shown < 9; i++) {
        if (list->choices.items[i].is_retired)
            continue;
        ga_str_addf(&some, "%s%s %s", shown++ > 0 ? ", " : "", list->choices.items[i].code,
                    ga_label_text(&list->choices.items[i].label, lang));
    }
    ga_error_set(err, GA_REFUSED, "'%1' is not in the list", text);
    ga_error_hint(err, "one of: %1", ga_str_text(&some));
    ga_str_finish(&some);
    return GA_REFUSED;
}

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)arena, (void)ret_warning;
    const struct ga_choice *choice =
        field->list == NULL ? NULL : ga_type_find_choice(field->list, text, strlen(text));
    if (choice == NULL)
        return field->list == NULL ? ga_error_set(err, GA_REFUSED, "this field's list is missing")
                                   : ga_type_refuse_choice(field->list, text, ctx->lang, err);
    *ret_value = (struct ga_value){.kind = GA_VALUE_TEXT, .text = choice->code, .len = strlen(choice->code)};
    return GA_OK;
}

static void show(const struct ga_field *field, enum ga_lang lang, const struct ga_value *value,
                 struct ga_str *out)
{
    const struct ga_choice *choice = field->list == NULL ? NULL : ga_list_choice(field->list, value->text);
    ga_str_add(out, choice == NULL ? value->text : ga_label_text(&choice->label, lang));
}

const struct ga_field_type ga_type_choice = {
    .name = "choice", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_CHOICE, .needs_list = true,
    .takes_list = true, .parse = parse, .show = show,
    .doc = GA_N_("one of a list; digits 1–9 pick"),
};
