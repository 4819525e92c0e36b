/* The appraisal of classes and teachers over a term. */
#ifndef GUANAI_SCREEN_APPRAISALS_H
#define GUANAI_SCREEN_APPRAISALS_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_appraisals; /* no argument */

#endif
