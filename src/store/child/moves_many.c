/* Reads what many files' operations say of places, in the order in which the log holds them. */
#include "child/moves.h"
#include "fold/said.h"

#include "guanai/base/alloc.h"
#include "guanai/base/order.h"

#include <stdlib.h>
#include <string.h>

/* An operation to read, later one that was read. */
struct of_file {
    int64_t op_no, file;
    struct ga_log_op op; /* says nothing but of places */
};

struct gathering {
    struct ga_store *store;
    struct ga_vec found;  /* struct of_file */
    struct ga_vec groups; /* const char *: ids of groups in which a place was said so far */
    struct ga_arena *arena;
};

static int by_op(const void *a, const void *b)
{
    const struct of_file *x = a, *y = b;
    return (x->op_no > y->op_no) - (x->op_no < y->op_no);
}

static int by_file(const void *a, const void *b)
{
    const struct of_file *x = a, *y = b;
    return x->file != y->file ? (x->file > y->file) - (x->file < y->file) : by_op(a, b);
}

static enum ga_rc list_operations(struct gathering *g, const int64_t *files, size_t count, struct ga_error *err)
{
    struct ga_vec numbers;
    enum ga_rc rc = GA_OK;
    ga_vec_init(&numbers, sizeof(int64_t));
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        ga_vec_clear(&numbers);
        rc = ga_log_numbers_of_record(g->store, files[i], 0, &numbers, err);
        for (size_t k = 0; rc == GA_OK && k < numbers.len; k++)
            *(struct of_file *)ga_vec_push(&g->found) =
                (struct of_file){.op_no = *GA_VEC_AT(int64_t, &numbers, k), .file = files[i]};
    }
    ga_vec_finish(&numbers);
    if (g->found.len > 0)
        qsort(g->found.items, g->found.len, sizeof(struct of_file), by_op);
    return rc;
}

static bool is_known(const struct gathering *g, const char *group)
{
    for (size_t i = 0; i < g->groups.len; i++)
        if (strcmp(*GA_VEC_AT(const char *, &g->groups, i), group) == 0)
            return true;
    return false;
}

/* One that says no place may still end what an older one of its name said. */
static bool is_of_places(struct gathering *g, const struct ga_operation_group *group)
{
    if (is_known(g, group->id))
        return true;
    for (int place = 0; place < GA_PLACES; place++)
        if (ga_said_value(group, ga_place_names[place]) != NULL) {
            *(const char **)ga_vec_push(&g->groups) = ga_arena_strdup(g->arena, group->id);
            return true;
        }
    return false;
}

static void copy_group(const struct ga_operation_group *from, struct ga_arena *arena, struct ga_operation_group *ret_group)
{
    struct ga_operation_field *fields = ga_arena_array(arena, from->fields_count, sizeof(*fields));
    uint32_t *replaces = ga_arena_array(arena, from->replaces_count, sizeof(*replaces));
    if (from->replaces_count > 0)
        memcpy(replaces, from->replaces, from->replaces_count * sizeof(*replaces));
    for (size_t i = 0; i < from->fields_count; i++) {
        fields[i] = from->fields[i];
        fields[i].id = ga_arena_strdup(arena, from->fields[i].id);
        if (fields[i].value.text != NULL)
            fields[i].value.text = ga_arena_strndup(arena, fields[i].value.text, fields[i].value.text_len);
    }
    *ret_group = (struct ga_operation_group){.id = ga_arena_strdup(arena, from->id), .replaces = replaces,
                                             .replaces_count = from->replaces_count, .fields = fields,
                                             .fields_count = from->fields_count};
}

/* What is not of places is left behind: a file says thirty other things, and thousands of files are held. */
static void copy_places(struct gathering *g, const struct ga_operation *from, struct ga_operation *ret_op)
{
    struct ga_operation_group *groups = ga_arena_array(g->arena, from->groups_count, sizeof(*groups));
    struct ga_hash *replaced = ga_arena_array(g->arena, from->replaced_count, sizeof(*replaced));
    *ret_op = (struct ga_operation){.form = ga_arena_strdup(g->arena, from->form), .local_day = from->local_day,
                                    .replaced = replaced, .replaced_count = from->replaced_count, .groups = groups};
    if (from->replaced_count > 0)
        memcpy(replaced, from->replaced, from->replaced_count * sizeof(*replaced));
    for (size_t i = 0; i < from->groups_count; i++)
        if (is_of_places(g, &from->groups[i]))
            copy_group(&from->groups[i], g->arena, &groups[ret_op->groups_count++]);
}

static enum ga_rc read_operation(struct gathering *g, struct of_file *of_file, struct ga_arena *scratch, struct ga_error *err)
{
    struct ga_log_op read;
    bool is_there;
    const enum ga_rc rc = ga_log_read(g->store, of_file->op_no, scratch, &read, &is_there, err);
    if (rc != GA_OK || !is_there) /* an erased one says nothing */
        return rc;
    of_file->op = (struct ga_log_op){.no = read.no, .leaf = read.leaf,
                                     .school = read.school == NULL ? NULL : ga_arena_strdup(g->arena, read.school)};
    copy_places(g, &read.op, &of_file->op.op);
    return GA_OK;
}

static void hand_out(struct gathering *g, struct ga_place_log *ret_log)
{
    const size_t count = g->found.len;
    struct of_file *found = g->found.items;
    int64_t *files = ga_arena_array(g->arena, count, sizeof(*files));
    struct ga_log_op *ops = ga_arena_array(g->arena, count, sizeof(*ops));
    *ret_log = (struct ga_place_log){.files = files, .ops = ops};
    if (count > 0)
        qsort(found, count, sizeof(*found), by_file);
    for (size_t i = 0; i < count; i++)
        if (found[i].op.op.groups_count > 0) {
            files[ret_log->count] = found[i].file;
            ops[ret_log->count++] = found[i].op;
        }
}

enum ga_rc ga_moves_gather(struct ga_store *store, const int64_t *files, size_t count, struct ga_arena *arena,
                           struct ga_place_log *ret_log, struct ga_error *err)
{
    struct gathering g = {.store = store, .arena = arena};
    struct ga_arena scratch = {0};
    ga_vec_init(&g.found, sizeof(struct of_file));
    ga_vec_init(&g.groups, sizeof(const char *));
    enum ga_rc rc = list_operations(&g, files, count, err);
    for (size_t i = 0; rc == GA_OK && i < g.found.len; i++) {
        ga_arena_reset(&scratch);
        rc = read_operation(&g, ga_vec_at(&g.found, i), &scratch, err);
    }
    if (rc == GA_OK)
        hand_out(&g, ret_log);
    ga_arena_finish(&scratch);
    ga_vec_finish(&g.groups);
    ga_vec_finish(&g.found);
    return rc;
}

const struct ga_log_op *ga_place_log_of(const struct ga_place_log *log, int64_t file, size_t *ret_count)
{
    const size_t first = ga_order_place(log->files, log->count, file), end = ga_order_place(log->files, log->count, file + 1);
    *ret_count = end - first;
    return log->ops + first;
}
