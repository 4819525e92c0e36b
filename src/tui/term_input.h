/* Decoding of keys, inside the terminal's own file pair. */
#ifndef GUANAI_SRC_TUI_TERM_INPUT_H
#define GUANAI_SRC_TUI_TERM_INPUT_H

#include "guanai/tui/key.h"

/* What terminals send whatever TERM says; the codes are ours, handed to define_key. */
struct ga_sequence {
    const char *bytes;
    uint32_t key;
};
extern const struct ga_sequence ga_term_sequences[];
extern const unsigned ga_term_sequences_count;

enum { GA_SEQUENCE_CODE = 0x2000 }; /* define_key's code of the i-th is this + i */
enum { GA_KEY_PASTE_BEGIN = GA_KEY_FIRST + 0x300, GA_KEY_PASTE_END };

uint32_t ga_term_control_key(uint32_t control); /* 1 … 31, 127; GA_KEY_NONE for what means nothing */

#endif
