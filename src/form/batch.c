/* Asks all rules of a form's top level in few statements. */
#include "batch.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"

#include <stdlib.h>
#include <string.h>

enum { NOT_KNOWN = -2, LEVELS_MAX = 6 };

/* Rules that run as the columns of one statement. */
struct columns {
    struct ga_rule *rule; /* NULL: none, or it could not be prepared */
    const struct ga_field **fields;
    enum ga_rule_kind *kinds;
    size_t count;
};

struct ga_batch {
    struct ga_batch *next;
    const struct ga_form *form;
    struct columns levels[LEVELS_MAX]; /* each waits only for those before it */
    size_t levels_count;
    struct columns judging;
    signed char *truths; /* constraint, warn of each field in turn */
};

static void init_columns(struct ga_rules *rules, struct columns *columns, size_t max)
{
    columns->fields = ga_arena_array(&rules->arena, max, sizeof(*columns->fields));
    columns->kinds = ga_arena_array(&rules->arena, max, sizeof(*columns->kinds));
}

static void add_column(struct columns *columns, const struct ga_field *field, enum ga_rule_kind kind)
{
    columns->fields[columns->count] = field;
    columns->kinds[columns->count++] = kind;
}

static void prepare_columns(const struct ga_rule_names *names, struct columns *columns)
{
    if (columns->count == 0)
        return;
    struct ga_yaml_text *exprs = ga_alloc_array(columns->count, sizeof(*exprs));
    for (size_t i = 0; i < columns->count; i++)
        exprs[i] = *ga_rule_text(columns->fields[i], columns->kinds[i]);
    ga_rule_prepare(names, exprs, columns->count, &columns->rule, NULL, NULL);
    free(exprs);
}

/* Which relevances wait for which others: one walk over each rule. */
struct waiting {
    const struct ga_form *form;
    bool *edges;
    size_t from;
};

static void add_edge(void *ctx, const struct ga_field *named)
{
    struct waiting *waiting = ctx;
    if (named->parent == NULL && named->relevant.text != NULL)
        waiting->edges[waiting->from * waiting->form->all_count + named->index] = true;
}

static bool *find_edges(const struct ga_form *form)
{
    struct waiting waiting = {.form = form, .edges = ga_alloc_array(form->all_count * form->all_count + 1, 1)};
    for (size_t i = 0; i < form->all_count; i++) {
        waiting.from = i;
        ga_rule_each_mention(form->all[i]->relevant.text, form, NULL, add_edge, &waiting);
    }
    return waiting.edges;
}

static bool is_waiting(const struct ga_form *form, const bool *edges, size_t field, const bool *settled)
{
    for (size_t i = 0; i < form->all_count; i++)
        if (!settled[i] && edges[field * form->all_count + i])
            return true;
    return false;
}

/* The fields whose relevance waits only for what is settled; they are settled afterwards. */
static void fill_level(const struct ga_form *form, const bool *edges, struct columns *level, bool *settled)
{
    for (size_t i = 0; i < form->all_count; i++)
        if (!settled[i] && !is_waiting(form, edges, i, settled))
            add_column(level, form->all[i], GA_RULE_RELEVANT);
    for (size_t i = 0; i < level->count; i++)
        settled[level->fields[i]->index] = true;
}

/* What waits through more than LEVELS_MAX others is left to the single rules, so are circles. */
static void make_levels(const struct ga_rule_names *names, struct ga_batch *batch)
{
    const struct ga_form *form = names->form;
    bool *edges = find_edges(form);
    bool *settled = ga_alloc_array(form->all_count + 1, sizeof(bool));
    size_t open = 0;
    for (size_t i = 0; i < form->all_count; i++) {
        settled[i] = form->all[i]->relevant.text == NULL;
        open += !settled[i];
    }
    for (; open > 0 && batch->levels_count < LEVELS_MAX; batch->levels_count++) {
        struct columns *level = &batch->levels[batch->levels_count];
        init_columns(names->rules, level, open);
        fill_level(form, edges, level, settled);
        prepare_columns(names, level);
        open -= level->count;
    }
    free(settled);
    free(edges);
}

