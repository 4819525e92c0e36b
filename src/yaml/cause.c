/* What libyaml complains about, in words an author understands. */
#include "inner.h"

#include "guanai/base/num.h"

#include <string.h>

/* libyaml 0.2.5's words. %1, %2: line and column where the surrounding thing began; %3 the line it was noticed. */
struct cause {
    const char *problem;
    const char *context; /* NULL: any */
    bool at_context;     /* the place to look at is where it began */
    const char *words;
    const char *hint; /* when the text itself gives none */
};

#define INDENT_HINT GA_N_("keys of one mapping begin in the same column; a text with signs goes in quotes")

static const struct cause causes[] = {
    {"found unexpected end of stream", "while scanning a quoted scalar", true,
     GA_N_("this quote is never closed: the text ran on to line %3"), NULL},
    {"found unexpected document indicator", "while scanning a quoted scalar", true,
     GA_N_("this quote is never closed: the text ran on to line %3"), NULL},
    {"could not find expected ':'", NULL, true, GA_N_("a colon is missing after this key"),
     GA_N_("write key: value, with a blank after the colon")},
    {"did not find expected key", NULL, false,
     GA_N_("a key of the mapping that began in line %1, column %2 was expected here"), INDENT_HINT},
    {"did not find expected '-' indicator", NULL, false,
     GA_N_("a - of the list that began in line %1, column %2 was expected here"),
     GA_N_("the - of one list stand in the same column")},
    {"did not find expected ',' or '}'", NULL, false,
     GA_N_("a comma or } is missing before this; the { stands in line %1, column %2"), NULL},
    {"did not find expected ',' or ']'", NULL, false,
     GA_N_("a comma or ] is missing before this; the [ stands in line %1, column %2"), NULL},
    {"did not find expected node content", NULL, false, GA_N_("a value was expected here"), NULL},
    {"mapping values are not allowed in this context", NULL, false,
     GA_N_("a colon must not stand here"), INDENT_HINT},
    {"mapping keys are not allowed in this context", NULL, false, GA_N_("a ? must not stand here"),
     GA_N_("a text that begins with ? goes in quotes")},
    {"block sequence entries are not allowed in this context", NULL, false,
     GA_N_("a - must not stand here"), GA_N_("begin the list on the next line, or write [one, two]")},
    {"found character that cannot start any token", NULL, false, GA_N_("a text must not begin with this sign"),
     GA_N_("put the text in quotes")},
    {"found a tab character that violates indentation", NULL, false, GA_N_("a tab stands in the indentation"), NULL},
    {"found a tab character where an indentation space is expected", NULL, false,
     GA_N_("a tab stands in the indentation"), NULL},
    {"found unknown escape character", NULL, false, GA_N_("an unknown \\ sequence stands in a text in double quotes"),
     GA_N_("write \\\\ for one \\, or use single quotes")},
    {"did not find expected hexdecimal number", NULL, false, GA_N_("hexadecimal digits must follow \\x, \\u, \\U"),
     GA_N_("write \\\\ for one \\, or use single quotes")},
    {"found invalid Unicode character escape code", NULL, false, GA_N_("there is no such Unicode character"), NULL},
    {"found unexpected ':'", NULL, false, GA_N_("a colon must not stand here"), GA_N_("put the text in quotes")},
    {"did not find expected comment or line break", NULL, false,
     GA_N_("only a line break may follow | or > here"), NULL},
    {"found an indentation indicator equal to 0", NULL, false, GA_N_("the number after | or > must be 1 to 9"), NULL},
    {"did not find expected <document start>", NULL, false, GA_N_("the document has ended before this"),
     GA_N_("the keys of the file begin in the first column")},
    {"did not find expected alphabetic or numeric character", "while scanning an alias", false,
     GA_N_("aliases (*name) are not used here"), GA_N_("a text that begins with * goes in quotes")},
    {"did not find expected alphabetic or numeric character", NULL, false,
     GA_N_("anchors (&name) are not used here"), GA_N_("a text that begins with & goes in quotes")},
    {"did not find expected whitespace or line break", NULL, false, GA_N_("a blank is missing here"),
     GA_N_("a text that begins with ! goes in quotes")},
    {"did not find expected '!'", NULL, false, GA_N_("tags (!name) are not used here"),
     GA_N_("a text that begins with ! goes in quotes")},
    {"did not find expected tag URI", NULL, false, GA_N_("tags (!name) are not used here"),
     GA_N_("a text that begins with ! goes in quotes")},
    {"did not find the expected '>'", NULL, false, GA_N_("tags (!name) are not used here"),
     GA_N_("a text that begins with ! goes in quotes")},
    {"did not find URI escaped octet", NULL, false, GA_N_("tags (!name) are not used here"),
     GA_N_("a text that begins with ! goes in quotes")},
    {"found an incorrect leading UTF-8 octet", NULL, false, GA_N_("tags (!name) are not used here"),
     GA_N_("a text that begins with ! goes in quotes")},
    {"found an incorrect trailing UTF-8 octet", NULL, false, GA_N_("tags (!name) are not used here"),
     GA_N_("a text that begins with ! goes in quotes")},
    {"found undefined tag handle", NULL, false, GA_N_("tags (!name) are not used here"),
     GA_N_("a text that begins with ! goes in quotes")},
};

static const struct cause *find_cause(const struct ga_yaml_failure *failure)
{
    for (size_t i = 0; i < GA_COUNT(causes); i++) {
        bool is_here = causes[i].context == NULL || strcmp(causes[i].context, failure->context) == 0;
        if (is_here && strcmp(causes[i].problem, failure->problem) == 0)
            return &causes[i];
    }
    return NULL;
}

/* Directives, encodings never get here; a newer libyaml may have further words. */
static const struct cause other = {.words = GA_N_("this cannot be read as YAML")};

void ga_yaml_cause_add(const struct ga_yaml_failure *failure, struct ga_yaml_source source,
                       struct ga_yaml_report *report)
{
    const struct cause *cause = find_cause(failure);
    cause = cause == NULL ? &other : cause;
    const char *hint = ga_yaml_hint_near(failure, source);
    ga_yaml_fault(report, cause->at_context ? failure->context_at : failure->at, cause->words,
                  GA_NUM(failure->context_at.line), GA_NUM(failure->context_at.column),
                  GA_NUM(failure->at.line));
    if (hint == NULL)
        hint = cause->hint;
    if (hint != NULL)
        ga_yaml_hint(report, hint);
}
