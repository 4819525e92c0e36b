/* Writes the records of an invented school's year. */
#include "year_write.h"

#include "guanai/app/duties.h"
#include "guanai/app/entry.h"
#include "guanai/app/excuse.h"
#include "guanai/app/sign.h"
#include "guanai/app/trip.h"
#include "guanai/app/year_end.h"
#include "guanai/base/alloc.h"
#include "guanai/store/number.h"
#include "guanai/store/record.h"
#include "guanai/store/same.h"
#include "guanai/store/undo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const char *const year_teachers[YEAR_OWNERS] = {"周老师", "唐老师", "吴老师", "郑老师", "王老师",
                                                "冯老师", "孙老师", "钱老师", "何老师", "村支书老王"};
enum { HEAD, LAST_TEACHER = 6, CLERK };

const struct year_class year_classes[YEAR_CLASSES] = {
    {"main", "g1", "1", "一年级(1)班", 8, 1, 2020},  {"main", "g3", "1", "三年级(1)班", 8, 2, 2018},
    {"main", "g3", "2", "三年级(2)班", 14, 3, 2018}, {"main", "g6", "1", "六年级(1)班", 8, 4, 2015},
    {"main", "g9", "1", "九年级(1)班", 8, 2, 2011},  {"dawan", "g1", "1", "一年级(1)班", 7, 5, 2020},
    {"dawan", "g2", "1", "二年级(1)班", 7, 5, 2019},
    {"shangba", "g1", "1", "一年级(1)班", 6, 8, 2020}, /* one teacher, who is everything there */
};

static void sit_down(struct year_school *year, const char *user, const char *doer)
{
    ga_session_set_user(year->school.session, user, NULL);
    if (doer != NULL)
        ga_session_set_doer(year->school.session, doer);
}

/* The first days. */

static void add_child(struct year_school *year, const struct year_class *class, int i)
{
    static const char *const VILLAGES[] = {"红岩村", "上坝村", "许家村", NULL};
    char pairs[700], phones[3][16] = {"", "", ""};
    struct ga_uuid id;
    const bool is_left_behind = year_happens(year, 70);
    for (int p = 0; p < 3; p++)
        if (year_happens(year, 75))
            snprintf(phones[p], sizeof(phones[p]), "138%04d%04d", p == 2 && year_happens(year, 30) ? 0 : p, (int)year->children_count);
    snprintf(pairs, sizeof(pairs),
             "name=孩子%c%c|site=%s|grade=%s|class=%s|birth_date=%d-%02d-%02d|sex=%s|village=%s|boarding=%d|enrolled_on=2026-09-01"
             "|marked_left_behind=%d|father_state=%s|mother_state=%s|father_away_since=%s|guardian_kind=%s|guardian_relation=%s"
             "|father_phone=%s|mother_phone=%s|guardian_phone=%s|contact_via=%s",
             (char)('A' + year->children_count / 10), (char)('0' + year->children_count % 10), class->site, class->grade,
             class->class_no, class->born, 1 + (i * 5 + (int)year_draw(year, 3)) % 12, 1 + (int)year_draw(year, 28), PICK("male", "female"),
             year_pick(year, VILLAGES), year_happens(year, 30), is_left_behind, is_left_behind ? "away" : "home", PICK("away", "home", "unknown"),
             is_left_behind ? PICK("2026-02-20", "2026-10-11", "2025-11-02") : "", PICK("grand", "kin", "one_parent"),
             PICK("grandmother_f", "grandfather_m", "mother"), phones[0], phones[1], phones[2], PICK("", "小卖部"));
    if (year_put_list(year, "child", NULL, NULL, 0, NULL, pairs, &id))
        year->children[year->children_count++] = id;
    year->records_count = 0; /* files of children are edited by rules of their own */
}

