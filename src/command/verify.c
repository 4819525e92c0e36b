/* guanai verify: answers that wait for a second typing. */
#include "care.h"

#include "guanai/app/verify.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/text/class_name.h"

#include <string.h>

static const char *const columns[] = {"form", "id", "name", "class", "field", "state", "typed_by", "typed_when"};

struct listing {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_arena arena, fields;
    struct ga_table_out table;
};

/* What stands in the fields is not shown: it would be copied, not read from the paper. */
static enum ga_rc put_record(struct listing *listing, const struct ga_verify_record *record, struct ga_error *err)
{
    struct ga_verify_field *fields;
    size_t count = 0;
    char id[GA_UUID_TEXT_SIZE];
    ga_arena_reset(&listing->fields);
    enum ga_rc rc = ga_verify_read(listing->session->store, &record->id, &listing->fields, &fields, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        if (fields[i].is_verified)
            continue;
        const char *const cells[] = {record->form->name, ga_uuid_text(&record->id, id), record->name, record->class_shown,
                                     fields[i].field->name, fields[i].is_left_open ? "open" : "waiting",
                                     fields[i].typed_by, fields[i].typed_when};
        ga_table_row(&listing->table, cells);
    }
    return rc;
}

static enum ga_rc list(struct listing *listing, const struct ga_verify_filter *filter, struct ga_error *err)
{
    struct ga_verify_record *records;
    size_t count = 0;
    int64_t verified = 0, all = 0;
    struct ga_store *store = listing->session->store;
    enum ga_rc rc = ga_verify_list(store, filter, listing->session->lang, &listing->arena, &records, &count, err);
    if (rc == GA_OK)
        rc = ga_verify_count(store, filter, &verified, &all, err);
    if (rc != GA_OK)
        return rc;
    ga_table_begin(&listing->table);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = put_record(listing, &records[i], err);
    ga_table_end(&listing->table);
    ga_say(listing->line, "verified %1 of %2", GA_NUM(verified), GA_NUM(all));
    return rc;
}

struct class_typed {
    const char *class, *site;
};

static enum ga_exit run_list(struct ga_command_line *line, struct ga_session *session, struct ga_verify_filter *filter,
                             const struct class_typed *typed, bool is_json)
{
    struct listing listing = {.line = line, .session = session, .table = {.line = line, .names = columns,
                              .count = GA_COUNT(columns), .is_json = is_json}};
    struct ga_roster_class class;
    struct ga_error err = {0};
    if (filter->form != NULL && ga_command_form(line, session, filter->form) == NULL)
        return GA_EXIT_USAGE;
    enum ga_exit exit = ga_command_classes(line, session, typed->class, typed->site, &listing.arena, &class);
    filter->site = class.site;
    filter->grade = class.grade;
    filter->class_no = class.class_no;
    if (exit == GA_EXIT_DONE) {
        const enum ga_rc rc = list(&listing, filter, &err);
        exit = rc == GA_OK ? GA_EXIT_DONE : ga_say_error(line, rc, &err);
    }
    ga_arena_finish(&listing.arena);
    ga_arena_finish(&listing.fields);
    return exit;
}

/* FIELD=VALUE, typed without having been shown what stands there. */
struct typing {
    struct ga_command_line *line;
    struct ga_session *session;
    const struct ga_form *form;
    struct ga_uuid id;
    const char *take, *because;
};

static enum ga_exit put_outcome(const struct typing *typing, const struct ga_verify_field *field, const char *outcome)
{
    char id[GA_UUID_TEXT_SIZE];
    ga_put_row(typing->line, (const char *const[]){"id", "field", "outcome"}, 3);
    ga_put_row(typing->line, (const char *const[]){ga_uuid_text(&typing->id, id), field->field->name, outcome}, 3);
    return GA_EXIT_DONE;
}

