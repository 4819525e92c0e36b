/* Tables in Big5, an encoding that is not read, are known as such. */
#ifndef GUANAI_SHEET_BIG5_H
#define GUANAI_SHEET_BIG5_H

#include <stdbool.h>

/* Whether a cell that was read as GB18030 is a heading of a roster when its bytes are taken for Big5. */
bool ga_big5_is_heading(const char *text);

#endif
