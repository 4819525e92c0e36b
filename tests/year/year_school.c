/* Writes the records of an invented school's year. */
#include "year_school.h"

#include "guanai/app/duties.h"
#include "guanai/app/entry.h"
#include "guanai/app/excuse.h"
#include "guanai/app/send_back.h"
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

const char *const year_teachers[YEAR_TEACHERS] = {"周老师", "唐老师", "吴老师", "郑老师", "王老师", "冯老师", "孙老师", "钱老师"};
enum { HEAD, CLERK = 7 };

static const struct year_class {
    const char *site, *grade, *class_no, *shown;
    int children, teacher, born; /* born: the year */
} CLASSES[] = {
    {"main", "g1", "1", "一年级(1)班", 8, 1, 2020},  {"main", "g3", "1", "三年级(1)班", 8, 2, 2018},
    {"main", "g3", "2", "三年级(2)班", 14, 3, 2018}, {"main", "g6", "1", "六年级(1)班", 8, 4, 2015},
    {"main", "g9", "1", "九年级(1)班", 8, 2, 2011},  {"dawan", "g1", "1", "一年级(1)班", 7, 5, 2020},
    {"dawan", "g2", "1", "二年级(1)班", 7, 5, 2019},
};

static uint32_t draw(struct year_school *year, uint32_t below)
{
    return dice_draw(&year->dice, below);
}

static bool happens(struct year_school *year, uint32_t per_cent)
{
    return draw(year, 100) < per_cent;
}

static const char *pick(struct year_school *year, const char *const *words)
{
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    return words[draw(year, (uint32_t)count)];
}
#define PICK(...) pick(year, (const char *const[]){__VA_ARGS__, NULL})

static const struct ga_uuid *any_child(struct year_school *year)
{
    return &year->children[draw(year, (uint32_t)year->children_count)];
}

/* Lives until four others were asked for. */
static const char *in_days(struct year_school *year, int32_t days)
{
    char *text = year->day_texts[year->day_texts_at++ % 4];
    return ga_date_iso(ga_date_add_days(year->today, days), text);
}

/* Mostly of these days, some of weeks ago. */
static const char *recent(struct year_school *year)
{
    return in_days(year, -(int32_t)(happens(year, 75) ? draw(year, 3) : draw(year, 45)));
}

/* "a=b|c=d" into the entry; false: something may not be written so. */
static bool fill(struct ga_entry *entry, const char *pairs, struct ga_error *err)
{
    char words[600], *at = words, *pair;
    ga_str_copy(words, sizeof(words), pairs);
    while ((pair = strsep(&at, "|")) != NULL) {
        char *value = strchr(pair, '=');
        if (value == NULL)
            continue;
        *value++ = '\0';
        const struct ga_field *field = ga_form_field(entry->form, pair);
        if (field == NULL)
            fail_msg("%s has no field %s", entry->form->name, pair);
        if (ga_entry_set(entry, field, NULL, value, NULL, err) != GA_OK)
            return false;
        ga_entry_because(entry, field, "试");
    }
    return true;
}

/* Whoever wants to know what the forms refuse. */
static void tell_refused(const struct ga_entry *entry, const char *pairs, const struct ga_error *err)
{
    struct ga_str text = {0};
    if (getenv("GUANAI_YEAR_TELL") == NULL)
        return;
    ga_error_text(err, GA_EN, &text);
    print_error("refused %s %s: %s\n", entry->form->name, pairs, ga_str_text(&text));
    for (size_t i = 0; i < entry->findings.len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(const struct ga_finding, &entry->findings, i);
        ga_str_clear(&text);
        ga_finding_text(finding, GA_EN, &text);
        print_error("  %s %s\n", finding->field == NULL ? "" : finding->field->name, ga_str_text(&text));
    }
    ga_str_finish(&text);
}

static void remember(struct year_school *year, const struct ga_uuid *id, const char *form)
{
    const size_t at = year->records_count < YEAR_RECORDS ? year->records_count++ : draw(year, YEAR_RECORDS);
    year->records[at] = (struct year_record){*id, form};
}

