/* A visit to an invented child, waiting for words in its field `content`, in a real terminal. */
#include "school_session.h"

#include "guanai/screen/record.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum { FIELDS_BEFORE_CONTENT = 7 };

static const struct ga_screen_ops below = {.name = "below", .title = "首页", .state_bytes = 1};

int main(void)
{
    static struct school_session school;
    struct ga_error err = {0};
    struct ga_term *term = NULL;
    const struct ga_term_config term_config = {.lines = GA_TERM_LINES_DRAWN};
    school_session_start(&school, NULL);
    struct ga_uuid child =
        school_session_add(&school, "child", NULL, "name=彭英俊", "guardian_relation=奶奶", NULL);
    if (ga_term_open(&term_config, &term, &err) != GA_OK) {
        fprintf(stderr, "%s\n", err.what.id);
        return 2;
    }
    struct ga_ui_config config = {
        .io = ga_term_io(term), .lang = GA_ZH, .program = "红岩村小学", .app = school.session};
    struct ga_ui *ui = ga_ui_create(&config);
    if (ga_ui_start(ui, &below, NULL, &err) == GA_OK) {
        const struct ga_event enter = {.kind = GA_EVENT_KEY, .key = GA_KEY_ENTER};
        ga_screen_record_new(ga_ui_top(ui), "home_visit", &child, 1);
        for (int i = 0; i < FIELDS_BEFORE_CONTENT; i++)
            ga_ui_step(ui, &enter);
        ga_ui_run(ui);
    }
    ga_ui_destroy(ui);
    ga_term_close(term);
    school_session_stop(&school);
    return 0;
}
