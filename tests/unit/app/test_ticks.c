/* One record about several children: who is ticked, what stays noted, what the next record takes over. */
#include "school_session.h"

#include "guanai/app/repeat.h"
#include "guanai/app/ticks.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 5, IN_CLASS = 4 };
static struct school_session school;
static struct ga_uuid children[CHILDREN];
static struct ga_entry *entry;
static struct ga_ticks ticks;

static struct ga_uuid add_child(const char *name, const char *class_no, const char *village, const char *is_left_behind)
{
    return school_session_add(&school, "child", NULL, name, "sex=女", "grade=三年级", class_no, village, is_left_behind,
                              NULL);
}

static void open_entry(void)
{
    assert_int_equal(ga_entry_new(school.session, "study_group", NULL, &entry, NULL), GA_OK);
    ga_ticks_init(&ticks, entry, ga_form_field(entry->form, "pupils"));
}

static void close_entry(void)
{
    ga_ticks_finish(&ticks);
    ga_entry_destroy(entry);
    entry = NULL;
}

static int start(void **state)
{
    (void)state;
    school_session_start(&school, NULL);
    school_session_take_extra_forms(&school);
    children[0] = add_child("name=安小明", "class=2", "village=红岩村", "marked_left_behind=否");
    children[1] = add_child("name=白小丽", "class=2", "village=白果村", "marked_left_behind=是");
    children[2] = add_child("name=陈小强", "class=2", "village=红岩村", "marked_left_behind=是");
    children[3] = add_child("name=丁小红", "class=2", "village=白果村", "marked_left_behind=否");
    children[4] = add_child("name=方小东", "class=1", "village=白果村", "marked_left_behind=否");
    open_entry();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    if (entry != NULL)
        close_entry();
    school_session_stop(&school);
    return 0;
}

static void show_class(bool only_left_behind)
{
    struct ga_roster_row row;
    struct ga_arena arena;
    ga_arena_init(&arena);
    assert_int_equal(ga_roster_row(school.session->store, &children[0], GA_ZH, &arena, &row, NULL), GA_OK);
    const struct ga_roster_class his = {.site = row.site, .grade = row.grade, .class_no = row.class_no};
    assert_int_equal(ga_ticks_show(&ticks, &(struct ga_whom){.class = &his}, only_left_behind, NULL), GA_OK);
    ga_arena_finish(&arena);
}

static void set(size_t line, bool is_on)
{
    assert_int_equal(ga_ticks_set(&ticks, line, is_on, NULL), GA_OK);
}

static void note(size_t line, const char *field, const char *text)
{
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, field), ga_ticks_row(&ticks, line), text, NULL, NULL),
                     GA_OK);
}

static void type(const char *field, const char *text)
{
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, field), NULL, text, NULL, NULL), GA_OK);
}

static const char *who(void)
{
    static char said[400];
    struct ga_str out = {0};
    ga_ticks_say(entry, ticks.repeat, GA_ZH, &out);
    ga_str_copy(said, sizeof(said), ga_str_text(&out));
    ga_str_finish(&out);
    return said;
}

static const char *result_of(size_t line)
{
    const struct ga_answer *answer = &ga_ticks_row(&ticks, line)->answers[ga_form_field(entry->form, "pupils.result")->index];
    return answer->state == GA_ANSWERED ? answer->value.text : "";
}

static void save(void)
{
    struct ga_error err = {0};
    assert_int_equal(ga_entry_save(entry, NULL, &err), GA_OK);
}

static void a_class_is_listed_as_on_its_printed_sheet(void **state)
{
    (void)state;
    show_class(false);
    assert_int_equal(ticks.lines.len, IN_CLASS);
    for (size_t i = 0; i < IN_CLASS; i++) {
        assert_int_equal(ga_ticks_line(&ticks, i)->number, i + 1);
        assert_memory_equal(&ga_ticks_line(&ticks, i)->child, &children[i], sizeof(struct ga_uuid));
        assert_null(ga_ticks_row(&ticks, i));
    }
    assert_string_equal(who(), "");
}

static void ticks_become_rows_of_the_record(void **state)
{
    (void)state;
    show_class(false);
    set(2, true);
    set(0, true);
    set(0, true);
    assert_int_equal(ga_ticks_count(entry, ticks.repeat), 2);
    assert_string_equal(who(), "陈小强、安小明");
}

static void who_was_ticked_stands_first_when_it_is_opened_again(void **state)
{
    (void)state;
    show_class(false);
    set(3, true);
    show_class(false);
    assert_int_equal(ticks.lines.len, IN_CLASS);
    assert_string_equal(ga_ticks_line(&ticks, 0)->name, "丁小红");
    assert_int_equal(ga_ticks_line(&ticks, 0)->number, 4);
    assert_int_equal(ga_ticks_line(&ticks, 1)->number, 1);
}

static void left_behind_children_keep_their_numbers_and_the_ticked_stay(void **state)
{
    (void)state;
    show_class(false);
    set(0, true);
    show_class(true);
    assert_int_equal(ticks.lines.len, 3);
    assert_string_equal(ga_ticks_line(&ticks, 0)->name, "安小明");
    assert_int_equal(ga_ticks_line(&ticks, 1)->number, 2);
    assert_int_equal(ga_ticks_line(&ticks, 2)->number, 3);
}

