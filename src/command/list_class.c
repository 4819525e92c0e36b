/* Lists who was in a class on a day. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/store/life.h"
#include "guanai/store/roster.h"
#include "guanai/text/class_name.h"

#include <string.h>

bool ga_read_day(struct ga_command_line *line, const char *typed, struct ga_date *ret_day)
{
    if (ga_date_from_iso(typed, ret_day) && ga_date_is_day(*ret_day))
        return true;
    ga_say(line, "'%1' is no day; write it as 2026-11-30", typed);
    return false;
}

bool ga_read_span(struct ga_command_line *line, const struct ga_days *span)
{
    if (ga_date_to_days(span->from) <= ga_date_to_days(span->to))
        return true;
    ga_say(line, "'%1' lies before '%2'", GA_DATE_ISO(span->to), GA_DATE_ISO(span->from));
    return false;
}

/* A site by code or name, as it is shown. */
static enum ga_exit read_site(struct ga_command_line *line, struct ga_session *session, const char *typed,
                              struct ga_arena *arena, const char **ret_site)
{
    const struct ga_form *form = ga_command_form(line, session, "child");
    const struct ga_field *field = form == NULL ? NULL : ga_form_field(form, "site");
    const struct ga_parse_context ctx = {.today = session->today, .lang = session->lang};
    struct ga_value code;
    struct ga_error err = {0};
    struct ga_str shown = {0};
    if (field == NULL)
        return ga_usage(line);
    enum ga_rc rc = ga_field_parse(field, &ctx, typed, arena, &code, NULL, &err);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    ga_field_show(field, line->lang, &code, &shown);
    *ret_site = ga_arena_strdup(arena, ga_str_text(&shown));
    ga_str_finish(&shown);
    return GA_EXIT_DONE;
}

static const char *const HEADER[] = {"id", "card_no", "name", "class", "entered", "site", "village", "class_now", "left"};

static enum ga_rc put_mates(struct ga_command_line *line, struct ga_session *session, const struct ga_classmate *mates,
                            size_t count, bool is_json, struct ga_error *err)
{
    struct ga_table_out table = {.line = line, .names = HEADER, .count = GA_COUNT(HEADER), .is_json = is_json};
    enum ga_rc rc = GA_OK;
    ga_table_begin(&table);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        struct ga_arena of_row = {0};
        struct ga_roster_row row;
        char id[GA_UUID_TEXT_SIZE];
        const struct ga_stay *stay = &mates[i].stay;
        rc = ga_roster_row_of(session->store, mates[i].no, line->lang, &of_row, &row, err);
        if (rc == GA_OK)
            ga_table_row(&table, (const char *const[]){ga_uuid_text(&row.id, id), row.card_no > 0 ? GA_NUM(row.card_no) : "",
                           row.name, stay->class_shown, stay->entry_year > 0 ? GA_NUM(stay->entry_year) : "", stay->site,
                           row.village, row.class_shown,
                           ga_store_departure_text(session->store, &row.id, line->lang, &of_row)});
        ga_arena_finish(&of_row);
    }
    ga_table_end(&table);
    return rc;
}

/* A class is called as it was in the school year of that day; 2024级2班 is the same class in every year. */
static enum ga_exit read_ask(struct ga_command_line *line, struct ga_session *session, const struct ga_list_class *asked,
                             struct ga_arena *arena, struct ga_class_name *name, struct ga_class_ask *ret_ask)
{
    struct ga_error err = {0};
    *ret_ask = (struct ga_class_ask){.day = session->today};
    if (asked->on != NULL && !ga_read_day(line, asked->on, &ret_ask->day))
        return GA_EXIT_USAGE;
    if (asked->class != NULL) {
        enum ga_rc rc = ga_class_name_parse(asked->class, ga_class_name_school_year(ret_ask->day), name, NULL, &err);
        if (rc != GA_OK)
            return ga_say_error(line, rc, &err);
        ret_ask->grade = name->grade;
        ret_ask->class_no = name->number[0] == '\0' ? NULL : name->number;
    }
    return asked->site == NULL ? GA_EXIT_DONE : read_site(line, session, asked->site, arena, &ret_ask->site);
}

/* Told beside the list: what it rests on, what it cannot tell. */
static enum ga_rc say_unknown(struct ga_command_line *line, struct ga_session *session, struct ga_date day,
                              const struct ga_classmate *mates, size_t count, struct ga_error *err)
{
    int64_t unknown = 0, taken = 0;
    const enum ga_rc rc = ga_store_begun_later(session->store, day, &unknown, err);
    for (size_t i = 0; i < count; i++)
        taken += mates[i].stay.from_on[0] != '\0' && strcmp(mates[i].stay.from_on, GA_DATE_ISO(day)) > 0;
    if (rc == GA_OK && taken > 0)
        ga_say(line, "%1 of these files were made after that day: they are taken to have been true since the school year began",
               GA_NUM(taken));
    if (rc == GA_OK && unknown > 0)
        ga_say(line, "%1 files were made in a later school year: which class those children were in on that day is not known",
               GA_NUM(unknown));
    return rc;
}

enum ga_exit ga_list_class(struct ga_command_line *line, struct ga_session *session, const struct ga_list_class *asked)
{
    struct ga_arena arena = {0};
    struct ga_class_name name;
    struct ga_class_ask ask;
    struct ga_classmate *mates;
    struct ga_error err = {0};
    size_t count = 0;
    enum ga_exit exit = read_ask(line, session, asked, &arena, &name, &ask);
    if (exit == GA_EXIT_DONE) {
        enum ga_rc rc = ga_store_class_on(session->store, &ask, line->lang, &arena, &mates, &count, &err);
        if (rc == GA_OK)
            rc = put_mates(line, session, mates, count, asked->is_json, &err);
        if (rc == GA_OK)
            rc = say_unknown(line, session, ask.day, mates, count, &err);
        exit = rc == GA_OK ? GA_EXIT_DONE : ga_say_error(line, rc, &err);
    }
    ga_arena_finish(&arena);
    return exit;
}
