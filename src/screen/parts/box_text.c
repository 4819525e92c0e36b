/* Widgets in which an answer is typed. */
#include "parts/box.h"

#include "guanai/base/num.h"
#include "guanai/screen/value.h"
#include "guanai/text/date.h"
#include "guanai/text/id_number.h"
#include "guanai/text/region.h"

#include <stdio.h>
#include <string.h>

enum { LINE_CHARS = 200, DIGITS_CHARS = 60, TEXT_CHARS = 2000, MEMO_ROWS = 6, ID_CHARS = 18 };

/* What the typing of an answer begins with: its canonical text, for numbers what is shown. */
static void add_typed(const struct box *box, const struct ga_answer *answer, struct ga_str *out)
{
    if (answer->state != GA_ANSWERED)
        return;
    if (answer->value.kind == GA_VALUE_TEXT)
        ga_str_add(out, answer->value.text);
    else
        ga_field_show(box->field, GA_EN, &answer->value, out);
}

static struct ga_parse_context parse_context(const struct box *box)
{
    return (struct ga_parse_context){.today = box->entry->session->today,
                                     .record = &box->entry->now,
                                     .lang = box->entry->session->lang};
}

static bool is_type(const struct box *box, const char *name)
{
    return strcmp(box->field->type->name, name) == 0;
}

/* One line. */

static void open_input(struct box *box, const struct ga_answer *answer, size_t max_chars)
{
    struct ga_str text = {0};
    ga_tui_input_init(&box->as.input, max_chars, ga_screen_note(box->screen));
    add_typed(box, answer, &text);
    ga_tui_input_set(&box->as.input, ga_str_text(&text));
    box->as.input.placeholder = box->placeholder;
    ga_str_finish(&text);
}

static void open_line(struct box *box, const struct ga_answer *answer)
{
    open_input(box, answer, LINE_CHARS);
}

static void open_digits(struct box *box, const struct ga_answer *answer)
{
    open_input(box, answer, DIGITS_CHARS);
    box->as.input.folds_width = true;
}

static void close_line(struct box *box)
{
    ga_tui_input_finish(&box->as.input);
}

static enum ga_reply line_event(struct box *box, const struct ga_event *event)
{
    enum ga_reply answer = ga_tui_input_event(&box->as.input, event);
    box->is_changed |= box->as.input.is_changed;
    box->as.input.is_changed = false;
    return answer;
}

static void select_line(struct box *box)
{
    ga_tui_input_select(&box->as.input);
}

static void line_text(const struct box *box, struct ga_str *out)
{
    ga_str_add(out, ga_tui_input_text(&box->as.input));
}

static void line_put(struct box *box, const char *text)
{
    ga_tui_input_set(&box->as.input, text);
}

static void paint_line(struct box *box, struct ga_canvas *canvas, struct ga_area area)
{
    ga_tui_input_paint(&box->as.input, canvas, area, true);
}

const struct box_kind box_line = {.open = open_line,
                                  .close = close_line,
                                  .event = line_event,
                                  .text = line_text,
                                  .select = select_line,
                                  .put = line_put,
                                  .paint = paint_line};
const struct box_kind box_digits = {.open = open_digits,
                                    .close = close_line,
                                    .event = line_event,
                                    .text = line_text,
                                    .select = select_line,
                                    .put = line_put,
                                    .paint = paint_line,
                                    .is_number = true};

/* Several lines. */

static void open_memo(struct box *box, const struct ga_answer *answer)
{
    struct ga_str text = {0};
    ga_tui_memo_init(&box->as.memo, TEXT_CHARS, ga_screen_note(box->screen));
    add_typed(box, answer, &text);
    ga_tui_memo_set(&box->as.memo, ga_str_text(&text));
    box->as.memo.placeholder = box->placeholder;
    ga_str_finish(&text);
}

static void close_memo(struct box *box)
{
    ga_tui_memo_finish(&box->as.memo);
}

