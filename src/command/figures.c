/* guanai figures: who counts by each definition on a day. */
#include "care.h"

#include "guanai/app/county_count.h"
#include "guanai/app/figures.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/roster.h"
#include "guanai/text/class_name.h"
#include "guanai/yaml/suggest.h"

#include <stdio.h>
#include <string.h>

struct asking {
    struct ga_command_line *line;
    struct ga_session *session;
    struct ga_figures *figures;
    struct ga_headcount headcount;
    struct ga_arena arena;
    const char *on, *class, *site, *list, *difference, *school, *by;
    char school_code[GA_SCHOOL_CODE_SIZE];
    bool is_json;
};

static struct ga_table_out table_of(const struct asking *a, const char *const *names, size_t count, uint32_t numbers)
{
    return (struct ga_table_out){.line = a->line, .names = names, .count = count, .numbers = numbers, .is_json = a->is_json};
}

static const struct ga_definition *definition_at(const struct asking *a, size_t i)
{
    return a->headcount.definitions->items[i];
}

static void put_figures(struct asking *a)
{
    static const char *const names[] = {"definition", "title", "on", "yes", "no", "unknown", "children", "share"};
    struct ga_table_out table = table_of(a, names, GA_COUNT(names), 0xF8);
    const struct ga_headcount *headcount = &a->headcount;
    ga_table_begin(&table);
    for (size_t d = 0; d < headcount->definitions->count; d++) {
        const size_t *tally = headcount->tally[d];
        char share[16];
        const char *const cells[] = {
            definition_at(a, d)->name,        ga_label_text(&definition_at(a, d)->title, a->line->lang),
            GA_DATE_ISO(headcount->day),      GA_NUM(tally[GA_COUNTED_YES]),
            GA_NUM(tally[GA_COUNTED_NO]), GA_NUM(tally[GA_COUNTED_UNKNOWN]),
            GA_NUM(headcount->children), ga_share_text(tally[GA_COUNTED_YES], headcount->children, share)};
        ga_table_row(&table, cells);
    }
    ga_table_end(&table);
}

static void put_count(struct asking *a, struct ga_table_out *table, const struct ga_county_count *count)
{
    for (size_t d = 0; d < a->headcount.definitions->count; d++) {
        const size_t *tally = count->tally[d];
        char share[16];
        const char *const cells[] = {count->school, definition_at(a, d)->name, ga_label_text(&definition_at(a, d)->title, a->line->lang),
                                     GA_DATE_ISO(a->headcount.day), GA_NUM(tally[GA_COUNTED_YES]), GA_NUM(tally[GA_COUNTED_NO]),
                                     GA_NUM(tally[GA_COUNTED_UNKNOWN]), GA_NUM(count->children),
                                     ga_share_text(tally[GA_COUNTED_YES], count->children, share)};
        ga_table_row(table, cells);
    }
}

static enum ga_exit put_schools(struct asking *a)
{
    static const char *const names[] = {"school", "definition", "title", "on", "yes", "no", "unknown", "children", "share"};
    struct ga_table_out table = table_of(a, names, GA_COUNT(names), 0x1F0);
    struct ga_vec counts;
    struct ga_error err = {0};
    if (!ga_county_is_here(a->session)) {
        ga_say(a->line, "this computer is no county's: it has the children of one school");
        return GA_EXIT_FINDINGS;
    }
    ga_vec_init(&counts, sizeof(struct ga_county_count));
    const enum ga_rc rc = ga_county_counts(a->session, &a->headcount, &a->arena, &counts, &err);
    ga_table_begin(&table);
    for (size_t i = 0; i < counts.len; i++)
        put_count(a, &table, ga_vec_at(&counts, i));
    ga_table_end(&table);
    ga_vec_finish(&counts);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(a->line, rc, &err);
}

static const char *reason_text(const struct asking *a, const struct ga_difference *line)
{
    return line->label.zh == NULL ? ga_tr(a->line->lang, "other reasons") : ga_label_text(&line->label, a->line->lang);
}

static void put_differences(struct asking *a, size_t first, size_t second)
{
    static const char *const names[] = {"a", "b", "in_a", "in_b", "why", "children"};
    struct ga_table_out table = table_of(a, names, GA_COUNT(names), 0x20);
    struct ga_difference *lines;
    const size_t count = ga_headcount_differences(&a->headcount, first, second, &a->arena, &lines);
    ga_table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const char *const cells[] = {definition_at(a, first)->name,       definition_at(a, second)->name,
                                     ga_counted_codes[lines[i].in_a],     ga_counted_codes[lines[i].in_b],
                                     reason_text(a, &lines[i]),           GA_NUM(lines[i].children)};
        ga_table_row(&table, cells);
    }
    ga_table_end(&table);
}