static bool end(struct year_school *year, struct ga_entry *entry, const char *pairs, bool is_filled, struct ga_uuid *ret_id,
                struct ga_error *err)
{
    const bool is_saved = is_filled && ga_entry_save(entry, NULL, err) == GA_OK;
    if (is_saved && ret_id != NULL)
        *ret_id = entry->now.id;
    if (!is_saved)
        tell_refused(entry, pairs, err);
    year->saved += is_saved;
    year->refused += !is_saved;
    ga_entry_destroy(entry);
    return is_saved;
}

/* A new record; of a list its children in rows of `repeat`. */
static bool put_list(struct year_school *year, const char *form, const struct ga_uuid *child, const char *repeat,
                     size_t rows, const char *row_pair, const char *pairs, struct ga_uuid *ret_id)
{
    struct ga_entry *entry;
    struct ga_error err = {0};
    bool is_filled = ga_entry_new(year->school.session, form, child, &entry, NULL) == GA_OK;
    assert_true(is_filled);
    entry->mode = GA_CHECK_IMPORT;
    is_filled = fill(entry, pairs, &err);
    const struct ga_field *field = repeat == NULL ? NULL : ga_form_field(entry->form, repeat);
    for (size_t i = 0; field != NULL && i < entry->now.repeats[field->index].count; i++) /* prefilled ones */
        ga_entry_drop_row(entry, &entry->now.repeats[field->index].rows[i]);
    for (size_t i = 0; field != NULL && i < rows; i++) {
        struct ga_row *row = ga_entry_add_row(entry, field);
        char id[GA_UUID_TEXT_SIZE];
        for (size_t k = 0; k < field->fields.count; k++) {
            const struct ga_field *cell = &field->fields.items[k];
            const size_t name = row_pair == NULL ? 0 : (size_t)(strchr(row_pair, '=') - row_pair);
            if (strcmp(cell->name, "child") == 0)
                is_filled &= ga_entry_set(entry, cell, row, ga_uuid_text(any_child(year), id), NULL, NULL) == GA_OK;
            else if (name > 0 && strlen(cell->name) == name && strncmp(cell->name, row_pair, name) == 0 && happens(year, 40))
                is_filled &= ga_entry_set(entry, cell, row, row_pair + name + 1, NULL, NULL) == GA_OK;
        }
    }
    struct ga_uuid id = {{0}};
    if (!end(year, entry, pairs, is_filled, &id, &err))
        return false;
    remember(year, &id, form);
    if (ret_id != NULL)
        *ret_id = id;
    return true;
}

static bool put(struct year_school *year, const char *form, const struct ga_uuid *child, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
static bool put(struct year_school *year, const char *form, const struct ga_uuid *child, const char *format, ...)
{
    char pairs[500];
    va_list args;
    va_start(args, format);
    vsnprintf(pairs, sizeof(pairs), format, args);
    va_end(args);
    return put_list(year, form, child, NULL, 0, NULL, pairs, NULL);
}

static bool change(struct year_school *year, const struct ga_uuid *record, const char *pairs)
{
    struct ga_entry *entry;
    struct ga_error err = {0};
    if (ga_entry_open(year->school.session, record, &entry, NULL) != GA_OK)
        return false;
    entry->mode = GA_CHECK_IMPORT;
    const bool is_filled = fill(entry, pairs, &err);
    return end(year, entry, pairs, is_filled, NULL, &err);
}

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
    char pairs[500];
    struct ga_uuid id;
    const bool is_left_behind = happens(year, 70);
    snprintf(pairs, sizeof(pairs),
             "name=孩子%c%c|site=%s|grade=%s|class=%s|birth_date=%d-%02d-%02d|sex=%s|village=%s|boarding=%d|enrolled_on=2026-09-01"
             "|marked_left_behind=%d|father_state=%s|mother_state=%s|father_away_since=%s|guardian_kind=%s|guardian_relation=%s",
             (char)('A' + year->children_count / 10), (char)('0' + year->children_count % 10), class->site, class->grade,
             class->class_no, class->born, 1 + (i * 5 + (int)draw(year, 3)) % 12, 1 + (int)draw(year, 28), PICK("male", "female"),
             pick(year, VILLAGES), happens(year, 30), is_left_behind, is_left_behind ? "away" : "home", PICK("away", "home", "unknown"),
             is_left_behind ? PICK("2026-02-20", "2026-10-11", "2025-11-02") : "", PICK("grand", "kin", "one_parent"),
             PICK("grandmother_f", "grandfather_m", "mother"));
    if (put_list(year, "child", NULL, NULL, 0, NULL, pairs, &id))
        year->children[year->children_count++] = id;
    year->records_count = 0; /* files of children are edited by rules of their own */
}

