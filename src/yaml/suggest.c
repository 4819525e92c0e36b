/* The known name nearest to a mistyped one. */
#include "guanai/yaml/suggest.h"

#include "inner.h"

#include <string.h>

enum { WORD_CHARS_MAX = 48, NEAR_MAX = 2 };

/* Characters with case and - for _ taken away; WORD_CHARS_MAX + 1 when too long to compare. */
static size_t simplify(const char *word, uint32_t chars[WORD_CHARS_MAX])
{
    size_t count = 0, len = strlen(word);
    for (size_t i = 0, step; i < len; i += step) {
        uint32_t code = 0;
        step = ga_yaml_decode(word + i, len - i, &code);
        if (step == 0 || count == WORD_CHARS_MAX)
            return WORD_CHARS_MAX + 1;
        if (code >= 'A' && code <= 'Z')
            code += 'a' - 'A';
        chars[count++] = code == '-' || code == ' ' ? '_' : code;
    }
    return count;
}

static int least(int a, int b, int c)
{
    return a < b ? (a < c ? a : c) : (b < c ? b : c);
}

/* Optimal string alignment: Damerau-Levenshtein in which no part is edited twice. */
static int measure(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
    int rows[WORD_CHARS_MAX + 1][WORD_CHARS_MAX + 1];
    for (size_t k = 0; k <= b_len; k++)
        rows[0][k] = (int)k;
    for (size_t i = 1; i <= a_len; i++) {
        rows[i][0] = (int)i;
        for (size_t k = 1; k <= b_len; k++) {
            int changed = rows[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
            rows[i][k] = least(rows[i - 1][k] + 1, rows[i][k - 1] + 1, changed);
            bool is_swap = i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1];
            if (is_swap && rows[i - 2][k - 2] + 1 < rows[i][k])
                rows[i][k] = rows[i - 2][k - 2] + 1;
        }
    }
    return rows[a_len][b_len];
}

static int distance(const char *word, const char *name)
{
    uint32_t a[WORD_CHARS_MAX], b[WORD_CHARS_MAX];
    size_t a_len = simplify(word, a), b_len = simplify(name, b);
    size_t apart = a_len > b_len ? a_len - b_len : b_len - a_len;
    if (a_len > WORD_CHARS_MAX || b_len > WORD_CHARS_MAX || apart > NEAR_MAX)
        return NEAR_MAX + 1;
    int found = measure(a, a_len, b, b_len);
    size_t longer = a_len > b_len ? a_len : b_len;
    int near = longer < 4 ? 1 : NEAR_MAX;
    return found > near || (size_t)found >= longer ? NEAR_MAX + 1 : found;
}

void ga_yaml_guess_start(struct ga_yaml_guess *guess, const char *word)
{
    *guess = (struct ga_yaml_guess){.word = word, .distance = NEAR_MAX + 1};
}

void ga_yaml_guess_offer(struct ga_yaml_guess *guess, const char *name)
{
    int found = distance(guess->word, name);
    if (found >= guess->distance)
        return;
    guess->distance = found;
    guess->best = name;
}

const char *ga_yaml_suggest(const char *word, const char *const *names, size_t count)
{
    struct ga_yaml_guess guess;
    ga_yaml_guess_start(&guess, word);
    for (size_t i = 0; i < count; i++)
        ga_yaml_guess_offer(&guess, names[i]);
    return guess.best;
}
