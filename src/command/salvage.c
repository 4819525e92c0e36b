/* guanai check --salvage: what can still be read of a damaged database becomes a new data folder. */
#include "private.h"
#include "runs.h"

#include "guanai/app/salvage.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

static void put_report(struct ga_command_line *line, const char *folder, const struct ga_salvage_report *report)
{
    static const char *const names[] = {"folder", "transactions", "operations", "records", "drafts", "lost", "rescued", "unproven", "rows_lost"};
    ga_put_row(line, names, GA_COUNT(names));
    ga_put_row(line, (const char *const[]){folder, GA_NUM(report->transactions), GA_NUM(report->operations), GA_NUM(report->records),
                                           GA_NUM(report->drafts), GA_NUM(report->transactions_lost),
                                           GA_NUM(report->operations_rescued),
                                           GA_NUM(report->transactions_unproven),
                                           GA_NUM(report->pages.rows_lost + report->pages.frames_lost)}, GA_COUNT(names));
    ga_say(line, "%1 saves came over into %2; the damaged folder is as it was", GA_NUM(report->transactions), folder);
    ga_say(line, "look with: guanai --data %1; if it is good, give the damaged folder another name and this one its name", folder);
    ga_say(line, "what others have comes back by the next stick");
    if (!report->has_identity)
        ga_say(line, "this computer's own key could not be read: it has to be paired with the others again");
}

enum ga_exit ga_run_salvage(struct ga_command_line *line)
{
    struct ga_command_progress progress;
    struct ga_salvage_report report;
    struct ga_problems problems;
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    const char *folder;
    enum ga_exit exit = GA_EXIT_DONE;
    ga_problems_init(&problems);
    ga_progress_begin(&progress, line);
    const enum ga_rc rc = ga_salvage_run(&line->session, &progress.progress, &arena, &problems, &report, &folder, &err);
    ga_progress_end(&progress);
    ga_say_problems(line, &problems, true);
    if (rc != GA_OK)
        exit = ga_say_file_error(line, rc, &err);
    else
        put_report(line, folder, &report);
    if (rc == GA_OK && problems.warnings + problems.faults > 0)
        exit = GA_EXIT_FINDINGS;
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    return exit;
}
