/* Tells which fields an expression names. */
#include "rule.h"

#include "guanai/base/str.h"

#include <ctype.h>
#include <string.h>

struct looking {
    const struct ga_form *form;
    const struct ga_field *repeat; /* the rule stands in its row; NULL: at the top level */
    void (*each)(void *ctx, const struct ga_field *field);
    void *ctx;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* "parent . size" → "parent.size"; too long for a field's name is cut and so equal to none. */
static void squeeze(const struct ga_guard_name *name, char out[130])
{
    size_t len = 0;
    for (size_t i = 0; i < name->len && len < 129; i++)
        if (!is_blank(name->text[i]))
            out[len++] = name->text[i];
    out[len] = '\0';
}

static const struct ga_field *field_of_row(const struct ga_field *repeat, const char *name)
{
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (strcmp(repeat->fields.items[i].name, name) == 0)
            return &repeat->fields.items[i];
    return NULL;
}

/* What a name means where the rule stands; NULL: no field of this record. */
static const struct ga_field *field_named(const struct looking *looking, const char *name)
{
    const struct ga_field *in_row = looking->repeat == NULL ? NULL : field_of_row(looking->repeat, name);
    if (looking->repeat == NULL || in_row != NULL)
        return in_row != NULL ? in_row : ga_form_field(looking->form, name);
    if (ga_str_starts(name, "parent."))
        return ga_form_field(looking->form, name + strlen("parent."));
    const struct ga_field *field = ga_form_field(looking->form, name);
    return field != NULL && field->fields.count > 0 ? field : NULL; /* a repeat goes by its name everywhere */
}

static void look_at_name(void *ctx, const struct ga_guard_name *name)
{
    const struct looking *looking = ctx;
    char whole[130];
    squeeze(name, whole);
    const struct ga_field *field = name->is_call ? NULL : field_named(looking, whole);
    if (field == NULL || (name->select_depth > 0 && field->fields.count == 0 && strchr(whole, '.') == NULL &&
                          ga_rule_is_column(looking->form, whole)))
        return;
    looking->each(looking->ctx, field);
}

static void look_at_status(void *ctx, const char *name, size_t offset)
{
    (void)offset;
    const struct looking *looking = ctx;
    const struct ga_field *field = field_named(looking, name);
    if (field != NULL)
        looking->each(looking->ctx, field);
}

void ga_rule_each_mention(const char *expr, const struct ga_form *form, const struct ga_field *repeat,
                          void (*each)(void *ctx, const struct ga_field *field), void *ctx)
{
    struct looking looking = {.form = form, .repeat = repeat, .each = each, .ctx = ctx};
    if (expr == NULL || ga_guard_names(expr, look_at_name, &looking, NULL, NULL) != GA_OK)
        return;
    ga_rule_each_status(expr, look_at_status, &looking);
}

struct wanted {
    const struct ga_field *field;
    bool is_found;
};

static void compare(void *ctx, const struct ga_field *field)
{
    struct wanted *wanted = ctx;
    wanted->is_found |= field == wanted->field || field == wanted->field->parent;
}

bool ga_rule_mentions(const char *expr, const struct ga_form *form, const struct ga_field *repeat,
                      const struct ga_field *field)
{
    struct wanted wanted = {.field = field};
    ga_rule_each_mention(expr, form, repeat, compare, &wanted);
    return wanted.is_found;
}

static const char *skip_blanks(const char *p)
{
    while (is_blank(*p))
        p++;
    return p;
}

/* Past the string that begins at p. */
static const char *skip_string(const char *p)
{
    for (p++; *p != '\0' && *p != '\''; p++)
        ;
    return *p == '\0' ? p : p + 1;
}

void ga_rule_each_status(const char *expr, void (*each)(void *ctx, const char *name, size_t offset), void *ctx)
{
    for (const char *p = expr; *p != '\0';) {
        if (*p == '\'') {
            p = skip_string(p);
            continue;
        }
        const bool is_word = p == expr || !(isalnum((unsigned char)p[-1]) || p[-1] == '_' || p[-1] == '.');
        const char *open = is_word && strncmp(p, "status", 6) == 0 ? skip_blanks(p + 6) : "";
        const char *quote = *open == '(' ? skip_blanks(open + 1) : "";
        char name[130];
        if (*quote == '\'') {
            const size_t len = strcspn(quote + 1, "'");
            ga_str_copy(name, len + 1 < sizeof(name) ? len + 1 : sizeof(name), quote + 1);
            each(ctx, name, (size_t)(quote + 1 - expr));
            p = skip_string(quote);
        } else {
            p++;
        }
    }
}
