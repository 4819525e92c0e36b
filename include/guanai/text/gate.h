/* The one gate through which all text reaches a screen or terminal. */
#ifndef GUANAI_TEXT_GATE_H
#define GUANAI_TEXT_GATE_H

#include "guanai/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Any bytes in, harmless valid UTF-8 out. What is stored stays as it was.
 *
 *   shown as a blank   tab, newline, CR, VT, FF, NEL, U+2028, U+2029
 *   shown as U+FFFD    other C0 and C1 controls, DEL; each byte that is no UTF-8; noncharacters; whatever
 *                      libc's wcwidth does not know (new emoji), save CJK planes 2 and 3
 *   removed            bidi controls; zero-width blanks, joiners, fillers and BOM; soft hyphen; variation
 *                      selectors, skin tones, tags; annotation marks: terminals disagree about their width,
 *                      or they hide or reorder what stands around them
 *   kept               everything else; of the combining marks on one character the first four, and none
 *                      at the very beginning, where it would land on somebody else's cell
 */
enum { GA_GATE_MARKS = 4, GA_GATE_CELL_BYTES = 24 };

/* One character as shown: fits one or two cells of the canvas. */
struct ga_gate_cell {
    char text[GA_GATE_CELL_BYTES]; /* valid UTF-8, NUL-terminated */
    uint8_t len;                   /* bytes */
    uint8_t cols;                  /* 1 or 2 */
};

/*
 * The next character to show. Bytes consumed (> 0), 0 when nothing more is to be shown (ret_cell is then
 * untouched). O(bytes consumed): 10,000 marks on one letter are one cell.
 */
size_t ga_gate_next(const char *bytes, size_t len, struct ga_gate_cell *ret_cell);

/* All of it, appended. */
void ga_gate_add(struct ga_str *out, const char *bytes, size_t len);

/* The same for text of several lines (`show`, help): newlines stay, the rest passes the gate. */
void ga_gate_add_lines(struct ga_str *out, const char *bytes, size_t len);

/* What one code point is shown as: itself, a blank, U+FFFD; 0: nothing. Knows nothing of its neighbours. */
uint32_t ga_gate_code_point(uint32_t cp);

#endif
