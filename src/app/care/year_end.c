/* Carries the end of the school year out, takes it back, seals it. */
#include "guanai/app/year_end.h"

#include "guanai/app/backup.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/life.h"
#include "guanai/store/number.h"
#include "guanai/store/undo.h"
#include "private.h"

#include <string.h>

static enum ga_rc check_open(const struct ga_year_plan *plan, struct ga_error *err)
{
    return plan->sealed_on[0] == '\0' ? GA_OK
                                      : ga_error_set(err, GA_REFUSED, "this school year's end was sealed on %1 by %2",
                                                     plan->sealed_on, plan->sealed_by);
}

static enum ga_rc check_goal(const struct ga_year_plan *plan, const struct ga_year_goal *goal, struct ga_error *err)
{
    const bool goes_up = goal->fate == GA_YEAR_UP || goal->fate == GA_YEAR_MOVES;
    if (ga_year_fate_code(goal->fate) == NULL)
        return ga_error_set(err, GA_USAGE, "say whether they go up, repeat, move or have finished");
    if (goes_up && goal->grade[0] == '\0')
        return ga_error_set(err, GA_REFUSED, "into which grade?");
    return check_open(plan, err);
}

enum ga_rc ga_year_say_child(struct ga_session *session, const struct ga_year_plan *plan, const struct ga_year_child *child,
                             const struct ga_year_goal *goal, struct ga_error *err)
{
    struct ga_uuid id;
    const struct ga_written fields[] = {
        {"school_year", GA_NUM(plan->school_year)}, {"fate", ga_year_fate_code(goal->fate)},
        {"to_site", goal->site}, {"to_grade", goal->grade}, {"to_class", goal->class_no}};
    enum ga_rc rc = check_goal(plan, goal, err);
    if (rc == GA_OK)
        rc = ga_store_id_of(session->store, child->no, &id, err);
    return rc == GA_OK ? ga_written_make(session, NULL, "year_child", &id, fields, GA_COUNT(fields), err) : rc;
}

enum ga_rc ga_year_say_class(struct ga_session *session, const struct ga_year_plan *plan, const struct ga_year_class *class,
                             const struct ga_year_goal *goal, struct ga_error *err)
{
    const struct ga_written fields[] = {
        {"school_year", GA_NUM(plan->school_year)}, {"site", class->site}, {"grade", class->grade},
        {"class", class->class_no}, {"fate", ga_year_fate_code(goal->fate)}, {"to_site", goal->site},
        {"to_grade", goal->grade}, {"to_class", goal->class_no}};
    const enum ga_rc rc = check_goal(plan, goal, err);
    return rc == GA_OK ? ga_written_make(session, NULL, "year_class", NULL, fields, GA_COUNT(fields), err) : rc;
}

/* One transaction for the whole school. */
struct running {
    struct ga_session *session;
    const struct ga_year_plan *plan;
    struct ga_save *save;
    char gone_on[11]; /* of those who move or have finished: 31 August, or today before that */
};

/* Unchecked: what else is missing in a file bars no child's way up. */
static enum ga_rc put(struct running *r, struct ga_entry *entry, const struct ga_written *fields, size_t count,
                      struct ga_error *err)
{
    bool is_changed;
    enum ga_rc rc = ga_entry_write_all(entry, fields, count, err);
    const struct ga_save_record record = ga_entry_record(entry);
    if (rc == GA_OK)
        rc = ga_save_put(r->save, &record, &is_changed, err);
    if (rc == GA_OK)
        rc = ga_save_follow_move(r->save, &record, NULL, err);
    ga_entry_destroy(entry);
    return rc;
}

static enum ga_rc put_new(struct running *r, const char *form, const struct ga_uuid *child, const struct ga_written *fields,
                          size_t count, struct ga_error *err)
{
    struct ga_entry *entry;
    const enum ga_rc rc = ga_entry_new(r->session, form, child, &entry, err);
    return rc == GA_OK ? put(r, entry, fields, count, err) : rc;
}

static enum ga_rc put_up(struct running *r, const struct ga_uuid *id, const struct ga_year_goal *goal, struct ga_error *err)
{
    struct ga_entry *entry;
    const struct ga_written fields[] = {{"grade", goal->grade}, {"class", goal->class_no}};
    const enum ga_rc rc = ga_entry_open(r->session, id, &entry, err);
    return rc == GA_OK ? put(r, entry, fields, GA_COUNT(fields), err) : rc;
}

