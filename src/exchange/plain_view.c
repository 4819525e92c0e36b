/* The view of a plain SQLite copy in which a form reads as people say it. */
#include "leaving_sqlite.h"

#include "guanai/base/vec.h"

#include <string.h>
#include <strings.h>

/* Who the record is about, in front of what it says. */
static const char *const child_columns[] = {"name", "grade", "class", "card_no"};

struct viewing {
    struct ga_forms *forms;
    const struct ga_form *form;
    enum ga_lang lang;
    struct ga_str *sql;
    struct ga_vec headings; /* const char *: used so far */
};

static const char *label_column(enum ga_lang lang)
{
    return lang == GA_EN ? "coalesce(k.label_en, k.label_zh)" : "k.label_zh";
}

static bool is_used(const struct viewing *viewing, const char *heading)
{
    for (size_t i = 0; i < viewing->headings.len; i++)
        if (strcasecmp(*GA_VEC_AT(const char *, &viewing->headings, i), heading) == 0)
            return true;
    return false;
}

/* Two fields may have one label; two columns may not have one name. */
static void add_heading(struct viewing *viewing, const char *label, const char *name)
{
    struct ga_str heading = {0};
    ga_str_add(&heading, label);
    if (is_used(viewing, label))
        ga_str_addf(&heading, " (%s)", name);
    ga_str_add(viewing->sql, " AS ");
    ga_plain_add_name(viewing->sql, ga_str_text(&heading));
    *(const char **)ga_vec_push(&viewing->headings) = label;
    ga_str_finish(&heading);
}

static void add_choice(struct viewing *viewing, const char *column, const struct ga_field *field)
{
    ga_str_addf(viewing->sql, "coalesce((SELECT %s FROM \"_choices\" AS k WHERE k.list = '%s' AND k.code = CAST(%s AS TEXT)), %s)",
                label_column(viewing->lang), field->list->name, column, column);
}

static void add_choices(struct viewing *viewing, const char *column, const struct ga_field *field)
{
    ga_str_addf(viewing->sql,
                "(SELECT group_concat(label, '%s') FROM (SELECT %s AS label FROM \"_choices\" AS k WHERE k.list = '%s'"
                " AND instr(' ' || %s || ' ', ' ' || k.code || ' ') > 0 ORDER BY k.position))",
                viewing->lang == GA_EN ? ", " : "、", label_column(viewing->lang), field->list->name, column);
}

/* Another record is shown by its name where it has one. */
static void add_record(struct viewing *viewing, const char *column, const struct ga_field *field)
{
    const struct ga_form *target = ga_forms_get(viewing->forms, field->of.text == NULL ? "" : field->of.text, NULL);
    const struct ga_field *name = target == NULL ? NULL : ga_form_field(target, "name");
    if (name != NULL && ga_plain_is_column(target, name))
        ga_str_addf(viewing->sql, "coalesce((SELECT o.name FROM \"%s\" AS o WHERE o.id = %s), %s)", target->name, column, column);
    else
        ga_str_add(viewing->sql, column);
}

static void add_words(struct viewing *viewing, const char *column, const struct ga_field *field)
{
    const char *type = field->type->name;
    if (ga_str_equal(type, "choices") && field->list != NULL)
        add_choices(viewing, column, field);
    else if (field->list != NULL)
        add_choice(viewing, column, field);
    else if (ga_str_equal(type, "boolean"))
        ga_str_addf(viewing->sql, "CASE %s WHEN 1 THEN '%s' WHEN 0 THEN '%s' END", column, ga_tr(viewing->lang, "yes"),
                    ga_tr(viewing->lang, "no"));
    else if (ga_str_equal(type, "money"))
        ga_str_addf(viewing->sql, "round(%s / 100.0, 2)", column);
    else if (ga_str_equal(type, "record"))
        add_record(viewing, column, field);
    else
        ga_str_add(viewing->sql, column);
}

static void add_field(struct viewing *viewing, const char *table, const struct ga_form *form, const struct ga_field *field)
{
    struct ga_str column = {0};
    if (!ga_plain_is_column(form, field))
        return;
    ga_str_addf(&column, "%s.\"%s\"", table, field->name);
    ga_str_add(viewing->sql, viewing->headings.len > 0 ? ",\n  " : "\n  ");
    add_words(viewing, ga_str_text(&column), field);
    add_heading(viewing, ga_label_text(&field->label, viewing->lang), field->name);
    ga_str_finish(&column);
}

static void add_child(struct viewing *viewing, const struct ga_form *child)
{
    for (size_t i = 0; child != NULL && i < sizeof(child_columns) / sizeof(child_columns[0]); i++) {
        const struct ga_field *field = ga_form_field(child, child_columns[i]);
        if (field != NULL && ga_form_field(viewing->form, child_columns[i]) == NULL)
            add_field(viewing, "c", child, field);
    }
}

static void add_entered(struct viewing *viewing, const char *column, const char *english)
{
    ga_str_addf(viewing->sql, ",\n  t.\"%s\"", column);
    add_heading(viewing, ga_tr(viewing->lang, english), column);
}

void ga_plain_view(struct ga_forms *forms, const struct ga_form *form, const char *name, enum ga_lang lang,
                   struct ga_str *sql)
{
    struct viewing viewing = {.forms = forms, .form = form, .lang = lang, .sql = sql};
    const struct ga_form *child = form->of.text != NULL ? ga_forms_get(forms, form->of.text, NULL) : NULL;
    ga_vec_init(&viewing.headings, sizeof(const char *));
    ga_str_add(sql, "CREATE VIEW ");
    ga_plain_add_name(sql, name);
    ga_str_add(sql, " AS SELECT");
    add_child(&viewing, child);
    for (size_t i = 0; i < form->all_count; i++)
        add_field(&viewing, "t", form, form->all[i]);
    if (viewing.headings.len == 0)
        ga_str_add(sql, " t.\"id\"");
    add_entered(&viewing, "entered_by", GA_N_("Entered by"));
    add_entered(&viewing, "entered_on", GA_N_("Entered on"));
    ga_str_addf(sql, "\nFROM \"%s\" AS t", form->name);
    if (child != NULL)
        ga_str_addf(sql, " LEFT JOIN \"%s\" AS c ON c.id = t.child", child->name);
    ga_str_add(sql, ";\n");
    ga_vec_finish(&viewing.headings);
}
