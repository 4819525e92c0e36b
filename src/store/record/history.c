/* Tells from a record's operations who changed what. */
#include "guanai/store/history.h"

#include "fold/own.h"
#include "fold/said.h"
#include "record/history_source.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/store/operation_order.h"
#include "guanai/store/site.h"

#include <string.h>

/* A row of a repeat, numbered as it first appeared. */
struct known_row {
    const char *group;
    int number;
};

struct history {
    struct ga_store *store;
    const struct ga_form *form; /* installed; NULL when there is none */
    const char *wanted;         /* field; NULL: all */
    bool only_days;             /* neither texts nor where it was written */
    enum ga_lang lang;
    struct ga_arena *arena;
    const struct ga_log_op *ops;
    size_t ops_count;
    struct ga_fold_head *heads;
    size_t heads_count;
    struct ga_vec entries; /* struct ga_history_entry */
    struct ga_vec rows;    /* struct known_row */
    struct ga_reach reach; /* transaction of the operation looked at last */
    const char *source;    /* the file it came by */
};

/* What an operation tells before its fields are looked at. */
struct saying {
    const struct ga_log_op *op;
    const struct ga_operation_group *group;
    struct ga_said_old old;
    struct ga_history_entry entry;
    const struct ga_field *repeat; /* of a row */
    const char *prefix;            /* "siblings[2]." or "" */
};

static bool is_head(const struct history *history, const struct saying *saying)
{
    for (size_t i = 0; i < history->heads_count; i++)
        if (history->heads[i].op == saying->op &&
            strcmp(history->heads[i].group, saying->group->id) == 0)
            return true;
    return false;
}

/* In the words of the installed form, raw where it has none. */
static void add_text(const struct history *history, const struct ga_field *field, const struct ga_operation_value *value,
                     struct ga_str *out)
{
    ga_said_add_words(history->lang, field, value, out);
}

