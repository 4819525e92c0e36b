/* Files that were taken in: lists them, takes one back. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/exchange/import_bars.h"

enum { BARS_SAID_MAX = 8 };

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

/* Later files go back first, the newest of them before the others. */
static void say_imports(struct ga_command_line *line, struct ga_session *session, const struct ga_import_bars *bars,
                        struct ga_arena *arena)
{
    for (size_t i = 0; i < bars->imports_count; i++)
        ga_say(line, "take back first: guanai import --undo %1, %2", GA_NUM(bars->imports[i]->number),
               ga_import_say_past(session->store, bars->imports[i], line->lang, arena));
}

static void say_records(struct ga_command_line *line, struct ga_session *session, const struct ga_import_past *past,
                        const struct ga_import_bars *bars, struct ga_arena *arena)
{
    if (bars->records_count == 0)
        return;
    ga_say(line, "%1 records were written by people since:", GA_NUM((int64_t)bars->records_count));
    for (size_t i = 0; i < bars->records_count && i < BARS_SAID_MAX; i++)
        ga_say(line, "  %1", ga_import_say_bar(session->store, bars->records[i], line->lang, arena));
    if (bars->records_count > BARS_SAID_MAX)
        ga_say(line, "  … and %1 more; all of them: guanai import --undo %2 --dry-run",
               GA_NUM((int64_t)(bars->records_count - BARS_SAID_MAX)), GA_NUM(past->number));
}

/* All of them as a table, for whom a script or a spreadsheet counts. */
static void put_bars(struct ga_command_line *line, struct ga_session *session, const struct ga_import_bars *bars)
{
    static const char *const header[] = {"child", "class", "form", "what", "user", "day", "import", "id"};
    struct ga_arena arena = {0};
    ga_put_row(line, header, GA_COUNT(header));
    for (size_t i = 0; i < bars->all_count; i++) {
        const struct ga_import_bar *bar = &bars->all[i];
        struct ga_import_bar_words words;
        char id[GA_UUID_TEXT_SIZE];
        ga_arena_reset(&arena);
        ga_import_tell_bar(session->store, bar->finding, line->lang, &arena, &words);
        const char *const cells[] = {words.name, words.class_shown, words.form, words.what, words.user, words.day,
                                     bar->by_import == NULL ? "" : GA_NUM(bar->by_import->number),
                                     ga_uuid_text(&bar->finding->record, id)};
        ga_put_row(line, cells, GA_COUNT(cells));
    }
    ga_arena_finish(&arena);
}

static enum ga_exit say_bars(struct ga_command_line *line, struct ga_session *session, const struct ga_import_past *past,
                             const struct ga_undo *undo, bool is_dry)
{
    struct ga_arena arena = {0};
    struct ga_import_bars bars;
    struct ga_error err = {0};
    enum ga_rc rc = ga_import_sort_bars(session->store, undo, &arena, &bars, &err);
    if (rc == GA_OK) {
        if (is_dry)
            put_bars(line, session, &bars);
        ga_say(line, "nothing was taken back: something builds on %1",
               ga_import_say_past(session->store, past, line->lang, &arena));
        say_imports(line, session, &bars, &arena);
        say_records(line, session, past, &bars, &arena);
    }
    ga_arena_finish(&arena);
    return rc == GA_OK ? GA_EXIT_FINDINGS : ga_say_error(line, rc, &err);
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
        return say_bars(line, session, past, undo, is_dry);
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
