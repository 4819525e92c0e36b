/* Field type choices: several of a list. */
#include "guanai/base/alloc.h"
#include "types.h"

#include <stdlib.h>
#include <string.h>

/* How many bytes of separator stand here; blanks separate only where no other sign does. */
static size_t separator_at(const char *p, bool blanks_too)
{
    static const char *const signs[] = {",", ";", "/", "|", "\n", "，", "、", "；", "／"};
    for (size_t i = 0; i < GA_COUNT(signs); i++)
        if (strncmp(p, signs[i], strlen(signs[i])) == 0)
            return strlen(signs[i]);
    if (blanks_too && (*p == ' ' || *p == '\t'))
        return 1;
    return blanks_too && strncmp(p, "\u3000", 3) == 0 ? 3 : 0;
}

/* Marks every part found in picked; false with the part that is in no list. */
static bool pick_parts(const struct ga_list *list, const char *text, bool blanks_too, bool *picked,
                       struct ga_str *ret_stranger)
{
    for (const char *start = text, *p = text;; p++) {
        const size_t separator = *p == '\0' ? 0 : separator_at(p, blanks_too);
        if (*p != '\0' && separator == 0)
            continue;
        while (start < p && *start == ' ')
            start++;
        if (p > start) {
            const struct ga_choice *choice = ga_type_find_choice(list, start, (size_t)(p - start));
            if (choice == NULL) {
                ga_str_clear(ret_stranger);
                ga_str_add_bytes(ret_stranger, start, (size_t)(p - start));
                return false;
            }
            picked[choice - list->choices.items] = true;
        }
        if (*p == '\0')
            return true;
        p += separator - 1;
        start = p + 1;
    }
}

/* Codes in the list's order, joined by one blank; an exclusive one stands alone. */
static enum ga_rc join(const struct ga_list *list, const bool *picked, struct ga_str *codes, struct ga_error *err)
{
    const struct ga_choice *exclusive = NULL;
    size_t count = 0;
    for (size_t i = 0; i < list->choices.count; i++) {
        if (!picked[i])
            continue;
        ga_str_addf(codes, "%s%s", count++ > 0 ? " " : "", list->choices.items[i].code);
        if (list->choices.items[i].is_exclusive)
            exclusive = &list->choices.items[i];
    }
    if (exclusive != NULL && count > 1)
        return ga_error_set(err, GA_REFUSED, "'%1' goes with no other choice", exclusive->code);
    return GA_OK;
}

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)ret_warning;
    if (field->list == NULL)
        return ga_error_set(err, GA_REFUSED, "this field's list is missing");
    bool *picked = ga_alloc_array(field->list->choices.count, sizeof(bool));
    struct ga_str stranger = {0}, codes = {0};
    enum ga_rc rc;
    if (pick_parts(field->list, text, false, picked, &stranger)) {
        rc = join(field->list, picked, &codes, err);
    } else {
        memset(picked, 0, field->list->choices.count * sizeof(bool));
        rc = pick_parts(field->list, text, true, picked, &stranger)
                 ? join(field->list, picked, &codes, err)
                 : ga_type_refuse_choice(field->list, ga_str_text(&stranger), ctx->lang, err);
    }
    if (rc == GA_OK)
        rc = ga_type_give_text(arena, ga_str_text(&codes), ret_value);
    free(picked);
    ga_str_finish(&stranger);
    ga_str_finish(&codes);
    return rc;
}

static void show(const struct ga_field *field, enum ga_lang lang, const struct ga_value *value,
                 struct ga_str *out)
{
    const char *between = lang == GA_ZH ? "、" : ", ";
    char code[64];
    bool is_first = true;
    for (const char *p = value->text; *p != '\0'; is_first = false) {
        const size_t len = strcspn(p, " ");
        ga_str_copy(code, len + 1 < sizeof(code) ? len + 1 : sizeof(code), p);
        const struct ga_choice *choice = field->list == NULL ? NULL : ga_list_choice(field->list, code);
        ga_str_addf(out, "%s%s", is_first ? "" : between,
                    choice == NULL ? code : ga_label_text(&choice->label, lang));
        p += len + (p[len] == ' ');
    }
}

const struct ga_field_type ga_type_choices = {
    .name = "choices", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_CHOICES, .needs_list = true,
    .takes_list = true, .parse = parse, .show = show,
    .doc = GA_N_("several of a list"),
};
