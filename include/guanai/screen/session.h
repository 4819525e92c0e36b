/* What every screen finds behind it. */
#ifndef GUANAI_SCREEN_SESSION_H
#define GUANAI_SCREEN_SESSION_H

#include "guanai/app/session.h"
#include "guanai/tui/loop.h"

/* The program gives its session as ga_ui_config.app; borrowed while the loop runs. */
static inline struct ga_session *ga_screen_session(const struct ga_screen *screen)
{
    return ga_screen_app(screen);
}

#endif
