/* The children that a few typed letters mean, best first. */
#ifndef GUANAI_SRC_SCREEN_FINDER_H
#define GUANAI_SRC_SCREEN_FINDER_H

#include "guanai/app/session.h"
#include "guanai/care/brief.h"
#include "guanai/store/search.h"
#include "guanai/tui/widget/list.h"

/* Below any box to type in. */
struct ga_finder {
    struct ga_session *session;
    enum ga_lang lang;
    struct ga_arena arena; /* of the hits */
    struct ga_arena own_arena;
    struct ga_roster_class own[GA_BRIEF_CLASSES_MAX]; /* the classes of who is at the keys: their children come first */
    size_t own_count;
    const char *own_of; /* whose they are; NULL: not known yet */
    int64_t own_op;     /* as of this save */
    struct ga_search_hit *hits;
    size_t count;
    bool has_more;
    struct ga_tui_list list;
};

void ga_finder_init(struct ga_finder *finder, struct ga_session *session);
void ga_finder_finish(struct ga_finder *finder);
void ga_finder_layout(struct ga_finder *finder, struct ga_area area, enum ga_lang lang);

/* Searches anew, the best one selected. */
enum ga_rc ga_finder_search(struct ga_finder *finder, const char *typed, struct ga_error *err);

/* The same search once more, the same child selected as far as it is still found. */
enum ga_rc ga_finder_refresh(struct ga_finder *finder, const char *typed, struct ga_error *err);

const struct ga_search_hit *ga_finder_selected(const struct ga_finder *finder); /* with its id; NULL: nothing found */
const char *ga_finder_name(const struct ga_finder *finder); /* of the selected child: nothing is looked up; NULL the same */

/* "3" or "50+": how many were found, into buf; returns it. */
const char *ga_finder_found(const struct ga_finder *finder, char *buf, size_t size);

#endif
