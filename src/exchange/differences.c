/* Keeps what differs between a file and the archive with what was decided of it. */
#include "inner.h"

#include "guanai/base/alloc.h"
#include "guanai/store/history.h"

#include <string.h>

enum { ROWS_AT_ONCE = 64 };

/* Where the differences of a row begin. */
static size_t first_of(const struct ga_vec *differences, size_t row)
{
    size_t from = 0, until = differences->len;
    while (from < until) {
        const size_t middle = (from + until) / 2;
        if (GA_VEC_AT(const struct difference, differences, middle)->row < row)
            from = middle + 1;
        else
            until = middle;
    }
    return from;
}

static const struct difference *find(const struct ga_vec *differences, size_t row, const struct ga_field *field)
{
    for (size_t i = first_of(differences, row); i < differences->len; i++) {
        const struct difference *difference = GA_VEC_AT(const struct difference, differences, i);
        if (difference->row != row)
            break;
        if (difference->field == field->index)
            return difference;
    }
    return NULL;
}

/* While the rows are looked at anew, those further down are known from the plan before. */
static const struct ga_vec *known_of(const struct ga_import *import, size_t row)
{
    return import->looked_at == 0 || row < import->looked_at ? &import->differences : &import->differences_before;
}

static bool by_mode(const struct ga_import *import, bool is_fill)
{
    return is_fill || import->mode == GA_IMPORT_UPDATE;
}

static bool is_taken(const struct ga_import *import, const struct difference *difference)
{
    return difference->decided == UNDECIDED ? by_mode(import, difference->is_fill)
                                            : difference->decided == DECIDED_TAKE;
}

/* What a later row of a child says as its first row does is decided there. */
static const struct difference *decided_of(const struct ga_import *import, size_t row, const struct ga_field *field)
{
    const struct difference *difference = find(known_of(import, row), row, field);
    const size_t first = row < import->rows->len ? GA_SHELF_AT(struct planned, import->rows, row)->first : 0;
    return difference != NULL || first == 0 ? difference : find(known_of(import, first - 1), first - 1, field);
}

bool ga_difference_is_taken(const struct ga_import *import, const struct ga_field *field, bool is_fill)
{
    if (import->deciding == 0)
        return by_mode(import, is_fill);
    const struct difference *difference = decided_of(import, import->deciding - 1, field);
    if (difference == NULL || (difference->decided == UNDECIDED && !difference->is_again))
        return by_mode(import, is_fill);
    return is_taken(import, difference);
}

/* As if everything of the row were taken. */
static void take_all(struct ga_import *import, const struct ga_answers *row, struct ga_answers *record)
{
    const enum ga_import_mode mode = import->mode;
    struct ga_answers child;
    import->mode = GA_IMPORT_UPDATE;
    import->deciding = 0;
    ga_merge(import, row, record, NULL);
    import->mode = mode;
    const bool has_child = ga_read_child(import, &record->child, &child);
    ga_apply_imports(import, record, has_child ? &child : NULL);
    if (has_child)
        ga_answers_finish(&child);
}

/* What an earlier row of the child says otherwise is not filled in by the later one: that one stands in the list. */
static void add(struct ga_import *import, const struct ga_vec *earlier, size_t row, const struct ga_answers *before,
                const struct ga_answers *after)
{
    const size_t first = GA_SHELF_AT(struct planned, import->rows, row)->first;
    for (size_t f = 0; f < before->form->all_count; f++) {
        if (ga_answer_equal(&before->answers[f], &after->answers[f]))
            continue;
        const struct difference *was = find(earlier, row, before->form->all[f]);
        const struct difference *said =
            first == 0 ? NULL : find(&import->differences, first - 1, before->form->all[f]);
        const uint32_t says = ga_recall_sum(&after->answers[f]), had = ga_recall_sum(&before->answers[f]);
        if (said != NULL && said->says == says)
            continue;
        *(struct difference *)ga_vec_push(&import->differences) =
            (struct difference){.row = (uint32_t)row, .field = (uint16_t)f, .says = says, .had = had,
                                .is_fill = before->answers[f].state == GA_EMPTY && said == NULL, .is_again = first != 0,
                                .is_by_rule = import->shown.own.answers[f].state == GA_EMPTY,
                                .decided = was == NULL || was->says != says || was->had != had ? UNDECIDED : was->decided};
    }
}

