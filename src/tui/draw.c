/* Drawing text into the cells of a canvas. */
#include "canvas_cells.h"
#include "guanai/base/alloc.h"
#include "guanai/text/gate.h"
#include "guanai/text/utf8.h"

#include <string.h>

struct twin {
    uint32_t from;
    uint32_t to;
};

/* Characters that some Chinese terminals draw two cells wide (East Asian Width "A"), in order. */
static const struct twin ascii_twins[] = {
    {0x00B0, 'o'},  {0x00B1, '~'},  {0x00B7, '.'},  {0x00D7, 'x'},  {0x00F7, '/'},  {0x0101, 'a'},
    {0x0113, 'e'},  {0x011B, 'e'},  {0x012B, 'i'},  {0x014D, 'o'},  {0x016B, 'u'},  {0x01CE, 'a'},
    {0x01D0, 'i'},  {0x01D2, 'o'},  {0x01D4, 'u'},  {0x01D6, 'v'},  {0x01D8, 'v'},  {0x01DA, 'v'},
    {0x01DC, 'v'},  {0x2013, '-'},  {0x2014, '-'},  {0x2018, '\''}, {0x2019, '\''}, {0x201C, '"'},
    {0x201D, '"'},  {0x2022, '*'},  {0x2026, '.'},  {0x2030, '%'},  {0x203B, '*'},  {0x2103, 'C'},
    {0x2116, '#'},  {0x2160, '1'},  {0x2161, '2'},  {0x2162, '3'},  {0x2163, '4'},  {0x2164, '5'},
    {0x2165, '6'},  {0x2166, '7'},  {0x2167, '8'},  {0x2168, '9'},  {0x2190, '<'},  {0x2191, '^'},
    {0x2192, '>'},  {0x2193, 'v'},  {0x2264, '<'},  {0x2265, '>'},  {0x2460, '1'},  {0x2461, '2'},
    {0x2462, '3'},  {0x2463, '4'},  {0x2464, '5'},  {0x2465, '6'},  {0x2466, '7'},  {0x2467, '8'},
    {0x2468, '9'},  {0x2500, '-'},  {0x2502, '|'},  {0x250C, '+'},  {0x2510, '+'},  {0x2514, '+'},
    {0x2518, '+'},  {0x2588, '#'},  {0x2591, '.'},  {0x25A0, '#'},  {0x25A1, '.'},  {0x25B2, '^'},
    {0x25B6, '>'},  {0x25BC, 'v'},  {0x25C6, '*'},  {0x25CB, 'o'},  {0x25CF, '*'},  {0x2605, '*'},
    {0x2606, '*'},  {0x2713, '*'},
};

/* What of the rest such a terminal may draw wide: a sign that stands for it keeps the row straight. */
static const struct {
    uint32_t first;
    uint32_t last;
} doubtful[] = {
    {0x00A1, 0x02DF}, {0x0391, 0x0451}, {0x2010, 0x203E}, {0x2074, 0x2084},
    {0x20AC, 0x20AC}, {0x2103, 0x2B59}, {0x3248, 0x324F}, {0xE000, 0xF8FF}, {0xFFFD, 0xFFFD},
};

/* The letters from U+00C0 to U+00FF without their marks. */
static const char latin_twins[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYPsaaaaaaaceeeeiiiidnooooo/ouuuuypy";

static uint32_t plain_twin(uint32_t point)
{
    if (point >= 0x00C0 && point <= 0x00FF)
        return (uint32_t)latin_twins[point - 0x00C0];
    for (size_t i = 0; i < GA_COUNT(doubtful); i++)
        if (point >= doubtful[i].first && point <= doubtful[i].last)
            return '?';
    return point;
}

/* Of a character one cell wide. */
static uint32_t ascii_twin(uint32_t point)
{
    size_t low = 0;
    size_t high = GA_COUNT(ascii_twins);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ascii_twins[middle].from == point)
            return ascii_twins[middle].to;
        if (ascii_twins[middle].from < point)
            low = middle + 1;
        else
            high = middle;
    }
    return point < 0x80 ? point : plain_twin(point);
}

