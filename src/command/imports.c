/* Files that were taken in: lists them, takes one back. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/exchange/import_past.h"

enum { BARS_SAID_MAX = 50 };

enum ga_exit ga_put_imports(struct ga_command_line *line, struct ga_session *session)
{
    static const char *const header[] = {"no",      "day",  "user",    "file",     "sheets",    "author",   "file_day", "form", "new",
                                         "fills",   "changes", "same", "refused",  "returned", "undone_on", "id"};
    struct ga_arena arena = {0};
    struct ga_import_past *list = NULL;
    struct ga_error err = {0};
    size_t count;
    char id[GA_UUID_TEXT_SIZE];
    enum ga_rc rc = ga_import_list_past(session->store, &arena, &list, &count, &err);
    if (rc == GA_OK)
        ga_put_row(line, header, GA_COUNT(header));
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        const struct ga_import_past *past = &list[i];
        const char *const cells[] = {
            GA_NUM(past->number), past->day, past->user, past->file, past->sheets, past->author, past->file_day, past->form,
            GA_NUM(past->rows[GA_VERDICT_NEW]), GA_NUM(past->rows[GA_VERDICT_FILLS]),
            GA_NUM(past->rows[GA_VERDICT_CHANGES]), GA_NUM(past->rows[GA_VERDICT_SAME]),
            GA_NUM(past->rows[GA_VERDICT_REFUSED]), GA_NUM(past->returned), past->undone_on, ga_uuid_text(&past->id, id)};
        ga_put_row(line, cells, GA_COUNT(cells));
    }
    ga_arena_finish(&arena);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(line, rc, &err);
}

static enum ga_exit say_bars(struct ga_command_line *line, struct ga_session *session, const struct ga_undo *undo)
{
    size_t count;
    const struct ga_undo_finding *findings = ga_undo_findings(undo, &count);
    for (size_t i = 0; i < count && i < BARS_SAID_MAX; i++) {
        struct ga_message message;
        char text[2 * GA_MESSAGE_BYTES];
        ga_import_say_bar(session->store, &findings[i], line->lang, &message);
        ga_say(line, "%1", ga_message_text(&message, line->lang, text, sizeof(text)));
    }
    if (count > BARS_SAID_MAX)
        ga_say(line, "… and %1 more", GA_NUM((int64_t)(count - BARS_SAID_MAX)));
    ga_say(line, "%1 things were written since that build on it; nothing was taken back", GA_NUM((int64_t)count));
    return GA_EXIT_FINDINGS;
}

static void put_counts(struct ga_command_line *line, const struct ga_undo *undo)
{
    ga_put_row(line, (const char *const[]){"what", "count"}, 2);
    ga_put_row(line, (const char *const[]){"records_removed", GA_NUM((int64_t)ga_undo_removes(undo))}, 2);
    ga_put_row(line, (const char *const[]){"records_given_back", GA_NUM((int64_t)ga_undo_gives_back(undo))}, 2);
    ga_put_row(line, (const char *const[]){"values_given_back", GA_NUM((int64_t)ga_undo_values(undo))}, 2);
}

static enum ga_rc plan(struct ga_command_line *line, struct ga_session *session, const struct ga_import_past *past,
                       struct ga_undo **ret_undo, struct ga_error *err)
{
    struct ga_command_progress shown;
    ga_progress_begin(&shown, line);
    const struct ga_check_progress progress = {.step = shown.progress.step, .ctx = shown.progress.ctx};
    enum ga_rc rc = ga_import_plan_undo(session->store, &past->id, &progress, ret_undo, err);
    ga_progress_end(&shown);
    return rc;
}

static enum ga_exit undo_planned(struct ga_command_line *line, struct ga_session *session,
                                 const struct ga_import_past *past, struct ga_undo *undo, bool is_dry)
{
    struct ga_error err = {0};
    size_t bars;
    ga_undo_findings(undo, &bars);
    if (bars > 0)
        return say_bars(line, session, undo);
    enum ga_rc rc = is_dry ? GA_OK : ga_import_undo(session->store, &past->id, undo, &err);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    put_counts(line, undo);
    ga_say(line, is_dry ? "%1 of %2: this is what taking it back would do" : "%1 of %2 has been taken back; importing it again brings it back",
           past->file, past->day);
    return GA_EXIT_DONE;
}

enum ga_exit ga_undo_import(struct ga_command_line *line, struct ga_session *session, const char *typed, bool is_dry)
{
    struct ga_arena arena = {0};
    struct ga_import_past past;
    struct ga_undo *undo = NULL;
    struct ga_error err = {0};
    enum ga_rc rc = ga_import_find_past(session->store, typed, &arena, &past, &err);
    if (rc == GA_OK)
        rc = plan(line, session, &past, &undo, &err);
    const enum ga_exit exit =
        rc == GA_OK ? undo_planned(line, session, &past, undo, is_dry) : ga_say_error(line, rc, &err);
    ga_undo_destroy(undo);
    ga_arena_finish(&arena);
    return exit;
}

void ga_say_taken_in(struct ga_command_line *line, struct ga_session *session)
{
    struct ga_arena arena = {0};
    struct ga_import_past *list = NULL;
    size_t count;
    if (ga_import_list_past(session->store, &arena, &list, &count, NULL) == GA_OK && count > 0)
        ga_say(line, "to take it back again: guanai import --undo %1", GA_NUM(list[0].number));
    ga_arena_finish(&arena);
}
