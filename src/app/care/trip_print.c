/* Lays a trip out as a workbook to print. */
#include "care/trip_inner.h"

#include "guanai/app/print.h"
#include "guanai/base/num.h"
#include "guanai/text/width.h"

#include <string.h>

const char *ga_trip_say(struct trip_sheet *s, const char *english, const char *first, const char *second)
{
    struct ga_message message;
    char text[GA_MESSAGE_BYTES * 2];
    ga_message_set(&message, english, first, second);
    return ga_arena_strdup(&s->arena, ga_message_text(&message, s->lang, text, sizeof(text)));
}

const char *ga_trip_place(struct trip_sheet *s, const struct ga_trip_child *child)
{
    return ga_arena_printf(&s->arena, "%s%s%s", child->child.village, child->hamlet[0] != '\0' ? " " : "", child->hamlet);
}

const char *ga_trip_guardian(struct trip_sheet *s, const struct ga_trip_child *child)
{
    const struct ga_list *list = ga_forms_list(s->session->forms, "relation", NULL);
    const struct ga_choice *relation = list != NULL ? ga_list_choice(list, child->relation) : NULL;
    return ga_arena_printf(&s->arena, "%s%s%s", child->guardian, child->guardian[0] != '\0' && relation != NULL ? " " : "",
                           relation != NULL ? ga_label_text(&relation->label, s->lang) : "");
}

static const char *day_text(struct trip_sheet *s, struct ga_date day)
{
    char text[GA_DATE_SIZE];
    return ga_arena_strdup(&s->arena, ga_date_text_short(day, s->lang, text));
}

const char *ga_trip_last(struct trip_sheet *s, const struct ga_trip_child *child, const char *between)
{
    const bool has_agreed = child->agreed[0] != '\0', looks_again = child->follow_up_on.year != 0;
    if (child->last_on.year == 0)
        return ga_tr(s->lang, GA_N_("Never visited so far"));
    return ga_arena_printf(&s->arena, "%s%s%s%s%s", ga_trip_say(s, GA_N_("Last visit: %1"), day_text(s, child->last_on), NULL),
                           has_agreed ? between : "", has_agreed ? ga_trip_say(s, GA_N_("Agreed: %1"), child->agreed, NULL) : "",
                           looks_again ? between : "",
                           looks_again ? ga_trip_say(s, GA_N_("Look again: %1"), day_text(s, child->follow_up_on), NULL) : "");
}

const char *ga_trip_tick(struct trip_sheet *s, const char *list_name, size_t i)
{
    const struct ga_list *list = ga_forms_list(s->session->forms, list_name, NULL);
    size_t number = 0;
    for (size_t k = 0; list != NULL && k < list->choices.count; k++) {
        const struct ga_choice *choice = &list->choices.items[k];
        if (!choice->is_retired && number++ == i)
            return ga_arena_printf(&s->arena, "[ ]%zu%s", number, ga_label_text(&choice->label, s->lang));
    }
    return NULL;
}

/* All of a list, as many on a line as its column has room for. */
static const char *ticks(struct trip_sheet *s, const char *list_name, size_t cols)
{
    struct ga_str text = {0};
    size_t used = 0;
    const char *tick;
    for (size_t i = 0; (tick = ga_trip_tick(s, list_name, i)) != NULL; i++) {
        const size_t more = ga_width_text(tick, strlen(tick));
        if (i > 0)
            ga_str_add_char(&text, used + 1 + more > cols ? '\n' : ' ');
        used = i > 0 && used + 1 + more <= cols ? used + 1 + more : more;
        ga_str_add(&text, tick);
    }
    const char *all = ga_arena_strdup(&s->arena, ga_str_text(&text));
    ga_str_finish(&text);
    return all;
}

/* Each text that says something on a line of its own. */
static const char *lines(struct trip_sheet *s, const char *const *texts, size_t count)
{
    const char *all = "";
    for (size_t i = 0; i < count; i++)
        if (texts[i][0] != '\0')
            all = all[0] == '\0' ? texts[i] : ga_arena_printf(&s->arena, "%s\n%s", all, texts[i]);
    return all;
}

enum { NUMBER, CHILD, GUARDIAN, LAST, WHEN, OUTCOME, AT_HOME, CONTENT, COLUMNS };

static const struct {
    const char *heading;
    int cols;
} columns[COLUMNS] = {
    [NUMBER] = {GA_N_("Row"), 4},          [CHILD] = {GA_N_("Child"), 13},   [GUARDIAN] = {GA_N_("Guardian"), 13},
    [LAST] = {GA_N_("Last visit"), 17},    [WHEN] = {GA_N_("Date, met"), 22}, [OUTCOME] = {GA_N_("Outcome"), 24},
    [AT_HOME] = {GA_N_("At home"), 34},    [CONTENT] = {GA_N_("Content, agreed"), 30},
};

static enum ga_rc set_row(struct trip_sheet *s, struct ga_care *care, const struct ga_trip_row *row, const char **cells,
                          struct ga_error *err)
{
    struct ga_trip_child child;
    struct ga_trip_stop stop;
    enum ga_rc rc = ga_trip_child_of(care, row->child_no, s->lang, &s->arena, &child, &stop, err);
    if (rc != GA_OK)
        return rc;
    cells[NUMBER] = ga_arena_strdup(&s->arena, GA_NUM(row->number));
    cells[CHILD] = ga_arena_printf(&s->arena, "%s%s\n%s\n%s", child.has_alarm ? "! " : "", child.child.name,
                                   child.child.class_shown, ga_trip_place(s, &child));
    cells[GUARDIAN] = lines(s, (const char *[]){ga_trip_guardian(s, &child), child.phone, child.other_phone}, 3);
    cells[LAST] = ga_trip_last(s, &child, "\n");
    cells[WHEN] = ga_tr(s->lang, GA_N_("Date: ___-___\nMet: ________\nChild there: \n[ ]yes [ ]no\nNew phone: "));
    cells[OUTCOME] = ticks(s, "visit_outcome", (size_t)columns[OUTCOME].cols);
    cells[AT_HOME] = ticks(s, "visit_concern", (size_t)columns[AT_HOME].cols);
    return GA_OK;
}

enum ga_rc ga_trip_write_workbook(struct trip_sheet *s, struct ga_care *care, const char *path, struct ga_error *err)
{
    enum { ROW_MM = 25 }; /* five rows to a page that lies */
    const struct ga_trip *trip = s->trip;
    struct ga_print_table table = {.day = ga_arena_strdup(&s->arena, GA_DATE_ISO(trip->planned_on)), .row_mm = ROW_MM,
                                   .columns_count = COLUMNS};
    const char **cells = ga_arena_array(&s->arena, (trip->rows_count + 1) * COLUMNS, sizeof(*cells));
    enum ga_rc rc = GA_OK;
    table.title = ga_arena_printf(&s->arena, "%s %s %s", ga_tr(s->lang, "Trip: home visits"), trip->doer, trip->villages);
    for (size_t c = 0; c < COLUMNS; c++)
        table.columns[c] = (struct ga_print_column){ga_tr(s->lang, columns[c].heading), columns[c].cols, c == NUMBER};
    for (size_t i = 0; rc == GA_OK && i < trip->rows_count; i++)
        if (trip->rows[i].child_no != 0)
            rc = set_row(s, care, &trip->rows[i], cells + COLUMNS * table.rows_count++, err);
    table.cells = cells;
    return rc == GA_OK ? ga_print_write(s->session, &table, 1, path, err) : rc;
}