static void put_config(struct year_school *year)
{
    static const char config[] = "school: 红岩村小学\nsites:\n  - {code: main, label: {zh: 中心校, en: Centre}, own: true}\n"
                                 "  - {code: dawan, label: {zh: 大湾教学点, en: Dawan}, aka: [大湾]}\n"
                                 "  - {code: shangba, label: {zh: 上坝教学点, en: Shangba}}\n"
                                 "holidays:\n  - {label: {zh: 国庆, en: National Day}, from: 2026-10-01, to: 2026-10-07}\n"
                                 "  - {label: {zh: 校运会, en: Sports}, from: 2026-11-20}\nschool_days: [2026-09-20, 2026-10-10]\n";
    char path[200];
    snprintf(path, sizeof(path), "%s/data/config.yaml", year->school.folder);
    assert_int_equal(ga_io_write_file(ga_io_system(), path, config, strlen(config), NULL), GA_OK);
}

static void switch_duty(struct year_school *year, const char *duty, bool is_on, const struct year_class *class)
{
    const struct ga_roster_class of = {.site = class == NULL ? "" : class->site, .grade = class == NULL ? "" : class->grade,
                                       .class_no = class == NULL ? "" : class->class_no, .shown = ""};
    const struct ga_duty_switch choice = {duty, class == NULL ? NULL : &of, is_on, year->today};
    const bool is_written = ga_session_switch_duty(year->school.session, &choice, NULL) == GA_OK;
    year->saved += is_written;
    year->refused += !is_written;
}

static void begin(struct year_school *year)
{
    static const char *const ON[] = {"visit_month", "first_visit", "absence_ask", "festival_contact", "parents_meeting",
                                     "group_month", "home_room_week", "theme_month", "summer_calls", "winter_visit", "letter_term"};
    for (size_t c = 0; c < YEAR_CLASSES; c++) {
        for (int i = 0; i < year_classes[c].children; i++)
            add_child(year, &year_classes[c], i);
        year_put(year, "class_teacher", NULL, "site=%s|class=%s|teacher=%s|from_on=2026-09-01", year_classes[c].site, year_classes[c].shown,
            year_teachers[year_classes[c].teacher]);
    }
    assert_int_equal(year->children_count, YEAR_CHILDREN);
    for (size_t i = 17; i < 27; i++) /* 三年级(2)班 has proxy parents */
        year_put(year, "pairing", &year->children[i], "kind=proxy|helper=%s|from_on=2026-09-01", year_teachers[5 + i % 3]);
    for (size_t i = 0; i < GA_COUNT(ON); i++)
        switch_duty(year, ON[i], true, NULL);
    switch_duty(year, YEAR_ONE_CLASS_DUTY, true, &year_classes[YEAR_ONE_CLASS]);
    year->records_count = 0;
}

/* What happens on a day. */

static void visit(struct year_school *year)
{
    const char *outcome = PICK("met", "met", "met", "not_home", "school", "refused");
    const bool is_met = strcmp(outcome, "met") == 0 || strcmp(outcome, "school") == 0;
    char follow[40] = "";
    if (is_met && year_happens(year, 25))
        snprintf(follow, sizeof(follow), "|follow_up_on=%s|agreed=再看", year_in_days(year, 1 + (int32_t)year_draw(year, 30)));
    year_put(year, "home_visit", year_any_child(year), "visited_on=%s|outcome=%s|met=%s|concerns=%s%s", year_recent(year), outcome,
        is_met ? PICK("grandmother_f", "mother", "self") : "", is_met ? "ok" : "", follow);
}

static void talk(struct year_school *year)
{
    year_put(year, "talk", year_any_child(year), "talked_on=%s|topics=study|mood=%s", year_recent(year), PICK("1", "1", "3", "4", "5"));
}

/* One child's numbers are dead. */
static void call(struct year_school *year)
{
    const bool is_dead = year_happens(year, 25);
    const char *outcome = is_dead ? "cut" : PICK("reached", "reached", "no_answer", "no_answer", "cut", "answered_by_other");
    const bool is_talk = strcmp(outcome, "reached") == 0 || strcmp(outcome, "answered_by_other") == 0;
    year_put(year, "parent_call", is_dead ? &year->children[5] : year_any_child(year),
        "called_on=%s|whom=%s|channel=%s|outcome=%s|topics=%s%s", year_recent(year),
        is_dead ? "father" : PICK("father", "father", "mother", "both", "guardian"), PICK("phone", "phone", "phone", "wx_video", "at_school"),
        outcome, is_talk ? "study" : "", PICK("", "", "", "|number="));
}