static enum ga_rc put_child(struct running *r, const struct ga_year_child *child, struct ga_error *err)
{
    const struct ga_year_goal *goal = &child->goal;
    const struct ga_year_class *class = &r->plan->classes[child->class_at];
    struct ga_uuid id;
    enum ga_rc rc = ga_store_id_of(r->session->store, child->no, &id, err);
    if (rc != GA_OK)
        return rc;
    if (goal->fate == GA_YEAR_UP)
        return put_up(r, &id, goal, err);
    if (goal->fate == GA_YEAR_FINISHES)
        return put_new(r, "status_change", &id,
                       (const struct ga_written[]){{"kind", "finished"}, {"from_on", r->gone_on}}, 2, err);
    if (goal->fate != GA_YEAR_MOVES)
        return GA_OK;
    const struct ga_written moved[] = {
        {"kind", "moved"}, {"from_on", r->gone_on}, {"from_site", class->site}, {"from_grade", class->grade},
        {"from_class", class->class_no}, {"to_site", goal->site}, {"to_grade", goal->grade}, {"to_class", goal->class_no}};
    return put_new(r, "status_change", &id, moved, GA_COUNT(moved), err);
}

static enum ga_rc put_record(struct running *r, struct ga_error *err)
{
    const struct ga_year_plan *plan = r->plan;
    const struct ga_written fields[] = {
        {"school_year", GA_NUM(plan->school_year)},
        {"done_on", GA_DATE_ISO(r->session->today)},
        {"up", GA_NUM((int64_t)plan->counts[GA_YEAR_UP])},
        {"repeats", GA_NUM((int64_t)plan->counts[GA_YEAR_REPEATS])},
        {"moves", GA_NUM((int64_t)plan->counts[GA_YEAR_MOVES])},
        {"finishes", GA_NUM((int64_t)plan->counts[GA_YEAR_FINISHES])}};
    return put_new(r, "year_end", NULL, fields, GA_COUNT(fields), err);
}

static enum ga_rc check_run(const struct ga_year_plan *plan, struct ga_error *err)
{
    if (plan->counts[GA_YEAR_UP] + plan->counts[GA_YEAR_MOVES] + plan->counts[GA_YEAR_FINISHES] == 0)
        return ga_error_set(err, GA_REFUSED, "everybody stands in this school year's grade already");
    for (size_t i = 0; i < plan->children_count; i++) {
        const struct ga_year_child *child = &plan->children[i];
        const struct ga_year_class *class = &plan->classes[child->class_at];
        if (child->goal.fate == GA_YEAR_MOVES && (child->goal.site[0] == '\0' || strcmp(child->goal.site, class->site) == 0))
            return ga_error_set(err, GA_REFUSED, "%1 of %2 goes to another site: say to which", child->name, class->shown);
    }
    return check_open(plan, err);
}

enum ga_rc ga_year_run(struct ga_session *session, const struct ga_year_plan *plan, struct ga_error *err)
{
    struct running r = {.session = session, .plan = plan};
    const struct ga_date usual = {(int16_t)plan->school_year, 8, 31};
    const struct ga_date gone = ga_date_compare(session->today, usual) < 0 ? session->today : usual;
    memcpy(r.gone_on, GA_DATE_ISO(gone), sizeof(r.gone_on));
    enum ga_rc rc = check_run(plan, err);
    if (rc == GA_OK)
        rc = ga_backups_make(session, GA_BACKUP_YEAR_END, err);
    if (rc == GA_OK)
        rc = ga_save_begin(session->store, &r.save, err);
    if (rc != GA_OK)
        return rc;
    rc = put_record(&r, err);
    for (size_t i = 0; rc == GA_OK && i < plan->children_count; i++)
        rc = put_child(&r, &plan->children[i], err);
    return ga_app_end_save(r.save, rc, err);
}

static enum ga_rc check_run_was(const struct ga_year_plan *plan, struct ga_error *err)
{
    return plan->runs > 0 ? check_open(plan, err)
                          : ga_error_set(err, GA_REFUSED, "nobody was moved up this school year yet");
}

static enum ga_rc take_back(struct ga_session *session, const struct ga_reach *reach, struct ga_error *err)
{
    const struct ga_undo_options options = {.reach = *reach};
    struct ga_undo *undo;
    struct ga_save *save;
    enum ga_rc rc = ga_undo_plan(session->store, &options, &undo, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_save_begin(session->store, &save, err);
    if (rc == GA_OK)
        rc = ga_app_end_save(save, ga_undo_put(undo, save, err), err);
    ga_undo_destroy(undo);
    return rc;
}

enum ga_rc ga_year_undo(struct ga_session *session, const struct ga_year_plan *plan, struct ga_error *err)
{
    struct ga_reach reach;
    enum ga_rc rc = check_run_was(plan, err);
    if (rc == GA_OK)
        rc = ga_store_reach_made(session->store, &plan->last_run, &reach, err);
    return rc == GA_OK ? take_back(session, &reach, err) : rc;
}

enum ga_rc ga_year_seal(struct ga_session *session, const struct ga_year_plan *plan, struct ga_error *err)
{
    const struct ga_written fields[] = {{"sealed_on", GA_DATE_ISO(session->today)}, {"sealed_by", ga_store_user(session->store)}};
    const enum ga_rc rc = check_run_was(plan, err);
    return rc == GA_OK ? ga_written_change(session, NULL, &plan->last_run, fields, GA_COUNT(fields), err) : rc;
}
