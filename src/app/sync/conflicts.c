/* Gives what was answered differently numbers that last. */
#include "guanai/app/conflicts.h"

#include "guanai/app/record_face.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/roster.h"
#include "guanai/store/site.h"
#include "sync/conflicts_inner.h"
#include "sync/sync_inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char setting[] = "conflict_numbers";

enum { START_AGAIN = 100, LEAF_DIGITS = 16 };

/* What is kept of one: "3 2 UUID guardian 0123456789abcdef 89ab…" – number, digits on the sheet, record, group, leaves by digit. */
struct kept {
    int number;
    size_t seen;
    struct ga_uuid record;
    const char *group;
    struct ga_vec leaves; /* const char *: the first 16 hex digits */
    bool is_open;
};

struct numbering {
    struct ga_session *session;
    struct ga_arena *arena;
    struct ga_vec kept; /* struct kept */
    const char *own_label; /* what the others call this computer */
    const char *settled; /* numbers of what was settled last, with blanks around: it may be taken back, the sheet is still in somebody's hand */
    int next;
    struct ga_str before; /* the setting as it was */
};

/* ---- what is kept ---- */

static void read_line(struct numbering *n, char *line)
{
    char *rest = NULL;
    const char *words[4];
    struct kept kept = {.number = 0};
    for (size_t i = 0; i < GA_COUNT(words); i++)
        if ((words[i] = strtok_r(i == 0 ? line : NULL, " ", &rest)) == NULL)
            return;
    kept.number = atoi(words[0]);
    kept.seen = (size_t)strtoul(words[1], NULL, 10);
    kept.group = words[3];
    if (kept.number <= 0 || !ga_uuid_parse(words[2], &kept.record))
        return;
    ga_vec_init(&kept.leaves, sizeof(const char *));
    for (const char *leaf; (leaf = strtok_r(NULL, " ", &rest)) != NULL;)
        *(const char **)ga_vec_push(&kept.leaves) = leaf;
    *(struct kept *)ga_vec_push(&n->kept) = kept;
}

static enum ga_rc read_kept(struct numbering *n, struct ga_error *err)
{
    n->next = 1;
    n->settled = ga_conflicts_settled_numbers(n->session, n->arena);
    ga_vec_init(&n->kept, sizeof(struct kept));
    const enum ga_rc rc = ga_store_read_setting(n->session->store, setting, &n->before, err);
    char *text = ga_arena_strdup(n->arena, ga_str_text(&n->before)), *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); rc == GA_OK && line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        if (ga_str_starts(line, "next "))
            n->next = atoi(line + strlen("next "));
        else
            read_line(n, line);
    }
    return rc;
}

static void add_line(struct ga_str *out, const struct kept *kept)
{
    char record[GA_UUID_TEXT_SIZE];
    ga_str_addf(out, "%d %zu %s %s", kept->number, kept->seen, ga_uuid_text(&kept->record, record), kept->group);
    for (size_t i = 0; i < kept->leaves.len; i++)
        ga_str_addf(out, " %s", *GA_VEC_AT(const char *, &kept->leaves, i));
    ga_str_add_char(out, '\n');
}

static bool was_settled_last(const struct numbering *n, const struct kept *kept)
{
    return ga_str_has_word(n->settled, GA_NUM(kept->number));
}

/* Numbers begin again only after many, and while none is open: an old sheet's are not given out twice. */
static enum ga_rc write_kept(struct numbering *n, bool has_all, struct ga_error *err)
{
    struct ga_str text = {0}, lines = {0};
    bool is_any_open = !has_all;
    for (size_t i = 0; i < n->kept.len; i++) {
        const struct kept *kept = GA_VEC_AT(struct kept, &n->kept, i);
        is_any_open |= kept->is_open;
        if (kept->is_open || !has_all || was_settled_last(n, kept))
            add_line(&lines, kept);
    }
    if (!is_any_open && n->next > START_AGAIN) {
        n->next = 1;
        ga_str_clear(&lines);
    }
    ga_str_addf(&text, "next %d\n%s", n->next, ga_str_text(&lines));
    const bool is_new = strcmp(ga_str_text(&text), ga_str_text(&n->before)) != 0 && (n->before.len > 0 || n->kept.len > 0);
    const enum ga_rc rc = is_new ? ga_store_set_setting(n->session->store, setting, ga_str_text(&text), err) : GA_OK;
    ga_str_finish(&text);
    ga_str_finish(&lines);
    return rc;
}

