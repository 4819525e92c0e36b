/* Whatever order operations come in, however often: the same set gives the same state. */
#include "index/index_delta.h"
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/operation_order.h"
#include "guanai/store/record.h"
#include "dice.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { OPS_MAX = 14, ROUNDS = 300, ORDERS = 6, UNKNOWN_LEAVES = 2 };

static struct school school;
static int histories = 4; /* the first argument */
static const uint8_t salt[GA_OPERATION_SALT_BYTES] = "always the same";

static int start(void **state)
{
    (void)state;
    school_start(&school);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

/* Groups of the child form, one of them a unit, one known to no form, rows of a repeat no form has. */
static const char *const groups[] = {"name",    "village", "guardian", "card_no", "from_tomorrow",
                                     "_secret", "pets/0190a000-0000-7000-8000-000000000001",
                                     "pets/0190a000-0000-7000-8000-000000000002"};

static const struct ga_operation_field *make_fields(struct ga_arena *arena, const char *group, uint64_t *random,
                                                    size_t *ret_count)
{
    static const char *const units[] = {"guardian_name", "guardian_phone", "guardian_shoe_size"};
    static const char *const columns[] = {"age", "position"};
    struct ga_operation_field *fields = ga_arena_array(arena, 3, sizeof(*fields));
    const bool is_unit = strcmp(group, "guardian") == 0, is_row = strchr(group, '/') != NULL;
    const char *const *names = is_unit ? units : is_row ? columns : &group;
    *ret_count = is_unit ? 1 + dice_draw(random, 3) : is_row ? 2 : 1;
    for (size_t i = 0; i < *ret_count; i++) {
        static const char *const texts[] = {"张三", "李四", "13800001111"};
        fields[i].id = names[i];
        fields[i].value.kind = (enum ga_operation_value_kind)dice_draw(random, GA_OPERATION_TEXT + 1);
        fields[i].value.integer = dice_draw(random, 3);
        fields[i].value.text = texts[dice_draw(random, 3)];
        fields[i].value.text_len = strlen(fields[i].value.text);
    }
    return fields;
}

/* Replaces some of what was there before, sometimes something nobody has. */
static void make_op(struct ga_arena *arena, struct ga_log_op *ops, size_t i, const struct ga_uuid *record,
                    uint64_t *random)
{
    struct ga_hash *replaced = ga_arena_array(arena, i + UNKNOWN_LEAVES, sizeof(*replaced));
    struct ga_operation_group *made = ga_arena_array(arena, GA_COUNT(groups), sizeof(*made));
    static const char *const users[] = {"周老师", "王老师", "李校长"};
    struct ga_operation *op = &ops[i].op;
    *op = (struct ga_operation){.kind = GA_OPERATION_PUT, .record = *record, .form = "child", .form_version = 1,
                                .user = users[dice_draw(random, 3)], .local_day = 20000 + (int32_t)dice_draw(random, 3),
                                .local_ms = (int32_t)dice_draw(random, 2), .groups = made, .replaced = replaced};
    for (size_t k = 0; k < i + UNKNOWN_LEAVES; k++) {
        if (k < i)
            replaced[k] = ops[k].leaf;
        else
            memset(replaced[k].bytes, (int)(0x60 + k - i), sizeof(replaced[k].bytes));
    }
    op->replaced_count = dice_draw(random, 4) == 0 ? 0 : i + UNKNOWN_LEAVES;
    for (size_t g = 0; g < GA_COUNT(groups); g++) {
        if (dice_draw(random, 3) != 0 && !(g + 1 == GA_COUNT(groups) && op->groups_count == 0))
            continue;
        struct ga_operation_group *group = &made[op->groups_count++];
        uint32_t *replaces = ga_arena_array(arena, op->replaced_count, sizeof(*replaces));
        group->id = groups[g];
        group->fields = make_fields(arena, groups[g], random, &group->fields_count);
        for (uint32_t k = 0; k < op->replaced_count; k++)
            if (dice_draw(random, 3) == 0)
                replaces[group->replaces_count++] = k;
        group->replaces = replaces;
    }
    for (size_t b = 0; b < sizeof(ops[i].leaf.bytes); b++)
        ops[i].leaf.bytes[b] = (uint8_t)dice_draw(random, 256);
}

static void shuffle(struct ga_log_op *ops, size_t count, uint64_t *random)
{
    for (size_t i = count; i > 1; i--) {
        const size_t k = dice_draw(random, (uint32_t)i);
        const struct ga_log_op moved = ops[i - 1];
        ops[i - 1] = ops[k];
        ops[k] = moved;
    }
}

/* The oracle: straight from the definition, every operation against every other. */
static bool is_head(const struct ga_log_op *ops, size_t count, const struct ga_log_op *of, const char *group)
{
    for (size_t i = 0; i < count; i++)
        for (size_t g = 0; g < ops[i].op.groups_count; g++)
            for (size_t r = 0; strcmp(ops[i].op.groups[g].id, group) == 0 && r < ops[i].op.groups[g].replaces_count; r++)
                if (ga_hash_equal(&ops[i].op.replaced[ops[i].op.groups[g].replaces[r]], &of->leaf))
                    return false;
    return true;
}

static size_t count_heads(const struct ga_log_op *ops, size_t count, const char *group, const struct ga_log_op **ret_least)
{
    size_t heads = 0;
    *ret_least = NULL;
    for (size_t i = 0; i < count; i++)
        for (size_t g = 0; g < ops[i].op.groups_count; g++)
            if (strcmp(ops[i].op.groups[g].id, group) == 0 && is_head(ops, count, &ops[i], group)) {
                heads++;
                if (*ret_least == NULL || ga_hash_compare(&ops[i].leaf, &(*ret_least)->leaf) < 0)
                    *ret_least = &ops[i];
            }
    return heads;
}

static void heads_are_what_the_definition_says(void **state)
{
    (void)state;
    uint64_t random = 20261123;
    for (int round = 0; round < ROUNDS; round++) {
        struct ga_arena arena = {0};
        struct ga_log_op ops[OPS_MAX] = {0};
        const struct ga_uuid record = {{1}};
        struct ga_fold_head *heads;
        size_t heads_count, seen = 0;
        const size_t count = 1 + dice_draw(&random, OPS_MAX);
        for (size_t i = 0; i < count; i++)
            make_op(&arena, ops, i, &record, &random);
        ga_fold(ops, count, &arena, &heads, &heads_count);
        for (size_t g = 0; g < GA_COUNT(groups); g++) {
            const struct ga_log_op *least;
            size_t here = 0;
            const size_t wanted = count_heads(ops, count, groups[g], &least);
            for (size_t h = 0; h < heads_count; h++) {
                if (strcmp(heads[h].group, groups[g]) != 0)
                    continue;
                if (here++ == 0)
                    assert_ptr_equal(heads[h].op, least);
                assert_true(is_head(ops, count, heads[h].op, groups[g]));
            }
            assert_int_equal(here, wanted);
            seen += here;
        }
        assert_int_equal(seen, heads_count);
        ga_arena_finish(&arena);
    }
}

static void add_misfit(void *ctx, const char *field, const struct ga_operation_value *value)
{
    ga_str_addf(ctx, "misfit %s %d %lld\n", field, value->kind, (long long)value->integer);
}

/* Everything a fold answers, as text. */
static void tell(const struct ga_log_op *ops, size_t count, struct ga_str *out)
{
    struct ga_arena arena = {0};
    struct ga_fold_head *heads;
    struct ga_answers answers;
    size_t heads_count;
    char leaf[GA_HASH_TEXT_SIZE];
    ga_fold(ops, count, &arena, &heads, &heads_count);
    for (size_t i = 0; i < heads_count; i++)
        ga_str_addf(out, "%s %s\n", heads[i].group, ga_hash_text(&heads[i].op->leaf, leaf));
    ga_answers_init(&answers, school_form(&school, "child"));
    ga_fold_answers(heads, heads_count, &answers, add_misfit, out);
    for (size_t i = 0; i < answers.form->all_count; i++)
        ga_str_addf(out, "%s %d %s %lld\n", answers.form->all[i]->name, answers.answers[i].state,
                    answers.answers[i].value.text == NULL ? "" : answers.answers[i].value.text,
                    (long long)answers.answers[i].value.integer);
    ga_str_addf(out, "by %s on %d\n", ga_fold_origin(ops, count)->op.user, ga_fold_origin(ops, count)->op.local_day);
    ga_answers_finish(&answers);
    ga_arena_finish(&arena);
}

static void any_order_and_any_repetition_gives_the_same(void **state)
{
    (void)state;
    uint64_t random = 7;
    for (int round = 0; round < ROUNDS / 5; round++) {
        struct ga_arena arena = {0};
        struct ga_log_op ops[2 * OPS_MAX] = {0};
        struct ga_str first = {0};
        const struct ga_uuid record = {{1}};
        const size_t count = 1 + dice_draw(&random, OPS_MAX);
        for (size_t i = 0; i < count; i++)
            make_op(&arena, ops, i, &record, &random);
        tell(ops, count, &first);
        for (int order = 0; order < ORDERS; order++) {
            struct ga_str again = {0};
            const size_t repeated = dice_draw(&random, (uint32_t)count + 1);
            memcpy(ops + count, ops, repeated * sizeof(*ops));
            shuffle(ops, count + repeated, &random);
            tell(ops, count + repeated, &again);
            assert_string_equal(ga_str_text(&again), ga_str_text(&first));
            ga_str_finish(&again);
            /* back to the set, in the order it now has */
            size_t kept = 0;
            for (size_t i = 0; i < count + repeated; i++) {
                bool is_double = false;
                for (size_t k = 0; k < kept; k++)
                    is_double |= ga_hash_equal(&ops[k].leaf, &ops[i].leaf);
                if (!is_double)
                    ops[kept++] = ops[i];
            }
            assert_int_equal(kept, count);
        }
        ga_str_finish(&first);
        ga_arena_finish(&arena);
    }
}

static size_t take_site(const struct ga_log_op *ops, const size_t *sites, size_t count, size_t site, struct ga_log_op *into)
{
    size_t taken = 0;
    for (size_t i = 0; i < count; i++)
        if (sites[i] == site)
            into[taken++] = ops[i];
    return taken;
}

/* What five computers wrote comes computer by computer, in each of the 120 orders there are. */
static void all_orders_of_five_computers_give_the_same(void **state)
{
    (void)state;
    enum { SITES = 5, ORDERS_OF_SITES = 120 };
    uint64_t random = 120;
    for (int round = 0; round < histories; round++) {
        struct ga_arena arena = {0};
        struct ga_log_op ops[OPS_MAX] = {0}, came[OPS_MAX];
        struct ga_str first = {0};
        size_t sites[OPS_MAX];
        const struct ga_uuid record = {{1}};
        const size_t count = OPS_MAX - dice_draw(&random, OPS_MAX / 2);
        for (size_t i = 0; i < count; i++) {
            make_op(&arena, ops, i, &record, &random);
            sites[i] = dice_draw(&random, SITES);
        }
        tell(ops, count, &first);
        for (size_t n = 0; n < ORDERS_OF_SITES; n++) {
            struct ga_str again = {0};
            size_t left[SITES] = {0, 1, 2, 3, 4}, len = 0;
            for (size_t i = 0, rest = n, of = SITES; i < SITES; i++, of--) {
                const size_t k = rest % of;
                rest /= of;
                len += take_site(ops, sites, count, left[k], came + len);
                memmove(&left[k], &left[k + 1], (of - k - 1) * sizeof(*left));
            }
            assert_int_equal(len, count);
            tell(came, count, &again);
            assert_string_equal(ga_str_text(&again), ga_str_text(&first));
            ga_str_finish(&again);
        }
        ga_str_finish(&first);
        ga_arena_finish(&arena);
    }
}

static void exec(const char *sql)
{
    assert_int_equal(ga_db_exec(ga_store_db(school.store), sql, NULL), GA_OK);
}

/* All that is derived for the one record there is. */
static void dump(struct ga_str *out)
{
    static const char *const queries[] = {"SELECT * FROM child", "SELECT * FROM misfit", "SELECT * FROM conflict",
                                          "SELECT * FROM _search ORDER BY 1"};
    for (size_t q = 0; q < GA_COUNT(queries); q++) {
        struct ga_stmt *stmt;
        bool has_row;
        assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), queries[q], &stmt, NULL), GA_OK);
        while (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row) {
            for (int i = 0; i < ga_stmt_columns(stmt); i++) {
                const char *text = ga_stmt_column_text(stmt, i);
                ga_str_addf(out, "%s|", text == NULL ? "-" : text);
            }
            ga_str_add_char(out, '\n');
        }
        ga_stmt_destroy(stmt);
    }
}

