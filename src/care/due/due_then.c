/* Says in which class a child was during the school year before. */
#include "due/due_then.h"

#include "due/due_past.h"
#include "guanai/base/alloc.h"
#include "guanai/store/life.h"
#include "guanai/store/number.h"
#include "guanai/text/class_name.h"

#include <string.h>

static int year_before(const struct ga_care *care)
{
    return ga_class_name_school_year(care->day) - 1;
}

struct ga_date ga_due_then_last_day(const struct ga_care *care)
{
    return (struct ga_date){(int16_t)(year_before(care) + 1), 7, 31};
}

bool ga_due_then_is_asked(const struct ga_care *care)
{
    const int32_t last_day = ga_date_to_days(ga_due_then_last_day(care));
    for (size_t i = 0; i < care->decisions.written.len; i++) {
        const struct ga_due_choice_written *choice = ga_vec_at(&care->decisions.written, i);
        if (choice->number != NULL && choice->from_on <= last_day)
            return true;
    }
    return false;
}

enum ga_rc ga_due_then_prepare(struct ga_care *care, struct ga_error *err)
{
    const struct ga_due_past *past;
    return ga_due_then_is_asked(care) ? ga_due_past_read(care, ga_due_then_last_day(care), &past, err) : GA_OK;
}

/* The next part of a key. */
static const char *part_of(const char **at, struct ga_arena *arena)
{
    const size_t len = strcspn(*at, GA_DUE_KEY_BREAK);
    const char *part = ga_arena_strndup(arena, *at, len);
    *at += len + ((*at)[len] != '\0');
    return part;
}

/* Of one child its own history is told: cheaper than a school's. */
static enum ga_rc read_stay(struct ga_care *care, int64_t child, struct ga_due_class_then *then, struct ga_arena *arena, struct ga_error *err)
{
    struct ga_store *store = care->options.store;
    struct ga_uuid id;
    struct ga_stay *stays;
    size_t count = 0;
    enum ga_rc rc = ga_store_id_of(store, child, &id, err);
    if (rc == GA_OK)
        rc = ga_store_stays(store, &id, GA_ZH, arena, &stays, &count, err);
    const struct ga_stay *stay = rc == GA_OK ? ga_stay_on(stays, count, GA_DATE_ISO(ga_due_then_last_day(care))) : NULL;
    if (stay == NULL)
        return rc;
    then->site = ga_arena_strdup(arena, ga_due_past_site_code(care, stay->site));
    then->grade = stay->grade;
    then->class_no = stay->class_no;
    return GA_OK;
}

static enum ga_rc read_then(struct ga_due_subjects *subjects, size_t i, struct ga_error *err)
{
    struct ga_care *care = subjects->care;
    struct ga_arena *arena = &subjects->arena;
    struct ga_due_subject *subject = ga_vec_at(&subjects->list, i);
    struct ga_due_class_then *then = ga_arena_alloc(arena, sizeof(*then));
    const struct ga_due_past_class *class_of = ga_due_past_class_of(care, year_before(care), subject->no);
    const char *at = subject->class_key;
    subject->then = then;
    *then = (struct ga_due_class_then){.year = year_before(care)};
    if (class_of != NULL) {
        then->site = ga_arena_strdup(arena, class_of->place.site);
        then->grade = ga_arena_strdup(arena, class_of->place.grade);
        then->class_no = ga_arena_strdup(arena, class_of->place.class_no);
        return GA_OK;
    }
    then->site = part_of(&at, arena);
    then->grade = part_of(&at, arena);
    then->class_no = part_of(&at, arena);
    if (!ga_due_subject_is_here(subjects, i, ga_date_to_days(ga_due_then_last_day(care))))
        return GA_OK;
    return read_stay(care, subject->no, then, arena, err);
}

enum ga_rc ga_due_then_read(struct ga_due_subjects *subjects, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    if (!ga_due_then_is_asked(subjects->care))
        return GA_OK;
    for (size_t i = 0; rc == GA_OK && i < subjects->list.len; i++)
        rc = read_then(subjects, i, err);
    return rc;
}