static void finish(struct numbering *n)
{
    for (size_t i = 0; i < n->kept.len; i++)
        ga_vec_finish(&GA_VEC_AT(struct kept, &n->kept, i)->leaves);
    ga_vec_finish(&n->kept);
    ga_str_finish(&n->before);
}

/* ---- a number each ---- */

static const char *leaf_text(const struct numbering *n, const struct ga_hash *leaf)
{
    char text[GA_HASH_TEXT_SIZE];
    return ga_arena_strndup(n->arena, ga_hash_text(leaf, text), LEAF_DIGITS);
}

/* The value's digit; 0: it has none. */
static int digit_of(const struct kept *kept, const char *leaf)
{
    for (size_t i = 0; i < kept->leaves.len; i++)
        if (strcmp(*GA_VEC_AT(const char *, &kept->leaves, i), leaf) == 0)
            return (int)i + 1;
    return 0;
}

/* The same question: of this field, and one of its values still stands. */
static struct kept *find_kept(struct numbering *n, const struct ga_conflict *conflict)
{
    for (size_t i = 0; i < n->kept.len; i++) {
        struct kept *kept = GA_VEC_AT(struct kept, &n->kept, i);
        if (ga_uuid_compare(&kept->record, &conflict->record) != 0 || strcmp(kept->group, conflict->group) != 0)
            continue;
        for (size_t k = 0; k < conflict->values_count; k++)
            if (digit_of(kept, leaf_text(n, &conflict->values[k].origin)) > 0)
                return kept;
    }
    return NULL;
}

static struct kept *add_kept(struct numbering *n, const struct ga_conflict *conflict)
{
    struct kept *kept = ga_vec_push(&n->kept);
    *kept = (struct kept){.number = n->next++, .record = conflict->record, .group = conflict->group};
    ga_vec_init(&kept->leaves, sizeof(const char *));
    return kept;
}

/* This computer's first, then each other one's: a digit means the same computer in every row, a leaf would order by chance. */
static int compare_sites(const struct numbering *n, const struct ga_uuid *a, const struct ga_uuid *b)
{
    const struct ga_uuid *own = ga_store_own_site(n->session->store);
    const bool is_own = ga_uuid_compare(a, own) == 0;
    return is_own != (ga_uuid_compare(b, own) == 0) ? (is_own ? -1 : 1) : ga_uuid_compare(a, b);
}

static void add_digit(struct numbering *n, struct kept *kept, const struct ga_conflict_value *value)
{
    const char *leaf = leaf_text(n, &value->origin);
    if (digit_of(kept, leaf) == 0)
        *(const char **)ga_vec_push(&kept->leaves) = leaf;
}

/* Those not met before get the next digits. */
static void give_digits(struct numbering *n, struct kept *kept, const struct ga_conflict *conflict)
{
    const struct ga_uuid *last = NULL;
    for (;;) {
        const struct ga_uuid *next = NULL;
        for (size_t i = 0; i < conflict->values_count; i++) {
            const struct ga_uuid *site = &conflict->values[i].site;
            if ((last == NULL || compare_sites(n, site, last) > 0) && (next == NULL || compare_sites(n, site, next) < 0))
                next = site;
        }
        if (next == NULL)
            return;
        for (size_t i = 0; i < conflict->values_count; i++)
            if (ga_uuid_compare(&conflict->values[i].site, next) == 0)
                add_digit(n, kept, &conflict->values[i]);
        last = next;
    }
}

