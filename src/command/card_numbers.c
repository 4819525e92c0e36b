/* guanai card-numbers: files that have one number, new numbers for them. */
#include "private.h"

#include "guanai/app/card_no.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/card_no.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"

#include <string.h>

static const char *const columns[] = {"card_no", "id", "name", "class", "records", "entered_on", "keeps"};

static enum ga_rc put_holders(struct ga_command_line *line, struct ga_session *session, const struct ga_vec *holders,
                              bool is_json, struct ga_error *err)
{
    struct ga_table_out table = {.line = line, .names = columns, .count = GA_COUNT(columns), .is_json = is_json};
    enum ga_rc rc = GA_OK;
    ga_table_begin(&table);
    for (size_t i = 0; rc == GA_OK && i < holders->len; i++) {
        const struct ga_card_holder *holder = GA_VEC_AT(struct ga_card_holder, holders, i);
        struct ga_arena arena = {0};
        struct ga_roster_row row;
        char id[GA_UUID_TEXT_SIZE];
        rc = ga_roster_row_of(session->store, holder->no, line->lang, &arena, &row, err);
        if (rc == GA_OK)
            ga_table_row(&table, (const char *const[]){GA_NUM(holder->number), ga_uuid_text(&holder->id, id), row.name,
                                                       row.class_shown, GA_NUM(holder->records), holder->entered_on,
                                                       holder->keeps ? "1" : "0"});
        ga_arena_finish(&arena);
    }
    ga_table_end(&table);
    return rc;
}

/* Files there are to renew say so by their exit, as check does. */
enum ga_exit ga_run_card_numbers(struct ga_command_line *line)
{
    const char *format = "tsv";
    const struct ga_option options[] = {{"--format", &format, NULL}};
    struct ga_session *session;
    struct ga_vec holders;
    struct ga_error err = {0};
    bool is_json;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (!ga_read_format(format, &is_json))
        return ga_usage(line);
    exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    ga_vec_init(&holders, sizeof(struct ga_card_holder));
    enum ga_rc rc = ga_store_shared_cards(session->store, &holders, &err);
    if (rc == GA_OK)
        rc = put_holders(line, session, &holders, is_json, &err);
    exit = rc != GA_OK ? ga_say_error(line, rc, &err) : holders.len > 0 ? GA_EXIT_FINDINGS : GA_EXIT_DONE;
    ga_vec_finish(&holders);
    ga_session_close(session);
    return exit;
}

/* The whole list was asked for: each that does not keep its number. */
static enum ga_rc list_all(struct ga_session *session, struct ga_vec *ids, struct ga_error *err)
{
    struct ga_vec holders;
    ga_vec_init(&holders, sizeof(struct ga_card_holder));
    const enum ga_rc rc = ga_store_shared_cards(session->store, &holders, err);
    for (size_t i = 0; i < holders.len; i++) {
        const struct ga_card_holder *holder = GA_VEC_AT(struct ga_card_holder, &holders, i);
        if (!holder->keeps)
            *(struct ga_uuid *)ga_vec_push(ids) = holder->id;
    }
    ga_vec_finish(&holders);
    return rc;
}

static enum ga_rc list_named(struct ga_command_line *line, struct ga_session *session, struct ga_vec *ids,
                             struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(session->forms, "child", err);
    enum ga_rc rc = form == NULL ? GA_NOT_FOUND : GA_OK;
    for (int i = 1; i < line->argc && rc == GA_OK; i++)
        rc = ga_store_resolve(session->store, form, line->argv[i], ga_vec_push(ids), err);
    return rc;
}

static enum ga_rc renew(struct ga_command_line *line, struct ga_session *session, const struct ga_vec *ids,
                        struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    ga_put_row(line, (const char *const[]){"id", "card_no"}, 2);
    for (size_t i = 0; rc == GA_OK && i < ids->len; i++) {
        const struct ga_uuid *id = GA_VEC_AT(struct ga_uuid, ids, i);
        char text[GA_UUID_TEXT_SIZE];
        int64_t number;
        rc = ga_card_no_renew(session, id, &number, err);
        if (rc == GA_OK)
            ga_put_row(line, (const char *const[]){ga_uuid_text(id, text), GA_NUM(number)}, 2);
    }
    return rc;
}

enum ga_exit ga_run_card_numbers_renew(struct ga_command_line *line)
{
    struct ga_session *session;
    struct ga_vec ids;
    struct ga_error err = {0};
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 1, GA_WORDS_ANY);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    ga_vec_init(&ids, sizeof(struct ga_uuid));
    const bool is_all = line->argc == 2 && strcmp(line->argv[1], "all") == 0;
    enum ga_rc rc = is_all ? list_all(session, &ids, &err) : list_named(line, session, &ids, &err);
    if (rc == GA_OK)
        rc = renew(line, session, &ids, &err);
    if (rc != GA_OK)
        exit = ga_say_error(line, rc, &err);
    ga_vec_finish(&ids);
    ga_session_close(session);
    return exit;
}
