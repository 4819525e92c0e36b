/* Tells which `import:` rules have to wait until the rows before are written. */
#include "inner.h"

#include "guanai/base/alloc.h"

#include <ctype.h>
#include <string.h>

/* Functions of rules that look into the archive (form/rules.h, struct ga_rule_world). */
static const char *const askers[] = {"next_number", "last_reached", "phone_of"};

static bool is_of_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Once too often does no harm: the rule is asked again. */
static bool has_word(const char *rule, const char *word)
{
    const size_t len = strlen(word);
    for (const char *at = rule; (at = strstr(at, word)) != NULL; at += len)
        if ((at == rule || !is_of_word(at[-1])) && !is_of_word(at[len]))
            return true;
    return false;
}

static bool is_late(const struct late_fields *late, const char *rule)
{
    for (size_t i = 0; i < GA_COUNT(askers); i++)
        if (has_word(rule, askers[i]))
            return true;
    for (size_t i = 0; i < late->count; i++)
        if (has_word(rule, late->fields[i]->name))
            return true;
    return false;
}

static bool is_listed(const struct late_fields *late, const struct ga_field *field)
{
    for (size_t i = 0; i < late->count; i++)
        if (late->fields[i] == field)
            return true;
    return false;
}

void ga_late_find(struct late_fields *late, const struct ga_form *form, struct ga_arena *arena)
{
    late->fields = ga_arena_array(arena, form->all_count, sizeof(*late->fields));
    late->is_given = ga_arena_array(arena, form->all_count, sizeof(*late->is_given));
    for (size_t before = 1; before != late->count;) { /* again while one that waits makes another wait */
        before = late->count;
        for (size_t i = 0; i < form->all_count; i++) {
            const char *rule = form->all[i]->import.text;
            if (rule != NULL && !is_listed(late, form->all[i]) && is_late(late, rule))
                late->fields[late->count++] = form->all[i];
        }
        if (late->count == 0)
            return;
    }
}

void ga_late_note(struct late_fields *late, const struct ga_answers *row)
{
    for (size_t i = 0; i < late->count; i++)
        late->is_given[i] = ga_answers_at(row, late->fields[i])->state != GA_EMPTY;
}

void ga_late_empty(const struct late_fields *late, struct ga_answers *row)
{
    for (size_t i = 0; i < late->count; i++)
        if (!late->is_given[i])
            ga_answers_set_state(row, late->fields[i], GA_EMPTY);
}
