/* Works out who goes where at the end of the school year. */
#include "guanai/app/year_end.h"

#include "guanai/base/alloc.h"
#include "guanai/base/order.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/graded.h"
#include "guanai/store/life.h"
#include "guanai/store/roll.h"
#include "guanai/store/roster.h"
#include "guanai/store/view.h"
#include "guanai/text/class_name.h"
#include "guanai/text/translate.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 500 };

struct planning {
    struct ga_session *session;
    enum ga_lang lang;
    struct ga_arena *arena;
    struct ga_year_plan *plan;
    struct ga_graded graded; /* since the first day of the school year */
    struct ga_classmate *mates;
    size_t mates_count;
};

const char *ga_year_fate_code(enum ga_year_fate fate)
{
    static const char *const codes[GA_YEAR_FATES] = {[GA_YEAR_UP] = "up", [GA_YEAR_REPEATS] = "repeats",
                                                     [GA_YEAR_MOVES] = "moves", [GA_YEAR_FINISHES] = "finishes"};
    return codes[fate];
}

static enum ga_year_fate fate_of(const char *code)
{
    for (enum ga_year_fate fate = GA_YEAR_UP; fate < GA_YEAR_PLACED; fate++)
        if (ga_str_equal(code, ga_year_fate_code(fate)))
            return fate;
    return GA_YEAR_UNKNOWN;
}

static bool has_grade(const struct ga_year_plan *plan, const char *site, const char *grade)
{
    for (size_t i = 0; i < plan->classes_count; i++)
        if (strcmp(plan->classes[i].site, site) == 0 && strcmp(plan->classes[i].grade, grade) == 0)
            return true;
    return false;
}

/* Of the sites as configured: the central school stands first. NULL: none has it. */
static const char *site_with(const struct planning *p, const char *grade)
{
    const struct ga_config *config = &p->session->config;
    for (size_t i = 0; i < config->sites_count; i++)
        if (has_grade(p->plan, config->sites[i].code, grade))
            return config->sites[i].code;
    return has_grade(p->plan, "", grade) ? "" : NULL;
}

/* The one class that goes up into that grade there; "" when there are several. */
static const char *only_class(const struct ga_year_plan *plan, const char *site, const char *from_grade)
{
    const char *only = NULL;
    for (size_t i = 0; i < plan->classes_count; i++) {
        const struct ga_year_class *class = &plan->classes[i];
        if (strcmp(class->site, site) != 0 || strcmp(class->grade, from_grade) != 0)
            continue;
        if (only != NULL)
            return "";
        only = class->class_no;
    }
    return only == NULL ? "" : only;
}

/* What becomes of a class of which nobody said anything. */
static struct ga_year_goal usual_goal(const struct planning *p, const struct ga_year_class *class)
{
    char next[GA_GRADE_SIZE] = "";
    bool ends_stage = false;
    const bool has_next = ga_class_name_next_grade(class->grade, next, &ends_stage);
    if (!has_next)
        return (struct ga_year_goal){ends_stage ? GA_YEAR_FINISHES : GA_YEAR_UNKNOWN, "", "", ""};
    if (strcmp(class->grade, "k3") == 0 && has_grade(p->plan, class->site, "pre"))
        memcpy(next, "pre", sizeof("pre"));
    const char *grade = ga_arena_strdup(p->arena, next);
    const char *other = has_grade(p->plan, class->site, grade) ? NULL : site_with(p, grade);
    if (other != NULL)
        return (struct ga_year_goal){GA_YEAR_MOVES, other, grade, only_class(p->plan, other, class->grade)};
    if (ends_stage && !has_grade(p->plan, class->site, grade))
        return (struct ga_year_goal){GA_YEAR_FINISHES, "", "", ""};
    return (struct ga_year_goal){GA_YEAR_UP, class->site, grade, class->class_no};
}

