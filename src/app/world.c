/* What the rules of forms may ask of the records. */
#include "private.h"

#include "guanai/sql/stmt.h"
#include "guanai/store/card_no.h"
#include "guanai/store/record.h"

#include <stdio.h>
#include <string.h>

/*
 * One more than the highest card number ever stored. Rows of `child` only get higher numbers, so each
 * call looks at those that came since the last one: an import of 100,000 rows stays linear. Nor does it look
 * while nothing was written, as for all rows of a preview.
 */
static int64_t next_number(void *ctx)
{
    struct ga_session *session = ctx;
    struct ga_session_memory *memory = session->memory;
    struct ga_stmt *stmt;
    bool has_row = false;
    if (memory->card == NULL &&
        ga_stmt_prepare(ga_store_db(session->store), "SELECT max(card_no), max(rowid) FROM child WHERE rowid > ?1",
                        &memory->card, NULL) != GA_OK)
        return 1;
    if (memory->card_changes == ga_db_all_changes(ga_store_db(session->store)) + 1)
        return memory->card_no + 1;
    if (memory->card_row == 0) {
        const int64_t ever = ga_store_highest_card_no(session->store);
        memory->card_no = ever > memory->card_no ? ever : memory->card_no;
    }
    stmt = memory->card;
    ga_stmt_bind_int(stmt, 1, memory->card_row);
    if (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row && !ga_stmt_column_is_null(stmt, 1)) {
        const int64_t highest = ga_stmt_column_int(stmt, 0);
        memory->card_no = highest > memory->card_no ? highest : memory->card_no;
        memory->card_row = ga_stmt_column_int(stmt, 1);
    }
    ga_stmt_reset(stmt);
    memory->card_changes = ga_db_all_changes(ga_store_db(session->store)) + 1;
    return memory->card_no + 1;
}

int64_t ga_session_next_card_no(struct ga_session *session)
{
    return next_number(session);
}

/* The parent's record, whatever form that is; the caller finishes it. */
static bool read_record(struct ga_session *session, const struct ga_uuid *id, struct ga_answers *ret_answers)
{
    const struct ga_form *form;
    if (id == NULL || ga_uuid_is_zero(id) || ga_store_form_of(session->store, id, &form, NULL) != GA_OK)
        return false;
    return ga_store_read(session->store, form, id, ret_answers, NULL, NULL) == GA_OK;
}

static const char *text_of(const struct ga_answers *answers, const char *name)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    if (field == NULL || field->parent != NULL)
        return NULL;
    const struct ga_answer *answer = ga_answers_at(answers, field);
    return answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT ? answer->value.text : NULL;
}

/* The field `<whom>_phone` of the child; of both parents the first there is. */
static const char *phone_of(void *ctx, const struct ga_uuid *child, const char *whom)
{
    struct ga_session *session = ctx;
    struct ga_answers answers;
    if (!read_record(session, child, &answers))
        return NULL;
    const bool is_both = strcmp(whom, "both") == 0;
    char name[64];
    snprintf(name, sizeof(name), "%s_phone", is_both ? "father" : whom);
    const char *phone = text_of(&answers, name);
    if (phone == NULL && is_both)
        phone = text_of(&answers, "mother_phone");
    ga_str_copy(session->memory->phone, sizeof(session->memory->phone), phone == NULL ? "" : phone);
    ga_answers_finish(&answers);
    return phone == NULL ? NULL : session->memory->phone;
}

/* Whom a call that got through was with, into `buf`: the fields `outcome` and `whom`, which all calls share. */
static bool read_reached(struct ga_session *session, const struct ga_uuid *id, char *buf, size_t size)
{
    struct ga_answers answers;
    if (!read_record(session, id, &answers))
        return false;
    const char *outcome = text_of(&answers, "outcome"), *whom = text_of(&answers, "whom");
    const bool is_reached = outcome != NULL && strcmp(outcome, "reached") == 0 && whom != NULL;
    if (is_reached)
        ga_str_copy(buf, size, whom);
    ga_answers_finish(&answers);
    return is_reached;
}

/* Whom the newest call that got through was with, among the last hundred records. */
static const char *last_reached(void *ctx, const struct ga_uuid *child)
{
    struct ga_session *session = ctx;
    struct ga_arena arena = {0};
    struct ga_timeline_entry *entries;
    size_t count = 0;
    bool is_found = false;
    if (ga_store_timeline(session->store, child, 0, 100, &arena, &entries, &count, NULL) != GA_OK)
        count = 0;
    for (size_t i = 0; i < count && !is_found; i++)
        is_found = read_reached(session, &entries[i].id, session->memory->reached, sizeof(session->memory->reached));
    ga_arena_finish(&arena);
    return is_found ? session->memory->reached : NULL;
}

int ga_session_minute(const struct ga_session *session)
{
    const struct ga_clock *clock = session->options->clock;
    const int64_t now_ms = clock->now_ms(clock->ctx);
    const int64_t local_s = now_ms / 1000 + clock->utc_offset_s(clock->ctx, now_ms);
    return session->is_day_doubtful || local_s < 0 ? -1 : (int)(local_s / 60 % (24 * 60));
}

static int minute_now(void *ctx)
{
    return ga_session_minute(ctx);
}

void ga_session_set_world(struct ga_session *session)
{
    const struct ga_site *site = ga_config_own_site(&session->config);
    const struct ga_rule_world world = {
        .today = session->rules_today,
        .lang = session->lang,
        .user = ga_store_user(session->store),
        .own_site = site == NULL ? NULL : site->code,
        .config = &session->config,
        .next_number = next_number,
        .minute_now = minute_now,
        .phone_of = phone_of,
        .last_reached = last_reached,
        .ctx = session,
    };
    ga_rules_set_world(session->rules, &world);
}
