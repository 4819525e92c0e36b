/* Asks with which words a record is sent back. */
#ifndef GUANAI_SRC_SCREEN_SEND_BACK_ASK_H
#define GUANAI_SRC_SCREEN_SEND_BACK_ASK_H

#include "guanai/app/send_back.h"
#include "guanai/tui/screen.h"

/* Opens the question over the page, with what was typed before ("": nothing); says whose record it is. */
void ga_send_back_ask(struct ga_screen *screen, const struct ga_uuid *record, const char *typed, int tag);

/* Takes the answer of that tag. True: sent, said in the message line; refused words stand there once more. */
bool ga_send_back_take(struct ga_screen *screen, const struct ga_uuid *record, const struct ga_tui_result *result);

#endif
