/* Tells whose children they are. */
#include "guanai/care/whose.h"

#include "due/due_inner.h"

#include <string.h>

/* Today, over a holiday. */
static bool is_watched_by(const struct ga_care *care, const char *class_key, const char *name)
{
    const char *watcher = ga_due_watcher_of(&care->decisions, class_key, care->windows.today);
    return watcher != NULL && strcmp(watcher, name) == 0;
}

enum ga_rc ga_care_has_children(struct ga_care *care, const char *name, bool *ret_has, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has = false;
    enum ga_rc rc = ga_care_follow(care, err);
    for (size_t i = 0; rc == GA_OK && i < care->places.classes_count && !has; i++)
        has = strcmp(ga_due_teacher_of(&care->decisions, care->places.items[i].key), name) == 0 ||
              is_watched_by(care, care->places.items[i].key, name);
    if (rc == GA_OK && !has)
        rc = ga_due_stmt(care, GA_DUE_HAS_PROXY, &stmt, err);
    if (rc == GA_OK && !has) {
        ga_stmt_bind_text(stmt, 1, name);
        rc = ga_stmt_step(stmt, &has, err);
        ga_stmt_reset(stmt);
    }
    if (rc == GA_OK)
        *ret_has = has;
    return rc;
}

enum ga_rc ga_care_is_child_of(struct ga_care *care, const char *name, const struct ga_roster_row *child, bool *ret_is,
                               struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_care_follow(care, err);
    const char *key = ga_due_class_key(&arena, child->site, child->grade, child->class_no);
    bool is = rc == GA_OK && (strcmp(ga_due_teacher_of(&care->decisions, key), name) == 0 || is_watched_by(care, key, name));
    if (rc == GA_OK && !is)
        rc = ga_due_stmt(care, GA_DUE_GET_CHILD, &stmt, err);
    if (rc == GA_OK && !is) {
        ga_stmt_bind_int(stmt, 1, child->no);
        rc = ga_stmt_step(stmt, &has_row, err);
        for (int column = 2; rc == GA_OK && has_row && column <= 3 && !is; column++) { /* proxy parent, named in the plan */
            const char *whose = ga_stmt_column_text(stmt, column);
            is = whose != NULL && strcmp(whose, name) == 0;
        }
        ga_stmt_reset(stmt);
    }
    ga_arena_finish(&arena);
    if (rc == GA_OK)
        *ret_is = is;
    return rc;
}

enum ga_rc ga_care_own_class(struct ga_care *care, const char *name, const struct ga_roster_class *classes, size_t count,
                             size_t *ret_at, struct ga_error *err)
{
    struct ga_arena arena = {0};
    size_t own = 0, at = count;
    const enum ga_rc rc = ga_care_follow(care, err);
    for (size_t i = 0; rc == GA_OK && i < count && name[0] != '\0'; i++) {
        const char *key = ga_due_class_key(&arena, classes[i].site, classes[i].grade, classes[i].class_no);
        if (strcmp(ga_due_teacher_of(&care->decisions, key), name) != 0)
            continue;
        at = i;
        own++;
    }
    ga_arena_finish(&arena);
    if (rc == GA_OK)
        *ret_at = own == 1 ? at : count;
    return rc;
}

enum ga_rc ga_care_classes_of(struct ga_care *care, const char *name, size_t limit, struct ga_arena *arena,
                              struct ga_roster_class *classes, size_t *ret_count, struct ga_error *err)
{
    size_t count = 0;
    const enum ga_rc rc = ga_care_follow(care, err);
    for (size_t i = 0; rc == GA_OK && i < care->places.classes_count && name[0] != '\0' && count < limit; i++) {
        const struct ga_due_place *place = &care->places.items[i];
        if (strcmp(ga_due_teacher_of(&care->decisions, place->key), name) == 0)
            classes[count++] = (struct ga_roster_class){.site = ga_arena_strdup(arena, place->site), .grade = ga_arena_strdup(arena, place->grade),
                                                        .class_no = ga_arena_strdup(arena, place->class_no), .shown = ""};
    }
    if (rc == GA_OK)
        *ret_count = count;
    return rc;
}

enum ga_rc ga_care_scope_of(struct ga_care *care, const char *name, const char **ret_scope, struct ga_error *err)
{
    const char *headteacher = ga_store_setting(care->options.store, "administrator");
    bool has = false;
    enum ga_rc rc = GA_OK;
    if (name[0] != '\0' && (headteacher == NULL || strcmp(headteacher, name) != 0))
        rc = ga_care_has_children(care, name, &has, err);
    if (rc == GA_OK)
        *ret_scope = has ? name : NULL;
    return rc;
}
