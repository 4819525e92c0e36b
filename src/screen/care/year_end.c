/* The end of the school year as a list of steps that can be gone through over days. */
#include "guanai/screen/year_end.h"

#include "care/year_matters.h"
#include "guanai/app/class_teachers.h"
#include "guanai/app/handover.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/handovers.h"
#include "guanai/screen/import.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/menu_page.h"
#include "parts/words.h"

enum { APART = 1, CLASSES, OPEN_MATTERS, HANDOVER, TEACHERS, RUN, NEW_PUPILS, SEAL, UNDO };

struct year_end {
    struct ga_menu_page shown; /* first: menu_page.h */
    struct ga_year_plan plan;  /* in the arena of what is shown */
};

static struct year_end *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct year_end, screen);
}

static bool is_sealed(const struct year_end *y)
{
    return y->plan.sealed_on[0] != '\0';
}

static size_t count_going(const struct ga_year_plan *plan)
{
    return plan->counts[GA_YEAR_UP] + plan->counts[GA_YEAR_MOVES] + plan->counts[GA_YEAR_FINISHES];
}

/* "up 583, to another site 14, finish 116, repeat 3" */
static const char *counts_text(struct year_end *y, enum ga_lang lang)
{
    static const char *const sentences[GA_YEAR_FATES] = {
        [GA_YEAR_UP] = GA_N_("%1 one grade up"),         [GA_YEAR_REPEATS] = GA_N_("%1 repeat"),
        [GA_YEAR_MOVES] = GA_N_("%1 to another site"),   [GA_YEAR_FINISHES] = GA_N_("%1 finish"),
        [GA_YEAR_PLACED] = GA_N_("%1 stand there already"), [GA_YEAR_UNKNOWN] = GA_N_("%1 with no grade"),
    };
    const char *text = "";
    for (size_t fate = 0; fate < GA_YEAR_FATES; fate++) {
        if (y->plan.counts[fate] == 0)
            continue;
        const char *part = ga_words_say(&y->shown.lines, lang, sentences[fate], GA_NUM((int64_t)y->plan.counts[fate]));
        text = *text == '\0' ? part : ga_arena_printf(&y->shown.lines, "%s%s%s", text, ga_tr(lang, ", "), part);
    }
    return text;
}

static const char *run_text(struct year_end *y, enum ga_lang lang)
{
    if (y->plan.runs == 0)
        return count_going(&y->plan) == 0 ? ga_tr(lang, "nobody to go up before 1 August")
                                          : ga_words_say(&y->shown.lines, lang, GA_N_("not yet: %1 wait"),
                                                         GA_NUM((int64_t)count_going(&y->plan)));
    if (count_going(&y->plan) == 0)
        return ga_words_say(&y->shown.lines, lang, GA_N_("✓ done on %1"), y->plan.done_on);
    return ga_words_say(&y->shown.lines, lang, GA_N_("done on %1; %2 came later"), y->plan.done_on,
                        GA_NUM((int64_t)count_going(&y->plan)));
}

static const char *seal_text(struct year_end *y, enum ga_lang lang)
{
    if (is_sealed(y))
        return ga_words_say(&y->shown.lines, lang, GA_N_("✓ sealed on %1 by %2"), y->plan.sealed_on, y->plan.sealed_by);
    return ga_tr(lang, y->plan.runs > 0 ? GA_N_("until then it can be taken back (z)") : "");
}

/* What stands behind a step says how far it is: after days somebody else goes on with it. */
static const char *matters_text(struct year_end *y, enum ga_lang lang)
{
    struct ga_year_matters matters;
    if (ga_year_matters_urgent(y->shown.session, &matters, NULL) != GA_OK)
        return "";
    const char *reports = ga_year_matters_reports_text(&matters, lang, &y->shown.lines);
    if (matters.alarms == 0)
        return reports;
    const char *alarms = ga_words_say(&y->shown.lines, lang, GA_N_("%1 cannot wait"), GA_NUM(matters.alarms));
    return *reports == '\0' ? alarms : ga_arena_printf(&y->shown.lines, "%s%s%s", reports, ga_tr(lang, ", "), alarms);
}

