/* guanai history: who changed what and when. */
#include "private.h"

#include "guanai/app/history.h"
#include "guanai/base/alloc.h"

/* "user" as who answers for it; the one who typed it behind a slash. */
static void put_entry(struct ga_command_line *line, const struct ga_history_entry *entry)
{
    struct ga_str when = {0}, user = {0};
    ga_str_addf(&when, "%s%s", entry->when, entry->is_doubtful ? "?" : "");
    ga_str_addf(&user, "%s%s%s", entry->user, entry->typist == NULL ? "" : "/",
                entry->typist == NULL ? "" : entry->typist);
    const char *const cells[] = {ga_str_text(&when), ga_str_text(&user), entry->site, entry->field, entry->old_text,
                                 entry->new_text, entry->source};
    ga_put_row(line, cells, GA_COUNT(cells));
    ga_str_finish(&when);
    ga_str_finish(&user);
}

/* siblings[2].age is one too; what the form lost long ago is none, but has its history. */
static bool is_field(const struct ga_form *form, const char *name)
{
    char repeat[64];
    const size_t len = strcspn(name, "[.");
    if (len >= sizeof(repeat))
        return false;
    ga_str_copy(repeat, len + 1, name);
    return ga_form_field(form, repeat) != NULL;
}

static enum ga_exit put_history(struct ga_command_line *line, struct ga_session *session, const char *field)
{
    static const char *const header[] = {"when", "user", "site", "field", "old", "new", "file"};
    const struct ga_form *form = ga_command_form(line, session, line->argv[1]);
    struct ga_arena arena = {0};
    struct ga_history_entry *entries;
    struct ga_error err = {0};
    struct ga_uuid id;
    size_t count = 0;
    if (form == NULL)
        return GA_EXIT_USAGE;
    enum ga_exit exit = ga_command_record(line, session, form, line->argv[2], &id);
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = ga_session_history(session, &id, field, line->lang, &arena, &entries, &count, &err);
    if (rc == GA_OK && count == 0 && field != NULL && !is_field(form, field)) {
        ga_arena_finish(&arena);
        return ga_refuse_field(line, form, field);
    }
    if (rc == GA_OK)
        ga_put_row(line, header, GA_COUNT(header));
    else
        exit = ga_say_error(line, rc, &err);
    for (size_t i = 0; i < count && rc == GA_OK; i++)
        put_entry(line, &entries[i]);
    ga_arena_finish(&arena);
    return exit;
}

enum ga_exit ga_run_history(struct ga_command_line *line)
{
    const char *field = NULL;
    const struct ga_option options[] = {{"--field", &field, NULL}};
    struct ga_session *session;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 2, 2);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = put_history(line, session, field);
    ga_session_close(session);
    return exit;
}