static void arrive(const struct ga_log_op *ops, size_t count, struct ga_str *out)
{
    struct ga_store *store = school.store;
    struct ga_error err = {0};
    int64_t no, op_no;
    assert_int_equal(ga_transaction_begin(store->db, NULL), GA_OK);
    exec("DELETE FROM filed; DELETE FROM chain; DELETE FROM tail; DELETE FROM block; DELETE FROM record; DELETE FROM child; DELETE FROM misfit;"
         "DELETE FROM conflict");
    assert_int_equal(ga_index_drop_form(store, school_form(&school, "child"), NULL), GA_OK);
    ga_log_forget(store, 0);
    assert_int_equal(ga_record_make(store, &ops[0].op.record, "child", &no, NULL, NULL), GA_OK);
    for (size_t i = 0; i < count; i++) {
        struct ga_str bytes = {0};
        assert_int_equal(ga_operation_encode(&ops[i].op, &bytes, NULL), GA_OK);
        assert_int_equal(ga_log_append(store, no, salt, bytes.data, bytes.len, &op_no, NULL), GA_OK);
        ga_str_finish(&bytes);
    }
    assert_int_equal(ga_log_flush(store, &err), GA_OK);
    assert_int_equal(ga_project_from_log(store, no, &err), GA_OK);
    assert_int_equal(ga_index_flush(store, &err), GA_OK);
    assert_int_equal(ga_delta_merge(store, &err), GA_OK); /* keys to their places, whatever came before */
    assert_int_equal(ga_transaction_commit(store->db, NULL), GA_OK);
    dump(out);
}

