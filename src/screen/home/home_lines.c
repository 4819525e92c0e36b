/* Puts the parts of the care that stand on the first screen below each other. */
#include "home/home_lines.h"

#include "guanai/base/alloc.h"
#include "guanai/care/give_way.h"
#include "guanai/tui/loop.h"
#include "parts/care_open.h"

static void (*const parts[])(struct ga_home_lines *lines) = {
    ga_home_add_catch_up,
    ga_home_add_year,
    ga_home_add_reports,
    ga_home_add_alarms,
    ga_home_add_handed,
    ga_home_add_sent_back,
    ga_home_add_exchange,
    ga_home_add_dues,
    ga_home_add_trips,
    ga_home_add_sheet,
    ga_home_add_checklists,
    ga_home_add_sent_by_me,
    ga_home_add_to_confirm,
    ga_home_add_schedule,
    ga_home_add_birthdays,
};

bool ga_home_looks_after_school(const struct ga_brief *brief)
{
    for (size_t i = 0; i < brief->count; i++)
        if (brief->lines[i].per == GA_PER_CHILD)
            return false;
    return brief->owed + brief->later + brief->unconfirmed > 0; /* in a holiday reasons wait, when nothing is owed */
}

bool ga_home_is_headteacher(const struct ga_brief *brief)
{
    return brief->is_of_school && brief->has_colleagues && ga_home_looks_after_school(brief);
}

void ga_home_lines_head(struct ga_home_lines *lines, const char *text)
{
    ga_menu_say(lines->menu, GA_STYLE_LABEL, text, NULL);
}

static void add(struct ga_home_lines *lines, const char *text, const char *more, struct ga_home_line line)
{
    if (lines->count == GA_HOME_LINES_MAX)
        return;
    ga_menu_add_numbered(lines->menu, GA_HOME_LINE + (int)lines->count, text, more);
    lines->lines[lines->count++] = line;
}

void ga_home_lines_add(struct ga_home_lines *lines, const char *text, const char *more, const struct ga_screen_ops *opens,
                       const void *arg)
{
    add(lines, text, more, (struct ga_home_line){.opens = opens, .arg = arg});
}

void ga_home_lines_add_run(struct ga_home_lines *lines, const char *text, const char *more,
                           void (*run)(struct ga_screen *screen, int tag))
{
    add(lines, text, more, (struct ga_home_line){.run = run});
}

void ga_home_line_open(struct ga_screen *screen, const struct ga_home_line *line, int tag)
{
    if (line->run != NULL)
        line->run(screen, tag);
    else
        ga_screen_push(screen, line->opens, line->arg, tag);
}

enum ga_rc ga_home_lines_read(struct ga_home_lines *lines, bool *ret_is_known, struct ga_error *err)
{
    struct ga_brief brief;
    const enum ga_rc rc = ga_session_brief(lines->session, ga_store_user(lines->session->store), lines->arena, &brief,
                                           ret_is_known, err);
    if (rc != GA_OK)
        return rc;
    if (!*ret_is_known) {
        ga_menu_say(lines->menu, GA_STYLE_DIM, ga_tr(lines->lang, "What is to be done is being worked out …"), NULL);
    } else {
        struct ga_sent_back_counts sent_back;
        lines->brief = &brief;
        if (ga_sent_back_count(lines->session, lines->arena, &sent_back, NULL) == GA_OK)
            lines->sent_back = &sent_back;
        for (size_t i = 0; i < GA_COUNT(parts); i++)
            parts[i](lines);
        lines->brief = NULL;
        lines->sent_back = NULL;
    }
    if (lines->count > 0 || !*ret_is_known)
        ga_menu_say(lines->menu, GA_STYLE_NORMAL, "", NULL);
    return GA_OK;
}

static bool is_wanted(void *ctx)
{
    return ga_ui_is_wanted(ctx);
}

static enum ga_rc open_care(struct ga_screen *screen, struct ga_session *session, struct ga_error *err)
{
    struct ga_problems problems;
    struct ga_care *care;
    ga_problems_init(&problems);
    const enum ga_rc rc = ga_session_care(session, &problems, &care, err);
    if (rc == GA_OK)
        ga_care_tell_problems(screen, &problems);
    ga_problems_finish(&problems);
    return rc;
}

enum ga_rc ga_home_lines_make(struct ga_screen *screen, struct ga_session *session, bool *ret_is_done, struct ga_error *err)
{
    struct ga_care *care = ga_session_open_care(session);
    *ret_is_done = false;
    if (care == NULL)
        return open_care(screen, session, err);
    ga_care_give_way(care, is_wanted, screen->ui);
    const enum ga_rc rc = ga_session_brief_make(session, ga_store_user(session->store), NULL, err);
    ga_care_give_way(care, NULL, NULL);
    *ret_is_done = rc == GA_OK;
    return rc == GA_CANCELLED ? GA_OK : rc; /* a key comes first; then it begins anew */
}