static void put_config(struct year_school *year)
{
    static const char config[] = "school: 红岩村小学\nsites:\n  - {code: main, label: {zh: 中心校, en: Centre}, own: true}\n"
                                 "  - {code: dawan, label: {zh: 大湾教学点, en: Dawan}, aka: [大湾]}\n"
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
    for (size_t c = 0; c < GA_COUNT(CLASSES); c++) {
        for (int i = 0; i < CLASSES[c].children; i++)
            add_child(year, &CLASSES[c], i);
        put(year, "class_teacher", NULL, "site=%s|class=%s|teacher=%s|from_on=2026-09-01", CLASSES[c].site, CLASSES[c].shown,
            year_teachers[CLASSES[c].teacher]);
    }
    assert_int_equal(year->children_count, YEAR_CHILDREN);
    for (size_t i = 17; i < 27; i++) /* 三年级(2)班 has proxy parents */
        put(year, "pairing", &year->children[i], "kind=proxy|helper=%s|from_on=2026-09-01", year_teachers[5 + i % 3]);
    for (size_t i = 0; i < GA_COUNT(ON); i++)
        switch_duty(year, ON[i], true, NULL);
    year->records_count = 0;
}

/* What happens on a day. */

static void visit(struct year_school *year)
{
    const char *outcome = PICK("met", "met", "met", "not_home", "school", "refused");
    const bool is_met = strcmp(outcome, "met") == 0 || strcmp(outcome, "school") == 0;
    char follow[40] = "";
    if (is_met && happens(year, 25))
        snprintf(follow, sizeof(follow), "|follow_up_on=%s|agreed=再看", in_days(year, 1 + (int32_t)draw(year, 30)));
    put(year, "home_visit", any_child(year), "visited_on=%s|outcome=%s|met=%s|concerns=%s%s", recent(year), outcome,
        is_met ? PICK("grandmother_f", "mother", "self") : "", is_met ? "ok" : "", follow);
}

static void talk(struct year_school *year)
{
    put(year, "talk", any_child(year), "talked_on=%s|topics=study|mood=%s", recent(year), PICK("1", "1", "3", "4", "5"));
}

static void call(struct year_school *year)
{
    const char *outcome = PICK("reached", "reached", "no_answer", "no_answer", "cut", "answered_by_other");
    put(year, "parent_call", any_child(year), "called_on=%s|whom=father|outcome=%s|topics=%s", recent(year), outcome,
        strcmp(outcome, "reached") == 0 || strcmp(outcome, "answered_by_other") == 0 ? "study" : "");
}

static void contact(struct year_school *year)
{
    switch (draw(year, 3)) {
    case 0:
        put(year, "guardian_talk", any_child(year), "talked_on=%s|whom=grandmother_f|channel=phone|topics=study", recent(year));
        return;
    case 1:
        put(year, "family_call", any_child(year), "called_on=%s|whom=mother|channel=phone|outcome=%s", recent(year),
            PICK("reached", "no_answer"));
        return;
    default:
        put(year, "letter", any_child(year), "written_on=%s|kind=%s", recent(year), PICK("to_parents", "from_parents", "card"));
    }
}

