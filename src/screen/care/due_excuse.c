/* Asks why something was not done, step by step. */
#include "care/due_excuse.h"

#include "care/due_words.h"
#include "guanai/base/alloc.h"
#include "guanai/store/roster.h"
#include "guanai/text/date_typed.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { OUTCOME, DAY, REASON, TAKE_BACK };
enum { DAY_CHARS = 20, REASON_CHARS = 100, TITLE_SIZE = 160 };

static const char *title_of(const struct ga_due_excuse *excuse, char buf[TITLE_SIZE])
{
    snprintf(buf, TITLE_SIZE, "%s%s%s", excuse->child, excuse->child[0] != '\0' ? " · " : "", ga_label_text(excuse->duty, excuse->lang));
    return buf;
}

static const char *label_at(void *ctx, size_t i)
{
    const struct ga_due_excuse *excuse = ctx;
    return ga_label_text(&excuse->outcomes[i]->label, excuse->lang);
}

static bool is_meant(void *ctx, size_t i, const char *typed)
{
    const struct ga_due_excuse *excuse = ctx;
    return ga_words_match(&excuse->outcomes[i]->label, typed);
}

/* What only a family can be the reason of; nor is what a class owes put off. */
static bool is_of_child(const char *outcome)
{
    static const char *const codes[] = {GA_OUTCOME_POSTPONED, "moved", "refused", "phone_dead"};
    for (size_t i = 0; i < GA_COUNT(codes); i++)
        if (strcmp(codes[i], outcome) == 0)
            return true;
    return false;
}

static enum ga_rc read_outcomes(struct ga_due_excuse *excuse, struct ga_error *err)
{
    const struct ga_list *list = ga_forms_list(excuse->session->forms, "duty_outcome", err);
    size_t count = 0;
    if (list == NULL)
        return GA_NOT_FOUND;
    for (size_t i = 0; i < list->choices.count && count < GA_DUE_EXCUSES_MAX; i++)
        if (!list->choices.items[i].is_retired &&
            (excuse->due.child != 0 || !is_of_child(list->choices.items[i].code)))
            excuse->outcomes[count++] = &list->choices.items[i];
    excuse->options =
        (struct ga_tui_options){.ctx = excuse, .count = count, .label = label_at, .matches = is_meant};
    return GA_OK;
}

static void ask_outcome(struct ga_due_excuse *excuse, struct ga_screen *screen, int tag)
{
    char title[TITLE_SIZE];
    const struct ga_tui_pick pick = {.title = title_of(excuse, title), .options = &excuse->options, .picked = -1,
                                     .picks_by_digit = excuse->options.count <= GA_OPTIONS_NUMBERED};
    ga_tui_pick_open(screen, &pick, tag);
}

static void ask_line(struct ga_due_excuse *excuse, struct ga_screen *screen, const char *initial, int tag)
{
    char title[TITLE_SIZE];
    const struct ga_dialog_ask ask = {
        .title = title_of(excuse, title),
        .text = excuse->step == DAY ? ga_screen_tr(screen, "Put off until which day? For example 28, 11-28, tomorrow.")
                                    : ga_screen_tr(screen, "Why, in one line? Enter saves it."),
        .initial = initial,
        .gives_way = excuse->step == DAY,
        .max_chars = excuse->step == DAY ? DAY_CHARS : REASON_CHARS,
    };
    ga_dialog_ask(screen, &ask, tag);
}

static void ask_back(struct ga_due_excuse *excuse, struct ga_screen *screen, int tag)
{
    char title[TITLE_SIZE];
    ga_dialog_confirm(screen, title_of(excuse, title),
                      ga_screen_tr(screen, "Take back what was said of this? It is to be done again then; the history keeps "
                                           "what was said."),
                      false, tag);
}

void ga_due_excuse_reword(struct ga_due_excuse *excuse, struct ga_screen *screen, int tag)
{
    excuse->lang = ga_screen_lang(screen);
    if (excuse->step == OUTCOME)
        ask_outcome(excuse, screen, tag);
    else if (excuse->step == TAKE_BACK)
        ask_back(excuse, screen, tag);
    else
        ask_line(excuse, screen, "", tag);
}

