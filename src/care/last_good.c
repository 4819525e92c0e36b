/* Chooses for each file the text that is in force. */
#include "last_good.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/yaml/node.h"

#include <stdio.h>
#include <string.h>

/* A file on its way into force. */
struct loading {
    const struct ga_last_good *kind;
    const struct ga_folder_file *file;
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

/* Does the text of the file come into force? `ret_has_last`: else the last good one still can. */
static bool is_taken(const struct loading *l, bool *ret_has_last)
{
    const struct ga_last_good *kind = l->kind;
    struct ga_last_good_seen now = {0}, last = {0};
    struct ga_problems unsaid;
    ga_problems_init(&unsaid);
    const bool is_good = l->text.len > 0 && kind->look(kind->ctx, l->file, &l->text, l->problems, &now);
    *ret_has_last = l->last.len > 0 && kind->look(kind->ctx, l->file, &l->last, &unsaid, &last);
    const bool taken = is_good && (!*ret_has_last || may_follow(l, &now, &last));
    ga_problems_finish(&unsaid);
    ga_str_finish(&now.content);
    ga_str_finish(&last.content);
    return taken;
}

/* Leaves in `text` what is in force; that may be nothing. */
static enum ga_rc choose_text(struct loading *l, const char *setting, struct ga_error *err)
{
    bool has_last;
    if (is_taken(l, &has_last)) {
        const enum ga_rc rc = ga_store_set_setting(l->kind->store, setting, ga_str_text(&l->text), err);
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
    if (l->kind->take(l->kind->ctx, l->file, &l->text, &said) != GA_OK && said.list.len > 0) {
        const struct ga_problem *last = GA_VEC_AT(const struct ga_problem, &said.list, said.list.len - 1);
        ga_problems_add(l->problems, GA_FAULT, l->file->path, last->line, last->column)->what = last->what;
    }
    ga_problems_finish(&said);
}

static void read_file(struct loading *l)
{
    struct ga_error why = {0};
    if (ga_io_read_file(l->kind->io, l->file->path, GA_YAML_FILE_BYTES_MAX, &l->text, &why) != GA_OK)
        ga_problems_add(l->problems, GA_FAULT, l->file->path, 0, 0)->what = why.what;
    else if (l->text.len == 0)
        ga_message_set(&ga_problems_add(l->problems, GA_FAULT, l->file->path, 0, 0)->what, "this file is empty");
}

/* The usual case, nothing was changed, costs one reading. */
static enum ga_rc load_file(struct loading *l, struct ga_error *err)
{
    const struct ga_last_good *kind = l->kind;
    char setting[300];
    snprintf(setting, sizeof(setting), "%s.%s", kind->setting, l->file->name);
    read_file(l);
    enum ga_rc rc = ga_store_read_setting(kind->store, setting, &l->last, err);
    if (rc == GA_OK && l->text.len > 0 && is_same_text(&l->text, &l->last)) {
        kind->take(kind->ctx, l->file, &l->text, l->problems);
        return GA_OK;
    }
    if (rc == GA_OK)
        rc = choose_text(l, setting, err);
    if (rc == GA_OK && l->text.len > 0)
        take_chosen(l);
    return rc;
}

enum ga_rc ga_last_good_load(const struct ga_last_good *kind, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_folder_files files = {0};
    struct ga_arena arena = {0};
    enum ga_rc rc = ga_folders_list(kind->folders, kind->io, kind->inner, &arena, problems, &files, err);
    for (size_t i = 0; i < files.count && rc == GA_OK; i++) {
        struct loading l = {.kind = kind, .file = &files.items[i], .problems = problems};
        rc = load_file(&l, err);
        ga_str_finish(&l.text);
        ga_str_finish(&l.last);
    }
    ga_problems_sort(problems);
    ga_arena_finish(&arena);
    return rc;
}
