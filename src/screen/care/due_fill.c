/* Fills in of a record what the line it was opened from says already. */
#include "care/due_fill.h"

#include "care/due_words.h"
#include "guanai/base/alloc.h"

#include <string.h>

/* "kind = 'group'": what alone lets the record close the duty is no question. Anything longer is left to who fills it in. */
static bool read_equation(const char *when, struct ga_arena *arena, struct ga_screen_fill *ret_fill)
{
    static const char between[] = " = '";
    const char *equals = when != NULL ? strstr(when, between) : NULL;
    if (equals == NULL)
        return false;
    const char *code = equals + strlen(between);
    const size_t name_len = (size_t)(equals - when), code_len = strcspn(code, "'");
    if (strspn(when, "abcdefghijklmnopqrstuvwxyz_0123456789") != name_len || code[code_len] != '\'' || code[code_len + 1] != '\0')
        return false;
    *ret_fill = (struct ga_screen_fill){ga_arena_strndup(arena, when, name_len), ga_arena_strndup(arena, code, code_len)};
    return true;
}

static const struct ga_duty_done *done_by(const struct ga_duty *duty, const char *form)
{
    for (size_t i = 0; i < duty->done_by.count; i++)
        if (strcmp(duty->done_by.items[i].form.text, form) == 0)
            return &duty->done_by.items[i];
    return NULL;
}

size_t ga_due_fill(struct ga_care *care, const struct ga_config *config, const struct ga_due *due, const char *form,
                   struct ga_arena *arena, struct ga_screen_fill ret_fills[GA_DUE_FILLS_MAX])
{
    const struct ga_duty *duty = ga_care_duties(care)->items[due->duty];
    const struct ga_duty_done *done = done_by(duty, form);
    struct ga_roster_class class_of;
    size_t count = 0;
    if (done == NULL)
        return 0;
    count += read_equation(done->when.text, arena, &ret_fills[count]);
    if (due->child != 0)
        return count;
    ga_due_class_of(due, arena, &class_of);
    if (done->site.text != NULL && class_of.site[0] != '\0')
        ret_fills[count++] = (struct ga_screen_fill){done->site.text, class_of.site};
    if (done->class.text != NULL && class_of.grade[0] != '\0')
        ret_fills[count++] = (struct ga_screen_fill){done->class.text, ga_due_words_class(config, due, GA_ZH, arena)};
    return count;
}
