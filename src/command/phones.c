/* guanai phones: the numbers that failed. */
#include "care.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/phone.h"
#include "guanai/store/roster.h"

#include <stdlib.h>

struct asking {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_arena arena;
    const char *class, *site, *tries;
    struct ga_phones_ask ask;
};

/* Whose it is, as codes: "father,guardian". */
static const char *whose_text(struct asking *a, const struct ga_phone *phone)
{
    const char *text = "";
    for (size_t i = 0; i < GA_PHONES_MAX; i++)
        if (phone->whose >> i & 1)
            text = ga_arena_printf(&a->arena, "%s%s%s", text, text[0] == '\0' ? "" : ",", ga_phone_codes[i]);
    return text;
}

static const char *day_text(struct asking *a, struct ga_date day)
{
    return day.year == 0 ? "" : ga_arena_strdup(&a->arena, GA_DATE_ISO(day));
}

static enum ga_rc put_child(struct asking *a, struct ga_table_out *table, const struct ga_phones *phones, struct ga_error *err)
{
    struct ga_roster_row child;
    char id[GA_UUID_TEXT_SIZE];
    const enum ga_rc rc = ga_roster_row_of(a->session->store, phones->child, a->line->lang, &a->arena, &child, err);
    for (size_t i = 0; rc == GA_OK && i < phones->count; i++) {
        const struct ga_phone *phone = &phones->items[i];
        const int instead = ga_phones_instead(phones, i);
        if (phone->tries < a->ask.min_tries)
            continue;
        const char *const cells[] = {ga_uuid_text(&child.id, id), child.name, child.class_shown, whose_text(a, phone), phone->name,
                                     phone->number, GA_NUM(phone->tries), day_text(a, phone->tried_on), phone->outcome,
                                     day_text(a, phone->reached_on), instead < 0 ? phones->via : phones->items[instead].number};
        ga_table_row(table, cells);
    }
    return rc;
}

static enum ga_exit put_all(struct asking *a, bool is_json)
{
    static const char *const names[] = {"child_id", "child", "class", "whose", "name", "number", "tries", "tried_on", "outcome", "reached_on", "instead"};
    struct ga_table_out table = {.line = a->line, .names = names, .count = GA_COUNT(names), .numbers = 1u << 6, .is_json = is_json};
    struct ga_roster_class class_of;
    struct ga_error err = {0};
    struct ga_phones *list;
    size_t count = 0;
    const enum ga_exit exit = ga_command_class(a->line, a->session, a->class, a->site, &a->arena, &class_of);
    if (exit != GA_EXIT_DONE)
        return exit;
    a->ask.site = class_of.site;
    a->ask.grade = class_of.grade;
    a->ask.class_no = class_of.class_no;
    enum ga_rc rc = ga_phones_list(a->session->store, &a->ask, &a->arena, &list, &count, &err);
    if (rc != GA_OK)
        return ga_say_error(a->line, rc, &err);
    ga_table_begin(&table);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = put_child(a, &table, &list[i], &err);
    ga_table_end(&table);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(a->line, rc, &err);
}

enum ga_exit ga_run_phones(struct ga_command_line *line)
{
    struct asking a = {.line = line};
    const char *format = "tsv";
    const struct ga_option options[] = {{"--class", &a.class, NULL}, {"--site", &a.site, NULL}, {"--tries", &a.tries, NULL}, {"--format", &format, NULL}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    bool is_json = false;
    if (exit != GA_EXIT_DONE)
        return exit;
    const long tries = a.tries == NULL ? 1 : strtol(a.tries, NULL, 10);
    if (!ga_read_format(format, &is_json) || tries < 0 || tries > 1000)
        return ga_usage(line);
    a.ask.min_tries = (int)tries;
    exit = ga_command_open(line, &a.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = put_all(&a, is_json);
    ga_arena_finish(&a.arena);
    ga_session_close(a.session);
    return exit;
}
