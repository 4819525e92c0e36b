/* Finds the children who may be the one whose answers are at hand. */
#include "child/doubles.h"
#include "child/same.h"
#include "index/index_delta.h"
#include "index/index_page.h"

#include "guanai/base/alloc.h"
#include "guanai/base/order.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"
#include "guanai/text/id_number.h"

#include <stdlib.h>
#include <string.h>

enum { HITS_MAX = 20, OF_ONE_KEY_MAX = 400, ID_DIGITS = 18, OLD_ID_DIGITS = 15 };

/* A child like the one at hand. */
struct like {
    int64_t no, main;
    struct ga_likeness likeness;
};

struct looking {
    struct ga_store *store;
    const struct ga_answers *child;
    struct ga_alike print;
    struct ga_vec numbers; /* int64_t: those who share a key; may repeat */
    struct ga_vec likes;   /* struct like */
    int64_t own;           /* its own number; 0: not saved yet */
};

/* Those whose key is not in its place yet. One that was taken back does no harm: what is found is compared. */
static enum ga_rc take_newest(struct looking *looking, const uint8_t *key, size_t len, struct ga_error *err)
{
    const struct ga_vec *newest;
    enum ga_rc rc = ga_delta_load(looking->store, &newest, err);
    for (size_t i = rc == GA_OK ? ga_delta_from(newest, key, len) : 0; rc == GA_OK && i < newest->len; i++) {
        const struct ga_delta_key *one = ga_vec_at(newest, i);
        if (one->key.len != len || memcmp(one->key.bytes, key, len) != 0)
            break;
        if (!one->is_gone)
            *(int64_t *)ga_vec_push(&looking->numbers) = one->no;
    }
    return rc;
}

static enum ga_rc take_key(struct looking *looking, const uint8_t *key, size_t len, struct ga_error *err)
{
    struct ga_index_cursor cursor;
    const struct ga_index_entry *entry = &cursor.page.entry;
    bool has = false;
    enum ga_rc rc = take_newest(looking, key, len, err);
    if (rc == GA_OK)
        rc = ga_index_cursor_seek(&cursor, looking->store, key, len, err);
    for (size_t i = 0; rc == GA_OK && i < OF_ONE_KEY_MAX; i++) {
        rc = ga_index_cursor_next(&cursor, &has, err);
        if (rc != GA_OK || !has || entry->key.len != len || !ga_index_entry_has_prefix(entry, key, len))
            break;
        *(int64_t *)ga_vec_push(&looking->numbers) = entry->no;
    }
    return rc;
}

/* Numbers stood with 15 digits before 1999: without the century and the check digit that ends them. */
static enum ga_rc take_other_length(struct looking *looking, const struct ga_index_key_bytes *key, struct ga_error *err)
{
    enum { REGION = 6, CENTURY = 2 };
    char digits[ID_DIGITS + 1] = "", other[ID_DIGITS + 1] = "";
    uint8_t reversed[ID_DIGITS + 1] = {key->bytes[0]};
    const size_t len = key->len - 1u, wanted = len == ID_DIGITS ? OLD_ID_DIGITS : ID_DIGITS;
    if (len != ID_DIGITS && len != OLD_ID_DIGITS)
        return GA_OK;
    for (size_t i = 0; i < len; i++)
        digits[i] = (char)key->bytes[len - i];
    memcpy(other, digits, REGION);
    if (len == ID_DIGITS) {
        memcpy(other + REGION, digits + REGION + CENTURY, OLD_ID_DIGITS - REGION);
    } else {
        memcpy(other + REGION, "19", CENTURY);
        memcpy(other + REGION + CENTURY, digits + REGION, OLD_ID_DIGITS - REGION);
        other[ID_DIGITS - 1] = ga_id_number_check_digit(other);
    }
    for (size_t i = 0; i < wanted; i++)
        reversed[i + 1] = (uint8_t)other[wanted - 1 - i];
    return take_key(looking, reversed, wanted + 1, err);
}

static enum ga_rc take_keys(struct looking *looking, struct ga_error *err)
{
    struct ga_index_child read;
    struct ga_vec keys;
    struct ga_index_fields *fields = ga_index_fields_create(looking->child->form);
    enum ga_rc rc = GA_OK;
    ga_vec_init(&keys, sizeof(struct ga_index_key_bytes));
    ga_index_child_read(fields, looking->child, &read);
    ga_index_child_keys(&read, &keys);
    for (size_t i = 0; rc == GA_OK && i < keys.len; i++) {
        const struct ga_index_key_bytes *key = ga_vec_at(&keys, i);
        const uint8_t kind = key->bytes[0];
        if (kind == GA_KEY_OF_ID || kind == GA_KEY_START_FULL || kind == GA_KEY_OF_BIRTH)
            rc = take_key(looking, key->bytes, key->len, err);
        if (rc == GA_OK && kind == GA_KEY_OF_ID)
            rc = take_other_length(looking, key, err);
    }
    ga_vec_finish(&keys);
    free(fields);
    return rc;
}

