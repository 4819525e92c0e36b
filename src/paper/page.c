/* Sets a sheet up to print. */
#include "page.h"

#include "guanai/base/num.h"
#include "guanai/text/utf8.h"
#include "guanai/text/width.h"

#include <stdio.h>
#include <string.h>

/*
 * Lengths in mm. A column of width w is 7w + 5 dots of 1/96 inch wide in 11 point Calibri (ECMA-376 18.3.1.13); where that
 * font is missing another one, up to 9 dots wide, takes its place: reckoned with so, rows are never too low.
 */
enum { A4 = 9, A4_MM = 210, A4_LONG_MM = 297, SIDE_MM = 12, TOP_MM = 22, BOTTOM_MM = 18, EDGE_MM = 9, HEADING_MM = 8, ROW_MM_MAX = 99 };
enum { DIGIT_DOTS = 9, EDGE_DOTS = 5, INCH_DOTS = 96 };
static const double inch_mm = 25.4, point_mm = 25.4 / 72, shrinks = 1.15 /* rather than lying across */, line_points = 16, highest_points = 400;

enum { LEFT, MIDDLE, RIGHT, FOOT };

/* A & begins a code there, so one that is meant stands twice. */
static bool take_text(char *out, size_t size, const char *text, size_t len)
{
    size_t used = 0;
    if (ga_utf8_count(text, len) > GA_PAPER_PAGE_CHARS)
        return false;
    for (size_t i = 0; i < len && used + 2 < size; i++) {
        out[used++] = text[i];
        if (text[i] == '&')
            out[used++] = '&';
    }
    out[used] = '\0';
    return true;
}

bool ga_page_read(struct page *page, const char *text)
{
    struct page read = {.is_set = true, .scale = 1};
    char number[4] = "";
    int64_t mm = -1;
    size_t len = strcspn(text, "\n");
    if (len < sizeof(number))
        memcpy(number, text, len);
    if (!ga_num_parse(number, &mm) || mm < 0 || mm > ROW_MM_MAX)
        return false;
    read.row_mm = (int)mm;
    for (size_t i = 0; i < GA_PAPER_PAGE_TEXTS; i++) {
        if (text[len] != '\n')
            return false;
        text += len + 1;
        len = strcspn(text, "\n");
        if (!take_text(read.texts[i], sizeof(read.texts[i]), text, len))
            return false;
    }
    if (text[len] != '\0')
        return false;
    *page = read;
    return true;
}

static double width_mm(double width, int columns)
{
    return (width * DIGIT_DOTS + (double)EDGE_DOTS * columns) / INCH_DOTS * inch_mm;
}

/* A size before a bold name: a title that begins with a digit would lengthen the size. */
static void set_texts(const struct page *page, lxw_worksheet *sheet)
{
    char text[sizeof(page->texts) + 40];
    lxw_header_footer_options edge = {.margin = EDGE_MM / inch_mm};
    snprintf(text, sizeof(text), "&L%s&C&14&\"-,Bold\"%s&R%s", page->texts[LEFT], page->texts[MIDDLE], page->texts[RIGHT]);
    worksheet_set_header_opt(sheet, text, &edge);
    snprintf(text, sizeof(text), "&L%s&R&P / &N", page->texts[FOOT]);
    worksheet_set_footer_opt(sheet, text, &edge);
}

void ga_page_lay(struct page *page, lxw_worksheet *sheet, double width, int columns)
{
    const double wide_mm = width_mm(width, columns), upright_mm = A4_MM - 2 * SIDE_MM, across_mm = A4_LONG_MM - 2 * SIDE_MM;
    const bool is_across = wide_mm > upright_mm * shrinks;
    const double room_mm = is_across ? across_mm : upright_mm;
    if (is_across)
        worksheet_set_landscape(sheet);
    page->scale = wide_mm > room_mm ? room_mm / wide_mm : 1;
    worksheet_set_paper(sheet, A4);
    worksheet_set_margins(sheet, SIDE_MM / inch_mm, SIDE_MM / inch_mm, TOP_MM / inch_mm, BOTTOM_MM / inch_mm);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_center_horizontally(sheet);
    set_texts(page, sheet);
}

void ga_page_raise(struct page *page, const char *text, size_t len, int width_cols)
{
    int lines = 0;
    for (size_t at = 0; at <= len && width_cols > 0;) {
        const char *end = memchr(text + at, '\n', len - at);
        const size_t part = end != NULL ? (size_t)(end - text) - at : len - at;
        lines += 1 + (int)(ga_width_text(text + at, part) > 0 ? (ga_width_text(text + at, part) - 1) / (size_t)width_cols : 0);
        at += part + 1;
    }
    if (lines > page->lines)
        page->lines = lines;
}

void ga_page_set_row(struct page *page, lxw_worksheet *sheet, lxw_row_t row)
{
    const int row_mm = row == 0 && page->row_mm > HEADING_MM ? HEADING_MM : page->row_mm;
    const double least = row_mm / point_mm / page->scale, needed = page->lines * line_points;
    double points = least > needed ? least : needed;
    if (points < line_points)
        points = line_points;
    worksheet_set_row(sheet, row, points < highest_points ? points : highest_points, NULL);
    page->lines = 0;
}
