/*
 * Random histories of five computers that meet by sticks, lost, doubled, old, cut, interrupted ones among them, with
 * clocks gone wrong, computers restored: whatever the order, all come to hold the same, every value ever saved is found, and just what two wrote apart from each other is in conflict.
 *
 *   test_store_merge [HISTORIES [gossip]]     gossip: they meet as it happens, not in all orders as well
 */
#include "guanai/base/alloc.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/backup.h"
#include "guanai/store/undo.h"
#include "dice.h"
#include "index_delta.h"
#include "private.h"
#include "said.h"
#include "sticks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SITES = 5, WATCHER = SITES, CHILDREN = 3, STEPS = 45, VERSIONS_MAX = 64, OPEN_MAX = 4, STICKS_MAX = 4, ORDERS = 120 };

static const char *const groups[] = {"name", "village", "hamlet", "nickname", "guardian"};
enum { GROUPS = 5 };

/* A value that was saved once, as the model has it. */
struct version {
    size_t child, group;
    struct ga_place place;
    struct ga_hash leaf;
    char value[80];
    uint64_t replaces; /* versions it was written over, a bit each */
};

/* A form that is open while the world goes on. */
struct open_form {
    bool is_open;
    size_t site, child;
    struct ga_answers before;
    struct ga_heads *heads;
    uint64_t known; /* versions that were there */
};

static struct sticks_town town;
static struct ga_uuid children[CHILDREN];
static bool is_removed[CHILDREN]; /* by somebody, at some time: whether it is gone is another test's */
static struct version versions[VERSIONS_MAX];
static size_t versions_count, conflicts_seen, values_seen;
static struct open_form forms[OPEN_MAX];
static struct stick sticks[STICKS_MAX];
static size_t sticks_count;
static uint64_t dice;
static int histories = 2;
static bool with_orders = true;

static uint32_t draw(uint32_t below)
{
    return dice_draw(&dice, below);
}

/* What a computer holds, by what it would tell others: nothing of the fold is asked. */
static uint64_t known_to(size_t site)
{
    struct ga_vec runs;
    uint64_t known = 0;
    ga_vec_init(&runs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(town.schools[site].store, &runs, NULL), GA_OK);
    for (size_t v = 0; v < versions_count; v++)
        for (size_t i = 0; i < runs.len; i++) {
            const struct ga_have *run = GA_VEC_AT(struct ga_have, &runs, i);
            if (ga_uuid_compare(&run->site, &versions[v].place.site) == 0 && run->first <= versions[v].place.seq &&
                versions[v].place.seq <= run->last)
                known |= 1ull << v;
        }
    ga_vec_finish(&runs);
    return known;
}

/* Of the known versions those that no known one replaces. */
static uint64_t heads_of(uint64_t known, size_t child, size_t group)
{
    uint64_t heads = 0;
    for (size_t v = 0; v < versions_count; v++)
        if ((known >> v & 1) != 0 && versions[v].child == child && versions[v].group == group)
            heads |= 1ull << v;
    for (size_t v = 0; v < versions_count; v++)
        if ((known >> v & 1) != 0)
            heads &= ~versions[v].replaces;
    return heads;
}

static const char *text_in(const struct ga_answers *answers, const char *name)
{
    const struct ga_answer *answer = ga_answers_at(answers, ga_form_field(answers->form, name));
    return answer->state == GA_ANSWERED && answer->value.text != NULL ? answer->value.text : "";
}

static void value_of(const struct ga_answers *answers, size_t group, char value[80])
{
    if (group == 4)
        snprintf(value, 80, "%s|%s", text_in(answers, "guardian_name"), text_in(answers, "guardian_phone"));
    else
        snprintf(value, 80, "%s", text_in(answers, groups[group]));
}

static void note_version(size_t site, size_t child, size_t group, const struct ga_answers *after, uint64_t replaces)
{
    struct version *version = &versions[versions_count++];
    struct ga_store *store = town.schools[site].store;
    struct ga_parcel_op op;
    *version = (struct version){.child = child, .group = group, .replaces = replaces, .place = {store->site, store->seq, 0}};
    value_of(after, group, version->value);
    assert_int_equal(ga_store_at(store, &version->place, &op, NULL), GA_OK);
    version->leaf = op.leaf;
}

static void add_child(size_t site, size_t child)
{
    struct school *school = &town.schools[site];
    struct ga_answers answers;
    ga_answers_init(&answers, school_form(school, "child"));
    school_type(&answers, "name", "张三");
    assert_int_equal(ga_store_save(school->store, &(struct ga_save_record){.after = &answers}, 0, NULL, NULL), GA_OK);
    children[child] = answers.id;
    is_removed[child] = false;
    note_version(site, child, 0, &answers, 0);
    ga_answers_finish(&answers);
}

