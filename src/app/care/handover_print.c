/* Lays a handover out as a sheet to sign, with the list of the files. */
#include "care/handover_inner.h"
#include "guanai/app/print.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/vec.h"
#include "guanai/text/translate.h"

#include <string.h>

struct sheet {
    const struct ga_handover *handover;
    struct ga_handover_changes changes;
    enum ga_lang lang;
    struct ga_arena arena;
    struct ga_vec cells; /* const char * */
};

static void put(struct sheet *s, const char *text)
{
    *(const char **)ga_vec_push(&s->cells) = ga_arena_strdup(&s->arena, text);
}

static void put_pair(struct sheet *s, const char *what, const char *text)
{
    put(s, ga_tr(s->lang, what));
    put(s, text);
}

/* One row a line of what is open: it is ticked off by hand when it is done. */
static void put_matters(struct sheet *s)
{
    for (const char *at = s->handover->matters; *at != '\0';) {
        const size_t len = strcspn(at, "\n");
        put(s, ga_tr(s->lang, at == s->handover->matters ? GA_N_("Open matters") : ""));
        put(s, ga_arena_strndup(&s->arena, at, len));
        at += len + (at[len] == '\n');
    }
}

/* Written some days ago and not signed yet: what is true today stands there, too. */
static void put_changes(struct sheet *s)
{
    for (size_t i = 0; i < s->changes.added_count; i++)
        put_pair(s, i == 0 ? GA_N_("Open since then") : "", s->changes.added[i]);
    for (size_t i = 0; i < s->changes.gone_count; i++)
        put_pair(s, i == 0 ? GA_N_("No longer so") : "", s->changes.gone[i]);
}

static void put_signature(struct sheet *s, const char *what, const char *name)
{
    put_pair(s, what, ga_arena_printf(&s->arena, "%s　______________________   ______-____-____", name));
}

static struct ga_print_table first_page(struct sheet *s, const char *title)
{
    const struct ga_handover *handover = s->handover;
    struct ga_print_table table = {.title = title, .columns_count = 2, .row_mm = 8};
    table.day = ga_arena_strdup(&s->arena, GA_DATE_ISO(handover->on));
    table.columns[0] = (struct ga_print_column){ga_tr(s->lang, GA_N_("Item")), 18, false};
    table.columns[1] = (struct ga_print_column){ga_tr(s->lang, GA_N_("Content")), 52, false};
    put_pair(s, GA_N_("Class"), handover->class_text);
    put_pair(s, GA_N_("Handed over by"), handover->giver);
    put_pair(s, GA_N_("Taken over by"), handover->taker);
    put_pair(s, GA_N_("Number of files"), GA_NUM(handover->files));
    put_matters(s);
    put_changes(s);
    put_signature(s, GA_N_("Signed by who hands over"), handover->giver);
    put_signature(s, GA_N_("Signed by who takes over"), handover->taker);
    put_signature(s, GA_N_("Seen by the school"), "");
    table.rows_count = s->cells.len / table.columns_count;
    table.cells = s->cells.items;
    return table;
}

static struct ga_print_table file_list(struct sheet *s, const char *title, const struct ga_roster_row *rows, size_t count)
{
    struct ga_print_table table = {.title = title, .columns_count = 7, .rows_count = count};
    const struct ga_print_column columns[] = {
        {ga_tr(s->lang, "Row"), 5, true}, {ga_tr(s->lang, GA_N_("Card no")), 8, true}, {ga_tr(s->lang, "Name"), 14, false},
        {ga_tr(s->lang, GA_N_("Born")), 10, false}, {ga_tr(s->lang, "Village"), 12, false},
        {ga_tr(s->lang, "Left behind"), 8, false}, {ga_tr(s->lang, GA_N_("File seen")), 9, false}};
    memcpy(table.columns, columns, sizeof(columns));
    for (size_t i = 0; i < count; i++) {
        put(s, GA_NUM(i + 1));
        put(s, rows[i].card_no > 0 ? GA_NUM(rows[i].card_no) : "");
        put(s, rows[i].name);
        put(s, rows[i].birth);
        put(s, rows[i].village);
        put(s, rows[i].is_key_child ? "★" : rows[i].is_left_behind ? "✓" : "");
        put(s, "");
    }
    table.cells = s->cells.items;
    return table;
}

enum ga_rc ga_handover_print(struct ga_session *session, const struct ga_handover_class *class_of, const char *path,
                             struct ga_error *err)
{
    struct sheet first = {.handover = class_of->last, .lang = session->lang}, list = {.lang = session->lang};
    struct ga_roster_row *rows;
    size_t count = 0;
    if (class_of->last == NULL)
        return ga_error_set(err, GA_REFUSED, "nothing was handed over of this class yet");
    enum ga_rc rc = ga_handover_children(session, &class_of->class_of, &first.arena, &rows, &count, err);
    if (rc == GA_OK)
        rc = ga_handover_changes_read(session, class_of, &first.arena, &first.changes, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&first.cells, sizeof(const char *));
    ga_vec_init(&list.cells, sizeof(const char *));
    const char *title = ga_arena_printf(&first.arena, "%s %s", ga_tr(session->lang, GA_N_("Handover")), class_of->last->class_text);
    const struct ga_print_table tables[] = {
        first_page(&first, title), file_list(&list, ga_arena_printf(&first.arena, "%s %s", ga_tr(session->lang, GA_N_("List of files")), class_of->last->class_text), rows, count)};
    rc = ga_print_write(session, tables, GA_COUNT(tables), path, err);
    ga_vec_finish(&first.cells);
    ga_vec_finish(&list.cells);
    ga_arena_finish(&first.arena);
    ga_arena_finish(&list.arena);
    return rc;
}
