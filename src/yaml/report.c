/* Adding findings to the list without letting it grow past its bound. */
#include "inner.h"

void ga_yaml_report_add(struct ga_yaml_report *report, enum ga_severity severity, struct ga_yaml_at at,
                        const char *id, ...)
{
    struct ga_problems *problems = report->problems;
    report->last = NULL;
    if (problems->list.len >= GA_PROBLEMS_MAX) { /* ga_problems_add would still take memory for each */
        *(severity == GA_FAULT ? &problems->faults : &problems->warnings) += 1;
        return;
    }
    report->last = ga_problems_add(problems, severity, report->file, at.line, at.column);
    va_list args;
    va_start(args, id);
    ga_message_set_args(&report->last->what, id, args);
    va_end(args);
}
