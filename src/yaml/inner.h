/* What the files of this room share among themselves. */
#ifndef GUANAI_YAML_INNER_H
#define GUANAI_YAML_INNER_H

#include "guanai/base/alloc.h"
#include "guanai/yaml/schema.h"

#include <stdbool.h>

#define GA_BOM "\xEF\xBB\xBF"

/* The bytes being read, without a byte order mark. */
struct ga_yaml_source {
    const char *bytes;
    size_t len;
};

/* The layout of every list member; moved with memcpy, for its items have many types. */
struct ga_yaml_untyped_list {
    void *items;
    size_t count;
};
_Static_assert(sizeof(GA_YAML_LIST(struct ga_yaml_text)) == sizeof(struct ga_yaml_untyped_list), "one layout");

/* Where findings go; past GA_PROBLEMS_MAX they are only counted, so a hostile file costs no memory. */
struct ga_yaml_report {
    struct ga_problems *problems;
    const char *file;
    struct ga_problem *last; /* the newest entry; NULL when it was only counted */
};

#define ga_yaml_fault(report, at, ...)                                                                 \
    ga_yaml_report_add((report), GA_FAULT, (at), __VA_ARGS__, (const char *)NULL)
#define ga_yaml_warn(report, at, ...)                                                                  \
    ga_yaml_report_add((report), GA_WARNING, (at), __VA_ARGS__, (const char *)NULL)
#define ga_yaml_hint(report, ...)                                                                      \
    do {                                                                                               \
        if ((report)->last != NULL)                                                                    \
            ga_message_set(&(report)->last->hint, __VA_ARGS__);                                        \
    } while (0)

void ga_yaml_report_add(struct ga_yaml_report *report, enum ga_severity severity, struct ga_yaml_at at,
                        const char *id, ...);

/* Length of the UTF-8 sequence at text (at most `len` bytes), 0 when malformed. */
size_t ga_yaml_decode(const char *text, size_t len, uint32_t *ret_code);
bool ga_yaml_is_control(uint32_t code); /* may stand in no scalar: all but \t \n */
size_t ga_yaml_count_chars(const char *text);

/* True when libyaml may see these bytes; else says why not. */
bool ga_yaml_source_check(struct ga_yaml_source source, struct ga_yaml_report *report);

/* One failure as libyaml tells it. */
struct ga_yaml_failure {
    const char *problem;
    const char *context; /* "" when there is none */
    struct ga_yaml_at at;
    struct ga_yaml_at context_at;
};
void ga_yaml_cause_add(const struct ga_yaml_failure *failure, struct ga_yaml_source source,
                       struct ga_yaml_report *report);

/* What an author probably meant near a failure: the message id of a hint, NULL for no idea. */
const char *ga_yaml_hint_near(const struct ga_yaml_failure *failure, struct ga_yaml_source source);
/* A full-width sign that stands where YAML wants its own; `len` bytes of one line. */
const char *ga_yaml_hint_full_width(const char *text, size_t len, bool in_flow);
extern const char ga_yaml_hint_quote[];

#endif
