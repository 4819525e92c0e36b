/* The rows of a file that share a verdict, each with its reasons. */
#ifndef GUANAI_SRC_SCREEN_IMPORT_ROWS_H
#define GUANAI_SRC_SCREEN_IMPORT_ROWS_H

#include "guanai/exchange/import.h"
#include "guanai/tui/screen.h"

struct ga_import_rows_arg {
    struct ga_import *import; /* planned; must outlive the screen */
    const struct ga_form *form; /* of the import */
    enum ga_verdict verdict;
    bool are_returns; /* instead: those of children who left */
    bool are_alikes;  /* instead: new ones who may have a file already */
    bool is_done;     /* nothing can be said any more */
};

extern const struct ga_screen_ops ga_screen_import_rows; /* argument: struct ga_import_rows_arg */

extern const char *const ga_verdict_words[GA_VERDICT_COUNT]; /* GA_N_ */

#endif
