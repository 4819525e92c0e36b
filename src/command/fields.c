/* Takes FIELD=VALUE words into a record. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a word points: a field, or a field in a row of a repeat: siblings[2].age */
struct target {
    const struct ga_field *field;
    struct ga_row *row;
};

enum ga_exit ga_refuse_field(struct ga_command_line *line, const struct ga_form *form, const char *name)
{
    const char **names = ga_alloc_array(form->all_count + 1, sizeof(*names));
    for (size_t i = 0; i < form->all_count; i++)
        names[i] = form->all[i]->name;
    ga_say(line, "%1 has no field '%2'", ga_label_text(&form->title, line->lang), name);
    ga_guess(line, name, names, form->all_count);
    free(names);
    return GA_EXIT_USAGE;
}

/* Row n of a repeat, from 1; the one after the last is made. */
static struct ga_row *find_row(struct ga_entry *entry, const struct ga_field *repeat, int64_t n)
{
    struct ga_rows *rows = &entry->now.repeats[repeat->index];
    int64_t shown = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (!rows->rows[i].is_gone && ++shown == n)
            return &rows->rows[i];
    return n == shown + 1 ? ga_entry_add_row(entry, repeat) : NULL;
}

static bool find_in_row(struct ga_entry *entry, const char *name, struct target *ret_target)
{
    char repeat[64], number[GA_NUM_SIZE], full[132];
    int64_t n;
    const char *open = strchr(name, '['), *close = strstr(name, "].");
    if (open == NULL || close == NULL || close < open || (size_t)(open - name) >= sizeof(repeat) ||
        (size_t)(close - open) > sizeof(number) || strlen(close) >= 64)
        return false;
    ga_str_copy(repeat, (size_t)(open - name) + 1, name);
    ga_str_copy(number, (size_t)(close - open), open + 1);
    snprintf(full, sizeof(full), "%s.%s", repeat, close + 2);
    ret_target->field = ga_form_field(entry->form, full);
    if (ret_target->field == NULL || ret_target->field->parent == NULL || !ga_num_parse(number, &n))
        return false;
    ret_target->row = find_row(entry, ret_target->field->parent, n);
    return ret_target->row != NULL;
}

static bool find_target(struct ga_entry *entry, const char *name, struct target *ret_target)
{
    *ret_target = (struct target){.field = strchr(name, '.') == NULL ? ga_form_field(entry->form, name) : NULL};
    return ret_target->field != NULL || find_in_row(entry, name, ret_target);
}

static enum ga_exit set_field(struct ga_command_line *line, struct ga_entry *entry, const char *name,
                              const char *value)
{
    struct target target;
    struct ga_message warning = {0};
    struct ga_error err = {0};
    if (!find_target(entry, name, &target))
        return ga_refuse_field(line, entry->form, name);
    enum ga_rc rc = ga_entry_set(entry, target.field, target.row, value, &warning, &err);
    if (warning.id != NULL) {
        char text[2 * GA_MESSAGE_BYTES];
        ga_say(line, "%1: %2", name, ga_message_text(&warning, line->lang, text, sizeof(text)));
    }
    if (rc == GA_OK)
        return GA_EXIT_DONE;
    ga_error_where(&err, "%s", name);
    return ga_say_error(line, rc, &err);
}

/* The worst of two: wrong usage tells more than refused data, a failure more than both. */
static enum ga_exit worse(enum ga_exit a, enum ga_exit b)
{
    return a > b ? a : b;
}

enum ga_exit ga_fields_set(struct ga_command_line *line, struct ga_entry *entry, char **words, int count)
{
    enum ga_exit exit = GA_EXIT_DONE;
    for (int i = 0; i < count; i++) {
        char *equals = strchr(words[i], '=');
        if (equals == NULL || equals == words[i]) {
            ga_say(line, "'%1' is no FIELD=VALUE", words[i]);
            exit = worse(exit, GA_EXIT_USAGE);
            continue;
        }
        char *name = ga_strndup(words[i], (size_t)(equals - words[i]));
        exit = worse(exit, set_field(line, entry, name, equals + 1));
        free(name);
    }
    return exit;
}

static void say_findings(struct ga_command_line *line, const struct ga_entry *entry)
{
    for (size_t i = 0; i < entry->findings.len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(struct ga_finding, &entry->findings, i);
        struct ga_str text = {0};
        ga_finding_text(finding, line->lang, &text);
        ga_say_text(line, ga_str_text(&text));
        ga_str_finish(&text);
        if (finding->kind == GA_FINDING_WARN)
            ga_say(line, "if it is right all the same, say why with --because");
    }
}

static void give_reason(struct ga_entry *entry, const char *because)
{
    ga_entry_check(entry);
    for (size_t i = 0; i < entry->findings.len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(struct ga_finding, &entry->findings, i);
        if (finding->kind == GA_FINDING_WARN)
            ga_entry_because(entry, finding->field, because);
    }
}

enum ga_exit ga_fields_save(struct ga_command_line *line, struct ga_entry *entry, const char *because,
                            bool *ret_changed)
{
    struct ga_error err = {0};
    if (because != NULL)
        give_reason(entry, because);
    enum ga_rc rc = ga_entry_save(entry, ret_changed, &err);
    say_findings(line, entry);
    if (rc == GA_OK)
        return GA_EXIT_DONE;
    if (rc != GA_REFUSED || entry->findings.len == 0)
        return ga_say_error(line, rc, &err);
    ga_say(line, "nothing was saved");
    return GA_EXIT_FINDINGS;
}
