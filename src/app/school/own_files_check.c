/* Looks into a school's own files as they would lie beside each other, before any of them is written. */
#include "school/own_files_inner.h"

#include "guanai/app/definitions.h"
#include "guanai/base/alloc.h"
#include "guanai/yaml/schema.h"

#include <stddef.h>
#include <string.h>

bool ga_own_file_takes(const struct ga_own_file *file, const struct ga_shared_text **ret_text)
{
    if (file->pick < 0 || (size_t)file->pick >= file->texts_count || file->finding.id != NULL)
        return false;
    *ret_text = &file->texts[file->pick];
    return true;
}

/* Puts the picks without findings over the disk; paths live in the arena. */
static void lay_files(struct ga_session *session, const struct ga_vec *files, struct ga_arena *arena, struct ga_io_over *over)
{
    for (size_t i = 0; i < files->len; i++) {
        const struct ga_own_file *file = GA_VEC_AT(const struct ga_own_file, files, i);
        const struct ga_shared_text *text;
        if (!ga_own_file_is_calendar(file) && ga_own_file_takes(file, &text))
            ga_io_over_put(over, ga_own_file_path(session, file, arena), text->text, text->len);
    }
}

/* ---- findings ---- */

static const struct ga_problem *first_fault(const struct ga_problems *problems, const char *path)
{
    for (size_t i = 0; i < problems->list.len; i++) {
        const struct ga_problem *problem = GA_VEC_AT(const struct ga_problem, &problems->list, i);
        if (problem->severity == GA_FAULT && ga_str_equal(problem->file, path))
            return problem;
    }
    return NULL;
}

static bool is_same_problem(const struct ga_problem *a, const struct ga_problem *b)
{
    char first[GA_MESSAGE_BYTES], second[GA_MESSAGE_BYTES];
    return ga_str_equal(a->file, b->file) && strcmp(ga_message_text(&a->what, GA_EN, first, sizeof(first)),
                                                    ga_message_text(&b->what, GA_EN, second, sizeof(second))) == 0;
}

/* A fault that was not there before; NULL: none. */
static const struct ga_problem *new_fault(const struct ga_problems *now, const struct ga_problems *before)
{
    for (size_t i = 0; i < now->list.len; i++) {
        const struct ga_problem *problem = GA_VEC_AT(const struct ga_problem, &now->list, i);
        bool was_there = problem->severity != GA_FAULT;
        for (size_t k = 0; !was_there && k < before->list.len; k++)
            was_there = is_same_problem(problem, GA_VEC_AT(const struct ga_problem, &before->list, k));
        if (!was_there)
            return problem;
    }
    return NULL;
}

static void set_finding(struct ga_own_file *file, const struct ga_problem *problem)
{
    file->finding = problem->what;
    file->finding_line = problem->line;
}

/* Each file has its own faults. Answers how many more have one than before. */
static size_t blame_own(struct ga_session *session, struct ga_vec *files, const struct ga_problems *problems, struct ga_arena *arena)
{
    size_t blamed = 0;
    for (size_t i = 0; i < files->len; i++) {
        struct ga_own_file *file = ga_vec_at(files, i);
        if (file->pick == GA_OWN_PICK_NONE || file->finding.id != NULL)
            continue;
        const struct ga_problem *fault = first_fault(problems, ga_own_file_path(session, file, arena));
        if (fault != NULL)
            set_finding(file, fault);
        blamed += fault != NULL && file->pick >= 0;
    }
    return blamed;
}

/* Files that are sound by themselves make another one faulty: nobody can say which of them does. */
static bool blame_all(struct ga_vec *files, const struct ga_problem *fault)
{
    bool has_blamed = false;
    for (size_t i = 0; i < files->len; i++) {
        struct ga_own_file *file = ga_vec_at(files, i);
        const struct ga_shared_text *text;
        if (ga_own_file_is_calendar(file) || !ga_own_file_takes(file, &text))
            continue;
        set_finding(file, fault);
        file->finding_line = 0;
        has_blamed = true;
    }
    return has_blamed;
}

static enum ga_rc check_as_laid(struct ga_session *session, const struct ga_vec *files, struct ga_arena *arena,
                                struct ga_problems *problems, struct ga_error *err)
{
    struct ga_io_over over;
    ga_io_over_init(&over, session->options->io);
    if (files != NULL)
        lay_files(session, files, arena, &over);
    const enum ga_rc rc = ga_definitions_check(&over.ops, &session->forms_folders, &session->config, problems, err);
    ga_io_over_finish(&over);
    return rc;
}

