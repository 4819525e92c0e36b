/* Lays the papers for an inspection out as pages to print. */
#include "guanai/app/materials.h"

#include "guanai/app/print.h"
#include "guanai/app/record_face.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/vec.h"
#include "guanai/care/activity.h"
#include "guanai/store/record.h"

#include <string.h>

enum { TABLES = 4, SUMMARY_BYTES_MAX = 600 };

/* A table whose rows are counted as they come. */
struct rows {
    struct ga_print_table *table;
    struct ga_vec cells; /* const char * */
};

static const char *word(const struct ga_material_book *book, const char *english)
{
    return ga_tr(book->lang, english);
}

static const char *number(struct ga_material_book *book, int64_t value)
{
    return ga_arena_strdup(&book->arena, GA_NUM(value));
}

static void begin(struct rows *rows, struct ga_material_book *book, struct ga_print_table *table, const char *title)
{
    *table = (struct ga_print_table){.title = ga_arena_printf(&book->arena, "%s %s", title,
                                     ga_window_text(ga_care_calendar(book->care), book->term, book->lang, &book->arena)),
                                     .day = ga_arena_strdup(&book->arena, GA_DATE_ISO(book->session->today))};
    *rows = (struct rows){.table = table};
    ga_vec_init(&rows->cells, sizeof(const char *));
}

static void column(struct rows *rows, const char *heading, int cols, bool is_number)
{
    rows->table->columns[rows->table->columns_count++] = (struct ga_print_column){heading, cols, is_number};
}

static void cell(struct rows *rows, const char *text)
{
    *(const char **)ga_vec_push(&rows->cells) = text;
}

static void end(struct rows *rows, struct ga_material_book *book)
{
    struct ga_print_table *table = rows->table;
    const char **cells = ga_arena_array(&book->arena, rows->cells.len + 1, sizeof(*cells));
    if (rows->cells.len > 0)
        memcpy(cells, rows->cells.items, rows->cells.len * sizeof(*cells));
    table->cells = cells;
    table->rows_count = rows->cells.len / table->columns_count;
    ga_vec_finish(&rows->cells);
}

static void lay_table(struct ga_material_book *book, struct ga_print_table *table)
{
    struct rows rows;
    char text[GA_MATERIAL_CELL_SIZE];
    begin(&rows, book, table, ga_label_text(&book->set.item->title, book->lang));
    table->row_mm = 8;
    column(&rows, word(book, GA_N_("Material")), 16, false);
    for (size_t c = 0; c <= book->months_count; c++)
        column(&rows, ga_material_column_text(book, c), 9, false);
    for (size_t i = 0; i < book->lines_count; i++) {
        cell(&rows, book->lines[i].title);
        for (size_t c = 0; c <= book->months_count; c++)
            cell(&rows, ga_arena_strdup(&book->arena, ga_material_cell_text(&book->lines[i].cells[c], book->lang, text)));
    }
    end(&rows, book);
}

static enum ga_rc lay_gaps_of(struct ga_material_book *book, struct rows *rows, size_t line, size_t c, struct ga_error *err)
{
    struct ga_material_gap *gaps;
    size_t count = 0;
    if (!ga_material_is_listed(book, line, c))
        return GA_OK;
    enum ga_rc rc = ga_material_gaps(book, line, c, &book->arena, &gaps, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        cell(rows, book->lines[line].title);
        cell(rows, ga_material_column_text(book, c));
        cell(rows, gaps[i].shown);
        cell(rows, number(book, gaps[i].there));
        cell(rows, number(book, gaps[i].owed));
        cell(rows, number(book, gaps[i].owed - gaps[i].there));
    }
    return rc;
}

/* By month; what is looked at by the term stands with the term. */
static enum ga_rc lay_gaps(struct ga_material_book *book, struct ga_print_table *table, struct ga_error *err)
{
    struct rows rows;
    enum ga_rc rc = GA_OK;
    begin(&rows, book, table, word(book, GA_N_("What is missing")));
    column(&rows, word(book, "Material"), 18, false);
    column(&rows, word(book, GA_N_("In month")), 8, false);
    column(&rows, word(book, GA_N_("Missing from")), 20, false);
    column(&rows, word(book, GA_N_("There")), 6, true);
    column(&rows, word(book, GA_N_("Owed")), 6, true);
    column(&rows, word(book, GA_N_("Missing")), 6, true);
    for (size_t c = 0; c <= book->months_count; c++)
        for (size_t i = 0; rc == GA_OK && i < book->lines_count; i++)
            rc = lay_gaps_of(book, &rows, i, c, err);
    end(&rows, book);
    return rc;
}

static const char *kind_text(const struct ga_material_book *book, const char *code)
{
    const struct ga_list *list = ga_forms_list(book->session->forms, "activity_kind", NULL);
    const struct ga_choice *choice = list != NULL ? ga_list_choice(list, code) : NULL;
    return choice != NULL ? ga_label_text(&choice->label, book->lang) : code;
}

static const char *names_text(struct ga_material_book *book, const struct ga_activity *activity)
{
    struct ga_message message;
    char text[GA_MESSAGE_BYTES];
    if (activity->counted == 0)
        return activity->names;
    ga_message_set(&message, GA_N_("%1 more counted without names"), GA_NUM(activity->counted));
    return ga_arena_printf(&book->arena, "%s%s%s", activity->names, activity->names[0] != '\0' ? " " : "",
                           ga_message_text(&message, book->lang, text, sizeof(text)));
}