static void contact(struct year_school *year)
{
    switch (year_draw(year, 4)) {
    case 3:
        year_put(year, "start_check", year_any_child(year), "checked_on=%s|checked=%s", year_recent(year),
            PICK("guardian phones parents left_behind", "phones"));
        return;
    case 0:
        year_put(year, "guardian_talk", year_any_child(year), "talked_on=%s|whom=grandmother_f|channel=phone|topics=study", year_recent(year));
        return;
    case 1:
        year_put(year, "family_call", year_any_child(year), "called_on=%s|whom=mother|channel=phone|outcome=%s", year_recent(year),
            PICK("reached", "no_answer"));
        return;
    default:
        year_put(year, "letter", year_any_child(year), "written_on=%s|kind=%s", year_recent(year), PICK("to_parents", "from_parents", "card"));
    }
}

static void turn(struct year_school *year)
{
    char pairs[200];
    switch (year_draw(year, 3)) {
    case 0:
        snprintf(pairs, sizeof(pairs), "tutored_on=%s|subject=maths|topic=应用题", year_recent(year));
        year_put_list(year, "tutoring", NULL, "pupils", 1 + year_draw(year, 5), "result=absent", pairs, NULL);
        return;
    case 1:
        if (year_happens(year, 50)) {
            year_put(year, "living_care", year_any_child(year), "cared_on=%s|kind=ill|what=送医|guardian_told=%s", year_recent(year),
                PICK("1", "0"));
            return;
        }
        snprintf(pairs, sizeof(pairs), "cared_on=%s|kind=meals|what=加餐", year_recent(year));
        year_put_list(year, "living_care", year_any_child(year), "also", year_draw(year, 4), NULL, pairs, NULL);
        return;
    default:
        snprintf(pairs, sizeof(pairs), "title=活动|kind=%s|held_on=%s|other_pupils=3|safety_topics=water",
                 PICK("theme", "reading", "safety", "law"), year_recent(year));
        year_put_list(year, "activity", NULL, "participants", 2 + year_draw(year, 7), year_happens(year, 50) ? "times=2" : "role=absent", pairs, NULL);
    }
}

static void of_the_school(struct year_school *year)
{
    char pairs[200];
    const struct year_class *class = &year_classes[year_draw(year, YEAR_CLASSES)];
    switch (year_draw(year, 4)) {
    case 0:
        year_put(year, "meeting", NULL, "held_on=%s|kind=%s|title=会|class=%s", year_recent(year), PICK("parents", "group"), class->shown);
        return;
    case 1:
        snprintf(pairs, sizeof(pairs), "opened_on=%s|uses=reading", year_recent(year));
        year_put_list(year, "home_room_log", NULL, "present", 1 + year_draw(year, 3), NULL, pairs, NULL);
        return;
    case 2:
        year_put(year, "hazard", NULL, "found_on=%s|place=yard|what=无", year_recent(year));
        return;
    default:
        year_put(year, "health_check", year_any_child(year), "checked_on=%s|findings=%s|follow_up_on=%s", year_recent(year), PICK("ok", "sight", "teeth"),
            year_happens(year, 50) ? year_in_days(year, 20) : "");
    }
}

static const char *day_pair(struct year_school *year, const char *field)
{
    static char pair[64];
    snprintf(pair, sizeof(pair), "%s=%s", field, year_in_days(year, 0));
    return pair;
}

/* One of its reports that was written lately; "" there is none. */
static const char *incident_of(struct year_school *year, const struct ga_uuid *child)
{
    static char id[GA_UUID_TEXT_SIZE];
    return year->troubled && year_happens(year, 60) && memcmp(child, &year->troubled_child, sizeof(*child)) == 0
               ? ga_uuid_text(&year->incident, id) : "";
}

