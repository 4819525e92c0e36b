/* Takes FIELD=VALUE words into a record. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/type.h"

#include <stdlib.h>
#include <string.h>

/* Where a word points: a field, or a field in a row of a repeat: siblings[2].age */
struct target {
    const struct ga_field *field;
    struct ga_row *row;
};

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

/* "siblings[2].age", "兄弟姐妹[2].年龄" taken apart in `whole`, which is changed; false: it names no row. */
static bool split_row(char *whole, const char **ret_number, const char **ret_field)
{
    char *open = strchr(whole, '['), *close = strstr(whole, "].");
    if (open == NULL || close == NULL || close < open)
        return false;
    *open = *close = '\0';
    *ret_number = open + 1;
    *ret_field = close + 2;
    return true;
}

static enum ga_exit find_in_row(struct ga_command_line *line, struct ga_entry *entry, const char *name,
                                struct target *ret_target)
{
    char *whole = ga_strdup(name);
    const char *number = NULL, *inner = NULL;
    const struct ga_field *repeat = NULL;
    int64_t n;
    enum ga_exit exit = GA_EXIT_USAGE;
    if (!split_row(whole, &number, &inner) || !ga_num_parse(number, &n))
        exit = ga_refuse_field(line, entry->form, name);
    else
        exit = ga_field_called(line, entry->form, NULL, whole, &repeat);
    if (exit == GA_EXIT_DONE && repeat->type->storage != GA_STORE_ROWS)
        exit = ga_refuse_field(line, entry->form, name);
    if (exit == GA_EXIT_DONE)
        exit = ga_field_called(line, entry->form, repeat, inner, &ret_target->field);
    if (exit == GA_EXIT_DONE && (ret_target->row = find_row(entry, repeat, n)) == NULL)
        exit = ga_refuse_field(line, entry->form, name);
    free(whole);
    return exit;
}

static enum ga_exit find_target(struct ga_command_line *line, struct ga_entry *entry, const char *name,
                                struct target *ret_target)
{
    *ret_target = (struct target){0};
    if (strstr(name, "].") != NULL)
        return find_in_row(line, entry, name, ret_target);
    return ga_field_called(line, entry->form, NULL, name, &ret_target->field);
}

static enum ga_exit set_field(struct ga_command_line *line, struct ga_entry *entry, const char *name,
                              const char *value)
{
    struct target target;
    struct ga_message warning = {0};
    struct ga_error err = {0};
    const enum ga_exit exit = find_target(line, entry, name, &target);
    if (exit != GA_EXIT_DONE)
        return exit;
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
