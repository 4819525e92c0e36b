/* Writes down what a list tells of a child that was found. */
#include "search/search_hit.h"

#include "private.h"

#include "guanai/base/num.h"

#include <string.h>

/* Of a number only its last digits are shown, whatever was typed. */
static const char *why_text(const struct ga_search_word *word, const char *why, const struct ga_roster_row *row,
                            struct ga_arena *arena)
{
    if (strcmp(why, "id_number") == 0 || strstr(why, "phone") != NULL)
        return ga_arena_printf(arena, "…%s", word->text + word->len - GA_SEARCH_TAIL_MIN);
    if (strcmp(why, "nickname") == 0)
        return row->nickname;
    if (strcmp(why, "former_name") == 0)
        return row->former_name;
    if (strcmp(why, "guardian_name") == 0)
        return row->guardian;
    if (strcmp(why, "village") == 0)
        return row->village;
    if (strcmp(why, "card_no") == 0 || strcmp(why, "former_card_no") == 0 || strcmp(why, "address") == 0)
        return ga_arena_strdup(arena, word->text);
    return row->name;
}

void ga_search_make_hit(const struct ga_search_word *word, const char *why, const struct ga_roster_row *row,
                        const struct ga_roster_row *matched, enum ga_lang lang, struct ga_arena *arena,
                        struct ga_search_hit *ret_hit)
{
    enum { MONTH_CHARS = 7 };
    *ret_hit = (struct ga_search_hit){
        .no = row->no,
        .name = ga_arena_strdup(arena, row->name),
        .sex = ga_arena_strdup(arena, row->sex),
        .birth_month = ga_arena_strndup(arena, row->birth, strnlen(row->birth, MONTH_CHARS)),
        .class_shown = ga_roster_class_text(row->grade, row->class_no, lang, arena),
        .village = ga_arena_strdup(arena, row->village),
        .card_no = row->card_no > 0 ? ga_arena_strdup(arena, GA_NUM(row->card_no)) : "",
        .why = why,
        .why_text = ga_arena_strdup(arena, why_text(word, why, matched, arena)),
        .is_left_behind = row->is_left_behind,
        .is_key_child = row->is_key_child,
        .has_left = row->has_left,
    };
}

enum ga_rc ga_search_find_id(struct ga_store *store, struct ga_search_hit *hit, struct ga_error *err)
{
    return ga_uuid_is_zero(&hit->id) ? ga_record_id(store, hit->no, &hit->id, NULL, err) : GA_OK;
}
