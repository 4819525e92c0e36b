/* Field type boolean: yes or no. */
#include "guanai/base/alloc.h"
#include "guanai/text/fold.h"
#include "types.h"

#include <string.h>

static const struct {
    const char *word;
    int value;
} words[] = {
    {"1", 1}, {"是", 1}, {"yes", 1}, {"y", 1}, {"true", 1}, {"t", 1}, {"有", 1}, {"对", 1}, {"√", 1}, {"✓", 1}, {"✔", 1},
    {"0", 0}, {"否", 0}, {"no", 0}, {"n", 0}, {"false", 0}, {"f", 0}, {"不是", 0}, {"无", 0}, {"没有", 0}, {"×", 0}, {"✗", 0},
};

/* `key` is folded already. */
static bool is_among(const char *key, const char *const *akas, size_t count)
{
    bool is = false;
    for (size_t i = 0; i < count && !is; i++) {
        struct ga_str aka = {0};
        ga_fold_add_key(&aka, akas[i], strlen(akas[i]));
        is = strcmp(ga_str_text(&aka), key) == 0;
        ga_str_finish(&aka);
    }
    return is;
}

/* -1: neither. The form's own words say more than the common ones. */
static int value_of(const struct ga_field *field, const char *key)
{
    if (is_among(key, field->aka_yes.items, field->aka_yes.count))
        return 1;
    if (is_among(key, field->aka_no.items, field->aka_no.count))
        return 0;
    for (size_t i = 0; i < GA_COUNT(words); i++)
        if (strcmp(key, words[i].word) == 0)
            return words[i].value;
    return -1;
}

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)ctx, (void)arena, (void)ret_warning;
    struct ga_str key = {0};
    ga_fold_add_key(&key, text, strlen(text));
    const char *word = key.len > 0 ? ga_str_text(&key) : text;
    const int value = value_of(field, word);
    ga_str_finish(&key);
    if (value < 0)
        return ga_error_set(err, GA_REFUSED, "'%1' is neither yes nor no", text);
    *ret_value = (struct ga_value){.kind = GA_VALUE_INTEGER, .integer = value};
    return GA_OK;
}

static void show(const struct ga_field *field, enum ga_lang lang, const struct ga_value *value,
                 struct ga_str *out)
{
    (void)field;
    ga_str_add(out, value->integer != 0 ? ga_tr(lang, "Yes") : ga_tr(lang, "No"));
}

static bool fits(const struct ga_field *field, const struct ga_value *value)
{
    (void)field;
    return value->integer == 0 || value->integer == 1;
}

const struct ga_field_type ga_type_boolean = {
    .name = "boolean", .storage = GA_STORE_INTEGER, .widget = GA_WIDGET_BOOLEAN, .parse = parse, .fits = fits, .show = show,
    .doc = GA_N_("yes or no"),
};
