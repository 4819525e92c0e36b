/* Makes a child a key child, or takes that back. */
#include "guanai/app/key_child.h"

#include "guanai/app/care.h"
#include "guanai/store/number.h"
#include "guanai/store/record.h"
#include "private.h"

#include <string.h>

/* Those that stand there, then this one. */
static enum ga_rc add_reason(struct ga_entry *entry, const char *reason, struct ga_error *err)
{
    const struct ga_field *field = ga_form_field(entry->form, "key_reason");
    const struct ga_answer *answer = field == NULL ? NULL : ga_answers_at(&entry->now, field);
    struct ga_str all = {0};
    if (answer != NULL && answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT)
        ga_str_addf(&all, "%s ", answer->value.text);
    const bool is_there = strstr(ga_str_text(&all), reason) != NULL;
    ga_str_add(&all, is_there ? "" : reason);
    const enum ga_rc rc = is_there ? GA_OK : ga_entry_write(entry, "key_reason", ga_str_text(&all), err);
    ga_str_finish(&all);
    return rc;
}

/* What is owed of a key child is owed from this day on; a school's own form may have no such field. */
static enum ga_rc add_day(struct ga_entry *entry, const struct ga_session *session, struct ga_error *err)
{
    return ga_form_field(entry->form, "key_since") == NULL ? GA_OK
                                                           : ga_entry_write(entry, "key_since", GA_DATE_ISO(session->today), err);
}

static enum ga_rc write_mark(struct ga_session *session, const struct ga_uuid *child, const char *mark, const char *reason,
                             struct ga_error *err)
{
    struct ga_entry *entry;
    enum ga_rc rc = ga_entry_open(session, child, &entry, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_entry_write(entry, "key_child", mark, err);
    if (rc == GA_OK && reason != NULL)
        rc = add_reason(entry, reason, err);
    if (rc == GA_OK && reason != NULL)
        rc = add_day(entry, session, err);
    if (rc == GA_OK)
        rc = ga_entry_save(entry, NULL, err);
    ga_entry_destroy(entry);
    return rc;
}

enum ga_rc ga_key_child_make(struct ga_session *session, const struct ga_uuid *child, const char *reason, struct ga_error *err)
{
    return write_mark(session, child, "1", reason, err);
}

enum ga_rc ga_key_child_end(struct ga_session *session, const struct ga_uuid *child, struct ga_error *err)
{
    return write_mark(session, child, "0", NULL, err);
}

/* What is owed to the child by the same rule names the same person. */
enum ga_rc ga_key_child_owner(struct ga_session *session, const struct ga_uuid *child, struct ga_arena *arena,
                              const char **ret_owner, struct ga_error *err)
{
    struct ga_due_ask ask = {.states = (1u << GA_DUE_STATE_COUNT) - 1};
    struct ga_care *care;
    struct ga_due *dues;
    size_t count = 0;
    const char *owner = "";
    enum ga_rc rc = ga_store_child_no(session->store, child, &ask.child, err);
    if (rc == GA_OK)
        rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = ga_due_list(care, &ask, arena, &dues, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count && owner[0] == '\0'; i++)
        if (ga_care_duties(care)->items[dues[i].duty]->owner == GA_OWNER_PROXY)
            owner = dues[i].owner;
    if (rc == GA_OK)
        *ret_owner = ga_arena_strdup(arena, owner);
    return rc;
}

static bool is_open(struct ga_session *session, const struct ga_timeline_entry *entry)
{
    struct ga_answers answers;
    const struct ga_field *field = ga_form_field(entry->form, "closed_on");
    if (strcmp(entry->form->name, GA_CARE_PLAN_FORM) != 0 ||
        ga_store_read(session->store, entry->form, &entry->id, &answers, NULL, NULL) != GA_OK)
        return false;
    const bool is_closed = field != NULL && ga_answers_at(&answers, field)->state == GA_ANSWERED;
    ga_answers_finish(&answers);
    return !is_closed;
}

enum ga_rc ga_key_child_plan(struct ga_session *session, const struct ga_uuid *child, struct ga_uuid *ret_plan, bool *ret_has,
                             struct ga_error *err)
{
    enum { LOOKED_AT = 1000 };
    struct ga_arena arena = {0};
    struct ga_timeline_entry *entries;
    size_t count = 0;
    bool has = false;
    enum ga_rc rc = ga_store_timeline(session->store, child, 0, LOOKED_AT, &arena, &entries, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count && !has; i++) {
        has = is_open(session, &entries[i]);
        if (has)
            *ret_plan = entries[i].id;
    }
    ga_arena_finish(&arena);
    if (rc == GA_OK)
        *ret_has = has;
    return rc;
}
