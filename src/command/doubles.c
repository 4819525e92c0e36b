/* guanai doubles: files that may be one child's, verdicts on them. */
#include "private.h"

#include "guanai/app/county.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/doubles.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"

static const char *const columns[] = {"degree", "why",     "id_a",   "name_a",  "class_a", "birth_a", "card_a",
                                      "id_b",   "name_b",  "class_b", "birth_b", "card_b",  "school_a", "school_b"};

/* The schools stand at the end, and where this is a county alone. */
enum { OF_A = 2, OF_B = 7, SCHOOL_OF_A = 12, SCHOOL_OF_B };

struct listing {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_arena arena;
    bool is_json;
};

static enum ga_rc fill_file(struct listing *listing, const struct ga_uuid *id, const char **cells, const char **ret_school,
                            struct ga_error *err)
{
    struct ga_roster_row row;
    char text[GA_UUID_TEXT_SIZE];
    enum ga_rc rc = ga_roster_row(listing->session->store, id, listing->session->lang, &listing->arena, &row, err);
    if (rc != GA_OK)
        return rc;
    cells[0] = ga_arena_strdup(&listing->arena, ga_uuid_text(id, text));
    cells[1] = row.name;
    cells[2] = row.class_shown;
    cells[3] = row.birth;
    cells[4] = row.card_no > 0 ? ga_arena_strdup(&listing->arena, GA_NUM(row.card_no)) : "";
    *ret_school = ga_county_school_name(listing->session, row.site);
    return GA_OK;
}

static enum ga_rc list(struct listing *listing, struct ga_error *err)
{
    struct ga_double *doubles;
    size_t count = 0;
    enum ga_rc rc = ga_doubles_find(listing->session->store, &listing->arena, &doubles, &count, err);
    struct ga_table_out table = {
        .line = listing->line, .names = columns, .count = ga_county_is_here(listing->session) ? GA_COUNT(columns) : SCHOOL_OF_A, .is_json = listing->is_json};
    if (rc == GA_OK)
        ga_table_begin(&table);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        const char *cells[GA_COUNT(columns)];
        struct ga_str why = {0};
        ga_likeness_codes(doubles[i].likeness, &why);
        cells[0] = doubles[i].is_disputed ? "disputed" : ga_alike_degree_code(doubles[i].likeness.degree);
        cells[1] = ga_str_text(&why);
        rc = fill_file(listing, &doubles[i].a, cells + OF_A, cells + SCHOOL_OF_A, err);
        if (rc == GA_OK)
            rc = fill_file(listing, &doubles[i].b, cells + OF_B, cells + SCHOOL_OF_B, err);
        if (rc == GA_OK)
            ga_table_row(&table, cells);
        ga_str_finish(&why);
    }
    if (rc == GA_OK)
        ga_table_end(&table);
    return rc;
}

enum ga_exit ga_run_doubles(struct ga_command_line *line)
{
    const char *format = "tsv";
    const struct ga_option options[] = {{"--format", &format, NULL}};
    struct listing listing = {.line = line};
    struct ga_error err = {0};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (!ga_read_format(format, &listing.is_json))
        return ga_usage(line);
    exit = ga_command_open(line, &listing.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = list(&listing, &err);
    if (rc != GA_OK)
        exit = ga_say_error(line, rc, &err);
    ga_arena_finish(&listing.arena);
    ga_session_close(listing.session);
    return exit;
}

/* The files as they are named: one behind another is meant itself here. */
static enum ga_rc find_files(struct ga_command_line *line, struct ga_session *session, struct ga_uuid ret_ids[2],
                             struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(session->forms, "child", err);
    enum ga_rc rc = form == NULL ? GA_NOT_FOUND : GA_OK;
    for (int i = 0; i < 2 && rc == GA_OK; i++)
        rc = ga_store_resolve(session->store, form, line->argv[i + 1], &ret_ids[i], err);
    return rc;
}

/* What is not linked cannot be parted. */
static enum ga_rc check_linked(struct ga_session *session, const struct ga_uuid ids[2], struct ga_error *err)
{
    enum ga_same_verdict said;
    enum ga_rc rc = ga_same_verdict(session->store, &ids[0], &ids[1], &said, err);
    return rc == GA_OK && said != GA_SAME_LINKED ? ga_error_set(err, GA_REFUSED, "these two files are not linked") : rc;
}

static enum ga_exit say(struct ga_command_line *line, enum ga_same_verdict verdict, bool has_to_be_linked)
{
    const char *because = NULL;
    const struct ga_option options[] = {{"--because", &because, NULL}};
    struct ga_session *session;
    struct ga_uuid ids[2], main;
    struct ga_error err = {0};
    char text[2][GA_UUID_TEXT_SIZE];
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 2, 2);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = find_files(line, session, ids, &err);
    if (rc == GA_OK && has_to_be_linked)
        rc = check_linked(session, ids, &err);
    if (rc == GA_OK)
        rc = ga_doubles_say(session->store, &ids[0], &ids[1], verdict, because, &err);
    for (int i = 0; i < 2 && rc == GA_OK; i++)
        if ((rc = ga_same_main(session->store, &ids[i], &main, &err)) == GA_OK)
            ga_uuid_text(&main, text[i]);
    if (rc == GA_OK) {
        ga_put_row(line, (const char *const[]){"leads_a", "leads_b"}, 2);
        ga_put_row(line, (const char *const[]){text[0], text[1]}, 2);
    } else {
        exit = ga_say_error(line, rc, &err);
    }
    ga_session_close(session);
    return exit;
}

enum ga_exit ga_run_doubles_link(struct ga_command_line *line)
{
    return say(line, GA_SAME_LINKED, false);
}

enum ga_exit ga_run_doubles_unlink(struct ga_command_line *line)
{
    return say(line, GA_SAME_DIFFERENT, true);
}

enum ga_exit ga_run_doubles_differ(struct ga_command_line *line)
{
    return say(line, GA_SAME_DIFFERENT, false);
}
