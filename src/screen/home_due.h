/* What is to be done, on the first screen. */
#ifndef GUANAI_SRC_SCREEN_HOME_DUE_H
#define GUANAI_SRC_SCREEN_HOME_DUE_H

#include "guanai/app/session.h"
#include "menu.h"

/* One kind of duty with how much of it is open. */
struct ga_home_due {
    const char *duty; /* its id; NULL: the line that leads to the classes */
    const char *text, *more;
};

enum { GA_HOME_DUES = 6 };

struct ga_home_dues {
    struct ga_home_due lines[GA_HOME_DUES];
    size_t count;
    bool is_mine;    /* what the user owes; else of the whole school */
    bool is_unknown; /* it is to be worked out first: ga_session_brief_make */
};

/* What `user` owes in the windows of today, else how far the school is; texts in `arena`. Nothing where no duty is on. */
enum ga_rc ga_home_dues_read(struct ga_home_dues *dues, struct ga_session *session, const char *user, enum ga_lang lang,
                             struct ga_arena *arena, struct ga_error *err);

/* Works out what ga_home_dues_read() did not know; faults found in the files of duties are said. */
enum ga_rc ga_home_dues_make(struct ga_screen *screen, struct ga_session *session, struct ga_error *err);

#endif
