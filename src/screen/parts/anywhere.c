/* The keys that work on every page. */
#include "parts/anywhere.h"

#include "guanai/screen/name.h"
#include "guanai/screen/report.h"

enum { REPORT = -20, SWITCH = -21 };

static const struct ga_tui_command keys[] = {
    {REPORT, {GA_CTRL(']')}, GA_N_("Report!"), GA_N_("mandatory report on the child this page is about, else on one you name"),
     GA_COMMAND_IF_ROOM},
    {SWITCH, {GA_CTRL('\\')}, GA_N_("Switch"), GA_N_("somebody else sits down at the keys; what is typed here is kept"),
     GA_COMMAND_IF_ROOM},
    {REPORT, {'!'}, GA_N_("Report!"), NULL, GA_COMMAND_SECRET}, /* where nothing is typed */
};

const struct ga_keymap ga_anywhere_keys = GA_KEYMAP(keys);

enum ga_reply ga_anywhere_run(struct ga_screen *top, int id)
{
    switch (id) {
    case REPORT:
        return ga_report_run(top);
    case SWITCH:
        return ga_name_ask(top);
    default:
        return GA_IGNORED;
    }
}