static void turn(struct year_school *year)
{
    char pairs[200];
    switch (draw(year, 3)) {
    case 0:
        snprintf(pairs, sizeof(pairs), "tutored_on=%s|subject=maths|topic=应用题", recent(year));
        put_list(year, "tutoring", NULL, "pupils", 1 + draw(year, 5), "result=absent", pairs, NULL);
        return;
    case 1:
        put(year, "living_care", any_child(year), "cared_on=%s|kind=%s|what=送医|guardian_told=%s", recent(year),
            PICK("ill", "meals"), PICK("1", "0"));
        return;
    default:
        snprintf(pairs, sizeof(pairs), "title=活动|kind=%s|held_on=%s|other_pupils=3|safety_topics=water",
                 PICK("theme", "reading", "safety", "law"), recent(year));
        put_list(year, "activity", NULL, "participants", 2 + draw(year, 7), happens(year, 50) ? "times=2" : "role=absent", pairs, NULL);
    }
}

static void of_the_school(struct year_school *year)
{
    char pairs[200];
    const struct year_class *class = &CLASSES[draw(year, GA_COUNT(CLASSES))];
    switch (draw(year, 4)) {
    case 0:
        put(year, "meeting", NULL, "held_on=%s|kind=%s|title=会|class=%s", recent(year), PICK("parents", "group"), class->shown);
        return;
    case 1:
        snprintf(pairs, sizeof(pairs), "opened_on=%s|uses=reading", recent(year));
        put_list(year, "home_room_log", NULL, "present", 1 + draw(year, 3), NULL, pairs, NULL);
        return;
    case 2:
        put(year, "hazard", NULL, "found_on=%s|place=yard|what=无", recent(year));
        return;
    default:
        put(year, "health_check", any_child(year), "checked_on=%s|findings=%s|follow_up_on=%s", recent(year), PICK("ok", "sight", "teeth"),
            happens(year, 50) ? in_days(year, 20) : "");
    }
}

static const char *day_pair(struct year_school *year, const char *field)
{
    static char pair[64];
    snprintf(pair, sizeof(pair), "%s=%s", field, in_days(year, 0));
    return pair;
}

/* One of its reports that was written lately; "" there is none. */
static const char *incident_of(struct year_school *year, const struct ga_uuid *child)
{
    static char id[GA_UUID_TEXT_SIZE];
    return year->troubled && happens(year, 60) && memcmp(child, &year->troubled_child, sizeof(*child)) == 0
               ? ga_uuid_text(&year->incident, id) : "";
}

static void trouble(struct year_school *year)
{
    char pairs[300];
    const struct ga_uuid *child = year->troubled && happens(year, 40) ? &year->troubled_child : any_child(year);
    switch (draw(year, 6)) {
    case 0:
        snprintf(pairs, sizeof(pairs), "happened_on=%s|kind=%s|what=受伤|told_whom=%s", recent(year), PICK("hurt", "ill", "unguarded", "lost"),
                 PICK("", "", "police", "hospital", "civil"));
        year->troubled = put_list(year, "incident", child, NULL, 0, NULL, pairs, &year->incident);
        year->troubled_child = *child;
        return;
    case 5:
        if (year->troubled)
            change(year, &year->incident, happens(year, 40) ? "told_whom=bureau" : day_pair(year, PICK("parents_told_on", "closed_on")));
        return;
    case 1:
        put(year, "referral", child, "sent_on=%s|sent_to=civil|answered_on=%s|incident=%s", in_days(year, -(int32_t)draw(year, 4)),
            happens(year, 50) ? in_days(year, 0) : "", incident_of(year, child));
        return;
    case 2:
        put(year, "counselling", child, "met_on=%s|came_by=teacher|reason=study|risk=%s", recent(year), PICK("none", "high"));
        return;
    case 3:
        put(year, "need_assessment", child, "assessed_on=%s|lack_life=%s|lack_conduct=1|lack_study=2|lack_morals=0|lack_safety=%s"
            "|lack_affection=3|guardian_ability=%s", recent(year), PICK("0", "3"), PICK("1", "3"), PICK("weak", "good", "none"));
        return;
    default:
        put(year, "care_plan", child, "opened_on=%s|reasons=mind|problem=怕生|goal=说话|owner=唐老师|lead=周老师|review_every=%s",
            recent(year), PICK("week", "month", "half"));
    }
}

