/* Puts the calendar the school agreed on into this computer's config.yaml. */
#include "school/own_files_inner.h"

#include "guanai/config/calendar_text.h"
#include "guanai/yaml/node.h"

#include <string.h>

const char *ga_own_calendar_path(struct ga_session *session, struct ga_arena *arena)
{
    return session->options->config != NULL ? session->options->config
                                            : ga_arena_printf(arena, "%s/config.yaml", session->data_folder);
}

/* The place where this computer stands goes on to be its own, where the calendar knows it. */
static const char *own_code(struct ga_session *session, const struct ga_config *config)
{
    const char *own = ga_config_own_site(&session->config)->code;
    for (size_t i = 0; i < config->sites_count; i++)
        if (strcmp(config->sites[i].code, own) == 0)
            return own;
    return NULL;
}

static bool says_the_same(const char *config_text, const struct ga_config *wanted)
{
    struct ga_arena arena = {0};
    struct ga_problems problems;
    struct ga_config config;
    struct ga_str now = {0}, then = {0};
    bool is_same = false;
    ga_problems_init(&problems);
    if (ga_config_read("config.yaml", config_text, strlen(config_text), &arena, &problems, &config, NULL) == GA_OK) {
        ga_calendar_text(&config, NULL, &now);
        ga_calendar_text(wanted, NULL, &then);
        is_same = strcmp(ga_str_text(&now), ga_str_text(&then)) == 0;
    }
    ga_str_finish(&now);
    ga_str_finish(&then);
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    return is_same;
}

static enum ga_rc replace(struct ga_session *session, const struct ga_config *wanted, const char *path, struct ga_str *out,
                          struct ga_error *err)
{
    struct ga_str before = {0}, calendar = {0};
    enum ga_rc rc = ga_io_read_file(session->options->io, path, GA_YAML_FILE_BYTES_MAX, &before, err);
    if (rc == GA_OK) {
        ga_calendar_text(wanted, own_code(session, wanted), &calendar);
        ga_calendar_replace(ga_str_text(&before), ga_str_text(&calendar), out);
        if (!says_the_same(ga_str_text(out), wanted))
            rc = ga_error_set(err, GA_REFUSED, "config.yaml is written in a way that the program cannot change: put sites, terms, holidays, school_days on lines of their own");
    }
    ga_str_finish(&before);
    ga_str_finish(&calendar);
    return rc;
}

enum ga_rc ga_own_calendar_lay(struct ga_session *session, const struct ga_shared_text *calendar, struct ga_str *out,
                               struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_problems problems;
    struct ga_config wanted;
    if (calendar->text == NULL)
        return ga_error_set(err, GA_REFUSED, "a calendar cannot be taken away");
    ga_problems_init(&problems);
    enum ga_rc rc = ga_calendar_read(GA_OWN_CALENDAR, calendar->text, calendar->len, &arena, &problems, &wanted, err);
    if (rc == GA_REFUSED && problems.list.len > 0 && err != NULL)
        err->what = GA_VEC_AT(struct ga_problem, &problems.list, 0)->what;
    if (rc == GA_OK)
        rc = replace(session, &wanted, ga_own_calendar_path(session, &arena), out, err);
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    return rc;
}
