/* Asks for a class: found by its spellings (三2, 302, 三年级二班), its words or their pinyin. */
#ifndef GUANAI_SRC_SCREEN_CLASS_PICK_H
#define GUANAI_SRC_SCREEN_CLASS_PICK_H

#include "guanai/app/session.h"
#include "guanai/store/roster.h"
#include "guanai/text/class_name.h"
#include "guanai/tui/screen.h"
#include "guanai/tui/widget/options.h"

/* In the state of the screen that asks: it must outlive the dialog. */
struct ga_class_pick {
    struct ga_session *session;
    const char *first; /* a line before the classes (GA_N_); NULL: none */
    struct ga_date day; /* the classes of its school year are offered, where that is over; year 0: those of now */
    struct ga_roster_class *classes;
    size_t count;
    struct ga_tui_options options;
    enum ga_lang lang;
    struct ga_arena arena; /* until the next opening */
};

void ga_class_pick_init(struct ga_class_pick *pick, struct ga_session *session, const char *first);
void ga_class_pick_finish(struct ga_class_pick *pick);

void ga_class_pick_open(struct ga_class_pick *pick, struct ga_screen *screen, int tag);

/*
 * What a result of the tag means: false when nothing was picked; ret_class NULL for the line before the classes.
 * Borrowed until the next opening.
 */
bool ga_class_pick_take(const struct ga_class_pick *pick, const struct ga_tui_result *result,
                        const struct ga_roster_class **ret_class);

/* A class to be kept beyond the next opening, its names and counts; in `arena`. NULL: all of it empty. */
struct ga_roster_class ga_class_pick_keep(struct ga_arena *arena, const struct ga_roster_class *class);

/* As it is called in the language there is now, which may be another than when it was listed; buf, or class->shown. */
const char *ga_class_pick_shown(const struct ga_roster_class *class, enum ga_lang lang, char buf[GA_CLASS_NAME_SIZE]);

/* Is this class meant by what was typed? One or two digits alone never: they are numbers in a list. */
bool ga_class_pick_means(const struct ga_session *session, const struct ga_roster_class *class, const char *typed);

#endif
