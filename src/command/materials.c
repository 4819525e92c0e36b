/* guanai materials: what is there of a term's papers, what is missing. */
#include "care.h"

#include "guanai/app/materials.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <stdio.h>

struct asking {
    struct ga_command_line *line;
    struct ga_material_book book;
    const char *term, *out, *activities;
    bool is_gaps, is_json;
};

/* "11/24", bare counts alone, "" of a month ahead: a script reads zero as missing. */
static void put_table(struct asking *a)
{
    const struct ga_material_book *book = &a->book;
    const size_t count = 2 + book->months_count + 1;
    const char **names = ga_arena_array(&a->book.arena, count, sizeof(*names)), **cells = ga_arena_array(&a->book.arena, count, sizeof(*cells));
    struct ga_table_out table = {.line = a->line, .names = names, .count = count, .is_json = a->is_json};
    names[0] = "material";
    names[1] = "title";
    for (size_t c = 0; c < book->months_count; c++)
        names[2 + c] = ga_arena_printf(&a->book.arena, "%04d-%02d", book->columns[c].days.from.year, book->columns[c].days.from.month);
    names[count - 1] = "term";
    ga_table_begin(&table);
    for (size_t i = 0; i < book->lines_count; i++) {
        const struct ga_material_line *line = &book->lines[i];
        cells[0] = line->duty >= 0 ? ga_care_duties(book->care)->items[line->duty]->name
                   : line->row->of != NULL ? line->row->of->name : "signatures";
        cells[1] = line->title;
        for (size_t c = 0; c <= book->months_count; c++) {
            const struct ga_material_cell *cell = &line->cells[c];
            cells[2 + c] = cell->is_ahead ? ""
                           : cell->owed < 0 ? ga_arena_strdup(&a->book.arena, GA_NUM(cell->there))
                                            : ga_arena_printf(&a->book.arena, "%lld/%lld", (long long)cell->there, (long long)cell->owed);
        }
        ga_table_row(&table, cells);
    }
    ga_table_end(&table);
}

static enum ga_exit put_gaps(struct asking *a)
{
    static const char *const names[] = {"material", "month", "class", "there", "owed"};
    struct ga_table_out table = {.line = a->line, .names = names, .count = GA_COUNT(names), .numbers = 0x18, .is_json = a->is_json};
    struct ga_material_book *book = &a->book;
    ga_table_begin(&table);
    for (size_t c = 0; c <= book->months_count; c++)
        for (size_t i = 0; i < book->lines_count; i++) {
            struct ga_material_gap *gaps;
            struct ga_error err = {0};
            size_t count = 0;
            if (!ga_material_is_listed(book, i, c))
                continue;
            const enum ga_rc rc = ga_material_gaps(book, i, c, &book->arena, &gaps, &count, &err);
            if (rc != GA_OK)
                return ga_say_error(a->line, rc, &err);
            for (size_t g = 0; g < count; g++)
                ga_table_row(&table, (const char *[]){book->lines[i].title, ga_material_column_text(book, c), gaps[g].shown,
                                                      ga_arena_strdup(&book->arena, GA_NUM(gaps[g].there)),
                                                      ga_arena_strdup(&book->arena, GA_NUM(gaps[g].owed))});
        }
    ga_table_end(&table);
    return GA_EXIT_DONE;
}

static enum ga_exit put(struct asking *a)
{
    struct ga_error err = {0};
    enum ga_rc rc = GA_OK;
    if (a->out != NULL)
        rc = ga_material_print(&a->book, ga_path(a->line, a->out), &err);
    if (rc == GA_OK && a->activities != NULL)
        rc = ga_activities_print(&a->book, ga_path(a->line, a->activities), &err);
    if (rc != GA_OK)
        return ga_say_file_error(a->line, rc, &err);
    if (a->is_gaps)
        return put_gaps(a);
    if (a->out == NULL && a->activities == NULL)
        put_table(a);
    return GA_EXIT_DONE;
}

enum ga_exit ga_run_materials(struct ga_command_line *line)
{
    struct asking a = {.line = line, .term = "this"};
    const char *format = "tsv";
    const struct ga_option options[] = {{"--term", &a.term, NULL}, {"--missing", NULL, &a.is_gaps}, {"--out", &a.out, NULL},
                                        {"--activities", &a.activities, NULL}, {"--format", &format, NULL}};
    struct ga_session *session;
    struct ga_problems problems;
    struct ga_error err = {0};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit == GA_EXIT_DONE && !ga_read_format(format, &a.is_json))
        return ga_usage(line);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    ga_problems_init(&problems);
    const enum ga_rc rc = ga_material_book_read(session, a.term, line->lang, &problems, &a.book, &err);
    ga_say_problems(line, &problems, false);
    ga_problems_finish(&problems);
    if (rc == GA_OK) {
        exit = put(&a);
        ga_material_book_finish(&a.book);
    } else {
        exit = ga_say_error(line, rc, &err);
        exit = rc == GA_REFUSED ? GA_EXIT_USAGE : exit;
    }
    ga_session_close(session);
    return exit;
}