/* The leaf that later ones replace is that of the bytes and the salt it will arrive with. */
static bool take_real_leaf(struct ga_log_op *op, struct ga_arena *arena)
{
    struct ga_str bytes = {0};
    ga_operation_order(&op->op, arena);
    const bool is_fine = ga_operation_encode(&op->op, &bytes, NULL) == GA_OK;
    ga_operation_leaf(salt, bytes.data, bytes.len, &op->leaf);
    ga_str_finish(&bytes);
    return is_fine;
}

static void the_database_holds_the_same_in_whatever_order_things_came(void **state)
{
    (void)state;
    uint64_t random = 99;
    for (int round = 0; round < 12; round++) {
        struct ga_arena arena = {0};
        struct ga_log_op ops[2 * OPS_MAX] = {0};
        struct ga_str first = {0};
        const struct ga_uuid record = {{1}};
        const size_t wanted = 2 + dice_draw(&random, OPS_MAX - 2);
        size_t count = 0;
        for (size_t i = 0; i < wanted; i++) {
            make_op(&arena, ops, count, &record, &random);
            count += take_real_leaf(&ops[count], &arena);
        }
        assert_true(count > 0);
        arrive(ops, count, &first);
        for (int order = 0; order < 4; order++) {
            struct ga_str again = {0};
            shuffle(ops, count, &random);
            memcpy(ops + count, ops, sizeof(*ops));
            arrive(ops, count + 1, &again);
            assert_string_equal(ga_str_text(&again), ga_str_text(&first));
            ga_str_finish(&again);
        }
        ga_str_finish(&first);
        ga_arena_finish(&arena);
    }
}

