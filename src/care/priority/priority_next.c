/* Puts children in the order in which their turn comes. */
#include "guanai/care/priorities.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <stdlib.h>
#include <string.h>

int64_t ga_turn_score(const struct ga_priorities *rule, const struct ga_turn_case *turn)
{
    const int64_t days = turn->days < rule->days_max ? turn->days : rule->days_max;
    return turn->need + rule->days_weight * days + rule->missing_weight * turn->missing;
}

int ga_turn_compare(const struct ga_priorities *rule, const struct ga_turn_case *a, const struct ga_turn_case *b)
{
    const int64_t x = ga_turn_score(rule, a), y = ga_turn_score(rule, b);
    if (x != y)
        return x > y ? -1 : 1;
    if (a->days != b->days)
        return a->days > b->days ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

struct ga_turn_case ga_priority_case(const struct ga_priority_board *board, size_t row, size_t priority)
{
    const struct ga_priority_row *child = &board->rows[row];
    const int64_t missing = board->rule->priorities.items[priority].target - child->cells[priority].turns;
    struct ga_turn_case turn = {.days = child->cells[priority].days, .missing = missing > 0 ? missing : 0, .place = row};
    for (size_t i = 0; i < board->rule->needs.count; i++)
        if (child->needs >> i & 1)
            turn.need += board->rule->needs.items[i].weight;
    return turn;
}

/* qsort hands no context over. */
struct ranked {
    const struct ga_priorities *rule;
    struct ga_turn_case turn;
};

static int by_turn(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    return ga_turn_compare(a->rule, &a->turn, &b->turn);
}

static size_t take_places(const struct ranked *ranked, size_t count, struct ga_arena *arena, size_t **ret_rows)
{
    size_t *rows = ga_arena_array(arena, count + 1, sizeof(*rows));
    for (size_t i = 0; i < count; i++)
        rows[i] = ranked[i].turn.place;
    *ret_rows = rows;
    return count;
}

size_t ga_priority_next(const struct ga_priority_board *board, size_t priority, struct ga_arena *arena, size_t **ret_rows)
{
    struct ranked *ranked = ga_alloc_array(board->count + 1, sizeof(*ranked));
    size_t count = 0;
    for (size_t i = 0; i < board->count; i++)
        if (board->rows[i].counts)
            ranked[count++] = (struct ranked){board->rule, ga_priority_case(board, i, priority)};
    if (count > 0)
        qsort(ranked, count, sizeof(*ranked), by_turn);
    take_places(ranked, count, arena, ret_rows);
    free(ranked);
    return count;
}

/* Who waits longest first: the rule without weights but that of a day. */
static size_t waiting(const struct ga_priority_board *board, int days, bool is_reach, struct ga_arena *arena, size_t **ret_rows)
{
    static const struct ga_priorities by_days = {.days_weight = 1, .days_max = INT64_MAX};
    struct ranked *ranked = ga_alloc_array(board->count + 1, sizeof(*ranked));
    size_t count = 0;
    for (size_t i = 0; i < board->count; i++) {
        const struct ga_priority_row *row = &board->rows[i];
        const int waits = is_reach ? row->reached_days : row->quiet_days;
        if (row->counts && waits >= days)
            ranked[count++] = (struct ranked){&by_days, {.days = waits, .place = i}};
    }
    if (count > 0)
        qsort(ranked, count, sizeof(*ranked), by_turn);
    take_places(ranked, count, arena, ret_rows);
    free(ranked);
    return count;
}

size_t ga_priority_quiet(const struct ga_priority_board *board, int days, struct ga_arena *arena, size_t **ret_rows)
{
    return waiting(board, days, false, arena, ret_rows);
}

size_t ga_priority_unreached(const struct ga_priority_board *board, int days, struct ga_arena *arena, size_t **ret_rows)
{
    return waiting(board, days, true, arena, ret_rows);
}

static void say(struct ga_str *out, enum ga_lang lang, const char *sentence, const char *a, const char *b)
{
    struct ga_message message = {0};
    char text[200];
    ga_message_set(&message, sentence, a, b);
    ga_str_addf(out, "%s%s", out->len > 0 ? " · " : "", ga_message_text(&message, lang, text, sizeof(text)));
}

const char *ga_priority_why(const struct ga_priority_board *board, size_t row, size_t priority, enum ga_lang lang,
                            struct ga_arena *arena)
{
    const struct ga_priority_row *child = &board->rows[row];
    const struct ga_priority_cell *cell = &child->cells[priority];
    const int64_t target = board->rule->priorities.items[priority].target;
    struct ga_str out = {0};
    for (size_t i = 0; i < board->rule->needs.count; i++)
        if (child->needs >> i & 1)
            ga_str_addf(&out, "%s%s", out.len > 0 ? " · " : "", ga_label_text(&board->rule->needs.items[i].label, lang));
    if (cell->last_on.year == 0)
        say(&out, lang, GA_N_("never had a turn, %1 school days"), GA_NUM(cell->days), NULL);
    else
        say(&out, lang, GA_N_("%1 school days without a turn"), GA_NUM(cell->days), NULL);
    if (cell->turns < target)
        say(&out, lang, GA_N_("%1 of %2 in the month"), GA_NUM(cell->turns), GA_NUM(target));
    const char *text = ga_arena_strdup(arena, ga_str_text(&out));
    ga_str_finish(&out);
    return text;
}