void ga_differences_gather(struct ga_import *import)
{
    const struct ga_vec *before = &import->differences_before;
    if (import->looked_at > 0 && import->looked_at < import->rows->len)
        for (size_t i = first_of(before, import->looked_at); i < before->len; i++)
            *(struct difference *)ga_vec_push(&import->differences) = *GA_VEC_AT(const struct difference, before, i);
    import->looked_at = 0;
}

void ga_import_keep_decisions(struct ga_import *import, struct ga_import *earlier)
{
    if (earlier == NULL || earlier->form != import->form)
        return;
    ga_origin_sum(import);
    if (strcmp(earlier->origin.content, import->origin.content) != 0)
        return;
    ga_differences_gather(earlier);
    ga_recall_note(import, earlier);
}

/* A child listed twice is the record its first row means; NULL: there is none in the archive yet. */
static const struct ga_uuid *target_of(const struct ga_import *import, const struct planned *planned)
{
    const struct planned *first =
        planned->first == 0 ? planned : GA_SHELF_AT(struct planned, import->rows, planned->first - 1);
    return first->verdict == GA_VERDICT_NEW ? NULL : &first->target;
}

static bool is_looked_at(const struct ga_import *import, const struct planned *planned)
{
    return (planned->verdict == GA_VERDICT_CHANGES || planned->verdict == GA_VERDICT_FILLS) &&
           target_of(import, planned) != NULL;
}

static enum ga_rc look_at(struct ga_import *import, size_t i, struct ga_error *err)
{
    const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, i);
    const struct ga_sheet_row *row;
    struct ga_answers before, after;
    if (!is_looked_at(import, planned))
        return GA_OK;
    enum ga_rc rc = ga_source_seek(import, i, &row, err);
    if (rc != GA_OK)
        return rc;
    ga_read_row(import, row, &import->shown);
    rc = ga_store_read(import->tools.store, import->form, target_of(import, planned), &before, NULL, err);
    if (rc != GA_OK)
        return rc;
    ga_answers_copy(&after, &before);
    take_all(import, &import->shown.own, &after);
    add(import, &import->differences_before, i, &before, &after);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
    return GA_OK;
}

bool ga_import_read_differences(struct ga_import *import, struct ga_error *err)
{
    if (import->looked_at == 0) { /* planned anew: what was decided goes over */
        const struct ga_vec earlier = import->differences_before;
        import->differences_before = import->differences;
        import->differences = earlier;
        ga_vec_clear(&import->differences);
    }
    const size_t end = import->looked_at + ROWS_AT_ONCE;
    for (; import->looked_at < import->rows->len && import->looked_at < end; import->looked_at++)
        if (look_at(import, import->looked_at, err) != GA_OK)
            return false;
    return import->looked_at < import->rows->len;
}

size_t ga_import_differences(const struct ga_import *import)
{
    return import->differences.len;
}

struct ga_import_difference ga_import_difference_at(const struct ga_import *import, size_t i)
{
    const struct difference *difference = GA_VEC_AT(const struct difference, &import->differences, i);
    return (struct ga_import_difference){.row = difference->row, .field = import->form->all[difference->field],
                                         .is_fill = difference->is_fill, .is_taken = is_taken(import, difference),
                                         .is_decided = difference->decided != UNDECIDED};
}

/* The newest that stands now; the newest of all when a group it belongs to was said by others since. */
static void say_who(struct ga_import *import, const struct ga_uuid *id, const struct ga_field *field,
                    struct ga_arena *arena, struct ga_import_sides *sides)
{
    struct ga_history_entry *entries;
    size_t count;
    if (ga_store_history(import->tools.store, id, field->name, import->lang, arena, &entries, &count, NULL) != GA_OK)
        return;
    for (size_t i = count; i-- > 0;)
        if (entries[i].is_current || i == 0) {
            sides->who = entries[i].user;
            sides->when = entries[i].when;
            return;
        }
}

static const char *words_of(const struct ga_import *import, const struct ga_field *field,
                            const struct ga_answer *answer, struct ga_arena *arena)
{
    struct ga_str words = {0};
    ga_answer_words(import, field, answer, &words);
    const char *text = ga_arena_strdup(arena, ga_str_text(&words));
    ga_str_finish(&words);
    return text;
}

