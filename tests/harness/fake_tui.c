/* A terminal that is only a table, for tests of screens without one. */
#include "fake_tui.h"

#include "guanai/base/alloc.h"
#include "guanai/base/io_ops.h"
#include "guanai/text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void size(void *ctx, int *ret_rows, int *ret_cols)
{
    struct fake_tui *fake = ctx;
    *ret_rows = fake->rows;
    *ret_cols = fake->cols;
}

static bool is_ascii(void *ctx)
{
    return ((struct fake_tui *)ctx)->is_ascii;
}

static void next(void *ctx, int timeout_ms, struct ga_event *event)
{
    struct fake_tui *fake = ctx;
    (void)timeout_ms;
    *event = fake->waiting;
    if (event->kind == GA_EVENT_NONE)
        event->kind = GA_EVENT_TIMER;
    fake->waiting.kind = GA_EVENT_NONE;
}

static void flush(void *ctx, struct ga_canvas *canvas)
{
    struct fake_tui *fake = ctx;
    fake->rows_sent = 0;
    fake->repaints += ga_canvas_is_forgotten(canvas);
    for (int row = 0; row < ga_canvas_rows(canvas); row++)
        fake->rows_sent += ga_canvas_row_changed(canvas, row);
    ga_canvas_shown(canvas);
}

static void bell(void *ctx)
{
    ((struct fake_tui *)ctx)->bells++;
}

static int64_t now_ms(void *ctx)
{
    struct fake_tui *fake = ctx;
    return fake->now_ms += fake->tick_ms;
}

void fake_tui_start(struct fake_tui *fake, int rows, int cols, const struct ga_ui_config *config,
                    const struct ga_screen_ops *ops, const void *arg)
{
    bool wants_ascii = fake->is_ascii;
    memset(fake, 0, sizeof(*fake));
    fake->is_ascii = wants_ascii;
    fake->rows = rows;
    fake->cols = cols;
    fake->now_ms = 1000;
    fake->io = (struct ga_tui_io){size, is_ascii, next, flush, bell, now_ms, fake};
    struct ga_ui_config own = {.lang = GA_ZH, .program = "红岩村小学", .banner = "演示"};
    if (config != NULL)
        own = *config;
    own.io = &fake->io;
    fake->ui = ga_ui_create(&own);
    struct ga_error err = {0};
    assert_int_equal(ga_ui_start(fake->ui, ops, arg, &err), GA_OK);
    ga_ui_paint(fake->ui);
}

void fake_tui_stop(struct fake_tui *fake)
{
    ga_ui_destroy(fake->ui);
    fake->ui = NULL;
}

void fake_tui_key(struct fake_tui *fake, uint32_t key)
{
    char bytes[GA_UTF8_BYTES];
    struct ga_event event = {.kind = key < GA_KEY_FIRST ? GA_EVENT_TEXT : GA_EVENT_KEY, .key = key};
    if (key < GA_KEY_FIRST) {
        event.text = bytes;
        event.len = ga_utf8_encode(key, bytes);
    }
    ga_ui_step(fake->ui, &event);
}

void fake_tui_type(struct fake_tui *fake, const char *text)
{
    size_t len = strlen(text);
    uint32_t point;
    for (size_t at = 0, used; at < len && (used = ga_utf8_decode(text + at, len - at, &point)) > 0; at += used)
        fake_tui_key(fake, point);
}

void fake_tui_paste(struct fake_tui *fake, const char *text)
{
    struct ga_event event = {.kind = GA_EVENT_PASTE, .text = text, .len = strlen(text)};
    ga_ui_step(fake->ui, &event);
}

void fake_tui_resize(struct fake_tui *fake, int rows, int cols)
{
    struct ga_event event = {.kind = GA_EVENT_RESIZE, .rows = rows, .cols = cols};
    fake->rows = rows;
    fake->cols = cols;
    ga_ui_step(fake->ui, &event);
}

void fake_tui_wait(struct fake_tui *fake, int ms)
{
    fake->now_ms += ms;
    struct ga_event event = {.kind = GA_EVENT_TIMER};
    ga_ui_step(fake->ui, &event);
}

bool fake_tui_shows(struct fake_tui *fake, const char *text)
{
    struct ga_str frame = {0};
    ga_canvas_dump(ga_ui_canvas(fake->ui), false, &frame);
    bool is_there = strstr(ga_str_text(&frame), text) != NULL;
    ga_str_finish(&frame);
    return is_there;
}

void fake_tui_expect(struct fake_tui *fake, const char *name, bool with_styles)
{
    enum { GOLDEN_MAX = 1 << 20 };
    char path[512];
    const char *folder = getenv("GUANAI_GOLDEN");
    snprintf(path, sizeof(path), "%s/%s.txt", folder != NULL ? folder : "tests/golden", name);
    struct ga_str frame = {0};
    struct ga_str golden = {0};
    ga_canvas_dump(ga_ui_canvas(fake->ui), with_styles, &frame);
    const char *update = getenv("GUANAI_GOLDEN_UPDATE");
    if (update != NULL && strcmp(update, "1") == 0)
        ga_io_write_file(ga_io_system(), path, frame.data, frame.len, NULL);
    if (ga_io_read_file(ga_io_system(), path, GOLDEN_MAX, &golden, NULL) != GA_OK)
        fail_msg("no golden file %s; GUANAI_GOLDEN_UPDATE=1 writes it. The frame:\n%s", path, ga_str_text(&frame));
    if (strcmp(ga_str_text(&golden), ga_str_text(&frame)) != 0)
        fail_msg("%s expects\n%s\nthe frame is\n%s", path, ga_str_text(&golden), ga_str_text(&frame));
    ga_str_finish(&frame);
    ga_str_finish(&golden);
}

void fake_tui_expect_sizes(struct fake_tui *fake, const char *name)
{
    static const struct {
        int rows, cols;
    } sizes[] = {{18, 60}, {43, 132}, {12, 40}, {24, 80}};
    char golden[80];
    for (size_t i = 0; i < GA_COUNT(sizes); i++) {
        fake_tui_resize(fake, sizes[i].rows, sizes[i].cols);
        snprintf(golden, sizeof(golden), "%s_%dx%d", name, sizes[i].cols, sizes[i].rows);
        fake_tui_expect(fake, golden, false);
    }
}
