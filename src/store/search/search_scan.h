/* The SQL functions by which rows are looked through for a word. */
#ifndef GUANAI_SRC_STORE_SEARCH_SCAN_H
#define GUANAI_SRC_STORE_SEARCH_SCAN_H

#include "guanai/sql/db.h"

/* search_holds(word, text, …), sieve_may_hold(word, bits): 0 or 1. */
enum ga_rc ga_search_scan_add(struct ga_db *db, struct ga_error *err);

#endif