static bool is_tail(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Of a plain Hanzi (U+4E00 to U+9FA5) that no mark can follow: nearly all the rest of a table. Else 0. */
static uint32_t plain_hanzi(const char *text, size_t len)
{
    const unsigned char first = (unsigned char)text[0], next = len > 3 ? (unsigned char)text[3] : ' ';
    if (len < 3 || first < 0xE4 || first > 0xE9 || !is_tail(text[1]) || !is_tail(text[2]) ||
        (next >= 0x80 && (next < 0xE5 || next > 0xE9)))
        return 0;
    const uint32_t point = (first & 0x0Fu) << 12 | ((unsigned char)text[1] & 0x3Fu) << 6 | ((unsigned char)text[2] & 0x3Fu);
    return point >= 0x4E00 && point <= 0x9FA5 ? point : 0;
}

/* The next character to show as a cell without style. Bytes used, 0 at the end. */
static size_t next_cell(const struct ga_canvas *canvas, const char *text, size_t len, struct ga_cell *ret)
{
    unsigned char first = len > 0 ? (unsigned char)text[0] : 0;
    memset(ret, 0, sizeof(*ret));
    if (first >= ' ' && first < 0x7f && (len == 1 || (unsigned char)text[1] < 0x80)) {
        ret->points[0] = first; /* most text of a table: no mark can follow */
        ret->width_cols = 1;
        return 1;
    }
    if (first >= 0xE4 && (ret->points[0] = plain_hanzi(text, len)) != 0) {
        ret->width_cols = 2;
        return 3;
    }
    struct ga_gate_cell shown;
    size_t used = ga_gate_next(text, len, &shown);
    if (used == 0)
        return 0;
    size_t at = 0;
    for (size_t i = 0; i < GA_CELL_POINTS && at < shown.len; i++)
        at += ga_utf8_decode(shown.text + at, shown.len - at, &ret->points[i]);
    ret->width_cols = shown.cols;
    if (canvas->is_ascii && ret->width_cols == 1)
        ret->points[0] = ascii_twin(ret->points[0]);
    return used;
}

static void blank_one(struct ga_cell *cell)
{
    memset(cell->points, 0, sizeof(cell->points));
    cell->points[0] = ' ';
    cell->width_cols = 1;
}

/* What is about to be written on cells [col, col + cols) must not leave halves of wide ones beside it. */
static void mend_halves(struct ga_canvas *canvas, struct ga_cell *cells, int col, int cols)
{
    if (col > 0 && cells[col].width_cols == 0)
        blank_one(&cells[col - 1]);
    if (col + cols < canvas->cols && cells[col + cols].width_cols == 0)
        blank_one(&cells[col + cols]);
}

static bool is_in_clip(const struct ga_canvas *canvas, int row, int col)
{
    const struct ga_area *clip = &canvas->clip;
    return row >= clip->row && row < clip->row + clip->rows && col >= clip->col &&
           col < clip->col + clip->cols;
}

static void put_narrow(struct ga_canvas *canvas, int row, int col, const struct ga_cell *cell)
{
    if (!is_in_clip(canvas, row, col))
        return;
    struct ga_cell *cells = ga_canvas_cells_at(canvas, row);
    mend_halves(canvas, cells, col, 1);
    cells[col] = *cell;
    canvas->is_touched[row] = true;
}

static void put_blank(struct ga_canvas *canvas, int row, int col, uint8_t style)
{
    struct ga_cell cell = {.points = {' '}, .style = style, .width_cols = 1};
    put_narrow(canvas, row, col, &cell);
}

static void put_wide(struct ga_canvas *canvas, int row, int col, const struct ga_cell *cell)
{
    if (!is_in_clip(canvas, row, col) || !is_in_clip(canvas, row, col + 1)) {
        put_blank(canvas, row, col, cell->style); /* one half alone cannot be shown */
        put_blank(canvas, row, col + 1, cell->style);
        return;
    }
    struct ga_cell *cells = ga_canvas_cells_at(canvas, row);
    mend_halves(canvas, cells, col, 2);
    cells[col] = *cell;
    memset(&cells[col + 1], 0, sizeof(cells[col + 1]));
    cells[col + 1].style = cell->style;
    canvas->is_touched[row] = true;
}

/* Answers the columns used; *ret_bytes of the text are dealt with, all but what is cut. */
static int draw_text(struct ga_canvas *canvas, int row, int col, int max_cols, uint8_t style, const char *text,
                     size_t len, size_t *ret_bytes)
{
    int used_cols = 0;
    size_t at = 0;
    struct ga_cell cell;
    while (at < len && used_cols < max_cols) {
        size_t used = next_cell(canvas, text + at, len - at, &cell);
        if (used == 0)
            break;
        cell.style = style;
        if (used_cols + cell.width_cols > max_cols) {
            put_blank(canvas, row, col + used_cols, cell.style);
            break;
        }
        if (cell.width_cols == 2)
            put_wide(canvas, row, col + used_cols, &cell);
        else
            put_narrow(canvas, row, col + used_cols, &cell);
        used_cols += cell.width_cols;
        at += used;
    }
    *ret_bytes = at;
    return used_cols;
}

int ga_canvas_text_n(struct ga_canvas *canvas, int row, int col, int max_cols, enum ga_style style,
                     const char *text, size_t len)
{
    size_t bytes;
    return draw_text(canvas, row, col, max_cols, (uint8_t)style, text, len, &bytes);
}

int ga_canvas_text(struct ga_canvas *canvas, int row, int col, int max_cols, enum ga_style style,
                   const char *text)
{
    return ga_canvas_text_n(canvas, row, col, max_cols, style, text, strlen(text));
}

/* Columns of the beginning of text that fits. */
static int measure(const struct ga_canvas *canvas, const char *text, int max_cols)
{
    size_t len = strlen(text);
    size_t at = 0;
    int cols = 0;
    struct ga_cell cell;
    while (at < len) {
        size_t used = next_cell(canvas, text + at, len - at, &cell);
        if (used == 0 || cols + cell.width_cols > max_cols)
            break;
        cols += cell.width_cols;
        at += used;
    }
    return cols;
}

int ga_canvas_text_cols(const struct ga_canvas *canvas, const char *text)
{
    return measure(canvas, text, 1 << 20);
}

void ga_canvas_text_fit(struct ga_canvas *canvas, int row, int col, int cols, enum ga_style style,
                        const char *text)
{
    size_t len = strlen(text), bytes;
    struct ga_cell rest;
    int used = draw_text(canvas, row, col, cols, (uint8_t)style, text, len, &bytes);
    if (cols > 0 && bytes < len && next_cell(canvas, text + bytes, len - bytes, &rest) > 0) {
        used = measure(canvas, text, cols - 1);
        used += ga_canvas_text(canvas, row, col + used, cols - used, style,
                               ga_canvas_mark(canvas, GA_MARK_ELLIPSIS));
    }
    for (; used < cols; used++)
        put_blank(canvas, row, col + used, (uint8_t)style);
}

void ga_canvas_text_right(struct ga_canvas *canvas, int row, int col, int cols, enum ga_style style,
                          const char *text)
{
    int wanted = ga_canvas_text_cols(canvas, text);
    int lead = wanted < cols ? cols - wanted : 0;
    for (int i = 0; i < lead; i++)
        put_blank(canvas, row, col + i, (uint8_t)style);
    ga_canvas_text_fit(canvas, row, col + lead, cols - lead, style, text);
}

void ga_canvas_fill(struct ga_canvas *canvas, struct ga_area area, enum ga_style style)
{
    area = ga_area_overlap(area, canvas->clip);
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int col = area.col; col < area.col + area.cols; col++)
            put_blank(canvas, row, col, (uint8_t)style);
}

