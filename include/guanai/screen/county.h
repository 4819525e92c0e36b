/* The county, which collects what its schools write: its page at a school, at the county's own computer. */
#ifndef GUANAI_SCREEN_COUNTY_H
#define GUANAI_SCREEN_COUNTY_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_county;      /* no argument */
extern const struct ga_screen_ops ga_screen_county_meet; /* no argument; step by step, on both sides */

/* Its recovery key, shown this once: const char *, the digits as ga_county_begin gave them. They are copied, and wiped at the end. */
extern const struct ga_screen_ops ga_screen_county_key;

#endif
