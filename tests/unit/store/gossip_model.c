/* What must be found after a random life, from the definition: which value knew which. */
#include "gossip.h"
#include "dice.h"
#include "private.h"
#include "fold/said.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct gossip gossip;

const char *const gossip_groups[GOSSIP_GROUPS + 1] = {"name", "village", "hamlet", "nickname", "guardian", "pet", "_gone"};

enum { UNIT = 4 };

uint32_t gossip_draw(uint32_t below)
{
    return dice_draw(&gossip.dice, below);
}

static const struct ga_log_op *op_with(const struct ga_log_op *ops, size_t count, const struct ga_hash *leaf)
{
    for (size_t i = 0; i < count; i++)
        if (ga_hash_equal(&ops[i].leaf, leaf))
            return &ops[i];
    return NULL;
}

uint64_t gossip_known_to(size_t site, size_t child)
{
    struct ga_store *store = gossip.town.schools[site].store;
    struct ga_arena arena = {0};
    struct ga_log_op *ops;
    size_t count;
    int64_t no;
    uint64_t known = 0;
    if (ga_record_no(store, &gossip.children[child], &no, NULL) != GA_OK)
        return 0;
    assert_int_equal(ga_log_of_record(store, no, &arena, &ops, &count, NULL), GA_OK);
    for (size_t v = 0; v < gossip.versions_count; v++)
        if (gossip.versions[v].child == child && op_with(ops, count, &gossip.versions[v].leaf) != NULL)
            known |= 1ull << v;
    ga_arena_finish(&arena);
    return known;
}

uint64_t gossip_known_anywhere(size_t but)
{
    uint64_t known = 0;
    for (size_t site = 0; site < GOSSIP_SITES; site++)
        for (size_t child = 0; site != but && child < GOSSIP_CHILDREN; child++)
            known |= gossip_known_to(site, child);
    return known;
}

uint64_t gossip_heads(uint64_t known, size_t child, size_t group)
{
    uint64_t heads = 0;
    const struct gossip_version *versions = gossip.versions;
    for (size_t v = 0; v < gossip.versions_count; v++)
        if ((known >> v & 1) != 0 && versions[v].child == child && versions[v].group == group)
            heads |= 1ull << v;
    for (size_t v = 0; v < gossip.versions_count; v++)
        if ((known >> v & 1) != 0)
            heads &= ~versions[v].replaces;
    return heads;
}

uint64_t gossip_all_heads(uint64_t known, size_t child)
{
    uint64_t heads = 0;
    for (size_t group = 0; group < GOSSIP_GROUPS; group++)
        heads |= gossip_heads(known, child, group);
    return heads;
}

static const char *text_in(const struct ga_answers *answers, const char *name)
{
    const struct ga_answer *answer = ga_answers_at(answers, ga_form_field(answers->form, name));
    return answer->state == GA_ANSWERED && answer->value.text != NULL ? answer->value.text : "";
}

void gossip_value(const struct ga_answers *answers, size_t group, char value[80])
{
    if (group == UNIT)
        snprintf(value, 80, "%s|%s", text_in(answers, "guardian_name"), text_in(answers, "guardian_phone"));
    else
        snprintf(value, 80, "%s", text_in(answers, gossip_groups[group]));
}

void gossip_note(size_t site, size_t child, size_t group, const struct ga_answers *after, uint64_t known)
{
    struct gossip_version *version = &gossip.versions[gossip.versions_count++];
    struct ga_store *store = gossip.town.schools[site].store;
    const struct ga_place place = {store->site, store->seq, 0};
    struct ga_parcel_op op;
    *version = (struct gossip_version){.child = child, .group = group, .replaces = gossip_heads(known, child, group)};
    if (after == NULL)
        version->knows = gossip_all_heads(known, child);
    else
        gossip_value(after, group, version->value);
    assert_int_equal(ga_store_at(store, &place, &op, NULL), GA_OK);
    version->leaf = op.leaf;
}

/* ---- judging ---- */