static enum ga_rc read_classes(struct planning *p, struct ga_error *err)
{
    struct ga_roster_class *classes;
    size_t count = 0, kept = 0;
    enum ga_rc rc = ga_store_classes(p->session->store, p->lang, p->arena, &classes, &count, err);
    if (rc != GA_OK)
        return rc;
    p->plan->classes = ga_arena_array(p->arena, count + 1, sizeof(*p->plan->classes));
    for (size_t i = 0; i < count; i++) {
        if (classes[i].children > 0)
            p->plan->classes[kept++] = (struct ga_year_class){
                .site = classes[i].site, .grade = classes[i].grade, .class_no = classes[i].class_no, .shown = classes[i].shown};
    }
    p->plan->classes_count = kept;
    for (size_t i = 0; i < kept; i++)
        p->plan->classes[i].goal = usual_goal(p, &p->plan->classes[i]);
    return GA_OK;
}

static const char *text_at(struct planning *p, struct ga_stmt *stmt, int column)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return text == NULL ? "" : ga_arena_strdup(p->arena, text);
}

/* fate, to_site, to_grade, to_class from that column on. */
static struct ga_year_goal goal_at(struct planning *p, struct ga_stmt *stmt, int column)
{
    return (struct ga_year_goal){fate_of(ga_stmt_column_text(stmt, column)), text_at(p, stmt, column + 1),
                                 text_at(p, stmt, column + 2), text_at(p, stmt, column + 3)};
}

/* The rows of one of the year's forms, the oldest first: the last word holds. */
static enum ga_rc each_record(struct planning *p, const char *form_name, const char *select,
                              void (*take)(struct planning *p, struct ga_stmt *stmt), struct ga_error *err)
{
    struct ga_store *store = p->session->store;
    const struct ga_form *form = ga_forms_get(ga_store_forms(store), form_name, err);
    struct ga_str sql = {0};
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    enum ga_rc rc = form == NULL ? GA_NOT_FOUND : ga_store_view(store, form, NULL, err);
    if (rc != GA_OK)
        return rc;
    ga_str_addf(&sql, "SELECT %s FROM v_%s WHERE school_year = ?1 ORDER BY no", select, form_name);
    rc = ga_stmt_prepare(ga_store_db(store), ga_str_text(&sql), &stmt, err);
    ga_str_finish(&sql);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, p->plan->school_year);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take(p, stmt);
    ga_stmt_destroy(stmt);
    return rc;
}

static void take_class(struct planning *p, struct ga_stmt *stmt)
{
    const char *site = text_at(p, stmt, 0), *grade = text_at(p, stmt, 1), *class_no = text_at(p, stmt, 2);
    for (size_t i = 0; i < p->plan->classes_count; i++) {
        struct ga_year_class *class = &p->plan->classes[i];
        if (strcmp(class->site, site) != 0 || strcmp(class->grade, grade) != 0 || strcmp(class->class_no, class_no) != 0)
            continue;
        class->goal = goal_at(p, stmt, 3);
        class->is_chosen = true;
    }
}

static int by_mate(const void *a, const void *b)
{
    return ga_order_compare(&((const struct ga_classmate *)a)->no, &((const struct ga_classmate *)b)->no);
}

/* Children are few enough to be looked for one by one: only those of whom something was said. */
static void take_child(struct planning *p, struct ga_stmt *stmt)
{
    const int64_t no = ga_stmt_column_int(stmt, 0);
    for (size_t i = 0; i < p->plan->children_count; i++) {
        struct ga_year_child *child = &p->plan->children[i];
        if (child->no != no || child->goal.fate == GA_YEAR_PLACED)
            continue;
        child->goal = goal_at(p, stmt, 1);
        child->is_chosen = true;
    }
}

static void take_run(struct planning *p, struct ga_stmt *stmt)
{
    p->plan->runs++;
    ga_uuid_parse(ga_stmt_column_text(stmt, 0), &p->plan->last_run);
    p->plan->done_on = text_at(p, stmt, 1);
    p->plan->sealed_on = text_at(p, stmt, 2);
    p->plan->sealed_by = text_at(p, stmt, 3);
}

/* Is it a class without a number beside others that have one? */
static bool is_no_class(const struct ga_year_plan *plan, const struct ga_year_class *class)
{
    for (size_t i = 0; class->class_no[0] == '\0' && i < plan->classes_count; i++)
        if (&plan->classes[i] != class && strcmp(plan->classes[i].site, class->site) == 0 &&
            strcmp(plan->classes[i].grade, class->grade) == 0)
            return true;
    return false;
}