static void trouble(struct year_school *year)
{
    char pairs[300];
    const struct ga_uuid *child = year->troubled && year_happens(year, 40) ? &year->troubled_child : year_any_child(year);
    switch (year_draw(year, 6)) {
    case 0:
        snprintf(pairs, sizeof(pairs), "happened_on=%s|kind=%s|what=受伤|told_whom=%s", year_recent(year), PICK("hurt", "ill", "unguarded", "lost"),
                 PICK("", "", "police", "hospital", "civil"));
        year->troubled = year_put_list(year, "incident", child, NULL, 0, NULL, pairs, &year->incident);
        year->troubled_child = *child;
        return;
    case 5:
        if (year->troubled)
            year_change(year, &year->incident, year_happens(year, 40) ? "told_whom=bureau" : day_pair(year, PICK("parents_told_on", "closed_on")));
        return;
    case 1:
        year_put(year, "referral", child, "sent_on=%s|sent_to=civil|answered_on=%s|incident=%s", year_in_days(year, -(int32_t)year_draw(year, 4)),
            year_happens(year, 50) ? year_in_days(year, 0) : "", incident_of(year, child));
        return;
    case 2:
        year_put(year, "counselling", child, "met_on=%s|came_by=teacher|reason=study|risk=%s", year_recent(year), PICK("none", "high"));
        return;
    case 3:
        year_put(year, "need_assessment", child, "assessed_on=%s|lack_life=%s|lack_conduct=1|lack_study=2|lack_morals=0|lack_safety=%s"
            "|lack_affection=3|guardian_ability=%s", year_recent(year), PICK("0", "3"), PICK("1", "3"), PICK("weak", "good", "none"));
        return;
    default:
        year_put(year, "care_plan", child, "opened_on=%s|reasons=mind|problem=怕生|goal=说话|owner=唐老师|lead=周老师|review_every=%s",
            year_recent(year), PICK("week", "month", "half"));
    }
}

static void of_the_file(struct year_school *year)
{
    static const char *const CHANGES[] = {
        "key_child=1|key_reason=mind", "key_child=0", "guardian_kind=none", "guardian_kind=grand", "marked_left_behind=1",
        "marked_left_behind=0", "class=2", "class=1", "site=dawan|grade=g2|class=1", "father_state=home",
        "father_state=away|father_last_home_on=2026-01-30", "boarding=1", "father_phone=13900000001",
        "mother_phone=", "guardian_phone=13900000002", NULL};
    year_change(year, year_any_child(year), year_pick(year, CHANGES));
}

static void of_the_status(struct year_school *year)
{
    const char *kind = PICK("transfer", "returned", "returned", "away", "away", "gone", "dropped", "parents_back", "with_parents");
    char until[40] = "";
    if (strcmp(kind, "away") == 0 && year_happens(year, 70))
        snprintf(until, sizeof(until), "|until_on=%s", year_in_days(year, (int32_t)year_draw(year, 15)));
    year_put(year, "status_change", year_any_child(year), "kind=%s|from_on=%s%s", kind, year_recent(year), until);
}

static void of_two_files(struct year_school *year)
{
    const struct ga_uuid *a = year_any_child(year), *b = year_any_child(year);
    const bool is_said = ga_same_say(year->school.session->store, a, b, year_happens(year, 60) ? GA_SAME_LINKED : GA_SAME_DIFFERENT, NULL,
                                     NULL) == GA_OK;
    year->saved += is_said;
    year->refused += !is_said;
}

static void of_the_people(struct year_school *year)
{
    const struct year_class *class = &year_classes[year_draw(year, YEAR_CLASSES - 1)];
    if (year_happens(year, 50))
        year_put(year, "class_teacher", NULL, "site=%s|class=%s|teacher=%s|from_on=%s", class->site, class->shown,
            year_teachers[1 + year_draw(year, LAST_TEACHER)], year_in_days(year, 0));
    else
        year_put(year, "pairing", year_any_child(year), "kind=proxy|helper=%s|from_on=%s|until_on=%s", year_teachers[1 + year_draw(year, LAST_TEACHER)],
            year_in_days(year, 0), year_happens(year, 60) ? year_in_days(year, 30) : "");
}

static void of_the_duties(struct year_school *year)
{
    static const char *const DUTIES[] = {"visit_month", "talk_month", "visit_phase", "health_term", "theme_month", "hazard_month",
                                         "safety_term", "contact_month", NULL};
    const char *duty = year_pick(year, DUTIES);
    switch_duty(year, duty, year_happens(year, 70), year_happens(year, 50) ? &year_classes[year_draw(year, YEAR_CLASSES)] : NULL);
}

