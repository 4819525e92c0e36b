/* Checks that no field waits for itself. */
#include "check.h"
#include "rule.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>

/* Which rules make a field wait; defaults go in circles of their own. */
static const enum ga_rule_kind showing[] = {GA_RULE_RELEVANT, GA_RULE_CALCULATION};
static const enum ga_rule_kind defaulting[] = {GA_RULE_DEFAULT};

struct graph {
    const struct ga_form *form;
    const struct ga_field *const *fields;
    size_t count;
    const enum ga_rule_kind *kinds;
    size_t kinds_count;
    bool *edges;
    unsigned char *marks;
};

enum mark { UNSEEN, OPEN, DONE };

struct waiting {
    struct graph *graph;
    size_t from;
    bool is_inner; /* a rule of a row in the repeat `from` */
};

static void add_edge(void *ctx, const struct ga_field *named)
{
    struct waiting *waiting = ctx;
    struct graph *graph = waiting->graph;
    if (named->index < graph->count && graph->fields[named->index] == named &&
        !(waiting->is_inner && named->index == waiting->from)) /* rows may look at one another */
        graph->edges[waiting->from * graph->count + named->index] = true;
}

static void add_edges(struct waiting *waiting, const struct ga_field *field)
{
    for (size_t i = 0; i < waiting->graph->kinds_count; i++)
        ga_rule_each_mention(ga_rule_text(field, waiting->graph->kinds[i])->text, waiting->graph->form, field->parent,
                             add_edge, waiting);
    waiting->is_inner = true; /* a repeat waits for what its rows wait for in the record */
    for (size_t i = 0; i < field->fields.count; i++)
        add_edges(waiting, &field->fields.items[i]);
}

static bool visit(struct graph *graph, size_t i)
{
    graph->marks[i] = OPEN;
    for (size_t k = 0; k < graph->count; k++) {
        if (!graph->edges[i * graph->count + k])
            continue;
        if (graph->marks[k] == OPEN || (graph->marks[k] == UNSEEN && visit(graph, k)))
            return true;
    }
    graph->marks[i] = DONE;
    return false;
}

static void check_graph(struct graph *graph, struct ga_problems *problems)
{
    const size_t count = graph->count;
    if (count == 0 || count > GA_FORM_FIELDS_MAX)
        return;
    graph->edges = ga_alloc_array(count * count, sizeof(*graph->edges));
    graph->marks = ga_alloc_array(count, sizeof(*graph->marks));
    for (size_t i = 0; i < count; i++)
        add_edges(&(struct waiting){.graph = graph, .from = i}, graph->fields[i]);
    for (size_t i = 0; i < count; i++)
        if (graph->marks[i] == UNSEEN && visit(graph, i))
            ga_message_set(&ga_check_add(problems, GA_FAULT, graph->form->file, &graph->fields[i]->at)->what,
                           "'%1' waits for itself: its rules name each other in a circle", graph->fields[i]->name);
    free(graph->edges);
    free(graph->marks);
}

static void check_fields(const struct ga_form *form, const struct ga_field *const *fields, size_t count,
                         struct ga_problems *problems)
{
    struct graph graph = {.form = form, .fields = fields, .count = count};
    graph.kinds = showing;
    graph.kinds_count = GA_COUNT(showing);
    check_graph(&graph, problems);
    graph.kinds = defaulting;
    graph.kinds_count = GA_COUNT(defaulting);
    check_graph(&graph, problems);
}

void ga_check_cycles(const struct ga_form *form, struct ga_problems *problems)
{
    const struct ga_field *inner[GA_FORM_FIELDS_MAX];
    check_fields(form, (const struct ga_field *const *)form->all, form->all_count, problems);
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *repeat = form->all[i];
        for (size_t f = 0; f < repeat->fields.count && f < GA_FORM_FIELDS_MAX; f++)
            inner[f] = &repeat->fields.items[f];
        if (repeat->fields.count <= GA_FORM_FIELDS_MAX)
            check_fields(form, inner, repeat->fields.count, problems);
    }
}
