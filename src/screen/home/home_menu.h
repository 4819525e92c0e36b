/* What stands below the box on the first screen. */
#ifndef GUANAI_SRC_SCREEN_HOME_MENU_H
#define GUANAI_SRC_SCREEN_HOME_MENU_H

#include "guanai/app/note.h"
#include "home/home_lines.h"
#include "parts/unfinished.h"

enum ga_home_id {
    GA_HOME_OPEN = 1,
    GA_HOME_WRITE, /* a new record of who was found */
    GA_HOME_NEW,
    GA_HOME_ROSTER,
    GA_HOME_LEFT_BEHIND,
    GA_HOME_KEY,
    GA_HOME_UNGUARDED,
    GA_HOME_BOARDING,
    GA_HOME_FIGURES,
    GA_HOME_DOUBLES,
    GA_HOME_CARD_NUMBERS,
    GA_HOME_IMPORT,
    GA_HOME_EXPORT,
    GA_HOME_NAME,
    GA_HOME_FOR,
    GA_HOME_GUIDE,
    GA_HOME_FORMS,
    GA_HOME_FIND,
    GA_HOME_BATCH,
    GA_HOME_VERIFY,
    GA_HOME_MORE,    /* all pages there is no room for */
    GA_HOME_NOTE,    /* the half-typed one */
    GA_HOME_NOTES,
    GA_HOME_EXCHANGE,
    GA_HOME_ENROL,
    GA_HOME_QUIT,
    GA_HOME_DROP,
    GA_HOME_PUT_BACK,
    GA_HOME_DRAFT = GA_HOME_LINE + GA_HOME_LINES_MAX, /* + which */
};

struct ga_home_menu {
    struct ga_menu menu;
    struct ga_unfinished drafts;
    struct ga_note_place note; /* that is half typed; form NULL: none */
    struct ga_home_lines care;
    bool is_unknown; /* what stands there of the care is to be worked out first: ga_home_lines_make */
    struct ga_arena arena; /* of all texts */
};

void ga_home_menu_init(struct ga_home_menu *facts);
void ga_home_menu_finish(struct ga_home_menu *facts);

/* Reads counts and drafts, makes the lines. A few lookups: no child is read. */
enum ga_rc ga_home_menu_read(struct ga_home_menu *facts, struct ga_session *session, enum ga_lang lang,
                             struct ga_error *err);

#endif
