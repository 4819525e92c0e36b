/* Warns that the ID number of a child stands in another child's file already. */
#include "private.h"

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
