/* A school of invented rows behind every widget, to try them in a real terminal. */
#include "tui_demo_screen.h"

#include "guanai/tui/loop.h"
#include "guanai/tui/term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct ga_error err = {0};
    struct ga_term *term = NULL;
    struct ga_term_config term_config = {.lines = GA_TERM_LINES_DRAWN};
    if (argc > 1 && strcmp(argv[1], "auto") == 0)
        term_config.lines = GA_TERM_LINES_AUTO;
    if (ga_term_open(&term_config, &term, &err) != GA_OK) {
        fprintf(stderr, "%s\n", err.what.id);
        return 2;
    }
    struct ga_ui_config config = {
        .io = ga_term_io(term), .lang = GA_ZH, .program = "红岩村小学", .banner = "演示"};
    struct ga_ui *ui = ga_ui_create(&config);
    if (ga_ui_start(ui, &tui_demo_list, NULL, &err) == GA_OK)
        ga_ui_run(ui);
    ga_ui_destroy(ui);
    ga_term_close(term);
    return 0;
}
