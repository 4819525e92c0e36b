/* trim(text, signs), with a bound that SQLite's own lacks. */
#include "internal.h"

/*
 * SQLite tries every sign at every place: 64 KiB of text by 64 KiB of signs is a single VM step of
 * many seconds, which no step limit sees. The signs are therefore bounded.
 */
enum { SIGNS_MAX_BYTES = 64 };
enum { TRIM_LEFT = 1, TRIM_RIGHT = 2 };

static size_t character_bytes(const char *text, size_t len)
{
    size_t i = 1;
    while (i < len && ((unsigned char)text[i] & 0xC0) == 0x80)
        i++;
    return i;
}

/* Bytes of the sign that `text` ends with (or begins with); 0: none. */
static size_t match_sign(struct ga_span text, struct ga_span signs, bool at_end)
{
    for (size_t at = 0, len; at < signs.len; at += len) {
        len = character_bytes(signs.ptr + at, signs.len - at);
        if (len > text.len)
            continue;
        const char *place = at_end ? text.ptr + text.len - len : text.ptr;
        if (memcmp(place, signs.ptr + at, len) == 0)
            return len;
    }
    return 0;
}

static struct ga_span value_span(sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    return (struct ga_span){text, (size_t)sqlite3_value_bytes(value)};
}

static void trim_signs(sqlite3_context *context, int args, sqlite3_value **values)
{
    (void)args;
    int sides = *(const int *)sqlite3_user_data(context);
    struct ga_span text = value_span(values[0]), signs = value_span(values[1]);
    if (text.ptr == NULL || signs.ptr == NULL)
        return; /* NULL */
    if (signs.len > SIGNS_MAX_BYTES) {
        sqlite3_result_error(context, "too many signs to trim", -1);
        return;
    }
    size_t len;
    while ((sides & TRIM_LEFT) && (len = match_sign(text, signs, false)) > 0) {
        text.ptr += len;
        text.len -= len;
    }
    while ((sides & TRIM_RIGHT) && (len = match_sign(text, signs, true)) > 0)
        text.len -= len;
    sqlite3_result_text64(context, text.ptr, text.len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

int ga_sql_trim_install(sqlite3 *raw)
{
    static const struct {
        const char *name;
        int sides;
    } rows[] = {{"trim", TRIM_LEFT | TRIM_RIGHT}, {"ltrim", TRIM_LEFT}, {"rtrim", TRIM_RIGHT}};
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, rc = SQLITE_OK;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && rc == SQLITE_OK; i++)
        rc = sqlite3_create_function(raw, rows[i].name, 2, flags, (void *)(uintptr_t)&rows[i].sides,
                                     trim_signs, NULL, NULL);
    return rc;
}
