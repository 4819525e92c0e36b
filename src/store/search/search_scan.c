/* Tells SQL whether a word stands anywhere in the texts of a row. */
#include "search/search_scan.h"

#include "index/sieve.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/function.h"

#include <string.h>

/*
 * By the last byte: the first one of nearly all Hanzi is one of six, the last one of sixty-four. The C library's
 * memmem prepares itself for a long text at every call, which here costs more than the looking.
 */
static bool holds(const char *text, size_t len, const char *word, size_t word_len)
{
    if (len < word_len)
        return false;
    const char *end = text + len;
    for (const char *at = text + word_len - 1; at < end; at++) {
        at = memchr(at, word[word_len - 1], (size_t)(end - at));
        if (at == NULL)
            return false;
        if (memcmp(at - (word_len - 1), word, word_len) == 0)
            return true;
    }
    return false;
}

/* search_holds(word, text, …) */
static void call_holds(struct ga_sql_call *call)
{
    size_t word_len, len;
    bool is_held = false;
    const char *word = ga_sql_call_bytes(call, 0, &word_len);
    for (int i = 1; word != NULL && i < ga_sql_call_args(call) && !is_held; i++) {
        const char *text = ga_sql_call_bytes(call, i, &len);
        is_held = text != NULL && holds(text, len, word, word_len);
    }
    const struct ga_value answer = ga_value_int(is_held);
    ga_sql_call_return(call, &answer);
}

/* sieve_may_hold(word, bits) */
static void call_may_hold(struct ga_sql_call *call)
{
    size_t len = 0, bytes = 0;
    const char *word = ga_sql_call_bytes(call, 0, &len), *bits = ga_sql_call_bytes(call, 1, &bytes);
    const bool may = word == NULL || bits == NULL || ga_sieve_may_hold((const uint8_t *)bits, bytes, word, len);
    const struct ga_value answer = ga_value_int(may);
    ga_sql_call_return(call, &answer);
}

enum ga_rc ga_search_scan_add(struct ga_db *db, struct ga_error *err)
{
    static const struct ga_sql_function functions[] = {
        {"search_holds", -1, GA_SQL_DETERMINISTIC, call_holds},
        {"sieve_may_hold", 2, GA_SQL_DETERMINISTIC, call_may_hold},
    };
    return ga_sql_functions_add(db, functions, GA_COUNT(functions), NULL, err);
}