/* The fields to fill in, by their names, joined by blanks: for a difference, those of both definitions. */
static const char *gaps_text(struct asking *a, size_t child, const struct ga_figures_pick *pick)
{
    const size_t definitions[] = {pick->is_difference ? pick->line.a : pick->definition, pick->line.b};
    struct ga_str text = {0};
    for (size_t k = 0; k < (pick->is_difference ? 2 : 1); k++) {
        const struct ga_definition *definition = definition_at(a, definitions[k]);
        const uint32_t gaps = ga_headcount_of(&a->headcount, child, definitions[k])->gaps;
        for (size_t i = 0; i < definition->asks.count; i++)
            if (gaps >> i & 1)
                ga_str_addf(&text, "%s%s", text.len > 0 ? " " : "", definition->asks.items[i].field.text);
    }
    const char *kept = ga_arena_strdup(&a->arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

static const char *const child_names[] = {"id", "card_no", "name", "class", "village", "missing", "why"};

static enum ga_rc put_children(struct asking *a, struct ga_table_out *table, const struct ga_figures_pick *pick,
                               struct ga_error *err)
{
    size_t *children;
    const size_t count = ga_headcount_list(&a->headcount, pick, &a->arena, &children);
    for (size_t i = 0; i < count; i++) {
        struct ga_arena of_row = {0};
        struct ga_roster_row row;
        char id[GA_UUID_TEXT_SIZE];
        enum ga_rc rc = ga_roster_row_of(a->session->store, a->headcount.nos[children[i]], a->line->lang, &of_row, &row, err);
        if (rc == GA_OK) {
            const char *const cells[] = {ga_uuid_text(&row.id, id), row.card_no == 0 ? "" : GA_NUM(row.card_no), row.name,
                                         row.class_shown, row.village, gaps_text(a, children[i], pick),
                                         pick->is_difference ? reason_text(a, &pick->line) : ""};
            ga_table_row(table, cells);
        }
        ga_arena_finish(&of_row);
        if (rc != GA_OK)
            return rc;
    }
    return GA_OK;
}

static enum ga_exit refuse_definition(struct asking *a, const char *word)
{
    const struct ga_definitions *set = a->headcount.definitions;
    const char *names[GA_DEFINITIONS_MAX];
    for (size_t i = 0; i < set->count; i++)
        names[i] = set->items[i]->name;
    ga_say(a->line, "there is no definition '%1'", word);
    ga_offer(a->line, word, names, set->count);
    return GA_EXIT_USAGE;
}

/* Two names around one sign; both in the arena. */
static bool split(struct asking *a, const char *word, char sign, const char **ret_left, const char **ret_right)
{
    const char *at = strchr(word, sign);
    if (at == NULL)
        return false;
    *ret_left = ga_arena_strndup(&a->arena, word, (size_t)(at - word));
    *ret_right = at + 1;
    return true;
}

static enum ga_exit find_pair(struct asking *a, const char *word, size_t *ret_first, size_t *ret_second)
{
    const char *left, *right;
    if (!split(a, word, ',', &left, &right))
        return ga_usage(a->line);
    const int first = ga_definitions_find(a->headcount.definitions, left);
    const int second = ga_definitions_find(a->headcount.definitions, right);
    if (first < 0 || second < 0)
        return refuse_definition(a, first < 0 ? left : right);
    *ret_first = (size_t)first;
    *ret_second = (size_t)second;
    return GA_EXIT_DONE;
}

/* DEFINITION:yes|no|unknown */
static enum ga_exit find_number(struct asking *a, struct ga_figures_pick *ret_pick)
{
    const char *left, *right;
    if (!split(a, a->list, ':', &left, &right))
        return ga_usage(a->line);
    const int definition = ga_definitions_find(a->headcount.definitions, left);
    if (definition < 0)
        return refuse_definition(a, left);
    for (int i = 0; i < GA_COUNTED_COUNT; i++)
        if (strcmp(ga_counted_codes[i], right) == 0) {
            *ret_pick = (struct ga_figures_pick){.definition = (size_t)definition, .counted = (enum ga_counted)i};
            return GA_EXIT_DONE;
        }
    return ga_usage(a->line);
}

/* Every line of the difference in turn. */
static enum ga_rc put_differing(struct asking *a, struct ga_table_out *table, size_t first, size_t second,
                                struct ga_error *err)
{
    struct ga_difference *lines;
    enum ga_rc rc = GA_OK;
    const size_t count = ga_headcount_differences(&a->headcount, first, second, &a->arena, &lines);
    for (size_t i = 0; i < count && rc == GA_OK; i++) {
        const struct ga_figures_pick pick = {.is_difference = true, .line = lines[i]};
        rc = put_children(a, table, &pick, err);
    }
    return rc;
}

static enum ga_exit put_list(struct asking *a)
{
    struct ga_table_out table = table_of(a, child_names, GA_COUNT(child_names), 0);
    struct ga_figures_pick pick;
    struct ga_error err = {0};
    size_t first, second;
    enum ga_rc rc;
    const bool is_pair = strchr(a->list, ',') != NULL;
    enum ga_exit exit = is_pair ? find_pair(a, a->list, &first, &second) : find_number(a, &pick);
    if (exit != GA_EXIT_DONE)
        return exit;
    ga_table_begin(&table);
    rc = is_pair ? put_differing(a, &table, first, second, &err) : put_children(a, &table, &pick, &err);
    ga_table_end(&table);
    return rc == GA_OK ? GA_EXIT_DONE : ga_say_error(a->line, rc, &err);
}

static enum ga_exit put_asked(struct asking *a)
{
    size_t first, second;
    if (a->list != NULL)
        return put_list(a);
    if (a->by != NULL)
        return put_schools(a);
    if (a->difference == NULL) {
        put_figures(a);
        return GA_EXIT_DONE;
    }
    const enum ga_exit exit = find_pair(a, a->difference, &first, &second);
    if (exit == GA_EXIT_DONE)
        put_differences(a, first, second);
    return exit;
}

static enum ga_exit read_ask(struct asking *a, struct ga_figures_ask *ret_ask)
{
    struct ga_roster_class class;
    *ret_ask = (struct ga_figures_ask){.day = a->session->today};
    struct ga_error err = {0};
    if (a->on != NULL && !ga_read_day(a->line, a->on, &ret_ask->day))
        return GA_EXIT_USAGE;
    if (a->school != NULL) {
        const enum ga_rc rc = ga_county_find_school(a->session, a->school, a->school_code, &err);
        if (rc != GA_OK)
            return ga_say_error(a->line, rc, &err);
        ret_ask->school = a->school_code;
    }
    const enum ga_exit exit = ga_command_classes_in(a->line, a->session, ret_ask->day, a->class, a->site, &a->arena, &class);
    ret_ask->site = class.site;
    ret_ask->grade = class.grade;
    ret_ask->class_no = class.class_no;
    return exit;
}

static enum ga_exit ask(struct asking *a)
{
    struct ga_figures_ask wanted;
    struct ga_problems problems;
    struct ga_error err = {0};
    enum ga_exit exit = read_ask(a, &wanted);
    if (exit != GA_EXIT_DONE)
        return exit;
    ga_problems_init(&problems);
    enum ga_rc rc = ga_session_figures(a->session, &problems, &a->figures, &err);
    ga_say_problems(a->line, &problems, false);
    ga_problems_finish(&problems);
    if (rc == GA_OK)
        rc = ga_figures_count(a->figures, &wanted, &a->headcount, &err);
    exit = rc == GA_OK ? put_asked(a) : ga_say_error(a->line, rc, &err);
    if (rc == GA_OK && a->headcount.files_later > 0)
        ga_say(a->line, ga_figures_say_later(wanted.grade != NULL), GA_NUM(a->headcount.files_later));
    ga_headcount_finish(&a->headcount);
    return exit;
}

enum ga_exit ga_run_figures(struct ga_command_line *line)
{
    struct asking a = {.line = line};
    const char *format = "tsv";
    const struct ga_option options[] = {{"--on", &a.on, NULL},
                                        {"--class", &a.class, NULL},
                                        {"--site", &a.site, NULL},
                                        {"--list", &a.list, NULL},
                                        {"--difference", &a.difference, NULL},
                                        {"--school", &a.school, NULL},
                                        {"--by", &a.by, NULL},
                                        {"--format", &format, NULL}};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 0);
    if (exit != GA_EXIT_DONE)
        return exit;
    if (!ga_read_format(format, &a.is_json) || (a.list != NULL) + (a.difference != NULL) + (a.by != NULL) > 1 ||
        (a.by != NULL && strcmp(a.by, "school") != 0))
        return ga_usage(line);
    exit = ga_command_open(line, &a.session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = ask(&a);
    ga_arena_finish(&a.arena);
    ga_session_close(a.session);
    return exit;
}
