/* Answers which files are one child's, writes verdicts down. */
#include "child/same.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/record.h"

#include <string.h>

static const char *const VERDICTS[] = {[GA_SAME_LINKED] = "same", [GA_SAME_DIFFERENT] = "not_same"};

void ga_same_record_id(const struct ga_uuid *a, const struct ga_uuid *b, struct ga_uuid *ret_id)
{
    const bool is_in_order = ga_uuid_compare(a, b) < 0;
    const struct ga_uuid pair[2] = {is_in_order ? *a : *b, is_in_order ? *b : *a};
    struct ga_hash hash;
    ga_hash_bytes("guanai.same", pair, sizeof(pair), &hash);
    memcpy(ret_id->bytes, hash.bytes, sizeof(ret_id->bytes));
    ret_id->bytes[6] = (uint8_t)(0x80 | (ret_id->bytes[6] & 0x0F)); /* version 8: of our own making (RFC 9562) */
    ret_id->bytes[8] = (uint8_t)(0x80 | (ret_id->bytes[8] & 0x3F));
}

enum ga_rc ga_same_main(struct ga_store *store, const struct ga_uuid *child, struct ga_uuid *ret_main,
                        struct ga_error *err)
{
    int64_t no, main;
    enum ga_rc rc = ga_record_no(store, child, &no, err);
    if (rc == GA_OK)
        rc = ga_same_main_no(store, no, &main, err);
    return rc == GA_OK ? ga_record_id(store, main, ret_main, NULL, err) : rc;
}

static enum ga_rc read_behind(struct ga_store *store, int64_t main, struct ga_vec *numbers, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    *(int64_t *)ga_vec_push(numbers) = main;
    enum ga_rc rc = ga_same_stmt(store, GA_SAME_BEHIND, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, main);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(numbers) = ga_stmt_column_int(stmt, 0);
    return rc;
}

enum ga_rc ga_same_files(struct ga_store *store, const struct ga_uuid *child, struct ga_arena *arena,
                         struct ga_uuid **ret_files, size_t *ret_count, struct ga_error *err)
{
    int64_t no, main;
    struct ga_vec numbers;
    ga_vec_init(&numbers, sizeof(int64_t));
    enum ga_rc rc = ga_record_no(store, child, &no, err);
    if (rc == GA_OK)
        rc = ga_same_main_no(store, no, &main, err);
    if (rc == GA_OK)
        rc = read_behind(store, main, &numbers, err);
    struct ga_uuid *files = ga_arena_array(arena, numbers.len, sizeof(*files));
    for (size_t i = 0; rc == GA_OK && i < numbers.len; i++)
        rc = ga_record_id(store, *GA_VEC_AT(int64_t, &numbers, i), &files[i], NULL, err);
    if (rc == GA_OK) {
        *ret_files = files;
        *ret_count = numbers.len;
    }
    ga_vec_finish(&numbers);
    return rc;
}

/* All records about two files and what they say together. */
static enum ga_rc read_said(struct ga_store *store, int64_t a, int64_t b, struct ga_vec *records,
                            enum ga_same_verdict *ret_verdict, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_same_verdict verdict = GA_SAME_OPEN;
    enum ga_rc rc = ga_same_stmt(store, GA_SAME_SAID, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, a);
    ga_stmt_bind_int(stmt, 2, b);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const int64_t said = ga_stmt_column_int(stmt, 0);
        const enum ga_same_verdict one = said == GA_PAIR_DIFFERENT  ? GA_SAME_DIFFERENT
                                         : said == GA_PAIR_DISPUTED ? GA_SAME_DISPUTED
                                                                    : GA_SAME_LINKED;
        verdict = verdict == GA_SAME_OPEN || verdict == one ? one : GA_SAME_DISPUTED;
        *(int64_t *)ga_vec_push(records) = ga_stmt_column_int(stmt, 1);
    }
    *ret_verdict = verdict;
    return rc;
}

