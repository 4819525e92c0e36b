/* A repeat each row of which names a child, seen as a list to tick. */
#include "guanai/app/ticks.h"

#include "guanai/form/children.h"
#include "guanai/form/type.h"

#include <string.h>

const struct ga_field *ga_ticks_names(const struct ga_field *repeat)
{
    return ga_field_names_child(repeat);
}

const struct ga_field *ga_ticks_repeat(const struct ga_form *form)
{
    return ga_form_children(form, NULL);
}

void ga_ticks_init(struct ga_ticks *ticks, struct ga_entry *entry, const struct ga_field *repeat)
{
    *ticks = (struct ga_ticks){.entry = entry, .repeat = repeat, .names = ga_ticks_names(repeat)};
    ga_vec_init(&ticks->lines, sizeof(struct ga_tick));
    ga_arena_init(&ticks->arena);
}

void ga_ticks_finish(struct ga_ticks *ticks)
{
    ga_vec_finish(&ticks->lines);
    ga_arena_finish(&ticks->arena);
}

struct ga_tick *ga_ticks_line(const struct ga_ticks *ticks, size_t i)
{
    return GA_VEC_AT(struct ga_tick, &ticks->lines, i);
}

static struct ga_rows *rows_of(const struct ga_entry *entry, const struct ga_field *repeat)
{
    return &entry->now.repeats[repeat->index];
}

/* Also one that is gone. */
static struct ga_row *find_row(const struct ga_ticks *ticks, const struct ga_uuid *id)
{
    struct ga_rows *rows = rows_of(ticks->entry, ticks->repeat);
    for (size_t i = 0; i < rows->count && !ga_uuid_is_zero(id); i++)
        if (ga_uuid_compare(&rows->rows[i].id, id) == 0)
            return &rows->rows[i];
    return NULL;
}

struct ga_row *ga_ticks_row(const struct ga_ticks *ticks, size_t i)
{
    struct ga_row *row = find_row(ticks, &ga_ticks_line(ticks, i)->row);
    return row != NULL && !row->is_gone ? row : NULL;
}

static struct ga_uuid child_of(const struct ga_row *row, const struct ga_field *names)
{
    const struct ga_answer *answer = &row->answers[names->index];
    struct ga_uuid id = {0};
    if (answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT)
        ga_uuid_parse(answer->value.text, &id);
    return id;
}

/* Making the list. */

static void fill_line(struct ga_ticks *ticks, struct ga_tick *line, const struct ga_roster_row *child)
{
    line->child = child->id;
    line->name = ga_arena_strdup(&ticks->arena, child->name);
    line->class_shown = ga_arena_strdup(&ticks->arena, child->class_shown);
    line->village = ga_arena_strdup(&ticks->arena, child->village);
    line->is_left_behind = child->is_left_behind;
    line->has_left = child->has_left;
}

static void add_chosen(struct ga_ticks *ticks, const struct ga_row *row)
{
    struct ga_session *session = ticks->entry->session;
    struct ga_tick *line = ga_vec_push(&ticks->lines);
    struct ga_roster_row child;
    *line = (struct ga_tick){.row = row->id, .child = child_of(row, ticks->names), .class_shown = "", .village = ""};
    if (ga_roster_row(session->store, &line->child, session->lang, &ticks->arena, &child, NULL) == GA_OK)
        fill_line(ticks, line, &child);
    else
        line->name = ga_tr(session->lang, "a record that is not here");
}

/* One who is chosen already keeps the line there is, with the number. */
static bool take_number(struct ga_ticks *ticks, size_t chosen, const struct ga_whom_child *child)
{
    bool is_there = false;
    for (size_t i = 0; i < chosen; i++) {
        struct ga_tick *line = ga_ticks_line(ticks, i);
        if (ga_uuid_compare(&line->child, &child->row->id) != 0)
            continue;
        line->number = child->number;
        is_there = true;
    }
    return is_there;
}

