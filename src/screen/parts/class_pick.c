/* Asks for a class. */
#include "parts/class_pick.h"

#include "guanai/app/whom.h"
#include "guanai/base/num.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/words.h"

#include <string.h>

void ga_class_pick_init(struct ga_class_pick *pick, struct ga_session *session, const char *first)
{
    *pick = (struct ga_class_pick){.session = session, .first = first};
    ga_arena_init(&pick->arena);
}

void ga_class_pick_finish(struct ga_class_pick *pick)
{
    ga_arena_finish(&pick->arena);
}

static size_t lines_before(const struct ga_class_pick *pick)
{
    return pick->first != NULL ? 1 : 0;
}

static const char *label_at(void *ctx, size_t i)
{
    const struct ga_class_pick *pick = ctx;
    const size_t before = lines_before(pick);
    return i < before ? ga_tr(pick->lang, pick->first) : pick->classes[i - before].shown;
}

/* 三2, 302, 3年级二班: any spelling a roster may have. */
static bool is_spelled(const struct ga_roster_class *class, struct ga_date day, const char *typed)
{
    struct ga_class_name name;
    const int school_year = ga_class_name_school_year(day);
    return ga_class_name_parse(typed, school_year, &name, NULL, NULL) == GA_OK && name.grade[0] != '\0' &&
           strcmp(name.grade, class->grade) == 0 && strcmp(name.number, class->class_no) == 0;
}

static bool means(const struct ga_roster_class *class, struct ga_date day, const char *typed)
{
    enum { GRADE_AND_CLASS_DIGITS = 3 };
    int64_t number;
    if (is_spelled(class, day, typed))
        return !ga_num_parse(typed, &number) || strlen(typed) >= GRADE_AND_CLASS_DIGITS;
    return !ga_num_parse(typed, &number) && ga_words_match(&(struct ga_label){.zh = class->shown}, typed);
}

bool ga_class_pick_means(const struct ga_session *session, const struct ga_roster_class *class, const char *typed)
{
    return means(class, session->today, typed);
}

static struct ga_date day_of(const struct ga_class_pick *pick)
{
    return pick->day.year != 0 ? pick->day : pick->session->today;
}

static bool is_meant(void *ctx, size_t i, const char *typed)
{
    const struct ga_class_pick *pick = ctx;
    const size_t before = lines_before(pick);
    if (i < before)
        return ga_words_match(&(struct ga_label){.zh = label_at(ctx, i)}, typed);
    return means(&pick->classes[i - before], day_of(pick), typed);
}

void ga_class_pick_open(struct ga_class_pick *pick, struct ga_screen *screen, int tag)
{
    struct ga_error err = {0};
    ga_arena_reset(&pick->arena);
    pick->lang = ga_screen_lang(screen);
    pick->count = 0;
    const enum ga_rc rc = pick->day.year != 0 ? ga_whom_classes_in(pick->session, pick->day, pick->lang, &pick->arena, &pick->classes, &pick->count, &err)
                                              : ga_whom_classes(pick->session, pick->lang, &pick->arena, &pick->classes, &pick->count, &err);
    if (rc != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    const size_t lines = pick->count + lines_before(pick);
    pick->options = (struct ga_tui_options){.ctx = pick, .count = lines, .label = label_at, .matches = is_meant};
    const struct ga_tui_pick dialog = {.title = ga_screen_tr(screen, "Which class?"), .options = &pick->options,
                                       .picked = -1, .picks_by_digit = lines <= 9};
    ga_tui_pick_open(screen, &dialog, tag);
}

bool ga_class_pick_take(const struct ga_class_pick *pick, const struct ga_tui_result *result,
                        const struct ga_roster_class **ret_class)
{
    const size_t before = lines_before(pick);
    if (!result->is_done || result->code < 0 || (size_t)result->code >= pick->count + before)
        return false;
    *ret_class = (size_t)result->code < before ? NULL : &pick->classes[(size_t)result->code - before];
    return true;
}

struct ga_roster_class ga_class_pick_keep(struct ga_arena *arena, const struct ga_roster_class *class)
{
    struct ga_roster_class kept = class != NULL ? *class : (struct ga_roster_class){0};
    kept.site = ga_arena_strdup(arena, kept.site);
    kept.grade = ga_arena_strdup(arena, kept.grade);
    kept.class_no = ga_arena_strdup(arena, kept.class_no);
    kept.shown = ga_arena_strdup(arena, kept.shown);
    return kept;
}

const char *ga_class_pick_shown(const struct ga_roster_class *class, enum ga_lang lang, char buf[GA_CLASS_NAME_SIZE])
{
    struct ga_class_name name = {0};
    if (class->grade == NULL || class->grade[0] == '\0')
        return class->shown;
    ga_str_copy(name.grade, sizeof(name.grade), class->grade);
    ga_str_copy(name.number, sizeof(name.number), class->class_no);
    return ga_class_name_text(&name, lang, buf);
}
