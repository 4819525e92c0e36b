/* A throw-away data folder with the shipped forms. */
#include "school.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int64_t held_now(void *ctx)
{
    return ((struct school *)ctx)->now_ms;
}

static int32_t china(void *ctx, int64_t at_ms)
{
    (void)ctx, (void)at_ms;
    return 8 * 3600;
}

static void say_all(const struct ga_problems *problems)
{
    char buf[GA_MESSAGE_BYTES];
    for (size_t i = 0; i < problems->list.len; i++) {
        const struct ga_problem *problem = GA_VEC_AT(struct ga_problem, &problems->list, i);
        if (problem->severity == GA_FAULT)
            fprintf(stderr, "%s:%d:%d: %s\n", problem->file == NULL ? "" : problem->file, problem->line,
                    problem->column, ga_message_text(&problem->what, GA_EN, buf, sizeof(buf)));
    }
}

enum ga_rc school_reopen(struct school *school, struct ga_error *err)
{
    ga_store_close(school->store);
    school->store = NULL;
    enum ga_rc rc = ga_store_open(&school->options, &school->store, err);
    if (rc != GA_OK)
        return rc;
    ga_forms_add_sites(ga_store_forms(school->store), &school->config);
    return ga_store_accept_forms(school->store, GA_FOLDER(school->forms), &school->problems, err);
}

void school_prepare(struct school *school, struct school_base base)
{
    *school = (struct school){.now_ms = 1795408860000, .seed = 7, .forms = FORMS_FOLDER}; /* 2026-11-23 04:41 UTC */
    strcpy(school->folder, "/tmp/guanai-school-XXXXXX");
    char *made = mkdtemp(school->folder);
    assert(made != NULL);
    ga_problems_init(&school->problems);
    ga_config_default(&school->arena, "石桥小学", &school->config);
    school->clock = (struct ga_clock){.now_ms = held_now, .utc_offset_s = china, .ctx = school};
    school->random = ga_random_seeded(&school->seed);
    school->options = (struct ga_store_options){.folder = school->folder,
                                                .io = base.io != NULL ? base.io : ga_io_system(),
                                                .vfs = base.vfs,
                                                .clock = &school->clock,
                                                .random = &school->random,
                                                .today = {2026, 11, 23},
                                                .user = "周老师",
                                                .may_create = true};
}

void school_start(struct school *school)
{
    struct ga_error err = {0};
    school_prepare(school, (struct school_base){0});
    enum ga_rc rc = school_reopen(school, &err);
    say_all(&school->problems);
    if (rc != GA_OK) {
        struct ga_str text = {0};
        ga_error_text(&err, GA_EN, &text);
        fprintf(stderr, "%s\n", ga_str_text(&text));
        ga_str_finish(&text);
    }
    assert(rc == GA_OK && school->problems.faults == 0);
}

void school_stop(struct school *school)
{
    char command[128];
    ga_store_close(school->store);
    ga_problems_finish(&school->problems);
    ga_arena_finish(&school->arena);
    snprintf(command, sizeof(command), "rm -rf '%s'", school->folder);
    int rc = system(command);
    assert(rc == 0);
}

const struct ga_form *school_form(struct school *school, const char *name)
{
    const struct ga_form *form = ga_forms_get(ga_store_forms(school->store), name, NULL);
    assert(form != NULL);
    return form;
}

void school_type(struct ga_answers *answers, const char *name, const char *typed)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    const struct ga_parse_context ctx = {.today = {2026, 11, 23}, .record = answers};
    struct ga_value value;
    assert(field != NULL);
    enum ga_rc rc = ga_field_parse(field, &ctx, typed, &answers->arena, &value, NULL, NULL);
    assert(rc == GA_OK);
    ga_answers_set(answers, field, &value);
}

struct ga_uuid school_add_child(struct school *school, const char *name)
{
    struct ga_answers child;
    bool changed;
    ga_answers_init(&child, school_form(school, "child"));
    school_type(&child, "name", name);
    const struct ga_save_record record = {.after = &child};
    enum ga_rc rc = ga_store_save(school->store, &record, 0, &changed, NULL);
    assert(rc == GA_OK && changed);
    const struct ga_uuid id = child.id;
    ga_answers_finish(&child);
    return id;
}

void school_edit(struct school *school, const char *form, const struct ga_uuid *id, const char *field,
                 const char *typed)
{
    struct ga_answers before, after;
    struct ga_heads *heads;
    bool changed;
    enum ga_rc rc = ga_store_read(school->store, school_form(school, form), id, &before, &heads, NULL);
    assert(rc == GA_OK);
    ga_answers_copy(&after, &before);
    school_type(&after, field, typed);
    const struct ga_save_record record = {.after = &after, .before = &before, .heads = heads};
    rc = ga_store_save(school->store, &record, 0, &changed, NULL);
    assert(rc == GA_OK);
    ga_heads_destroy(heads);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
}

const char *school_read(struct school *school, const char *form, const struct ga_uuid *id, const char *name)
{
    struct ga_answers answers;
    struct ga_str text = {0};
    enum ga_rc rc = ga_store_read(school->store, school_form(school, form), id, &answers, NULL, NULL);
    assert(rc == GA_OK);
    const struct ga_field *field = ga_form_field(answers.form, name);
    assert(field != NULL);
    ga_field_show(field, GA_ZH, &ga_answers_at(&answers, field)->value, &text);
    const char *kept = ga_arena_strdup(&school->arena, ga_str_text(&text));
    ga_str_finish(&text);
    ga_answers_finish(&answers);
    return kept;
}
