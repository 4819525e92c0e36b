/* guanai note, note done, notes: notes on fields. */
#include "private.h"

#include "guanai/app/note.h"
#include "guanai/base/alloc.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"

/* The words FORM ID of a command; the form is NULL on failure, which has been said. */
static enum ga_exit find_record(struct ga_command_line *line, struct ga_session *session, const struct ga_form **ret_form,
                                struct ga_uuid *ret_id)
{
    *ret_form = ga_command_form(line, session, line->argv[1]);
    return *ret_form == NULL ? GA_EXIT_USAGE : ga_command_child(line, session, *ret_form, line->argv[2], ret_id);
}

static enum ga_exit write_note(struct ga_command_line *line, struct ga_session *session)
{
    struct ga_note_place place = {0};
    struct ga_error err = {0};
    char id[GA_UUID_TEXT_SIZE];
    enum ga_exit exit = find_record(line, session, &place.form, &place.record);
    if (exit != GA_EXIT_DONE)
        return exit;
    place.field = ga_form_field(place.form, line->argv[3]);
    if (place.field == NULL || place.field->parent != NULL)
        return ga_refuse_field(line, place.form, line->argv[3]);
    enum ga_rc rc = ga_note_write(session, &place, line->argv[4], &err);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    ga_put_row(line, (const char *const[]){"id", "field"}, 2);
    ga_put_row(line, (const char *const[]){ga_uuid_text(&place.record, id), place.field->name}, 2);
    return GA_EXIT_DONE;
}

enum ga_exit ga_run_note(struct ga_command_line *line)
{
    struct ga_session *session;
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 4, 4);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = write_note(line, session);
    ga_session_close(session);
    return exit;
}

/* By the note's UUID or a start of it that is no other's; NULL: said. */
static const struct ga_note *find_note(struct ga_command_line *line, const struct ga_note *notes, size_t count,
                                       const char *word)
{
    const struct ga_note *found = NULL;
    for (size_t i = 0; i < count; i++) {
        char id[GA_UUID_TEXT_SIZE];
        if (!ga_str_starts(ga_uuid_text(&notes[i].id, id), word))
            continue;
        if (found != NULL) {
            ga_say(line, "several notes begin with '%1'; write more of it", word);
            return NULL;
        }
        found = &notes[i];
    }
    if (found == NULL)
        ga_say(line, "this record has no note '%1'", word);
    return found;
}

static enum ga_exit settle(struct ga_command_line *line, struct ga_session *session, bool is_settled)
{
    const struct ga_form *form;
    struct ga_arena arena = {0};
    struct ga_note *notes;
    struct ga_uuid id;
    struct ga_error err = {0};
    size_t count = 0;
    enum ga_exit exit = find_record(line, session, &form, &id);
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = ga_notes_read(session->store, &id, &arena, &notes, &count, &err);
    const struct ga_note *note = rc == GA_OK ? find_note(line, notes, count, line->argv[3]) : NULL;
    if (note != NULL && (note->settled_by != NULL) != is_settled)
        rc = ga_store_settle_note(session->store, note, is_settled, &err);
    if (rc != GA_OK)
        exit = ga_say_error(line, rc, &err);
    else if (note == NULL)
        exit = GA_EXIT_FINDINGS;
    ga_arena_finish(&arena);
    return exit;
}

enum ga_exit ga_run_note_done(struct ga_command_line *line)
{
    bool is_reopened = false;
    const struct ga_option options[] = {{"--reopen", NULL, &is_reopened}};
    struct ga_session *session;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 3, 3);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = settle(line, session, !is_reopened);
    ga_session_close(session);
    return exit;
}

static const char *const columns[] = {"note", "form", "id", "name", "field", "text", "user", "when", "done_by", "done_when"};

struct listing {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_arena arena;
    bool is_json;
};

/* The child it is about, by the record or by whose it is; "" of other records. */
static const char *name_of(struct listing *listing, const struct ga_form *form, const struct ga_uuid *id)
{
    struct ga_roster_row row;
    struct ga_answers answers;
    struct ga_uuid child = *id;
    if (form == NULL)
        return "";
    if (form->of.text != NULL) {
        if (ga_store_read(listing->session->store, form, id, &answers, NULL, NULL) != GA_OK)
            return "";
        child = answers.child;
        ga_answers_finish(&answers);
    }
    return ga_roster_row(listing->session->store, &child, listing->session->lang, &listing->arena, &row, NULL) == GA_OK
               ? row.name
               : "";
}

static void put_note(struct listing *listing, struct ga_table_out *table, const struct ga_note *note)
{
    char id[GA_UUID_TEXT_SIZE], record[GA_UUID_TEXT_SIZE];
    const struct ga_form *form = NULL;
    ga_store_form_of(listing->session->store, &note->record, &form, NULL);
    const char *const cells[] = {ga_uuid_text(&note->id, id), form == NULL ? "" : form->name,
                                 ga_uuid_text(&note->record, record), name_of(listing, form, &note->record), note->field,
                                 note->text,
                                 note->typist == NULL ? note->user
                                                      : ga_arena_printf(&listing->arena, "%s/%s", note->user, note->typist),
                                 note->is_doubtful ? ga_arena_printf(&listing->arena, "%s?", note->when) : note->when,
                                 note->settled_by == NULL ? "" : note->settled_by, note->settled_when};
    ga_table_row(table, cells);
}

static enum ga_exit list(struct listing *listing, const struct ga_note_filter *filter)
{
    struct ga_note *notes;
    struct ga_error err = {0};
    size_t count = 0;
    enum ga_rc rc = ga_notes_list(listing->session->store, filter, &listing->arena, &notes, &count, &err);
    if (rc != GA_OK)
        return ga_say_error(listing->line, rc, &err);
    struct ga_table_out table = {
        .line = listing->line, .names = columns, .count = GA_COUNT(columns), .is_json = listing->is_json};
    ga_table_begin(&table);
    for (size_t i = 0; i < count; i++)
        put_note(listing, &table, &notes[i]);
    ga_table_end(&table);
    return GA_EXIT_DONE;
}

enum ga_exit ga_run_notes(struct ga_command_line *line)
{
    const char *format = "tsv";
    struct ga_note_filter filter = {0};
    const struct ga_option options[] = {
        {"--form", &filter.form, NULL}, {"--all", NULL, &filter.with_settled}, {"--format", &format, NULL}};
    struct listing listing = {.line = line};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (!ga_read_format(format, &listing.is_json))
        return ga_usage(line);
    exit = ga_command_open(line, &listing.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = filter.form != NULL && ga_command_form(line, listing.session, filter.form) == NULL ? GA_EXIT_USAGE
                                                                                              : list(&listing, &filter);
    ga_arena_finish(&listing.arena);
    ga_session_close(listing.session);
    return exit;
}
