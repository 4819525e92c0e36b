/* Guessing what an author meant near a failure. */
#include "inner.h"

#include <string.h>

const char ga_yaml_hint_quote[] = GA_N_("put the text in quotes: inside {…} and […] it must not hold "
                                        ", [ ] { } # or \": \" otherwise");

/* One line, without its break. */
static struct ga_yaml_source line_at(struct ga_yaml_source source, int line)
{
    const char *start = source.bytes, *end = source.bytes + source.len;
    for (int i = 1; i < line && start < end; start++)
        i += *start == '\n' || (*start == '\r' && !(start + 1 < end && start[1] == '\n'));
    size_t len = 0;
    while (start + len < end && start[len] != '\n' && start[len] != '\r')
        len++;
    return (struct ga_yaml_source){start, len};
}

static bool is_at(const char *text, size_t len, const char *sign)
{
    size_t sign_len = strlen(sign);
    return len >= sign_len && memcmp(text, sign, sign_len) == 0;
}

/* What has been seen since the line's beginning or its last , { [ sign. */
struct segment {
    bool has_colon;
    bool has_words; /* of a value: after its colon, or of a key */
};

static const char wide_colon[] = GA_N_("there is a full-width colon ： here: type : and a blank");
static const char wide_comma[] = GA_N_("there is a full-width comma ， here: type , and a blank");
static const char wide_quote[] = GA_N_("there are full-width quotes “ ” here: type \" or '");
static const char wide_bracket[] = GA_N_("there are full-width brackets （ ） here: type ( and )");

/* Does `key:` follow? */
static bool begins_entry(const char *text, size_t len)
{
    for (size_t i = 0; i < len && strchr(",[]{}", text[i]) == NULL; i++)
        if (text[i] == ':' || is_at(text + i, len - i, "：") || is_at(text + i, len - i, "，"))
            return text[i] == ':';
    return false;
}

static const char *judge_sign(const char *text, size_t len, const struct segment *segment, bool in_flow)
{
    if (is_at(text, len, "：") && !segment->has_colon)
        return wide_colon;
    if ((is_at(text, len, "“") || is_at(text, len, "‘")) && !segment->has_words)
        return wide_quote;
    if (is_at(text, len, "，") && in_flow && begins_entry(text + strlen("，"), len - strlen("，")))
        return wide_comma;
    return NULL;
}

const char *ga_yaml_hint_full_width(const char *text, size_t len, bool in_flow)
{
    struct segment segment = {0};
    char quote = '\0';
    for (size_t i = 0; i < len; i++) {
        if (quote == '\0') {
            const char *hint = judge_sign(text + i, len - i, &segment, in_flow);
            if (hint != NULL)
                return hint;
        }
        if (quote != '\0')
            quote = text[i] == quote ? '\0' : quote;
        else if ((text[i] == '"' || text[i] == '\'') && !segment.has_words)
            quote = text[i];
        else if (text[i] == '#' && (i == 0 || text[i - 1] == ' '))
            break;
        if (strchr(",{[", text[i]) != NULL && text[i] != '\0')
            segment = (struct segment){0};
        else if (text[i] == ':')
            segment = (struct segment){.has_colon = true};
        else if (strchr(" -\t", text[i]) == NULL)
            segment.has_words = true;
    }
    return NULL;
}

static bool has_wide_brackets(struct ga_yaml_source line)
{
    for (size_t i = 0; i < line.len; i++)
        if (is_at(line.bytes + i, line.len - i, "（") || is_at(line.bytes + i, line.len - i, "）"))
            return true;
    return false;
}

static bool is_tab_indented(struct ga_yaml_source line)
{
    size_t i = 0;
    while (i < line.len && line.bytes[i] == ' ')
        i++;
    return i < line.len && line.bytes[i] == '\t';
}

static bool says(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

const char *ga_yaml_hint_near(const struct ga_yaml_failure *failure, struct ga_yaml_source source)
{
    bool in_flow = says(failure->context, "flow");
    bool is_cut = (in_flow && says(failure->problem, "',' or")) || says(failure->problem, "mapping values");
    const int lines[] = {failure->at.line, failure->context_at.line, failure->at.line - 1};
    const char *hint = NULL;
    if (says(failure->problem, "tab character") || is_tab_indented(line_at(source, failure->at.line)))
        return GA_N_("indent with blanks, not with tabs");
    for (size_t i = 0; i < GA_COUNT(lines) && hint == NULL; i++) {
        struct ga_yaml_source line = lines[i] < 1 ? (struct ga_yaml_source){"", 0} : line_at(source, lines[i]);
        hint = ga_yaml_hint_full_width(line.bytes, line.len, in_flow);
    }
    if (hint == NULL && is_cut)
        hint = ga_yaml_hint_quote;
    if (hint == NULL && has_wide_brackets(line_at(source, failure->at.line)))
        hint = wide_bracket;
    return hint;
}
