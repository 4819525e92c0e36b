/* What is kept of signed months says what is found by looking at every record, whatever happened in between. */
#include "guanai/app/care.h"
#include "guanai/app/entry.h"
#include "guanai/app/excuse.h"
#include "guanai/app/record_face.h"
#include "guanai/app/send_back.h"
#include "guanai/app/sign.h"
#include "guanai/app/sign_check.h"
#include "guanai/base/alloc.h"
#include "guanai/care/checklist.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/record.h"
#include "guanai/store/save.h"
#include "guanai/store/touched.h"
#include "guanai/store/undo.h"
#include "guanai/store/view.h"
#include "school_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 9, RECORDS_MAX = 400, ACTIONS = 60 };
static const char *const CLASS_TEXTS[] = {"三年级(1)班", "三年级(2)班", "四年级(1)班"};
static const struct ga_roster_class CLASSES[] = {
    {.site = "main", .grade = "g3", .class_no = "1", .shown = "三年级(1)班"},
    {.site = "main", .grade = "g3", .class_no = "2", .shown = "三年级(2)班"},
    {.site = "main", .grade = "g4", .class_no = "1", .shown = "四年级(1)班"},
};
static const struct ga_date MONTHS[] = {{2026, 9, 1}, {2026, 10, 1}, {2026, 11, 1}};

static struct school_session school;
static struct ga_uuid children[CHILDREN], records[RECORDS_MAX], notes;
static size_t records_count;
static unsigned dice;
static size_t seen_signed, seen_changed;

#define ADD(form, child, ...) school_session_add(&school, (form), (child), __VA_ARGS__, NULL)

static unsigned draw(unsigned below)
{
    dice = dice * 1103515245u + 12345u;
    return (dice >> 8) % below;
}

static struct ga_care *care(void)
{
    struct ga_care *made;
    assert_int_equal(ga_session_care(school.session, NULL, &made, NULL), GA_OK);
    return made;
}

static void sit_down(const char *name)
{
    ga_session_set_user(school.session, name, NULL);
}

static void set_day(int month, int day)
{
    ga_session_set_today(school.session, (struct ga_date){2026, (int8_t)month, (int8_t)day});
}

static int start(void **state)
{
    (void)state;
    static const char *const names[CHILDREN] = {"name=何丽", "name=崔子乐", "name=杨梅", "name=许文", "name=胡磊",
                                                "name=侯乐英", "name=罗安", "name=彭英俊", "name=周敏"};
    school_session_start(&school, NULL);
    set_day(9, 2);
    sit_down("周老师");
    for (size_t i = 0; i < CHILDREN; i++)
        children[i] = ADD("child", NULL, names[i], i < 6 ? "grade=三年级" : "grade=四年级", i < 3 || i >= 6 ? "class=1" : "class=2",
                          "marked_left_behind=是");
    for (size_t i = 0; i < GA_COUNT(CLASS_TEXTS); i++) {
        char word[80];
        snprintf(word, sizeof(word), "class=%s", CLASS_TEXTS[i]);
        ADD("class_teacher", NULL, word, "teacher=周老师", "from_on=2026-09-01");
    }
    ADD("duty_choice", NULL, "duty=theme_month", "is_on=1", "from_on=2026-09-01");
    notes = ADD("talk", &children[0], "talked_on=2026-09-02", "topics=study", "mood=4", "talker=周老师");
    records_count = 0;
    seen_signed = seen_changed = 0;
    set_day(11, 23);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_session_stop(&school);
    return 0;
}

static void exec(const char *sql)
{
    assert_int_equal(ga_db_exec(ga_store_db(school.session->store), sql, NULL), GA_OK);
}

static int64_t ask(const char *sql)
{
    int64_t answer = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(school.session->store), sql, &answer, NULL), GA_OK);
    return answer;
}

/* Of the class's month the newest record, by its words alone. */
static int64_t signature_by_words(size_t class, struct ga_date month)
{
    char sql[400];
    const struct ga_form *form = ga_forms_get(school.session->forms, GA_MONTH_SIGN_FORM, NULL);
    assert_int_equal(ga_store_view(school.session->store, form, NULL, NULL), GA_OK);
    snprintf(sql, sizeof(sql), "SELECT coalesce((SELECT iif(is_signed, no, 0) FROM v_month_sign WHERE class = '%s' AND month = '2026-%02d'"
                               " ORDER BY signed_on DESC, id DESC LIMIT 1), 0)", CLASS_TEXTS[class], month.month);
    return ask(sql);
}

