/* Records that were sent back, until they are mended. */
#ifndef GUANAI_SCREEN_SENT_BACK_H
#define GUANAI_SCREEN_SENT_BACK_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_sent_back; /* no argument */

#endif
