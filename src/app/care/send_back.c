/* Sends records back with words and takes the answers. */
#include "guanai/app/send_back.h"

#include "guanai/app/record_face.h"
#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/sql/stmt.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/number.h"
#include "guanai/store/record.h"
#include "guanai/store/touched.h"
#include "guanai/store/view.h"
#include "guanai/text/utf8.h"
#include "private.h"

#include <stdlib.h>
#include <string.h>

enum { SEEN_SIZE = 17 }; /* 96 bits of a print */

/* What was sent back and is open, as read last: the first page and each sheet ask for it, each one costs a look at its record. */
struct ga_sent_back_kept {
    struct ga_arena arena;
    struct ga_sent_back *items; /* NULL: nothing is kept; whose they are is not filled in */
    size_t count;
    int64_t *records; /* their numbers */
    bool is_strange;  /* some record is not known here: any save may bring it */
    int64_t op;       /* the newest operation when it was looked at last */
};

static const char SELECT[] = "SELECT id, of_record, about, words, to_whom, to_typist, seen, sent_by, sent_on, answer, answered_by,"
                             " answered_on FROM v_" GA_SENT_BACK_FORM " WHERE closed_on IS NULL ORDER BY sent_on, id";
enum { ID, OF_RECORD, ABOUT, WORDS, TO_WHOM, TO_TYPIST, SEEN, SENT_BY, SENT_ON, ANSWER, ANSWERED_BY, ANSWERED_ON };

static const char *text_at(struct ga_stmt *stmt, int column, struct ga_arena *arena)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return ga_arena_strdup(arena, text == NULL ? "" : text);
}

static void take_item(struct ga_stmt *stmt, struct ga_arena *arena, struct ga_sent_back *item)
{
    *item = (struct ga_sent_back){.about = text_at(stmt, ABOUT, arena), .words = text_at(stmt, WORDS, arena),
                                  .to_whom = text_at(stmt, TO_WHOM, arena), .to_typist = text_at(stmt, TO_TYPIST, arena),
                                  .by = text_at(stmt, SENT_BY, arena), .answer = text_at(stmt, ANSWER, arena),
                                  .answered_by = text_at(stmt, ANSWERED_BY, arena)};
    ga_uuid_parse(ga_stmt_column_text(stmt, ID), &item->id);
    ga_uuid_parse(text_at(stmt, OF_RECORD, arena), &item->record);
    ga_date_from_iso(text_at(stmt, SENT_ON, arena), &item->on);
    item->is_mended = *text_at(stmt, ANSWERED_ON, arena) != '\0';
}

/* Does the record still say what it said when it was sent back? */
static void look_at_record(struct ga_session *session, const char *seen, struct ga_arena *arena, struct ga_sent_back *item)
{
    struct ga_record_face face;
    char now[SEEN_SIZE];
    ga_store_file_no(session->store, &item->record, &item->record_no, NULL);
    item->is_there = ga_record_face_read(session, &item->record, arena, &face, NULL) == GA_OK;
    item->is_mended |= !item->is_there || strcmp(ga_print_text(face.print, now, sizeof(now)), seen) != 0;
}

static int by_whose(const void *a, const void *b)
{
    const struct ga_sent_back *x = a, *y = b;
    const int left = x->is_mine && !x->is_mended, right = y->is_mine && !y->is_mended;
    if (left != right)
        return right - left;
    const int day = ga_date_compare(x->on, y->on);
    return day != 0 ? day : ga_uuid_compare(&x->id, &y->id);
}