static bool has_word(struct ga_due_excuse *excuse)
{
    struct ga_uuid id;
    return (excuse->due.state == GA_DUE_EXCUSED || excuse->due.state == GA_DUE_COMING) &&
           ga_due_outcome_of(excuse->session, &excuse->due, &id, NULL) == GA_OK;
}

static void note_child(struct ga_due_excuse *excuse)
{
    struct ga_arena arena = {0};
    struct ga_roster_row child;
    excuse->child[0] = '\0';
    if (excuse->due.child == 0)
        ga_str_copy(excuse->child, sizeof(excuse->child), ga_due_words_class(&excuse->session->config, &excuse->due, excuse->lang, &arena));
    else if (ga_roster_row_of(excuse->session->store, excuse->due.child, excuse->lang, &arena, &child, NULL) == GA_OK)
        ga_str_copy(excuse->child, sizeof(excuse->child), child.name);
    ga_arena_finish(&arena);
}

void ga_due_excuse_open(struct ga_due_excuse *excuse, struct ga_screen *screen, struct ga_care *care,
                        const struct ga_due *due, int tag)
{
    struct ga_error err = {0};
    excuse->due = *due;
    ga_str_copy(excuse->class_key, sizeof(excuse->class_key), due->class_key);
    excuse->due.class_key = excuse->class_key;
    excuse->duty = &ga_care_duties(care)->items[due->duty]->title;
    excuse->lang = ga_screen_lang(screen);
    excuse->step = has_word(excuse) ? TAKE_BACK : OUTCOME;
    note_child(excuse);
    if (excuse->step == TAKE_BACK)
        ask_back(excuse, screen, tag);
    else if (!ga_due_takes_outcome(excuse->session, due))
        ga_words_tell(screen->ui, GA_STYLE_WARNING, GA_N_("There is nothing to be said of this now."));
    else if (read_outcomes(excuse, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ask_outcome(excuse, screen, tag);
}

static void say_saved(const struct ga_due_excuse *excuse, struct ga_screen *screen, struct ga_date until)
{
    char title[TITLE_SIZE], day[GA_DATE_SIZE];
    title_of(excuse, title);
    if (excuse->step == DAY)
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("%1: put off until %2"), title,
                      ga_date_text_short(until, excuse->lang, day));
    else
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("%1: %2; waits for the headteacher's word"), title,
                      ga_label_text(&excuse->outcome->label, excuse->lang));
}

/* What is refused stands there once more, to be mended. */
static bool save(struct ga_due_excuse *excuse, struct ga_screen *screen, const char *typed, int tag)
{
    const struct ga_date_manner manner = {.today = excuse->session->today, .lean = GA_DATE_FUTURE};
    struct ga_date until = {0};
    struct ga_error err = {0};
    enum ga_rc rc = excuse->step == DAY ? ga_date_parse(typed, &manner, &until, NULL, &err) : GA_OK;
    if (rc == GA_OK)
        rc = ga_due_say_outcome(excuse->session, &excuse->due, excuse->outcome->code, until,
                                excuse->step == DAY ? "" : typed, &err);
    if (rc == GA_OK) {
        say_saved(excuse, screen, until);
        return true;
    }
    ga_ui_say_error(screen->ui, &err);
    if (rc == GA_REFUSED)
        ask_line(excuse, screen, typed, tag);
    return false;
}

static bool take_back(struct ga_due_excuse *excuse, struct ga_screen *screen)
{
    struct ga_error err = {0};
    char title[TITLE_SIZE];
    if (ga_due_take_back(excuse->session, &excuse->due, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return false;
    }
    ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("%1: taken back"), title_of(excuse, title));
    return true;
}

bool ga_due_excuse_take(struct ga_due_excuse *excuse, struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (!result->is_done)
        return false;
    if (excuse->step == TAKE_BACK)
        return result->code == 1 && take_back(excuse, screen);
    if (excuse->step != OUTCOME)
        return save(excuse, screen, result->text, result->tag);
    if (result->code < 0 || (size_t)result->code >= excuse->options.count)
        return false;
    excuse->outcome = excuse->outcomes[result->code];
    excuse->step = strcmp(excuse->outcome->code, GA_OUTCOME_POSTPONED) == 0 ? DAY : REASON;
    ask_line(excuse, screen, "", result->tag);
    return false;
}
