/* Two files side by side, to judge whether they are one child's or to take over what one of them says. */
#include "guanai/screen/doubles.h"

#include "guanai/app/entry.h"
#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/screen/session.h"
#include "guanai/screen/value.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/widget/list.h"
#include "parts/words.h"

#include <string.h>

enum command { SAME = 1, DIFFERENT, LATER, TAKE, PART, REVEAL };
enum tag { TAG_TAKE = 1, TAG_PART };
enum { LABEL, MARK, VALUE_A, VALUE_B };

struct pair {
    struct ga_session *session;
    struct ga_screen_pair_arg arg;
    const struct ga_form *form;
    struct ga_answers files[2];
    bool has_files;
    struct ga_roster_row rows[2];
    struct ga_vec fields; /* const struct ga_field *: answered in one of them */
    struct ga_tui_list list;
    struct ga_arena stored;
    bool is_linked, is_revealed, was_saved;
    enum ga_lang lang;
};

static struct pair *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct pair, screen);
}

static const struct ga_uuid *id_of(const struct pair *pair, int i)
{
    return i == 0 ? &pair->arg.a : &pair->arg.b;
}

static void forget_files(struct pair *pair)
{
    for (int i = 0; i < 2 && pair->has_files; i++)
        ga_answers_finish(&pair->files[i]);
    pair->has_files = false;
}

static bool differs(const struct pair *pair, const struct ga_field *field)
{
    return !ga_answer_equal(ga_answers_at(&pair->files[0], field), ga_answers_at(&pair->files[1], field));
}

/* What differs stands first: it decides. */
static void list_fields(struct pair *pair)
{
    ga_vec_clear(&pair->fields);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < pair->form->all_count; i++) {
            const struct ga_field *field = pair->form->all[i];
            const bool has_value = field->type->storage != GA_STORE_NOTHING && field->type->storage != GA_STORE_ROWS &&
                                   (ga_answers_at(&pair->files[0], field)->state != GA_EMPTY ||
                                    ga_answers_at(&pair->files[1], field)->state != GA_EMPTY);
            if (has_value && differs(pair, field) == (pass == 0))
                *(const struct ga_field **)ga_vec_push(&pair->fields) = field;
        }
    ga_tui_list_reload(&pair->list, pair->fields.len);
}