static bool open_form(size_t site, size_t child, struct open_form *form)
{
    struct school *school = &town.schools[site];
    *form = (struct open_form){.site = site, .child = child, .known = known_to(site)};
    form->is_open = ga_store_read(school->store, school_form(school, "child"), &children[child], &form->before, &form->heads,
                                  NULL) == GA_OK;
    return form->is_open;
}

static void close_form(struct open_form *form)
{
    if (!form->is_open)
        return;
    ga_answers_finish(&form->before);
    ga_heads_destroy(form->heads);
    form->is_open = false;
}

/* Few values, so that two often write the same. */
static void type_something(struct ga_answers *after, size_t group)
{
    static const char *const words[GROUPS][3] = {{"张三", "张山", "章三"},
                                                 {"石桥村", "小河村", "大湾村"},
                                                 {"一组", "二组", "三组"},
                                                 {"小宝", "毛毛", "石头"},
                                                 {"13800001111", "13900002222", "13700003333"}};
    static const char *const guardians[] = {"李桂兰", "王秀英", "陈大爷"};
    const bool is_name = group == 4 && draw(2) == 0;
    school_type(after, group < 4 ? groups[group] : is_name ? "guardian_name" : "guardian_phone",
                is_name ? guardians[draw(3)] : words[group][draw(3)]);
}

static void save_form(struct open_form *form)
{
    struct school *school = &town.schools[form->site];
    struct ga_answers after;
    bool has_changed = false;
    const size_t group = draw(GROUPS);
    if (!form->is_open || versions_count == VERSIONS_MAX)
        return;
    ga_answers_copy(&after, &form->before);
    type_something(&after, group);
    const struct ga_save_record record = {.after = &after, .before = &form->before, .heads = form->heads};
    assert_int_equal(ga_store_save(school->store, &record, 0, &has_changed, NULL), GA_OK);
    if (has_changed)
        note_version(form->site, form->child, group, &after, heads_of(form->known, form->child, group));
    ga_answers_finish(&after);
}

static void edit(void)
{
    struct open_form form;
    if (open_form(draw(SITES), draw(CHILDREN), &form))
        save_form(&form);
    close_form(&form);
}

/* Opened now, saved when much else may have come; the same form may be saved more than once by mistake of nobody. */
static void leave_open_or_save(void)
{
    struct open_form *form = &forms[draw(OPEN_MAX)];
    if (form->is_open)
        save_form(form);
    else
        open_form(draw(SITES), draw(CHILDREN), form);
    if (form->is_open && draw(2) == 0)
        close_form(form);
}

