/* The page of a computer that has no data folder yet. */
#ifndef GUANAI_SRC_SCREEN_FIRST_H
#define GUANAI_SRC_SCREEN_FIRST_H

#include "guanai/app/session.h"
#include "guanai/tui/screen.h"

/* Filled in by the page; ga_ui_config.app points to one instead of a session. */
struct ga_first {
    const struct ga_session_options *options;
    const char *folder; /* shown */
    bool is_made;       /* the data folder is there now */
};

extern const struct ga_screen_ops ga_screen_first; /* no argument */

#endif
