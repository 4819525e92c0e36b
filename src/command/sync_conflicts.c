/* guanai sync conflicts, resolve, hand: what was answered differently, by number. */
#include "sync.h"

#include "guanai/app/conflicts.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <string.h>

static void put_value(struct syncing *s, const struct ga_numbered *numbered, size_t i)
{
    const struct ga_conflict *conflict = numbered->conflict;
    const struct ga_conflict_value *value = &conflict->values[i];
    char id[GA_UUID_TEXT_SIZE];
    const bool is_obvious = numbered->obvious != GA_OBVIOUS_NOT && numbered->pick == i;
    ga_table_row(&s->table, (const char *const[]){
        GA_NUM(numbered->number), GA_NUM(numbered->choices[i]), conflict->form->name, ga_uuid_text(&conflict->record, id),
        numbered->whose, numbered->what, ga_conflicts_value_text(s->session, conflict, i, &s->arena), value->user,
        value->is_doubtful ? ga_arena_printf(&s->arena, "%s?", value->when) : value->when,
        value->site_label, value->source, conflict->paper, is_obvious ? ga_obvious_code(numbered->obvious) : "", conflict->handed_to});
}

static enum ga_exit put_list(struct syncing *s, const struct ga_numbered *list, size_t count, struct ga_error *err)
{
    static const char *const names[] = {"no", "choice", "form", "record", "whose", "field", "value", "user", "when", "site",
                                        "source", "paper", "obvious", "handed_to"};
    s->table = (struct ga_table_out){.line = s->line, .names = names, .count = GA_COUNT(names)};
    ga_table_begin(&s->table);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < list[i].conflict->values_count; k++)
            put_value(s, &list[i], k);
    ga_table_end(&s->table);
    const enum ga_rc rc = ga_conflicts_note_seen(s->session, list, count, err);
    if (rc != GA_OK)
        return ga_say_error(s->line, rc, err);
    return count > 0 ? GA_EXIT_FINDINGS : GA_EXIT_DONE;
}

enum ga_exit ga_sync_run_conflicts(struct syncing *s, struct ga_error *err)
{
    struct ga_numbered *list;
    size_t count = 0;
    enum ga_rc rc = ga_conflicts_read(s->session, &s->arena, &list, &count, err);
    if (rc != GA_OK)
        return ga_say_error(s->line, rc, err);
    if (s->line->argc < 3)
        return put_list(s, list, count, err);
    rc = ga_conflicts_print(s->session, list, count, ga_path(s->line, s->line->argv[2]), err);
    if (rc != GA_OK)
        return ga_say_file_error(s->line, rc, err);
    ga_say(s->line, "%1 rows written", GA_NUM(count));
    return GA_EXIT_DONE;
}

/* ---- typed back ---- */

struct resolving {
    struct syncing *s;
    const struct ga_numbered *list;
    size_t count;
    struct ga_vec made;  /* struct ga_choice_made */
    struct ga_error *err;
};

static enum ga_rc find_row(struct resolving *r, const char *word, const struct ga_numbered **ret_numbered)
{
    int64_t number;
    *ret_numbered = ga_num_parse(word, &number) ? ga_conflicts_find(r->list, r->count, number) : NULL;
    return *ret_numbered != NULL ? GA_OK
                                 : ga_error_set(r->err, GA_REFUSED, "row %1 is not open: guanai sync conflicts lists those that are", word);
}

static enum ga_rc find_choice(struct resolving *r, const struct ga_numbered *numbered, const char *word, size_t *ret_pick)
{
    int64_t digit;
    for (size_t i = 0; ga_num_parse(word, &digit) && i < numbered->conflict->values_count; i++)
        if (numbered->choices[i] == digit) {
            *ret_pick = i;
            return GA_OK;
        }
    return ga_error_set(r->err, GA_REFUSED, "row %1 has no choice %2: guanai sync conflicts lists them", GA_NUM(numbered->number), word);
}

/* "=TEXT" where one field differs, "FIELD=TEXT" by its id or label. */
static enum ga_rc type_value(struct resolving *r, const struct ga_numbered *numbered, const char *word, struct ga_vec *typed)
{
    const struct ga_conflict *conflict = numbered->conflict;
    const char *equals = strchr(word, '=');
    const char *name = ga_arena_strndup(&r->s->arena, word, (size_t)(equals - word));
    struct ga_conflict_typed one;
    for (size_t i = 0; conflict->kind != GA_CONFLICT_REMOVAL && i < conflict->fields_count; i++) {
        const bool is_it = name[0] == '\0' ? conflict->fields_count == 1
                                           : strcmp(name, conflict->fields[i].id) == 0 || strcmp(name, conflict->fields[i].label) == 0;
        if (!is_it)
            continue;
        const enum ga_rc rc = ga_conflicts_type(r->s->session, conflict, i, equals + 1, &r->s->arena, &one, r->err);
        if (rc == GA_OK)
            *(struct ga_conflict_typed *)ga_vec_push(typed) = one;
        return rc;
    }
    return ga_error_set(r->err, GA_REFUSED, "'%1' is none of the fields that differ", name);
}

