/* Tells and writes down which forms stand first. */
#include "guanai/app/form_choice.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/record.h"
#include "guanai/store/view.h"
#include "private.h"

#include <stdlib.h>
#include <string.h>

#define FORM "form_choice"

static const char SELECT[] =
    "SELECT form_name, is_on FROM v_" FORM " WHERE form_name IS NOT NULL AND is_on IS NOT NULL AND from_on <= ?1 ORDER BY from_on, id";

struct first {
    const char **names;
    size_t count;
};

static void drop(struct first *first, const char *name)
{
    size_t kept = 0;
    for (size_t i = 0; i < first->count; i++)
        if (strcmp(first->names[i], name) != 0)
            first->names[kept++] = first->names[i];
    first->count = kept;
}

static bool has(const struct first *first, const char *name)
{
    for (size_t i = 0; i < first->count; i++)
        if (strcmp(first->names[i], name) == 0)
            return true;
    return false;
}

/* Only of forms that are there: so there is always room. */
static void add(struct first *first, struct ga_session *session, const char *name)
{
    const struct ga_forms *forms = session->forms;
    for (size_t i = 0; i < forms->names_count; i++)
        if (strcmp(forms->names[i], name) == 0 && !has(first, name))
            first->names[first->count++] = forms->names[i];
}

static enum ga_rc take_choices(struct first *first, struct ga_session *session, struct ga_stmt *stmt)
{
    bool has_row = false;
    enum ga_rc rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(session->today));
    while ((rc = ga_stmt_step(stmt, &has_row, NULL)) == GA_OK && has_row) {
        const char *name = ga_stmt_column_text(stmt, 0);
        if (ga_stmt_column_int(stmt, 1) != 0)
            add(first, session, name);
        else
            drop(first, name);
    }
    return rc;
}

static bool is_as_expected(const struct ga_form *form)
{
    return form != NULL && ga_form_field(form, "form_name") != NULL && ga_form_field(form, "is_on") != NULL &&
           ga_form_field(form, "from_on") != NULL;
}

/* Where they cannot be read the configuration alone holds: a menu never fails. */
static void read_choices(struct first *first, struct ga_session *session)
{
    const struct ga_form *form = ga_forms_get(session->forms, FORM, NULL);
    struct ga_stmt *stmt = NULL;
    int64_t count = 0;
    if (!is_as_expected(form) || ga_store_count(session->store, FORM, &count, NULL) != GA_OK || count == 0)
        return;
    if (ga_store_view(session->store, form, NULL, NULL) == GA_OK &&
        ga_stmt_prepare(ga_store_db(session->store), SELECT, &stmt, NULL) == GA_OK)
        take_choices(first, session, stmt);
    ga_stmt_destroy(stmt);
}

void ga_forms_first(struct ga_session *session, struct ga_arena *arena, const char *const **ret_names, size_t *ret_count)
{
    const struct ga_config *config = &session->config;
    const size_t room = session->forms->names_count + 1;
    struct first first = {.names = ga_arena_array(arena, room, sizeof(*first.names))};
    struct first all = {.names = ga_arena_array(arena, room, sizeof(*all.names))};
    for (size_t i = 0; i < config->forms_shown_count; i++)
        add(&first, session, config->forms_shown[i]);
    read_choices(&first, session);
    for (size_t i = 0; i < config->forms_shown_count; i++) /* off and on again: back where it was */
        if (has(&first, config->forms_shown[i]))
            add(&all, session, config->forms_shown[i]);
    for (size_t i = 0; i < first.count; i++)
        add(&all, session, first.names[i]);
    *ret_names = all.names;
    *ret_count = all.count;
}

struct placed {
    int64_t order;
    const char *name;
};

static int compare_placed(const void *a, const void *b)
{
    const struct placed *one = a, *other = b;
    return one->order != other->order ? (one->order > other->order) - (one->order < other->order) : strcmp(one->name, other->name);
}

static struct placed *place_all(struct ga_session *session, struct ga_arena *arena)
{
    const struct ga_forms *forms = session->forms;
    struct placed *placed = ga_arena_array(arena, forms->names_count + 1, sizeof(*placed));
    for (size_t i = 0; i < forms->names_count; i++) {
        const struct ga_form *form = ga_forms_get(session->forms, forms->names[i], NULL);
        placed[i] = (struct placed){form == NULL || form->order == 0 ? INT64_MAX : form->order, forms->names[i]};
    }
    qsort(placed, forms->names_count, sizeof(*placed), compare_placed);
    return placed;
}

void ga_forms_looked_for(struct ga_session *session, struct ga_arena *arena, const char *const **ret_names, size_t *ret_count)
{
    const size_t installed = session->forms->names_count;
    const struct placed *placed = place_all(session, arena);
    struct first all = {.names = ga_arena_array(arena, installed + 1, sizeof(*all.names))};
    const char *const *first;
    size_t count;
    ga_forms_first(session, arena, &first, &count);
    for (size_t i = 0; i < count; i++)
        add(&all, session, first[i]);
    for (size_t i = 0; i < installed; i++)
        add(&all, session, placed[i].name);
    *ret_names = all.names;
    *ret_count = all.count;
}

enum ga_rc ga_session_switch_form(struct ga_session *session, const char *form, bool is_on, struct ga_error *err)
{
    const struct ga_form *of = ga_forms_get(session->forms, form, NULL);
    if (of == NULL)
        return ga_error_set(err, GA_NOT_FOUND, "there is no form '%1'", form);
    if (of->is_by_program || strcmp(form, "child") == 0)
        return ga_error_set(err, GA_REFUSED, "this form is on no menu");
    const struct ga_written fields[] = {{"form_name", form}, {"is_on", is_on ? "1" : "0"}, {"from_on", GA_DATE_ISO(session->today)}};
    return ga_written_make(session, NULL, FORM, NULL, fields, GA_COUNT(fields), err);
}
