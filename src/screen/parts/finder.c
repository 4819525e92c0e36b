/* The children that a few typed letters mean, best first. */
#include "parts/finder.h"

#include "guanai/app/care.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/life.h"
#include "guanai/store/touched.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { HITS_MAX = 50 };

enum { NAME, SEX, SCHOOL, CLASS, BIRTH, VILLAGE, WHY };

static const struct ga_tui_column columns[] = {
    [NAME] = {.title = GA_N_("Name"), .cols = 14, .min_cols = 13},
    [SEX] = {.title = GA_N_("Sex"), .cols = 4, .priority = 4},
    [SCHOOL] = {.title = GA_N_("School"), .cols = 14},
    [CLASS] = {.title = GA_N_("Class"), .cols = 16, .min_cols = 12},
    [BIRTH] = {.title = GA_N_("Born"), .cols = 8, .priority = 1},
    [VILLAGE] = {.title = GA_N_("Village"), .cols = 10, .min_cols = 8, .priority = 2},
    [WHY] = {.title = GA_N_("Found by"), .cols = 14, .min_cols = 10, .priority = 3, .grows = true},
};

struct reason {
    const char *why;
    const char *word;
};

/* A name found by its name needs no reason. */
static const struct reason reasons[] = {
    {"id_number", GA_N_("ID number")},         {"student_number", GA_N_("pupil number")},
    {"sound", GA_N_("sound")},
    {"card_no", GA_N_("file")},                {"nickname", GA_N_("nickname")},
    {"guardian_name", GA_N_("guardian")},      {"guardian_phone", GA_N_("guardian's phone")},
    {"father_phone", GA_N_("father's phone")}, {"mother_phone", GA_N_("mother's phone")},
    {"father_name", GA_N_("father")},          {"mother_name", GA_N_("mother")},
    {"former_name", GA_N_("former name")},     {"former_card_no", GA_N_("former file no.")},
    {"village", GA_N_("village")},
    {"address", GA_N_("address")},
};

/* Of what is found one is opened at most, so that ids are looked up only then. NULL: it is no longer there. */
static const struct ga_search_hit *with_id(const struct ga_finder *finder, struct ga_search_hit *hit)
{
    return ga_search_find_id(finder->session->store, hit, NULL) == GA_OK ? hit : NULL;
}

/* Still found: the file may be put in force again. */
static void put_departure(const struct ga_finder *finder, struct ga_tui_cells *cells, size_t row,
                          struct ga_search_hit *hit)
{
    struct ga_arena arena = {0};
    char class[120];
    snprintf(class, sizeof(class), "%s %s", ga_tr(finder->lang, "left"), hit->class_own);
    ga_tui_cells_put(cells, row, CLASS, class);
    if (with_id(finder, hit) != NULL)
        ga_tui_cells_put(cells, row, WHY, ga_store_departure_text(finder->session->store, &hit->id, finder->lang, &arena));
    ga_tui_cells_style(cells, row, GA_STYLE_DIM);
    ga_arena_finish(&arena);
}

static void put_reason(struct ga_tui_cells *cells, size_t row, const struct ga_search_hit *hit, enum ga_lang lang)
{
    char text[120];
    for (size_t i = 0; i < GA_COUNT(reasons); i++) {
        if (!ga_str_equal(reasons[i].why, hit->why))
            continue;
        snprintf(text, sizeof(text), "%s %s", ga_tr(lang, reasons[i].word), hit->why_text);
        ga_tui_cells_put(cells, row, WHY, text);
    }
}

static void fetch_hits(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct ga_finder *finder = ctx;
    for (size_t row = 0; row < count && first + row < finder->count; row++) {
        struct ga_search_hit *hit = &finder->hits[first + row];
        ga_tui_cells_put(cells, row, NAME, hit->name);
        ga_tui_cells_put(cells, row, SEX, ga_words_choice(finder->session, "sex", hit->sex, finder->lang));
        ga_tui_cells_put(cells, row, SCHOOL, hit->school_shown);
        ga_tui_cells_put(cells, row, CLASS, hit->class_own);
        ga_tui_cells_put(cells, row, BIRTH, hit->birth_month);
        ga_tui_cells_put(cells, row, VILLAGE, hit->village);
        put_reason(cells, row, hit, finder->lang);
        if (hit->has_left)
            put_departure(finder, cells, row, hit);
    }
}

