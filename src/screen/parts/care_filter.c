/* Asks and says what a page of the care shows of it. */
#include "parts/care_filter.h"

#include "guanai/screen/session.h"
#include "guanai/tui/widget/picker.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

/* −1: there is no kind of that name, or every one is meant. */
static int number_of(const struct ga_care_filter *filter)
{
    const size_t count = filter->kind != NULL ? filter->kinds->count(filter->care) : 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(filter->kinds->name(filter->care, i), filter->kind) == 0)
            return (int)i;
    return -1;
}

void ga_care_filter_init(struct ga_care_filter *filter, struct ga_screen *screen, const struct ga_care_kinds *kinds,
                        const char *kind, int kind_tag, int whom_tag)
{
    filter->kinds = kinds;
    filter->kind = ga_arena_strdup(&screen->arena, kind);
    filter->kind_tag = kind_tag;
    filter->whom_tag = whom_tag;
    ga_class_pick_init(&filter->pick, ga_screen_session(screen), GA_N_("The whole school"));
}

void ga_care_filter_finish(struct ga_care_filter *filter)
{
    ga_class_pick_finish(&filter->pick);
}

void ga_care_filter_show_title(const struct ga_care_filter *filter, struct ga_screen *screen, const char *title)
{
    const enum ga_lang lang = ga_screen_lang(screen);
    const int kind = number_of(filter);
    char whole[160], shown[GA_CLASS_NAME_SIZE];
    snprintf(whole, sizeof(whole), "%s · %s%s%s", ga_screen_tr(screen, title),
             filter->owner != NULL         ? filter->owner
             : filter->class.shown != NULL ? ga_class_pick_shown(&filter->class, lang, shown)
                                          : ga_screen_tr(screen, "the whole school"),
             kind >= 0 ? " · " : "", kind >= 0 ? ga_label_text(filter->kinds->title(filter->care, (size_t)kind), lang) : "");
    ga_screen_set_title(screen, whole);
}

void ga_care_filter_take_person(struct ga_care_filter *filter, struct ga_screen *screen, const char *owner)
{
    filter->owner = owner;
    filter->class = ga_class_pick_keep(&screen->arena, NULL);
}

void ga_care_filter_check(struct ga_care_filter *filter)
{
    if (number_of(filter) < 0)
        filter->kind = NULL;
}

/* The first line is all of them. */
static const char *kind_label(void *ctx, size_t i)
{
    const struct ga_care_filter *filter = ctx;
    return i == 0 ? ga_tr(filter->lang, GA_N_("All of it")) : ga_label_text(filter->kinds->title(filter->care, i - 1), filter->lang);
}

static bool kind_matches(void *ctx, size_t i, const char *typed)
{
    const struct ga_care_filter *filter = ctx;
    return i > 0 && ga_words_match(filter->kinds->title(filter->care, i - 1), typed);
}

void ga_care_filter_ask(struct ga_care_filter *filter, struct ga_screen *screen, int tag)
{
    if (tag == filter->whom_tag) {
        ga_class_pick_open(&filter->pick, screen, tag);
    } else if (tag == filter->kind_tag) {
        filter->lang = ga_screen_lang(screen);
        filter->options = (struct ga_tui_options){.ctx = filter, .count = filter->kinds->count(filter->care) + 1,
                                                 .label = kind_label, .matches = kind_matches};
        const struct ga_tui_pick pick = {.title = ga_screen_tr(screen, filter->kinds->question), .options = &filter->options,
                                         .picked = number_of(filter) + 1};
        ga_tui_pick_open(screen, &pick, tag);
    }
}

void ga_care_filter_take(struct ga_care_filter *filter, struct ga_screen *screen, const struct ga_tui_result *result)
{
    const struct ga_roster_class *class_of;
    if (result->tag == filter->kind_tag && result->is_done && result->code == 0) {
        filter->kind = NULL;
    } else if (result->tag == filter->kind_tag && result->is_done && result->code > 0) {
        if ((size_t)result->code <= filter->kinds->count(filter->care))
            filter->kind = ga_arena_strdup(&screen->arena, filter->kinds->name(filter->care, (size_t)result->code - 1));
    } else if (result->tag == filter->whom_tag && ga_class_pick_take(&filter->pick, result, &class_of)) {
        filter->owner = NULL;
        filter->class = ga_class_pick_keep(&screen->arena, class_of);
    }
}