static enum ga_reply memo_event(struct box *box, const struct ga_event *event)
{
    int cols = box->as.memo.wrap_cols;
    int rows = ga_tui_memo_lines(&box->as.memo, cols);
    enum ga_reply answer = ga_tui_memo_event(&box->as.memo, event);
    box->is_changed |= box->as.memo.is_changed;
    box->as.memo.is_changed = false;
    if (answer == GA_REDRAW && ga_tui_memo_lines(&box->as.memo, cols) == rows)
        return GA_TOUCHED; /* nothing below it moves */
    return answer;
}

static void memo_text(const struct box *box, struct ga_str *out)
{
    ga_str_add(out, ga_tui_memo_text(&box->as.memo));
}

static void select_memo(struct box *box)
{
    ga_tui_memo_select(&box->as.memo);
}

static void memo_put(struct box *box, const char *text)
{
    ga_tui_memo_set(&box->as.memo, text);
}

static int memo_rows(const struct box *box, int cols)
{
    int lines = ga_tui_memo_lines(&box->as.memo, cols);
    return lines < MEMO_ROWS ? lines : MEMO_ROWS;
}

static void paint_memo(struct box *box, struct ga_canvas *canvas, struct ga_area area)
{
    ga_tui_memo_paint(&box->as.memo, canvas, area, true);
}

const struct box_kind box_memo = {.open = open_memo,
                                  .close = close_memo,
                                  .event = memo_event,
                                  .text = memo_text,
                                  .select = select_memo,
                                  .put = memo_put,
                                  .rows = memo_rows,
                                  .paint = paint_memo};

/* A day. */

static bool understand(const struct box *box, const char *typed, struct ga_date *ret_date,
                       struct ga_message *what)
{
    struct ga_arena arena;
    struct ga_value value;
    struct ga_error err = {0};
    const struct ga_parse_context ctx = parse_context(box);
    ga_arena_init(&arena);
    bool is_date = ga_field_parse(box->field, &ctx, typed, &arena, &value, NULL, &err) == GA_OK &&
                   value.kind == GA_VALUE_TEXT && ga_date_from_iso(value.text, ret_date);
    ga_arena_finish(&arena);
    if (!is_date)
        *what = err.what;
    return is_date;
}

/* 今天, 昨天, 明天; NULL for other days. */
static const char *near_day(struct ga_date date, struct ga_date today, enum ga_lang lang)
{
    if (!ga_date_is_day(date) || !ga_date_is_day(today))
        return NULL;
    switch (ga_date_to_days(date) - ga_date_to_days(today)) {
    case -1:
        return ga_tr(lang, "yesterday");
    case 0:
        return ga_tr(lang, "today");
    case 1:
        return ga_tr(lang, "tomorrow");
    default:
        return NULL;
    }
}

static bool date_hint(void *ctx, const char *typed, enum ga_lang lang, char buf[GA_DATE_HINT_SIZE])
{
    const struct box *box = ctx;
    struct ga_date date;
    struct ga_message what = {0};
    char words[GA_DATE_SIZE];
    if (!understand(box, typed, &date, &what)) {
        char sentence[GA_MESSAGE_BYTES];
        ga_str_copy(buf, GA_DATE_HINT_SIZE,
                    ga_message_text(&what, lang, sentence, sizeof(sentence)));
        return false;
    }
    const char *near = near_day(date, box->entry->session->today, lang);
    const char *weekday = ga_date_is_day(date) ? ga_date_weekday_text(date, lang) : "";
    bool is_plain = strcmp(typed, GA_DATE_ISO(date)) == 0; /* the day stands there already */
    snprintf(buf, GA_DATE_HINT_SIZE, "%s%s%s%s%s", is_plain ? "" : ga_date_text(date, lang, words),
             is_plain ? "" : " ", weekday, near != NULL ? " " : "", near != NULL ? near : "");
    return true;
}