static void of_the_file(struct year_school *year)
{
    static const char *const CHANGES[] = {
        "key_child=1|key_reason=mind", "key_child=0", "guardian_kind=none", "guardian_kind=grand", "marked_left_behind=1",
        "marked_left_behind=0", "class=2", "class=1", "site=dawan|grade=g2|class=1", "father_state=home",
        "father_state=away|father_last_home_on=2026-01-30", "boarding=1", NULL};
    change(year, any_child(year), pick(year, CHANGES));
}

static void of_the_status(struct year_school *year)
{
    const char *kind = PICK("transfer", "returned", "returned", "away", "away", "gone", "dropped", "parents_back", "with_parents");
    char until[40] = "";
    if (strcmp(kind, "away") == 0 && happens(year, 70))
        snprintf(until, sizeof(until), "|until_on=%s", in_days(year, (int32_t)draw(year, 15)));
    put(year, "status_change", any_child(year), "kind=%s|from_on=%s%s", kind, recent(year), until);
}

static void of_two_files(struct year_school *year)
{
    const struct ga_uuid *a = any_child(year), *b = any_child(year);
    const bool is_said = ga_same_say(year->school.session->store, a, b, happens(year, 60) ? GA_SAME_LINKED : GA_SAME_DIFFERENT, NULL,
                                     NULL) == GA_OK;
    year->saved += is_said;
    year->refused += !is_said;
}

static void of_the_people(struct year_school *year)
{
    const struct year_class *class = &CLASSES[draw(year, GA_COUNT(CLASSES))];
    if (happens(year, 50))
        put(year, "class_teacher", NULL, "site=%s|class=%s|teacher=%s|from_on=%s", class->site, class->shown,
            year_teachers[1 + draw(year, YEAR_TEACHERS - 2)], in_days(year, 0));
    else
        put(year, "pairing", any_child(year), "kind=proxy|helper=%s|from_on=%s|until_on=%s", year_teachers[1 + draw(year, 6)],
            in_days(year, 0), happens(year, 60) ? in_days(year, 30) : "");
}

