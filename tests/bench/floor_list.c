/* The least a roster can cost: ncursesw, SQLite, one prepared SELECT, nothing else. */
#include <locale.h>
#include <ncurses.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>

enum { PAGE = 19 };

static const char page_sql[] = "SELECT c.name, c.sex, c.grade || c.class, c.birth_date, c.village, c.guardian_name"
                               " FROM _roster AS r CROSS JOIN child AS c ON c.no = r.no"
                               " ORDER BY r.sort LIMIT 19 OFFSET ?1";

/* Row `selected` is reversed, as a list with a cursor has it. */
static void paint_page(sqlite3_stmt *page, int first, int selected)
{
    static const int columns[] = {2, 19, 24, 41, 49, 60};
    sqlite3_bind_int(page, 1, first);
    for (int row = 0; row < PAGE && sqlite3_step(page) == SQLITE_ROW; row++) {
        attrset(row == selected ? A_REVERSE : A_NORMAL);
        for (int i = 0; i < 6; i++)
            if (sqlite3_column_text(page, i) != NULL)
                mvaddstr(row + 2, columns[i], (const char *)sqlite3_column_text(page, i));
    }
    attrset(A_NORMAL);
    sqlite3_reset(page);
}

static void paint(sqlite3_stmt *page, int first, int selected, long long children)
{
    erase();
    paint_page(page, first, selected);
    mvprintw(22, 0, " %d / %lld", first + 1, children);
    refresh();
}

/* Where each key goes; anything else ends. */
static int next_first(int key, int first)
{
    const int moves[][2] = {{'n', PAGE}, {'p', -PAGE}, {'j', 1}, {'k', -1}};
    for (int i = 0; i < 4; i++)
        if (moves[i][0] == key)
            return first + moves[i][1] < 0 ? 0 : first + moves[i][1];
    return -1;
}

/* floor_list guanai.db: the roster in its order; n and p turn pages, j and k move by a line, any other key ends it. */
int main(int argc, char **argv)
{
    sqlite3 *db;
    sqlite3_stmt *page;
    sqlite3_stmt *count;
    if (argc < 2 || sqlite3_open(argv[1], &db) != SQLITE_OK)
        return 1;
    setlocale(LC_ALL, "C.UTF-8");
    sqlite3_prepare_v2(db, page_sql, -1, &page, NULL);
    sqlite3_prepare_v2(db, "SELECT sum(children) FROM _tally", -1, &count, NULL);
    if (page == NULL || count == NULL || sqlite3_step(count) != SQLITE_ROW)
        return 1;
    const long long children = sqlite3_column_int64(count, 0);
    initscr();
    raw();
    noecho();
    int key = 'n';
    for (int first = 0; first >= 0; first = next_first(key = getch(), first))
        paint(page, first, key == 'j' ? PAGE - 1 : 0, children);
    endwin();
    sqlite3_finalize(page);
    sqlite3_finalize(count);
    sqlite3_close(db);
    return 0;
}
