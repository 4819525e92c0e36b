/* Says who has which class in the new school year. */
#include "guanai/app/handover.h"

#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/text/class_name.h"
#include "private.h"

#include <string.h>

struct reading {
    const struct ga_year_plan *plan;
    const struct ga_class_teaching *teachings;
    size_t teachings_count;
    enum ga_lang lang;
    struct ga_arena *arena;
    struct ga_vec list; /* struct ga_year_teacher */
};

static struct ga_date first_day(const struct ga_year_plan *plan)
{
    return (struct ga_date){(int16_t)plan->school_year, 9, 1};
}

static const char *class_text(const struct ga_class_then *class_of, enum ga_lang lang, struct ga_arena *arena)
{
    struct ga_class_name name = {0};
    char text[GA_CLASS_NAME_SIZE];
    ga_str_copy(name.grade, sizeof(name.grade), class_of->grade);
    ga_str_copy(name.number, sizeof(name.number), class_of->class_no);
    return ga_arena_strdup(arena, ga_class_name_text(&name, lang, text));
}

static struct ga_year_teacher *row_of(struct reading *r, const struct ga_class_then *class_of)
{
    for (size_t i = 0; i < r->list.len; i++) {
        struct ga_year_teacher *row = ga_vec_at(&r->list, i);
        if (strcmp(row->class_of.site, class_of->site) == 0 && strcmp(row->class_of.grade, class_of->grade) == 0 &&
            strcmp(row->class_of.class_no, class_of->class_no) == 0)
            return row;
    }
    struct ga_year_teacher *row = ga_vec_push(&r->list);
    *row = (struct ga_year_teacher){.class_of = *class_of, .shown = class_text(class_of, r->lang, r->arena),
                                    .was = "", .before = "", .now = {.site = "", .grade = "", .class_no = ""}, .teacher = ""};
    return row;
}

/* Whose the class was until the year ends, which children it has in the roster; of two that come together nobody's. */
static void look_back(struct reading *r, struct ga_year_teacher *row, const struct ga_year_class *from)
{
    const struct ga_class_teaching *was = ga_class_teaching_on(r->teachings, r->teachings_count, &row->class_of,
                                                               ga_date_add_days(first_day(r->plan), -1));
    const bool is_first = row->children == 0;
    row->before = is_first && was != NULL ? was->teacher : "";
    if (is_first)
        row->now = (struct ga_roster_class){.site = from->site, .grade = from->grade, .class_no = from->class_no, .shown = row->shown};
}

/* Who has the class now goes on with it; of two that come together, who had the one of that site. */
static void add_going(struct reading *r, const struct ga_year_class *from, int64_t children)
{
    const struct ga_class_then now = ga_class_then_of_plan(r->plan, from),
                               then = {from->goal.site, from->goal.grade, from->goal.class_no, r->plan->school_year};
    const struct ga_class_teaching *teaching = ga_class_teaching_on(r->teachings, r->teachings_count, &now, first_day(r->plan));
    const bool is_first = row_of(r, &then)->children == 0;
    struct ga_year_teacher *row = row_of(r, &then);
    look_back(r, row, from);
    row->children += children;
    row->was = is_first ? from->shown : "";
    if (teaching != NULL && ga_class_name_goes_on(now.grade, now.school_year, then.grade, then.school_year) &&
        (row->teacher[0] == '\0' || strcmp(from->site, then.site) == 0))
        row->teacher = teaching->teacher;
}

static void add_placed(struct reading *r, const struct ga_year_class *class_of, int64_t children)
{
    const struct ga_class_then then = {class_of->site, class_of->grade, class_of->class_no, r->plan->school_year};
    struct ga_year_teacher *row = row_of(r, &then);
    const struct ga_class_teaching *teaching = ga_class_teaching_on(r->teachings, r->teachings_count, &then, first_day(r->plan));
    look_back(r, row, class_of);
    row->children += children;
    if (teaching != NULL)
        row->teacher = teaching->teacher;
}

/* Whoever took the files over has the class, where nobody said anything else since. */
static void look_at_handover(struct reading *r, const struct ga_year_class *from, const struct ga_handover *last)
{
    const bool is_going = from->counts[GA_YEAR_UP] + from->counts[GA_YEAR_MOVES] > 0, is_here = from->counts[GA_YEAR_PLACED] > 0;
    const struct ga_class_then goal = {from->goal.site, from->goal.grade, from->goal.class_no, r->plan->school_year},
                               here = {from->site, from->grade, from->class_no, r->plan->school_year}, then = is_here ? here : goal;
    if (last == NULL || last->taker[0] == '\0' || then.grade[0] == '\0' || (!is_going && !is_here))
        return;
    struct ga_year_teacher *row = row_of(r, &then);
    row->is_handed = strcmp(row->teacher, last->taker) != 0;
    row->teacher = last->taker;
}

