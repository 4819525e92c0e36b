/* Shows two typings of one answer with what differs marked. */
#include "child/verify_run.h"

#include "guanai/base/str.h"
#include "guanai/text/translate.h"
#include "guanai/text/utf8.h"
#include "guanai/text/width.h"

#include <string.h>

/* How many bytes both begin with, in whole characters. */
static size_t same_start(const char *a, const char *b)
{
    size_t len = 0;
    while (a[len] != '\0' && a[len] == b[len])
        len++;
    while (len > 0 && ((unsigned char)a[len] & 0xC0) == 0x80)
        len--;
    return len;
}

static size_t same_end(const char *a, const char *b, size_t start)
{
    size_t a_len = strlen(a), b_len = strlen(b), len = 0;
    while (len < a_len - start && len < b_len - start && a[a_len - 1 - len] == b[b_len - 1 - len])
        len++;
    while (len > 0 && ((unsigned char)a[a_len - len] & 0xC0) == 0x80)
        len--;
    return len;
}

/* A ^ below every column that differs; of texts of one length column by column, else all between start and end. */
static void add_marks(const char *text, const char *other, struct ga_str *out)
{
    const size_t start = same_start(text, other), end = same_end(text, other, start), len = strlen(text);
    const bool is_aligned = len == strlen(other);
    for (size_t i = 0; i < len;) {
        size_t next = ga_utf8_next(text, len, i);
        const bool differs = is_aligned ? strncmp(text + i, other + i, next - i) != 0 : i >= start && i < len - end;
        for (size_t c = ga_width_text(text + i, next - i); c > 0; c--)
            ga_str_add_char(out, differs ? '^' : ' ');
        i = next;
    }
    if (!is_aligned && start + end >= len) /* a character is missing here: between these two */
        for (size_t c = out->len; c <= ga_width_text(text, start); c++)
            ga_str_add_char(out, c == ga_width_text(text, start) ? '^' : ' ');
}

static void paint_one(struct ga_canvas *canvas, struct ga_area area, int row, const char *label, const char *text,
                      const char *other, const char *behind)
{
    enum { LABEL_COLS = 16 };
    struct ga_str marks = {0};
    if (row + 1 >= area.rows)
        return;
    ga_canvas_text(canvas, area.row + row, area.col, LABEL_COLS, GA_STYLE_LABEL, label);
    const int used = ga_canvas_text(canvas, area.row + row, area.col + LABEL_COLS, area.cols - LABEL_COLS, GA_STYLE_STRONG, text);
    ga_canvas_text_fit(canvas, area.row + row, area.col + LABEL_COLS + used + 3, area.cols - LABEL_COLS - used - 3,
                       GA_STYLE_DIM, behind);
    add_marks(text, other, &marks);
    ga_canvas_text(canvas, area.row + row + 1, area.col + LABEL_COLS, area.cols - LABEL_COLS, GA_STYLE_WARNING,
                   ga_str_text(&marks));
    ga_str_finish(&marks);
}

int ga_verify_paint_pair(struct ga_canvas *canvas, struct ga_area area, const char *first, const char *first_by,
                         const char *second, enum ga_lang lang)
{
    paint_one(canvas, area, 0, ga_tr(lang, "1 first time"), first, second, first_by);
    paint_one(canvas, area, 2, ga_tr(lang, "2 this time"), second, first, "");
    return 4;
}
