/* One field of every kind on a page. */
#include "tui_demo_screen.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/tui/widget/boolean.h"
#include "guanai/tui/widget/choice.h"
#include "guanai/tui/widget/choices.h"
#include "guanai/tui/widget/date.h"
#include "guanai/tui/widget/memo.h"
#include "guanai/tui/widget/picker.h"
#include "guanai/tui/widget/scale.h"
#include "guanai/tui/widget/tabs.h"

#include <stdio.h>
#include <string.h>

enum { NAME, PHONE, DAY, MET, SEEN, TOLD, MOOD, NOTE, FIELDS };

struct fields {
    struct ga_tui_input name;
    struct ga_tui_input phone;
    struct ga_tui_date day;
    struct ga_tui_choice met;
    struct ga_tui_choices seen;
    struct ga_tui_boolean told;
    struct ga_tui_scale mood;
    struct ga_tui_memo note;
    struct ga_tui_tabs tabs;
    int focus;
};

static const char *const labels[FIELDS] = {"姓名", "电话", "日期", "见到谁", "家中情况", "已告知", "情绪", "备注"};
static const char *const relations[] = {"爷爷", "奶奶", "外公", "外婆", "父亲", "母亲", "伯父",
                                        "姑姑", "舅舅", "邻居12号", "老师", "其他"};
static const char *const sights[] = {"无异常", "独自在家", "火源靠近床铺", "受伤", "缺衣少食"};

static const char *relation(void *ctx, size_t i)
{
    (void)ctx;
    return relations[i];
}

static const char *sight(void *ctx, size_t i)
{
    (void)ctx;
    return sights[i];
}

static bool is_nothing(void *ctx, size_t i)
{
    (void)ctx;
    return i == 0;
}

static bool hint(void *ctx, const char *typed, enum ga_lang lang, char buf[GA_DATE_HINT_SIZE])
{
    (void)ctx;
    (void)lang;
    bool is_whole = strlen(typed) == 10;
    snprintf(buf, GA_DATE_HINT_SIZE, is_whole ? "%s 周六" : "还不是日期", typed);
    return is_whole;
}

static const char *mood_label(void *ctx, int value)
{
    (void)ctx;
    return value >= 4 ? "开心" : value <= 2 ? "低落" : "一般";
}

static const struct ga_tui_options relation_options = {.count = GA_COUNT(relations), .label = relation};
static const struct ga_tui_options sight_options = {
    .count = GA_COUNT(sights), .label = sight, .is_exclusive = is_nothing};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    struct fields *f = GA_STATE(struct fields, screen);
    struct ga_message *note = ga_screen_note(screen);
    ga_tui_input_init(&f->name, 8, note);
    f->name.placeholder = "姓名";
    ga_tui_input_init(&f->phone, 11, note);
    f->phone.folds_width = true;
    ga_tui_date_init(&f->day, note);
    f->day.hint = hint;
    ga_tui_choice_init(&f->met, &relation_options, 1);
    ga_tui_choices_init(&f->seen, &sight_options);
    f->told.value = -1;
    f->mood = (struct ga_tui_scale){.low = 1, .high = 5, .value = GA_SCALE_NONE, .label = mood_label};
    ga_tui_memo_init(&f->note, 200, note);
    f->tabs = (struct ga_tui_tabs){.titles = {"基本情况", "家庭", "记录"}, .count = 3};
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct fields *f = GA_STATE(struct fields, screen);
    ga_tui_input_finish(&f->name);
    ga_tui_input_finish(&f->phone);
    ga_tui_date_finish(&f->day);
    ga_tui_memo_finish(&f->note);
}

static int rows_of(struct fields *f, int field, int cols, enum ga_lang lang)
{
    if (field == MET && f->focus == MET)
        return ga_tui_choice_rows(&f->met, cols, lang);
    if (field == SEEN && f->focus == SEEN)
        return ga_tui_choices_rows(&f->seen, cols, lang);
    return field == NOTE ? ga_tui_memo_lines(&f->note, cols) : 1;
}