/* "3 of 14 classes", with a tick when it is all of them. */
static const char *share_text(struct year_end *y, enum ga_lang lang, size_t done, size_t all)
{
    if (all == 0)
        return "";
    return ga_words_say(&y->shown.lines, lang, done == all ? GA_N_("✓ all %2 classes") : GA_N_("%1 of %2 classes"), GA_NUM((int64_t)done),
                        GA_NUM((int64_t)all));
}

static const char *handovers_text(struct year_end *y, enum ga_lang lang)
{
    struct ga_handover_class *classes;
    size_t count = 0, done = 0;
    if (ga_handovers_read(y->shown.session, lang, &y->shown.lines, &classes, &count, NULL) != GA_OK)
        return "";
    for (size_t i = 0; i < count; i++)
        done += classes[i].last != NULL && classes[i].last->giver_signed && classes[i].last->taker_signed;
    return done == 0 ? "" : share_text(y, lang, done, count); /* where everybody goes on nothing is handed over */
}

static const char *teachers_text(struct year_end *y, enum ga_lang lang)
{
    struct ga_year_teacher *classes;
    size_t count = 0, said = 0;
    if (ga_year_teachers_read(y->shown.session, &y->plan, lang, &y->shown.lines, &classes, &count, NULL) != GA_OK)
        return "";
    for (size_t i = 0; i < count; i++)
        said += classes[i].is_said;
    return share_text(y, lang, said, count);
}

static void add_steps(struct year_end *y, enum ga_lang lang)
{
    struct ga_menu *menu = &y->shown.menu;
    ga_menu_say(menu, GA_STYLE_DIM, ga_tr(lang, "Step by step, over as many days as it takes; what was said is kept at once."), NULL);
    ga_menu_say(menu, GA_STYLE_NORMAL, "", NULL);
    ga_menu_add(menu, APART, '1', ga_tr(lang, "Children apart from their class"),
                ga_words_say(&y->shown.lines, lang, y->plan.exceptions == 1 ? GA_N_("%1 child") : GA_N_("%1 children"),
                             GA_NUM((int64_t)y->plan.exceptions)));
    ga_menu_add(menu, CLASSES, '2', ga_tr(lang, "Where each class goes"),
                ga_words_say(&y->shown.lines, lang, GA_N_("%1 classes"), GA_NUM((int64_t)y->plan.classes_count)));
    ga_menu_say(menu, GA_STYLE_DIM, "", counts_text(y, lang));
    ga_menu_add(menu, OPEN_MATTERS, '3', ga_tr(lang, "What is still open"), matters_text(y, lang));
    ga_menu_add(menu, HANDOVER, '4', ga_tr(lang, "Files handed over"), handovers_text(y, lang));
    ga_menu_add(menu, RUN, '5', ga_tr(lang, "Everybody into the new grade"), run_text(y, lang));
    ga_menu_add(menu, TEACHERS, '6', ga_tr(lang, "Class teachers of the new year"), teachers_text(y, lang));
    ga_menu_add(menu, NEW_PUPILS, '7', ga_tr(lang, "Take in the new pupils' roster"), NULL);
    ga_menu_add(menu, SEAL, '8', ga_tr(lang, "Seal it"), seal_text(y, lang));
}

