/* A report is open until it was passed on, waits until it was answered, is listed until it is closed. */
#include "guanai/care/report.h"
#include "guanai/base/str.h"
#include "guanai/store/record.h"
#include "school_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct office {
    struct school_session school;
    struct ga_arena arena;
    struct ga_uuid child;
};

static int start(void **state)
{
    static struct office office;
    memset(&office, 0, sizeof(office));
    ga_arena_init(&office.arena);
    school_session_start(&office.school, NULL);
    office.child = school_session_add(&office.school, "child", NULL, "name=何丽", NULL);
    *state = &office;
    return 0;
}

static int stop(void **state)
{
    struct office *office = *state;
    school_session_stop(&office->school);
    ga_arena_finish(&office->arena);
    return 0;
}

static struct ga_uuid report(struct office *office, const char *what, const char *more)
{
    return school_session_add(&office->school, "incident", &office->child, ga_arena_printf(&office->arena, "what=%s", what),
                              "happened_on=2026-11-21", "written_on=2026-11-22", "written_at=08:30", more, NULL);
}

/* "未上报 独自在家 28 小时" a line. */
static const char *listed(struct office *office)
{
    struct ga_report *reports;
    size_t count = 0;
    struct ga_str text = {0};
    assert_int_equal(ga_reports_list(office->school.session->store, &office->arena, &reports, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++) {
        ga_str_addf(&text, "%s %s ", ga_tr(GA_ZH, ga_report_words[reports[i].state]), reports[i].what);
        ga_report_long_text(&reports[i], (struct ga_date){2026, 11, 23}, 12 * 60 + 41, GA_ZH, &text);
        ga_str_add(&text, "\n");
    }
    const char *copy = ga_arena_strdup(&office->arena, ga_str_text(&text));
    ga_str_finish(&text);
    return copy;
}

static const char *of_report(struct office *office, const struct ga_uuid *id)
{
    char text[GA_UUID_TEXT_SIZE];
    return ga_arena_printf(&office->arena, "incident=%s", ga_uuid_text(id, text));
}

static void a_report_waits_until_it_is_answered(void **state)
{
    struct office *office = *state;
    assert_string_equal(listed(office), "");
    const struct ga_uuid id = report(office, "独自在家", "kind=unguarded");
    assert_string_equal(listed(office), "未上报 独自在家 28 小时\n");
    const char *of = of_report(office, &id);
    school_session_add(&office->school, "referral", &office->child, "sent_on=2026-11-23", "sent_to=civil", of, NULL);
    assert_string_equal(listed(office), "待回音 独自在家 不到1天\n");
    school_session_add(&office->school, "referral", &office->child, "sent_on=2026-11-23", "sent_to=police", of,
                       "answered_on=2026-11-23", NULL);
    assert_string_equal(listed(office), "待回音 独自在家 不到1天\n"); /* the other one still waits */
}

static void telling_the_village_is_no_report_telling_the_police_is_one(void **state)
{
    struct office *office = *state;
    report(office, "手臂有伤", "told_whom=village");
    assert_string_equal(listed(office), "未上报 手臂有伤 28 小时\n");
    report(office, "被打", "told_whom=village police");
    assert_string_equal(listed(office), "未上报 手臂有伤 28 小时\n待回音 被打 28 小时\n");
}

static void an_illness_need_not_be_reported_what_is_closed_is_gone(void **state)
{
    struct office *office = *state;
    report(office, "发烧", "kind=ill");
    report(office, "走失", "closed_on=2026-11-23");
    assert_string_equal(listed(office), "");
    report(office, "发烧无人管", "harm=neglect");
    assert_string_equal(listed(office), "未上报 发烧无人管 28 小时\n");
}

static void a_request_for_aid_stands_by_itself_until_it_is_answered(void **state)
{
    struct office *office = *state;
    report(office, "独自在家", "kind=unguarded");
    school_session_add(&office->school, "referral", &office->child, "sent_on=2026-11-20", "sent_to=women", "asked_for=棉衣", NULL);
    assert_string_equal(listed(office), "未上报 独自在家 28 小时\n待回音  3 天\n"); /* sent before it happened: of something else */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_report_waits_until_it_is_answered, start, stop),
        cmocka_unit_test_setup_teardown(telling_the_village_is_no_report_telling_the_police_is_one, start, stop),
        cmocka_unit_test_setup_teardown(an_illness_need_not_be_reported_what_is_closed_is_gone, start, stop),
        cmocka_unit_test_setup_teardown(a_request_for_aid_stands_by_itself_until_it_is_answered, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
