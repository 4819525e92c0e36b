/* Walks the marked cell of a table. */
#include "parts/cell_mark.h"

#include "guanai/base/alloc.h"

enum { FAR = 100000 }; /* rows: more than any table has */

static void scroll(size_t *first, size_t *mark, size_t room, size_t count)
{
    if (*mark >= count)
        *mark = count > 0 ? count - 1 : 0;
    if (*mark < *first)
        *first = *mark;
    if (*mark >= *first + room)
        *first = *mark - room + 1;
    if (*first + room > count)
        *first = count > room ? count - room : 0;
}

void ga_cell_mark_keep(struct ga_cell_mark *mark, struct ga_cells table, struct ga_cells in_sight)
{
    scroll(&mark->first_row, &mark->row, in_sight.rows, table.rows);
    scroll(&mark->first_column, &mark->column, in_sight.columns, table.columns);
}

static void step(size_t *at, size_t count, long by)
{
    const long to = (long)*at + by;
    *at = to < 0 || count == 0 ? 0 : (size_t)to >= count ? count - 1 : (size_t)to;
}

bool ga_cell_mark_walk(struct ga_cell_mark *mark, struct ga_cells table, size_t page_rows, const struct ga_event *event)
{
    const long page = (long)page_rows;
    const struct { uint32_t key; long rows, columns; } moves[] = {
        {GA_KEY_UP, -1, 0}, {GA_KEY_DOWN, 1, 0}, {GA_KEY_LEFT, 0, -1}, {GA_KEY_RIGHT, 0, 1},
        {GA_KEY_PAGE_UP, -page, 0}, {GA_KEY_PAGE_DOWN, page, 0}, {GA_KEY_HOME, -FAR, 0}, {GA_KEY_END, FAR, 0},
    };
    for (size_t i = 0; i < GA_COUNT(moves); i++) {
        if (!ga_event_is_key(event, moves[i].key))
            continue;
        step(&mark->row, table.rows, moves[i].rows);
        step(&mark->column, table.columns, moves[i].columns);
        return true;
    }
    return false;
}
