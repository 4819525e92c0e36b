/* Checks that no two fields, no two choices answer to one word. */
#include "check.h"

#include "guanai/base/map.h"
#include "guanai/text/fold.h"
#include "guanai/yaml/schema.h"

#include <string.h>

/* Words as imports compare them: blanks, case, punctuation, width do not count. */
struct words {
    struct ga_map owners; /* folded word → name of who answers to it */
    struct ga_arena arena;
    const char *file;
    struct ga_problems *problems;
};

static void claim(struct words *words, const char *word, const char *owner, const struct ga_yaml_at *at)
{
    if (word == NULL)
        return;
    struct ga_str key = {0};
    ga_fold_add_key(&key, word, strlen(word));
    const char *kept = ga_arena_strdup(&words->arena, ga_str_text(&key));
    ga_str_finish(&key);
    const char *other = ga_map_get(&words->owners, kept);
    if (kept[0] == '\0')
        return;
    if (other == NULL) {
        ga_map_put(&words->owners, kept, (void *)(uintptr_t)owner);
    } else if (strcmp(other, owner) != 0) {
        struct ga_problem *problem = ga_check_add(words->problems, GA_WARNING, words->file, at);
        ga_message_set(&problem->what, "'%1' stands for both '%2' and '%3'", word, other, owner);
        ga_message_set(&problem->hint, "an import cannot tell them apart: leave it to one of them");
    }
}

static void finish(struct words *words)
{
    ga_map_finish(&words->owners);
    ga_arena_finish(&words->arena);
}

void ga_check_headings(const struct ga_form *form, struct ga_problems *problems)
{
    struct words words = {.file = form->file, .problems = problems};
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *field = form->all[i];
        claim(&words, field->name, field->name, &field->at);
        claim(&words, field->label.zh, field->name, &field->at);
        claim(&words, field->label.en, field->name, &field->at);
        for (size_t a = 0; a < field->aka.count; a++)
            claim(&words, field->aka.items[a].text, field->name, &field->aka.items[a].at);
    }
    finish(&words);
}

static bool is_whole_number(const char *code)
{
    return code[0] != '\0' && strspn(code, "0123456789") == strlen(code) && strlen(code) < 10;
}

/* yes, no, on, off are booleans to other YAML readers. */
static void check_code(const struct ga_list *list, const struct ga_choice *choice, struct ga_problems *problems)
{
    static const char *const taken[] = {"yes", "no", "on", "off", "true", "false", "null"};
    bool is_taken = false;
    for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
        is_taken |= strcmp(choice->code, taken[i]) == 0;
    if (is_taken || (!ga_yaml_is_name(choice->code) && !is_whole_number(choice->code)))
        ga_message_set(&ga_check_add(problems, GA_FAULT, list->file, &choice->at)->what,
                       is_taken ? "the code '%1' would be read as true or false; choose another"
                                : "the code '%1' must be lower-case letters, digits and _, or a whole number",
                       choice->code);
}

void ga_check_list(const struct ga_list *list, struct ga_problems *problems)
{
    struct words words = {.file = list->file, .problems = problems};
    struct ga_map codes = {0};
    for (size_t i = 0; i < list->choices.count; i++) {
        const struct ga_choice *choice = &list->choices.items[i];
        if (choice->code == NULL)
            continue;
        check_code(list, choice, problems);
        if (ga_map_get(&codes, choice->code) != NULL)
            ga_message_set(&ga_check_add(problems, GA_FAULT, list->file, &choice->at)->what,
                           "the code '%1' stands twice in the list", choice->code);
        ga_map_put(&codes, choice->code, (void *)(uintptr_t)choice);
        claim(&words, choice->label.zh, choice->code, &choice->at);
        claim(&words, choice->label.en, choice->code, &choice->at);
        for (size_t a = 0; a < choice->aka.count; a++)
            claim(&words, choice->aka.items[a].text, choice->code, &choice->aka.items[a].at);
    }
    ga_map_finish(&codes);
    finish(&words);
}
