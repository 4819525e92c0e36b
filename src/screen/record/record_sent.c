/* The words with which the record was sent back, over its fields until somebody accepted it. */
#include "record/record_state.h"

#include "guanai/text/wrap.h"
#include "parts/words.h"

enum { INDENT = 1, ROWS_MOST = 3, FIELDS_LEAST = 8 };

void record_read_sent(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    if (!record->entry->is_new)
        ga_sent_back_of(record->entry->session, &record->entry->now.id, &screen->arena, &record->sent, NULL);
}

/* Mended, it is still to be compared with what was asked for. */
enum ga_style record_write_sent(const struct record *record, enum ga_lang lang, struct ga_str *out)
{
    const struct ga_sent_back *sent = record->sent;
    char day[GA_DATE_SIZE];
    struct ga_arena arena = {0};
    if (sent == NULL)
        return GA_STYLE_NORMAL;
    const char *english = sent->is_mended ? GA_N_("Sent back by %1, %2, mended: %3") : GA_N_("! Sent back by %1, %2: %3");
    ga_str_add(out, ga_words_say(&arena, lang, english, sent->by, ga_date_text_short(sent->on, lang, day), sent->words));
    if (sent->answer[0] != '\0')
        ga_str_addf(out, " — %s: %s", sent->answered_by, sent->answer);
    ga_arena_finish(&arena);
    return sent->is_mended ? GA_STYLE_DIM : GA_STYLE_WARNING;
}

/* Where there is little room one row: help says them whole. */
int record_sent_rows(const struct ga_screen *screen)
{
    const struct record *record = GA_STATE(const struct record, screen);
    struct ga_str text = {0};
    if (record->sent == NULL)
        return 0;
    record_write_sent(record, ga_screen_lang(screen), &text);
    const int cols = screen->area.cols > 2 * INDENT + 1 ? screen->area.cols - 2 * INDENT : 1;
    const int wanted = (int)ga_wrap_count(ga_str_text(&text), text.len, (size_t)cols);
    const int room = screen->area.rows - FIELDS_LEAST, most = room < 1 ? 1 : room < ROWS_MOST ? room : ROWS_MOST;
    ga_str_finish(&text);
    return wanted < most ? wanted : most;
}

void record_help_sent(const struct record *record, enum ga_lang lang, struct ga_str *out)
{
    if (record->sent == NULL)
        return;
    record_write_sent(record, lang, out);
    ga_str_add(out, "\n");
}

void record_paint_sent(const struct ga_screen *screen, struct ga_canvas *canvas, struct ga_area area)
{
    struct ga_str text = {0};
    const enum ga_style style = record_write_sent(GA_STATE(const struct record, screen), ga_screen_lang(screen), &text);
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    ga_area_cut_left(&area, INDENT);
    ga_area_cut_right(&area, INDENT);
    record_paint_wrapped(canvas, area, style, ga_str_text(&text));
    ga_str_finish(&text);
}