static enum ga_rc numbers_of(struct ga_store *store, const struct ga_uuid *a, const struct ga_uuid *b, int64_t *ret_a,
                             int64_t *ret_b, struct ga_error *err)
{
    enum ga_rc rc = ga_record_no(store, a, ret_a, err);
    return rc == GA_OK ? ga_record_no(store, b, ret_b, err) : rc;
}

static enum ga_rc are_linked(struct ga_store *store, int64_t a, int64_t b, bool *ret_are, struct ga_error *err)
{
    int64_t main_a, main_b;
    enum ga_rc rc = ga_same_main_no(store, a, &main_a, err);
    if (rc == GA_OK)
        rc = ga_same_main_no(store, b, &main_b, err);
    if (rc == GA_OK)
        *ret_are = main_a == main_b;
    return rc;
}

enum ga_rc ga_same_verdict(struct ga_store *store, const struct ga_uuid *a, const struct ga_uuid *b,
                           enum ga_same_verdict *ret_verdict, struct ga_error *err)
{
    int64_t no_a, no_b;
    bool are = false;
    struct ga_vec records;
    ga_vec_init(&records, sizeof(int64_t));
    enum ga_rc rc = numbers_of(store, a, b, &no_a, &no_b, err);
    if (rc == GA_OK)
        rc = read_said(store, no_a, no_b, &records, ret_verdict, err);
    if (rc == GA_OK)
        rc = are_linked(store, no_a, no_b, &are, err);
    if (rc == GA_OK && are)
        *ret_verdict = GA_SAME_LINKED;
    ga_vec_finish(&records);
    return rc;
}

struct saying {
    struct ga_store *store;
    struct ga_save *save;
    const struct ga_form *form;
    const struct ga_uuid *a, *b;
    const char *verdict, *because;
};

static void set_text(struct ga_answers *answers, const char *name, const char *text)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    const struct ga_value value = text == NULL || text[0] == '\0' ? ga_value_null() : ga_value_text(text);
    if (field != NULL)
        ga_answers_set(answers, field, &value);
}

/* The file made first holds the record, whichever of them leads: two computers then say the same of both. */
static enum ga_rc put_new(const struct saying *saying, struct ga_error *err)
{
    const bool is_in_order = ga_uuid_compare(saying->a, saying->b) < 0;
    const bool other_leads = !is_in_order && strcmp(saying->verdict, VERDICTS[GA_SAME_LINKED]) == 0;
    struct ga_answers answers;
    char other[GA_UUID_TEXT_SIZE];
    ga_answers_init(&answers, saying->form);
    ga_same_record_id(saying->a, saying->b, &answers.id);
    answers.child = is_in_order ? *saying->a : *saying->b;
    set_text(&answers, "other", ga_uuid_text(is_in_order ? saying->b : saying->a, other));
    set_text(&answers, "verdict", other_leads ? "same_other" : saying->verdict);
    set_text(&answers, "because", saying->because);
    const struct ga_save_record record = {.after = &answers};
    enum ga_rc rc = ga_save_put(saying->save, &record, NULL, err);
    ga_answers_finish(&answers);
    return rc;
}

/* Everything that stands in the record is replaced, values that contradict each other too. */
static enum ga_rc put_again(const struct saying *saying, int64_t no, struct ga_error *err)
{
    struct ga_answers before, after;
    struct ga_heads *heads = NULL;
    struct ga_uuid id;
    enum ga_rc rc = ga_record_id(saying->store, no, &id, NULL, err);
    if (rc == GA_OK)
        rc = ga_store_read(saying->store, saying->form, &id, &before, &heads, err);
    if (rc != GA_OK)
        return rc;
    const bool other_leads = ga_uuid_compare(&before.child, saying->a) != 0 &&
                             strcmp(saying->verdict, VERDICTS[GA_SAME_LINKED]) == 0;
    ga_answers_copy(&after, &before);
    set_text(&after, "verdict", other_leads ? "same_other" : saying->verdict);
    set_text(&after, "because", saying->because);
    const struct ga_save_record record = {.after = &after, .before = &before, .heads = heads};
    rc = ga_save_put(saying->save, &record, NULL, err);
    ga_heads_destroy(heads);
    ga_answers_finish(&after);
    ga_answers_finish(&before);
    return rc;
}

