/* Two computers work on the same records without seeing each other, then one archive holds what both did. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/store/undo.h"
#include "guanai/store/verify.h"
#include "dice.h"
#include "school.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SITES = 2, RECORDS = 12, ROUNDS = 5, EDITS_A_ROUND = 44 };

/* A computer: where its chain stands, what it saw of each record when the two met last. */
struct computer {
    struct ga_uuid site;
    struct ga_sign_key key;
    uint64_t seq;
    struct ga_hash head;
    const char *user;
    struct ga_answers seen[RECORDS];
    struct ga_heads *heads[RECORDS];
};

static struct school school;
static struct computer computers[SITES];
static struct ga_uuid records[RECORDS];
static const char *kinds[RECORDS]; /* the form of each record */
static uint64_t dice = 20261123;

static uint32_t draw(uint32_t below)
{
    return dice_draw(&dice, below);
}

/* From here on the store writes as this computer. */
static void sit_at(const struct computer *computer)
{
    struct ga_store *store = school.store;
    store->site = computer->site;
    store->key = computer->key;
    store->has_key = true;
    store->seq = computer->seq;
    store->head = computer->head;
    ga_store_set_user(store, computer->user, draw(3) == 0 ? "替人打字的" : NULL);
}

static void stand_up(struct computer *computer)
{
    computer->seq = school.store->seq;
    computer->head = school.store->head;
}

/* The second computer's secret half is nothing of the first one's business. */
static void make_second(struct computer *computer)
{
    struct ga_store *store = school.store;
    enum ga_rc rc = ga_site_make(store, NULL);
    assert(rc == GA_OK);
    *computer = (struct computer){.site = store->site, .key = store->key};
    struct ga_stmt *stmt;
    rc = ga_stmt_prepare(store->db, "UPDATE site SET seed = NULL WHERE id = ?1", &stmt, NULL);
    assert(rc == GA_OK);
    ga_stmt_bind_blob(stmt, 1, computer->site.bytes, sizeof(computer->site.bytes));
    rc = ga_stmt_run(stmt, NULL);
    assert(rc == GA_OK);
    ga_stmt_destroy(stmt);
    (void)rc;
}

static void save(const struct ga_save_record *record)
{
    struct ga_error err = {0};
    school.now_ms += 60000 * (int64_t)draw(300);
    enum ga_rc rc = ga_store_save(school.store, record, 0, NULL, &err);
    if (rc != GA_OK)
        fprintf(stderr, "%s\n", err.what.id);
    assert(rc == GA_OK);
    (void)rc;
}

static void make_record(int i)
{
    static const char *const names[] = {"张三", "李四", "王五", "欧阳修文"};
    struct ga_answers answers;
    kinds[i] = i < RECORDS / 2 ? "child" : "census";
    ga_answers_init(&answers, school_form(&school, kinds[i]));
    if (i < RECORDS / 2) {
        school_type(&answers, "name", names[i % 4]);
        school_type(&answers, "village", "上坝村");
    } else {
        answers.child = records[i - RECORDS / 2];
        school_type(&answers, "day", "2026-11-20");
        ga_answers_add_row(&answers, ga_form_field(answers.form, "siblings"), (struct ga_uuid){{1, (uint8_t)i}});
        school_type(&answers, "height", "131.5");
    }
    save(&(struct ga_save_record){.after = &answers});
    records[i] = answers.id;
    ga_answers_finish(&answers);
}

/* Takes a record out, or puts it back; what the other one does with it meanwhile is not known to that. */
static void mark(int i, bool is_removal)
{
    struct ga_save *save;
    school.now_ms += 60000;
    enum ga_rc rc = ga_save_begin(school.store, &save, NULL);
    assert(rc == GA_OK);
    rc = is_removal ? ga_save_remove(save, &records[i], NULL) : ga_save_restore(save, &records[i], NULL);
    assert(rc == GA_OK);
    rc = ga_save_commit(save, NULL);
    assert(rc == GA_OK);
    (void)rc;
}

/* They meet: each sees what is there now. */
static void meet(struct computer *computer)
{
    for (int i = 0; i < RECORDS; i++) {
        if (computer->heads[i] != NULL)
            ga_answers_finish(&computer->seen[i]);
        ga_heads_destroy(computer->heads[i]);
        computer->heads[i] = NULL;
        enum ga_rc rc = ga_store_read(school.store, school_form(&school, kinds[i]), &records[i], &computer->seen[i],
                                      &computer->heads[i], NULL);
        assert(rc == GA_OK || rc == GA_NOT_FOUND);
        (void)rc;
    }
}

static void change_child(struct ga_answers *after)
{
    static const struct {
        const char *field, *typed[3];
    } changes[] = {{"village", {"上坝村", "下坝村", ""}}, {"guardian_phone", {"13800001111", "13800002222", ""}},
                   {"guardian_name", {"田桂英", "石大爷", ""}}, {"grade", {"一年级", "三年级", ""}},
                   {"marked_left_behind", {"是", "否", ""}}, {"father_phone", {"13900001111", "13900002222", ""}}};
    const size_t which = draw(GA_COUNT(changes));
    school_type(after, changes[which].field, changes[which].typed[draw(3)]);
    if (draw(5) == 0)
        ga_answers_set_state(after, ga_form_field(after->form, "mother_phone"), draw(2) ? GA_UNKNOWN : GA_DECLINED);
}

