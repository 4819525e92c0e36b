/* What the school writes down of no one child: meetings, hazards, the home room, plans … */
#ifndef GUANAI_SCREEN_RECORD_BOOKS_H
#define GUANAI_SCREEN_RECORD_BOOKS_H

#include "guanai/tui/screen.h"

/* A line a form, with how many records there are and the newest; each leads to the list of its records. No argument. */
extern const struct ga_screen_ops ga_screen_record_books;

#endif