static enum ga_rc add_child(struct planning *p, const struct ga_roster_row *row, size_t class_at, struct ga_error *err)
{
    const struct ga_year_class *class = &p->plan->classes[class_at];
    const struct ga_classmate key = {.no = row->no};
    const struct ga_classmate *mate = bsearch(&key, p->mates, p->mates_count, sizeof(*p->mates), by_mate);
    struct ga_year_child child = {.no = row->no, .card_no = row->card_no, .class_at = class_at, .goal = class->goal,
                                  .name = ga_arena_strdup(p->arena, row->name), .birth = ga_arena_strdup(p->arena, row->birth)};
    bool stands = false;
    child.is_unplaced = is_no_class(p->plan, class);
    const enum ga_rc rc = ga_graded_is(&p->graded, row->no, &stands, err);
    struct ga_date since;
    if (mate != NULL && ga_date_from_iso(mate->stay.from_on, &since))
        child.years_behind = p->plan->school_year - ga_class_name_school_year(since) - 1;
    if (stands)
        child.goal = (struct ga_year_goal){GA_YEAR_PLACED, row->site[0] == '\0' ? "" : class->site, class->grade, class->class_no};
    if (rc == GA_OK)
        p->plan->children[p->plan->children_count++] = child;
    return rc;
}

static bool is_of(const struct ga_roster_row *row, const struct ga_year_class *class)
{
    return strcmp(row->site, class->site) == 0 && strcmp(row->grade, class->grade) == 0 &&
           strcmp(row->class_no, class->class_no) == 0;
}

/* The roster is in the order of the classes: each child is in the class of the one before, or in a later one. */
static enum ga_rc read_children(struct planning *p, struct ga_error *err)
{
    struct ga_roster_filter filter = {0};
    struct ga_arena page = {0};
    struct ga_roster_row *rows;
    size_t count = PAGE, class_at = 0;
    int64_t total = 0;
    enum ga_rc rc = ga_roster_count(p->session->store, &filter, &total, err);
    p->plan->children = ga_arena_array(p->arena, (size_t)total + 1, sizeof(*p->plan->children));
    for (int64_t at = 0; rc == GA_OK && at < total && count > 0; at += (int64_t)count) {
        rc = ga_roster_page_at(p->session->store, &filter, at, PAGE, p->lang, &page, &rows, &count, err);
        for (size_t i = 0; rc == GA_OK && i < count && p->plan->children_count < (size_t)total; i++) {
            while (class_at + 1 < p->plan->classes_count && !is_of(&rows[i], &p->plan->classes[class_at]))
                class_at++;
            rc = add_child(p, &rows[i], class_at, err);
        }
        ga_arena_reset(&page);
    }
    ga_arena_finish(&page);
    return rc;
}

struct going {
    struct ga_year_plan *plan;
    const char *today;
};

/* Changes come by child, the oldest first: the last one of going and coming back holds. */
static void take_change(void *ctx, const struct ga_change_of_status *change)
{
    const struct going *going = ctx;
    if (strcmp(change->kind, "away") != 0 && strcmp(change->kind, "returned") != 0)
        return;
    for (size_t i = 0; i < going->plan->children_count; i++)
        if (going->plan->children[i].no == change->child)
            going->plan->children[i].is_away = strcmp(change->kind, "away") == 0 &&
                                               (change->until_on == NULL || strcmp(change->until_on, going->today) >= 0);
}

static enum ga_rc read_mates(struct planning *p, struct ga_error *err)
{
    const struct ga_class_ask ask = {.day = p->session->today};
    const enum ga_rc rc = ga_store_class_on(p->session->store, &ask, p->lang, p->arena, &p->mates, &p->mates_count, err);
    if (rc == GA_OK)
        qsort(p->mates, p->mates_count, sizeof(*p->mates), by_mate);
    return rc;
}

static bool is_same_goal(const struct ga_year_goal *a, const struct ga_year_goal *b)
{
    return a->fate == b->fate && strcmp(a->site, b->site) == 0 && strcmp(a->grade, b->grade) == 0 &&
           strcmp(a->class_no, b->class_no) == 0;
}

const char *const ga_year_odd_words[GA_YEAR_ODDS] = {
    [GA_YEAR_USUAL] = "",
    [GA_YEAR_OF_NO_GRADE] = GA_N_("grade not known"),
    [GA_YEAR_SAID] = GA_N_("said so"),
    [GA_YEAR_NOT_COME] = GA_N_("not in the new roster"),
    [GA_YEAR_AWAY] = GA_N_("away for a while"),
    [GA_YEAR_BEHIND] = GA_N_("grade of years ago"),
    [GA_YEAR_CLASSLESS] = GA_N_("which class?"),
};

