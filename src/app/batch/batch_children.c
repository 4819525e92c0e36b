/* Whose rows a sheet has. */
#include "batch/batch_inner.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* All rows of one choice, in the order of the printed roster, with its numbers; of a sheet the left-behind children first. */
static enum ga_rc take_rows(struct ga_batch *batch, const struct ga_whom *whom, const char *title,
                            struct ga_error *err)
{
    struct ga_arena arena;
    struct ga_whom_child *children = NULL;
    size_t count = 0;
    ga_arena_init(&arena);
    enum ga_rc rc = ga_whom_read(batch->session, whom, GA_BATCH_ROWS_MAX, &arena, &children, &count, err);
    if (rc == GA_OK) {
        ga_batch_clear_rows(batch);
        ga_str_copy(batch->title, sizeof(batch->title), title);
        for (size_t i = 0; i < count; i++)
            if (batch->sheet[0] == '\0' || children[i].row->is_left_behind)
                ga_batch_add_row(batch, &children[i]);
        for (size_t i = 0; i < count && batch->sheet[0] != '\0'; i++)
            if (!children[i].row->is_left_behind)
                ga_batch_add_row(batch, &children[i]);
    }
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_batch_take_class(struct ga_batch *batch, const struct ga_roster_class *class, struct ga_error *err)
{
    return take_rows(batch, &(struct ga_whom){.class = class}, class->shown, err);
}

enum ga_rc ga_batch_take_village(struct ga_batch *batch, const char *village, struct ga_error *err)
{
    return take_rows(batch, &(struct ga_whom){.village = village}, village, err);
}

/* Who is gone since is left out without a word: a table of last term still opens. The parts of a sheet keep the same rows. */
enum ga_rc ga_batch_add_child(struct ga_batch *batch, const struct ga_uuid *child, struct ga_error *err)
{
    struct ga_arena arena;
    struct ga_roster_row row;
    ga_arena_init(&arena);
    enum ga_rc rc = ga_roster_row(batch->session->store, child, batch->session->lang, &arena, &row, err);
    if (rc == GA_OK && (!row.has_left || batch->sheet[0] != '\0'))
        ga_batch_add_row(batch, &(struct ga_whom_child){&row, ga_whom_number(batch->session, &row)});
    ga_arena_finish(&arena);
    return rc == GA_NOT_FOUND ? GA_OK : rc;
}

void ga_batch_number_rows(struct ga_batch *batch)
{
    bool is_one_class = true;
    for (size_t i = 1; i < batch->rows.len; i++)
        is_one_class &= strcmp(ga_batch_row(batch, i)->class_shown, ga_batch_row(batch, 0)->class_shown) == 0;
    for (size_t i = 0; i < batch->rows.len && !is_one_class && batch->sheet[0] == '\0'; i++)
        ga_batch_row(batch, i)->number = (int64_t)i + 1;
}

/* Those of the last time: "TITLE\nUUID UUID …". */

size_t ga_batch_row_of(const struct ga_batch *batch, const struct ga_uuid *child)
{
    for (size_t i = 0; i < batch->rows.len; i++)
        if (ga_uuid_compare(&ga_batch_row(batch, i)->child, child) == 0)
            return i;
    return SIZE_MAX;
}

static const char *read_last(struct ga_session *session, const char *form)
{
    char setting[256];
    ga_batch_setting(setting, sizeof(setting), session, "children", form);
    return ga_store_setting(session->store, setting);
}

bool ga_batch_has_last(struct ga_session *session, const char *form)
{
    return read_last(session, form) != NULL;
}

enum ga_rc ga_batch_remember_children(const struct ga_batch *batch, struct ga_error *err)
{
    char setting[256], id[GA_UUID_TEXT_SIZE];
    struct ga_str text = {0};
    ga_str_addf(&text, "%s\n", batch->title);
    for (size_t i = 0; i < batch->rows.len; i++)
        if (ga_batch_row(batch, i)->is_saved || ga_batch_is_filled(batch, i))
            ga_str_addf(&text, "%s ", ga_uuid_text(&ga_batch_row(batch, i)->child, id));
    ga_batch_own_setting(batch, "children", setting, sizeof(setting));
    enum ga_rc rc = ga_store_set_setting(batch->session->store, setting, ga_str_text(&text), err);
    ga_str_finish(&text);
    return rc;
}

enum ga_rc ga_batch_take_last(struct ga_batch *batch, struct ga_error *err)
{
    const char *kept = read_last(batch->session, batch->form->name);
    if (kept == NULL)
        return ga_error_set(err, GA_NOT_FOUND, "nothing was entered this way before");
    char *text = ga_strdup(kept), *rest = strchr(text, '\n'), *end = NULL;
    struct ga_uuid id;
    enum ga_rc rc = GA_OK;
    ga_batch_clear_rows(batch);
    if (rest != NULL)
        *rest++ = '\0';
    ga_str_copy(batch->title, sizeof(batch->title), text);
    for (char *word = rest != NULL ? strtok_r(rest, " ", &end) : NULL; word != NULL && rc == GA_OK;
         word = strtok_r(NULL, " ", &end))
        if (ga_uuid_parse(word, &id))
            rc = ga_batch_add_child(batch, &id, err);
    ga_batch_number_rows(batch);
    free(text);
    return rc;
}