static void somebody_of_another_class_stays_in_sight(void **state)
{
    (void)state;
    assert_int_equal(ga_ticks_show(&ticks, &(struct ga_whom){.village = "白果村"}, false, NULL), GA_OK);
    assert_int_equal(ticks.lines.len, 3);
    for (size_t i = 0; i < 3; i++)
        if (strcmp(ga_ticks_line(&ticks, i)->name, "方小东") == 0)
            set(i, true);
    show_class(false);
    assert_int_equal(ticks.lines.len, IN_CLASS + 1);
    assert_string_equal(ga_ticks_line(&ticks, 0)->name, "方小东");
    assert_int_equal(ga_ticks_line(&ticks, 0)->number, 0);
    assert_int_equal(ga_ticks_show(&ticks, &(struct ga_whom){0}, false, NULL), GA_OK);
    assert_int_equal(ticks.lines.len, CHILDREN);
}

/* A tick taken away by mistake costs nothing. */
static void what_was_noted_comes_back_with_the_tick(void **state)
{
    (void)state;
    show_class(false);
    set(1, true);
    note(1, "pupils.result", "better");
    set(1, false);
    assert_int_equal(ga_ticks_count(entry, ticks.repeat), 0);
    show_class(false);
    set(1, true);
    assert_string_equal(result_of(1), "better");
    assert_int_equal(entry->now.repeats[ticks.repeat->index].count, 1);
}

static void all_and_nobody_are_one_call(void **state)
{
    (void)state;
    show_class(false);
    set(2, true);
    assert_int_equal(ga_ticks_set_all(&ticks, true, NULL), GA_OK);
    assert_int_equal(ga_ticks_count(entry, ticks.repeat), IN_CLASS);
    assert_int_equal(ga_ticks_set_all(&ticks, false, NULL), GA_OK);
    assert_int_equal(ga_ticks_count(entry, ticks.repeat), 0);
}

static int64_t timeline_of(const struct ga_uuid *child)
{
    struct ga_arena arena;
    struct ga_timeline_entry *entries;
    size_t count = 0;
    ga_arena_init(&arena);
    assert_int_equal(ga_store_timeline(school.session->store, child, 0, 10, &arena, &entries, &count, NULL), GA_OK);
    ga_arena_finish(&arena);
    return (int64_t)count;
}

static void a_saved_record_stands_in_the_file_of_everybody_ticked(void **state)
{
    (void)state;
    show_class(false);
    set(0, true);
    set(2, true);
    type("subject", "maths");
    save();
    assert_int_equal(timeline_of(&children[0]), 1);
    assert_int_equal(timeline_of(&children[1]), 0);
    assert_int_equal(timeline_of(&children[2]), 1);
}

static void nobody_ticked_is_asked_about(void **state)
{
    (void)state;
    type("subject", "maths");
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_REFUSED);
}

static void the_next_record_takes_children_topic_and_place_but_no_results(void **state)
{
    (void)state;
    show_class(false);
    set(0, true);
    set(2, true);
    note(2, "pupils.result", "solved");
    type("subject", "maths");
    type("topic", "两位数乘法");
    type("place", "图书室");
    type("tutored_on", "2026-11-20");
    type("paper_no", "A-7");
    save();
    close_entry();
    open_entry();
    bool *is_taken = calloc(entry->form->all_count, sizeof(bool));
    assert_int_equal(ga_entry_repeat_last(entry, is_taken, NULL), GA_OK);
    assert_string_equal(who(), "安小明、陈小强");
    show_class(false);
    assert_string_equal(result_of(1), "");
    assert_string_equal(ga_answers_at(&entry->now, ga_form_field(entry->form, "topic"))->value.text, "两位数乘法");
    assert_string_equal(ga_answers_at(&entry->now, ga_form_field(entry->form, "tutored_on"))->value.text, "2026-11-23");
    assert_int_equal(ga_answers_at(&entry->now, ga_form_field(entry->form, "paper_no"))->state, GA_EMPTY);
    assert_true(is_taken[ga_form_field(entry->form, "pupils")->index]);
    free(is_taken);
}

/* Only a repeat that begins with the child is a list of children. */
static void other_rows_are_no_list_to_tick(void **state)
{
    (void)state;
    const struct ga_form *census = ga_forms_get(school.session->forms, "census", NULL);
    assert_null(ga_ticks_names(ga_form_field(census, "siblings")));
    assert_null(ga_ticks_names(ga_form_field(census, "friend")));
    assert_null(ga_ticks_repeat(census));
    assert_ptr_equal(ga_ticks_repeat(entry->form), ticks.repeat);
    assert_string_equal(ticks.names->name, "child");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        CASE(a_class_is_listed_as_on_its_printed_sheet),
        CASE(ticks_become_rows_of_the_record),
        CASE(who_was_ticked_stands_first_when_it_is_opened_again),
        CASE(left_behind_children_keep_their_numbers_and_the_ticked_stay),
        CASE(somebody_of_another_class_stays_in_sight),
        CASE(what_was_noted_comes_back_with_the_tick),
        CASE(all_and_nobody_are_one_call),
        CASE(a_saved_record_stands_in_the_file_of_everybody_ticked),
        CASE(nobody_ticked_is_asked_about),
        CASE(the_next_record_takes_children_topic_and_place_but_no_results),
        CASE(other_rows_are_no_list_to_tick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
