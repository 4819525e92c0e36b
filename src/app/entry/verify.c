/* Decides what a second typing of an answer comes to. */
#include "guanai/app/verify.h"

#include "guanai/form/type.h"
#include "guanai/store/record.h"
#include "private.h"

#include <string.h>

bool ga_verify_is_own(const struct ga_session *session, const struct ga_verify_field *field)
{
    return field->file == NULL && ga_str_equal(field->typed_by, ga_store_typist(session->store));
}

static bool is_same(const struct ga_value *a, const struct ga_value *b)
{
    const struct ga_answer first = {.state = GA_ANSWERED, .value = *a}, second = {.state = GA_ANSWERED, .value = *b};
    return ga_answer_equal(&first, &second);
}

static void add_plain(const struct ga_value *value, struct ga_str *out)
{
    if (value->kind == GA_VALUE_INTEGER)
        ga_str_addf(out, "%lld", (long long)value->integer);
    else if (value->kind == GA_VALUE_TEXT)
        ga_str_add(out, value->text);
}

enum ga_rc ga_verify_type(struct ga_session *session, const struct ga_uuid *record, const struct ga_verify_field *field,
                          const char *typed, bool *ret_is_same, struct ga_str *ret_typed, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_value value = ga_value_null();
    const struct ga_parse_context ctx = {.today = session->today, .lang = session->lang};
    enum ga_rc rc = ga_field_parse(field->field, &ctx, typed, &arena, &value, NULL, err);
    if (rc == GA_OK && value.kind == GA_VALUE_NULL)
        rc = ga_error_set(err, GA_REFUSED, "type what stands on the paper");
    const bool is_equal = rc == GA_OK && is_same(&value, &field->value);
    if (is_equal)
        rc = ga_store_verify(session->store, record, field, GA_VERIFY_AGREED, NULL, NULL, err);
    if (rc == GA_OK) {
        *ret_is_same = is_equal;
        add_plain(&value, ret_typed);
    }
    ga_arena_finish(&arena);
    return rc;
}

/* Two people read it: that is the reason for a warning about this very answer. */
static void give_reason(struct ga_entry *entry, const struct ga_field *field)
{
    ga_entry_check(entry);
    for (size_t i = 0; i < entry->findings.len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(struct ga_finding, &entry->findings, i);
        if (finding->kind == GA_FINDING_WARN && finding->field == field)
            ga_entry_because(entry, field, ga_tr(entry->session->lang, "typed twice from the paper"));
    }
}

static enum ga_rc first_finding(const struct ga_entry *entry, struct ga_error *err)
{
    struct ga_str text = {0};
    if (entry->findings.len > 0)
        ga_finding_text(GA_VEC_AT(struct ga_finding, &entry->findings, 0), entry->session->lang, &text);
    enum ga_rc rc = ga_error_set(err, GA_REFUSED, "not saved: %1", ga_str_text(&text));
    ga_str_finish(&text);
    return rc;
}

static enum ga_rc save_second(struct ga_session *session, const struct ga_uuid *record, const struct ga_field *field,
                              const char *typed, struct ga_error *err)
{
    struct ga_entry *entry;
    struct ga_message ignored;
    enum ga_rc rc = ga_entry_open(session, record, &entry, err);
    if (rc != GA_OK)
        return rc;
    entry->mode = GA_CHECK_IMPORT; /* gaps elsewhere are not what was asked about */
    rc = ga_entry_set(entry, field, NULL, typed, &ignored, err);
    if (rc == GA_OK) {
        give_reason(entry, field);
        entry->second = field;
        rc = ga_entry_save(entry, NULL, err);
        if (rc == GA_REFUSED && entry->findings.len > 0)
            rc = first_finding(entry, err);
    }
    ga_entry_destroy(entry);
    return rc;
}

/* The mark names what holds the value from now on: what this very save has put. */
enum ga_rc ga_entry_mark_second(const struct ga_entry *entry, struct ga_save *save, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_verify_field *fields;
    size_t count = 0;
    enum ga_rc rc = ga_verify_read(entry->session->store, &entry->now.id, &arena, &fields, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        if (strcmp(fields[i].field->name, entry->second->name) == 0)
            rc = ga_save_verify(save, &entry->now.id, &fields[i], GA_VERIFY_SECOND, NULL, NULL, err);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_verify_decide(struct ga_session *session, const struct ga_uuid *record, const struct ga_verify_field *field,
                            enum ga_verify_outcome outcome, const char *typed, const char *reason, struct ga_error *err)
{
    if (outcome == GA_VERIFY_OPEN) {
        const enum ga_rc rc = ga_note_check(reason == NULL ? "" : reason, err);
        if (rc != GA_OK)
            return rc;
    }
    if (outcome != GA_VERIFY_SECOND)
        return ga_store_verify(session->store, record, field, outcome, typed, reason, err);
    return save_second(session, record, field->field, typed, err);
}
