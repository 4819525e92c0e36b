/* Puts what was decided about a record among its history. */
#include "guanai/app/history.h"

#include "guanai/app/sign.h"
#include "guanai/base/num.h"

#include <string.h>

static const char *say(const struct ga_signature *signature, enum ga_lang lang, struct ga_arena *arena)
{
    struct ga_message message;
    char buf[200];
    ga_message_set(&message, signature->open > 0 ? GA_N_("signed for %1, with %2 open") : GA_N_("signed for %1"), signature->month,
                   GA_NUM(signature->open));
    return ga_arena_strdup(arena, ga_message_text(&message, lang, buf, sizeof(buf)));
}

static struct ga_history_entry entry_of(const struct ga_signature *signature, enum ga_lang lang, struct ga_arena *arena)
{
    return (struct ga_history_entry){.kind = GA_HISTORY_NOTE, .when = ga_arena_strdup(arena, GA_DATE_ISO(signature->on)),
                                     .user = signature->by, .site = "", .field = "", .source = "", .old_text = "",
                                     .new_text = say(signature, lang, arena)};
}

/* A day comes behind what was written on it. */
static bool is_before(const struct ga_history_entry *entry, const struct ga_signature *signature)
{
    return strncmp(entry->when, GA_DATE_ISO(signature->on), 10) <= 0;
}

/* What says it was written after today was written by a clock that was wrong, whatever its own computer thought of it. */
static void doubt_later_days(const struct ga_session *session, struct ga_history_entry *entries, size_t count)
{
    char today[GA_DATE_SIZE];
    ga_date_iso(session->today, today);
    for (size_t i = 0; i < count && !session->is_day_doubtful; i++)
        entries[i].is_doubtful |= strncmp(entries[i].when, today, 10) > 0;
}

enum ga_rc ga_session_history(struct ga_session *session, const struct ga_uuid *id, const char *field, enum ga_lang lang,
                              struct ga_arena *arena, struct ga_history_entry **ret_entries, size_t *ret_count,
                              struct ga_error *err)
{
    struct ga_history_entry *stored;
    struct ga_signature *signatures = NULL;
    size_t stored_count = 0, signed_count = 0, at = 0, count = 0;
    enum ga_rc rc = ga_store_history(session->store, id, field, lang, arena, &stored, &stored_count, err);
    if (rc == GA_OK)
        rc = ga_signatures_of_record(session, id, arena, &signatures, &signed_count, err);
    if (rc != GA_OK)
        return rc;
    struct ga_history_entry *entries = ga_arena_array(arena, stored_count + signed_count + 1, sizeof(*entries));
    for (size_t i = 0; i < signed_count && (field == NULL || stored_count > 0); i++) {
        while (at < stored_count && is_before(&stored[at], &signatures[i]))
            entries[count++] = stored[at++];
        entries[count++] = entry_of(&signatures[i], lang, arena);
    }
    while (at < stored_count)
        entries[count++] = stored[at++];
    doubt_later_days(session, entries, count);
    *ret_entries = entries;
    *ret_count = count;
    return GA_OK;
}
