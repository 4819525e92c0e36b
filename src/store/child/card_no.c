/* Sees to it that a card number means one child for ever. */
#include "guanai/store/card_no.h"
#include "child/card_no_keep.h"
#include "guanai/base/num.h"
#include "guanai/store/school.h"
#include "index/index_shown.h"

#include <stdlib.h>
#include <string.h>

/* A setting, not derived: the file a number stood in may be mended, taken back, or on another computer. */
#define HIGHEST "card_no.highest"

/* A setting, too: how many files have a number that another child's has; "": to be counted. */
#define SHARED "card_no.shared"

static int64_t stored_highest(struct ga_store *store)
{
    const char *text = ga_store_setting(store, HIGHEST);
    int64_t number = 0;
    return text != NULL && ga_num_parse(text, &number) ? number : 0;
}

int64_t ga_store_highest_card_no(struct ga_store *store)
{
    ga_index_follow(store, NULL); /* a save that waits may bring a higher one */
    return stored_highest(store);
}

/*
 * Of the children put since the last flush: the highest number, the lowest that is new to its child; whether one had
 * another before, or came behind a higher one.
 */
void ga_card_no_note(struct ga_index *index, int64_t before, int64_t after)
{
    struct ga_card_notes *notes = &index->cards;
    const bool is_new = after > 0 && after != before;
    notes->may_clash |= (before > 0 && before != after) || (is_new && after <= notes->highest);
    if (is_new && (notes->lowest == 0 || after < notes->lowest))
        notes->lowest = after;
    notes->highest = after > notes->highest ? after : notes->highest;
}

/* Numbers that go on from the highest are nobody else's: only what came otherwise has to be looked at again. */
static enum ga_rc mark_unknown(struct ga_store *store, struct ga_error *err)
{
    const char *known = ga_store_setting(store, SHARED);
    return known != NULL && known[0] == '\0' ? GA_OK : ga_store_set_setting(store, SHARED, "", err);
}

enum ga_rc ga_card_no_keep(struct ga_store *store, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    const struct ga_card_notes notes = index->cards;
    if (notes.highest == 0 && !notes.may_clash)
        return GA_OK;
    const int64_t known = stored_highest(store);
    index->cards = (struct ga_card_notes){0};
    enum ga_rc rc = notes.may_clash || (notes.lowest > 0 && notes.lowest <= known) ? mark_unknown(store, err) : GA_OK;
    return rc != GA_OK || notes.highest <= known ? rc : ga_store_set_setting(store, HIGHEST, GA_NUM(notes.highest), err);
}

enum ga_rc ga_store_card_holder(struct ga_store *store, int64_t number, const struct ga_uuid *but,
                                struct ga_uuid *ret_holder, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    struct ga_uuid holder = {0};
    const int64_t highest = ga_store_highest_card_no(store);
    if (highest > 0 && number > highest) { /* the next one, as nearly always */
        *ret_holder = holder;
        return GA_OK;
    }
    enum ga_rc rc = ga_stmt_prepare(store->db,
                                    "SELECT coalesce(m.id, r.id) FROM child AS c JOIN record AS r ON r.no = c.no"
                                    " LEFT JOIN _same AS s ON s.no = c.no LEFT JOIN record AS m ON m.no = s.main"
                                    " WHERE c.card_no = ?1 AND coalesce(m.id, r.id) <> ?2 ORDER BY 1 LIMIT 1",
                                    &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, number);
    ga_stmt_bind_blob(stmt, 2, but->bytes, sizeof(but->bytes));
    rc = ga_stmt_step(stmt, &has_row, err);
    const struct ga_value id = rc == GA_OK && has_row ? ga_stmt_column(stmt, 0) : (struct ga_value){.kind = GA_VALUE_NULL};
    if (id.kind == GA_VALUE_BLOB && id.len == sizeof(holder.bytes))
        memcpy(holder.bytes, id.text, id.len);
    ga_stmt_destroy(stmt);
    if (rc == GA_OK)
        *ret_holder = holder;
    return rc;
}

/* Files behind a leading one (same.h) are that one's child's. */
#define SCHOOL "iif(?1, substr({site}, 1, ?2), '')" /* at a county each school has numbers of its own */
static const char SHARING[] =
    "SELECT {card_no}, s.no, i.id, s.entered_on, " SCHOOL " FROM {child} AS s JOIN record AS i ON i.no = s.no"
    " WHERE ({card_no}, " SCHOOL ") IN (SELECT {card_no}, " SCHOOL " FROM {child} AS s WHERE {card_no} > 0"
    " AND s.no NOT IN (SELECT no FROM _same) GROUP BY 1, 2 HAVING count(*) > 1)"
    " AND s.no NOT IN (SELECT no FROM _same) ORDER BY 1, i.id";

static void bind_school(struct ga_store *store, struct ga_stmt *stmt)
{
    ga_stmt_bind_int(stmt, 1, ga_store_is_county(store));
    ga_stmt_bind_int(stmt, 2, GA_SCHOOL_CODE_SIZE - 1);
}