/* Two rows of a repeat this form has not: each value of each row is listed by itself. */
static void misfits_of_two_rows_are_told_apart(void **state)
{
    (void)state;
    static const struct ga_operation_field age[] = {{"age", {.kind = GA_OPERATION_INTEGER, .integer = 6}},
                                                    {"kind", {.kind = GA_OPERATION_TEXT, .text = "dog", .text_len = 3}}};
    const struct ga_operation_group made[] = {
        {.id = "name", .fields = (struct ga_operation_field[]){{"name", {.kind = GA_OPERATION_TEXT, .text = "张三", .text_len = 6}}}, .fields_count = 1},
        {.id = groups[6], .fields = age, .fields_count = 2},
        {.id = groups[7], .fields = age, .fields_count = 2}};
    struct ga_log_op op = {.op = {.kind = GA_OPERATION_PUT, .record = {{1}}, .form = "child", .form_version = 1,
                                  .user = "周老师", .local_day = 20000, .groups = made, .groups_count = 3}};
    struct ga_str out = {0};
    struct ga_misfit *misfits;
    size_t count;
    arrive(&op, 1, &out);
    assert_int_equal(ga_store_misfits(school.store, &op.op.record, &school.arena, &misfits, &count, NULL), GA_OK);
    assert_int_equal(count, 4);
    ga_str_finish(&out);
}