static void of_the_duties(struct year_school *year)
{
    static const char *const DUTIES[] = {"visit_month", "talk_month", "start_check", "health_term", "theme_month", "hazard_month",
                                         "safety_term", "contact_month", NULL};
    const char *duty = pick(year, DUTIES);
    switch_duty(year, duty, happens(year, 70), happens(year, 50) ? &CLASSES[draw(year, GA_COUNT(CLASSES))] : NULL);
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
        const struct ga_due *due = &dues[draw(year, (uint32_t)count)];
        const bool is_put_off = happens(year, 40);
        enum ga_rc rc;
        if (due->outcome != 0)
            rc = ga_due_take_back(year->school.session, due, NULL);
        else
            rc = ga_due_say_outcome(year->school.session, due, is_put_off ? "postponed" : PICK("ill", "weather"),
                                    is_put_off ? ga_date_add_days(year->today, 1 + (int32_t)draw(year, 20)) : (struct ga_date){0}, "",
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
        children[i] = *any_child(year);
    const bool is_saved = ga_trip_save(year->school.session, ga_date_add_days(year->today, (int32_t)draw(year, 8)), children, 3, "红岩村",
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
    const size_t at = draw(year, (uint32_t)year->records_count);
    const struct year_record record = year->records[at];
    struct ga_save *save;
    char pairs[80];
    if (happens(year, 25) && ga_save_begin(year->school.session->store, &save, NULL) == GA_OK) {
        if (ga_save_remove(save, &record.id, NULL) == GA_OK)
            year->saved += ga_save_commit(save, NULL) == GA_OK;
        else
            ga_save_abandon(save);
        year->records[at] = year->records[--year->records_count];
        return;
    }
    snprintf(pairs, sizeof(pairs), "%s=%s", is_form(&record, "talk") ? "talked_on" : is_form(&record, "home_visit") ? "visited_on" :
             is_form(&record, "parent_call") ? "called_on" : is_form(&record, "living_care") ? "cared_on" : "", recent(year));
    if (pairs[0] != '=')
        change(year, &record.id, pairs);
}

static void send_back(struct year_school *year)
{
    struct ga_arena arena = {0};
    struct ga_sent_back *items;
    size_t count = 0;
    assert_int_equal(ga_sent_back_list(year->school.session, &arena, &items, &count, NULL), GA_OK);
    const struct ga_sent_back *item = count == 0 ? NULL : &items[draw(year, (uint32_t)count)];
    enum ga_rc rc = GA_REFUSED;
    if (item != NULL && happens(year, 30))
        rc = ga_sent_back_answer(year->school.session, item, "已补", NULL);
    else if (item != NULL && happens(year, 40))
        rc = ga_sent_back_accept(year->school.session, item, NULL);
    else if (year->records_count > 0)
        rc = ga_send_back(year->school.session, &year->records[draw(year, (uint32_t)year->records_count)].id, "写清楚", NULL);
    year->saved += rc == GA_OK;
    year->refused += rc != GA_OK;
    ga_arena_finish(&arena);
}

/* The month before of a class, where that may be. */
static void sign(struct year_school *year)
{
    struct ga_arena arena = {0};
    struct ga_roster_class *classes;
    struct ga_month month;
    size_t count = 0, confirmed;
    assert_int_equal(ga_store_classes(year->school.session->store, GA_ZH, &arena, &classes, &count, NULL), GA_OK);
    assert_int_equal(ga_month_read(year->school.session, &classes[draw(year, (uint32_t)count)], ga_date_add_months(year->today, -1), GA_ZH,
                                   &arena, &month, NULL), GA_OK);
    const bool is_signed = ga_months_sign(year->school.session, &month, 1, &confirmed, NULL) == GA_OK;
    year->saved += is_signed;
    year->refused += !is_signed;
    ga_arena_finish(&arena);
}

static void new_child(struct year_school *year)
{
    if (year->children_count < YEAR_CHILDREN_MAX)
        add_child(year, &CLASSES[draw(year, GA_COUNT(CLASSES))], (int)draw(year, 12));
}

/* Weights: of a hundred acts so many. */
static const struct {
    uint32_t weight;
    void (*act)(struct year_school *year);
} ACTS[] = {{16, visit}, {14, talk}, {12, call}, {11, contact}, {14, turn}, {7, of_the_school}, {5, trouble}, {4, of_the_file},
            {4, of_the_status}, {1, of_two_files}, {1, of_the_people}, {1, of_the_duties}, {4, say_why}, {2, plan_trip}, {4, mend},
            {3, send_back}, {2, sign}, {1, new_child}};

static void act(struct year_school *year)
{
    uint32_t all = 0, drawn;
    for (size_t i = 0; i < GA_COUNT(ACTS); i++)
        all += ACTS[i].weight;
    drawn = draw(year, all);
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
        fail_msg("%s %s", err.what.id, err.what.args[0]);
    assert_int_equal(ga_year_plan_read(year->school.session, GA_ZH, &arena, &plan, NULL), GA_OK);
    assert_int_equal(ga_year_seal(year->school.session, &plan, NULL), GA_OK);
    ga_arena_finish(&arena);
    year->saved += 2;
}

void year_school_live(struct year_school *year, struct ga_date day)
{
    const bool is_weekend = ga_date_weekday(day) > 5;
    year->today = day;
    year->school.options.today = day;
    year->school.now_ms = (int64_t)ga_date_to_days(day) * 86400000 + 3600000; /* nine o'clock in Shanghai */
    ga_session_set_today(year->school.session, day);
    sit_down(year, year_teachers[HEAD], NULL);
    if (ga_date_compare(day, YEAR_FIRST) == 0)
        begin(year);
    if (day.month == 8 && day.day == 31)
        end_year(year);
    for (uint32_t acts = draw(year, is_weekend ? 4 : 10); acts > 0; acts--) {
        const char *typist = year_teachers[draw(year, YEAR_TEACHERS)];
        sit_down(year, typist, typist == year_teachers[CLERK] ? year_teachers[1 + draw(year, 5)] : NULL);
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