/* Of a child with linked files the file that is most alike. */
static void add_like(struct looking *looking, const struct like *like)
{
    for (size_t i = 0; i < looking->likes.len; i++) {
        struct like *other = ga_vec_at(&looking->likes, i);
        if (other->main != like->main)
            continue;
        if (ga_likeness_compare(like->likeness, other->likeness) < 0)
            *other = *like;
        return;
    }
    *(struct like *)ga_vec_push(&looking->likes) = *like;
}

/* Its own files are none, nor whoever was said to be somebody else. */
static enum ga_rc is_out(struct looking *looking, int64_t no, bool *ret_is, struct ga_error *err)
{
    struct ga_uuid other;
    enum ga_same_verdict verdict = GA_SAME_OPEN;
    *ret_is = no == looking->own;
    if (looking->own == 0 || *ret_is)
        return GA_OK;
    enum ga_rc rc = ga_record_id(looking->store, no, &other, NULL, err);
    if (rc == GA_OK)
        rc = ga_same_verdict(looking->store, &looking->child->id, &other, &verdict, err);
    *ret_is = verdict == GA_SAME_LINKED || verdict == GA_SAME_DIFFERENT;
    return rc;
}

static enum ga_rc compare_one(struct looking *looking, struct ga_stmt *stmt, int64_t no, struct ga_error *err)
{
    struct ga_alike print;
    bool has_row, is = false;
    ga_stmt_bind_int(stmt, 1, no);
    enum ga_rc rc = ga_stmt_step(stmt, &has_row, err);
    if (rc != GA_OK || !has_row)
        return rc;
    ga_doubles_take(stmt, &print);
    ga_stmt_reset(stmt);
    struct like like = {.no = no, .main = no, .likeness = ga_alike_compare(&looking->print, &print)};
    if (like.likeness.degree == GA_ALIKE_NOT)
        return GA_OK;
    rc = is_out(looking, no, &is, err);
    if (rc == GA_OK && !is)
        rc = ga_same_main_no(looking->store, no, &like.main, err);
    if (rc == GA_OK && !is)
        add_like(looking, &like);
    return rc;
}

static enum ga_rc compare_all(struct looking *looking, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const int64_t *numbers = looking->numbers.items;
    if (looking->numbers.len == 0)
        return GA_OK;
    qsort(looking->numbers.items, looking->numbers.len, sizeof(int64_t), ga_order_compare);
    enum ga_rc rc = ga_doubles_select(looking->store, "WHERE no = ?1", &stmt, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; rc == GA_OK && i < looking->numbers.len; i++)
        if (i == 0 || numbers[i] != numbers[i - 1])
            rc = compare_one(looking, stmt, numbers[i], err);
    ga_stmt_destroy(stmt);
    return rc;
}

static int compare_likes(const void *a, const void *b)
{
    const struct like *x = a, *y = b;
    const int strength = ga_likeness_compare(x->likeness, y->likeness);
    return strength != 0 ? strength : (x->no > y->no) - (x->no < y->no);
}

static enum ga_rc make_hit(struct looking *looking, const struct like *like, enum ga_lang lang, struct ga_arena *arena,
                           struct ga_double_hit *ret_hit, struct ga_error *err)
{
    struct ga_roster_row row;
    struct ga_str codes = {0};
    enum ga_rc rc = ga_roster_row_of(looking->store, like->main, lang, arena, &row, err);
    if (rc != GA_OK)
        return rc;
    ga_likeness_codes(like->likeness, &codes);
    ret_hit->likeness = like->likeness;
    ret_hit->hit = (struct ga_search_hit){
        .id = row.id,
        .name = row.name,
        .sex = row.sex,
        .birth_month = ga_arena_strndup(arena, row.birth, strnlen(row.birth, 7)),
        .class_shown = row.class_shown,
        .village = row.village,
        .card_no = row.card_no > 0 ? ga_arena_printf(arena, "%lld", (long long)row.card_no) : "",
        .why = ga_arena_strdup(arena, ga_str_text(&codes)),
        .why_text = row.name,
        .is_left_behind = row.is_left_behind,
        .is_key_child = row.is_key_child,
        .has_left = row.has_left,
    };
    ga_str_finish(&codes);
    return GA_OK;
}

