/* guanai add: a new record. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/store/life.h"
#include "guanai/store/search.h"

#include <string.h>

/* Takes "child=ID" out of the words of a form that belongs to a child. */
static enum ga_exit take_child(struct ga_command_line *line, struct ga_session *session, const struct ga_form *form,
                               struct ga_uuid *ret_child)
{
    if (form->of.text == NULL)
        return GA_EXIT_DONE;
    const struct ga_form *parent = ga_command_form(line, session, form->of.text);
    for (int i = 2; i < line->argc && parent != NULL; i++) {
        if (strncmp(line->argv[i], "child=", 6) != 0)
            continue;
        const char *word = line->argv[i] + 6;
        for (int k = i; k + 1 < line->argc; k++)
            line->argv[k] = line->argv[k + 1];
        line->argc--;
        return ga_command_record(line, session, parent, word, ret_child);
    }
    ga_say(line, "%1 belongs to a child; say which", ga_label_text(&form->title, line->lang));
    return ga_usage(line);
}

/* The old file is to be put in force again, not a second one made. */
static void say_departure(struct ga_command_line *line, const struct ga_entry *entry, const struct ga_search_hit *hit)
{
    struct ga_arena arena = {0};
    char id[GA_UUID_TEXT_SIZE];
    if (hit->has_left)
        ga_say(line, "%1 left on %2; to put that file in force again: guanai add status_change child=%3 kind=returned",
               hit->name, ga_store_departure_text(entry->session->store, &hit->id, line->lang, &arena),
               ga_uuid_text(&hit->id, id));
    ga_arena_finish(&arena);
}

/* The same ID number is the same child; everything else that looks alike is only said. */
static enum ga_exit look_for_doubles(struct ga_command_line *line, const struct ga_entry *entry, const char *because)
{
    struct ga_arena arena = {0};
    struct ga_search_hit *hits;
    size_t count = 0;
    enum ga_exit exit = GA_EXIT_DONE;
    if (strcmp(entry->form->name, "child") != 0 ||
        ga_store_lookalikes(entry->session->store, &entry->now, &arena, &hits, &count, NULL) != GA_OK)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        char id[GA_UUID_TEXT_SIZE];
        ga_uuid_text(&hits[i].id, id);
        if (strcmp(hits[i].why, "id_number") == 0 && because == NULL) {
            ga_say(line, "already there with the same ID number: %1 %2 (%3)", hits[i].name, hits[i].class_shown, id);
            exit = GA_EXIT_FINDINGS;
        } else {
            ga_say(line, "somebody like this is already there: %1 %2 (%3)", hits[i].name, hits[i].class_shown, id);
        }
        say_departure(line, entry, &hits[i]);
    }
    ga_arena_finish(&arena);
    return exit;
}

static enum ga_exit fill_and_save(struct ga_command_line *line, struct ga_entry *entry, const char *because)
{
    char id[GA_UUID_TEXT_SIZE];
    entry->mode = GA_CHECK_IMPORT;
    enum ga_exit exit = ga_fields_set(line, entry, line->argv + 2, line->argc - 2);
    if (exit == GA_EXIT_DONE)
        exit = look_for_doubles(line, entry, because);
    if (exit == GA_EXIT_DONE)
        exit = ga_fields_save(line, entry, because, NULL);
    if (exit != GA_EXIT_DONE)
        return exit;
    ga_put_cell(line, "id", true);
    ga_put_cell(line, ga_uuid_text(&entry->now.id, id), true);
    return GA_EXIT_DONE;
}

static enum ga_exit add(struct ga_command_line *line, struct ga_session *session, const char *because)
{
    const struct ga_form *form = ga_command_form(line, session, line->argv[1]);
    struct ga_uuid child = {0};
    struct ga_entry *entry;
    struct ga_error err = {0};
    if (form == NULL)
        return GA_EXIT_USAGE;
    enum ga_exit exit = take_child(line, session, form, &child);
    if (exit != GA_EXIT_DONE)
        return exit;
    enum ga_rc rc = ga_entry_new(session, form->name, &child, &entry, &err);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    exit = fill_and_save(line, entry, because);
    ga_entry_destroy(entry);
    return exit;
}

enum ga_exit ga_run_add(struct ga_command_line *line)
{
    const char *because = NULL;
    const struct ga_option options[] = {{"--because", &because, NULL}};
    struct ga_session *session;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 2, GA_WORDS_ANY);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = add(line, session, because);
    ga_session_close(session);
    return exit;
}