/* The row of a child that was unticked waits for it. */
static struct ga_uuid gone_row_of(const struct ga_ticks *ticks, const struct ga_uuid *child)
{
    const struct ga_rows *rows = rows_of(ticks->entry, ticks->repeat);
    for (size_t i = 0; i < rows->count; i++) {
        const struct ga_uuid named = child_of(&rows->rows[i], ticks->names);
        if (rows->rows[i].is_gone && ga_uuid_compare(&named, child) == 0)
            return rows->rows[i].id;
    }
    return (struct ga_uuid){0};
}

static enum ga_rc add_others(struct ga_ticks *ticks, const struct ga_whom *whom, bool only_left_behind,
                             struct ga_error *err)
{
    struct ga_whom_child *children = NULL;
    size_t count = 0, chosen = ticks->lines.len;
    struct ga_arena arena;
    ga_arena_init(&arena);
    enum ga_rc rc = ga_whom_read(ticks->entry->session, whom, GA_TICKS_SHOWN_MAX, &arena, &children, &count, err);
    for (size_t i = 0; i < count && rc == GA_OK; i++) {
        const struct ga_roster_row *row = children[i].row;
        if (take_number(ticks, chosen, &children[i]) || (only_left_behind && !row->is_left_behind) ||
            (ticks->sex != NULL && strcmp(row->sex, ticks->sex) != 0))
            continue;
        struct ga_tick *line = ga_vec_push(&ticks->lines);
        fill_line(ticks, line, children[i].row);
        line->number = children[i].number;
        line->row = gone_row_of(ticks, &line->child);
    }
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_ticks_show(struct ga_ticks *ticks, const struct ga_whom *whom, bool only_left_behind,
                         struct ga_error *err)
{
    const struct ga_rows *rows = rows_of(ticks->entry, ticks->repeat);
    ga_vec_clear(&ticks->lines);
    ga_arena_reset(&ticks->arena);
    for (size_t i = 0; i < rows->count; i++)
        if (!rows->rows[i].is_gone)
            add_chosen(ticks, &rows->rows[i]);
    return whom != NULL ? add_others(ticks, whom, only_left_behind, err) : GA_OK;
}

/* Ticking. */

static enum ga_rc add_row(struct ga_ticks *ticks, struct ga_tick *line, struct ga_error *err)
{
    char id[GA_UUID_TEXT_SIZE];
    struct ga_row *row = ga_entry_add_row(ticks->entry, ticks->repeat);
    line->row = row->id;
    return ga_entry_set(ticks->entry, ticks->names, row, ga_uuid_text(&line->child, id), NULL, err);
}

enum ga_rc ga_ticks_set(struct ga_ticks *ticks, size_t i, bool is_on, struct ga_error *err)
{
    struct ga_tick *line = ga_ticks_line(ticks, i);
    struct ga_row *row = find_row(ticks, &line->row);
    if ((row != NULL && !row->is_gone) == is_on)
        return GA_OK;
    if (!is_on)
        ga_entry_drop_row(ticks->entry, row);
    else if (row != NULL)
        ga_entry_take_row_back(ticks->entry, row);
    else
        return add_row(ticks, line, err);
    return GA_OK;
}

enum ga_rc ga_ticks_set_all(struct ga_ticks *ticks, bool is_on, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < ticks->lines.len && rc == GA_OK; i++)
        rc = ga_ticks_set(ticks, i, is_on, err);
    return rc;
}

size_t ga_ticks_count(const struct ga_entry *entry, const struct ga_field *repeat)
{
    const struct ga_rows *rows = rows_of(entry, repeat);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++)
        count += !rows->rows[i].is_gone;
    return count;
}

void ga_ticks_say(struct ga_entry *entry, const struct ga_field *repeat, enum ga_lang lang, struct ga_str *out)
{
    struct ga_ticks ticks;
    ga_ticks_init(&ticks, entry, repeat);
    ga_ticks_show(&ticks, NULL, false, NULL);
    for (size_t i = 0; i < ticks.lines.len; i++)
        ga_str_addf(out, "%s%s", i == 0 ? "" : lang == GA_ZH ? "、" : ", ", ga_ticks_line(&ticks, i)->name);
    ga_ticks_finish(&ticks);
}
