/* Offers what a handover says. */
#include "guanai/app/handover.h"

#include "care/handover_inner.h"
#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/view.h"
#include "guanai/text/class_name.h"
#include "private.h"

#include <string.h>

enum { CHANGED_DAYS = 60 };

static const char *text_at(struct ga_stmt *stmt, int column, struct ga_arena *arena)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return text == NULL ? "" : ga_arena_strdup(arena, text);
}

enum { ID, ON, SITE, CLASS, GIVER, TAKER, FILES, MATTERS, GIVER_SIGNED, TAKER_SIGNED };

static void take(struct ga_stmt *stmt, struct ga_arena *arena, struct ga_vec *list)
{
    struct ga_handover *handover = ga_vec_push(list);
    *handover = (struct ga_handover){.site = text_at(stmt, SITE, arena), .class_text = text_at(stmt, CLASS, arena),
                                     .giver = text_at(stmt, GIVER, arena), .taker = text_at(stmt, TAKER, arena),
                                     .matters = text_at(stmt, MATTERS, arena), .files = ga_stmt_column_int(stmt, FILES),
                                     .giver_signed = ga_stmt_column_int(stmt, GIVER_SIGNED) != 0,
                                     .taker_signed = ga_stmt_column_int(stmt, TAKER_SIGNED) != 0};
    ga_uuid_parse(text_at(stmt, ID, arena), &handover->id);
    ga_date_from_iso(text_at(stmt, ON, arena), &handover->on);
}

