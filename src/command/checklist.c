/* guanai checklist: a class in a month. */
#include "care.h"

#include "guanai/app/sign.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/checklist.h"

struct sheet {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena;
    const char *class, *month, *site;
    bool is_json;
};

/* A row a child, before them one of the class itself: what was done when, or how it stands. The last one counts: "11/24". */
static void put_rows(struct sheet *s, const struct ga_checklist *list)
{
    const size_t count = 2 + list->columns_count;
    const char **names = ga_arena_array(&s->arena, count, sizeof(*names)), **cells = ga_arena_array(&s->arena, count, sizeof(*cells));
    struct ga_table_out table = {.line = s->line, .names = names, .count = count, .is_json = s->is_json};
    char buf[GA_CHECKLIST_CELL_SIZE], id[GA_UUID_TEXT_SIZE];
    names[0] = "child_id";
    names[1] = "child";
    for (size_t c = 0; c < list->columns_count; c++)
        names[2 + c] = ga_care_duties(s->care)->items[list->columns[c]]->name;
    ga_table_begin(&table);
    for (size_t i = 0; i < list->rows_count; i++) {
        const struct ga_checklist_row *row = &list->rows[i];
        cells[0] = row->child.no == 0 ? "" : ga_uuid_text(&row->child.id, id);
        cells[1] = row->child.name;
        for (size_t c = 0; c < list->columns_count; c++)
            cells[2 + c] = ga_arena_strdup(&s->arena, ga_checklist_cell_text(&row->cells[c], s->line->lang, buf));
        ga_table_row(&table, cells);
    }
    cells[0] = "";
    cells[1] = ga_tr(s->line->lang, "Total");
    for (size_t c = 0; c < list->columns_count; c++)
        cells[2 + c] = ga_arena_printf(&s->arena, "%d/%d", list->sums[c].done, list->sums[c].owed);
    ga_table_row(&table, cells);
    ga_table_end(&table);
}

/* Who signed, with what open, what changed since: on stderr, the table stays a table. */
static enum ga_rc say_signature(struct sheet *s, const struct ga_roster_class *class_of, struct ga_date month,
                                const struct ga_checklist *list, struct ga_error *err)
{
    struct ga_month read;
    const struct ga_signature *signature = NULL;
    const char *const *lines;
    size_t changes = 0;
    enum ga_rc rc = ga_signature_in_force(s->session, class_of, month, &s->arena, &signature, err);
    if (rc != GA_OK || signature == NULL)
        return rc;
    ga_say(s->line, "%1 was signed by %2 on %3: %4 done, %5 open", class_of->shown, signature->by, GA_DATE_ISO(signature->on),
           GA_NUM(signature->done), GA_NUM(signature->open));
    rc = ga_signature_count_changes(s->session, signature, list->dues, list->dues_count, &changes, err);
    if (rc != GA_OK || changes == 0)
        return rc;
    rc = ga_month_read_signed(s->session, class_of, month, signature, s->line->lang, &s->arena, &read, err);
    if (rc == GA_OK)
        rc = ga_month_changes(s->session, &read, s->line->lang, &lines, &changes, err);
    for (size_t i = 0; rc == GA_OK && i < changes; i++)
        ga_say_text(s->line, lines[i]);
    return rc;
}

static enum ga_exit put_sheet(struct sheet *s)
{
    struct ga_roster_class class;
    struct ga_date month;
    struct ga_checklist list;
    struct ga_error err = {0};
    enum ga_exit exit = ga_read_month(s->line, s->month, &month);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_class_in(s->line, s->session, month, s->class, s->site, &s->arena, &class);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_care(s->line, s->session, &s->care);
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = ga_checklist_read_whole(s->care, &class, month, s->line->lang, &s->arena, &list, &err);
    if (rc != GA_OK)
        return ga_say_error(s->line, rc, &err);
    put_rows(s, &list);
    rc = say_signature(s, &class, month, &list, &err);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(s->line, rc, &err);
}

enum ga_exit ga_run_checklist(struct ga_command_line *line)
{
    struct sheet s = {.line = line};
    const char *format = "tsv";
    const struct ga_option options[] = {{"--class", &s.class, NULL},
                                        {"--month", &s.month, NULL},
                                        {"--site", &s.site, NULL},
                                        {"--format", &format, NULL}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (s.class == NULL || s.month == NULL || !ga_read_format(format, &s.is_json))
        return ga_usage(line);
    exit = ga_command_open(line, &s.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = put_sheet(&s);
    ga_arena_finish(&s.arena);
    ga_session_close(s.session);
    return exit;
}
