/* Keeps the definitions that are in force. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <stdlib.h>
#include <string.h>

enum ga_rc ga_figures_create(const struct ga_figures_options *options, struct ga_figures **ret_figures,
                             struct ga_error *err)
{
    struct ga_figures *figures = ga_alloc(sizeof(*figures));
    figures->options = *options;
    figures->facts.is_rural = options->config->is_rural;
    ga_definitions_init(&figures->definitions);
    *ret_figures = figures; /* from here on the connection may call us: destroyed after it, whatever happens */
    return ga_day_functions_add(ga_store_db(options->store), &figures->facts, err);
}

void ga_figures_destroy(struct ga_figures *figures)
{
    if (figures == NULL)
        return;
    ga_definitions_finish(&figures->definitions);
    free(figures);
}

const struct ga_definitions *ga_figures_definitions(const struct ga_figures *figures)
{
    return &figures->definitions;
}

/* A file on its way into force. */
struct loading {
    struct ga_figures *figures;
    struct ga_forms *forms;
    struct ga_problems *problems;
    struct ga_definitions fresh;
};

/* NULL: it has faults, which are told when `problems` is given. */
static const struct ga_definition *read_alone(struct loading *l, struct ga_definitions *set, const char *path,
                                              const struct ga_str *text, struct ga_problems *problems)
{
    struct ga_problems unsaid;
    ga_problems_init(&unsaid);
    enum ga_rc rc = ga_definitions_read_text(set, l->forms, path, ga_str_text(text), text->len,
                                             problems != NULL ? problems : &unsaid);
    ga_problems_finish(&unsaid);
    return rc == GA_OK ? set->items[0] : NULL;
}

static bool has_same_content(const struct ga_definition *a, const struct ga_definition *b)
{
    struct ga_str left = {0}, right = {0};
    ga_definition_content(a, &left);
    ga_definition_content(b, &right);
    const bool is_same = left.len == right.len && memcmp(left.data, right.data, left.len) == 0;
    ga_str_finish(&left);
    ga_str_finish(&right);
    return is_same;
}

static bool may_follow(struct loading *l, const struct ga_definition *now, const struct ga_definition *last)
{
    if (last == NULL || now->version > last->version || has_same_content(now, last))
        return true;
    struct ga_problem *problem =
        ga_problems_add(l->problems, GA_WARNING, now->file, now->at.line, now->at.column);
    ga_message_set(&problem->what, "definition '%1' has changed but its version is still %2", now->name,
                   GA_NUM(last->version));
    ga_message_set(&problem->hint, "the one in force stays; give the file a higher version to change it");
    return false;
}

static bool is_same_text(const struct ga_str *a, const struct ga_str *b)
{
    return a->len == b->len && memcmp(ga_str_text(a), ga_str_text(b), a->len) == 0;
}

/* The text of the file when it may come into force, else the last good one; that may be none. */
static enum ga_rc choose_text(struct loading *l, const char *path, const char *setting, struct ga_str *text,
                              struct ga_error *err)
{
    struct ga_store *store = l->figures->options.store;
    struct ga_definitions tried, before;
    struct ga_str last = {0};
    ga_definitions_init(&tried);
    ga_definitions_init(&before);
    enum ga_rc rc = ga_store_read_setting(store, setting, &last, err);
    const struct ga_definition *now = text->len > 0 ? read_alone(l, &tried, path, text, l->problems) : NULL;
    const struct ga_definition *good = last.len > 0 ? read_alone(l, &before, path, &last, NULL) : NULL;
    if (rc == GA_OK && now != NULL && may_follow(l, now, good)) {
        rc = is_same_text(text, &last) ? GA_OK : ga_store_set_setting(store, setting, ga_str_text(text), err);
    } else {
        ga_str_clear(text);
        ga_str_add(text, good != NULL ? ga_str_text(&last) : "");
    }
    ga_definitions_finish(&tried);
    ga_definitions_finish(&before);
    ga_str_finish(&last);
    return rc;
}

static void read_file(struct loading *l, const char *path, struct ga_str *text)
{
    struct ga_error why = {0};
    if (ga_io_read_file(l->figures->options.io, path, GA_YAML_FILE_BYTES_MAX, text, &why) != GA_OK)
        ga_problems_add(l->problems, GA_FAULT, path, 0, 0)->what = why.what;
    else if (text->len == 0)
        ga_message_set(&ga_problems_add(l->problems, GA_FAULT, path, 0, 0)->what, "this file is empty");
}

/* Everything was told when the text was chosen, but that another file has the same definition. */
static void take_text(struct loading *l, const char *path, const struct ga_str *text)
{
    struct ga_problems said;
    ga_problems_init(&said);
    if (ga_definitions_read_text(&l->fresh, l->forms, path, ga_str_text(text), text->len, &said) != GA_OK) {
        const struct ga_problem *last = GA_VEC_AT(const struct ga_problem, &said.list, said.list.len - 1);
        ga_problems_add(l->problems, GA_FAULT, path, last->line, last->column)->what = last->what;
    }
    ga_problems_finish(&said);
}

static enum ga_rc load_file(struct loading *l, const struct ga_folder_file *file, struct ga_error *err)
{
    const char *setting = ga_arena_printf(&l->fresh.arena, "definition.%s", file->name);
    struct ga_str text = {0};
    l->fresh.layer = file->layer;
    read_file(l, file->path, &text);
    enum ga_rc rc = choose_text(l, file->path, setting, &text, err);
    if (rc == GA_OK && text.len > 0)
        take_text(l, file->path, &text);
    ga_str_finish(&text);
    return rc;
}

enum ga_rc ga_figures_load(struct ga_figures *figures, struct ga_problems *problems, struct ga_error *err)
{
    struct loading l = {.figures = figures, .forms = ga_store_forms(figures->options.store), .problems = problems};
    struct ga_folder_files files = {0};
    ga_definitions_init(&l.fresh);
    enum ga_rc rc = ga_folders_list(&figures->options.folders, figures->options.io, GA_DEFINITIONS_FOLDER,
                                    &l.fresh.arena, problems, &files, err);
    for (size_t i = 0; i < files.count && rc == GA_OK; i++)
        rc = load_file(&l, &files.items[i], err);
    if (rc != GA_OK) {
        ga_definitions_finish(&l.fresh);
        return rc;
    }
    ga_problems_sort(problems);
    ga_definitions_finish(&figures->definitions);
    figures->definitions = l.fresh;
    return GA_OK;
}