static void make_judging(const struct ga_rule_names *names, struct ga_batch *batch)
{
    const struct ga_form *form = names->form;
    init_columns(names->rules, &batch->judging, 2 * form->all_count);
    for (size_t i = 0; i < form->all_count; i++) {
        if (form->all[i]->is_retired)
            continue;
        if (form->all[i]->constraint.text != NULL)
            add_column(&batch->judging, form->all[i], GA_RULE_CONSTRAINT);
        if (form->all[i]->warn.text != NULL && !ga_rule_is_please(form->all[i]))
            add_column(&batch->judging, form->all[i], GA_RULE_WARN);
    }
    prepare_columns(names, &batch->judging);
}

struct ga_batch *ga_batch_get(struct ga_rules *rules, const struct ga_rule_place *place)
{
    const struct ga_form *form = place->record->form;
    for (struct ga_batch *batch = rules->batches; batch != NULL; batch = batch->next)
        if (batch->form == form)
            return batch;
    struct ga_batch *batch = ga_arena_alloc(&rules->arena, sizeof(*batch));
    const struct ga_rule_names names =
        ga_rule_names_at(rules, &(struct ga_rule_place){.record = place->record, .child = place->child});
    *batch = (struct ga_batch){.next = rules->batches, .form = form};
    batch->truths = ga_arena_array(&rules->arena, 2 * form->all_count, 1);
    rules->batches = batch;
    make_levels(&names, batch);
    make_judging(&names, batch);
    return batch;
}

static void destroy_rule(struct ga_rule *rule)
{
    if (rule != NULL)
        ga_stmt_destroy(rule->stmt);
}

void ga_batches_destroy(struct ga_batch *first)
{
    for (struct ga_batch *batch = first; batch != NULL; batch = batch->next) {
        for (size_t i = 0; i < batch->levels_count; i++)
            destroy_rule(batch->levels[i].rule);
        destroy_rule(batch->judging.rule);
    }
}

static signed char *truth_at(const struct ga_batch *batch, enum ga_rule_kind kind, const struct ga_field *field)
{
    return &batch->truths[2 * field->index + (kind == GA_RULE_WARN)];
}

static void take_column(struct ga_rules *rules, struct ga_batch *batch, const struct ga_rule_place *place,
                        const struct columns *columns, size_t i)
{
    struct ga_value value = ga_stmt_column(columns->rule->stmt, (int)i);
    const int truth = ga_value_truth(&value);
    if (columns->kinds[i] == GA_RULE_RELEVANT)
        ga_rule_note_seen(rules, columns->fields[i], place->record, truth == 1);
    else
        *truth_at(batch, columns->kinds[i], columns->fields[i]) = (signed char)truth;
}

static void ask_columns(struct ga_rules *rules, struct ga_batch *batch, const struct ga_rule_place *place,
                        const struct columns *columns)
{
    if (columns->rule == NULL || ga_rule_start(rules, place, columns->rule, NULL) != GA_OK)
        return;
    for (size_t i = 0; i < columns->count; i++)
        take_column(rules, batch, place, columns, i);
    ga_stmt_reset(columns->rule->stmt);
}

void ga_batch_ask(struct ga_rules *rules, struct ga_batch *batch, const struct ga_rule_place *place)
{
    memset(batch->truths, NOT_KNOWN, 2 * batch->form->all_count);
    for (size_t i = 0; i < batch->levels_count; i++)
        ask_columns(rules, batch, place, &batch->levels[i]);
    ask_columns(rules, batch, place, &batch->judging);
}

int ga_batch_truth(const struct ga_batch *batch, enum ga_rule_kind kind, const struct ga_field *field)
{
    return field->parent != NULL ? NOT_KNOWN : *truth_at(batch, kind, field);
}

bool ga_rule_is_please(const struct ga_field *field)
{
    if (field->warn.text == NULL || field->warn_message.zh != NULL)
        return false;
    const size_t len = strlen(field->name);
    return strncmp(field->warn.text, field->name, len) == 0 && strcmp(field->warn.text + len, " IS NOT NULL") == 0;
}