static void remove_one(void)
{
    struct ga_save *save;
    struct open_form seen;
    const size_t site = draw(SITES), child = CHILDREN - 1;
    if (draw(3) != 0 || !open_form(site, child, &seen))
        return;
    close_form(&seen);
    assert_int_equal(ga_save_begin(town.schools[site].store, &save, NULL), GA_OK);
    assert_int_equal(ga_save_remove(save, &children[child], NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    is_removed[child] = true;
}

/* From one to another what it lacks; parcels may fall off the stick, in the middle too; it may be kept for later. */
static void carry(void)
{
    struct ga_vec theirs;
    struct stick stick;
    const size_t from = draw(SITES), to = draw(SITES);
    ga_vec_init(&theirs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(town.schools[to].store, &theirs, NULL), GA_OK);
    stick_fill(&stick, &town.schools[from], &theirs);
    ga_vec_finish(&theirs);
    for (size_t i = stick.parcels.len; draw(3) == 0 && i > 0; i--)
        if (draw(3) == 0) {
            struct stick lost;
            ga_vec_init(&lost.parcels, sizeof(struct stick_parcel));
            *(struct stick_parcel *)ga_vec_push(&lost.parcels) = *GA_VEC_AT(struct stick_parcel, &stick.parcels, i - 1);
            stick_finish(&lost);
            ga_vec_remove(&stick.parcels, i - 1);
        }
    assert_int_equal(stick_take(&stick, &town.schools[to], NULL, NULL), GA_OK);
    if (draw(4) == 0) /* again */
        assert_int_equal(stick_take(&stick, &town.schools[to], NULL, NULL), GA_OK);
    if (sticks_count < STICKS_MAX && draw(4) == 0)
        sticks[sticks_count++] = stick;
    else
        stick_finish(&stick);
}

static void find_an_old_stick(void)
{
    if (sticks_count > 0)
        assert_int_equal(stick_take(&sticks[draw((uint32_t)sticks_count)], &town.schools[draw(SITES)], NULL, NULL), GA_OK);
}

/* Round and round: what fell off a stick is brought by the next. */
static void meet_all(void)
{
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < SITES; i++)
            sticks_carry(&town.schools[i], &town.schools[(i + 1) % SITES], NULL);
}

/* The computer was restored: what it writes from now on is another site's. */
static void become_another(void)
{
    if (draw(4) != 0)
        return;
    assert_int_equal(ga_store_renew_site(town.schools[draw(SITES)].store, NULL), GA_OK);
    sticks_trust(&town);
}

/* The stick was pulled, the power went: half of it was there. */
static void be_interrupted(void)
{
    struct ga_receive *receive;
    struct stick stick;
    const size_t from = draw(SITES), to = draw(SITES);
    stick_fill(&stick, &town.schools[from], NULL);
    assert_int_equal(ga_receive_begin(town.schools[to].store, &receive, NULL), GA_OK);
    for (size_t i = 0; 2 * i < stick.parcels.len; i++)
        stick_put(receive, ga_vec_at(&stick.parcels, i), NULL);
    ga_receive_abandon(receive);
    stick_finish(&stick);
}

/* Dead batteries, wrong years, days that were asked for. */
static void set_clocks(void)
{
    static const struct ga_date days[] = {{2026, 11, 23}, {2026, 11, 23}, {1980, 1, 4}, {2091, 12, 31}, {2026, 11, 20}, {1, 1, 1}};
    for (size_t i = 0; i < SITES; i++)
        ga_store_set_today(town.schools[i].store, days[draw(GA_COUNT(days))], draw(3) == 0);
}

static void live(void)
{
    static void (*const steps[])(void) = {edit, edit, edit, edit, edit, leave_open_or_save, leave_open_or_save,
                                          carry, carry, find_an_old_stick, remove_one, become_another, be_interrupted, set_clocks};
    set_clocks();
    versions_count = sticks_count = 0;
    for (size_t child = 0; child < CHILDREN; child++)
        add_child(draw(SITES), child);
    if (draw(4) != 0) /* else some hear of an edit before they hear of the child */
        meet_all();
    for (int i = 0; i < STEPS; i++)
        steps[draw(GA_COUNT(steps))]();
    for (size_t i = 0; i < OPEN_MAX; i++)
        close_form(&forms[i]);
    for (size_t i = 0; i < sticks_count; i++)
        stick_finish(&sticks[i]);
}

static const struct ga_log_op *op_with(const struct ga_log_op *ops, size_t count, const struct ga_hash *leaf)
{
    for (size_t i = 0; i < count; i++)
        if (ga_hash_equal(&ops[i].leaf, leaf))
            return &ops[i];
    return NULL;
}

static void assert_says(const struct ga_log_op *op, const struct version *version)
{
    struct ga_str value = {0};
    const struct ga_operation_group *group = ga_said_group(&op->op, groups[version->group]);
    static const char *const unit[] = {"guardian_name", "guardian_phone"};
    assert_non_null(group);
    for (size_t i = 0; i < (version->group == 4 ? 2 : 1); i++) {
        const char *id = version->group == 4 ? unit[i] : groups[version->group];
        const struct ga_operation_value *said = ga_said_value(group, id);
        ga_str_addf(&value, "%s%s", i == 0 ? "" : "|", said == NULL || said->kind != GA_OPERATION_TEXT ? "" : said->text);
    }
    assert_string_equal(ga_str_text(&value), version->value);
    ga_str_finish(&value);
}

static bool is_in_conflict(struct ga_store *store, int64_t no, const char *group)
{
    char sql[120];
    int64_t count = -1;
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM conflict WHERE record = %lld AND grp = '%s'", (long long)no, group);
    assert_int_equal(ga_db_query_int(store->db, sql, &count, NULL), GA_OK);
    return count > 0;
}

/* Heads are the model's; in conflict is the group just when two of them say different things; the shown one is a head. */
static void judge_group(struct school *school, int64_t no, size_t child, size_t group, const struct ga_answers *shown)
{
    const uint64_t heads = heads_of(UINT64_MAX, child, group);
    char value[80];
    const char *first = NULL;
    bool differ = false, is_shown = heads == 0;
    value_of(shown, group, value);
    for (size_t v = 0; v < versions_count; v++) {
        if ((heads >> v & 1) == 0)
            continue;
        first = first == NULL ? versions[v].value : first;
        differ |= strcmp(first, versions[v].value) != 0;
        is_shown |= strcmp(value, versions[v].value) == 0;
    }
    assert_true(is_shown);
    assert_int_equal(is_in_conflict(school->store, no, groups[group]), differ);
    conflicts_seen += differ;
}

static void judge_child(struct school *school, size_t child)
{
    struct ga_arena arena = {0};
    struct ga_log_op *ops;
    struct ga_fold_head *heads;
    size_t count, heads_count;
    int64_t no;
    assert_int_equal(ga_record_no(school->store, &children[child], &no, NULL), GA_OK);
    assert_int_equal(ga_log_of_record(school->store, no, &arena, &ops, &count, NULL), GA_OK);
    ga_fold(ops, count, &arena, &heads, &heads_count);
    for (size_t v = 0; v < versions_count; v++) {
        if (versions[v].child != child)
            continue;
        const struct ga_log_op *op = op_with(ops, count, &versions[v].leaf);
        bool is_head = false;
        assert_non_null(op);
        assert_says(op, &versions[v]);
        for (size_t h = 0; h < heads_count; h++)
            is_head |= heads[h].op == op && strcmp(heads[h].group, groups[versions[v].group]) == 0;
        assert_int_equal(is_head, heads_of(UINT64_MAX, child, versions[v].group) >> v & 1);
        values_seen++;
    }
    struct ga_answers shown;
    if (!ga_fold_is_gone(heads, heads_count)) {
        assert_int_equal(ga_store_read(school->store, school_form(school, "child"), &children[child], &shown, NULL, NULL), GA_OK);
        for (size_t g = 0; g < GROUPS; g++)
            judge_group(school, no, child, g, &shown);
        ga_answers_finish(&shown);
    } else {
        assert_true(is_removed[child]);
    }
    ga_arena_finish(&arena);
}

/* Local numbers are given out in the order of arrival: here they are given out before, alike for all orders. */
static void number_children(struct ga_store *store)
{
    for (size_t i = 0; i < CHILDREN; i++) {
        int64_t no;
        assert_int_equal(ga_record_make(store, &children[i], "", &no, NULL, NULL), GA_OK);
    }
}

/* The five sticks in one order, into a database that is as it was afterwards. */
static void arrive(struct stick *all, const size_t *order, struct ga_str *out)
{
    struct school *school = &town.schools[WATCHER];
    struct ga_store *store = school->store;
    assert_int_equal(ga_transaction_begin(store->db, NULL), GA_OK);
    number_children(store);
    for (size_t i = 0; i < SITES; i++)
        assert_int_equal(stick_take(&all[order[i]], school, NULL, NULL), GA_OK);
    assert_int_equal(ga_delta_merge(store, NULL), GA_OK);
    sticks_dump_derived(school, out);
    ga_transaction_rollback(store->db);
    ga_log_forget(store, 0);
    store->last_txn = 0;
    ga_index_finish(store);
}

/* `since`: what each had before this history, which is of no interest here. */
static void assert_any_order_is_alike(struct ga_vec *since)
{
    struct stick all[SITES];
    struct ga_str first = {0};
    size_t order[SITES];
    for (size_t i = 0; i < SITES; i++)
        stick_fill(&all[i], &town.schools[i], &since[i]);
    for (size_t n = 0; n < ORDERS; n += histories < 10 ? 7 : 1) {
        struct ga_str other = {0};
        sticks_nth_order(n, order, SITES);
        arrive(all, order, n == 0 ? &first : &other);
        if (n > 0)
            assert_string_equal(ga_str_text(&other), ga_str_text(&first));
        ga_str_finish(&other);
    }
    assert_true(first.len > 500);
    ga_str_finish(&first);
    for (size_t i = 0; i < SITES; i++)
        stick_finish(&all[i]);
}

static void end_town(void)
{
    for (size_t i = 0; i < SITES; i++)
        sticks_assert_sound(&town.schools[i]);
    sticks_stop(&town);
}

static void live_through(int history)
{
    struct ga_vec since[SITES];
    dice = 0x9E3779B97F4A7C15ULL * (uint64_t)(history + 1);
    for (size_t i = 0; i < SITES; i++) {
        ga_vec_init(&since[i], sizeof(struct ga_have));
        assert_int_equal(ga_store_have(town.schools[i].store, &since[i], NULL), GA_OK);
    }
    live();
    if (with_orders)
        assert_any_order_is_alike(since);
    meet_all();
    sticks_assert_same(&town, SITES);
    for (size_t i = 0; i < SITES; i++) {
        for (size_t child = 0; child < CHILDREN; child++)
            judge_child(&town.schools[i], child);
        ga_vec_finish(&since[i]);
    }
}

static void histories_converge_and_lose_nothing(void **state)
{
    (void)state;
    enum { A_TOWN = 50 }; /* histories in the same databases: what was there before is looked at again each time */
    for (int history = 0; history < histories; history++) {
        if (history % A_TOWN == 0)
            sticks_start(&town, SITES + 1);
        live_through(history);
        if (history % A_TOWN == A_TOWN - 1 || history == histories - 1)
            end_town();
    }
    print_message("# %d histories, %zu values found, %zu conflicts\n", histories, values_seen, conflicts_seen);
    assert_true(conflicts_seen >= (size_t)histories && values_seen > (size_t)histories * 20);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(histories_converge_and_lose_nothing)};
    if (argc > 1)
        histories = atoi(argv[1]);
    with_orders = argc < 3;
    return cmocka_run_group_tests_name("store: merging", tests, NULL, NULL);
}