static enum ga_rc read_files(struct pair *pair, struct ga_error *err)
{
    struct ga_store *store = pair->session->store;
    struct ga_answers files[2];
    enum ga_same_verdict verdict;
    enum ga_rc rc = ga_store_form_of(store, &pair->arg.a, &pair->form, err);
    if (rc == GA_OK)
        rc = ga_same_verdict(store, &pair->arg.a, &pair->arg.b, &verdict, err);
    if (rc == GA_OK)
        rc = ga_store_read(store, pair->form, &pair->arg.a, &files[0], NULL, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_store_read(store, pair->form, &pair->arg.b, &files[1], NULL, err);
    if (rc != GA_OK) {
        ga_answers_finish(&files[0]);
        return rc;
    }
    forget_files(pair);
    memcpy(pair->files, files, sizeof(files));
    pair->has_files = true;
    pair->is_linked = verdict == GA_SAME_LINKED;
    ga_arena_reset(&pair->stored);
    for (int i = 0; i < 2 && rc == GA_OK; i++)
        rc = ga_roster_row(store, id_of(pair, i), pair->lang, &pair->stored, &pair->rows[i], err);
    list_fields(pair);
    return rc;
}

static void put_value(struct pair *pair, int i, const struct ga_field *field, struct ga_tui_cells *cells, size_t row)
{
    struct ga_str text = {0}, masked = {0};
    const struct ga_answer *answer = ga_answers_at(&pair->files[i], field);
    ga_screen_add_answer(pair->session, field, answer, pair->lang, &text);
    const bool is_masked =
        !pair->is_revealed && answer->state == GA_ANSWERED && ga_screen_is_masked(pair->form, field);
    if (is_masked)
        ga_screen_add_masked(field, ga_str_text(&text), &masked);
    ga_tui_cells_put(cells, row, i == 0 ? VALUE_A : VALUE_B, ga_str_text(is_masked ? &masked : &text));
    ga_str_finish(&text);
    ga_str_finish(&masked);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct pair *pair = ctx;
    for (size_t row = 0; row < count; row++) {
        const struct ga_field *field = *GA_VEC_AT(const struct ga_field *, &pair->fields, first + row);
        ga_tui_cells_put(cells, row, LABEL, ga_label_text(&field->label, pair->lang));
        ga_tui_cells_put(cells, row, MARK, differs(pair, field) ? "!" : "=");
        put_value(pair, 0, field, cells, row);
        put_value(pair, 1, field, cells, row);
    }
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct pair *pair = state_of(screen);
    pair->session = ga_screen_session(screen);
    pair->arg = *(const struct ga_screen_pair_arg *)arg;
    pair->lang = ga_screen_lang(screen);
    ga_vec_init(&pair->fields, sizeof(const struct ga_field *));
    ga_tui_list_init(&pair->list, fetch, pair);
    return read_files(pair, err);
}

static void leave(struct ga_screen *screen)
{
    struct pair *pair = state_of(screen);
    forget_files(pair);
    ga_tui_list_finish(&pair->list);
    ga_vec_finish(&pair->fields);
    ga_arena_finish(&pair->stored);
}

/* "档号 12  三年级(2)班" */
static const char *head_of(const struct pair *pair, int i, struct ga_arena *arena)
{
    const struct ga_roster_row *row = &pair->rows[i];
    const char *class = row->has_left ? ga_arena_printf(arena, "%s %s", ga_tr(pair->lang, "left"), row->class_shown)
                                      : row->class_shown;
    return row->card_no > 0 ? ga_arena_printf(arena, "%s %lld %s", ga_tr(pair->lang, "no."), (long long)row->card_no, class)
                            : class;
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct pair *pair = state_of(screen);
    pair->lang = ga_screen_lang(screen);
    read_files(pair, NULL); /* class names change with the language */
    pair->list.columns_count = 0;
    const short half = (short)((area.cols - 20) / 2 > 12 ? (area.cols - 20) / 2 : 12);
    ga_tui_list_column(&pair->list, &(struct ga_tui_column){.title = "", .cols = 16, .min_cols = area.cols < 76 ? 8 : 16});
    ga_tui_list_column(&pair->list, &(struct ga_tui_column){.title = "", .cols = 1});
    for (int i = 0; i < 2; i++)
        ga_tui_list_column(&pair->list, &(struct ga_tui_column){.title = head_of(pair, i, &screen->arena), .cols = half,
                                                                .min_cols = 10, .grows = true});
    ga_area_cut_top(&area, 2);
    ga_tui_list_layout(&pair->list, area);
    ga_tui_list_reload(&pair->list, pair->fields.len);
}

static void paint_head(struct pair *pair, struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct ga_str text = {0};
    struct ga_area row = ga_area_row(screen->area, 0), below = ga_area_row(screen->area, 1);
    ga_str_addf(&text, "%s / %s", pair->rows[0].name, pair->rows[1].name);
    if (pair->arg.likeness.degree != GA_ALIKE_NOT) {
        ga_str_addf(&text, "  %s ", ga_tr(pair->lang, "The same:"));
        ga_likeness_say(pair->arg.likeness, pair->lang, &text);
    }
    ga_canvas_text_fit(canvas, row.row, row.col + 1, row.cols - 1, GA_STYLE_STRONG, ga_str_text(&text));
    ga_str_finish(&text);
    const char *ask = pair->is_linked ? GA_N_("One child; the left file leads. Enter takes over from the right one; u parts")
                                      : GA_N_("Is it one child?  1 yes  2 no, two children  3 later");
    ga_canvas_text_fit(canvas, below.row, below.col + 1, below.cols - 1, GA_STYLE_LABEL, ga_tr(pair->lang, ask));
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct pair *pair = state_of(screen);
    if (ga_canvas_is_whole(canvas))
        paint_head(pair, screen, canvas);
    ga_tui_list_paint(&pair->list, canvas, true);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    return ga_tui_list_event(&state_of(screen)->list, event);
}

/* Of a child who left and came back the file that was made anew leads. */
static bool is_turned(const struct pair *pair)
{
    return pair->rows[0].has_left && !pair->rows[1].has_left;
}

static enum ga_reply say(struct ga_screen *screen, enum ga_same_verdict verdict, const char *because)
{
    struct pair *pair = state_of(screen);
    struct ga_error err = {0};
    const int first = verdict == GA_SAME_LINKED && is_turned(pair) ? 1 : 0;
    enum ga_rc rc =
        ga_doubles_say(pair->session->store, id_of(pair, first), id_of(pair, 1 - first), verdict, because, &err);
    if (rc != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return GA_REDRAW;
    }
    ga_words_tell(screen->ui, GA_STYLE_OK,
                  verdict == GA_SAME_LINKED ? GA_N_("One child from now on; = in the file shows both and parts them again.")
                                            : GA_N_("Two children: written down, not asked again."));
    return ga_screen_close_done(screen, (int)verdict, NULL);
}

static const struct ga_field *marked(const struct pair *pair)
{
    return pair->list.selected < pair->fields.len
               ? *GA_VEC_AT(const struct ga_field *, &pair->fields, pair->list.selected)
               : NULL;
}

static bool can_take(const struct pair *pair)
{
    const struct ga_field *field = marked(pair);
    return pair->is_linked && field != NULL && differs(pair, field) &&
           ga_answers_at(&pair->files[1], field)->state == GA_ANSWERED;
}

static void ask_take(struct ga_screen *screen)
{
    struct pair *pair = state_of(screen);
    const struct ga_field *field = marked(pair);
    if (!can_take(pair))
        return;
    ga_dialog_confirm(screen, ga_label_text(&field->label, pair->lang),
                      ga_tr(pair->lang, "Write what the right file says into the left one? The old answer stays in its history."),
                      true, TAG_TAKE);
}

/* An ordinary edit of the leading file, with its checks. */
static enum ga_rc take_over(struct pair *pair, const struct ga_field *field, struct ga_error *err)
{
    struct ga_entry *entry;
    struct ga_str text = {0};
    enum ga_rc rc = ga_entry_open(pair->session, &pair->arg.a, &entry, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_value *value = &ga_answers_at(&pair->files[1], field)->value;
    if (value->kind == GA_VALUE_TEXT)
        ga_str_add(&text, value->text);
    else
        ga_field_show(field, GA_EN, value, &text);
    entry->mode = GA_CHECK_IMPORT;
    rc = ga_entry_set(entry, field, NULL, ga_str_text(&text), NULL, err);
    if (rc == GA_OK)
        rc = ga_entry_save(entry, NULL, err);
    ga_str_finish(&text);
    ga_entry_destroy(entry);
    return rc;
}

static void take_marked(struct ga_screen *screen)
{
    struct pair *pair = state_of(screen);
    struct ga_error err = {0};
    const struct ga_field *field = marked(pair);
    enum ga_rc rc = can_take(pair) ? take_over(pair, field, &err) : GA_OK;
    if (rc == GA_OK)
        rc = read_files(pair, &err);
    pair->was_saved = true;
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
}

static void ask_part(struct ga_screen *screen)
{
    const struct ga_dialog_ask ask = {.title = ga_screen_tr(screen, "Two children"),
                                      .text = ga_screen_tr(screen, "Why are these two children?")};
    ga_dialog_ask(screen, &ask, TAG_PART);
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    struct pair *pair = state_of(screen);
    struct ga_str why = {0};
    enum ga_reply reply = GA_REDRAW;
    switch ((enum command)id) {
    case SAME:
        ga_likeness_say(pair->arg.likeness, GA_ZH, &why);
        reply = say(screen, GA_SAME_LINKED, ga_str_text(&why));
        break;
    case DIFFERENT:
        reply = say(screen, GA_SAME_DIFFERENT, NULL);
        break;
    case LATER:
        return ga_screen_close(screen);
    case TAKE:
        ask_take(screen);
        break;
    case PART:
        ask_part(screen);
        break;
    case REVEAL:
        pair->is_revealed = !pair->is_revealed;
        ga_tui_list_reload(&pair->list, pair->fields.len);
        break;
    }
    ga_str_finish(&why);
    return reply;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct pair *pair = state_of(screen);
    return id == REVEAL                                    ? true
           : id == SAME || id == DIFFERENT || id == LATER ? !pair->is_linked
           : id == TAKE                                    ? can_take(pair)
                                                           : pair->is_linked;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (!result->is_done)
        return;
    if (result->tag == TAG_TAKE && result->code == 1)
        take_marked(screen);
    else if (result->tag == TAG_PART)
        say(screen, GA_SAME_DIFFERENT, result->text);
}

static void reword(struct ga_screen *screen, int tag)
{
    state_of(screen)->lang = ga_screen_lang(screen); /* the page itself is laid out afterwards */
    if (tag == TAG_TAKE)
        ask_take(screen);
    else if (tag == TAG_PART)
        ask_part(screen);
}

static enum ga_reply back(struct ga_screen *screen)
{
    return state_of(screen)->was_saved ? ga_screen_close_done(screen, 0, NULL) : ga_screen_close(screen);
}

static const struct ga_tui_command commands[] = {
    {SAME, {'1'}, GA_N_("One child"), GA_N_("one child's: counted once, shown together; both files stay as they are"),
     GA_COMMAND_IN_BAR},
    {DIFFERENT, {'2'}, GA_N_("Two"), GA_N_("two children's: not asked again"), GA_COMMAND_IN_BAR},
    {LATER, {'3'}, GA_N_("Later"), GA_N_("leave it on the list"), GA_COMMAND_IN_BAR},
    {TAKE, {GA_KEY_ENTER}, GA_N_("Take over"), GA_N_("write what the right file says into the left one"),
     GA_COMMAND_IN_BAR},
    {PART, {'u'}, GA_N_("Part"), GA_N_("two children after all: say why"), GA_COMMAND_IN_BAR},
    {REVEAL, {GA_KEY_F(4), GA_CTRL('R')}, GA_N_("Show"), GA_N_("show what is hidden, or hide it again"),
     GA_COMMAND_IF_ROOM},
};

static const struct ga_screen_ops pair_ops = {
    .name = "pair",
    .title = GA_N_("Two files side by side"),
    .help = GA_N_("What differs stands first, marked with !. Neither file is changed by saying that they are one child's: "
                  "the child is counted once, all records of both hang together, and it can be taken back."),
    .state_bytes = sizeof(struct pair),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
    .back = back,
};

void ga_screen_pair_open(struct ga_screen *screen, const struct ga_screen_pair_arg *arg, int tag)
{
    ga_screen_push(screen, &pair_ops, arg, tag);
}