static void list(struct ga_screen *screen)
{
    struct year_end *y = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_error err = {0};
    y->plan = (struct ga_year_plan){.done_on = "", .sealed_on = "", .sealed_by = ""};
    if (ga_year_plan_read(y->shown.session, lang, &y->shown.lines, &y->plan, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_screen_set_title(screen, ga_words_say(&y->shown.lines, lang, GA_N_("Into the school year %1–%2"), GA_NUM(y->plan.school_year),
                                             GA_NUM(y->plan.school_year + 1)));
    add_steps(y, lang);
}

/* Nothing here is done on one key: what changes the whole school is said once more with its figures. */
static void ask(struct ga_screen *screen, int id)
{
    struct year_end *y = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *text = id == RUN    ? ga_words_say(&y->shown.lines, lang, GA_N_("%1.\nOne save for all; it can be taken back as a whole until it is sealed."),
                                                   counts_text(y, lang))
                       : id == SEAL ? ga_tr(lang, "From then on it stands and cannot be taken back any more. Single children are put right in their files.")
                                    : ga_tr(lang, "Everybody goes back to where they were before.");
    const char *title = id == RUN    ? ga_tr(lang, "Everybody into the new grade?")
                        : id == SEAL ? ga_tr(lang, "Seal this school year's end?")
                                     : ga_tr(lang, "Take it back?");
    ga_dialog_confirm(screen, title, text, false, id);
}

static void act(struct ga_screen *screen, int id)
{
    struct year_end *y = state_of(screen);
    struct ga_error err = {0};
    const enum ga_rc rc = id == RUN    ? ga_year_run(y->shown.session, &y->plan, &err)
                          : id == SEAL ? ga_year_seal(y->shown.session, &y->plan, &err)
                                       : ga_year_undo(y->shown.session, &y->plan, &err);
    if (rc != GA_OK)
        ga_dialog_error(screen, &err, 0);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, id == RUN    ? GA_N_("Everybody stands in the new grade.")
                                               : id == SEAL ? GA_N_("Sealed.")
                                                            : GA_N_("Taken back: everybody is where they were."));
}

static void choose(struct ga_screen *screen, int id)
{
    static const struct ga_screen_ops *const leads[] = {
        [APART] = &ga_screen_year_children, [CLASSES] = &ga_screen_year_classes,     [OPEN_MATTERS] = &ga_screen_year_matters,
        [HANDOVER] = &ga_screen_handovers,  [TEACHERS] = &ga_screen_year_teachers, [NEW_PUPILS] = &ga_screen_import_file, [UNDO] = NULL};
    if (leads[id] != NULL)
        ga_screen_push(screen, leads[id], NULL, id);
    else if (id == RUN && count_going(&state_of(screen)->plan) == 0) /* nobody to ask about: it says so at once */
        act(screen, id);
    else
        ask(screen, id);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    choose(screen, id);
    return GA_REDRAW;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    static const struct ga_menu_page_kind kind = {.list = list, .choose = choose};
    (void)arg;
    (void)err;
    ga_menu_page_begin(screen, &kind);
    return GA_OK;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct year_end *y = state_of(screen);
    return id != UNDO || (y->plan.runs > 0 && !is_sealed(y));
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if ((result->tag == RUN || result->tag == SEAL || result->tag == UNDO) && result->is_done && result->code == 1)
        act(screen, result->tag);
    ga_menu_page_list(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    ga_menu_page_list(screen); /* what the dialog says is in the other language then */
    if (tag == RUN || tag == SEAL || tag == UNDO)
        ask(screen, tag);
}

static const struct ga_tui_command commands[] = {
    {UNDO, {'z', GA_KEY_F(4)}, GA_N_("Take back"), GA_N_("take the whole step into the new grade back"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_year_end = {
    .name = "year_end",
    .title = GA_N_("End of the school year"),
    .help = GA_N_("At the end of the school year: first the children of whom something else holds than of their class, then the "
                  "classes, then what is open; after that one key takes everybody into the new grade. It can be taken back as a "
                  "whole until it is sealed. Past years stay as they were: figures and classes of any day show who was where."),
    .state_bytes = sizeof(struct year_end),
    .commands = GA_KEYMAP(commands),
    GA_MENU_PAGE_OPS,
    .enter = enter,
    .leave = ga_menu_page_leave,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
};
