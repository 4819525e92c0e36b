/* A YAML file as a tree of nodes that know their places. */
#ifndef GUANAI_YAML_NODE_H
#define GUANAI_YAML_NODE_H

#include "guanai/base/arena.h"
#include "guanai/base/problem.h"
#include "guanai/base/rc.h"

#include <stddef.h>

/*
 * Far above what a form needs (the largest of ours: depth 9, 4,000 nodes, 40 KiB), low enough that a
 * hostile file costs a blink: libyaml's scanner is quadratic in nesting.
 */
enum {
    GA_YAML_DEPTH_MAX = 32,
    GA_YAML_NODES_MAX = 50000,
    GA_YAML_FILE_BYTES_MAX = 256 * 1024,
    GA_YAML_SCALAR_BYTES_MAX = 16 * 1024,
};

/* A place in the file that is being read; both from 1, columns in characters; 0: not given. */
struct ga_yaml_at {
    int line;
    int column;
};

enum ga_yaml_kind { GA_YAML_SCALAR, GA_YAML_SEQUENCE, GA_YAML_MAPPING };

enum ga_yaml_style {
    GA_YAML_PLAIN,  /* scalar without quotes */
    GA_YAML_QUOTED, /* scalar in '…' or "…" */
    GA_YAML_BLOCK,  /* scalar after | or >; sequence or mapping by indentation */
    GA_YAML_FLOW,   /* sequence in […], mapping in {…} */
};

struct ga_yaml_pair;

/* Every scalar is a text: what `yes`, `012`, `2014-05-06` mean is decided by the schema, never here. */
struct ga_yaml_node {
    enum ga_yaml_kind kind;
    enum ga_yaml_style style;
    struct ga_yaml_at at;
    size_t len; /* scalar: bytes without the NUL; sequence: items; mapping: pairs */
    union {
        const char *text;                        /* UTF-8, NUL-terminated, without NUL or control
                                                    characters except \n and \t */
        const struct ga_yaml_node *const *items;
        const struct ga_yaml_pair *pairs;        /* in the file's order; no key twice */
    };
};

struct ga_yaml_pair {
    const struct ga_yaml_node *key; /* always a scalar */
    const struct ga_yaml_node *value;
};

/*
 * Reads one YAML document. Every refusal goes into `problems` as a GA_FAULT with file:line:column,
 * the cause and, where one is known, what to do: over a limit, not UTF-8, anchors, aliases, tags, merge keys,
 * directives, further documents, doubled keys, keys that are not texts, control characters, and
 * whatever libyaml cannot read.
 * GA_OK: no fault. GA_REFUSED, GA_TOO_BIG (the size alone): faults were added; *ret_root is then the tree when it is
 * whole enough to be checked further (so that one run shows all errors), else NULL. An empty file is
 * one empty scalar. Nodes live in `tree`, their texts in `texts`, which may be the same: what is loaded from a tree
 * (schema.h) borrows texts only. `bytes` and `file` need not outlive the call.
 */
enum ga_rc ga_yaml_parse(const char *bytes, size_t len, const char *file, struct ga_arena *texts,
                         struct ga_arena *tree, const struct ga_yaml_node **ret_root, struct ga_problems *problems);

/* The value under a key; NULL when there is none or `node` is NULL or no mapping. */
const struct ga_yaml_node *ga_yaml_get(const struct ga_yaml_node *node, const char *key);

#endif
