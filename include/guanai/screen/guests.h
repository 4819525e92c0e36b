/* Computers that have one class or one site: their page at the school, at such a computer itself. */
#ifndef GUANAI_SCREEN_GUESTS_H
#define GUANAI_SCREEN_GUESTS_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_guests; /* no argument */

/*
 * Step by step, on both sides: at the school const struct ga_guest_choice *, what the guest is to get, copied; NULL: this
 * computer becomes the guest.
 */
extern const struct ga_screen_ops ga_screen_guest_meet;

#endif