static void paint_field(struct fields *f, int i, struct ga_canvas *canvas, struct ga_area area, enum ga_lang lang)
{
    bool is_focused = f->focus == i;
    switch (i) {
    case NAME:
        ga_tui_input_paint(&f->name, canvas, area, is_focused);
        break;
    case PHONE:
        ga_tui_input_paint(&f->phone, canvas, area, is_focused);
        break;
    case DAY:
        ga_tui_date_paint(&f->day, canvas, area, is_focused, lang);
        break;
    case MET:
        ga_tui_choice_paint(&f->met, canvas, area, is_focused, lang);
        break;
    case SEEN:
        ga_tui_choices_paint(&f->seen, canvas, area, is_focused, lang);
        break;
    case TOLD:
        ga_tui_boolean_paint(&f->told, canvas, area, is_focused, lang);
        break;
    case MOOD:
        ga_tui_scale_paint(&f->mood, canvas, area, is_focused);
        break;
    default:
        ga_tui_memo_paint(&f->note, canvas, area, is_focused);
        break;
    }
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct fields *f = GA_STATE(struct fields, screen);
    struct ga_area room = screen->area;
    enum ga_lang lang = ga_screen_lang(screen);
    ga_tui_tabs_paint(&f->tabs, canvas, ga_area_cut_top(&room, 1));
    for (int i = 0; i < FIELDS; i++) {
        struct ga_area area = ga_area_cut_top(&room, rows_of(f, i, room.cols - 12, lang));
        struct ga_area label = ga_area_cut_left(&area, 12);
        ga_canvas_text(canvas, label.row, label.col + 1, 10, GA_STYLE_LABEL, labels[i]);
        paint_field(f, i, canvas, area, lang);
    }
}

static enum ga_reply to_focused(struct fields *f, const struct ga_event *event)
{
    switch (f->focus) {
    case NAME:
        return ga_tui_input_event(&f->name, event);
    case PHONE:
        return ga_tui_input_event(&f->phone, event);
    case DAY:
        return ga_tui_date_event(&f->day, event);
    case MET:
        return ga_tui_choice_event(&f->met, event);
    case SEEN:
        return ga_tui_choices_event(&f->seen, event);
    case TOLD:
        return ga_tui_boolean_event(&f->told, event);
    case MOOD:
        return ga_tui_scale_event(&f->mood, event);
    default:
        return ga_tui_memo_event(&f->note, event);
    }
}

static enum ga_reply event(struct ga_screen *screen, const struct ga_event *event)
{
    struct fields *f = GA_STATE(struct fields, screen);
    enum ga_reply answer = to_focused(f, event);
    if (f->met.asks_for_list) {
        struct ga_tui_pick pick = {.title = "见到谁", .options = &relation_options, .picked = f->met.picked};
        f->met.asks_for_list = false;
        ga_tui_pick_open(screen, &pick, MET);
    }
    if (answer != GA_IGNORED)
        return answer;
    int by = ga_event_is_key(event, GA_KEY_ENTER) || ga_event_is_key(event, GA_KEY_TAB) ||
                     ga_event_is_key(event, GA_KEY_DOWN)
                 ? 1
             : ga_event_is_key(event, GA_KEY_UP) || ga_event_is_key(event, GA_KEY_BACKTAB) ? -1
                                                                                            : 0;
    if (by == 0)
        return GA_IGNORED;
    f->focus = (f->focus + by + FIELDS) % FIELDS;
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->tag == MET && result->is_done)
        GA_STATE(struct fields, screen)->met.picked = result->code;
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    (void)id;
    return ga_screen_close_done(screen, 7, ga_tui_input_text(&GA_STATE(struct fields, screen)->name));
}

static void help_here(struct ga_screen *screen, struct ga_str *out)
{
    ga_str_add(out, labels[GA_STATE(struct fields, screen)->focus]);
}

static const struct ga_tui_command commands[] = {
    {1, {GA_CTRL('S'), GA_KEY_F(2)}, "保存", "保存这一页", GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops tui_demo_fields = {
    .name = "demo_fields",
    .title = "家访",
    .help = "每种填写方式各一个。",
    .state_bytes = sizeof(struct fields),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .paint = paint,
    .event = event,
    .command = command,
    .resumed = resumed,
    .help_here = help_here,
};