static enum ga_rc put_all(const struct saying *saying, const struct ga_vec *records, struct ga_error *err)
{
    enum ga_rc rc = records->len == 0 ? put_new(saying, err) : GA_OK;
    for (size_t i = 0; rc == GA_OK && i < records->len; i++)
        rc = put_again(saying, *GA_VEC_AT(int64_t, records, i), err);
    return rc;
}

/* What was asked for has to hold afterwards: a third file may still hold them together. */
static enum ga_rc check_said(const struct saying *saying, int64_t a, int64_t b, struct ga_error *err)
{
    bool are = false;
    const bool is_wanted = strcmp(saying->verdict, VERDICTS[GA_SAME_LINKED]) == 0;
    enum ga_rc rc = are_linked(saying->store, a, b, &are, err);
    if (rc == GA_OK && are && !is_wanted)
        rc = ga_error_set(err, GA_REFUSED, "the two stay linked by a third file; take that link back first");
    return rc;
}

static enum ga_rc say(struct saying *saying, int64_t a, int64_t b, const struct ga_vec *records, struct ga_error *err)
{
    enum ga_rc rc = ga_save_begin(saying->store, &saying->save, err);
    if (rc != GA_OK)
        return rc;
    rc = put_all(saying, records, err);
    if (rc == GA_OK)
        rc = check_said(saying, a, b, err);
    if (rc == GA_OK)
        return ga_save_commit(saying->save, err);
    ga_save_abandon(saying->save);
    return rc;
}

static enum ga_rc check_wish(struct ga_store *store, int64_t a, int64_t b, enum ga_same_verdict wish,
                             enum ga_same_verdict said, struct ga_error *err)
{
    bool are = false;
    if (a == b)
        return ga_error_set(err, GA_REFUSED, "these are one file already");
    enum ga_rc rc = are_linked(store, a, b, &are, err);
    if (rc == GA_OK && wish == GA_SAME_LINKED && are)
        rc = ga_error_set(err, GA_REFUSED, "these two files are linked already");
    if (rc == GA_OK && wish == GA_SAME_DIFFERENT && said == GA_SAME_DIFFERENT)
        rc = ga_error_set(err, GA_REFUSED, "it is written down already that these are two children");
    return rc;
}

enum ga_rc ga_same_say(struct ga_store *store, const struct ga_uuid *a, const struct ga_uuid *b,
                       enum ga_same_verdict verdict, const char *because, struct ga_error *err)
{
    int64_t no_a, no_b;
    enum ga_same_verdict said = GA_SAME_OPEN;
    struct ga_vec records;
    struct saying saying = {.store = store, .a = a, .b = b, .because = because};
    saying.form = ga_forms_get(ga_store_forms(store), GA_SAME_FORM, err);
    if (saying.form == NULL)
        return GA_NOT_FOUND;
    if (verdict != GA_SAME_LINKED && verdict != GA_SAME_DIFFERENT)
        return ga_error_set(err, GA_USAGE, "say whether they are the same child or not");
    saying.verdict = VERDICTS[verdict];
    ga_vec_init(&records, sizeof(int64_t));
    enum ga_rc rc = numbers_of(store, a, b, &no_a, &no_b, err);
    if (rc == GA_OK)
        rc = read_said(store, no_a, no_b, &records, &said, err);
    if (rc == GA_OK)
        rc = check_wish(store, no_a, no_b, verdict, said, err);
    if (rc == GA_OK)
        rc = say(&saying, no_a, no_b, &records, err);
    ga_vec_finish(&records);
    return rc;
}
