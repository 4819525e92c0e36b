/* Lays a trip out as one page to print. */
#include "care/trip_inner.h"

#include "guanai/app/print.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/text/width.h"
#include "guanai/text/wrap.h"

#include <string.h>

enum { COLS = 78, INDENT = 4 };

static const char *say(struct trip_sheet *s, const char *english, const char *first, const char *second)
{
    return ga_trip_say(s, english, first, second);
}

static const char *word(const struct trip_sheet *s, const char *english)
{
    return ga_tr(s->lang, english);
}

/* A line, broken where it is too long; lines behind the first stand further in. */
static void put(struct trip_sheet *s, size_t indent, const char *text)
{
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    ga_wrap_begin(&wrap, text, strlen(text), COLS - indent);
    while (ga_wrap_next(&wrap, &line)) {
        for (size_t i = 0; i < indent; i++)
            ga_str_add_char(&s->out, ' ');
        ga_str_add_bytes(&s->out, text + line.at, line.len);
        ga_str_add_char(&s->out, '\n');
    }
}

static void put_rule(struct trip_sheet *s)
{
    for (int i = 0; i < COLS; i++)
        ga_str_add_char(&s->out, '-');
    ga_str_add_char(&s->out, '\n');
}

/* "名字：______" as wide as the page. */
static void put_blank(struct trip_sheet *s, const char *label)
{
    struct ga_str line = {0};
    ga_str_add(&line, label);
    for (size_t cols = ga_width_text(label, strlen(label)); cols < COLS - INDENT; cols++)
        ga_str_add_char(&line, '_');
    put(s, INDENT, ga_str_text(&line));
    ga_str_finish(&line);
}

/* The answers of a list to tick; none is broken by the end of a line. */
static void put_ticks(struct trip_sheet *s, const char *label, const char *list_name)
{
    struct ga_str line = {0};
    const char *tick;
    ga_str_add(&line, label);
    for (size_t i = 0; (tick = ga_trip_tick(s, list_name, i)) != NULL; i++) {
        if (ga_width_text(ga_str_text(&line), line.len) + ga_width_text(tick, strlen(tick)) + 2 > COLS - INDENT) {
            put(s, INDENT, ga_str_text(&line));
            ga_str_clear(&line);
            ga_str_add(&line, "  ");
        }
        ga_str_addf(&line, "%s  ", tick);
    }
    put(s, INDENT, ga_str_text(&line));
    ga_str_finish(&line);
}

static void put_known(struct trip_sheet *s, const struct ga_trip_child *child)
{
    put(s, INDENT, ga_arena_printf(&s->arena, "%s   %s", say(s, GA_N_("Guardian: %1"), ga_trip_guardian(s, child), NULL),
                                   say(s, GA_N_("Phone: %1 %2"), child->phone, child->other_phone)));
    put(s, INDENT, ga_trip_last(s, child, "   "));
}

static void put_blanks(struct trip_sheet *s)
{
    put(s, INDENT, word(s, GA_N_("Date: ___-___  Met: ________  Child there: [ ]yes [ ]no  New phone: ________")));
    put_ticks(s, word(s, GA_N_("Outcome: ")), "visit_outcome");
    put_ticks(s, word(s, GA_N_("At home: ")), "visit_concern");
    put_blank(s, word(s, GA_N_("Content: ")));
    put_blank(s, word(s, GA_N_("Agreed, look again on: ")));
}

static enum ga_rc put_row(struct trip_sheet *s, struct ga_care *care, const struct ga_trip_row *row, struct ga_error *err)
{
    struct ga_trip_child child;
    struct ga_trip_stop stop;
    enum ga_rc rc = ga_trip_child_of(care, row->child_no, s->lang, &s->arena, &child, &stop, err);
    if (rc != GA_OK)
        return rc;
    put_rule(s);
    put(s, 0, ga_arena_printf(&s->arena, "%d   %s%s   %s   %s", row->number, child.has_alarm ? "! " : "",
                              child.child.name, child.child.class_shown, ga_trip_place(s, &child)));
    put_known(s, &child);
    put_blanks(s);
    return GA_OK;
}

static void put_head(struct trip_sheet *s)
{
    char day[GA_DATE_SIZE];
    const struct ga_trip *trip = s->trip;
    put(s, 0, ga_arena_printf(&s->arena, "%s   %s", s->session->config.school, word(s, GA_N_("Trip: home visits"))));
    put(s, 0, ga_arena_printf(&s->arena, "%s   %s   %s", ga_date_text(trip->planned_on, s->lang, day), trip->doer, trip->villages));
    put(s, 0, word(s, GA_N_("Typed in afterwards by the numbers of the rows; the digits are those on the screen.")));
}

enum ga_rc ga_trip_write_sheet(struct ga_session *session, const struct ga_trip *trip, const char *path, struct ga_error *err)
{
    struct trip_sheet s = {.session = session, .trip = trip, .lang = session->lang};
    struct ga_care *care;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK && ga_str_ends(path, ".xlsx")) {
        rc = ga_trip_write_workbook(&s, care, path, err);
        ga_arena_finish(&s.arena);
        return rc;
    }
    put_head(&s);
    for (size_t i = 0; rc == GA_OK && i < trip->rows_count; i++)
        if (trip->rows[i].child_no != 0)
            rc = put_row(&s, care, &trip->rows[i], err);
    put_rule(&s);
    ga_str_addf(&s.out, "%s\n", ga_print_foot(session));
    if (rc == GA_OK)
        rc = ga_io_write_file(session->options->io, path, ga_str_text(&s.out), s.out.len, err);
    ga_str_finish(&s.out);
    ga_arena_finish(&s.arena);
    return rc;
}
