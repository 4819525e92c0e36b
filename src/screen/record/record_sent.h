/* The words with which the record was sent back; private to the form screen. */
#ifndef GUANAI_SRC_SCREEN_RECORD_SENT_H
#define GUANAI_SRC_SCREEN_RECORD_SENT_H

#include "guanai/app/send_back.h"
#include "guanai/tui/screen.h"

struct record;

void record_read_sent(struct ga_screen *screen);
int record_sent_rows(const struct ga_screen *screen); /* over the fields; 0: it was not */
void record_paint_sent(const struct ga_screen *screen, struct ga_canvas *canvas, struct ga_area area);
enum ga_style record_write_sent(const struct record *record, enum ga_lang lang, struct ga_str *out);
void record_help_sent(const struct record *record, enum ga_lang lang, struct ga_str *out);

/* record_paint.c: as much of it as there are rows. */
void record_paint_wrapped(struct ga_canvas *canvas, struct ga_area area, enum ga_style style, const char *text);

#endif