enum ga_rc ga_import_difference_sides(struct ga_import *import, size_t i, struct ga_arena *arena,
                                      struct ga_import_sides *ret_sides, struct ga_error *err)
{
    const struct difference *difference = GA_VEC_AT(const struct difference, &import->differences, i);
    const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, difference->row);
    const struct ga_field *field = import->form->all[difference->field];
    const struct ga_sheet_row *row;
    struct ga_answers before, after;
    enum ga_rc rc = ga_source_seek(import, difference->row, &row, err);
    if (rc != GA_OK)
        return rc;
    ga_read_row(import, row, &import->shown);
    rc = ga_store_read(import->tools.store, import->form, target_of(import, planned), &before, NULL, err);
    if (rc != GA_OK)
        return rc;
    ga_answers_copy(&after, &before);
    take_all(import, &import->shown.own, &after);
    *ret_sides = (struct ga_import_sides){.name = ga_arena_strdup(arena, ga_reading_name(&import->shown)),
        .sheet = planned->sheet + 1, .number = (int)planned->row, .who = "", .when = "",
        .here = words_of(import, field, ga_answers_at(&before, field), arena),
        .in_file = words_of(import, field, ga_answers_at(&after, field), arena)};
    if (!difference->is_fill)
        say_who(import, target_of(import, planned), field, arena, ret_sides);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
    return GA_OK;
}

void ga_differences_settle(struct ga_import *import)
{
    for (size_t i = 0; i < import->differences.len; i++) {
        const struct difference *difference = GA_VEC_AT(const struct difference, &import->differences, i);
        struct planned *planned = ga_shelf_change(import->rows, difference->row);
        if (i == 0 || GA_VEC_AT(const struct difference, &import->differences, i - 1)->row != difference->row)
            planned->is_written = false;
        planned->is_written |= is_taken(import, difference);
    }
}

void ga_import_decide(struct ga_import *import, size_t i, enum ga_import_scope scope, bool take)
{
    const struct difference chosen = *GA_VEC_AT(const struct difference, &import->differences, i);
    const size_t first = scope == GA_IMPORT_THIS ? i : 0;
    const size_t end = scope == GA_IMPORT_THIS ? i + 1 : import->differences.len;
    for (size_t k = first; k < end; k++) {
        struct difference *difference = GA_VEC_AT(struct difference, &import->differences, k);
        if ((scope == GA_IMPORT_ROW && difference->row != chosen.row) ||
            (scope == GA_IMPORT_FIELD && difference->field != chosen.field) ||
            (scope == GA_IMPORT_ALL && difference->is_fill != chosen.is_fill))
            continue;
        difference->decided = take ? DECIDED_TAKE : DECIDED_KEEP;
    }
    ga_differences_settle(import);
}

size_t ga_import_to_write(const struct ga_import *import)
{
    size_t count = 0;
    for (size_t i = 0; i < import->rows->len; i++) {
        const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, i);
        count += planned->is_written || (planned->comes_back && !planned->stays_gone);
    }
    return count;
}

size_t ga_import_to_fill(const struct ga_import *import)
{
    size_t count = 0;
    for (size_t i = 0; i < import->rows->len; i++) {
        const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, i);
        count += planned->is_written && planned->verdict != GA_VERDICT_NEW;
    }
    return count - ga_import_to_change(import);
}

size_t ga_import_to_change(const struct ga_import *import)
{
    size_t count = 0;
    for (size_t i = 0; i < import->rows->len; i++) {
        const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, i);
        const bool is_known = i < import->looked_at && is_looked_at(import, planned); /* one by one */
        const bool by_mode = planned->first != 0 && planned->verdict == GA_VERDICT_CHANGES && import->mode == GA_IMPORT_UPDATE;
        bool changes = !is_known && planned->is_written && (planned->takes_change || by_mode);
        if (planned->verdict != GA_VERDICT_CHANGES && planned->verdict != GA_VERDICT_FILLS)
            continue; /* what an earlier plan had to say of it says nothing now */
        for (size_t k = first_of(&import->differences, i); is_known && k < import->differences.len; k++) {
            const struct difference *difference = GA_VEC_AT(const struct difference, &import->differences, k);
            if (difference->row != i)
                break;
            changes |= !difference->is_fill && is_taken(import, difference);
        }
        count += changes;
    }
    return count;
}

void ga_import_count_written(const struct ga_import *import, size_t ret_rows[GA_VERDICT_COUNT])
{
    const size_t refused = ga_import_count(import, GA_VERDICT_REFUSED), made = ga_import_count(import, GA_VERDICT_NEW);
    const size_t changed = ga_import_to_change(import), filled = ga_import_to_fill(import);
    ret_rows[GA_VERDICT_NEW] = made;
    ret_rows[GA_VERDICT_FILLS] = filled;
    ret_rows[GA_VERDICT_CHANGES] = changed;
    ret_rows[GA_VERDICT_SAME] = import->rows->len - made - filled - changed - refused;
    ret_rows[GA_VERDICT_REFUSED] = refused;
}