/* A reason, or another day, for something that is open. */
static void say_why(struct year_school *year)
{
    struct ga_arena arena = {0};
    struct ga_care *care;
    struct ga_due *dues;
    size_t count = 0;
    const struct ga_due_ask ask = {.states = 1u << GA_DUE_OPEN | 1u << GA_DUE_LATE | 1u << GA_DUE_EXCUSED};
    assert_int_equal(ga_session_care(year->school.session, NULL, &care, NULL), GA_OK);
    assert_int_equal(ga_due_list(care, &ask, &arena, &dues, &count, NULL), GA_OK);
    if (count > 0) {
        const struct ga_due *due = &dues[year_draw(year, (uint32_t)count)];
        const bool is_put_off = year_happens(year, 40);
        enum ga_rc rc;
        if (due->outcome != 0)
            rc = ga_due_take_back(year->school.session, due, NULL);
        else
            rc = ga_due_say_outcome(year->school.session, due, is_put_off ? "postponed" : PICK("ill", "weather"),
                                    is_put_off ? ga_date_add_days(year->today, 1 + (int32_t)year_draw(year, 20)) : (struct ga_date){0}, "",
                                    NULL);
        year->saved += rc == GA_OK;
        year->refused += rc != GA_OK;
    }
    ga_arena_finish(&arena);
}

static void plan_trip(struct year_school *year)
{
    struct ga_uuid children[3];
    for (size_t i = 0; i < 3; i++)
        children[i] = *year_any_child(year);
    const bool is_saved = ga_trip_save(year->school.session, ga_date_add_days(year->today, (int32_t)year_draw(year, 8)), children, 3, "红岩村",
                                       NULL, NULL) == GA_OK;
    year->saved += is_saved;
    year->refused += !is_saved;
}

static bool is_form(const struct year_record *record, const char *form)
{
    return strcmp(record->form, form) == 0;
}

/* Another day, another outcome, or nothing any more. */
static void mend(struct year_school *year)
{
    if (year->records_count == 0)
        return;
    const size_t at = year_draw(year, (uint32_t)year->records_count);
    const struct year_record record = year->records[at];
    struct ga_save *save;
    char pairs[80];
    if (year_happens(year, 25) && ga_save_begin(year->school.session->store, &save, NULL) == GA_OK) {
        if (ga_save_remove(save, &record.id, NULL) == GA_OK)
            year->saved += ga_save_commit(save, NULL) == GA_OK;
        else
            ga_save_abandon(save);
        year_touch(year, &record.id);
        year->records[at] = year->records[--year->records_count];
        return;
    }
    snprintf(pairs, sizeof(pairs), "%s=%s", is_form(&record, "talk") ? "talked_on" : is_form(&record, "home_visit") ? "visited_on" :
             is_form(&record, "parent_call") ? "called_on" : is_form(&record, "living_care") ? "cared_on" : "", year_recent(year));
    if (pairs[0] != '=')
        year_change(year, &record.id, pairs);
}

/* The month before of a class, where that may be. */
static void sign(struct year_school *year)
{
    struct ga_arena arena = {0};
    struct ga_roster_class *classes;
    struct ga_month month;
    size_t count = 0, confirmed;
    assert_int_equal(ga_store_classes(year->school.session->store, GA_ZH, &arena, &classes, &count, NULL), GA_OK);
    assert_int_equal(ga_month_read(year->school.session, &classes[year_draw(year, (uint32_t)count)], ga_date_add_months(year->today, -1), GA_ZH,
                                   &arena, &month, NULL), GA_OK);
    const bool is_signed = ga_months_sign(year->school.session, &month, 1, &confirmed, NULL) == GA_OK;
    year->saved += is_signed;
    year->refused += !is_signed;
    ga_arena_finish(&arena);
}

static void new_child(struct year_school *year)
{
    if (year->children_count < YEAR_CHILDREN_MAX)
        add_child(year, &year_classes[year_draw(year, YEAR_CLASSES)], (int)year_draw(year, 12));
}