/* Record by record, each read from the log. */
static size_t changes_by_records(size_t class, struct ga_date month, const struct ga_signature *signature, struct ga_arena *arena)
{
    struct ga_month read;
    const char *const *lines;
    size_t count = 0;
    exec("DROP TABLE IF EXISTS _due_face");
    assert_int_equal(ga_month_read_signed(school.session, &CLASSES[class], month, signature, GA_ZH, arena, &read, NULL), GA_OK);
    assert_int_equal(ga_month_changes(school.session, &read, GA_ZH, &lines, &count, NULL), GA_OK);
    return count;
}

static void compare_month(size_t class, struct ga_date month)
{
    struct ga_arena arena = {0};
    const struct ga_signature *signature = NULL;
    struct ga_checklist list;
    size_t kept = 0, again = 0;
    assert_int_equal(ga_signature_in_force(school.session, &CLASSES[class], month, &arena, &signature, NULL), GA_OK);
    assert_int_equal(signature == NULL ? 0 : signature->no, signature_by_words(class, month));
    if (signature != NULL) {
        assert_int_equal(ga_checklist_read_whole(care(), &CLASSES[class], month, GA_ZH, &arena, &list, NULL), GA_OK);
        assert_int_equal(ga_signature_count_changes(school.session, signature, list.dues, list.dues_count, &kept, NULL), GA_OK);
        assert_int_equal(ga_month_count_changes(school.session, &CLASSES[class], month, signature, &again, NULL), GA_OK);
        assert_int_equal(kept, again);
        assert_int_equal(kept, changes_by_records(class, month, signature, &arena));
        seen_signed++;
        seen_changed += kept > 0;
    }
    ga_arena_finish(&arena);
}

static bool is_mended(const struct ga_sent_back *item)
{
    char sql[200], id[GA_UUID_TEXT_SIZE], print[17];
    struct ga_record_face face;
    struct ga_arena arena = {0};
    const bool is_there = ga_record_face_read(school.session, &item->record, &arena, &face, NULL) == GA_OK;
    snprintf(sql, sizeof(sql), "SELECT answered_on IS NULL AND seen = '%s' FROM v_sent_back WHERE id = '%s'",
             is_there ? ga_print_text(face.print, print, sizeof(print)) : "", ga_uuid_text(&item->id, id));
    ga_arena_finish(&arena);
    return !is_there || ask(sql) == 0;
}

static void compare_sent_back(void)
{
    struct ga_arena arena = {0};
    struct ga_sent_back *items;
    size_t count = 0;
    const struct ga_form *form = ga_forms_get(school.session->forms, GA_SENT_BACK_FORM, NULL);
    assert_int_equal(ga_store_view(school.session->store, form, NULL, NULL), GA_OK);
    assert_int_equal(ga_sent_back_list(school.session, &arena, &items, &count, NULL), GA_OK);
    assert_int_equal(count, ask("SELECT count(*) FROM v_sent_back WHERE closed_on IS NULL"));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(items[i].is_mended, is_mended(&items[i]));
    ga_arena_finish(&arena);
}

static void compare_all(void)
{
    for (size_t i = 0; i < GA_COUNT(CLASSES); i++)
        for (size_t k = 0; k < GA_COUNT(MONTHS); k++)
            compare_month(i, MONTHS[k]);
    compare_sent_back();
}

static void edit(const struct ga_uuid *id, const char *field, const char *typed)
{
    struct ga_entry *entry;
    if (ga_entry_open(school.session, id, &entry, NULL) != GA_OK)
        return; /* it was taken away */
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, field), NULL, typed, NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

static void add_record(void)
{
    char day[40];
    const unsigned month = 9 + draw(3), of_month = 2 + draw(20);
    const struct ga_uuid *child = &children[draw(CHILDREN)];
    if (records_count == RECORDS_MAX)
        return;
    if (draw(2) == 0) {
        snprintf(day, sizeof(day), "talked_on=2026-%02u-%02u", month, of_month);
        records[records_count++] = ADD("talk", child, day, "topics=study", "mood=4", "talker=周老师");
    } else {
        snprintf(day, sizeof(day), "visited_on=2026-%02u-%02u", month, of_month);
        records[records_count++] = ADD("home_visit", child, day, "outcome=met", "met=grandmother_f", "concerns=ok");
    }
}

static void edit_record(void)
{
    static const char *const words[] = {"多陪陪奶奶", "按时写作业", ""};
    const struct ga_form *form;
    if (records_count == 0)
        return;
    const struct ga_uuid *id = &records[draw((unsigned)records_count)];
    if (ga_store_form_of(school.session->store, id, &form, NULL) == GA_OK)
        edit(id, strcmp(form->name, "talk") == 0 ? "advice" : "content", words[draw(3)]);
}

