/* Judges which of two answers anybody would take. */
#include "guanai/store/conflict_obvious.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/text/fold.h"
#include "guanai/text/translate.h"

#include <string.h>

enum { BEGINNING_CHARS = 2 };

static const struct {
    const char *code, *text;
} reasons[GA_OBVIOUS_REASONS] = {
    [GA_OBVIOUS_NOT] = {"", ""},
    [GA_OBVIOUS_SPELLING] = {"spelling", GA_N_("only written differently")},
    [GA_OBVIOUS_LONGER] = {"longer", GA_N_("fuller")},
    [GA_OBVIOUS_KNOWN] = {"known", GA_N_("the other one did not know")},
    [GA_OBVIOUS_LATER] = {"later", GA_N_("corrected later by the same person")},
};

const char *ga_obvious_code(enum ga_obvious reason)
{
    return reasons[reason].code;
}

const char *ga_obvious_text(enum ga_obvious reason)
{
    return reasons[reason].text;
}

static size_t count_chars(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

/* Blanks, width, case aside. Punctuation stays: 1.5 and 15 are two things. */
static void add_key(struct ga_str *out, const char *text)
{
    struct ga_str half = {0};
    ga_fold_add_half_width(&half, text, strlen(text));
    for (const char *at = ga_str_text(&half); *at != '\0'; at++)
        if ((unsigned char)*at > ' ')
            ga_str_add_char(out, *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at);
    ga_str_finish(&half);
}

static enum ga_obvious compare_texts(const char *a, const char *b)
{
    struct ga_str ours = {0}, theirs = {0};
    add_key(&ours, a);
    add_key(&theirs, b);
    enum ga_obvious reason = GA_OBVIOUS_NOT;
    if (ours.len > 0 && ga_str_equal(ga_str_text(&ours), ga_str_text(&theirs)))
        reason = GA_OBVIOUS_SPELLING;
    else if (count_chars(ga_str_text(&theirs)) >= BEGINNING_CHARS && ga_str_starts(ga_str_text(&ours), ga_str_text(&theirs)))
        reason = GA_OBVIOUS_LONGER;
    ga_str_finish(&ours);
    ga_str_finish(&theirs);
    return reason;
}

/* Is a better than b in this field? */
static enum ga_obvious better_in(const struct ga_conflict *conflict, size_t field, const struct ga_conflict_value *a,
                                 const struct ga_conflict_value *b)
{
    const struct ga_field *definition = conflict->fields[field].field;
    if (a->said[field] == GA_CONFLICT_ANSWERED && b->said[field] == GA_CONFLICT_UNKNOWN)
        return GA_OBVIOUS_KNOWN;
    if (a->said[field] != GA_CONFLICT_ANSWERED || b->said[field] != GA_CONFLICT_ANSWERED)
        return GA_OBVIOUS_NOT;
    const bool is_text = definition != NULL && definition->type->is_text;
    return is_text ? compare_texts(a->texts[field], b->texts[field]) : GA_OBVIOUS_NOT;
}

static bool is_same_in(size_t field, const struct ga_conflict_value *a, const struct ga_conflict_value *b)
{
    return a->said[field] == b->said[field] && strcmp(a->texts[field], b->texts[field]) == 0;
}

static bool is_correction(const struct ga_conflict_value *a, const struct ga_conflict_value *b)
{
    return strcmp(a->user, b->user) == 0 && !a->is_doubtful && !b->is_doubtful && a->day > b->day;
}

/* Why a instead of b; NOT: there is a field that speaks against it. */
static enum ga_obvious better(const struct ga_conflict *conflict, const struct ga_conflict_value *a,
                              const struct ga_conflict_value *b)
{
    enum ga_obvious reason = GA_OBVIOUS_NOT;
    for (size_t i = 0; i < conflict->fields_count; i++) {
        if (is_same_in(i, a, b))
            continue;
        const enum ga_obvious of_field = better_in(conflict, i, a, b);
        if (of_field == GA_OBVIOUS_NOT)
            return is_correction(a, b) ? GA_OBVIOUS_LATER : GA_OBVIOUS_NOT;
        if (reason == GA_OBVIOUS_NOT)
            reason = of_field;
    }
    return reason;
}

/* Values that say the same: either will do. */
static bool is_same(const struct ga_conflict *conflict, const struct ga_conflict_value *a, const struct ga_conflict_value *b)
{
    for (size_t i = 0; i < conflict->fields_count; i++)
        if (!is_same_in(i, a, b))
            return false;
    return true;
}

static enum ga_obvious best(const struct ga_conflict *conflict, size_t pick)
{
    enum ga_obvious reason = GA_OBVIOUS_NOT;
    for (size_t i = 0; i < conflict->values_count; i++) {
        const struct ga_conflict_value *a = &conflict->values[pick], *b = &conflict->values[i];
        if (i == pick || is_same(conflict, a, b))
            continue;
        const enum ga_obvious over = better(conflict, a, b);
        if (over == GA_OBVIOUS_NOT)
            return GA_OBVIOUS_NOT;
        if (reason == GA_OBVIOUS_NOT)
            reason = over;
    }
    return reason;
}

enum ga_obvious ga_conflict_obvious(const struct ga_conflict *conflict, size_t *ret_pick)
{
    if (conflict->kind == GA_CONFLICT_REMOVAL || conflict->protect >= GA_PROTECT_SENSITIVE || conflict->handed_to[0] != '\0')
        return GA_OBVIOUS_NOT;
    for (size_t i = 0; i < conflict->values_count; i++) {
        const enum ga_obvious reason = best(conflict, i);
        if (reason != GA_OBVIOUS_NOT) {
            *ret_pick = i;
            return reason;
        }
    }
    return GA_OBVIOUS_NOT;
}