void ga_finder_init(struct ga_finder *finder, struct ga_session *session)
{
    memset(finder, 0, sizeof(*finder));
    finder->session = session;
    ga_arena_init(&finder->arena);
    ga_tui_list_init(&finder->list, fetch_hits, finder);
}

void ga_finder_finish(struct ga_finder *finder)
{
    ga_tui_list_finish(&finder->list);
    ga_arena_finish(&finder->arena);
    ga_arena_finish(&finder->own_arena);
}

void ga_finder_layout(struct ga_finder *finder, struct ga_area area, enum ga_lang lang)
{
    finder->lang = lang;
    ga_words_columns(&finder->list, columns, GA_COUNT(columns), lang);
    ga_words_school_column(finder->session, &finder->list, SCHOOL);
    finder->list.empty = ga_tr(lang, "Nobody found. Try fewer letters, look at the spelling, or type the end of a phone number. Is it a new child? "
                                     "F2 makes the file.");
    ga_tui_list_layout(&finder->list, area);
}

static void find_own(struct ga_finder *finder)
{
    const struct ga_store *store = finder->session->store;
    bool is_known = false;
    if (finder->own_of != NULL && strcmp(finder->own_of, ga_store_user(store)) == 0 && finder->own_op == ga_store_last_op(store))
        return;
    finder->own_count = 0;
    finder->own_of = NULL;
    ga_arena_reset(&finder->own_arena);
    if (ga_session_own_classes(finder->session, false, &finder->own_arena, finder->own, &finder->own_count, &is_known, NULL) != GA_OK ||
        !is_known)
        return;
    finder->own_of = ga_arena_strdup(&finder->own_arena, ga_store_user(store));
    finder->own_op = ga_store_last_op(store);
}

static enum ga_rc search(struct ga_finder *finder, const char *typed, struct ga_error *err)
{
    find_own(finder);
    const struct ga_search_options options = {.limit = HITS_MAX, .with_left = true, .without_ids = true,
                                              .fuzzy = finder->session->config.similar_sounds,
                                              .own = finder->own, .own_count = finder->own_count, .lang = finder->lang};
    ga_arena_reset(&finder->arena);
    finder->hits = NULL;
    finder->count = 0;
    finder->has_more = false;
    return ga_store_search(finder->session->store, typed, &options, &finder->arena, &finder->hits, &finder->count,
                           &finder->has_more, err);
}

enum ga_rc ga_finder_search(struct ga_finder *finder, const char *typed, struct ga_error *err)
{
    enum ga_rc rc = search(finder, typed, err);
    finder->list.selected = 0;
    ga_tui_list_reload(&finder->list, finder->count);
    return rc;
}

enum ga_rc ga_finder_refresh(struct ga_finder *finder, const char *typed, struct ga_error *err)
{
    const int64_t no = finder->list.selected < finder->count ? finder->hits[finder->list.selected].no : 0;
    enum ga_rc rc = search(finder, typed, err);
    for (size_t i = 0; i < finder->count; i++)
        if (finder->hits[i].no == no)
            finder->list.selected = i;
    ga_tui_list_reload(&finder->list, finder->count);
    return rc;
}

const struct ga_search_hit *ga_finder_selected(const struct ga_finder *finder)
{
    return finder->list.selected < finder->count ? with_id(finder, &finder->hits[finder->list.selected]) : NULL;
}

const char *ga_finder_name(const struct ga_finder *finder)
{
    return finder->list.selected < finder->count ? finder->hits[finder->list.selected].name : NULL;
}

const char *ga_finder_found(const struct ga_finder *finder, char *buf, size_t size)
{
    snprintf(buf, size, "%zu%s", finder->count, finder->has_more ? "+" : "");
    return buf;
}
