/* Files that are linked with the child's own. */
#include "child/child_state.h"

#include "guanai/screen/doubles.h"
#include "guanai/tui/dialog.h"
#include "parts/words.h"

void child_read_files(struct child *child)
{
    child->files_count = 0;
    ga_same_files(ga_screen_session(child->screen)->store, &child->id, &child->stored, &child->files,
                  &child->files_count, NULL);
}

static bool read_row(const struct child *child, size_t i, struct ga_arena *arena, struct ga_roster_row *ret_row)
{
    return ga_roster_row(ga_screen_session(child->screen)->store, &child->files[i], ga_screen_lang(child->screen),
                         arena, ret_row, NULL) == GA_OK;
}

void child_add_files(const struct child *child, enum ga_lang lang, struct ga_str *out)
{
    struct ga_arena arena = {0};
    struct ga_str which = {0};
    for (size_t i = 1; i < child->files_count; i++) {
        struct ga_roster_row row;
        if (!read_row(child, i, &arena, &row))
            continue;
        if (which.len > 0)
            ga_str_add(&which, ga_tr(lang, ", "));
        if (row.card_no > 0)
            ga_str_addf(&which, "%s %lld", ga_tr(lang, "no."), (long long)row.card_no);
        else
            ga_str_add(&which, row.name);
    }
    if (which.len > 0)
        ga_str_addf(out, "  [%s]", ga_words_say(&arena, lang, GA_N_("one child with %1"), ga_str_text(&which)));
    ga_str_finish(&which);
    ga_arena_finish(&arena);
}

static void open_pair(struct child *child, size_t i)
{
    const struct ga_screen_pair_arg arg = {.a = child->id, .b = child->files[i]};
    ga_screen_pair_open(child->screen, &arg, CHILD_TAG_PAIR);
}

void child_open_other(struct child *child)
{
    const char *options[GA_DIALOG_CHOICES];
    size_t count = 0;
    for (size_t i = 1; i < child->files_count && count < GA_DIALOG_CHOICES; i++) {
        struct ga_roster_row row = {.name = "", .class_shown = ""};
        read_row(child, i, &child->screen->arena, &row);
        options[count++] = ga_arena_printf(&child->screen->arena, "%s %s", row.name, row.class_shown);
    }
    if (count == 1)
        open_pair(child, 1);
    else if (count > 1)
        ga_dialog_choose(child->screen, ga_screen_tr(child->screen, "The other file"),
                         ga_screen_tr(child->screen, "Which of them?"), options, count, CHILD_TAG_OTHER);
}

void child_take_other(struct child *child, const struct ga_tui_result *result)
{
    if (result->is_done && (size_t)result->code + 1 < child->files_count)
        open_pair(child, (size_t)result->code + 1);
}
