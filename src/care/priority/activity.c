/* Reads the activities of some days. */
#include "guanai/care/activity.h"

#include "columns.h"
#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/base/vec.h"
#include "guanai/store/roster.h"

#include <string.h>

static const char *const fields[] = {"held_on", "title", "kind", "place", "in_charge", "other_pupils", "counted"};
enum { HELD_ON, TITLE, KIND, PLACE, IN_CHARGE, OTHER_PUPILS, COUNTED, RECORD };

struct reading {
    struct ga_store *store;
    struct ga_arena *arena;
    enum ga_lang lang;
    const struct ga_priority_occasion *occasions;
    size_t occasions_count;
};

static const struct ga_priority_occasion *occasion_of(const struct reading *r, int64_t record)
{
    for (size_t i = 0; i < r->occasions_count; i++)
        if (r->occasions[i].record == record && strcmp(r->occasions[i].form->name, GA_ACTIVITY_FORM) == 0)
            return &r->occasions[i];
    return NULL;
}

static const char *names_of(const struct reading *r, const struct ga_priority_occasion *occasion)
{
    struct ga_str names = {0};
    for (int64_t i = 0; i < occasion->left_behind; i++) {
        struct ga_roster_row row;
        if (ga_roster_row_of(r->store, occasion->present[i], r->lang, r->arena, &row, NULL) == GA_OK)
            ga_str_addf(&names, "%s%s", names.len > 0 ? "、" : "", row.name);
    }
    const char *all = ga_arena_strdup(r->arena, ga_str_text(&names));
    ga_str_finish(&names);
    return all;
}

static struct ga_activity take(const struct reading *r, struct ga_stmt *stmt)
{
    struct ga_activity activity = {
        .record = ga_stmt_column_int(stmt, RECORD), .title = ga_columns_text(stmt, TITLE, r->arena),
        .kind = ga_columns_text(stmt, KIND, r->arena), .place = ga_columns_text(stmt, PLACE, r->arena),
        .in_charge = ga_columns_text(stmt, IN_CHARGE, r->arena), .others = ga_stmt_column_int(stmt, OTHER_PUPILS),
        .counted = ga_stmt_column_int(stmt, COUNTED), .names = ""};
    const char *on = ga_stmt_column_text(stmt, HELD_ON);
    const struct ga_priority_occasion *occasion = occasion_of(r, activity.record);
    if (on == NULL || !ga_date_from_iso(on, &activity.on))
        activity.on = (struct ga_date){0};
    if (occasion != NULL) {
        activity.left_behind = occasion->left_behind;
        activity.others = occasion->others;
        activity.names = names_of(r, occasion);
    }
    return activity;
}

static enum ga_rc read_all(const struct reading *r, struct ga_days span, struct ga_vec *activities, struct ga_error *err)
{
    static const struct ga_columns columns = {GA_ACTIVITY_FORM, fields, GA_COUNT(fields),
                                              "v.held_on BETWEEN ?1 AND ?2 ORDER BY v.held_on, v.no"};
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    enum ga_rc rc = ga_columns_prepare(r->store, &columns, &stmt, err);
    if (rc != GA_OK || stmt == NULL)
        return rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(span.from));
    ga_stmt_bind_text(stmt, 2, GA_DATE_ISO(span.to));
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(struct ga_activity *)ga_vec_push(activities) = take(r, stmt);
    ga_stmt_destroy(stmt);
    return rc;
}

/* Without a file of priorities nobody is known to count. */
enum ga_rc ga_activities_read(struct ga_care *care, struct ga_days span, enum ga_lang lang, struct ga_arena *arena,
                              struct ga_activity **ret_activities, size_t *ret_count, struct ga_error *err)
{
    struct reading r = {.store = ga_care_store(care), .arena = arena, .lang = lang};
    struct ga_priority_occasion *occasions = NULL;
    struct ga_vec activities;
    enum ga_rc rc = ga_priority_proof(care, span, arena, &occasions, &r.occasions_count, err);
    if (rc == GA_NOT_FOUND)
        rc = GA_OK;
    r.occasions = occasions;
    ga_vec_init(&activities, sizeof(struct ga_activity));
    if (rc == GA_OK)
        rc = read_all(&r, span, &activities, err);
    if (rc == GA_OK) {
        *ret_count = activities.len;
        *ret_activities = ga_arena_array(arena, activities.len + 1, sizeof(**ret_activities));
        if (activities.len > 0)
            memcpy(*ret_activities, activities.items, activities.len * sizeof(**ret_activities));
    }
    ga_vec_finish(&activities);
    return rc;
}