/* Several when a save settled what was open between two computers. */
static const char *old_text(const struct history *history, const struct saying *saying,
                            const struct ga_field *field, const char *id)
{
    struct ga_str text = {0};
    for (size_t i = 0; i < saying->old.count; i++) {
        const struct ga_operation_value *value = ga_said_value(saying->old.groups[i], id);
        if (value == NULL || value->kind == GA_OPERATION_CLEAR ||
            (i > 0 && ga_operation_value_equal(value, ga_said_value(saying->old.groups[0], id))))
            continue;
        if (text.len > 0)
            ga_str_add(&text, " | ");
        add_text(history, field, value, &text);
    }
    const char *kept = ga_arena_strdup(history->arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

static const struct ga_field *definition_of(const struct history *history,
                                            const struct saying *saying, const char *id)
{
    if (saying->repeat == NULL)
        return history->form == NULL ? NULL : ga_form_field(history->form, id);
    for (size_t i = 0; i < saying->repeat->fields.count; i++)
        if (strcmp(saying->repeat->fields.items[i].name, id) == 0)
            return &saying->repeat->fields.items[i];
    return NULL;
}

static bool is_own_field(const char *id) /* the program's, not the form's */
{
    return id[0] == '_' || strcmp(id, "position") == 0;
}

static void say_field(struct history *history, const struct saying *saying, const char *id)
{
    const char *shown = saying->prefix[0] == '\0'
                            ? id
                            : ga_arena_printf(history->arena, "%s%s", saying->prefix, id);
    const struct ga_field *field = definition_of(history, saying, id);
    struct ga_str text = {0};
    bool is_wanted = history->wanted == NULL || strcmp(history->wanted, shown) == 0 ||
                     (saying->repeat != NULL && strcmp(history->wanted, saying->repeat->name) == 0);
    if (!is_wanted || (is_own_field(id) && field == NULL) || !ga_said_differs(&saying->old, saying->group, id))
        return;
    if (!history->only_days)
        add_text(history, field, ga_said_value(saying->group, id), &text);
    struct ga_history_entry *entry = ga_vec_push(&history->entries);
    *entry = saying->entry;
    entry->field = ga_arena_strdup(history->arena, shown);
    entry->definition = field;
    entry->old_text = history->only_days ? "" : old_text(history, saying, field, id);
    entry->new_text = ga_arena_strdup(history->arena, ga_str_text(&text));
    ga_str_finish(&text);
}

/* A removed row is one line, not one for each of its fields. */
static void say_removal(struct history *history, const struct saying *saying)
{
    const struct ga_operation_value *gone = ga_said_value(saying->group, "_gone");
    bool is_wanted = history->wanted == NULL ||
                     (saying->repeat != NULL && strcmp(history->wanted, saying->repeat->name) == 0);
    if (gone == NULL || !is_wanted || !ga_said_differs(&saying->old, saying->group, "_gone"))
        return;
    struct ga_history_entry *entry = ga_vec_push(&history->entries);
    *entry = saying->entry;
    entry->field = ga_arena_strndup(history->arena, saying->prefix,
                                    strlen(saying->prefix) - (saying->prefix[0] != '\0'));
    entry->definition = saying->repeat;
    entry->old_text = "";
    entry->new_text = ga_tr(history->lang, "row removed");
}

/* The whole record, under no field's name. */
static void say_record_gone(struct history *history, struct saying *saying)
{
    const struct ga_operation_value *gone = ga_said_value(saying->group, "_gone");
    if (history->wanted != NULL || gone == NULL)
        return;
    struct ga_history_entry *entry = ga_vec_push(&history->entries);
    *entry = saying->entry;
    entry->field = entry->old_text = "";
    entry->is_current = is_head(history, saying);
    entry->new_text = gone->kind == GA_OPERATION_INTEGER && gone->integer == 1 ? ga_tr(history->lang, "record removed")
                                                                                : ga_tr(history->lang, "record put back");
}

/* Every field the group or what it replaced names, each once: a unit's field left out is cleared.
 */
static void say_fields(struct history *history, const struct saying *saying)
{
    for (size_t i = 0; i < saying->group->fields_count; i++)
        say_field(history, saying, saying->group->fields[i].id);
    for (size_t o = 0; o < saying->old.count; o++)
        for (size_t i = 0; i < saying->old.groups[o]->fields_count; i++) {
            const char *id = saying->old.groups[o]->fields[i].id;
            bool is_said = ga_said_value(saying->group, id) != NULL;
            for (size_t p = 0; p < o && !is_said; p++)
                is_said = ga_said_value(saying->old.groups[p], id) != NULL;
            if (!is_said)
                say_field(history, saying, id);
        }
}

static int number_of_row(struct history *history, const char *group, size_t name_len)
{
    int number = 1;
    for (size_t i = 0; i < history->rows.len; i++) {
        const struct known_row *row = ga_vec_at(&history->rows, i);
        if (strcmp(row->group, group) == 0)
            return row->number;
        number += strncmp(row->group, group, name_len + 1) == 0;
    }
    *(struct known_row *)ga_vec_push(&history->rows) = (struct known_row){group, number};
    return number;
}

static void name_row(struct history *history, struct saying *saying)
{
    const char *slash = strchr(saying->group->id, '/');
    saying->prefix = "";
    if (slash == NULL)
        return;
    size_t len = (size_t)(slash - saying->group->id);
    char *name = ga_arena_strndup(history->arena, saying->group->id, len);
    saying->repeat = history->form == NULL ? NULL : ga_form_field(history->form, name);
    saying->prefix = ga_arena_printf(history->arena, "%s[%d].", name,
                                     number_of_row(history, saying->group->id, len));
}

/* By the form's order; what it does not know comes last, as it was written. */
static size_t place_of(const struct ga_history_entry *entry)
{
    const struct ga_field *field = entry->definition;
    if (field == NULL)
        return SIZE_MAX;
    return field->parent == NULL ? field->index * GA_FORM_FIELDS_MAX
                                 : field->parent->index * GA_FORM_FIELDS_MAX + 1 + field->index;
}

static void sort_entries(struct history *history, size_t from)
{
    struct ga_history_entry *entries = history->entries.items;
    for (size_t i = from + 1; i < history->entries.len; i++) {
        struct ga_history_entry entry = entries[i];
        size_t k = i;
        for (; k > from && place_of(&entries[k - 1]) > place_of(&entry); k--)
            entries[k] = entries[k - 1];
        entries[k] = entry;
    }
}

/* Most operations of one transaction are told together. */
static void take_reach(struct history *history, struct ga_stmt *stmt)
{
    const int64_t first = ga_stmt_column_int(stmt, 1), last = ga_stmt_column_int(stmt, 2);
    const struct ga_reach reach = {.first_op = first, .count = last - first + 1};
    ga_stmt_reset(stmt);
    if (reach.first_op == history->reach.first_op)
        return;
    history->reach = reach;
    history->source = ga_history_source(history->store, &reach, history->lang, history->arena);
}

/* As people call it, else the first 8 digits of its id. */
static const char *name_site(const struct history *history, struct ga_value id)
{
    struct ga_peer peer;
    const uint8_t *bytes = (const uint8_t *)id.text;
    if (id.len != sizeof(peer.id))
        return "";
    memcpy(peer.id.bytes, bytes, id.len);
    if (ga_store_site(history->store, &peer.id, &peer, NULL) == GA_OK && peer.label[0] != '\0')
        return ga_arena_strdup(history->arena, peer.label);
    return ga_arena_printf(history->arena, "%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
}

/* The computer that wrote it; history->source is of the same transaction then. */
static const char *site_of(struct history *history, int64_t no)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    const char *site = "";
    if (ga_store_stmt(history->store, GA_SQL_TXN_OF_OP, &stmt, NULL) != GA_OK)
        return site;
    ga_stmt_bind_int(stmt, 1, no);
    if (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row) {
        site = name_site(history, ga_stmt_column(stmt, 0));
        take_reach(history, stmt);
    }
    return site;
}

/* "siblings[2].age" of a field in a row; else the field as it is named. */
static const char *place_said(struct history *history, const char *field, const char *row)
{
    const char *dot = strchr(field, '.');
    if (dot == NULL || row[0] == '\0')
        return ga_arena_strdup(history->arena, field);
    const size_t len = (size_t)(dot - field);
    const char *group = ga_arena_printf(history->arena, "%.*s/%s", (int)len, field, row);
    return ga_arena_printf(history->arena, "%.*s[%d]%s", (int)len, field, number_of_row(history, group, len), dot);
}

/* The group of that id, in whichever operation it first stands. */
static const struct ga_operation_group *find_group(const struct history *history, const char *id)
{
    for (size_t i = 0; i < history->ops_count; i++)
        if (ga_said_group(&history->ops[i].op, id) != NULL)
            return ga_said_group(&history->ops[i].op, id);
    return NULL;
}

static const char *sentence(const struct history *history, const char *english, const char *arg)
{
    struct ga_message message;
    char text[2 * GA_MESSAGE_BYTES];
    ga_message_set(&message, english, arg);
    return ga_arena_strdup(history->arena, ga_message_text(&message, history->lang, text, sizeof(text)));
}

/* Long texts do not go through a message. */
static const char *say_text(const struct history *history, const char *english, const char *text)
{
    return ga_arena_printf(history->arena, "%s%s", ga_tr(history->lang, english), text);
}

static const char *say_second(const struct history *history, const struct ga_operation_group *group)
{
    const char *outcome = ga_own_text(group, "outcome"), *typed = ga_own_text(group, "typed");
    if (strcmp(outcome, "agreed") == 0)
        return ga_tr(history->lang, "typed a second time: the same");
    if (strcmp(outcome, "first") == 0)
        return sentence(history, GA_N_("typed a second time as %1; the first is right"), typed);
    if (strcmp(outcome, "second") == 0)
        return ga_tr(history->lang, "typed a second time: this is right");
    return sentence(history, GA_N_("typed a second time as %1; left open"), typed);
}

/* What the program's own groups say about a field: notes, notes that are done, second typings. */
static void say_own(struct history *history, const struct saying *saying)
{
    const struct ga_operation_group *about = saying->group;
    struct ga_history_entry entry = saying->entry;
    entry.kind = GA_HISTORY_NOTE;
    if (ga_str_starts(about->id, "_note/")) {
        entry.new_text = say_text(history, GA_N_("noted: "), ga_own_text(about, "text"));
    } else if (ga_str_starts(about->id, "_settled/")) {
        const struct ga_operation_value *value = ga_own_value(about, "settled");
        const bool is_done = value != NULL && value->kind == GA_OPERATION_INTEGER && value->integer == 1;
        about = find_group(history, ga_arena_printf(history->arena, "_note/%s", about->id + strlen("_settled/")));
        if (about != NULL)
            entry.new_text = say_text(history, is_done ? GA_N_("note is done: ") : GA_N_("note is open again: "),
                                      ga_own_text(about, "text"));
    } else if (ga_str_starts(about->id, "_verified/")) {
        entry.kind = GA_HISTORY_VERIFIED;
        entry.new_text = say_second(history, about);
    } else {
        return;
    }
    const char *field = about == NULL ? "" : ga_own_text(about, "field");
    entry.field = place_said(history, field, about == NULL ? "" : ga_own_text(about, "row"));
    const size_t repeat = strcspn(field, ".");
    const bool is_of_repeat = history->wanted != NULL && field[repeat] == '.' && strlen(history->wanted) == repeat &&
                              strncmp(history->wanted, field, repeat) == 0;
    if (about == NULL || (history->wanted != NULL && strcmp(history->wanted, entry.field) != 0 && !is_of_repeat))
        return;
    entry.definition = history->form == NULL ? NULL : ga_form_field(history->form, field);
    entry.old_text = "";
    *(struct ga_history_entry *)ga_vec_push(&history->entries) = entry;
}

static void say_operation(struct history *history, const struct ga_log_op *op)
{
    enum { MS_A_MINUTE = 60000 };
    char date[GA_DATE_SIZE];
    size_t from = history->entries.len;
    int minutes = op->op.local_ms / MS_A_MINUTE;
    struct ga_history_entry entry = {
        .when = ga_arena_printf(history->arena, "%s %02d:%02d",
                                ga_date_iso(ga_date_from_days(op->op.local_day), date),
                                minutes / 60, minutes % 60),
        .is_doubtful = op->op.is_clock_in_doubt,
        .user = op->op.user,
        .typist = op->op.typist == NULL || op->op.typist[0] == '\0' ? NULL : op->op.typist,
        .site = history->only_days ? "" : site_of(history, op->no),
    };
    entry.source = history->source;
    for (size_t i = 0; i < op->op.groups_count; i++) {
        struct saying saying = {.op = op, .group = &op->op.groups[i], .entry = entry};
        if (strcmp(saying.group->id, "_gone") == 0)
            say_record_gone(history, &saying);
        if (ga_fold_is_own(saying.group->id)) {
            say_own(history, &saying);
            continue;
        }
        ga_said_replaced(history->ops, history->ops_count, &op->op, saying.group, history->arena, &saying.old);
        name_row(history, &saying);
        saying.entry.is_current = is_head(history, &saying);
        if (ga_said_value(saying.group, "_gone") != NULL)
            say_removal(history, &saying);
        else
            say_fields(history, &saying);
    }
    sort_entries(history, from);
}

static enum ga_rc read_history(struct history *history, int64_t no, struct ga_error *err)
{
    struct ga_log_op *ops;
    const enum ga_rc rc = ga_log_of_record(history->store, no, history->arena, &ops, &history->ops_count, err);
    if (rc != GA_OK)
        return rc;
    history->ops = ops;
    if (history->ops_count > 0)
        history->form = ga_forms_get(ga_store_forms(history->store), ops[0].op.form, NULL);
    ga_fold(ops, history->ops_count, history->arena, &history->heads, &history->heads_count);
    for (size_t i = 0; i < history->ops_count; i++)
        say_operation(history, &ops[i]);
    return GA_OK;
}

enum ga_rc ga_store_history(struct ga_store *store, const struct ga_uuid *id, const char *field,
                            enum ga_lang lang, struct ga_arena *arena,
                            struct ga_history_entry **ret_entries, size_t *ret_count,
                            struct ga_error *err)
{
    struct history history = {.store = store, .wanted = field, .lang = lang, .arena = arena, .source = ""};
    int64_t no;
    ga_vec_init(&history.entries, sizeof(struct ga_history_entry));
    ga_vec_init(&history.rows, sizeof(struct known_row));
    enum ga_rc rc = ga_record_no(store, id, &no, err);
    if (rc == GA_OK)
        rc = read_history(&history, no, err);
    if (rc == GA_OK) {
        size_t count = history.entries.len;
        *ret_entries = ga_arena_array(arena, count, sizeof(struct ga_history_entry));
        if (count > 0)
            memcpy(*ret_entries, history.entries.items, count * sizeof(struct ga_history_entry));
        *ret_count = count;
    }
    ga_vec_finish(&history.entries);
    ga_vec_finish(&history.rows);
    return rc;
}

enum ga_rc ga_store_said_on(struct ga_store *store, int64_t no, const char *field, struct ga_date *ret_day, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct history history = {.store = store, .wanted = field, .only_days = true, .lang = GA_ZH, .arena = &arena, .source = ""};
    char day[GA_DATE_SIZE];
    *ret_day = (struct ga_date){0};
    ga_vec_init(&history.entries, sizeof(struct ga_history_entry));
    ga_vec_init(&history.rows, sizeof(struct known_row));
    const enum ga_rc rc = read_history(&history, no, err);
    for (size_t i = 0; rc == GA_OK && i < history.entries.len; i++) {
        const struct ga_history_entry *entry = ga_vec_at(&history.entries, i);
        if (entry->kind != GA_HISTORY_VALUE || !entry->is_current)
            continue;
        ga_str_copy(day, strcspn(entry->when, " ") + 1, entry->when); /* not its time */
        ga_date_from_iso(day, ret_day);
    }
    ga_vec_finish(&history.entries);
    ga_vec_finish(&history.rows);
    ga_arena_finish(&arena);
    return rc;
}
