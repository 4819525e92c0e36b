/* A roster of invented children. */
#include "tui_demo_screen.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/widget/list.h"
#include "guanai/tui/widget/search.h"

#include <stdio.h>
#include <string.h>

enum { OPEN = 1, ASK, NAME, MORE };

struct roster {
    struct ga_tui_search search;
    struct ga_tui_list list;
};

static const char *const family[] = {"彭", "何", "崔", "黄", "周", "阿依古丽·买买", "杨"};
static const char *const given[] = {"英俊", "丽", "子乐", "宁", "提", "红军", "安阳", "晨志"};

static void name_of(size_t i, char *buf, size_t size)
{
    snprintf(buf, size, "%s%s", family[i % GA_COUNT(family)], given[i / 3 % GA_COUNT(given)]);
}

static size_t matching(const char *filter, size_t nth, size_t *ret_count)
{
    size_t found = 0;
    size_t at = 0;
    for (size_t i = 0; i < TUI_DEMO_ROWS; i++) {
        char name[64];
        name_of(i, name, sizeof(name));
        if (*filter != '\0' && strstr(name, filter) == NULL)
            continue;
        if (found++ == nth)
            at = i;
    }
    *ret_count = found;
    return at;
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct roster *roster = ctx;
    size_t found;
    for (size_t row = 0; row < count; row++) {
        size_t i = matching(ga_tui_input_text(&roster->search.input), first + row, &found);
        char text[64];
        name_of(i, text, sizeof(text));
        ga_tui_cells_put(cells, row, 0, text);
        ga_tui_cells_put(cells, row, 1, i % 2 == 0 ? "男" : "女");
        snprintf(text, sizeof(text), "%zu年级(%zu)班", i % 6 + 1, i % 3 + 1);
        ga_tui_cells_put(cells, row, 2, text);
        ga_tui_cells_put(cells, row, 3, GA_NUM(7 + i % 6));
        ga_tui_cells_put(cells, row, 4, i % 5 == 0 ? "红岩村" : "大湾村");
        ga_tui_cells_put(cells, row, 5, i % 4 == 0 ? "奶奶" : "爷爷");
    }
}

static void search_again(struct ga_screen *screen)
{
    struct roster *roster = GA_STATE(struct roster, screen);
    size_t count;
    matching(ga_tui_input_text(&roster->search.input), 0, &count);
    snprintf(roster->search.found, sizeof(roster->search.found), "%zu / %d", count, TUI_DEMO_ROWS);
    ga_tui_list_reload(&roster->list, count);
    roster->search.input.is_changed = false;
}

static void show_place(struct ga_screen *screen)
{
    struct roster *roster = GA_STATE(struct roster, screen);
    char status[64];
    snprintf(status, sizeof(status), " %zu / %zu", roster->list.selected + 1, roster->list.count);
    ga_screen_set_status(screen, status);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    struct roster *roster = GA_STATE(struct roster, screen);
    ga_tui_search_init(&roster->search, "查找", ga_screen_note(screen));
    ga_tui_list_init(&roster->list, fetch, roster);
    static const struct ga_tui_column columns[] = {
        {.title = "姓名", .cols = 16, .min_cols = 8},
        {.title = "性别", .cols = 4, .priority = 3},
        {.title = "班级", .cols = 14, .min_cols = 10},
        {.title = "年龄", .cols = 4, .is_right = true, .priority = 2},
        {.title = "村", .cols = 10, .priority = 1},
        {.title = "监护人", .cols = 10, .priority = 4, .grows = true},
    };
    for (size_t i = 0; i < GA_COUNT(columns); i++)
        ga_tui_list_column(&roster->list, &columns[i]);
    roster->list.empty = "没有";
    search_again(screen);
    show_place(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct roster *roster = GA_STATE(struct roster, screen);
    ga_tui_search_finish(&roster->search);
    ga_tui_list_finish(&roster->list);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    ga_area_cut_top(&area, 1);
    ga_tui_list_layout(&GA_STATE(struct roster, screen)->list, area);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct roster *roster = GA_STATE(struct roster, screen);
    if (ga_canvas_is_whole(canvas) || roster->search.is_open)
        ga_tui_search_paint(&roster->search, canvas, ga_area_row(screen->area, 0));
    ga_tui_list_paint(&roster->list, canvas, true);
}

static enum ga_reply event(struct ga_screen *screen, const struct ga_event *event)
{
    struct roster *roster = GA_STATE(struct roster, screen);
    enum ga_reply answer = ga_tui_search_event(&roster->search, &roster->list, event);
    if (roster->search.input.is_changed)
        search_again(screen);
    show_place(screen);
    return answer;
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    static const char *const ways[] = {"打印", "导出", "删除"};
    struct ga_dialog_ask ask = {.title = "新名字", .text = "请输入姓名：", .max_chars = 6};
    if (id == OPEN)
        ga_screen_push(screen, &tui_demo_fields, NULL, OPEN);
    else if (id == ASK)
        ga_dialog_confirm(screen, "签字", "还有 13 人没有完成，仍要签字吗？", false, ASK);
    else if (id == NAME)
        ga_dialog_ask(screen, &ask, NAME);
    else
        ga_dialog_choose(screen, "更多", "要做什么？", ways, GA_COUNT(ways), MORE);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    char text[100];
    snprintf(text, sizeof(text), "tag %d %s %d %s", result->tag, result->is_done ? "done" : "back", result->code,
             result->text != NULL ? result->text : "");
    ga_screen_set_status(screen, text);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, "打开", "打开这个孩子的档案", GA_COMMAND_IN_BAR},
    {ASK, {'s', GA_KEY_F(5)}, "签字", "签字确认本班", GA_COMMAND_IN_BAR},
    {NAME, {'n', GA_KEY_F(4)}, "新建", "新建一个孩子的档案", GA_COMMAND_IN_BAR},
    {MORE, {'m'}, "更多", "其他操作", GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops tui_demo_list = {
    .name = "demo_list",
    .title = "花名册",
    .help = "全校的孩子。按 / 查找，用 ↑ ↓ 选择，按 Enter 打开。",
    .state_bytes = sizeof(struct roster),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = event,
    .command = command,
    .resumed = resumed,
};