/* Their records are looked at once the question is over: another one would stand in its way. */
static enum ga_rc read_items(struct ga_session *session, struct ga_arena *arena, struct ga_vec *items, struct ga_vec *seen,
                             struct ga_error *err)
{
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    int64_t count = 0;
    enum ga_rc rc = ga_store_count(session->store, GA_SENT_BACK_FORM, &count, err);
    if (rc != GA_OK || count == 0) /* most starts: the form is not even unpacked */
        return rc;
    const struct ga_form *form = ga_forms_get(session->forms, GA_SENT_BACK_FORM, NULL);
    if (form == NULL)
        return GA_OK;
    rc = ga_store_view(session->store, form, NULL, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(session->store), SELECT, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        take_item(stmt, arena, ga_vec_push(items));
        *(const char **)ga_vec_push(seen) = text_at(stmt, SEEN, arena);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

void ga_sent_back_forget(struct ga_session_memory *memory)
{
    if (memory->sent_back != NULL)
        ga_arena_finish(&memory->sent_back->arena);
    free(memory->sent_back);
    memory->sent_back = NULL;
}

static bool is_still_right(struct ga_session *session, const struct ga_sent_back_kept *kept)
{
    bool may_be = true, is_touched = true, is_far;
    if (kept->items == NULL || kept->op == ga_store_last_op(session->store))
        return kept->items != NULL;
    return !kept->is_strange && ga_store_form_touched(session->store, kept->op, GA_SENT_BACK_FORM, &may_be, NULL) == GA_OK &&
           !may_be &&
           ga_store_any_touched(session->store, kept->op, kept->records, kept->count, &is_touched, &is_far, NULL) == GA_OK &&
           !is_touched;
}

static void keep(struct ga_session *session, const struct ga_vec *items, const struct ga_vec *seen, struct ga_sent_back_kept *kept)
{
    kept->count = items->len;
    kept->items = ga_arena_array(&kept->arena, items->len + 1, sizeof(*kept->items));
    kept->records = ga_arena_array(&kept->arena, items->len + 1, sizeof(*kept->records));
    for (size_t i = 0; i < items->len; i++) {
        kept->items[i] = *GA_VEC_AT(const struct ga_sent_back, items, i);
        look_at_record(session, *GA_VEC_AT(const char *, seen, i), &kept->arena, &kept->items[i]);
        kept->records[i] = kept->items[i].record_no;
        kept->is_strange |= kept->records[i] == 0;
    }
}

static enum ga_rc read_kept(struct ga_session *session, const struct ga_sent_back_kept **ret_kept, struct ga_error *err)
{
    struct ga_sent_back_kept *kept = session->memory->sent_back;
    struct ga_vec items, seen;
    enum ga_rc rc = GA_OK;
    if (kept == NULL || !is_still_right(session, kept)) {
        ga_sent_back_forget(session->memory);
        kept = session->memory->sent_back = ga_alloc(sizeof(*kept));
        ga_vec_init(&items, sizeof(struct ga_sent_back));
        ga_vec_init(&seen, sizeof(const char *));
        rc = read_items(session, &kept->arena, &items, &seen, err);
        if (rc == GA_OK)
            keep(session, &items, &seen, kept);
        ga_vec_finish(&items);
        ga_vec_finish(&seen);
    }
    /* Within a save that may yet be given up, numbers of operations may be given again. */
    kept->op = ga_transaction_depth(ga_store_db(session->store)) == 0 ? ga_store_last_op(session->store) : -1;
    *ret_kept = kept;
    return rc;
}

static struct ga_sent_back copy_of(struct ga_session *session, const struct ga_sent_back *item, struct ga_arena *arena)
{
    struct ga_sent_back copy = *item;
    copy.about = ga_arena_strdup(arena, item->about);
    copy.words = ga_arena_strdup(arena, item->words);
    copy.to_whom = ga_arena_strdup(arena, item->to_whom);
    copy.to_typist = ga_arena_strdup(arena, item->to_typist);
    copy.by = ga_arena_strdup(arena, item->by);
    copy.answer = ga_arena_strdup(arena, item->answer);
    copy.answered_by = ga_arena_strdup(arena, item->answered_by);
    copy.is_mine = strcmp(item->to_whom, ga_store_user(session->store)) == 0 ||
                   strcmp(item->to_typist, ga_store_typist(session->store)) == 0;
    copy.is_by_me = strcmp(item->by, ga_store_user(session->store)) == 0;
    return copy;
}

enum ga_rc ga_sent_back_list(struct ga_session *session, struct ga_arena *arena, struct ga_sent_back **ret_items,
                             size_t *ret_count, struct ga_error *err)
{
    const struct ga_sent_back_kept *kept;
    const enum ga_rc rc = read_kept(session, &kept, err);
    if (rc != GA_OK)
        return rc;
    *ret_items = ga_arena_array(arena, kept->count + 1, sizeof(**ret_items));
    *ret_count = kept->count;
    for (size_t i = 0; i < kept->count; i++)
        (*ret_items)[i] = copy_of(session, &kept->items[i], arena);
    if (kept->count > 1)
        qsort(*ret_items, kept->count, sizeof(**ret_items), by_whose);
    return GA_OK;
}

enum ga_rc ga_sent_back_of(struct ga_session *session, const struct ga_uuid *record, struct ga_arena *arena,
                           const struct ga_sent_back **ret_item, struct ga_error *err)
{
    const struct ga_sent_back_kept *kept;
    struct ga_sent_back *found = NULL;
    const enum ga_rc rc = read_kept(session, &kept, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = kept->count; i > 0 && found == NULL; i--) { /* of several, sent by two computers, the last */
        if (ga_uuid_compare(&kept->items[i - 1].record, record) != 0)
            continue;
        found = ga_arena_alloc(arena, sizeof(*found));
        *found = copy_of(session, &kept->items[i - 1], arena);
    }
    *ret_item = found;
    return GA_OK;
}

enum ga_rc ga_sent_back_count(struct ga_session *session, struct ga_arena *arena, struct ga_sent_back_counts *ret_counts,
                              struct ga_error *err)
{
    struct ga_sent_back_counts counts = {.first = ""};
    struct ga_sent_back *items;
    size_t count = 0;
    const enum ga_rc rc = ga_sent_back_list(session, arena, &items, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        const bool is_mine = items[i].is_mine && !items[i].is_mended;
        if (is_mine && counts.mine++ == 0)
            counts.first = ga_arena_printf(arena, "%s – %s", items[i].about, items[i].words);
        counts.open += !items[i].is_mended;
        counts.mended += items[i].is_mended;
        counts.to_look_at += items[i].is_mended && items[i].is_by_me;
    }
    if (rc == GA_OK)
        *ret_counts = counts;
    return rc;
}

static enum ga_rc check(struct ga_session *session, const struct ga_record_face *face, const char *words, struct ga_error *err)
{
    const char *user = ga_store_user(session->store);
    if (words[strspn(words, " ")] == '\0')
        return ga_error_set(err, GA_REFUSED, "say in a sentence what is to be mended");
    if (ga_session_is_for_other(session))
        return ga_error_set(err, GA_DENIED, "nothing is sent back in somebody else's name: end typing for %1 first (F12)", user);
    if (strcmp(face->doer, user) == 0)
        return ga_error_set(err, GA_DENIED, "this is your own record: mend it yourself");
    return GA_OK;
}

static enum ga_rc write_new(struct ga_session *session, struct ga_save *save, const struct ga_record_face *face,
                            const char *words, struct ga_arena *arena, struct ga_error *err)
{
    char id[GA_UUID_TEXT_SIZE], seen[SEEN_SIZE];
    const char *typist = face->typist != NULL ? face->typist : face->user;
    const struct ga_written fields[] = {
        {"of_record", ga_uuid_text(&face->id, id)}, {"about", ga_record_face_text(session, face, GA_ZH, arena)},
        {"words", words}, {"to_whom", face->doer}, {"to_typist", strcmp(typist, face->doer) != 0 ? typist : ""},
        {"seen", ga_print_text(face->print, seen, sizeof(seen))},
        {"sent_by", ga_store_user(session->store)}, {"sent_on", GA_DATE_ISO(session->today)}};
    return ga_written_make(session, save, GA_SENT_BACK_FORM, NULL, fields, GA_COUNT(fields), err);
}

static enum ga_rc close_item(struct ga_session *session, struct ga_save *save, const struct ga_uuid *id, const char *result,
                             struct ga_error *err)
{
    const struct ga_written fields[] = {{"result", result}, {"closed_by", ga_store_user(session->store)},
                                        {"closed_on", GA_DATE_ISO(session->today)}};
    return ga_written_change(session, save, id, fields, GA_COUNT(fields), err);
}

enum ga_rc ga_send_back(struct ga_session *session, const struct ga_uuid *record, const char *words, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_record_face face;
    struct ga_sent_back *items;
    struct ga_save *save;
    size_t count = 0;
    enum ga_rc rc = ga_record_face_read(session, record, &arena, &face, err);
    if (rc == GA_OK)
        rc = check(session, &face, words, err);
    if (rc == GA_OK)
        rc = ga_sent_back_list(session, &arena, &items, &count, err);
    if (rc == GA_OK)
        rc = ga_save_begin(session->store, &save, err);
    if (rc == GA_OK) {
        for (size_t i = 0; i < count && rc == GA_OK; i++)
            if (ga_uuid_compare(&items[i].record, record) == 0)
                rc = close_item(session, save, &items[i].id, "again", err);
        if (rc == GA_OK)
            rc = write_new(session, save, &face, words, &arena, err);
        rc = ga_app_end_save(save, rc, err);
    }
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_sent_back_answer(struct ga_session *session, const struct ga_sent_back *item, const char *answer,
                               struct ga_error *err)
{
    struct ga_save *save;
    const struct ga_written fields[] = {{"answer", answer}, {"answered_by", ga_store_user(session->store)},
                                        {"answered_on", GA_DATE_ISO(session->today)}};
    const enum ga_rc rc = ga_save_begin(session->store, &save, err);
    return rc != GA_OK ? rc : ga_app_end_save(save, ga_written_change(session, save, &item->id, fields, GA_COUNT(fields), err), err);
}

enum ga_rc ga_sent_back_accept(struct ga_session *session, const struct ga_sent_back *item, struct ga_error *err)
{
    struct ga_save *save;
    if (item->is_mine && !item->is_by_me)
        return ga_error_set(err, GA_DENIED, "who mended it does not accept it: %1 looks at it", item->by);
    const enum ga_rc rc = ga_save_begin(session->store, &save, err);
    return rc != GA_OK ? rc : ga_app_end_save(save, close_item(session, save, &item->id, item->is_mended ? "accepted" : "withdrawn", err), err);
}
