/* Reads who signed a month. */
#include "care/sign_inner.h"

#include "guanai/app/care.h"
#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/care/past.h"
#include "guanai/sql/stmt.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/touched.h"
#include "guanai/store/view.h"
#include "private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Columns of every question for signatures. */
enum { NO, ID, SITE, CLASS, MONTH, BY, ON, IS_SIGNED, DONE, OPEN, CONFIRMED };
#define COLUMNS "no, id, site, class, month, signed_by, signed_on, is_signed, done, open, confirmed"
#define FROM " FROM v_" GA_MONTH_SIGN_FORM " "

static const char *const questions[GA_SIGNED_QUESTIONS] = {
    [GA_SIGNED_OF_MONTH] = "SELECT " COLUMNS FROM "WHERE month = ?1 ORDER BY signed_on, id",
    [GA_SIGNED_OF_RECORD] = "SELECT " COLUMNS FROM "WHERE instr(' ' || covers, ?1) > 0 ORDER BY signed_on, id",
    [GA_SIGNED_COVERS] = "SELECT covers" FROM "WHERE no = ?1",
    [GA_SIGNED_MONTHS] = "SELECT DISTINCT month" FROM "WHERE month IS NOT NULL ORDER BY month",
};

/* A month as read last; year 0: nothing is kept. Names of classes are read as those of a year that is over, or not. */
struct signed_month {
    struct ga_arena arena;
    struct ga_date month;
    bool is_over;
    int64_t op; /* the newest operation when it was looked at last */
    struct ga_signature *items;
    size_t count;
};

enum { MONTHS_KEPT = 4 }; /* people turn from one to the next and back */

struct ga_signed_kept {
    struct signed_month months[MONTHS_KEPT];
    size_t next;
};

const char *ga_month_text(struct ga_date month, char buf[GA_MONTH_TEXT_SIZE])
{
    snprintf(buf, GA_MONTH_TEXT_SIZE, "%04u-%02u", (unsigned)month.year % 10000u, (unsigned)month.month % 100u);
    return buf;
}

static const char *text_at(struct ga_stmt *stmt, int column, struct ga_arena *arena)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return ga_arena_strdup(arena, text == NULL ? "" : text);
}

static void take_signature(struct ga_stmt *stmt, struct ga_arena *arena, struct ga_vec *list)
{
    struct ga_signature *signature = ga_vec_push(list);
    *signature = (struct ga_signature){.no = ga_stmt_column_int(stmt, NO), .site = text_at(stmt, SITE, arena),
        .class_text = text_at(stmt, CLASS, arena), .month = text_at(stmt, MONTH, arena), .by = text_at(stmt, BY, arena),
        .is_signed = ga_stmt_column_int(stmt, IS_SIGNED) != 0, .done = ga_stmt_column_int(stmt, DONE),
        .open = ga_stmt_column_int(stmt, OPEN), .confirmed = ga_stmt_column_int(stmt, CONFIRMED)};
    ga_uuid_parse(ga_stmt_column_text(stmt, ID), &signature->id);
    ga_date_from_iso(text_at(stmt, ON, arena), &signature->on);
}

enum ga_rc ga_signed_ask(struct ga_session *session, enum ga_signed_question question, struct ga_stmt **ret_stmt, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(session->forms, GA_MONTH_SIGN_FORM, NULL);
    *ret_stmt = NULL;
    if (form == NULL)
        return GA_OK;
    const enum ga_rc rc = ga_store_view(session->store, form, NULL, err);
    return rc == GA_OK ? ga_stmt_prepare(ga_store_db(session->store), questions[question], ret_stmt, err) : rc;
}

/* One of the questions whose answers have the columns of a signature. */
static enum ga_rc read_signatures(struct ga_session *session, enum ga_signed_question question, const char *bound, struct ga_arena *arena,
                                  struct ga_signature **ret_signatures, size_t *ret_count, struct ga_error *err)
{
    struct ga_vec list;
    struct ga_stmt *stmt;
    bool has_row = false;
    *ret_count = 0;
    enum ga_rc rc = ga_signed_ask(session, question, &stmt, err);
    if (stmt == NULL)
        return rc;
    ga_vec_init(&list, sizeof(struct ga_signature));
    ga_stmt_bind_text(stmt, 1, bound);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take_signature(stmt, arena, &list);
    if (rc == GA_OK) {
        *ret_signatures = ga_arena_array(arena, list.len + 1, sizeof(**ret_signatures));
        if (list.len > 0)
            memcpy(*ret_signatures, list.items, list.len * sizeof(**ret_signatures));
        *ret_count = list.len;
    }
    ga_stmt_destroy(stmt);
    ga_vec_finish(&list);
    return rc;
}

enum ga_rc ga_signatures_of_record(struct ga_session *session, const struct ga_uuid *record, struct ga_arena *arena,
                                   struct ga_signature **ret_signatures, size_t *ret_count, struct ga_error *err)
{
    char mark[GA_MARK_RECORD + 1], bound[GA_MARK_RECORD + 2];
    snprintf(bound, sizeof(bound), " %s", ga_mark_of_record(record, mark));
    return read_signatures(session, GA_SIGNED_OF_RECORD, bound, arena, ret_signatures, ret_count, err);
}

/* What is over is signed by the name the class had then. */
static void read_name(struct ga_signature *signature, bool is_over)
{
    struct ga_date day = signature->on;
    if (is_over)
        ga_date_from_iso(signature->month, &day);
    signature->named_in = ga_class_name_school_year(day);
    signature->is_named = ga_class_name_parse(signature->class_text, signature->named_in, &signature->class_name, NULL, NULL) == GA_OK;
}