/* The classes it comes to have numbers, its own is not said. */
static bool lacks_class(const struct ga_year_plan *plan, const struct ga_year_goal *goal)
{
    for (size_t i = 0; goal->fate == GA_YEAR_MOVES && goal->class_no[0] == '\0' && i < plan->classes_count; i++) {
        const struct ga_year_goal *to = &plan->classes[i].goal;
        if (to->fate == GA_YEAR_UP && to->class_no[0] != '\0' && strcmp(to->site, goal->site) == 0 && strcmp(to->grade, goal->grade) == 0)
            return true;
    }
    return false;
}

/* A roster took the class up without it: few of many are left behind. */
static bool has_not_come(const struct ga_year_plan *plan, const struct ga_year_child *child)
{
    const size_t *counts = plan->classes[child->class_at].counts;
    return (child->goal.fate == GA_YEAR_UP || child->goal.fate == GA_YEAR_MOVES) && plan->runs == 0 &&
           counts[GA_YEAR_PLACED] > 2 * (counts[GA_YEAR_UP] + counts[GA_YEAR_MOVES]);
}

enum ga_year_odd ga_year_odd_of(const struct ga_year_plan *plan, const struct ga_year_child *child)
{
    if (child->goal.fate == GA_YEAR_PLACED)
        return GA_YEAR_USUAL;
    if (child->goal.fate == GA_YEAR_UNKNOWN)
        return GA_YEAR_OF_NO_GRADE;
    if (child->is_chosen && !is_same_goal(&child->goal, &plan->classes[child->class_at].goal))
        return GA_YEAR_SAID;
    if (has_not_come(plan, child))
        return GA_YEAR_NOT_COME;
    if (child->is_away && !child->is_chosen)
        return GA_YEAR_AWAY;
    if (child->years_behind > 0)
        return GA_YEAR_BEHIND;
    return child->is_unplaced || lacks_class(plan, &child->goal) ? GA_YEAR_CLASSLESS : GA_YEAR_USUAL;
}

static void count_all(struct ga_year_plan *plan)
{
    for (size_t i = 0; i < plan->children_count; i++) {
        const struct ga_year_child *child = &plan->children[i];
        plan->counts[child->goal.fate]++;
        plan->classes[child->class_at].counts[child->goal.fate]++;
    }
    for (size_t i = 0; i < plan->children_count; i++)
        plan->exceptions += ga_year_is_exception(plan, &plan->children[i]);
}

enum ga_rc ga_year_plan_read(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena,
                             struct ga_year_plan *ret_plan, struct ga_error *err)
{
    struct ga_year_plan plan = {.school_year = ga_class_name_school_year(session->today), .done_on = "", .sealed_on = "",
                                .sealed_by = ""};
    struct planning p = {.session = session, .lang = lang, .arena = arena, .plan = &plan};
    enum ga_rc rc = ga_graded_init(&p.graded, session->store, (struct ga_date){(int16_t)plan.school_year, 8, 1}, err);
    if (rc == GA_OK)
        rc = read_classes(&p, err);
    if (rc == GA_OK)
        rc = each_record(&p, "year_class", "site, grade, class, fate, to_site, to_grade, to_class", take_class, err);
    if (rc == GA_OK)
        rc = read_mates(&p, err);
    if (rc == GA_OK && plan.classes_count > 0)
        rc = read_children(&p, err);
    if (rc == GA_OK)
        rc = ga_store_changes(session->store, session->today, take_change,
                              &(struct going){&plan, GA_DATE_ISO(session->today)}, err);
    if (rc == GA_OK)
        rc = each_record(&p, "year_child", "_child, fate, to_site, to_grade, to_class", take_child, err);
    if (rc == GA_OK)
        rc = each_record(&p, "year_end", "id, done_on, sealed_on, sealed_by", take_run, err);
    ga_graded_finish(&p.graded);
    if (rc != GA_OK)
        return rc;
    count_all(&plan);
    *ret_plan = plan;
    return GA_OK;
}
