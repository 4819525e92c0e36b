/* Tells that a number of a child stands in another child's file already. */
#include "private.h"

#include "guanai/base/num.h"
#include "guanai/store/card_no.h"
#include "guanai/store/roster.h"
#include "guanai/store/same.h"
#include "guanai/store/search.h"

#include <string.h>

static bool is_to_be_asked(const struct ga_entry *entry, const struct ga_field *field)
{
    if (field == NULL)
        return false;
    const struct ga_answer *now = ga_answers_at(&entry->now, field);
    return now->state == GA_ANSWERED && now->because == NULL &&
           (entry->is_new || !ga_answer_equal(now, ga_answers_at(&entry->before, field)));
}

/* The sentence in both languages: whoever reads it may switch. */
static struct ga_label sentence(struct ga_entry *entry, const struct ga_search_hit *hit)
{
    struct ga_message msg;
    char text[2 * GA_MESSAGE_BYTES];
    ga_message_set(&msg, "%1 %2 has a file with this ID number already", hit->name, hit->class_shown);
    return (struct ga_label){
        .zh = ga_arena_strdup(&entry->said, ga_message_text(&msg, GA_ZH, text, sizeof(text))),
        .en = ga_arena_strdup(&entry->said, ga_message_text(&msg, GA_EN, text, sizeof(text)))};
}

bool ga_entry_find_double(struct ga_entry *entry)
{
    const struct ga_field *field = ga_form_field(entry->form, "id_number");
    struct ga_search_hit *hits;
    size_t count = 0;
    ga_arena_reset(&entry->said);
    if (strcmp(entry->form->name, "child") != 0 || !is_to_be_asked(entry, field) ||
        ga_store_lookalikes(entry->session->store, &entry->now, &entry->said, &hits, &count, NULL) != GA_OK)
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(hits[i].why, "id_number") == 0) {
            *(struct ga_finding *)ga_vec_insert(&entry->findings, 0) = (struct ga_finding){
                .kind = GA_FINDING_WARN, .field = field, .text = sentence(entry, &hits[i])};
            return true;
        }
    return false;
}

static const struct ga_field *card_field(const struct ga_entry *entry)
{
    return strcmp(entry->form->name, "child") == 0 ? ga_form_field(entry->form, "card_no") : NULL;
}

/* What was stored before is told by `check`: an old fault does not bar another field's change. */
static bool is_typed(const struct ga_entry *entry, const struct ga_field *field)
{
    const struct ga_answer *now = ga_answers_at(&entry->now, field);
    return now->state == GA_ANSWERED && now->value.kind == GA_VALUE_INTEGER &&
           (entry->is_new || !ga_answer_equal(now, ga_answers_at(&entry->before, field)));
}

bool ga_entry_card_is_taken(struct ga_entry *entry, struct ga_message *ret_said)
{
    const struct ga_field *field = card_field(entry);
    struct ga_session *session = entry->session;
    struct ga_arena arena = {0};
    struct ga_roster_row row;
    struct ga_uuid own = {0}, other;
    bool is_taken = false;
    if (field == NULL || !is_typed(entry, field))
        return false;
    const int64_t number = ga_answers_at(&entry->now, field)->value.integer;
    if (!entry->is_new)
        ga_same_main(session->store, &entry->now.id, &own, NULL);
    if (ga_store_card_holder(session->store, number, &own, &other, NULL) == GA_OK && !ga_uuid_is_zero(&other) &&
        ga_roster_row(session->store, &other, session->lang, &arena, &row, NULL) == GA_OK) {
        ga_message_set(ret_said, "card number %1 is that of %2 %3; a number is never given twice", GA_NUM(number), row.name,
                       row.class_shown);
        is_taken = true;
    }
    ga_arena_finish(&arena);
    return is_taken;
}

bool ga_entry_find_card(struct ga_entry *entry)
{
    struct ga_message said;
    char text[2 * GA_MESSAGE_BYTES];
    if (!ga_entry_card_is_taken(entry, &said))
        return false;
    struct ga_finding *finding = ga_vec_push(&entry->findings);
    *finding = (struct ga_finding){.kind = GA_FINDING_CONSTRAINT, .field = card_field(entry)};
    finding->text.zh = ga_arena_strdup(&entry->said, ga_message_text(&said, GA_ZH, text, sizeof(text)));
    finding->text.en = ga_arena_strdup(&entry->said, ga_message_text(&said, GA_EN, text, sizeof(text)));
    return true;
}
