/* Chooses for each file the text that is in force. */
#include "last_good.h"

#include "expression.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/yaml/node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file on its way into force. */
struct loading {
    const struct ga_last_good_kind *kind;
    const struct ga_figures_options *options;
    const struct ga_last_good_means *means;
    const struct ga_folder_file *file;
    void *set;          /* that is being made */
    void *alone, *past; /* two of one file each, to compare them */
    struct ga_problems *problems;
    struct ga_str text, last; /* of the file; the last good one */
};

static bool is_same_text(const struct ga_str *a, const struct ga_str *b)
{
    return a->len == b->len && memcmp(ga_str_text(a), ga_str_text(b), a->len) == 0;
}

static bool may_follow(const struct loading *l, const struct ga_last_good_seen *now, const struct ga_last_good_seen *last)
{
    if (now->version > last->version || is_same_text(&now->content, &last->content))
        return true;
    struct ga_problem *problem = ga_problems_add(l->problems, GA_WARNING, l->file->path, now->at.line, now->at.column);
    ga_message_set(&problem->what, l->kind->has_changed, now->name, GA_NUM(last->version));
    ga_message_set(&problem->hint, "the one in force stays; give the file a higher version to change it");
    return false;
}

/* Reads a text by itself. false: it has faults, which went to problems. */
static bool look_at_text(const struct loading *l, void *set, const struct ga_str *text, struct ga_problems *problems,
                         struct ga_last_good_seen *ret_seen)
{
    if (text->len == 0 || l->kind->take(set, l->means, l->file, text, problems) != GA_OK)
        return false;
    l->kind->look(set, ret_seen);
    return true;
}

/* Does the text of the file come into force? `ret_has_last`: else the last good one still can. */
static bool is_taken(const struct loading *l, bool *ret_has_last)
{
    struct ga_last_good_seen now = {0}, last = {0};
    struct ga_problems unsaid;
    ga_problems_init(&unsaid);
    const bool is_good = look_at_text(l, l->alone, &l->text, l->problems, &now);
    *ret_has_last = look_at_text(l, l->past, &l->last, &unsaid, &last);
    const bool taken = is_good && (!*ret_has_last || may_follow(l, &now, &last));
    ga_problems_finish(&unsaid);
    ga_str_finish(&now.content);
    ga_str_finish(&last.content);
    l->kind->finish(l->alone);
    l->kind->finish(l->past);
    return taken;
}

/* Leaves in `text` what is in force; that may be nothing. */
static enum ga_rc choose_text(struct loading *l, const char *setting, struct ga_error *err)
{
    bool has_last;
    if (is_taken(l, &has_last)) {
        const enum ga_rc rc = ga_store_set_setting(l->options->store, setting, ga_str_text(&l->text), err);
        return rc == GA_IO ? GA_OK : rc; /* a full disk: kept another time, it is in force today */
    }
    ga_str_clear(&l->text);
    ga_str_add(&l->text, has_last ? ga_str_text(&l->last) : "");
    return GA_OK;
}

/* Of a text that was chosen everything was told but that another file says the same thing. */
static void take_chosen(struct loading *l)
{
    struct ga_problems said;
    ga_problems_init(&said);
    if (l->kind->take(l->set, l->means, l->file, &l->text, &said) != GA_OK && said.list.len > 0) {
        const struct ga_problem *last = GA_VEC_AT(const struct ga_problem, &said.list, said.list.len - 1);
        ga_problems_add(l->problems, GA_FAULT, l->file->path, last->line, last->column)->what = last->what;
    }
    ga_problems_finish(&said);
}

static void read_file(struct loading *l)
{
    struct ga_error why = {0};
    if (ga_io_read_file(l->options->io, l->file->path, GA_YAML_FILE_BYTES_MAX, &l->text, &why) != GA_OK)
        ga_problems_add(l->problems, GA_FAULT, l->file->path, 0, 0)->what = why.what;
    else if (l->text.len == 0)
        ga_message_set(&ga_problems_add(l->problems, GA_FAULT, l->file->path, 0, 0)->what, "this file is empty");
}

/* The usual case, nothing was changed, costs one reading. */
static enum ga_rc load_file(struct loading *l, struct ga_error *err)
{
    char setting[300];
    snprintf(setting, sizeof(setting), "%s.%s", l->kind->setting, l->file->name);
    read_file(l);
    enum ga_rc rc = ga_store_read_setting(l->options->store, setting, &l->last, err);
    if (rc == GA_OK && l->text.len > 0 && is_same_text(&l->text, &l->last)) {
        l->kind->take(l->set, l->means, l->file, &l->text, l->problems);
        return GA_OK;
    }
    if (rc == GA_OK)
        rc = choose_text(l, setting, err);
    if (rc == GA_OK && l->text.len > 0)
        take_chosen(l);
    return rc;
}

static enum ga_rc load_files(const struct loading *proto, const struct ga_folder_files *files, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < files->count && rc == GA_OK; i++) {
        struct loading l = *proto;
        l.file = &files->items[i];
        rc = load_file(&l, err);
        ga_str_finish(&l.text);
        ga_str_finish(&l.last);
    }
    return rc;
}

enum ga_rc ga_last_good_load(const struct ga_last_good_kind *kind, const struct ga_figures *figures, void *ret_set,
                             struct ga_problems *problems, struct ga_error *err)
{
    const struct ga_figures_options *options = &figures->options;
    struct ga_expressions expressions;
    const struct ga_last_good_means means = {&figures->definitions, &expressions};
    const struct loading l = {.kind = kind, .options = options, .means = &means, .set = ret_set, .problems = problems,
                              .alone = ga_alloc(kind->set_bytes), .past = ga_alloc(kind->set_bytes)};
    struct ga_folder_files files = {0};
    struct ga_arena arena = {0};
    memset(ret_set, 0, kind->set_bytes);
    ga_expressions_open(&expressions, ga_store_forms(options->store));
    enum ga_rc rc = ga_folders_list(&options->folders, options->io, kind->inner, &arena, problems, &files, err);
    if (rc == GA_OK)
        rc = load_files(&l, &files, err);
    if (rc != GA_OK)
        kind->finish(ret_set);
    ga_problems_sort(problems);
    ga_arena_finish(&arena);
    ga_expressions_close(&expressions);
    free(l.alone);
    free(l.past);
    return rc;
}

/* Files as they lie there. */
struct reading {
    const struct ga_last_good_kind *kind;
    const struct ga_last_good_means *means;
    void *set;
    struct ga_problems *problems;
};

static void take_file(void *ctx, const struct ga_folder_file *file, const struct ga_str *text)
{
    const struct reading *r = ctx;
    r->kind->take(r->set, r->means, file, text, r->problems);
}

enum ga_rc ga_last_good_read_folders(const struct ga_last_good_kind *kind, void *set, struct ga_forms *forms,
                                     const struct ga_definitions *definitions, const struct ga_io_ops *io,
                                     const struct ga_folders *folders, struct ga_problems *problems)
{
    struct ga_expressions expressions;
    const struct ga_last_good_means means = {definitions, &expressions};
    struct reading r = {.kind = kind, .means = &means, .set = set, .problems = problems};
    struct ga_arena arena = {0};
    ga_expressions_open(&expressions, forms);
    const enum ga_rc rc = ga_folders_read(folders, io, kind->inner, GA_YAML_FILE_BYTES_MAX, &arena, problems, take_file, &r);
    ga_expressions_close(&expressions);
    ga_arena_finish(&arena);
    return rc;
}