static void remove_record(void)
{
    struct ga_save *save;
    if (records_count == 0)
        return;
    assert_int_equal(ga_save_begin(school.session->store, &save, NULL), GA_OK);
    if (ga_save_remove(save, &records[draw((unsigned)records_count)], NULL) == GA_OK)
        assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    else
        ga_save_abandon(save);
}

static void sign(bool is_back)
{
    struct ga_arena arena = {0};
    struct ga_month month;
    size_t confirmed;
    const struct ga_roster_class *class = &CLASSES[draw(GA_COUNT(CLASSES))];
    sit_down("吴校长");
    assert_int_equal(ga_month_read(school.session, class, MONTHS[draw(GA_COUNT(MONTHS))], GA_ZH, &arena, &month, NULL), GA_OK);
    if (is_back && month.signature != NULL)
        assert_int_equal(ga_month_take_back(school.session, &month, NULL), GA_OK);
    else
        assert_int_equal(ga_months_sign(school.session, &month, 1, &confirmed, NULL), GA_OK);
    ga_arena_finish(&arena);
    sit_down("周老师");
}

static void sign_or_take_back(void)
{
    sign(draw(4) == 0);
}

static void send_back(void)
{
    if (records_count == 0)
        return;
    sit_down("吴校长");
    ga_send_back(school.session, &records[draw((unsigned)records_count)], "写清孩子睡在哪里", NULL); /* one that is there */
    sit_down("周老师");
}

/* Says why something was not done, or takes that back. */
static void excuse(void)
{
    struct ga_arena arena = {0};
    struct ga_due *dues;
    size_t count = 0;
    const struct ga_due_ask all = {.span = ga_days_of_month(MONTHS[2]), .states = (1u << GA_DUE_STATE_COUNT) - 1};
    assert_int_equal(ga_due_list(care(), &all, &arena, &dues, &count, NULL), GA_OK);
    if (count > 0) {
        const struct ga_due *due = &dues[draw((unsigned)count)];
        if (due->outcome != 0)
            ga_due_take_back(school.session, due, NULL);
        else if (ga_due_takes_outcome(school.session, due))
            ga_due_say_outcome(school.session, due, GA_OUTCOME_EXCUSED, (struct ga_date){0}, "家长不愿意", NULL);
    }
    ga_arena_finish(&arena);
}

static void move_child(void)
{
    edit(&children[draw(2) * 3], "class", draw(2) == 0 ? "1" : "2"); /* no class is ever without any */
}

static void switch_duty(void)
{
    ADD("duty_choice", NULL, "duty=call_month", draw(2) == 0 ? "is_on=1" : "is_on=0", "from_on=2026-09-01");
}

static void next_day(void)
{
    set_day(11, 23 + (int)draw(7));
}

static void open_anew(void)
{
    school_session_reopen(&school);
    sit_down("周老师");
    set_day(11, 23);
}

/* Of one record, in September alone; more than the log's tail holds: all is packed then. */
static void save_often(void)
{
    char typed[40];
    for (int i = 0; i < 130; i++) {
        snprintf(typed, sizeof(typed), "第%d次", i);
        edit(&notes, "advice", typed);
    }
    ga_store_idle(school.session->store);
}

static void act(void)
{
    static void (*const actions[])(void) = {add_record, add_record, add_record, edit_record, edit_record, edit_record, remove_record,
                                            sign_or_take_back, sign_or_take_back, send_back, excuse, excuse, move_child, switch_duty,
                                            next_day, open_anew};
    actions[draw(GA_COUNT(actions))]();
}

static void play(unsigned seed)
{
    dice = seed;
    for (int i = 0; i < 12; i++)
        add_record();
    for (int i = 0; i < 6; i++)
        sign(false);
    for (int i = 0; i < ACTIONS; i++) {
        act();
        if (i == ACTIONS / 2)
            save_often();
        compare_all();
    }
    assert_true(seen_signed > seen_changed && seen_changed > 0);
    int64_t differences = -1;
    assert_int_equal(ga_signed_check(school.session, &differences, NULL), GA_OK);
    assert_int_equal(differences, 0);
}

static void whatever_happens_what_is_kept_says_what_the_records_say(void **state)
{
    (void)state;
    play(7);
}

static void and_in_another_order(void **state)
{
    (void)state;
    play(2026);
}

