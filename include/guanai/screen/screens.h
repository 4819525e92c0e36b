/* The full-screen program. */
#ifndef GUANAI_SCREEN_SCREENS_H
#define GUANAI_SCREEN_SCREENS_H

#include "guanai/app/session.h"

struct ga_screens_options {
    struct ga_session_options *session; /* borrowed; `may_create` stays as it is */
    bool is_demo;                       /* an invented school: 演示 stands in the title line */
};

/*
 * Opens the terminal, then the data, shows the first screen, runs until the user leaves, closes both.
 * Without a data folder the school's name is asked for and one is made. GA_USAGE without a terminal;
 * else what opening answered. Every screen's `app` is the session.
 */
enum ga_rc ga_screens_run(const struct ga_screens_options *options, struct ga_error *err);

#endif