/* What says it was written after today was written by a clock that was wrong, whatever its own computer thought of it. */
static bool is_of_a_wrong_clock(const struct numbering *n, const struct ga_conflict_value *value)
{
    return !n->session->is_day_doubtful && value->day > ga_date_to_days(n->session->today);
}

/* Values by digit. */
static void order_values(struct numbering *n, struct kept *kept, struct ga_conflict *conflict, struct ga_numbered *numbered)
{
    struct ga_conflict_value *values = ga_arena_array(n->arena, conflict->values_count, sizeof(*values));
    int *choices = ga_arena_array(n->arena, conflict->values_count, sizeof(*choices));
    bool *is_unseen = ga_arena_array(n->arena, conflict->values_count, sizeof(*is_unseen));
    size_t count = 0;
    give_digits(n, kept, conflict);
    for (size_t digit = 1; digit <= kept->leaves.len; digit++)
        for (size_t i = 0; i < conflict->values_count; i++)
            if (digit_of(kept, leaf_text(n, &conflict->values[i].origin)) == (int)digit) {
                values[count] = conflict->values[i];
                values[count].is_doubtful |= is_of_a_wrong_clock(n, &conflict->values[i]);
                if (values[count].is_own) /* by the name the others know, also what it wrote before a backup was put back */
                    values[count].site_label = n->own_label;
                is_unseen[count] = kept->seen > 0 && digit > kept->seen;
                choices[count++] = (int)digit;
            }
    conflict->values = values;
    conflict->values_count = count;
    numbered->choices = choices;
    numbered->is_unseen = is_unseen;
}

/* ---- what it is called ---- */

static const char *whose_text(struct numbering *n, const struct ga_conflict *conflict)
{
    const enum ga_lang lang = n->session->lang;
    struct ga_record_face face;
    struct ga_roster_row row;
    if (strcmp(conflict->form->name, "child") == 0 &&
        ga_roster_row(n->session->store, &conflict->record, lang, n->arena, &row, NULL) == GA_OK)
        return ga_arena_printf(n->arena, "%s %s", row.name, row.class_shown);
    return ga_record_face_read(n->session, &conflict->record, n->arena, &face, NULL) == GA_OK
               ? ga_record_face_text(n->session, &face, lang, n->arena)
               : ga_label_text(&conflict->form->title, lang);
}

static const char *what_text(struct numbering *n, const struct ga_conflict *conflict)
{
    if (conflict->kind == GA_CONFLICT_REMOVAL)
        return ga_tr(n->session->lang, GA_N_("taken out, or changed"));
    const char *text = "";
    for (size_t i = 0; i < conflict->fields_count; i++)
        text = i == 0 ? conflict->fields[i].label : ga_arena_printf(n->arena, "%s · %s", text, conflict->fields[i].label);
    if (conflict->kind != GA_CONFLICT_ROW)
        return text;
    const char *name = ga_arena_strndup(n->arena, conflict->group, strcspn(conflict->group, "/"));
    const struct ga_field *repeat = ga_form_field(conflict->form, name);
    return repeat == NULL ? text : ga_arena_printf(n->arena, "%s: %s", ga_label_text(&repeat->label, n->session->lang), text);
}

static void number_one(struct numbering *n, struct ga_conflict *conflict, struct ga_numbered *ret_numbered)
{
    struct kept *kept = find_kept(n, conflict);
    if (kept == NULL)
        kept = add_kept(n, conflict);
    kept->is_open = true;
    *ret_numbered = (struct ga_numbered){.number = kept->number, .conflict = conflict};
    order_values(n, kept, conflict, ret_numbered);
    ret_numbered->obvious = ga_conflict_obvious(conflict, &ret_numbered->pick);
    ret_numbered->whose = whose_text(n, conflict);
    ret_numbered->what = what_text(n, conflict);
}

static int compare_numbers(const void *a, const void *b)
{
    const struct ga_numbered *first = a, *second = b;
    return (first->number > second->number) - (first->number < second->number);
}