static void lay_activity(struct ga_material_book *book, struct rows *rows, size_t at, const struct ga_activity *activity)
{
    char share[16];
    const int64_t all = activity->left_behind + activity->others;
    cell(rows, number(book, (int64_t)at + 1));
    cell(rows, ga_arena_strdup(&book->arena, GA_DATE_ISO(activity->on)));
    cell(rows, activity->title);
    cell(rows, kind_text(book, activity->kind));
    cell(rows, activity->place);
    cell(rows, activity->in_charge);
    cell(rows, number(book, activity->left_behind));
    cell(rows, all == 0 ? "" : ga_arena_printf(&book->arena, "%lld/%lld %s %%", (long long)activity->left_behind, (long long)all,
                                               ga_share_text((size_t)activity->left_behind, (size_t)all, share)));
    cell(rows, names_text(book, activity));
}

static enum ga_rc lay_activities(struct ga_material_book *book, struct ga_print_table *table, struct ga_error *err)
{
    struct rows rows;
    struct ga_activity *activities = NULL;
    size_t count = 0;
    begin(&rows, book, table, word(book, GA_N_("Activities")));
    table->row_mm = 8;
    column(&rows, word(book, "Row"), 4, true);
    column(&rows, word(book, GA_N_("Day")), 11, false);
    column(&rows, word(book, GA_N_("Theme")), 20, false);
    column(&rows, word(book, GA_N_("Kind")), 8, false);
    column(&rows, word(book, GA_N_("Place")), 10, false);
    column(&rows, word(book, GA_N_("In charge")), 8, false);
    column(&rows, word(book, GA_N_("Left-behind there")), 8, true);
    column(&rows, word(book, "Their share"), 9, false);
    column(&rows, word(book, GA_N_("Who was there")), 34, false);
    enum ga_rc rc = ga_activities_read(book->care, book->days, book->lang, &book->arena, &activities, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        lay_activity(book, &rows, i, &activities[i]);
    end(&rows, book);
    return rc;
}

static const char *summary_of(struct ga_material_book *book, const struct ga_record_face *face)
{
    struct ga_answers answers;
    struct ga_str text = {0};
    if (ga_store_read(book->session->store, face->form, &face->id, &answers, NULL, NULL) != GA_OK)
        return "";
    const struct ga_rule_place place = {.record = &answers};
    ga_rules_summary(book->session->rules, &place, book->lang, &text);
    const char *all = ga_arena_strndup(&book->arena, ga_str_text(&text), text.len < SUMMARY_BYTES_MAX ? text.len : SUMMARY_BYTES_MAX);
    ga_answers_finish(&answers);
    ga_str_finish(&text);
    return all;
}

static const char *child_of(struct ga_material_book *book, const struct ga_record_face *face)
{
    struct ga_roster_row row;
    static const struct ga_uuid none;
    if (memcmp(&face->child, &none, sizeof(none)) == 0 ||
        ga_roster_row(book->session->store, &face->child, book->lang, &book->arena, &row, NULL) != GA_OK)
        return "";
    return ga_arena_printf(&book->arena, "%s %s", row.name, row.class_shown);
}

static enum ga_rc lay_records_of(struct ga_material_book *book, struct rows *rows, size_t line, size_t c, struct ga_error *err)
{
    struct ga_uuid *ids;
    size_t count = 0;
    enum ga_rc rc = ga_material_records(book, line, c, &book->arena, &ids, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        struct ga_record_face face;
        if (ga_record_face_read(book->session, &ids[i], &book->arena, &face, NULL) != GA_OK)
            continue;
        cell(rows, ga_material_column_text(book, c));
        cell(rows, book->lines[line].title);
        cell(rows, face.day.year != 0 ? ga_arena_strdup(&book->arena, GA_DATE_ISO(face.day)) : "");
        cell(rows, child_of(book, &face));
        cell(rows, summary_of(book, &face));
        cell(rows, face.doer);
    }
    return rc;
}

static enum ga_rc lay_records(struct ga_material_book *book, struct ga_print_table *table, struct ga_error *err)
{
    struct rows rows;
    enum ga_rc rc = GA_OK;
    begin(&rows, book, table, word(book, GA_N_("Records by month")));
    column(&rows, word(book, "In month"), 8, false);
    column(&rows, word(book, "Material"), 16, false);
    column(&rows, word(book, "Day"), 11, false);
    column(&rows, word(book, "Child"), 20, false);
    column(&rows, word(book, GA_N_("What stands there")), 34, false);
    column(&rows, word(book, GA_N_("Done by")), 8, false);
    for (size_t c = 0; c < book->months_count; c++)
        for (size_t i = 0; rc == GA_OK && i < book->lines_count; i++)
            if (book->lines[i].duty < 0)
                rc = lay_records_of(book, &rows, i, c, err);
    end(&rows, book);
    return rc;
}

enum ga_rc ga_material_print(struct ga_material_book *book, const char *path, struct ga_error *err)
{
    struct ga_print_table tables[TABLES];
    lay_table(book, &tables[0]);
    enum ga_rc rc = lay_gaps(book, &tables[1], err);
    if (rc == GA_OK)
        rc = lay_activities(book, &tables[2], err);
    if (rc == GA_OK)
        rc = lay_records(book, &tables[3], err);
    return rc == GA_OK ? ga_print_write(book->session, tables, TABLES, path, err) : rc;
}

enum ga_rc ga_activities_print(struct ga_material_book *book, const char *path, struct ga_error *err)
{
    struct ga_print_table table;
    enum ga_rc rc = lay_activities(book, &table, err);
    return rc == GA_OK ? ga_print_write(book->session, &table, 1, path, err) : rc;
}
