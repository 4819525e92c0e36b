/* guanai find: children by whatever is remembered of them. */
#include "private.h"

#include "guanai/app/care.h"
#include "guanai/app/county.h"
#include "guanai/base/alloc.h"
#include "guanai/store/life.h"
#include "guanai/store/search.h"

enum { HITS_MAX = 200 };

static void put_hits(struct ga_command_line *line, struct ga_session *session, struct ga_arena *arena,
                     const struct ga_search_hit *hits, size_t count)
{
    static const char *const header[] = {"id", "name", "class", "village", "why", "left", "school"};
    const size_t columns = ga_county_is_here(session) ? GA_COUNT(header) : GA_COUNT(header) - 1;
    ga_put_row(line, header, columns);
    for (size_t i = 0; i < count; i++) {
        char id[GA_UUID_TEXT_SIZE];
        struct ga_roster_row row = {.site = ""};
        if (columns == GA_COUNT(header))
            ga_roster_row_of(session->store, hits[i].no, line->lang, arena, &row, NULL);
        const char *const cells[] = {ga_uuid_text(&hits[i].id, id), hits[i].name, hits[i].class_shown, hits[i].village,
                                     hits[i].why,
                                     hits[i].has_left ? ga_store_departure_text(session->store, &hits[i].id, line->lang, arena)
                                                      : "",
                                     ga_county_school_name(session, row.site)};
        ga_put_row(line, cells, columns);
    }
}

/* In the order of the screen: the own class first among those found in the same way. */
static enum ga_rc search(struct ga_session *session, const char *typed, struct ga_arena *arena, struct ga_search_hit **ret_hits,
                         size_t *ret_count, bool *ret_more, struct ga_error *err)
{
    struct ga_roster_class own[GA_BRIEF_CLASSES_MAX];
    struct ga_search_options options = {.limit = HITS_MAX, .with_left = true, .fuzzy = session->config.similar_sounds,
                                        .own = own, .lang = session->lang};
    bool is_known;
    if (ga_session_own_classes(session, true, arena, own, &options.own_count, &is_known, NULL) != GA_OK)
        options.own_count = 0; /* whose class it is cannot be told: everybody is found all the same */
    return ga_store_search(session->store, typed, &options, arena, ret_hits, ret_count, ret_more, err);
}

static enum ga_exit find(struct ga_command_line *line, struct ga_session *session, const char *typed)
{
    struct ga_arena arena = {0};
    struct ga_search_hit *hits;
    struct ga_error err = {0};
    size_t count = 0;
    bool has_more = false;
    enum ga_exit exit = GA_EXIT_DONE;
    enum ga_rc rc = search(session, typed, &arena, &hits, &count, &has_more, &err);
    if (rc == GA_OK)
        put_hits(line, session, &arena, hits, count);
    else
        exit = ga_say_error(line, rc, &err);
    if (rc == GA_OK && count == 0)
        ga_say(line, "nobody is found by '%1'", typed);
    if (rc == GA_OK && has_more)
        ga_say(line, "there are more; type more of the name");
    ga_arena_finish(&arena);
    return exit;
}

enum ga_exit ga_run_find(struct ga_command_line *line)
{
    struct ga_session *session;
    struct ga_str typed = {0};
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 1, GA_WORDS_ANY);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    for (int i = 1; i < line->argc; i++)
        ga_str_addf(&typed, "%s%s", i > 1 ? " " : "", line->argv[i]);
    exit = find(line, session, ga_str_text(&typed));
    ga_str_finish(&typed);
    ga_session_close(session);
    return exit;
}