enum ga_rc ga_conflicts_read(struct ga_session *session, struct ga_arena *arena, struct ga_numbered **ret_list,
                             size_t *ret_count, struct ga_error *err)
{
    struct numbering n = {.session = session, .arena = arena, .own_label = ga_sync_own_label(session, arena)};
    struct ga_conflict *conflicts = NULL;
    size_t count = 0;
    enum ga_rc rc = ga_conflict_list(session->store, NULL, GA_NUMBERED_MAX, session->lang, arena, &conflicts, &count, err);
    if (rc == GA_OK)
        rc = read_kept(&n, err);
    struct ga_numbered *list = ga_arena_array(arena, count, sizeof(*list));
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        number_one(&n, &conflicts[i], &list[i]);
    if (rc == GA_OK)
        rc = write_kept(&n, count < GA_NUMBERED_MAX, err);
    finish(&n);
    if (rc != GA_OK)
        return rc;
    qsort(list, count, sizeof(*list), compare_numbers);
    *ret_list = list;
    *ret_count = count;
    return GA_OK;
}

enum ga_rc ga_conflicts_note_seen(struct ga_session *session, const struct ga_numbered *list, size_t count, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct numbering n = {.session = session, .arena = &arena};
    enum ga_rc rc = read_kept(&n, err);
    for (size_t i = 0; rc == GA_OK && i < n.kept.len; i++) {
        struct kept *kept = GA_VEC_AT(struct kept, &n.kept, i);
        const struct ga_numbered *numbered = ga_conflicts_find(list, count, kept->number);
        if (numbered != NULL && numbered->conflict->values_count > 0)
            kept->seen = (size_t)numbered->choices[numbered->conflict->values_count - 1];
    }
    if (rc == GA_OK)
        rc = write_kept(&n, false, err);
    finish(&n);
    ga_arena_finish(&arena);
    return rc;
}

const struct ga_numbered *ga_conflicts_find(const struct ga_numbered *list, size_t count, int64_t number)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].number == number)
            return &list[i];
    return NULL;
}

/* ---- words ---- */

const char *ga_conflicts_value_text(const struct ga_session *session, const struct ga_conflict *conflict, size_t value,
                                    struct ga_arena *arena)
{
    const size_t count = conflict->kind == GA_CONFLICT_REMOVAL ? 1 : conflict->fields_count;
    const char *text = "";
    for (size_t k = 0; k < count; k++) {
        const char *one = conflict->values[value].texts[k];
        text = ga_arena_printf(arena, "%s%s%s", text, k > 0 ? " · " : "", one[0] != '\0' ? one : ga_tr(session->lang, GA_N_("(empty)")));
    }
    return text;
}

const char *ga_conflicts_origin_text(const struct ga_session *session, const struct ga_conflict_value *value,
                                     struct ga_arena *arena)
{
    return ga_conflicts_origin_at(session, value, ga_tr(session->lang, GA_N_("this computer")), arena);
}

const char *ga_conflicts_origin_at(const struct ga_session *session, const struct ga_conflict_value *value, const char *here,
                                   struct ga_arena *arena)
{
    const char *who = value->user;
    if (value->typist != NULL && value->typist[0] != '\0' && strcmp(value->typist, value->user) != 0) {
        struct ga_message message;
        char text[GA_MESSAGE_BYTES];
        ga_message_set(&message, GA_N_("%1 (typed by %2)"), value->user, value->typist);
        who = ga_arena_strdup(arena, ga_message_text(&message, session->lang, text, sizeof(text)));
    }
    const bool is_here = ga_uuid_compare(&value->site, ga_store_own_site(session->store)) == 0;
    return ga_arena_printf(arena, "%s, %s%s, %s%s%s", who, value->when, value->is_doubtful ? "?" : "",
                           is_here ? here : value->site_label, value->source[0] != '\0' ? ", " : "", value->source);
}
