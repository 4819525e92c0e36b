/* Pages that the first screen leads to, besides what stands there of the care. */
#ifndef GUANAI_SRC_SCREEN_HOME_WAYS_H
#define GUANAI_SRC_SCREEN_HOME_WAYS_H

#include "guanai/tui/screen.h"

/* The page opened by a command or line of enum ga_home_id, without an argument; NULL: it is not just a page. */
const struct ga_screen_ops *ga_home_way(int id);

#endif