static enum ga_rc read_records(struct ga_session *session, struct ga_arena *arena, struct ga_vec *list, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(session->forms, GA_HANDOVER_FORM, err);
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    enum ga_rc rc = form == NULL ? GA_NOT_FOUND : ga_store_view(session->store, form, NULL, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(session->store),
                             "SELECT id, handed_on, site, class, giver, taker, files, open_matters, giver_signed, taker_signed"
                             " FROM v_" GA_HANDOVER_FORM " WHERE handed_on IS NOT NULL AND class IS NOT NULL ORDER BY handed_on, id",
                             &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take(stmt, arena, list);
    ga_stmt_destroy(stmt);
    return rc;
}

/* On the day of the turn itself what was written first was written first: ids rise with the time. */
static bool is_before_turn(const struct ga_year_plan *plan, const struct ga_class_then *class_of, const struct ga_handover *handover)
{
    if (plan->runs == 0)
        return class_of->school_year < plan->school_year;
    const int order = strcmp(GA_DATE_ISO(handover->on), plan->done_on);
    return order != 0 ? order < 0 : ga_uuid_compare(&handover->id, &plan->last_run) < 0;
}

/* In August a class is called as in the old year until it was taken up: then the day before counts for its name. */
static struct ga_date naming_day(const struct ga_year_plan *plan, const struct ga_class_then *class_of, const struct ga_handover *handover)
{
    const struct ga_date year_begins = {(int16_t)plan->school_year, 8, 1};
    return is_before_turn(plan, class_of, handover) && ga_date_compare(handover->on, year_begins) >= 0 ? ga_date_add_days(year_begins, -1)
                                                                                                        : handover->on;
}

/* From June on it is about the year that comes: at its end the files are put in order. */
static const struct ga_handover *last_of(const struct ga_handover *all, size_t count, const struct ga_year_plan *plan,
                                         const struct ga_class_then *class_of, struct ga_date today)
{
    const int year = ga_class_name_school_year(today);
    const struct ga_date since = {(int16_t)(today.month == 6 || today.month == 7 ? today.year : year), 6, 1};
    const struct ga_handover *last = NULL;
    for (size_t i = 0; i < count; i++)
        if (ga_date_compare(all[i].on, since) >= 0 &&
            ga_class_then_is(class_of, all[i].site, all[i].class_text, naming_day(plan, class_of, &all[i])))
            last = &all[i];
    return last;
}

static struct ga_roster_class roster_class(const struct ga_year_class *class_of)
{
    struct ga_roster_class of = {.site = class_of->site, .grade = class_of->grade, .class_no = class_of->class_no, .shown = class_of->shown};
    for (size_t fate = 0; fate < GA_YEAR_FATES; fate++)
        of.children += (int64_t)class_of->counts[fate];
    return of;
}

/* Neither now nor from a day to come. One of the summer is about the year that comes: its turn says who has which class. */
static bool is_behind(const struct ga_handover_class *class_of, const struct ga_class_teaching *teachings, size_t count,
                      struct ga_date today)
{
    const struct ga_class_teaching *next = ga_class_teaching_after(teachings, count, &class_of->then, today);
    const bool is_summer = today.month >= 6 && today.month <= 8;
    if (is_summer || class_of->last == NULL || class_of->last->taker[0] == '\0' ||
        class_of->then.school_year != ga_class_name_school_year(today))
        return false;
    return strcmp(class_of->teacher, class_of->last->taker) != 0 && (next == NULL || strcmp(next->teacher, class_of->last->taker) != 0);
}

static enum ga_rc add_classes(struct ga_session *session, const struct ga_year_plan *plan, const struct ga_vec *records,
                              struct ga_arena *arena, struct ga_handover_class *classes, struct ga_error *err)
{
    struct ga_handover *all = ga_arena_array(arena, records->len + 1, sizeof(*all));
    struct ga_class_teaching *teachings;
    size_t count = 0;
    const enum ga_rc rc = ga_class_teachings_read(session, arena, &teachings, &count, err);
    if (records->len > 0)
        memcpy(all, records->items, records->len * sizeof(*all));
    for (size_t i = 0; rc == GA_OK && i < plan->classes_count; i++) {
        struct ga_handover_class *class_of = &classes[i];
        *class_of = (struct ga_handover_class){.class_of = roster_class(&plan->classes[i]), .teacher = ""};
        class_of->then = ga_class_then_of_plan(plan, &plan->classes[i]);
        const struct ga_class_teaching *now = ga_class_teaching_on(teachings, count, &class_of->then, session->today);
        class_of->teacher = now == NULL ? "" : now->teacher;
        class_of->last = last_of(all, records->len, plan, &class_of->then, session->today);
        class_of->is_behind = is_behind(class_of, teachings, count, session->today);
    }
    return rc;
}

enum ga_rc ga_handovers_read(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena,
                             struct ga_handover_class **ret_classes, size_t *ret_count, struct ga_error *err)
{
    struct ga_year_plan plan;
    struct ga_vec records;
    struct ga_handover_class *classes = NULL;
    ga_vec_init(&records, sizeof(struct ga_handover));
    enum ga_rc rc = ga_year_plan_read(session, lang, arena, &plan, err);
    if (rc == GA_OK)
        rc = read_records(session, arena, &records, err);
    if (rc == GA_OK) {
        classes = ga_arena_array(arena, plan.classes_count + 1, sizeof(*classes));
        rc = add_classes(session, &plan, &records, arena, classes, err);
    }
    if (rc == GA_OK) {
        *ret_classes = classes;
        *ret_count = plan.classes_count;
    }
    ga_vec_finish(&records);
    return rc;
}

static enum ga_rc offer_names(struct ga_session *session, const struct ga_handover_class *class_of, struct ga_arena *arena,
                              struct ga_handover_offer *offer, struct ga_error *err)
{
    struct ga_class_teaching *teachings;
    size_t count = 0;
    const enum ga_rc rc = ga_class_teachings_read(session, arena, &teachings, &count, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_class_teaching *now = ga_class_teaching_on(teachings, count, &class_of->then, session->today),
                                   *next = ga_class_teaching_after(teachings, count, &class_of->then, session->today), *before = NULL;
    offer->giver = now == NULL ? "" : now->teacher;
    offer->taker = next == NULL ? "" : next->teacher;
    if (next != NULL || now == NULL || ga_date_to_days(session->today) - ga_date_to_days(now->from) > CHANGED_DAYS)
        return GA_OK;
    before = ga_class_teaching_on(teachings, count, &class_of->then, ga_date_add_days(now->from, -1));
    if (before == NULL || strcmp(before->teacher, now->teacher) == 0)
        return GA_OK;
    offer->giver = before->teacher;
    offer->taker = now->teacher;
    return GA_OK;
}

enum ga_rc ga_handover_offer(struct ga_session *session, const struct ga_handover_class *class_of, struct ga_arena *arena,
                             struct ga_handover_offer *ret_offer, struct ga_error *err)
{
    struct ga_class_name name = {0};
    char text[GA_CLASS_NAME_SIZE];
    struct ga_handover_offer offer = {.site = class_of->class_of.site, .files = class_of->class_of.children};
    ga_str_copy(name.grade, sizeof(name.grade), class_of->class_of.grade);
    ga_str_copy(name.number, sizeof(name.number), class_of->class_of.class_no);
    offer.class_text = ga_arena_strdup(arena, ga_class_name_text(&name, GA_ZH, text));
    enum ga_rc rc = offer_names(session, class_of, arena, &offer, err);
    struct ga_handover_telling telling = {.class_of = &class_of->class_of, .giver = offer.giver, .lang = session->lang};
    if (rc == GA_OK)
        rc = ga_handover_matters(session, &telling, arena, err);
    if (rc != GA_OK)
        return rc;
    offer.matters = telling.text;
    *ret_offer = offer;
    return GA_OK;
}

/* A handover from before the turn calls the class as it was: then it begins with the new name, on the first day of that. */
enum ga_rc ga_handover_follow(struct ga_session *session, const struct ga_handover_class *class_of, struct ga_error *err)
{
    struct ga_class_name name = {0};
    char text[GA_CLASS_NAME_SIZE];
    const struct ga_date begins = {(int16_t)class_of->then.school_year, 9, 1};
    const bool is_older = ga_date_compare(class_of->last->on, begins) < 0;
    ga_str_copy(name.grade, sizeof(name.grade), class_of->then.grade);
    ga_str_copy(name.number, sizeof(name.number), class_of->then.class_no);
    const struct ga_written fields[] = {{"site", class_of->then.site}, {"class", ga_class_name_text(&name, GA_ZH, text)},
                                        {"teacher", class_of->last->taker},
                                        {"from_on", GA_DATE_ISO(is_older ? begins : class_of->last->on)}};
    return ga_written_make(session, NULL, GA_CLASS_TEACHER_FORM, NULL, fields, GA_COUNT(fields), err);
}
