/* Finds the field that a word on the command line means. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/text/fold.h"

#include <stdlib.h>
#include <string.h>

enum { CALLED_MAX = 8 };

enum ga_exit ga_refuse_field(struct ga_command_line *line, const struct ga_form *form, const char *name)
{
    const char **names = ga_alloc_array(form->all_count + 1, sizeof(*names));
    for (size_t i = 0; i < form->all_count; i++)
        names[i] = form->all[i]->name;
    ga_say(line, "%1 has no field '%2'", ga_label_text(&form->title, line->lang), name);
    ga_offer(line, name, names, form->all_count);
    free(names);
    return GA_EXIT_USAGE;
}

static const char *fold(struct ga_arena *arena, const char *text)
{
    struct ga_str key = {0};
    if (text != NULL)
        ga_fold_add_key(&key, text, strlen(text));
    const char *copy = ga_arena_strdup(arena, ga_str_text(&key));
    ga_str_finish(&key);
    return copy;
}

/* "父亲电话", "Father's phone", "爸爸手机": a label or another name, however it is spelled. */
static bool is_called(const struct ga_field *field, const char *key, struct ga_arena *arena)
{
    if (field->is_retired)
        return false;
    if (ga_str_equal(fold(arena, field->label.zh), key) || ga_str_equal(fold(arena, field->label.en), key))
        return true;
    for (size_t i = 0; i < field->aka.count; i++)
        if (ga_str_equal(fold(arena, field->aka.items[i].text), key))
            return true;
    return false;
}

/* The fields of the record, or of one of its repeats. */
static const struct ga_field *field_at(const struct ga_form *form, const struct ga_field *repeat, size_t i)
{
    return repeat != NULL ? &repeat->fields.items[i] : form->all[i];
}

static enum ga_exit refuse_many(struct ga_command_line *line, const char *name, const struct ga_field *const *called,
                                size_t count)
{
    struct ga_str names = {0};
    for (size_t i = 0; i < count; i++)
        ga_str_addf(&names, "%s%s (%s)", i > 0 ? ", " : "", called[i]->name, ga_label_text(&called[i]->label, line->lang));
    ga_say(line, "several fields are called '%1': %2", name, ga_str_text(&names));
    ga_str_finish(&names);
    return GA_EXIT_USAGE;
}

enum ga_exit ga_field_called(struct ga_command_line *line, const struct ga_form *form, const struct ga_field *repeat,
                             const char *name, const struct ga_field **ret_field)
{
    const size_t fields = repeat != NULL ? repeat->fields.count : form->all_count;
    const struct ga_field *called[CALLED_MAX];
    struct ga_arena arena = {0};
    const char *key = fold(&arena, name);
    size_t count = 0;
    for (size_t i = 0; i < fields; i++)
        if (strcmp(field_at(form, repeat, i)->name, name) == 0) {
            called[0] = field_at(form, repeat, i);
            count = 1;
            break;
        }
    for (size_t i = 0, is_named = count; i < fields && !is_named && *key != '\0' && count < CALLED_MAX; i++)
        if (is_called(field_at(form, repeat, i), key, &arena))
            called[count++] = field_at(form, repeat, i);
    ga_arena_finish(&arena);
    if (count == 0)
        return ga_refuse_field(line, form, name);
    if (count > 1)
        return refuse_many(line, name, called, count);
    *ret_field = called[0];
    return GA_EXIT_DONE;
}
