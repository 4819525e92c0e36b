/*
 * What one save writes and how often it waits for the disk, by kind of save, in a school of 700 children.
 *
 * Printed: bytes of the save itself, its syncs; then what is written later, when somebody next looks at a list or
 * searches (the index follows the log, store/index.h), without a sync. A page is 4,096 bytes and a frame head of 24.
 * A record that was typed at the screen ends its draft and is what the next one is filled in from: both ways, written
 * with the save or noted in its transaction.
 */
#include "power_cut.h"
#include "township.h"

#include "guanai/sql/stmt.h"
#include "guanai/store/draft.h"
#include "guanai/store/roster.h"
#include "guanai/store/save.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct power_cut cut;
static int64_t bytes, syncs;

static void mark(void)
{
    bytes = crash_vfs_bytes_written(cut.recorded);
    syncs = crash_vfs_syncs(cut.recorded);
}

static void look(void)
{
    struct ga_roster_class totals;
    assert_int_equal(ga_store_totals(cut.school.store, &totals, NULL), GA_OK);
    assert_int_equal(ga_save_settle(cut.school.store, NULL), GA_OK);
}

static void report(const char *what)
{
    const int64_t saved = crash_vfs_bytes_written(cut.recorded) - bytes, waits = crash_vfs_syncs(cut.recorded) - syncs;
    mark();
    look();
    printf("  %-14s %6lld bytes, %lld sync; later %6lld bytes, %lld sync\n", what, (long long)saved, (long long)waits,
           (long long)(crash_vfs_bytes_written(cut.recorded) - bytes), (long long)(crash_vfs_syncs(cut.recorded) - syncs));
    mark();
}

static struct ga_uuid save_one(const char *form, const struct ga_uuid *child, const char *const fields[][2], size_t count)
{
    struct ga_answers answers;
    ga_answers_init(&answers, school_form(&cut.school, form));
    if (child != NULL)
        answers.child = *child;
    for (size_t i = 0; i < count; i++)
        school_type(&answers, fields[i][0], fields[i][1]);
    mark();
    assert_int_equal(ga_store_save(cut.school.store, &(struct ga_save_record){.after = &answers}, 0, NULL, NULL), GA_OK);
    const struct ga_uuid id = answers.id;
    ga_answers_finish(&answers);
    return id;
}

/* A visit out of a draft, typed by somebody with a name. */
static void save_typed(const struct ga_uuid *child, bool is_noted)
{
    struct ga_store *store = cut.school.store;
    struct ga_draft draft = {.field = "content"};
    struct ga_save *save;
    char id[GA_UUID_TEXT_SIZE];
    static const char SETTING[] = "last.home_visit.周老师";
    ga_answers_init(&draft.answers, school_form(&cut.school, "home_visit"));
    draft.answers.child = *child;
    school_type(&draft.answers, "visited_on", "2026-11-20");
    school_type(&draft.answers, "content", "家里只有奶奶，腿脚不便；孩子放学后做饭。");
    assert_int_equal(ga_draft_save(store, &draft, NULL), GA_OK);
    mark();
    assert_int_equal(ga_save_begin(store, &save, NULL), GA_OK);
    assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &draft.answers}, NULL, NULL), GA_OK);
    ga_uuid_text(&draft.answers.id, id);
    if (is_noted) {
        ga_save_end_draft(save, draft.no);
        ga_save_set_after(save, SETTING, id);
    } else {
        assert_int_equal(ga_draft_drop(store, draft.no, NULL), GA_OK);
        assert_int_equal(ga_store_set_setting(store, SETTING, id, NULL), GA_OK);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    report(is_noted ? "typed visit" : ".. at once");
    ga_draft_finish(&draft);
}

static void save_some(int round)
{
    static const char *const child[][2] = {{"name", "欧阳春燕"}, {"sex", "female"}, {"birth_date", "2016-05-04"},
        {"id_number", "520424201605040028"}, {"grade", "g3"}, {"class", "1"}, {"village", "红岩村"},
        {"guardian_name", "欧阳国强"}, {"guardian_phone", "13985551234"}, {"father_name", "欧阳建国"},
        {"father_phone", "13885554321"}, {"mother_name", "李秀英"}, {"note", "喜欢画画"}};
    static const char *const visit[][2] = {{"visited_on", "2026-11-20"}, {"content", "家里只有奶奶，腿脚不便；孩子放学后做饭。"}};
    static const char *const change[][2] = {{"kind", "transfer"}, {"from_on", "2026-11-20"}};
    char phone[16];
    const struct ga_uuid id = save_one("child", NULL, child, sizeof(child) / sizeof(child[0]));
    report("new child");
    snprintf(phone, sizeof(phone), "1398555%04d", round);
    mark();
    school_edit(&cut.school, "child", &id, "guardian_phone", phone);
    report("phone");
    school_edit(&cut.school, "child", &id, "name", round % 2 ? "欧阳雪" : "欧阳冰");
    report("rename");
    school_edit(&cut.school, "child", &id, "note", round % 2 ? "话少" : "爱笑");
    report("note");
    save_one("home_visit", &id, visit, sizeof(visit) / sizeof(visit[0]));
    report("home visit");
    save_typed(&id, false);
    save_typed(&id, true);
    save_one("status_change", &id, change, 2);
    report("status change");
}

static int by_bytes(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* As a term goes: visits of everybody in turn, each by a teacher who then rests a moment. */
static void save_many(const struct ga_uuid *children, size_t count)
{
    enum { VISITS = 400, ASKED = 24 * 1024 };
    int64_t written[VISITS], sum = 0;
    size_t over = 0;
    char day[GA_DATE_SIZE];
    for (size_t i = 0; i < VISITS; i++) {
        ga_date_iso(ga_date_add_days((struct ga_date){2026, 9, 1}, (int)(i / 5)), day);
        const char *const visit[][2] = {{"visited_on", day}, {"content", "家里只有奶奶，腿脚不便；孩子放学后做饭。"}};
        save_one("home_visit", &children[i % count], visit, sizeof(visit) / sizeof(visit[0]));
        written[i] = crash_vfs_bytes_written(cut.recorded) - bytes;
        sum += written[i];
        over += written[i] > ASKED;
        look();
    }
    qsort(written, VISITS, sizeof(written[0]), by_bytes);
    printf("%d visits: half of them %lld bytes or less, %lld on average, the most %lld; %zu over 24 KiB\n", VISITS,
           (long long)written[VISITS / 2], (long long)(sum / VISITS), (long long)written[VISITS - 1], over);
}

static size_t list_children(struct ga_uuid *ids, size_t max)
{
    struct ga_stmt *stmt;
    size_t count = 0;
    bool has_row = false;
    assert_int_equal(ga_stmt_prepare(ga_store_db(cut.school.store), "SELECT id FROM record WHERE form = 'child'", &stmt, NULL), GA_OK);
    while (count < max && ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row)
        memcpy(ids[count++].bytes, ga_stmt_column(stmt, 0).text, sizeof(ids[0].bytes));
    ga_stmt_destroy(stmt);
    return count;
}

int main(void)
{
    size_t count;
    power_cut_start(&cut);
    township_fill(&cut.school, "tests/data/rosters/township-700.csv", 1, &count);
    look();
    for (int round = 0; round < 3; round++) {
        printf("save, round %d of %zu children\n", round + 1, count);
        save_some(round);
    }
    struct ga_uuid *children = calloc(count + 10, sizeof(*children));
    save_many(children, list_children(children, count));
    free(children);
    power_cut_stop(&cut);
    return 0;
}