/* Weights: of a hundred acts so many. */
static const struct {
    uint32_t weight;
    void (*act)(struct year_school *year);
} ACTS[] = {{16, visit}, {14, talk}, {12, call}, {11, contact}, {14, turn}, {7, of_the_school}, {5, trouble}, {4, of_the_file},
            {4, of_the_status}, {1, of_two_files}, {1, of_the_people}, {1, of_the_duties}, {4, say_why}, {2, plan_trip}, {4, mend},
            {3, year_send_back}, {2, sign}, {1, new_child}, {1, year_stand_in}, {1, year_say_of_pause}};

static void act(struct year_school *year)
{
    uint32_t all = 0, drawn;
    for (size_t i = 0; i < GA_COUNT(ACTS); i++)
        all += ACTS[i].weight;
    drawn = year_draw(year, all);
    for (size_t i = 0; i < GA_COUNT(ACTS); i++) {
        if (drawn < ACTS[i].weight) {
            ACTS[i].act(year);
            return;
        }
        drawn -= ACTS[i].weight;
    }
}

static void end_year(struct year_school *year)
{
    struct ga_arena arena = {0};
    struct ga_year_plan plan;
    struct ga_error err = {0};
    assert_int_equal(ga_year_plan_read(year->school.session, GA_ZH, &arena, &plan, NULL), GA_OK);
    if (ga_year_run(year->school.session, &plan, &err) != GA_OK)
        fail_msg("%s", err.what.id);
    assert_int_equal(ga_year_plan_read(year->school.session, GA_ZH, &arena, &plan, NULL), GA_OK);
    assert_int_equal(ga_year_seal(year->school.session, &plan, NULL), GA_OK);
    ga_arena_finish(&arena);
    year->saved += 2;
}

void year_school_live(struct year_school *year, struct ga_date day)
{
    const bool is_pause = ga_date_compare(day, YEAR_PAUSE.from) > 0 && ga_date_compare(day, YEAR_PAUSE.to) < 0;
    const bool is_weekend = ga_date_weekday(day) > 5;
    year->today = day;
    year->school.options.today = day;
    year->school.now_ms = (int64_t)ga_date_to_days(day) * 86400000 + 3600000; /* nine o'clock in Shanghai */
    ga_session_set_today(year->school.session, day);
    sit_down(year, year_teachers[HEAD], NULL);
    if (ga_date_compare(day, YEAR_FIRST) == 0)
        begin(year);
    if (ga_date_compare(day, YEAR_PAUSE.to) == 0)
        year_come_back(year);
    if (is_pause)
        return;
    if (day.month == 8 && day.day == 31)
        end_year(year);
    if ((day.month == 1 || day.month == 6) && day.day >= 20 && day.day <= 22)
        year_stand_in(year);
    for (uint32_t acts = year_draw(year, is_weekend ? 4 : 10); acts > 0; acts--) {
        const char *typist = year_teachers[year_draw(year, YEAR_TEACHERS)];
        sit_down(year, typist, typist == year_teachers[CLERK] ? year_teachers[1 + year_draw(year, 5)] : NULL);
        act(year);
    }
    ga_session_set_doer(year->school.session, NULL);
    sit_down(year, year_teachers[HEAD], NULL);
}

void year_school_start(struct year_school *year, uint64_t seed)
{
    memset(year, 0, sizeof(*year));
    year->dice = seed;
    school_session_start(&year->school, NULL);
    put_config(year);
    ga_session_close(year->school.session);
    year->today = year->school.options.today = YEAR_FIRST;
    year_school_open(year);
}

void year_school_stop(struct year_school *year)
{
    school_session_stop(&year->school);
}

void year_school_close(struct year_school *year)
{
    ga_session_close(year->school.session);
    year->school.session = NULL;
}

void year_school_open(struct year_school *year)
{
    struct ga_problems problems;
    ga_problems_init(&problems);
    assert_int_equal(ga_session_open(&year->school.options, &problems, &year->school.session, NULL), GA_OK);
    assert_int_equal(problems.faults, 0);
    ga_problems_finish(&problems);
}
