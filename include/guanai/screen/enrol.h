/* A new computer joins the school: both sides of it, step by step. */
#ifndef GUANAI_SCREEN_ENROL_H
#define GUANAI_SCREEN_ENROL_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_enrol; /* no argument */

#endif
