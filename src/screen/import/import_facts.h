/* What is known of a file before it is taken in, as lines of a page. */
#ifndef GUANAI_SRC_SCREEN_IMPORT_FACTS_H
#define GUANAI_SRC_SCREEN_IMPORT_FACTS_H

#include "guanai/exchange/import.h"
#include "parts/menu.h"

enum ga_import_id {
    GA_IMPORT_VERDICT = 1, /* + enum ga_verdict */
    GA_IMPORT_GO = 10,
    GA_IMPORT_MODE,
    GA_IMPORT_FORM,
    GA_IMPORT_SHEET,
    GA_IMPORT_COLUMNS,
    GA_IMPORT_REJECTS,
    GA_IMPORT_CLOSE,
    GA_IMPORT_DIFFER, /* changes, one by one */
    GA_IMPORT_ADDED,  /* fills, one by one */
    GA_IMPORT_RETURNS, /* children who left */
    GA_IMPORT_ALIKES,  /* new ones who may have a file already */
};

struct ga_import_facts {
    const char *path;
    const char *form;            /* its title */
    const struct ga_import *import;
    enum ga_import_mode mode;
    int sheet;                   /* 0: all */
    bool is_done;                /* it is in the archive already */
    const char *rejects;         /* where the refused rows were written; NULL: not yet */
};

/* Fills the menu; texts go into `arena`. */
void ga_import_facts_list(const struct ga_import_facts *facts, enum ga_lang lang, struct ga_arena *arena,
                          struct ga_menu *menu);

#endif