/* Sound files may make another one faulty. What was faulty before is nobody's here: it is looked at only where needed. */
static enum ga_rc blame_others(struct ga_session *session, struct ga_vec *files, const struct ga_problems *now, struct ga_arena *arena,
                               bool *ret_has_blamed, struct ga_error *err)
{
    struct ga_problems before;
    ga_problems_init(&before);
    const enum ga_rc rc = now->faults > 0 ? check_as_laid(session, NULL, arena, &before, err) : GA_OK;
    const struct ga_problem *fault = rc == GA_OK ? new_fault(now, &before) : NULL;
    *ret_has_blamed = fault != NULL && blame_all(files, fault);
    ga_problems_finish(&before);
    return rc;
}

/* What is faulty is left out, until what is left is sound. */
static enum ga_rc check_together(struct ga_session *session, struct ga_vec *files, struct ga_arena *arena, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (bool has_more = true; rc == GA_OK && has_more;) {
        struct ga_problems problems;
        ga_problems_init(&problems);
        rc = check_as_laid(session, files, arena, &problems, err);
        has_more = rc == GA_OK && blame_own(session, files, &problems, arena) > 0;
        if (rc == GA_OK && !has_more)
            rc = blame_others(session, files, &problems, arena, &has_more, err);
        ga_problems_finish(&problems);
    }
    return rc;
}

/* What can be said of a text without reading it among others. */
static void check_alone(struct ga_session *session, struct ga_own_file *file)
{
    const struct ga_shared_text *text;
    struct ga_str config = {0};
    struct ga_error why = {0};
    if (!ga_own_file_takes(file, &text))
        return;
    if (!ga_own_file_has_fine_name(file))
        ga_message_set(&file->finding, "a file of definitions cannot have this name");
    else if (text->is_damaged)
        ga_message_set(&file->finding, "it came without the text that it is said to have");
    else if (ga_own_file_is_calendar(file) && ga_own_calendar_lay(session, text, &config, &why) != GA_OK)
        file->finding = why.what;
    ga_str_finish(&config);
}

enum ga_rc ga_own_files_check(struct ga_session *session, struct ga_vec *files, struct ga_error *err)
{
    struct ga_arena arena = {0};
    bool has_any = false;
    for (size_t i = 0; i < files->len; i++) {
        struct ga_own_file *file = ga_vec_at(files, i);
        check_alone(session, file);
        has_any |= file->pick != GA_OWN_PICK_NONE && !ga_own_file_is_calendar(file);
    }
    const enum ga_rc rc = has_any ? check_together(session, files, &arena, err) : GA_OK;
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_own_files_weigh(struct ga_session *session, const struct ga_vec *files, ga_weighing_fn each, void *ctx,
                              struct ga_error *err)
{
    struct ga_io_over over;
    struct ga_problems problems;
    struct ga_arena arena = {0};
    ga_io_over_init(&over, session->options->io);
    ga_problems_init(&problems);
    lay_files(session, files, &arena, &over);
    const enum ga_rc rc =
        ga_store_weigh_folders(session->store, &over.ops, &session->forms_folders, each, ctx, &problems, err);
    ga_problems_finish(&problems);
    ga_io_over_finish(&over);
    ga_arena_finish(&arena);
    return rc;
}

/* ---- titles ---- */

struct head {
    const char *form;
    struct ga_label title;
};

static const struct ga_yaml_row head_rows[] = {
    {"form", GA_YAML_TEXT, .offset = offsetof(struct head, form)},
    {"title", GA_YAML_LABEL, .offset = offsetof(struct head, title)},
    {0},
};
static const struct ga_yaml_schema head_schema = {GA_N_("form"), sizeof(struct head), head_rows, NULL};

/* The other keys are of no interest: what is wrong with them others say. */
static void read_head(struct ga_own_file *file, struct ga_arena *arena)
{
    const char *text = file->text;
    size_t len = file->len;
    struct head head = {0};
    struct ga_problems ignored;
    for (size_t i = 0; i < file->texts_count && text == NULL; i++) {
        text = file->texts[i].text;
        len = file->texts[i].len;
    }
    if (ga_own_file_is_calendar(file)) {
        file->title = (struct ga_label){ga_tr(GA_ZH, "Calendar and sites"), "Calendar and sites"};
        return;
    }
    if (text == NULL)
        return;
    ga_problems_init(&ignored);
    ga_yaml_load(&head_schema, text, len, file->name, arena, &head, &ignored);
    ga_problems_finish(&ignored);
    file->form = head.form;
    if (head.title.zh != NULL)
        file->title = head.title;
}

enum ga_rc ga_own_files_list(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_files, struct ga_error *err)
{
    enum ga_rc rc = ga_own_files_gather(session, arena, ret_files, err);
    for (size_t i = 0; i < ret_files->len; i++)
        read_head(ga_vec_at(ret_files, i), arena);
    return rc == GA_OK ? ga_own_files_check(session, ret_files, err) : rc;
}
