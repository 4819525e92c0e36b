/* The four steps of an exchange with one stick: found, taken in, written, let go of. */
#ifndef GUANAI_SRC_SCREEN_SYNC_STEPS_H
#define GUANAI_SRC_SCREEN_SYNC_STEPS_H

#include "guanai/app/sync.h"
#include "guanai/tui/screen.h"
#include "parts/menu.h"
#include "guanai/sync/stick_folder.h"
#include "sync/stick_pick.h"

enum ga_sync_do {
    GA_SYNC_DO_BOTH,
    GA_SYNC_DO_TAKE,
    GA_SYNC_DO_WRITE,
    GA_SYNC_DO_ALL,       /* write everything, whoever has it */
    GA_SYNC_DO_GIVE_BACK, /* at a county: write all of a school */
    GA_SYNC_DO_RECOVER,   /* take in by the county's recovery key */
};

enum ga_sync_stage { GA_SYNC_STICK, GA_SYNC_TAKE_IN, GA_SYNC_PUT, GA_SYNC_PULL, GA_SYNC_STAGES };
enum ga_sync_stage_state { GA_SYNC_WAITS, GA_SYNC_LEFT_OUT, GA_SYNC_DONE, GA_SYNC_FAILED };

enum { GA_SYNC_STEPS_TAG = 1000 }; /* of the question which stick: behind those of the pages */

/* In the state of the page. */
struct ga_sync_steps {
    struct ga_session *session;
    struct ga_stick_pick sticks;
    enum ga_sync_do asked; /* what the stick is asked for */
    enum ga_sync_do doing; /* what was done last, or is */
    struct ga_uuid school; /* of GA_SYNC_DO_GIVE_BACK */
    const char *key;    /* of GA_SYNC_DO_RECOVER: the digits; borrowed, while it is being done */
    struct ga_stick_mark mark; /* of the folder, as it was chosen */
    const char *folder; /* of the last time; NULL: nothing was done here yet */
    enum ga_sync_stage_state stages[GA_SYNC_STAGES];
    bool can_take_in;               /* what lies on the stick, though it cannot be written to */
    struct ga_error failed;         /* why the one that failed did */
    struct ga_vec taken;            /* struct ga_sync_taken */
    struct ga_sync_written written; /* path NULL: nothing was */
    struct ga_arena arena;
};

void ga_sync_steps_init(struct ga_sync_steps *steps, struct ga_session *session);
void ga_sync_steps_finish(struct ga_sync_steps *steps);

/*
 * Asks which stick. For resumed(): once one was chosen all of it is done when the page has been painted, by
 * ga_sync_steps_work from its work(); false: nothing is done, because none was or because something more is asked.
 */
void ga_sync_steps_ask(struct ga_sync_steps *steps, struct ga_screen *screen, enum ga_sync_do doing);
bool ga_sync_steps_take(struct ga_sync_steps *steps, struct ga_screen *screen, const struct ga_tui_result *result);

/* One after the other; what failed leaves the ones behind it undone. Says in the message line what has come of it. */
void ga_sync_steps_work(struct ga_sync_steps *steps, struct ga_screen *screen);

/* What was done last, line by line; nothing before the first time. Texts live in the arena. */
void ga_sync_steps_say(const struct ga_sync_steps *steps, struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang);

#endif
