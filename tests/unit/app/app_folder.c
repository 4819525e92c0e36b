/* Makes, opens and removes throw-away data folders for tests. */
#include "app_folder.h"

#include "guanai/base/num.h"
#include "guanai/form/type.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int64_t now_ms(void *ctx)
{
    return *(int64_t *)ctx;
}

static int32_t east_of_utc(void *ctx, int64_t at_ms)
{
    (void)ctx, (void)at_ms;
    return 8 * 3600;
}

static void open_session(struct app_folder *app)
{
    struct ga_problems problems;
    struct ga_error err = {0};
    struct ga_str text = {0};
    ga_problems_init(&problems);
    if (ga_session_open(&app->options, &problems, &app->session, &err) != GA_OK) {
        ga_error_text(&err, GA_EN, &text);
        fprintf(stderr, "%s\n", ga_str_text(&text));
        abort();
    }
    assert(problems.faults == 0);
    ga_problems_finish(&problems);
}

void app_start(struct app_folder *app)
{
    *app = (struct app_folder){.path = "/tmp/guanai-app-XXXXXX", .now_ms = 1795408860000, .seed = 7};
    if (mkdtemp(app->path) == NULL)
        abort();
    app->clock = (struct ga_clock){.now_ms = now_ms, .utc_offset_s = east_of_utc, .ctx = &app->now_ms};
    app->random = ga_random_seeded(&app->seed);
    app->options = (struct ga_session_options){.data = app->path, .forms = FORMS_FOLDER, .lang = GA_EN, .user = "周老师",
                                               .io = ga_io_system(), .clock = &app->clock, .random = &app->random,
                                               .build_day = 20000 /* 2024-10-04 */};
    if (ga_session_init(&app->options, "石桥小学", NULL) != GA_OK)
        abort();
    open_session(app);
}

static int remove_one(void *arg, const char *name)
{
    char path[400];
    snprintf(path, sizeof(path), "%s/%s", ((struct app_folder *)arg)->path, name);
    remove(path);
    return 0;
}

void app_stop(struct app_folder *app)
{
    ga_session_close(app->session);
    const struct ga_io_ops *io = app->options.io;
    io->list(io->ctx, app->path, remove_one, app);
    remove(app->path);
}

void app_reopen(struct app_folder *app)
{
    ga_session_close(app->session);
    open_session(app);
}

void app_type(struct ga_entry *entry, const char *name, const char *text)
{
    struct ga_error err = {0};
    const struct ga_field *field = ga_form_field(entry->form, name);
    if (field == NULL || ga_entry_set(entry, field, NULL, text, NULL, &err) != GA_OK) {
        fprintf(stderr, "%s does not take %s: %s\n", name, text, err.what.id);
        abort();
    }
}

const struct ga_answer *app_answer(const struct ga_entry *entry, const char *name)
{
    return ga_answers_at(&entry->now, ga_form_field(entry->form, name));
}

const char *app_text(const struct ga_entry *entry, const char *name)
{
    const struct ga_value *value = &app_answer(entry, name)->value;
    return value->kind == GA_VALUE_TEXT ? value->text : "";
}

struct ga_uuid app_add_child(struct app_folder *app, const char *name)
{
    struct ga_entry *entry;
    if (ga_entry_new(app->session, "child", NULL, &entry, NULL) != GA_OK)
        abort();
    entry->mode = GA_CHECK_IMPORT;
    app_type(entry, "name", name);
    if (ga_entry_save(entry, NULL, NULL) != GA_OK)
        abort();
    const struct ga_uuid id = entry->now.id;
    ga_entry_destroy(entry);
    return id;
}
