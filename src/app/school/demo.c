/* Fills a data folder with an invented school in the middle of a term. */
#include "school/demo.h"

#include "guanai/form/type.h"
#include "guanai/store/draft.h"

#include <string.h>

int ga_demo_below(struct ga_demo *demo, int bound)
{
    return (int)ga_random_below(&demo->random, (uint64_t)bound);
}

bool ga_demo_happens(struct ga_demo *demo, int percent)
{
    return ga_demo_below(demo, 100) < percent;
}

const char *ga_demo_pick(struct ga_demo *demo, enum ga_demo_list list)
{
    int count = 0;
    while (ga_demo_words[list][count] != NULL)
        count++;
    return ga_demo_words[list][ga_demo_below(demo, count)];
}

/* Not after today. */
static struct ga_date day_of_term(struct ga_demo *demo)
{
    const int32_t from = ga_date_to_days(demo->term_from), to = ga_date_to_days(demo->session->today);
    return ga_date_from_days(to <= from ? to : from + ga_demo_below(demo, to - from + 1));
}

void ga_demo_type(struct ga_demo *demo, struct ga_answers *answers, const char *name, const char *text)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    const struct ga_parse_context ctx = {.today = demo->session->today, .record = answers};
    struct ga_value value;
    if (field != NULL && ga_field_parse(field, &ctx, text, &answers->arena, &value, NULL, NULL) == GA_OK)
        ga_answers_set(answers, field, &value);
}

static enum ga_rc put_answers(struct ga_demo *demo, struct ga_answers *answers, struct ga_error *err)
{
    const struct ga_save_record record = {.after = answers};
    bool is_changed;
    return ga_save_put(demo->save, &record, &is_changed, err);
}

static void type_visit(struct ga_demo *demo, struct ga_answers *visit)
{
    static const char *const concerns[] = {"ok", "ok", "ok", "fire", "alone", "no_desk", "phone"};
    const bool is_met = ga_demo_happens(demo, 88);
    const char *concern = concerns[ga_demo_below(demo, 7)];
    const struct ga_date day = day_of_term(demo);
    ga_demo_type(demo, visit, "visited_on", GA_DATE_ISO(day));
    ga_demo_type(demo, visit, "visitor", ga_demo_pick(demo, GA_DEMO_TEACHER));
    ga_demo_type(demo, visit, "outcome", is_met ? "met" : "not_home");
    ga_demo_type(demo, visit, "phone_changed", "0");
    ga_demo_type(demo, visit, "phase", ga_config_phase(&demo->session->config, day));
    if (!is_met)
        return;
    ga_demo_type(demo, visit, "met", ga_demo_happens(demo, 60) ? "grandmother_f" : "grandfather_f");
    ga_demo_type(demo, visit, "child_present", "1");
    ga_demo_type(demo, visit, "concerns", concern);
    ga_demo_type(demo, visit, "content", ga_demo_pick(demo, GA_DEMO_VISITED));
    ga_demo_type(demo, visit, "agreed", ga_demo_pick(demo, GA_DEMO_AGREED));
    if (strcmp(concern, "ok") != 0)
        ga_demo_type(demo, visit, "follow_up_on", GA_DATE_ISO(ga_date_add_days(day, 14)));
}

static void type_talk(struct ga_demo *demo, struct ga_answers *talk)
{
    static const char *const topics[] = {"study", "family", "friends", "life", "praise", "study family"};
    static const char *const moods[] = {"2", "3", "3", "4", "4", "5"};
    ga_demo_type(demo, talk, "talked_on", GA_DATE_ISO(day_of_term(demo)));
    ga_demo_type(demo, talk, "talker", ga_demo_pick(demo, GA_DEMO_TEACHER));
    ga_demo_type(demo, talk, "place", ga_demo_happens(demo, 60) ? "office" : "yard");
    ga_demo_type(demo, talk, "topics", topics[ga_demo_below(demo, 6)]);
    ga_demo_type(demo, talk, "mood", moods[ga_demo_below(demo, 6)]);
    ga_demo_type(demo, talk, "content", ga_demo_pick(demo, GA_DEMO_SAID));
    ga_demo_type(demo, talk, "advice", ga_demo_pick(demo, GA_DEMO_ADVICE));
    ga_demo_type(demo, talk, "next_step", "none");
}

static void type_change(struct ga_demo *demo, struct ga_answers *change)
{
    const bool is_gone = ga_demo_happens(demo, 50);
    ga_demo_type(demo, change, "kind", is_gone ? "transfer" : "parents_back");
    ga_demo_type(demo, change, "from_on", GA_DATE_ISO(day_of_term(demo)));
    ga_demo_type(demo, change, "doer", ga_demo_pick(demo, GA_DEMO_TEACHER));
    if (is_gone)
        ga_demo_type(demo, change, "to_place", ga_demo_pick(demo, GA_DEMO_CITY));
}