static bool date_step(void *ctx, const char *typed, int days, char buf[GA_DATE_HINT_SIZE])
{
    const struct box *box = ctx;
    struct ga_date date = box->entry->session->today;
    struct ga_message what;
    if (*typed != '\0' && (!understand(box, typed, &date, &what) || !ga_date_is_day(date)))
        return false;
    if (*typed != '\0')
        date = ga_date_add_days(date, days);
    ga_str_copy(buf, GA_DATE_HINT_SIZE, GA_DATE_ISO(date));
    return true;
}

static void open_date(struct box *box, const struct ga_answer *answer)
{
    struct ga_str text = {0};
    ga_tui_date_init(&box->as.date, ga_screen_note(box->screen));
    add_typed(box, answer, &text);
    ga_tui_input_set(&box->as.date.input, ga_str_text(&text));
    box->as.date.input.placeholder = box->placeholder;
    box->as.date.hint = date_hint;
    box->as.date.step = date_step;
    box->as.date.ctx = box;
    ga_str_finish(&text);
}

static void close_date(struct box *box)
{
    ga_tui_date_finish(&box->as.date);
}

static enum ga_reply date_event(struct box *box, const struct ga_event *event)
{
    enum ga_reply answer = ga_tui_date_event(&box->as.date, event);
    box->is_changed |= box->as.date.input.is_changed;
    box->as.date.input.is_changed = false;
    return answer;
}

static void date_text(const struct box *box, struct ga_str *out)
{
    ga_str_add(out, ga_tui_input_text(&box->as.date.input));
}

static void select_date(struct box *box)
{
    ga_tui_input_select(&box->as.date.input);
}

static void date_put(struct box *box, const char *text)
{
    ga_tui_input_set(&box->as.date.input, text);
}

static void paint_date(struct box *box, struct ga_canvas *canvas, struct ga_area area)
{
    ga_tui_date_paint(&box->as.date, canvas, area, true, ga_screen_lang(box->screen));
}

const struct box_kind box_date = {.open = open_date,
                                  .close = close_date,
                                  .event = date_event,
                                  .text = date_text,
                                  .select = select_date,
                                  .put = date_put,
                                  .paint = paint_date,
                                  .is_number = true};

/* What a number tells while it is typed. */

bool box_has_live_hint(const struct box *box)
{
    return box->kind == &box_digits && (is_type(box, "id_number") || is_type(box, "region"));
}

static void add_missing(size_t chars, enum ga_lang lang, struct ga_str *out)
{
    struct ga_message msg;
    char text[120];
    ga_message_set(&msg, "%1 of 18 digits", GA_NUM(chars));
    ga_str_add(out, ga_message_text(&msg, lang, text, sizeof(text)));
}

static void add_told(const struct ga_id_number *number, enum ga_lang lang, struct ga_str *out)
{
    char region[120], day[GA_DATE_SIZE];
    const char *name = ga_region_name(number->region, region, sizeof(region));
    ga_str_addf(out, "%s · %s · %s", name != NULL ? name : number->region,
                ga_date_text(number->birth, lang, day),
                number->sex == GA_SEX_MALE ? ga_tr(lang, "boy") : ga_tr(lang, "girl"));
}

static void add_id_hint(const struct box *box, const char *typed, enum ga_lang lang,
                        struct ga_str *out)
{
    struct ga_id_number number;
    struct ga_error err = {0};
    size_t chars = strlen(typed); /* the box folds to ASCII */
    if (chars < ID_CHARS) {
        add_missing(chars, lang, out);
        return;
    }
    if (ga_id_number_parse(typed, box->entry->session->today, NULL, &number, NULL, &err) == GA_OK)
        add_told(&number, lang, out);
    else
        ga_error_text(&err, lang, out);
}

void box_live_hint(const struct box *box, enum ga_lang lang, struct ga_str *out)
{
    const char *typed = box_has_live_hint(box) ? ga_tui_input_text(&box->as.input) : "";
    char name[120];
    if (*typed == '\0')
        return;
    if (is_type(box, "id_number"))
        add_id_hint(box, typed, lang, out);
    else if (ga_region_name(typed, name, sizeof(name)) != NULL)
        ga_str_add(out, name);
}
