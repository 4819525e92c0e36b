/* Names of people. */
#include "guanai/text/person_name.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/str.h"
#include "guanai/text/fold.h"
#include "guanai/text/typed.h"
#include "guanai/text/utf8.h"

#include <stdio.h>
#include <string.h>

enum { MIDDLE_DOT = 0xB7 };

static bool is_middle_dot(uint32_t cp)
{
    static const uint32_t dots[] = {MIDDLE_DOT, 0x2022, 0x30FB, 0x2027, 0xFF65, 0x22C5,
                                    0x2219,     0x0387, 0x25CF, 0x2E31, 0x2E33, 0x318D};
    for (size_t i = 0; i < GA_COUNT(dots); i++)
        if (cp == dots[i])
            return true;
    return false;
}

static bool is_full_stop(uint32_t cp)
{
    return cp == '.' || cp == 0xFF0E;
}

static bool is_digit(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || (cp >= 0xFF10 && cp <= 0xFF19);
}

/* What parts two names, or a name from a remark; brackets are common in rosters: 李红（小）. */
static bool is_punctuation(uint32_t cp)
{
    static const uint32_t marks[] = {',', ';', ':', '/', 0xFF0C, 0xFF1B, 0xFF1A, 0xFF0F, 0x3001, 0x3002};
    for (size_t i = 0; i < GA_COUNT(marks); i++)
        if (cp == marks[i])
            return true;
    return false;
}

/* Private use, noncharacters, planes without characters: a font has nothing to show for them. */
static bool is_unassigned(uint32_t cp)
{
    return (cp >= 0xE000 && cp <= 0xF8FF) || cp >= 0xF0000 || (cp >= 0x40000 && cp < 0xE0000) ||
           (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF);
}

static bool stands_for_lost(uint32_t cp)
{
    return cp == '?' || cp == 0xFF1F || cp == '*' || cp == 0xFF0A || cp == 0x25A1 || cp == 0x25A0 ||
           cp == 0x3013 || cp == 0xFFFD;
}

static bool is_control(uint32_t cp)
{
    return (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) && !ga_typed_is_blank(cp);
}

static const char *code_point_text(uint32_t cp, char buf[16])
{
    snprintf(buf, 16, "U+%04X", (unsigned)cp);
    return buf;
}

static void warn_of_name(const struct ga_typed *raw, struct ga_message *warning)
{
    char point[16];
    for (size_t i = 0; i < raw->count && warning->id == NULL; i++) {
        const uint32_t cp = raw->cp[i];
        if (is_unassigned(cp))
            ga_message_set(warning, "The character %1 of this name cannot be shown on every computer",
                           code_point_text(cp, point));
        else if (stands_for_lost(cp))
            ga_message_set(warning, "A character of this name was lost somewhere: type it again");
        else if (is_digit(cp))
            ga_message_set(warning, "There are digits in this name");
        else if (is_punctuation(cp))
            ga_message_set(warning, "There is punctuation in this name: one person only?");
        else if (ga_typed_is_invisible(cp))
            ga_message_set(warning, "An invisible character (%1) was taken out of this name",
                           code_point_text(cp, point));
    }
}

/* Full-width Latin letters become ordinary ones, blanks ' ', dots U+00B7. */
static uint32_t clean_char(uint32_t cp)
{
    if ((cp >= 0xFF21 && cp <= 0xFF3A) || (cp >= 0xFF41 && cp <= 0xFF5A))
        return cp - 0xFEE0;
    if (ga_typed_is_blank(cp))
        return ' ';
    return is_middle_dot(cp) ? MIDDLE_DOT : cp;
}

/* A blank stays only between two characters that are neither Chinese nor a dot; one of several. */
static bool keeps_blank(const struct ga_typed *name, uint32_t next)
{
    const uint32_t last = name->count > 0 ? name->cp[name->count - 1] : 0;
    if (last == 0 || next == 0 || last == MIDDLE_DOT || next == MIDDLE_DOT)
        return false;
    return !(ga_typed_is_han(last) && ga_typed_is_han(next));
}

static uint32_t next_visible(const struct ga_typed *raw, size_t at)
{
    for (; at < raw->count; at++)
        if (!ga_typed_is_blank(raw->cp[at]) && !ga_typed_is_invisible(raw->cp[at]))
            return clean_char(raw->cp[at]);
    return 0;
}

static void clean_name(const struct ga_typed *raw, struct ga_typed *name)
{
    name->count = 0;
    for (size_t i = 0; i < raw->count; i++) {
        uint32_t cp = clean_char(raw->cp[i]);
        if (ga_typed_is_invisible(cp))
            continue;
        const uint32_t last = name->count > 0 ? name->cp[name->count - 1] : 0;
        const uint32_t next = next_visible(raw, i + 1);
        if (is_full_stop(cp) && ga_typed_is_han(last) && ga_typed_is_han(next))
            cp = MIDDLE_DOT;
        if (cp != ' ' || (last != ' ' && keeps_blank(name, next)))
            name->cp[name->count++] = cp;
    }
    name->cp[name->count] = 0;
}

/* Bounded and checked before it is composed; composing only shortens. */
static enum ga_rc read_composed(const char *text, struct ga_typed *raw, struct ga_error *err)
{
    enum ga_rc rc = ga_typed_read(text, raw, err);
    if (rc != GA_OK)
        return rc;
    struct ga_str composed = {0};
    ga_fold_add_composed(&composed, text, strlen(text));
    rc = ga_typed_read(ga_str_text(&composed), raw, err);
    ga_str_finish(&composed);
    return rc;
}

/* Two to four common Chinese characters: nearly every name of a roster is as it should be. */
static bool is_plain_name(const char *text)
{
    const size_t len = strlen(text);
    if (len < 6 || len > 12 || len % 3 != 0 || !ga_utf8_is_valid(text, len, NULL))
        return false;
    for (size_t i = 0; i < len; i += 3) /* U+5000 … U+8FFF, no compatibility form among them */
        if ((unsigned char)text[i] < 0xE5 || (unsigned char)text[i] > 0xE8)
            return false;
    return true;
}

enum ga_rc ga_person_name_clean(const char *typed_text, char ret_name[GA_PERSON_NAME_SIZE],
                                struct ga_message *warning, struct ga_error *err)
{
    struct ga_typed raw, name;
    char point[16];
    if (warning != NULL)
        warning->id = NULL;
    if (is_plain_name(typed_text)) {
        strcpy(ret_name, typed_text);
        return GA_OK;
    }
    const enum ga_rc rc = read_composed(typed_text, &raw, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < raw.count; i++)
        if (is_control(raw.cp[i])) {
            ga_error_hint(err, "Type it again.");
            return ga_error_set(err, GA_REFUSED, "There is a control character (%1) in this name",
                                code_point_text(raw.cp[i], point));
        }
    clean_name(&raw, &name);
    if (name.count == 0)
        return ga_error_set(err, GA_REFUSED, "The name is empty");
    if (name.count > GA_PERSON_NAME_CHARS_MAX)
        return ga_error_set(err, GA_REFUSED, "A name has at most 50 characters, this has %1",
                            GA_NUM(name.count));
    if (warning != NULL)
        warn_of_name(&raw, warning);
    ga_typed_text(&name, ret_name, GA_PERSON_NAME_SIZE);
    return GA_OK;
}
