/* The names of people who have used this computer. */
#include "guanai/app/names.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"

#include <string.h>

/* Settings of one line a name: before there are accounts nobody else keeps them. */
static const char used[] = "names_used", typed_for[] = "doers_used";

static size_t read_names(struct ga_store *store, const char *setting, struct ga_arena *arena,
                         const char *ret_names[GA_NAMES_MAX])
{
    const char *kept = ga_store_setting(store, setting);
    size_t count = 0;
    for (const char *at = kept != NULL ? kept : ""; *at != '\0' && count < GA_NAMES_MAX;) {
        size_t len = strcspn(at, "\n");
        if (len > 0)
            ret_names[count++] = ga_arena_strndup(arena, at, len);
        at += len + (at[len] == '\n');
    }
    return count;
}

size_t ga_names_read(struct ga_store *store, struct ga_arena *arena, const char *ret_names[GA_NAMES_MAX])
{
    return read_names(store, used, arena, ret_names);
}

static bool has_name(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

size_t ga_names_read_doers(struct ga_store *store, struct ga_arena *arena, const char *ret_names[GA_DOERS_MAX])
{
    const char *sitters[GA_NAMES_MAX];
    const size_t sitters_count = read_names(store, used, arena, sitters);
    size_t count = read_names(store, typed_for, arena, ret_names);
    for (size_t i = 0; i < sitters_count; i++)
        if (!has_name(ret_names, count, sitters[i]) && strcmp(sitters[i], ga_store_typist(store)) != 0)
            ret_names[count++] = sitters[i];
    return count;
}

static enum ga_rc remember(struct ga_store *store, const char *setting, const char *name, struct ga_error *err)
{
    const char *names[GA_NAMES_MAX];
    struct ga_arena arena;
    struct ga_str text = {0};
    ga_arena_init(&arena);
    size_t count = read_names(store, setting, &arena, names);
    ga_str_addf(&text, "%s\n", name);
    for (size_t i = 0; i < count && i + 1 < GA_NAMES_MAX; i++)
        if (strcmp(names[i], name) != 0)
            ga_str_addf(&text, "%s\n", names[i]);
    enum ga_rc rc = ga_store_set_setting(store, setting, ga_str_text(&text), err);
    ga_str_finish(&text);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_names_remember(struct ga_store *store, const char *name, struct ga_error *err)
{
    return remember(store, used, name, err);
}

enum ga_rc ga_names_remember_doer(struct ga_store *store, const char *name, struct ga_error *err)
{
    return remember(store, typed_for, name, err);
}

/* Forms a school may be without: then nobody is known by them. */
static const char *const people[] = {
    "SELECT teacher FROM class_teacher WHERE teacher IS NOT NULL GROUP BY teacher ORDER BY max(rowid) DESC LIMIT 300",
    "SELECT proxy_parent FROM child WHERE proxy_parent IS NOT NULL GROUP BY proxy_parent ORDER BY count(*) DESC LIMIT 300",
    "SELECT name FROM helper WHERE name IS NOT NULL ORDER BY rowid DESC LIMIT 300",
};

static size_t add_name(const char **names, size_t count, const char *name)
{
    if (count < GA_PEOPLE_MAX && name[0] != '\0' && !has_name(names, count, name))
        names[count++] = name;
    return count;
}

static size_t add_people(struct ga_store *store, const char *sql, struct ga_arena *arena, const char **names, size_t count)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (ga_stmt_prepare(ga_store_db(store), sql, &stmt, NULL) != GA_OK)
        return count;
    while (count < GA_PEOPLE_MAX && ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row)
        count = add_name(names, count, ga_arena_strdup(arena, ga_stmt_column_text(stmt, 0)));
    ga_stmt_destroy(stmt);
    return count;
}

size_t ga_names_read_people(struct ga_store *store, struct ga_arena *arena, const char *ret_names[GA_PEOPLE_MAX], size_t count)
{
    const char *here[GA_NAMES_MAX], *others[GA_DOERS_MAX];
    const size_t here_count = ga_names_read(store, arena, here), others_count = ga_names_read_doers(store, arena, others);
    for (size_t i = 0; i < here_count; i++)
        count = add_name(ret_names, count, here[i]);
    for (size_t i = 0; i < others_count; i++)
        count = add_name(ret_names, count, others[i]);
    for (size_t i = 0; i < GA_COUNT(people); i++)
        count = add_people(store, people[i], arena, ret_names, count);
    return count;
}