/* Records that people wrote about the child: so often may the number stand on a sheet. */
static enum ga_rc count_records(struct ga_store *store, const struct ga_form *form, int64_t no, int64_t *records,
                                struct ga_error *err)
{
    struct ga_str sql = {0};
    int64_t count = 0;
    if (form->is_by_program || form->of.text == NULL || strcmp(form->of.text, "child") != 0)
        return GA_OK;
    ga_str_addf(&sql, "SELECT count(*) FROM \"%s\" WHERE child = %lld OR child IN (SELECT no FROM _same WHERE main = %lld)",
                form->name, (long long)no, (long long)no);
    const enum ga_rc rc = ga_db_query_int(store->db, ga_str_text(&sql), &count, err);
    ga_str_finish(&sql);
    *records += count;
    return rc;
}

static enum ga_rc weigh(struct ga_store *store, struct ga_card_holder *holder, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < store->forms.names_count; i++) {
        const struct ga_form *form = ga_forms_get(&store->forms, store->forms.names[i], err);
        rc = form == NULL ? GA_NOT_FOUND : count_records(store, form, holder->no, &holder->records, err);
    }
    return rc;
}

/* More sheets with the number, then the older file, then the one made first: whoever asks, on whatever computer. */
static bool keeps_before(const struct ga_card_holder *a, const struct ga_card_holder *b)
{
    if (a->records != b->records)
        return a->records > b->records;
    const int days = strcmp(a->entered_on, b->entered_on);
    return days != 0 ? days < 0 : ga_uuid_compare(&a->id, &b->id) < 0;
}

static int by_number(const void *a, const void *b)
{
    const struct ga_card_holder *x = a, *y = b;
    if (x->number != y->number)
        return (x->number > y->number) - (x->number < y->number);
    if (strcmp(x->school, y->school) != 0)
        return strcmp(x->school, y->school);
    return keeps_before(x, y) ? -1 : 1;
}

static void take_row(struct ga_stmt *stmt, struct ga_vec *holders)
{
    struct ga_card_holder *holder = ga_vec_push(holders);
    const struct ga_value id = ga_stmt_column(stmt, 2);
    const char *entered_on = ga_stmt_column_text(stmt, 3), *school = ga_stmt_column_text(stmt, 4);
    holder->number = ga_stmt_column_int(stmt, 0);
    holder->no = ga_stmt_column_int(stmt, 1);
    if (id.kind == GA_VALUE_BLOB && id.len == sizeof(holder->id.bytes))
        memcpy(holder->id.bytes, id.text, id.len);
    ga_str_copy(holder->entered_on, sizeof(holder->entered_on), entered_on == NULL ? "" : entered_on);
    ga_str_copy(holder->school, sizeof(holder->school), school == NULL ? "" : school);
}

enum ga_rc ga_store_shared_cards(struct ga_store *store, struct ga_vec *holders, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (ga_forms_get(&store->forms, "child", NULL) == NULL)
        return GA_OK;
    enum ga_rc rc = ga_index_shown_prepare(store, SHARING, &stmt, err);
    if (rc != GA_OK)
        return rc;
    bind_school(store, stmt);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take_row(stmt, holders);
    ga_stmt_destroy(stmt);
    for (size_t i = 0; rc == GA_OK && i < holders->len; i++)
        rc = weigh(store, ga_vec_at(holders, i), err);
    if (holders->len > 0)
        qsort(holders->items, holders->len, sizeof(struct ga_card_holder), by_number);
    for (size_t i = 0; i < holders->len; i++) {
        struct ga_card_holder *holder = ga_vec_at(holders, i);
        holder->keeps = i == 0 || holder[-1].number != holder->number || strcmp(holder[-1].school, holder->school) != 0;
    }
    return rc == GA_OK ? ga_store_set_setting(store, SHARED, GA_NUM((int64_t)holders->len), err) : rc;
}

int64_t ga_store_shared_cards_known(struct ga_store *store)
{
    int64_t count = 0;
    ga_index_follow(store, NULL);
    const char *known = ga_store_setting(store, SHARED);
    if (known == NULL || known[0] != '\0')
        return known != NULL && ga_num_parse(known, &count) ? count : 0;
    struct ga_vec holders;
    ga_vec_init(&holders, sizeof(struct ga_card_holder));
    ga_store_shared_cards(store, &holders, NULL);
    count = (int64_t)holders.len;
    ga_vec_finish(&holders);
    return count;
}

enum ga_rc ga_store_shared_card_nos(struct ga_store *store, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_index_shown_prepare(
        store,
        "SELECT number, count(*), group_concat(name, ', ') FROM (SELECT {card_no} AS number, {name} AS name,"
        " " SCHOOL " AS school FROM {child} AS s JOIN record AS i ON i.no = s.no WHERE {card_no} > 0 AND s.no NOT IN (SELECT no FROM _same)"
        " ORDER BY 1, i.id) GROUP BY number, school HAVING count(*) > 1 ORDER BY number",
        &stmt, err);
    if (rc != GA_OK)
        return rc;
    bind_school(store, stmt);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_problem *problem = ga_problems_add(problems, GA_WARNING, NULL, 0, 0);
        const char *names = ga_stmt_column_text(stmt, 2);
        ga_message_set(&problem->what, "card number %1 stands on %2 files: %3", GA_NUM(ga_stmt_column_int(stmt, 0)),
                       GA_NUM(ga_stmt_column_int(stmt, 1)), names == NULL ? "" : names);
        ga_message_set(&problem->hint, "give all but one of them a new number: guanai card-numbers renew; or link them if they are one child's");
    }
    ga_stmt_destroy(stmt);
    return rc;
}
