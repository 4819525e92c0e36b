/* Lays what was answered differently out as a worksheet. */
#include "guanai/app/conflicts.h"
#include "guanai/app/print.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "sync/sync_inner.h"

#include <string.h>

enum { NUMBER, WHOSE, WHAT, ANSWERS, DIGIT, THIRD, COLUMNS };
enum { ROW_MM = 14 };

static const struct {
    const char *heading;
    int cols;
} columns[COLUMNS] = {
    [NUMBER] = {GA_N_("Row"), 4},     [WHOSE] = {GA_N_("Whose"), 17},     [WHAT] = {GA_N_("Field"), 10},
    [ANSWERS] = {GA_N_("Answers"), 44}, [DIGIT] = {GA_N_("Digit"), 5}, [THIRD] = {GA_N_("Or what is right"), 12},
};

struct sheet {
    struct ga_session *session;
    const char *here; /* what the others call this computer: the sheet leaves it */
    struct ga_arena arena;
};

static const char *say(struct sheet *s, const char *english, const char *first)
{
    struct ga_message message;
    char text[GA_MESSAGE_BYTES];
    ga_message_set(&message, english, first);
    return ga_arena_strdup(&s->arena, ga_message_text(&message, s->session->lang, text, sizeof(text)));
}

static bool is_hidden(const struct ga_conflict *conflict)
{
    return conflict->protect >= GA_PROTECT_SENSITIVE;
}

/* "1 大湾村\n  王老师, 2026-11-23 12:41, 石桥教学点": a digit each. */
static const char *answers(struct sheet *s, const struct ga_numbered *numbered)
{
    const struct ga_conflict *conflict = numbered->conflict;
    const char *text = "";
    for (size_t i = 0; i < conflict->values_count; i++)
        text = ga_arena_printf(&s->arena, "%s%s%d %s\n  %s", text, i > 0 ? "\n" : "", numbered->choices[i],
                               is_hidden(conflict) ? ga_tr(s->session->lang, GA_N_("(on the screen only)"))
                                                   : ga_conflicts_value_text(s->session, conflict, i, &s->arena),
                               ga_conflicts_origin_at(s->session, &conflict->values[i], s->here, &s->arena));
    return text;
}

static const char *whose(struct sheet *s, const struct ga_numbered *numbered)
{
    const char *paper = numbered->conflict->paper;
    return paper[0] == '\0' ? numbered->whose
                            : ga_arena_printf(&s->arena, "%s\n%s", numbered->whose, say(s, GA_N_("Paper no %1"), paper));
}

static void set_row(struct sheet *s, const struct ga_numbered *numbered, const char **cells)
{
    const char *handed = numbered->conflict->handed_to;
    cells[NUMBER] = ga_arena_strdup(&s->arena, GA_NUM(numbered->number));
    cells[WHOSE] = whose(s, numbered);
    cells[WHAT] = numbered->what;
    cells[ANSWERS] = answers(s, numbered);
    cells[DIGIT] = "";
    cells[THIRD] = handed[0] == '\0' ? "" : say(s, GA_N_("%1 settles it"), handed);
}

static enum ga_rc write_sheet(struct sheet *s, const struct ga_numbered *list, size_t count, const char *path, struct ga_error *err)
{
    const enum ga_lang lang = s->session->lang;
    const char **cells = ga_arena_array(&s->arena, (count + 1) * COLUMNS, sizeof(*cells));
    struct ga_print_table table = {.title = ga_tr(lang, GA_N_("Answered differently: which counts?")), .columns_count = COLUMNS,
                                   .about = say(s, GA_N_("Ask, write it down; type row and digit back on %1 only."), s->here),
                                   .day = ga_arena_strdup(&s->arena, GA_DATE_ISO(s->session->today)),
                                   .cells = cells, .rows_count = count, .row_mm = ROW_MM};
    for (size_t c = 0; c < COLUMNS; c++)
        table.columns[c] = (struct ga_print_column){ga_tr(lang, columns[c].heading), columns[c].cols, c == NUMBER};
    for (size_t i = 0; i < count; i++)
        set_row(s, &list[i], cells + i * COLUMNS);
    return ga_print_write(s->session, &table, 1, path, err);
}

enum ga_rc ga_conflicts_print(struct ga_session *session, const struct ga_numbered *list, size_t count, const char *path,
                              struct ga_error *err)
{
    struct sheet s = {.session = session};
    s.here = ga_sync_own_label(session, &s.arena);
    enum ga_rc rc = write_sheet(&s, list, count, path, err);
    ga_arena_finish(&s.arena);
    return rc == GA_OK ? ga_conflicts_note_seen(session, list, count, err) : rc;
}
