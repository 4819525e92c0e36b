/* Writes a year of records of every kind. */
#include "care_fill.h"

#include "guanai/app/care.h"
#include "guanai/app/send_back.h"
#include "guanai/app/sign.h"
#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/roster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct ga_date TODAY = {2026, 11, 23};

/* A record of a form: its date field, the fields beside it; of a list its repeat with so many children. */
struct kind {
    const char *form, *day;
    int times, of; /* so often for every `of` children */
    const char *fields[4][2];
    const char *rows;
    int rows_count;
};

static const struct kind KINDS[] = {
    {"home_visit", "visited_on", 8, 1, {{"outcome", "met"}, {"met", "grandmother_f"}, {"concerns", "ok"}}, NULL, 0},
    {"talk", "talked_on", 4, 1, {{"topics", "study"}, {"mood", "4"}}, NULL, 0},
    {"parent_call", "called_on", 4, 1, {{"outcome", "reached"}}, NULL, 0},
    {"guardian_talk", "talked_on", 2, 1, {{0}}, NULL, 0},
    {"living_care", "cared_on", 6, 1, {{"kind", "meals"}, {"what", "早饭"}}, NULL, 0},
    {"family_call", "called_on", 2, 1, {{"outcome", "reached"}, {"whom", "father"}}, NULL, 0},
    {"letter", "written_on", 2, 1, {{"kind", "to_parents"}, {"sent", "1"}}, NULL, 0},
    {"health_check", "checked_on", 1, 1, {{"height_cm", "128"}, {"weight_kg", "26.5"}, {"findings", "ok"}}, NULL, 0},
    {"duty_outcome", "said_on", 1, 60, {{"duty", "call_month"}, {"period", "2026-11"}, {"outcome", "other"}, {"reason", "家长换了号码"}}, NULL, 0},
    {"incident", "happened_on", 1, 200, {{"what", "没人管饭"}, {"kind", "unguarded"}, {"must_report", "1"}}, NULL, 0},
    {"referral", "sent_on", 1, 400, {{"sent_to", "village"}, {"asked_for", "请人照看"}}, NULL, 0},
    {"care_plan", "opened_on", 1, 100, {{"problem", "独自在家"}, {"goal", "每天有人做饭"}}, NULL, 0},
    {"tutoring", "tutored_on", 40, 50, {{"slot", "after"}, {"subject", "maths"}, {"tutor", "周老师"}, {"minutes", "40"}}, "pupils", 6},
    {"activity", "held_on", 10, 50, {{"title", "读书会"}, {"kind", "reading"}, {"sessions", "1"}, {"organiser", "class"}}, "participants", 25},
    {"aid", "given_on", 2, 50, {{"source", "meals"}, {"form_of_aid", "money"}, {"handled_by", "周老师"}}, "recipients", 10},
    {"trip", "planned_on", 12, 50, {{"doer", "周老师"}, {"villages", "红岩村"}}, "stops", 5},
};
enum { TALK = 1, SENT_BACK_OF = 500 };

struct filling {
    struct ga_session *session;
    struct ga_save *save;
    struct ga_vec children; /* struct ga_uuid */
    struct ga_uuid last_row;
    unsigned dice;
};

void bench_check(enum ga_rc rc, const struct ga_error *err)
{
    if (rc == GA_OK)
        return;
    fprintf(stderr, "%s\n", err->what.id);
    exit(1);
}

static unsigned draw(unsigned *dice, unsigned below)
{
    *dice = *dice * 1103515245u + 12345u;
    return (*dice >> 8) % below;
}

static struct ga_value parse(struct ga_answers *answers, const struct ga_field *field, const char *text)
{
    struct ga_value value;
    const struct ga_parse_context ctx = {.today = TODAY, .record = answers};
    struct ga_error err = {0};
    bench_check(ga_field_parse(field, &ctx, text, &answers->arena, &value, NULL, &err), &err);
    return value;
}

static void type(struct ga_answers *answers, const char *name, const char *text)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    const struct ga_value value = parse(answers, field, text);
    ga_answers_set(answers, field, &value);
}

static void add_rows(struct filling *f, const struct kind *kind, struct ga_answers *answers)
{
    const struct ga_field *repeat = ga_form_field(answers->form, kind->rows);
    char id[GA_UUID_TEXT_SIZE];
    for (int i = 0; i < kind->rows_count; i++) {
        struct ga_uuid row_id;
        const size_t child = draw(&f->dice, (unsigned)f->children.len);
        ga_uuid_make(f->session->options->clock, f->session->options->random, &f->last_row, &row_id);
        struct ga_row *row = ga_answers_add_row(answers, repeat, row_id);
        const struct ga_value value = ga_value_text(ga_uuid_text(GA_VEC_AT(const struct ga_uuid, &f->children, child), id));
        for (size_t k = 0; k < repeat->fields.count; k++)
            if (strcmp(repeat->fields.items[k].name, "child") == 0)
                ga_answers_set_in_row(answers, row, &repeat->fields.items[k], &value);
    }
}

