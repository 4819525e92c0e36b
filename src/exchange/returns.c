/* Opens the files of children who left and stand in the roster again. */
#include "guanai/exchange/import_returns.h"

#include "inner.h"

#include "guanai/base/num.h"
#include "guanai/store/life.h"

#include <stdlib.h>

enum ga_rc ga_returns_load(struct ga_import *import, struct ga_error *err)
{
    ga_vec_clear(&import->left);
    if (!ga_str_equal(import->form->name, "child"))
        return GA_OK;
    return ga_store_left(import->tools.store, &import->left, err);
}

static int compare_ids(const void *a, const void *b)
{
    return ga_uuid_compare(a, b);
}

/* Where a child stands, or would, among those who are to stay gone. */
static size_t place_of(const struct ga_vec *stays, const struct ga_uuid *id, bool *ret_is_there)
{
    size_t from = 0, until = stays->len;
    while (from < until) {
        const size_t middle = (from + until) / 2;
        if (ga_uuid_compare(ga_vec_at(stays, middle), id) < 0)
            from = middle + 1;
        else
            until = middle;
    }
    *ret_is_there = from < stays->len && ga_uuid_compare(ga_vec_at(stays, from), id) == 0;
    return from;
}

/* Those who left are few: only of them it is asked how. */
void ga_returns_note(struct ga_import *import, struct planned *planned)
{
    struct ga_departure departure;
    bool has_left = false;
    if (import->left.len == 0 ||
        bsearch(&planned->target, import->left.items, import->left.len, sizeof(struct ga_uuid), compare_ids) == NULL)
        return;
    planned->comes_back =
        ga_store_departure(import->tools.store, &planned->target, &has_left, &departure, NULL) == GA_OK && has_left &&
        departure.may_return;
    bool stays = false;
    place_of(&import->stays, &planned->target, &stays);
    planned->stays_gone = planned->comes_back && stays;
}

static bool is_reopened(const struct planned *planned)
{
    return planned->comes_back && !planned->stays_gone;
}

static void set_text(struct ga_answers *answers, const char *name, const char *text)
{
    const struct ga_field *field = ga_form_field(answers->form, name);
    const struct ga_value value = ga_value_text(text);
    if (field != NULL && text[0] != '\0' && ga_field_fits(field, &value))
        ga_answers_set(answers, field, &value);
}

/* The file that has the child again is the reason. */
enum ga_rc ga_returns_put(struct ga_import *import, struct ga_save *save, const struct planned *planned,
                          struct ga_error *err)
{
    const struct ga_form *form;
    struct ga_answers answers;
    char day[GA_DATE_SIZE];
    if (!is_reopened(planned))
        return GA_OK;
    form = ga_forms_get(ga_store_forms(import->tools.store), "status_change", err);
    if (form == NULL)
        return GA_NOT_FOUND;
    ga_answers_init(&answers, form);
    answers.child = planned->target;
    set_text(&answers, "kind", "returned");
    set_text(&answers, "from_on", ga_date_iso(ga_store_local_day(import->tools.store), day));
    set_text(&answers, "doer", ga_store_user(import->tools.store));
    set_text(&answers, "reason", import->origin.name);
    const struct ga_save_record record = {.after = &answers};
    enum ga_rc rc = ga_save_put(save, &record, NULL, err);
    ga_answers_finish(&answers);
    import->returned += rc == GA_OK;
    return rc;
}

void ga_returns_say(struct ga_import *import, const struct planned *planned, struct ga_vec *said)
{
    struct ga_arena arena = {0};
    const char *how;
    if (!planned->comes_back || import->is_applied)
        return;
    how = ga_store_departure_text(import->tools.store, &planned->target, import->lang, &arena);
    if (planned->stays_gone)
        ga_message_set(ga_add_message(said), "left (%1); stays gone, as was said", how);
    else
        ga_message_set(ga_add_message(said), "left (%1) and stands in the file again: comes back, the old file is opened again", how);
    ga_arena_finish(&arena);
}

bool ga_import_row_returns(const struct ga_import *import, size_t i)
{
    return GA_SHELF_AT(struct planned, import->rows, i)->comes_back;
}

size_t ga_import_returns(const struct ga_import *import)
{
    size_t count = 0;
    for (size_t i = 0; i < import->rows->len; i++)
        count += ga_import_row_returns(import, i);
    return count;
}

size_t ga_import_to_return(const struct ga_import *import)
{
    size_t count = 0;
    for (size_t i = 0; i < import->rows->len; i++)
        count += is_reopened(GA_SHELF_AT(struct planned, import->rows, i));
    return count;
}

void ga_returns_let_stay(struct ga_import *import, const struct ga_uuid *child, bool stays_gone)
{
    bool is_there;
    const size_t at = place_of(&import->stays, child, &is_there);
    if (is_there && !stays_gone)
        ga_vec_remove(&import->stays, at);
    else if (!is_there && stays_gone)
        *(struct ga_uuid *)ga_vec_insert(&import->stays, at) = *child;
}

void ga_import_let_return(struct ga_import *import, size_t i, bool comes_back)
{
    struct planned *planned = ga_shelf_change(import->rows, i);
    planned->stays_gone = !comes_back;
    ga_returns_let_stay(import, &planned->target, !comes_back);
}

void ga_import_keep_returns(struct ga_import *import, const struct ga_import *earlier)
{
    ga_vec_clear(&import->stays);
    for (size_t i = 0; earlier != NULL && i < earlier->stays.len; i++)
        *(struct ga_uuid *)ga_vec_push(&import->stays) = *GA_VEC_AT(const struct ga_uuid, &earlier->stays, i);
}

void ga_import_let_all_return(struct ga_import *import, bool come_back)
{
    for (size_t i = 0; i < import->rows->len; i++)
        if (ga_import_row_returns(import, i))
            ga_import_let_return(import, i, come_back);
}