/* One record of a child; a form that is not installed is left out. */
static enum ga_rc put_record(struct ga_demo *demo, const struct ga_form *form, const struct ga_uuid *child,
                             void (*type)(struct ga_demo *demo, struct ga_answers *answers), struct ga_error *err)
{
    struct ga_answers answers;
    if (form == NULL)
        return GA_OK;
    ga_answers_init(&answers, form);
    answers.child = *child;
    type(demo, &answers);
    enum ga_rc rc = put_answers(demo, &answers, err);
    ga_answers_finish(&answers);
    return rc;
}

static enum ga_rc put_term(struct ga_demo *demo, const struct ga_uuid *child, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (int visits = ga_demo_below(demo, 3); visits > 0 && rc == GA_OK; visits--)
        rc = put_record(demo, demo->visit, child, type_visit, err);
    for (int talks = ga_demo_below(demo, 4); talks > 0 && rc == GA_OK; talks--)
        rc = put_record(demo, demo->talk, child, type_talk, err);
    if (rc == GA_OK && ga_demo_happens(demo, 3))
        rc = put_record(demo, demo->change, child, type_change, err);
    return rc;
}

/* Who looks at the demo school has a class in it: the first page says what is to be done there. */
static void type_teacher(struct ga_demo *demo, struct ga_answers *teacher)
{
    ga_demo_type(demo, teacher, "site", ga_config_own_site(&demo->session->config)->code);
    ga_demo_type(demo, teacher, "class", "三年级(1)班");
    ga_demo_type(demo, teacher, "teacher", ga_store_user(demo->session->store));
    ga_demo_type(demo, teacher, "from_on", GA_DATE_ISO(demo->term_from));
}

static enum ga_rc put_all(struct ga_demo *demo, struct ga_uuid left_behind[2], struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (int i = 0; i < demo->children && rc == GA_OK; i++) {
        struct ga_answers child;
        const bool is_left_behind = ga_demo_child(demo, i, &child);
        rc = put_answers(demo, &child, err);
        if (rc == GA_OK && is_left_behind) {
            left_behind[1] = left_behind[0];
            left_behind[0] = child.id;
            rc = put_term(demo, &child.id, err);
        }
        ga_answers_finish(&child);
    }
    if (rc == GA_OK && *ga_store_user(demo->session->store) != '\0')
        rc = put_record(demo, ga_forms_get(demo->session->forms, "class_teacher", NULL), &(struct ga_uuid){0}, type_teacher, err);
    return rc;
}

/* As a power cut in the middle of a form would leave it. */
static enum ga_rc leave_draft(struct ga_demo *demo, const struct ga_form *form, const struct ga_uuid *child,
                              const char *field, const char *text, struct ga_error *err)
{
    struct ga_entry *entry;
    if (form == NULL || ga_uuid_is_zero(child))
        return GA_OK;
    enum ga_rc rc = ga_entry_new(demo->session, form->name, child, &entry, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_field *definition = ga_form_field(form, field);
    if (definition != NULL)
        rc = ga_entry_set(entry, definition, NULL, text, NULL, err);
    if (rc == GA_OK)
        rc = ga_entry_keep_draft(entry, field, err);
    ga_entry_destroy(entry);
    return rc;
}

/* Autumn terms begin on 1 September, spring terms about the middle of February. */
static struct ga_date begin_of_term(const struct ga_session *session)
{
    const struct ga_date today = session->today;
    for (size_t i = 0; i < session->config.terms_count; i++)
        if (ga_date_compare(session->config.terms[i].from, today) <= 0 &&
            ga_date_compare(today, session->config.terms[i].to) <= 0)
            return session->config.terms[i].from;
    if (today.month >= 9 || today.month == 1)
        return (struct ga_date){.year = (int16_t)(today.year - (today.month == 1)), .month = 9, .day = 1};
    return (struct ga_date){.year = today.year, .month = 2, .day = 16};
}

enum ga_rc ga_session_fill_demo(struct ga_session *session, int children, uint64_t seed, struct ga_error *err)
{
    struct ga_demo demo = {.session = session, .state = seed, .children = children};
    struct ga_uuid left_behind[2] = {0};
    demo.random = ga_random_seeded(&demo.state);
    demo.child = ga_forms_get(session->forms, "child", err);
    if (demo.child == NULL)
        return GA_NOT_FOUND;
    demo.visit = ga_forms_get(session->forms, "home_visit", NULL);
    demo.talk = ga_forms_get(session->forms, "talk", NULL);
    demo.change = ga_forms_get(session->forms, "status_change", NULL);
    demo.term_from = begin_of_term(session);
    enum ga_rc rc = ga_save_begin(session->store, &demo.save, err);
    if (rc != GA_OK)
        return rc;
    rc = put_all(&demo, left_behind, err);
    if (rc != GA_OK) {
        ga_save_abandon(demo.save);
        return rc;
    }
    rc = ga_save_commit(demo.save, err);
    if (rc == GA_OK)
        rc = leave_draft(&demo, demo.visit, &left_behind[0], "content", "奶奶说孩子最近夜里常醒，", err);
    if (rc == GA_OK)
        rc = leave_draft(&demo, demo.talk, &left_behind[1], "content", "课间一个人坐着，问起来", err);
    return rc;
}