static enum ga_exit settle(const struct typing *typing, const struct ga_verify_field *field, const char *typed)
{
    struct ga_error err = {0};
    struct ga_str first = {0};
    if (typing->take == NULL) {
        ga_value_plain(field->field, &field->value, &first);
        ga_say(typing->line, "the first was %1, this is %2", ga_str_text(&first), typed);
        ga_say(typing->line, "say which is right: --take first, second, or open with --because");
        ga_str_finish(&first);
        put_outcome(typing, field, "differs");
        return GA_EXIT_FINDINGS;
    }
    for (int outcome = GA_VERIFY_FIRST; outcome <= GA_VERIFY_OPEN; outcome++) {
        if (strcmp(typing->take, ga_verify_outcome_code((enum ga_verify_outcome)outcome)) != 0)
            continue;
        enum ga_rc rc = ga_verify_decide(typing->session, &typing->id, field, (enum ga_verify_outcome)outcome, typed,
                                         typing->because, &err);
        return rc == GA_OK ? put_outcome(typing, field, typing->take) : ga_say_error(typing->line, rc, &err);
    }
    return ga_usage(typing->line);
}

static enum ga_exit type_field(const struct typing *typing, const struct ga_verify_field *field, const char *typed)
{
    struct ga_str second = {0};
    struct ga_error err = {0};
    bool is_same = false;
    if (field->is_verified) {
        ga_say(typing->line, "%1 is verified already", field->field->name);
        return GA_EXIT_FINDINGS;
    }
    enum ga_rc rc = ga_verify_type(typing->session, &typing->id, field, typed, &is_same, &second, &err);
    if (rc == GA_OK && ga_verify_is_own(typing->session, field))
        ga_say(typing->line, "you typed it the first time, too: this is recorded as by the same person");
    enum ga_exit exit = rc != GA_OK ? ga_say_error(typing->line, rc, &err)
                        : is_same   ? put_outcome(typing, field, "agreed")
                                    : settle(typing, field, ga_str_text(&second));
    ga_str_finish(&second);
    return exit;
}

static enum ga_exit type_word(const struct typing *typing, const char *word)
{
    struct ga_arena arena = {0};
    struct ga_verify_field *fields;
    struct ga_error err = {0};
    size_t count = 0;
    const char *equals = strchr(word, '=');
    if (equals == NULL)
        return ga_usage(typing->line);
    const char *name = ga_arena_strndup(&arena, word, (size_t)(equals - word));
    const struct ga_field *field = ga_form_field(typing->form, name);
    enum ga_exit exit = GA_EXIT_FINDINGS;
    enum ga_rc rc = ga_verify_read(typing->session->store, &typing->id, &arena, &fields, &count, &err);
    const struct ga_verify_field *asked = NULL;
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        if (fields[i].field == field)
            asked = &fields[i];
    if (rc != GA_OK)
        exit = ga_say_error(typing->line, rc, &err);
    else if (field == NULL)
        exit = ga_refuse_field(typing->line, typing->form, name);
    else if (asked == NULL)
        ga_say(typing->line, "%1 is not to be typed twice, or has no answer", name);
    else
        exit = type_field(typing, asked, equals + 1);
    ga_arena_finish(&arena);
    return exit;
}

static enum ga_exit run_typing(struct typing *typing)
{
    struct ga_command_line *line = typing->line;
    typing->form = ga_command_form(line, typing->session, line->argv[1]);
    if (typing->form == NULL)
        return GA_EXIT_USAGE;
    enum ga_exit exit = ga_command_child(line, typing->session, typing->form, line->argv[2], &typing->id);
    return exit == GA_EXIT_DONE ? type_word(typing, line->argv[3]) : exit;
}

enum ga_exit ga_run_verify(struct ga_command_line *line)
{
    struct class_typed class = {0};
    const char *format = "tsv";
    struct ga_verify_filter filter = {0};
    struct typing typing = {.line = line};
    bool is_json = false;
    const struct ga_option options[] = {{"--form", &filter.form, NULL}, {"--class", &class.class, NULL}, {"--site", &class.site, NULL},
                                        {"--format", &format, NULL},    {"--take", &typing.take, NULL},
                                        {"--because", &typing.because, NULL}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 3);
    if (exit != GA_EXIT_DONE)
        return exit;
    if ((line->argc != 1 && line->argc != 4) || !ga_read_format(format, &is_json))
        return ga_usage(line);
    exit = ga_command_open(line, &typing.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = line->argc == 1 ? run_list(line, typing.session, &filter, &class, is_json) : run_typing(&typing);
    ga_session_close(typing.session);
    return exit;
}