/* A row's number with its digit, or with what is right: how many words it took. */
static enum ga_rc read_row(struct resolving *r, char **words, int count, int *ret_used)
{
    struct ga_choice_made made = {.pick = 0};
    struct ga_vec typed;
    ga_vec_init(&typed, sizeof(struct ga_conflict_typed));
    int used = 1;
    enum ga_rc rc = find_row(r, words[0], &made.numbered);
    if (rc == GA_OK && count < 2)
        rc = ga_error_set(r->err, GA_USAGE, "say the digit behind row %1, or FIELD=TEXT", words[0]);
    if (rc == GA_OK && strchr(words[1], '=') == NULL)
        rc = find_choice(r, made.numbered, words[used++], &made.pick);
    for (; rc == GA_OK && used < count && strchr(words[used], '=') != NULL; used++)
        rc = type_value(r, made.numbered, words[used], &typed);
    struct ga_conflict_typed *kept = ga_arena_array(&r->s->arena, typed.len, sizeof(*kept));
    if (typed.len > 0)
        memcpy(kept, typed.items, typed.len * sizeof(*kept));
    made.typed = kept;
    made.typed_count = typed.len;
    ga_vec_finish(&typed);
    if (rc == GA_OK)
        *(struct ga_choice_made *)ga_vec_push(&r->made) = made;
    *ret_used = used;
    return rc;
}

static enum ga_rc resolve_rows(struct resolving *r, char **words, int count)
{
    enum ga_rc rc = GA_OK;
    for (int at = 0, used; rc == GA_OK && at < count; at += used)
        rc = read_row(r, words + at, count - at, &used);
    return rc == GA_OK ? ga_conflicts_settle(r->s->session, r->made.items, r->made.len, r->err) : rc;
}

/* What has come of it: `count` were settled at once, taken back. */
static enum ga_exit say_done(struct syncing *s, const char *what, size_t count)
{
    struct ga_numbered *list;
    size_t left = 0;
    ga_conflicts_read(s->session, &s->arena, &list, &left, NULL);
    if (strcmp(what, "undo") == 0)
        ga_say(s->line, "%1 taken back: open again", GA_NUM(count));
    else if (strcmp(what, "obvious") == 0 && count == 0)
        ga_say(s->line, "None of these is obvious.");
    else
        ga_say(s->line, "settled; %1 are left", GA_NUM(left));
    return GA_EXIT_DONE;
}

enum ga_exit ga_sync_run_resolve(struct syncing *s, struct ga_error *err)
{
    struct resolving r = {.s = s, .err = err};
    struct ga_numbered *list = NULL;
    size_t settled = 0;
    const char *what = s->line->argv[2];
    ga_vec_init(&r.made, sizeof(struct ga_choice_made));
    enum ga_rc rc = ga_conflicts_read(s->session, &s->arena, &list, &r.count, err);
    r.list = list;
    if (rc == GA_OK && strcmp(what, "obvious") == 0)
        rc = ga_conflicts_settle_obvious(s->session, list, r.count, &settled, err);
    else if (rc == GA_OK && strcmp(what, "undo") == 0)
        rc = ga_conflicts_take_back(s->session, &settled, err);
    else if (rc == GA_OK)
        rc = resolve_rows(&r, s->line->argv + 2, s->line->argc - 2);
    ga_vec_finish(&r.made);
    return rc == GA_OK ? say_done(s, what, settled) : ga_say_error(s->line, rc, err);
}

/* "hand 3", "hand 3 吴校长", "hand 3 -": to the headteacher, to a name, to nobody any more. */
enum ga_exit ga_sync_run_hand(struct syncing *s, struct ga_error *err)
{
    struct resolving r = {.s = s, .err = err};
    struct ga_numbered *list = NULL;
    const struct ga_numbered *numbered;
    const char *to = s->line->argc > 3 ? s->line->argv[3] : ga_conflicts_headteacher(s->session, &s->arena);
    enum ga_rc rc = ga_conflicts_read(s->session, &s->arena, &list, &r.count, err);
    r.list = list;
    if (rc == GA_OK)
        rc = find_row(&r, s->line->argv[2], &numbered);
    if (rc == GA_OK && to[0] == '\0')
        rc = ga_error_set(err, GA_USAGE, "say to whom: guanai sync hand ROW NAME");
    if (rc == GA_OK)
        rc = ga_conflict_hand(s->session->store, numbered->conflict, strcmp(to, "-") == 0 ? "" : to, err);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(s->line, rc, err);
}