static void assert_says(const struct ga_log_op *op, const struct gossip_version *version)
{
    struct ga_str value = {0};
    const struct ga_operation_group *group = ga_said_group(&op->op, gossip_groups[version->group]);
    static const char *const unit[] = {"guardian_name", "guardian_phone"};
    assert_non_null(group);
    for (size_t i = 0; i < (version->group == UNIT ? 2 : 1) && version->group != GOSSIP_GONE; i++) {
        const char *id = version->group == UNIT ? unit[i] : gossip_groups[version->group];
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

static int64_t count_conflicts(struct ga_store *store, int64_t no)
{
    char sql[120];
    int64_t count = -1;
    snprintf(sql, sizeof(sql), "SELECT count(DISTINCT grp) FROM conflict WHERE record = %lld", (long long)no);
    assert_int_equal(ga_db_query_int(store->db, sql, &count, NULL), GA_OK);
    return count;
}

/* In conflict is the group just when two of its heads say different things; what is shown is one of them. Answers whether. */
static bool judge_group(struct school *school, int64_t no, size_t child, size_t group, const struct ga_answers *shown)
{
    const uint64_t heads = gossip_heads(~gossip.lost, child, group);
    const bool has_field = group != GOSSIP_PET || ga_form_field(shown->form, "pet") != NULL;
    char value[80];
    const char *first = NULL;
    bool differ = false, is_shown = heads == 0 || !has_field;
    if (has_field)
        gossip_value(shown, group, value);
    for (size_t v = 0; v < gossip.versions_count; v++) {
        if ((heads >> v & 1) == 0)
            continue;
        first = first == NULL ? gossip.versions[v].value : first;
        differ |= strcmp(first, gossip.versions[v].value) != 0;
        is_shown = is_shown || strcmp(value, gossip.versions[v].value) == 0;
    }
    assert_true(is_shown);
    assert_int_equal(is_in_conflict(school->store, no, gossip_groups[group]), differ);
    gossip.seen_conflicts += differ;
    gossip.seen_agreed += !differ;
    return differ;
}

/* Every version that was not lost with a disk is there as it was said, and is a head just when nobody knew better. */
static void judge_versions(size_t child, const struct ga_log_op *ops, size_t count, const struct ga_fold_head *heads,
                           size_t heads_count)
{
    for (size_t v = 0; v < gossip.versions_count; v++) {
        const struct gossip_version *version = &gossip.versions[v];
        const struct ga_log_op *op = op_with(ops, count, &version->leaf);
        bool is_head = false;
        if (version->child != child)
            continue;
        assert_int_equal(op == NULL, gossip.lost >> v & 1);
        if (op == NULL)
            continue;
        assert_says(op, version);
        for (size_t h = 0; h < heads_count; h++)
            is_head |= heads[h].op == op && strcmp(heads[h].group, gossip_groups[version->group]) == 0;
        assert_int_equal(is_head, gossip_heads(~gossip.lost, child, version->group) >> v & 1);
        gossip.seen_values++;
    }
}

/* Somebody took it out who knew all there is. */
static bool is_gone(size_t child, uint64_t removals)
{
    for (size_t v = 0; v < gossip.versions_count; v++)
        if ((removals >> v & 1) != 0 && (gossip_all_heads(~gossip.lost, child) & ~gossip.versions[v].knows) == 0)
            return true;
    return false;
}

static void judge_child(struct school *school, size_t child)
{
    struct ga_arena arena = {0};
    struct ga_log_op *ops;
    struct ga_fold_head *heads;
    struct ga_answers shown;
    size_t count, heads_count;
    int64_t no, conflicts;
    const uint64_t removals = gossip_heads(~gossip.lost, child, GOSSIP_GONE);
    if (gossip_all_heads(~gossip.lost, child) == 0)
        return; /* all of it went with a disk */
    assert_int_equal(ga_record_no(school->store, &gossip.children[child], &no, NULL), GA_OK);
    assert_int_equal(ga_log_of_record(school->store, no, &arena, &ops, &count, NULL), GA_OK);
    ga_fold(ops, count, &arena, &heads, &heads_count);
    judge_versions(child, ops, count, heads, heads_count);
    assert_int_equal(ga_fold_is_gone(heads, heads_count), is_gone(child, removals));
    assert_int_equal(is_in_conflict(school->store, no, "_gone"), removals != 0 && !is_gone(child, removals));
    ga_arena_finish(&arena);
    if (is_gone(child, removals))
        return;
    conflicts = removals != 0;
    assert_int_equal(ga_store_read(school->store, school_form(school, "child"), &gossip.children[child], &shown, NULL, NULL), GA_OK);
    for (size_t g = 0; g < GOSSIP_GROUPS; g++)
        conflicts += judge_group(school, no, child, g, &shown);
    assert_int_equal(count_conflicts(school->store, no), conflicts); /* none of what nobody wrote at all */
    ga_answers_finish(&shown);
}

void gossip_judge(size_t site)
{
    for (size_t child = 0; child < GOSSIP_CHILDREN; child++)
        judge_child(&gossip.town.schools[site], child);
}

static bool has_pet(size_t site)
{
    return ga_form_field(school_form(&gossip.town.schools[site], "child"), "pet") != NULL;
}

/* Those with the same form in force show the same; a cloned disk brought its own. */
void gossip_assert_alike(void)
{
    for (size_t i = 1; i < GOSSIP_SITES; i++)
        for (size_t first = 0; first < i; first++)
            if (has_pet(first) == has_pet(i)) {
                sticks_assert_alike(&gossip.town.schools[first], &gossip.town.schools[i]);
                break;
            }
}