static enum ga_rc hand_out(struct looking *looking, enum ga_lang lang, struct ga_arena *arena,
                           struct ga_double_hit **ret_hits, size_t *ret_count, struct ga_error *err)
{
    const size_t count = looking->likes.len < HITS_MAX ? looking->likes.len : HITS_MAX;
    struct ga_double_hit *hits = ga_arena_array(arena, count, sizeof(*hits));
    enum ga_rc rc = GA_OK;
    if (count > 1)
        qsort(looking->likes.items, looking->likes.len, sizeof(struct like), compare_likes);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = make_hit(looking, ga_vec_at(&looking->likes, i), lang, arena, &hits[i], err);
    if (rc == GA_OK) {
        *ret_hits = hits;
        *ret_count = count;
    }
    return rc;
}

enum ga_rc ga_doubles_of(struct ga_store *store, const struct ga_answers *child, enum ga_lang lang,
                         struct ga_arena *arena, struct ga_double_hit **ret_hits, size_t *ret_count,
                         struct ga_error *err)
{
    struct looking looking = {.store = store, .child = child};
    struct ga_doubles_fields fields;
    ga_vec_init(&looking.numbers, sizeof(int64_t));
    ga_vec_init(&looking.likes, sizeof(struct like));
    ga_doubles_fields(child->form, &fields);
    ga_doubles_print(&fields, child, &looking.print);
    if (ga_uuid_is_zero(&child->id) || ga_record_no(store, &child->id, &looking.own, NULL) != GA_OK)
        looking.own = 0;
    enum ga_rc rc = take_keys(&looking, err);
    if (rc == GA_OK)
        rc = compare_all(&looking, err);
    if (rc == GA_OK)
        rc = hand_out(&looking, lang, arena, ret_hits, ret_count, err);
    ga_vec_finish(&looking.numbers);
    ga_vec_finish(&looking.likes);
    return rc;
}

static bool are_alike(struct ga_store *store, const struct ga_uuid *a, const struct ga_uuid *b)
{
    const struct ga_form *form = ga_forms_get(&store->forms, "child", NULL);
    const struct ga_uuid *const ids[2] = {a, b};
    struct ga_alike prints[2];
    struct ga_doubles_fields fields;
    if (form == NULL)
        return false;
    ga_doubles_fields(form, &fields);
    for (int i = 0; i < 2; i++) {
        struct ga_answers answers;
        if (ga_store_read(store, form, ids[i], &answers, NULL, NULL) != GA_OK)
            return false;
        ga_doubles_print(&fields, &answers, &prints[i]);
        ga_answers_finish(&answers);
    }
    return ga_alike_compare(&prints[0], &prints[1]).degree != GA_ALIKE_NOT;
}

enum ga_rc ga_doubles_say(struct ga_store *store, const struct ga_uuid *a, const struct ga_uuid *b,
                          enum ga_same_verdict verdict, const char *because, struct ga_error *err)
{
    enum ga_same_verdict said = GA_SAME_OPEN;
    enum ga_rc rc = ga_same_verdict(store, a, b, &said, err);
    if (rc == GA_OK)
        rc = ga_same_say(store, a, b, verdict, because, err);
    const bool was_listed = said == GA_SAME_DISPUTED || (said == GA_SAME_OPEN && are_alike(store, a, b));
    return rc == GA_OK && was_listed ? ga_doubles_add_known(store, -1, err) : rc;
}

/* The strongest reason alone, for callers that say one word. */
static const char *one_reason(uint32_t same)
{
    if (same & GA_SAME_ID)
        return "id_number";
    if (same & GA_SAME_STUDENT_NUMBER)
        return "student_number";
    if (same & (GA_SAME_BIRTH | GA_SAME_BIRTH_MONTH | GA_SAME_BIRTH_SWAPPED | GA_SAME_BIRTH_DIGIT | GA_SAME_BIRTH_NEAR))
        return "birth_date";
    return same & GA_SAME_CLASS ? "class" : "name";
}

enum ga_rc ga_store_lookalikes(struct ga_store *store, const struct ga_answers *child, struct ga_arena *arena,
                               struct ga_search_hit **ret_hits, size_t *ret_count, struct ga_error *err)
{
    struct ga_double_hit *found;
    size_t count = 0;
    enum ga_rc rc = ga_doubles_of(store, child, GA_ZH, arena, &found, &count, err);
    if (rc != GA_OK)
        return rc;
    *ret_hits = ga_arena_array(arena, count, sizeof(**ret_hits));
    for (size_t i = 0; i < count; i++) {
        (*ret_hits)[i] = found[i].hit;
        (*ret_hits)[i].why = one_reason(found[i].likeness.same);
    }
    *ret_count = count;
    return GA_OK;
}