static bool is_right(struct ga_session *session, const struct signed_month *kept, struct ga_date month, bool is_over)
{
    bool may_be = true;
    return kept->month.year == month.year && kept->month.month == month.month && kept->is_over == is_over &&
           ga_store_form_touched(session->store, kept->op, GA_MONTH_SIGN_FORM, &may_be, NULL) == GA_OK && !may_be;
}

/* In the place of the one that was put there first. */
static enum ga_rc keep_month(struct ga_session *session, struct ga_date month, bool is_over, struct signed_month **ret_kept,
                             struct ga_error *err)
{
    struct ga_signed_kept *all = session->memory->signed_kept;
    struct signed_month *kept = &all->months[all->next];
    char text[GA_MONTH_TEXT_SIZE];
    ga_arena_reset(&kept->arena);
    kept->month.year = 0;
    const enum ga_rc rc = read_signatures(session, GA_SIGNED_OF_MONTH, ga_month_text(month, text), &kept->arena, &kept->items, &kept->count, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < kept->count; i++)
        read_name(&kept->items[i], is_over);
    kept->month = month;
    kept->is_over = is_over;
    all->next = (all->next + 1) % MONTHS_KEPT;
    *ret_kept = kept;
    return GA_OK;
}

static enum ga_rc read_month(struct ga_session *session, struct ga_date month, const struct signed_month **ret_kept,
                             struct ga_error *err)
{
    struct ga_signed_kept **all = &session->memory->signed_kept;
    struct signed_month *kept = NULL;
    struct ga_care *care;
    if (*all == NULL)
        *all = ga_alloc(sizeof(**all));
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    const bool is_over = rc == GA_OK && ga_care_is_over(care, ga_days_of_month(month).to);
    for (size_t i = 0; rc == GA_OK && i < MONTHS_KEPT && kept == NULL; i++)
        if (is_right(session, &(*all)->months[i], month, is_over))
            kept = &(*all)->months[i];
    if (rc == GA_OK && kept == NULL)
        rc = keep_month(session, month, is_over, &kept, err);
    if (rc != GA_OK)
        return rc;
    /* Within a save that may yet be given up, numbers of operations may be given again. */
    kept->op = ga_transaction_depth(ga_store_db(session->store)) == 0 ? ga_store_last_op(session->store) : -1;
    *ret_kept = kept;
    return GA_OK;
}

void ga_signed_forget(struct ga_session_memory *memory)
{
    for (size_t i = 0; i < MONTHS_KEPT && memory->signed_kept != NULL; i++)
        ga_arena_finish(&memory->signed_kept->months[i].arena);
    free(memory->signed_kept);
    memory->signed_kept = NULL;
}

static struct ga_signature copy_of(const struct ga_signature *signature, struct ga_arena *arena)
{
    struct ga_signature copy = *signature;
    copy.site = ga_arena_strdup(arena, signature->site);
    copy.class_text = ga_arena_strdup(arena, signature->class_text);
    copy.month = ga_arena_strdup(arena, signature->month);
    copy.by = ga_arena_strdup(arena, signature->by);
    return copy;
}

enum ga_rc ga_signatures_read(struct ga_session *session, struct ga_date month, struct ga_arena *arena,
                              struct ga_signature **ret_signatures, size_t *ret_count, struct ga_error *err)
{
    const struct signed_month *kept;
    const enum ga_rc rc = read_month(session, month, &kept, err);
    *ret_count = 0;
    if (rc != GA_OK)
        return rc;
    *ret_signatures = ga_arena_array(arena, kept->count + 1, sizeof(**ret_signatures));
    for (size_t i = 0; i < kept->count; i++)
        (*ret_signatures)[i] = copy_of(&kept->items[i], arena);
    *ret_count = kept->count;
    return GA_OK;
}

static bool is_of(const struct ga_signature *signature, const struct ga_roster_class *class_of, bool is_over, int year)
{
    if (!signature->is_named || strcmp(signature->class_name.number, class_of->class_no) != 0 ||
        (signature->site[0] != '\0' && strcmp(signature->site, class_of->site) != 0))
        return false;
    if (is_over)
        return strcmp(signature->class_name.grade, class_of->grade) == 0;
    return year != 0 && ga_class_name_goes_on(signature->class_name.grade, signature->named_in, class_of->grade, year);
}

const struct ga_signature *ga_signature_of(struct ga_care *care, const struct ga_signature *signatures, size_t count,
                                           const struct ga_roster_class *class_of)
{
    struct ga_date month;
    const bool is_over = count > 0 && ga_date_from_iso(signatures[0].month, &month) && ga_care_is_over(care, month);
    const int year = is_over || count == 0 ? 0 : ga_care_class_year(care, class_of);
    for (size_t i = count; i > 0; i--)
        if (is_of(&signatures[i - 1], class_of, is_over, year))
            return signatures[i - 1].is_signed ? &signatures[i - 1] : NULL;
    return NULL;
}

enum ga_rc ga_signature_in_force(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date month,
                                 struct ga_arena *arena, const struct ga_signature **ret_signature, struct ga_error *err)
{
    const struct signed_month *kept;
    struct ga_care *care;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = read_month(session, month, &kept, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_signature *found = ga_signature_of(care, kept->items, kept->count, class_of);
    struct ga_signature *copy = found == NULL ? NULL : ga_arena_alloc(arena, sizeof(*copy));
    if (found != NULL)
        *copy = copy_of(found, arena);
    *ret_signature = copy;
    return GA_OK;
}
