/* Files that have one card number: the list of them. */
#ifndef GUANAI_SCREEN_CARD_NUMBERS_H
#define GUANAI_SCREEN_CARD_NUMBERS_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_card_numbers; /* no argument */

#endif
