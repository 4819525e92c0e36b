/* The least a roster can cost: ncursesw, SQLite, one prepared SELECT, nothing else. */
#include <locale.h>
#include <ncurses.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>

enum { PAGE = 19 };

static void paint_page(sqlite3_stmt *page)
{
    static const int columns[] = {2, 19, 24, 41, 49, 60};
    for (int row = 0; row < PAGE && sqlite3_step(page) == SQLITE_ROW; row++)
        for (int i = 0; i < 6; i++)
            mvaddstr(row + 2, columns[i], (const char *)sqlite3_column_text(page, i));
}

/* floor_list guanai.db: the first page of the roster in its order; any key ends it. */
int main(int argc, char **argv)
{
    sqlite3 *db;
    sqlite3_stmt *page;
    sqlite3_stmt *count;
    if (argc < 2 || sqlite3_open(argv[1], &db) != SQLITE_OK)
        return 1;
    setlocale(LC_ALL, "C.UTF-8");
    sqlite3_prepare_v2(db,
                       "SELECT name, sex, grade || class, birth, village, guardian FROM _roster ORDER BY sort LIMIT 19",
                       -1, &page, NULL);
    sqlite3_prepare_v2(db, "SELECT sum(children) FROM _tally", -1, &count, NULL);
    if (page == NULL || count == NULL || sqlite3_step(count) != SQLITE_ROW)
        return 1;
    initscr();
    raw();
    noecho();
    paint_page(page);
    mvprintw(22, 0, " 1 / %lld", (long long)sqlite3_column_int64(count, 0));
    refresh();
    getch();
    endwin();
    sqlite3_finalize(page);
    sqlite3_finalize(count);
    sqlite3_close(db);
    return 0;
}