static int64_t rows_of(const char *table)
{
    char sql[80];
    int64_t rows = -1;
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", table);
    assert_int_equal(ga_db_query_int(ga_store_db(school.store), sql, &rows, NULL), GA_OK);
    return rows;
}

/* A note on a field, said twice apart from each other, is about the record: no answer of its form. */
static void own_groups_are_no_answers_misfits_or_conflicts(void **state)
{
    (void)state;
    static const char *const group = "_note/0190a000-0000-7000-8000-000000000001";
    const struct ga_operation_group made[] = {
        {.id = group, .fields = (struct ga_operation_field[]){{"text", {.kind = GA_OPERATION_TEXT, .text = "?", .text_len = 1}}}, .fields_count = 1},
        {.id = "name", .fields = (struct ga_operation_field[]){{"name", {.kind = GA_OPERATION_TEXT, .text = "张三", .text_len = 6}}}, .fields_count = 1}};
    struct ga_log_op ops[3] = {0};
    struct ga_str out = {0};
    for (int i = 0; i < 2; i++) {
        ops[i].op = (struct ga_operation){.kind = GA_OPERATION_PUT, .record = {{1}}, .form = "child", .form_version = 1,
                                          .user = i == 0 ? "周老师" : "吴校长", .local_day = 20000, .groups = made, .groups_count = 2 - (size_t)i};
        assert_true(take_real_leaf(&ops[i], &school.arena));
    }
    arrive(ops, 2, &out);
    assert_int_equal(rows_of("misfit"), 0);
    assert_int_equal(rows_of("conflict"), 0);
    assert_int_equal(rows_of("child"), 1);
    ga_str_finish(&out);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(int argc, char **argv)
{
    if (argc > 1)
        histories = atoi(argv[1]);
    const struct CMUnitTest tests[] = {
        CASE(all_orders_of_five_computers_give_the_same),
        CASE(heads_are_what_the_definition_says),
        CASE(any_order_and_any_repetition_gives_the_same),
        CASE(the_database_holds_the_same_in_whatever_order_things_came),
        CASE(misfits_of_two_rows_are_told_apart),
        CASE(own_groups_are_no_answers_misfits_or_conflicts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
