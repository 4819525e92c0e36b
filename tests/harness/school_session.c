/* A real data folder of a small invented school, for tests of screens. */
#include "school_session.h"

#include "guanai/app/entry.h"
#include "guanai/base/alloc.h"
#include "guanai/form/type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int64_t now_ms(void *ctx)
{
    struct school_session *school = ctx;
    return school->now_ms += 1000;
}

static int32_t utc_offset_s(void *ctx, int64_t at_ms)
{
    (void)ctx;
    (void)at_ms;
    return 8 * 3600;
}

static void run(const char *command)
{
    assert_int_equal(system(command), 0);
}

static void check(enum ga_rc rc, const struct ga_error *err)
{
    struct ga_str text = {0};
    if (rc == GA_OK)
        return;
    ga_error_text(err, GA_EN, &text);
    fail_msg("%s", ga_str_text(&text));
}

static void open_session(struct school_session *school)
{
    struct ga_problems problems;
    struct ga_error err = {0};
    ga_problems_init(&problems);
    check(ga_session_open(&school->options, &problems, &school->session, &err), &err);
    for (size_t i = 0; i < problems.list.len; i++) {
        char buf[GA_MESSAGE_BYTES];
        const struct ga_problem *problem = GA_VEC_AT(struct ga_problem, &problems.list, i);
        print_error("%s:%d: %s\n", problem->file, problem->line,
                    ga_message_text(&problem->what, GA_EN, buf, sizeof(buf)));
    }
    assert_int_equal(problems.faults, 0);
    ga_problems_finish(&problems);
}

void school_session_put_form(const struct school_session *school, const char *file, const char *text)
{
    char path[160];
    snprintf(path, sizeof(path), "%s/%s", school->options.forms, file);
    if (text == NULL)
        assert_int_equal(unlink(path), 0);
    else
        assert_int_equal(ga_io_write_file(ga_io_system(), path, text, strlen(text), NULL), GA_OK);
}

/* A folder takes long to make, most of it to have the forms accepted: it is made once for a form, then copied. */
static struct made_folder {
    char folder[64];  /* "": none yet */
    char *file, *text; /* of the form in it; NULL: the shipped ones only */
    uint64_t seed;    /* where making it left the random bytes */
    int64_t now_ms;   /* … the clock */
} made;

static void forget_made(void)
{
    char command[120];
    snprintf(command, sizeof(command), "rm -rf '%s'", made.folder);
    if (made.folder[0] != '\0')
        run(command);
    free(made.file);
    free(made.text);
    made = (struct made_folder){0};
}

/* The forms are the very files: nobody reads them again. Whoever changes one puts another file in its place. */
static void copy_folder(const char *from, const char *to)
{
    char command[400];
    snprintf(command, sizeof(command), "cp -al '%s/forms' '%s' && cp -a '%s/data' '%s'", from, to, from, to);
    run(command);
}

static void keep_made(const struct school_session *school, const struct school_session_form *form)
{
    static bool is_left_at_exit;
    forget_made();
    if (!is_left_at_exit)
        is_left_at_exit = atexit(forget_made) == 0;
    strcpy(made.folder, "/tmp/guanai-school-XXXXXX");
    assert_non_null(mkdtemp(made.folder));
    copy_folder(school->folder, made.folder);
    made.file = form == NULL ? NULL : ga_strdup(form->file);
    made.text = form == NULL ? NULL : ga_strdup(form->text);
    made.seed = school->seed;
    made.now_ms = school->now_ms;
}

static bool is_made(const struct school_session_form *form)
{
    if (made.folder[0] == '\0' || form == NULL)
        return made.folder[0] != '\0' && made.text == NULL;
    return ga_str_equal(form->file, made.file) && ga_str_equal(form->text, made.text);
}

static void make_folder(struct school_session *school, const struct school_session_form *form)
{
    char command[1024];
    struct ga_error err = {0};
    snprintf(command, sizeof(command), "cp -r '%s' '%s'", GUANAI_FORMS, school->options.forms);
    run(command);
    if (form != NULL)
        school_session_put_form(school, form->file, form->text);
    check(ga_session_init(&school->options, "红岩村小学", &err), &err);
    keep_made(school, form);
}

void school_session_start(struct school_session *school, const struct school_session_form *form)
{
    memset(school, 0, sizeof(*school));
    strcpy(school->folder, "/tmp/guanai-school-XXXXXX");
    assert_non_null(mkdtemp(school->folder));
    snprintf(school->data, sizeof(school->data), "%s/data", school->folder);
    snprintf(school->forms, sizeof(school->forms), "%s/forms", school->folder);
    school->seed = 7;
    school->random = ga_random_seeded(&school->seed);
    school->now_ms = 1795408860000; /* 2026-11-23 04:41 UTC */
    school->clock = (struct ga_clock){now_ms, utc_offset_s, school};
    school->options = (struct ga_session_options){.data = school->data,
                                                  .forms = school->forms,
                                                  .lang = GA_ZH,
                                                  .today = {2026, 11, 23},
                                                  .user = "周老师",
                                                  .io = ga_io_system(),
                                                  .clock = &school->clock,
                                                  .random = &school->random};
    if (is_made(form)) {
        copy_folder(made.folder, school->folder);
        school->seed = made.seed;
        school->now_ms = made.now_ms;
    } else {
        make_folder(school, form);
    }
    open_session(school);
}

void school_session_reopen(struct school_session *school)
{
    ga_session_close(school->session);
    open_session(school);
}

void school_session_take_extra_forms(struct school_session *school)
{
    char command[1024];
    snprintf(command, sizeof(command), "cp -r --remove-destination '%s'/. '%s'", GUANAI_FORMS_EXTRA, school->options.forms);
    run(command);
    school_session_reopen(school);
}

void school_session_stop(struct school_session *school)
{
    char command[120];
    ga_session_close(school->session);
    school->session = NULL;
    snprintf(command, sizeof(command), "rm -rf '%s'", school->folder);
    run(command);
}

struct ga_uuid school_session_add(struct school_session *school, const char *form,
                                  const struct ga_uuid *child, ...)
{
    struct ga_entry *entry;
    struct ga_error err = {0};
    va_list args;
    check(ga_entry_new(school->session, form, child, &entry, &err), &err);
    entry->mode = GA_CHECK_IMPORT;
    va_start(args, child);
    for (const char *pair; (pair = va_arg(args, const char *)) != NULL;) {
        char name[64];
        const char *value = strchr(pair, '=') + 1;
        ga_str_copy(name,
                    (size_t)(value - pair) < sizeof(name) ? (size_t)(value - pair) : sizeof(name),
                    pair);
        const struct ga_field *field = ga_form_field(entry->form, name);
        assert_non_null(field);
        check(ga_entry_set(entry, field, NULL, value, NULL, &err), &err);
        ga_entry_because(entry, field, "测试");
    }
    va_end(args);
    check(ga_entry_save(entry, NULL, &err), &err);
    struct ga_uuid id = entry->now.id;
    ga_entry_destroy(entry);
    return id;
}