static void put_point(struct ga_canvas *canvas, int row, int col, enum ga_style style, uint32_t point)
{
    struct ga_cell cell = {.points = {canvas->is_ascii ? ascii_twin(point) : point},
                           .style = (uint8_t)style,
                           .width_cols = 1};
    put_narrow(canvas, row, col, &cell);
}

static void hline(struct ga_canvas *canvas, int row, int col, int cols, enum ga_style style)
{
    for (int i = 0; i < cols; i++)
        put_point(canvas, row, col + i, style, 0x2500);
}

void ga_canvas_frame(struct ga_canvas *canvas, struct ga_area area, enum ga_style style)
{
    if (area.rows < 2 || area.cols < 2)
        return;
    int bottom = area.row + area.rows - 1;
    int right = area.col + area.cols - 1;
    hline(canvas, area.row, area.col + 1, area.cols - 2, style);
    hline(canvas, bottom, area.col + 1, area.cols - 2, style);
    for (int row = area.row + 1; row < bottom; row++) {
        put_point(canvas, row, area.col, style, 0x2502);
        put_point(canvas, row, right, style, 0x2502);
    }
    put_point(canvas, area.row, area.col, style, 0x250C);
    put_point(canvas, area.row, right, style, 0x2510);
    put_point(canvas, bottom, area.col, style, 0x2514);
    put_point(canvas, bottom, right, style, 0x2518);
}

static const char *const marks[GA_MARK_COUNT][2] = {
    [GA_MARK_SELECTED] = {"▶", ">"},  [GA_MARK_MORE_UP] = {"▲", "^"}, [GA_MARK_MORE_DOWN] = {"▼", "v"},
    [GA_MARK_ELLIPSIS] = {"…", "~"},  [GA_MARK_DOT] = {"•", "*"},     [GA_MARK_CHECKED] = {"✓", "x"},
    [GA_MARK_FULL] = {"█", "#"},      [GA_MARK_EMPTY] = {"░", "."},
};

const char *ga_canvas_mark(const struct ga_canvas *canvas, enum ga_mark mark)
{
    return marks[mark][canvas->is_ascii];
}
