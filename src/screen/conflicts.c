/* Lists what computers answered differently, settles one by a digit. */
#include "guanai/screen/conflicts.h"

#include "guanai/app/record_face.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "guanai/store/conflict.h"
#include "guanai/store/roster.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "list_page.h"
#include "words.h"

#include <string.h>

enum command { SETTLE = 1, OPEN };
enum column { WHOSE, FIELD, FIRST, SECOND };
enum { LISTED_MAX = 500, CHOICES_MAX = 9 };

struct page {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_conflict *conflicts;
    size_t count;
    struct ga_arena arena, row; /* of the conflicts; of what is shown */
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

static const struct ga_conflict *marked(const struct page *page)
{
    return page->count > 0 ? &page->conflicts[page->list.selected] : NULL;
}

/* All fields of a unit in one text: "奶奶 · 1380…" */
static const char *value_text(struct page *page, const struct ga_conflict *conflict, size_t i, enum ga_lang lang)
{
    struct ga_str text = {0};
    const size_t count = conflict->kind == GA_CONFLICT_REMOVAL ? 1 : conflict->fields_count;
    for (size_t k = 0; k < count; k++) {
        const char *one = conflict->values[i].texts[k];
        ga_str_addf(&text, "%s%s", k > 0 ? " · " : "", one[0] != '\0' ? one : ga_tr(lang, "(empty)"));
    }
    const char *kept = ga_arena_strdup(&page->row, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

static const char *field_text(struct page *page, const struct ga_conflict *conflict, enum ga_lang lang)
{
    struct ga_str text = {0};
    if (conflict->kind == GA_CONFLICT_REMOVAL)
        return ga_tr(lang, "taken out, or changed");
    for (size_t i = 0; i < conflict->fields_count; i++)
        ga_str_addf(&text, "%s%s", i > 0 ? " · " : "", conflict->fields[i].label);
    const char *kept = ga_arena_strdup(&page->row, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

/* The child or record by what it is called. */
static const char *whose(struct page *page, const struct ga_conflict *conflict, enum ga_lang lang)
{
    struct ga_record_face face;
    struct ga_roster_row row;
    if (strcmp(conflict->form->name, "child") == 0 &&
        ga_roster_row(page->session->store, &conflict->record, lang, &page->row, &row, NULL) == GA_OK)
        return ga_arena_printf(&page->row, "%s %s", row.name, row.class_shown);
    return ga_record_face_read(page->session, &conflict->record, &page->row, &face, NULL) == GA_OK
               ? ga_record_face_text(page->session, &face, lang, &page->row)
               : ga_label_text(&conflict->form->title, lang);
}

static const char *said(struct page *page, const struct ga_conflict *conflict, size_t i, enum ga_lang lang)
{
    const struct ga_conflict_value *value = &conflict->values[i];
    return ga_arena_printf(&page->row, "%s (%s)", value_text(page, conflict, i, lang), value->user);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    for (size_t i = 0; i < count && first + i < page->count; i++) {
        const struct ga_conflict *conflict = &page->conflicts[first + i];
        ga_tui_cells_put(cells, i, WHOSE, whose(page, conflict, lang));
        ga_tui_cells_put(cells, i, FIELD, field_text(page, conflict, lang));
        ga_tui_cells_put(cells, i, FIRST, said(page, conflict, 0, lang));
        ga_tui_cells_put(cells, i, SECOND, conflict->values_count > 1 ? said(page, conflict, 1, lang) : "");
        ga_arena_reset(&page->row);
    }
}

static void read_again(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    page->count = 0;
    ga_arena_reset(&page->arena);
    if (ga_conflict_list(page->session->store, NULL, 0, LISTED_MAX, ga_screen_lang(screen), &page->arena, &page->conflicts,
                         &page->count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_tui_list_reload(&page->list, page->count);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    state_of(screen)->session = ga_screen_session(screen);
    ga_tui_list_init(&state_of(screen)->list, fetch, screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_tui_list_finish(&page->list);
    ga_arena_finish(&page->arena);
    ga_arena_finish(&page->row);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    static const struct ga_tui_column columns[] = {
        [WHOSE] = {.title = GA_N_("Whose"), .cols = 18, .min_cols = 8},
        [FIELD] = {.title = GA_N_("What"), .cols = 14, .min_cols = 8},
        [FIRST] = {.title = GA_N_("Counts for now"), .cols = 20, .min_cols = 12, .grows = true},
        [SECOND] = {.title = GA_N_("Or"), .cols = 20, .min_cols = 12, .grows = true},
    };
    ga_words_list_layout(screen, &state_of(screen)->list, columns, GA_COUNT(columns), GA_N_("Nothing was answered differently."), area);
    read_again(screen);
}

/* Each answer with who gave it, when, at which computer, from what file. */
static void ask(struct ga_screen *screen, const struct ga_conflict *conflict)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *ways[CHOICES_MAX];
    size_t count = 0;
    for (; count < conflict->values_count && count < CHOICES_MAX; count++) {
        const struct ga_conflict_value *value = &conflict->values[count];
        ways[count] = ga_arena_printf(&page->row, "%s — %s, %s%s, %s%s%s", value_text(page, conflict, count, lang),
                                      ga_words_who(&page->row, lang, value->user, value->typist), value->when,
                                      value->is_doubtful ? "?" : "", value->site_label, value->source[0] != '\0' ? ", " : "", value->source);
    }
    ga_dialog_choose(screen, ga_arena_printf(&page->row, "%s: %s", whose(page, conflict, lang), field_text(page, conflict, lang)),
                     ga_tr(lang, "Which answer counts? The others stay in the history."), ways, count, SETTLE);
    ga_arena_reset(&page->row);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    const struct ga_conflict *conflict = marked(state_of(screen));
    if (conflict == NULL)
        return GA_HANDLED;
    if (id == SETTLE)
        ask(screen, conflict);
    else
        ga_screen_record_open(screen, &conflict->record, 0, NULL, OPEN);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct page *page = state_of(screen);
    const struct ga_conflict *conflict = marked(page);
    struct ga_error err = {0};
    if (conflict != NULL && result->tag == SETTLE && result->is_done) {
        if (ga_conflict_settle(page->session->store, conflict, (size_t)result->code, NULL, 0, &err) != GA_OK)
            ga_ui_say_error(screen->ui, &err);
        else
            ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("Settled; %1 are left"), GA_NUM(page->count - 1));
    }
    read_again(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == SETTLE && marked(state_of(screen)) != NULL)
        ask(screen, marked(state_of(screen)));
}

static const struct ga_tui_command commands[] = {
    {SETTLE, {GA_KEY_ENTER}, GA_N_("Settle"), GA_N_("say which answer counts"), GA_COMMAND_IN_BAR},
    {OPEN, {'o', GA_KEY_F(11)}, GA_N_("Open"), GA_N_("the record, to type something third"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_conflicts = {
    .name = "conflicts",
    .title = GA_N_("Answered differently"),
    .help = GA_N_("Two people filled in one field on two computers without knowing of each other. Both answers are kept; the first "
                  "is shown everywhere until somebody says which counts. Enter shows who gave which answer, when and where: a "
                  "digit settles it. Where neither is right, settle it and then mend the record."),
    .state_bytes = sizeof(struct page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_list_page_paint,
    .event = ga_list_page_event,
    .command = run_command,
    .resumed = resumed,
    .reword = reword,
};
