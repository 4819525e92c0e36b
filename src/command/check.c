/* guanai check: is everything as it was once written? */
#include "care.h"
#include "runs.h"

#include "guanai/app/sign_check.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/card_no.h"
#include "guanai/store/check.h"

static bool step(void *ctx, int64_t done, int64_t total)
{
    return ga_progress_step(ctx, done, total);
}

static void put_report(struct ga_command_line *line, const struct ga_check_report *report)
{
    static const char *const header[] = {"transactions", "operations", "records", "forks", "gaps"};
    const char *const cells[] = {GA_NUM(report->transactions), GA_NUM(report->operations), GA_NUM(report->records),
                                 GA_NUM(report->forks), GA_NUM(report->gaps)};
    ga_put_row(line, header, GA_COUNT(header));
    ga_put_row(line, cells, GA_COUNT(cells));
}

/* What is owed is kept by the side: counted anew, which also mends it. */
static enum ga_rc check_care(struct ga_session *session, bool is_rebuild, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_care *care;
    int64_t differences = 0, changes = 0;
    enum ga_rc rc = ga_session_care(session, problems, &care, err);
    if (rc == GA_OK)
        rc = ga_care_check(care, &differences, err);
    if (rc == GA_OK && is_rebuild) /* reads every record that was signed */
        rc = ga_signed_check(session, &changes, err);
    differences += changes;
    if (rc == GA_OK && differences > 0)
        ga_message_set(&ga_problems_add(problems, GA_WARNING, NULL, 0, 0)->what,
                       "what is owed was kept wrong in %1 places; it has been counted anew", GA_NUM(differences));
    return rc;
}

static enum ga_exit check(struct ga_command_line *line, struct ga_session *session, bool is_rebuild)
{
    struct ga_command_progress progress;
    struct ga_check_report report = {0};
    struct ga_problems problems;
    struct ga_error err = {0};
    ga_problems_init(&problems);
    ga_progress_begin(&progress, line);
    const struct ga_check_progress steps = {.step = step, .ctx = &progress};
    enum ga_rc rc = ga_store_check(session->store, &steps, &problems, &report, &err);
    if (rc == GA_OK && is_rebuild)
        rc = ga_store_rebuild(session->store, &steps, &problems, &err);
    if (rc == GA_OK)
        rc = ga_store_shared_card_nos(session->store, &problems, &err);
    if (rc == GA_OK)
        rc = check_care(session, is_rebuild, &problems, &err);
    ga_progress_end(&progress);
    ga_say_problems(line, &problems, true);
    /* The damaged note was said when the folder was opened. */
    const bool is_fine = problems.faults + problems.warnings == 0 && !ga_store_is_head_damaged(session->store);
    enum ga_exit exit = is_fine ? GA_EXIT_DONE : GA_EXIT_FINDINGS;
    ga_problems_finish(&problems);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    put_report(line, &report);
    return exit;
}

enum ga_exit ga_run_check(struct ga_command_line *line)
{
    bool is_rebuild = false, is_salvage = false;
    const struct ga_option options[] = {{"--rebuild", NULL, &is_rebuild}, {"--salvage", NULL, &is_salvage}};
    struct ga_session *session;
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit == GA_EXIT_DONE && is_salvage)
        return ga_run_salvage(line);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = check(line, session, is_rebuild);
    ga_session_close(session);
    return exit;
}
