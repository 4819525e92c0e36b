/* Which character separates the cells of a CSV. */
#include "guanai/sheet/csv_shape.h"

#include <stdbool.h>

enum { LINES = 40, CANDIDATES = 3 };

static const char candidates[CANDIDATES] = {',', '\t', ';'};

struct lines {
    unsigned counts[LINES][CANDIDATES];
    size_t len;
};

static void count_char(struct lines *lines, char c)
{
    for (size_t k = 0; k < CANDIDATES; k++)
        lines->counts[lines->len][k] += c == candidates[k];
}

static void count_lines(struct lines *lines, const char *text, size_t len)
{
    bool is_quoted = false;
    bool has_text = false;
    for (size_t i = 0; i < len && lines->len < LINES; i++) {
        bool is_break = !is_quoted && (text[i] == '\n' || text[i] == '\r');
        if (text[i] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && !is_break)
            count_char(lines, text[i]);
        if (is_break)
            lines->len += has_text;
        has_text = !is_break;
    }
    /* The last line counts when it is all there is; in the middle of a long file it may be cut. */
    lines->len += lines->len == 0 && has_text;
}

/* Lines that agree with most others about candidate k, and on how many. */
static size_t agreeing_lines(const struct lines *lines, size_t k, unsigned *ret_count)
{
    size_t best = 0;
    *ret_count = 0;
    for (size_t i = 0; i < lines->len; i++) {
        unsigned count = lines->counts[i][k];
        size_t same = 0;
        for (size_t j = 0; count > 0 && j < lines->len; j++)
            same += lines->counts[j][k] == count;
        if (same > best || (same == best && count > *ret_count)) {
            best = same;
            *ret_count = count;
        }
    }
    return best;
}

char ga_csv_find_separator(const char *text, size_t len)
{
    struct lines lines = {.len = 0};
    count_lines(&lines, text, len);
    size_t best = 0, best_lines = 0;
    unsigned best_count = 0;
    for (size_t k = 0; k < CANDIDATES; k++) {
        unsigned count;
        size_t same = agreeing_lines(&lines, k, &count);
        if (same > best_lines || (same == best_lines && count > best_count)) {
            best = k;
            best_lines = same;
            best_count = count;
        }
    }
    return candidates[best];
}