/* 三年级(2)班 in November: the first child's talk signed. */
static const struct ga_signature *sign_one(struct ga_arena *arena)
{
    const struct ga_signature *signature = NULL;
    struct ga_month month;
    size_t confirmed;
    records[records_count++] = ADD("talk", &children[4], "talked_on=2026-11-20", "topics=study", "mood=4", "talker=周老师");
    sit_down("吴校长");
    assert_int_equal(ga_month_read(school.session, &CLASSES[1], MONTHS[2], GA_ZH, arena, &month, NULL), GA_OK);
    assert_int_equal(ga_months_sign(school.session, &month, 1, &confirmed, NULL), GA_OK);
    sit_down("周老师");
    assert_int_equal(ga_signature_in_force(school.session, &CLASSES[1], MONTHS[2], arena, &signature, NULL), GA_OK);
    assert_non_null(signature);
    return signature;
}

static size_t count_changes(const struct ga_signature *signature)
{
    size_t changes = 99;
    assert_int_equal(ga_month_count_changes(school.session, &CLASSES[1], MONTHS[2], signature, &changes, NULL), GA_OK);
    return changes;
}

/* Spoiled it is believed, until something behind the month is saved; other records are none of its business, however many. */
static void no_record_is_looked_at_until_one_behind_the_month_is_saved(void **state)
{
    (void)state;
    struct ga_arena arena = {0};
    const struct ga_signature *signature = sign_one(&arena);
    assert_int_equal(count_changes(signature), 0);
    exec("UPDATE _due_signed SET changes = 7");
    assert_int_equal(count_changes(signature), 7);
    ADD("talk", &children[7], "talked_on=2026-11-20", "topics=study", "mood=4");
    assert_int_equal(count_changes(signature), 7);
    save_often(); /* each record is looked up, once */
    assert_int_equal(count_changes(signature), 7);
    assert_int_equal(ask("SELECT op FROM _due_signed"), ga_store_last_op(school.session->store));
    school_session_reopen(&school);
    set_day(11, 23);
    assert_int_equal(count_changes(signature), 7);
    set_day(11, 24); /* a day on, all is counted anew, but this */
    assert_int_equal(count_changes(signature), 7);
    edit(&records[0], "mood", "2");
    assert_int_equal(count_changes(signature), 1);
    edit(&records[0], "mood", "4");
    assert_int_equal(count_changes(signature), 0);
    ga_arena_finish(&arena);
}

static void what_is_kept_wrong_is_found_by_the_check_and_right_afterwards(void **state)
{
    (void)state;
    struct ga_arena arena = {0};
    int64_t differences = -1;
    const struct ga_signature *signature = sign_one(&arena);
    assert_int_equal(count_changes(signature), 0);
    exec("UPDATE _due_signed SET changes = 7");
    assert_int_equal(ga_signed_check(school.session, &differences, NULL), GA_OK);
    assert_int_equal(differences, 1);
    assert_int_equal(count_changes(signature), 0);
    assert_int_equal(ga_signed_check(school.session, &differences, NULL), GA_OK);
    assert_int_equal(differences, 0);
    ga_arena_finish(&arena);
}

/* A save that is given up gives its numbers of operations back: the signature that has one of them then is noticed. */
static void what_is_read_within_a_save_that_is_given_up_is_forgotten(void **state)
{
    (void)state;
    struct ga_arena arena = {0};
    struct ga_save *save;
    struct ga_signature *signatures;
    struct ga_month month;
    size_t count = 9, confirmed;
    records[records_count++] = ADD("talk", &children[4], "talked_on=2026-11-20", "topics=study", "mood=4", "talker=周老师");
    sit_down("吴校长");
    assert_int_equal(ga_month_read(school.session, &CLASSES[1], MONTHS[2], GA_ZH, &arena, &month, NULL), GA_OK);
    const int64_t op = ga_store_last_op(school.session->store);
    assert_int_equal(ga_save_begin(school.session->store, &save, NULL), GA_OK);
    assert_int_equal(ga_save_remove(save, &records[0], NULL), GA_OK);
    assert_true(ga_store_last_op(school.session->store) > op);
    assert_int_equal(ga_signatures_read(school.session, MONTHS[2], &arena, &signatures, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    ga_save_abandon(save);
    assert_int_equal(ga_months_sign(school.session, &month, 1, &confirmed, NULL), GA_OK);
    assert_int_equal(ga_signatures_read(school.session, MONTHS[2], &arena, &signatures, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    ga_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_happens_what_is_kept_says_what_the_records_say, start, stop),
        cmocka_unit_test_setup_teardown(and_in_another_order, start, stop),
        cmocka_unit_test_setup_teardown(no_record_is_looked_at_until_one_behind_the_month_is_saved, start, stop),
        cmocka_unit_test_setup_teardown(what_is_kept_wrong_is_found_by_the_check_and_right_afterwards, start, stop),
        cmocka_unit_test_setup_teardown(what_is_read_within_a_save_that_is_given_up_is_forgotten, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