static void change_census(struct ga_answers *after)
{
    const struct ga_field *siblings = ga_form_field(after->form, "siblings");
    struct ga_rows *rows = &after->repeats[siblings->index];
    const uint32_t what = draw(4);
    if (what == 0)
        school_type(after, "height", draw(2) ? "132.5" : "140");
    else if (what == 1 || rows->count == 0)
        ga_answers_add_row(after, siblings, (struct ga_uuid){{2, (uint8_t)draw(256), (uint8_t)draw(256)}});
    else if (what == 2)
        rows->rows[draw((uint32_t)rows->count)].is_gone = true;
    const struct ga_value age = ga_value_int(draw(12)), name = ga_value_text(draw(2) ? "小" : "大");
    if (rows->count > 0) {
        struct ga_row *row = &rows->rows[draw((uint32_t)rows->count)];
        ga_answers_set_in_row(after, row, &siblings->fields.items[0], &name);
        ga_answers_set_in_row(after, row, &siblings->fields.items[1], &age);
    }
}

/* From what this computer saw last, whatever the other one did meanwhile. */
static void edit(struct computer *computer, int i)
{
    struct ga_answers after;
    const bool is_seen = computer->heads[i] != NULL;
    if (!is_seen || draw(16) == 0) {
        sit_at(computer);
        mark(i, is_seen);
        stand_up(computer);
        return;
    }
    ga_answers_copy(&after, &computer->seen[i]);
    if (i < RECORDS / 2)
        change_child(&after);
    else
        change_census(&after);
    sit_at(computer);
    save(&(struct ga_save_record){.after = &after, .before = &computer->seen[i], .heads = computer->heads[i]});
    stand_up(computer);
    ga_answers_finish(&after);
}

/* Dice of their own: what is edited stays what it was without them. */
static uint32_t draw_other(uint32_t below)
{
    static uint64_t other_dice = 20261122;
    other_dice = other_dice * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)(other_dice >> 33) % below;
}

/* Notes are about a record as it stands; a second typing too, whichever of two values it was made of. */
static void say_something(struct computer *computer, int i)
{
    struct ga_answers answers;
    if (ga_store_read(school.store, school_form(&school, kinds[i]), &records[i], &answers, NULL, NULL) != GA_OK)
        return; /* taken out: saying something would bring it back */
    ga_answers_finish(&answers);
    struct ga_verify_field *fields;
    struct ga_note *notes;
    size_t count = 0;
    const struct ga_field *field = ga_form_field(school_form(&school, kinds[i]), i < RECORDS / 2 ? "village" : "height");
    enum ga_rc rc = GA_OK;
    sit_at(computer);
    school.now_ms += 60000 * (int64_t)draw_other(300);
    if (draw_other(2) == 0)
        rc = ga_store_note(school.store, &records[i], field, NULL, draw_other(2) ? "问过了" : "不对", NULL);
    if (rc == GA_OK)
        rc = ga_notes_read(school.store, &records[i], &school.arena, &notes, &count, NULL);
    if (rc == GA_OK && count > 0 && draw_other(3) == 0)
        rc = ga_store_settle_note(school.store, &notes[draw_other((uint32_t)count)], draw_other(3) > 0, NULL);
    if (rc == GA_OK)
        rc = ga_verify_read(school.store, &records[i], &school.arena, &fields, &count, NULL);
    for (size_t f = 0; rc == GA_OK && f < count; f++)
        if (draw_other(2) == 0)
            rc = ga_store_verify(school.store, &records[i], &fields[f], (enum ga_verify_outcome)draw_other(GA_VERIFY_OPEN + 1),
                                 "13800007777", "看不清", NULL);
    assert(rc == GA_OK);
    (void)rc;
    stand_up(computer);
}

/* A record is edited once by each of them at most before they meet again: a computer knows its own edits. */
static void work_apart(void)
{
    bool is_done[SITES][RECORDS] = {{false}};
    for (int n = 0; n < EDITS_A_ROUND; n++) {
        const uint32_t site = draw(SITES), i = draw(RECORDS);
        if (!is_done[site][i])
            edit(&computers[site], (int)i);
        is_done[site][i] = true;
        if (draw_other(3) == 0)
            say_something(&computers[site], (int)draw_other(RECORDS));
    }
}

static void open_school(const char *folder, const char *forms)
{
    school_prepare(&school, (struct school_base){0});
    rmdir(school.folder);
    assert(strlen(folder) < sizeof(school.folder));
    strcpy(school.folder, folder);
    school.forms = forms;
    enum ga_rc rc = school_reopen(&school, NULL);
    assert(rc == GA_OK && school.problems.faults == 0);
    (void)rc;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    open_school(argv[1], argv[2]);
    dice += strtoull(argv[3], NULL, 10);
    computers[0] = (struct computer){.site = school.store->site, .key = *ga_site_key(school.store), .user = "周老师"};
    make_second(&computers[1]);
    computers[1].user = "吴校长";
    sit_at(&computers[0]);
    for (int i = 0; i < RECORDS; i++)
        make_record(i);
    stand_up(&computers[0]);
    for (int round = 0; round < ROUNDS; round++) {
        for (int s = 0; s < SITES; s++)
            meet(&computers[s]);
        work_apart();
    }
    sit_at(&computers[0]);
    mark(RECORDS - 1, true); /* notes bring back what is removed while others write: these two stay away */
    mark(RECORDS - 2, true);
    for (int s = 0; s < SITES; s++)
        for (int i = 0; i < RECORDS; i++) {
            if (computers[s].heads[i] != NULL)
                ga_answers_finish(&computers[s].seen[i]);
            ga_heads_destroy(computers[s].heads[i]);
        }
    ga_store_close(school.store);
    ga_problems_finish(&school.problems);
    ga_arena_finish(&school.arena);
    return 0;
}
