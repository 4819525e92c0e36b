/* The SQL function by which rows are looked through for a word. */
#ifndef GUANAI_SRC_STORE_SEARCH_SCAN_H
#define GUANAI_SRC_STORE_SEARCH_SCAN_H

#include "guanai/sql/db.h"

enum ga_rc ga_search_scan_add(struct ga_db *db, struct ga_error *err); /* search_holds(word, text, …): 0 or 1 */

#endif