static enum ga_rc look_at_handovers(struct ga_session *session, struct reading *r, struct ga_error *err)
{
    struct ga_handover_class *classes;
    size_t count = 0;
    const enum ga_rc rc = ga_handovers_read(session, r->lang, r->arena, &classes, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count && i < r->plan->classes_count; i++) /* both in roster order */
        look_at_handover(r, &r->plan->classes[i], classes[i].last);
    return rc;
}

/* The newest word of this school year, also of a day to come. */
static void look_at_said(struct reading *r, struct ga_year_teacher *row)
{
    const struct ga_date year = {(int16_t)r->plan->school_year, 8, 1};
    for (size_t i = 0; i < r->teachings_count; i++) {
        const struct ga_class_teaching *teaching = &r->teachings[i];
        if (ga_date_compare(teaching->from, year) < 0 ||
            !ga_class_then_is(&row->class_of, teaching->site, teaching->class_text, teaching->from))
            continue;
        row->is_said = true;
        row->is_handed = false;
        row->teacher = teaching->teacher;
    }
}

static void give_back(struct reading *r, struct ga_year_teacher **ret_classes, size_t *ret_count)
{
    *ret_classes = ga_arena_array(r->arena, r->list.len + 1, sizeof(**ret_classes));
    *ret_count = r->list.len;
    for (size_t i = 0; i < r->list.len; i++) {
        (*ret_classes)[i] = *GA_VEC_AT(const struct ga_year_teacher, &r->list, i);
        look_at_said(r, &(*ret_classes)[i]);
    }
}

enum ga_rc ga_year_teachers_read(struct ga_session *session, const struct ga_year_plan *plan, enum ga_lang lang,
                                 struct ga_arena *arena, struct ga_year_teacher **ret_classes, size_t *ret_count,
                                 struct ga_error *err)
{
    struct reading r = {.plan = plan, .lang = lang, .arena = arena};
    struct ga_class_teaching *teachings;
    enum ga_rc rc = ga_class_teachings_read(session, arena, &teachings, &r.teachings_count, err);
    if (rc != GA_OK)
        return rc;
    r.teachings = teachings;
    ga_vec_init(&r.list, sizeof(struct ga_year_teacher));
    for (size_t i = 0; i < plan->classes_count; i++) {
        const struct ga_year_class *class_of = &plan->classes[i];
        const int64_t going = (int64_t)(class_of->counts[GA_YEAR_UP] + class_of->counts[GA_YEAR_MOVES]);
        if (class_of->counts[GA_YEAR_PLACED] > 0)
            add_placed(&r, class_of, (int64_t)class_of->counts[GA_YEAR_PLACED]);
        if (going > 0 && class_of->goal.grade[0] != '\0')
            add_going(&r, class_of, going);
    }
    rc = look_at_handovers(session, &r, err);
    if (rc == GA_OK)
        give_back(&r, ret_classes, ret_count);
    ga_vec_finish(&r.list);
    return rc;
}

static enum ga_rc put(struct ga_session *session, struct ga_save *save, const struct ga_year_plan *plan,
                      const struct ga_year_teacher *class_of, const char *teacher, struct ga_error *err)
{
    struct ga_arena arena = {0};
    const struct ga_date usual = first_day(plan);
    const bool is_later = class_of->is_said && ga_date_compare(session->today, usual) > 0;
    const struct ga_written fields[] = {{"site", class_of->class_of.site},
                                        {"class", class_text(&class_of->class_of, GA_ZH, &arena)},
                                        {"teacher", teacher},
                                        {"from_on", GA_DATE_ISO(is_later ? session->today : usual)}};
    const enum ga_rc rc = ga_written_make(session, save, GA_CLASS_TEACHER_FORM, NULL, fields, GA_COUNT(fields), err);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_year_teacher_say(struct ga_session *session, const struct ga_year_plan *plan, const struct ga_year_teacher *class_of,
                               const char *teacher, struct ga_error *err)
{
    if (teacher[strspn(teacher, " ")] == '\0')
        return ga_error_set(err, GA_REFUSED, "who has the class? Type a name");
    return put(session, NULL, plan, class_of, teacher, err);
}

enum ga_rc ga_year_teachers_confirm(struct ga_session *session, const struct ga_year_plan *plan,
                                    const struct ga_year_teacher *classes, size_t count, size_t *ret_count, struct ga_error *err)
{
    struct ga_save *save;
    size_t confirmed = 0;
    enum ga_rc rc = ga_save_begin(session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        if (classes[i].is_said || classes[i].teacher[0] == '\0')
            continue;
        rc = put(session, save, plan, &classes[i], classes[i].teacher, err);
        confirmed++;
    }
    rc = confirmed == 0 && rc == GA_OK ? (ga_save_abandon(save), ga_error_set(err, GA_REFUSED, "every class that has a teacher is confirmed already"))
                                       : ga_app_end_save(save, rc, err);
    if (rc == GA_OK)
        *ret_count = confirmed;
    return rc;
}