static void put(struct filling *f, const struct kind *kind, const struct ga_uuid *child)
{
    const struct ga_form *form = ga_forms_get(f->session->forms, kind->form, NULL);
    struct ga_answers answers;
    struct ga_error err = {0};
    bool changed;
    const struct ga_date day = ga_date_add_days(TODAY, -1 - (int32_t)draw(&f->dice, 360));
    ga_answers_init(&answers, form);
    if (form->of.text != NULL)
        answers.child = *child;
    type(&answers, kind->day, GA_DATE_ISO(day));
    for (size_t i = 0; i < GA_COUNT(kind->fields) && kind->fields[i][0] != NULL; i++)
        type(&answers, kind->fields[i][0], kind->fields[i][1]);
    if (kind->rows != NULL)
        add_rows(f, kind, &answers);
    bench_check(ga_save_put(f->save, &(struct ga_save_record){.after = &answers}, &changed, &err), &err);
    ga_answers_finish(&answers);
}

/* What is sent back names a record, so it can be mended: the child's own file. */
static void put_sent_back(struct filling *f, const struct ga_uuid *record)
{
    char id[GA_UUID_TEXT_SIZE];
    const struct kind kind = {"sent_back", "sent_on", 1, 1,
                              {{"of_record", ga_uuid_text(record, id)}, {"about", "家访"}, {"words", "写清孩子睡在哪里"}, {"to_whom", "周老师"}},
                              NULL, 0};
    put(f, &kind, NULL);
}

static void read_children(struct filling *f)
{
    struct ga_stmt *stmt;
    struct ga_error err = {0};
    bool has_row = false;
    bench_check(ga_stmt_prepare(ga_store_db(f->session->store), "SELECT id FROM record WHERE form = 'child' ORDER BY no", &stmt, &err), &err);
    while (ga_stmt_step(stmt, &has_row, &err) == GA_OK && has_row)
        memcpy(((struct ga_uuid *)ga_vec_push(&f->children))->bytes, ga_stmt_column(stmt, 0).text, 16);
    ga_stmt_destroy(stmt);
}

void bench_fill(struct ga_session *session)
{
    struct filling f = {.session = session, .dice = 7};
    struct ga_error err = {0};
    ga_vec_init(&f.children, sizeof(struct ga_uuid));
    read_children(&f);
    bench_check(ga_save_begin(session->store, &f.save, &err), &err);
    for (size_t i = 0; i < f.children.len; i++) {
        const struct ga_uuid *child = GA_VEC_AT(const struct ga_uuid, &f.children, i);
        for (size_t k = 0; k < GA_COUNT(KINDS); k++)
            for (int times = 0; i % (size_t)KINDS[k].of == 0 && times < KINDS[k].times; times++)
                put(&f, &KINDS[k], child);
        if (i % SENT_BACK_OF == 0)
            put_sent_back(&f, child);
    }
    bench_check(ga_save_commit(f.save, &err), &err);
    ga_vec_finish(&f.children);
}

void bench_put_talk(struct ga_session *session, struct ga_save *save, const struct ga_uuid *child)
{
    struct filling f = {.session = session, .save = save, .dice = 77};
    put(&f, &KINDS[TALK], child);
}

static void sign_month(struct ga_session *session, const struct ga_roster_class *classes, size_t count, struct ga_date day)
{
    struct ga_arena arena = {0};
    struct ga_month *months = ga_arena_array(&arena, count, sizeof(*months));
    size_t confirmed;
    struct ga_error err = {0};
    for (size_t i = 0; i < count; i++)
        bench_check(ga_month_read(session, &classes[i], day, GA_ZH, &arena, &months[i], &err), &err);
    bench_check(ga_months_sign(session, months, count, &confirmed, &err), &err);
    ga_arena_finish(&arena);
}

void bench_sign(struct ga_session *session, int months)
{
    struct ga_arena arena = {0};
    struct ga_roster_class *classes;
    size_t count;
    struct ga_error err = {0};
    bench_check(ga_store_classes(session->store, GA_ZH, &arena, &classes, &count, &err), &err);
    for (int i = 1; i <= months; i++)
        sign_month(session, classes, count, ga_date_add_months((struct ga_date){2026, 11, 1}, -i));
    ga_arena_finish(&arena);
}
