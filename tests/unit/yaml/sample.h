/* A schema like a form's, for the tests of this room. */
#ifndef GUANAI_TESTS_YAML_SAMPLE_H
#define GUANAI_TESTS_YAML_SAMPLE_H

#include "guanai/yaml/schema.h"

#include <stddef.h>

enum sample_required { REQUIRED_NO, REQUIRED_TRUE, REQUIRED_TYPING };

struct sample_field {
    struct ga_yaml_at at;
    const char *name;
    struct ga_label label;
    enum sample_required required;
    struct ga_yaml_text relevant;
    const char **aka;
    size_t aka_count;
    GA_YAML_LIST(struct sample_field) fields;
};

struct sample_role {
    struct ga_yaml_text name;
    GA_YAML_LIST(struct ga_yaml_text) may;
};

struct sample_paper {
    bool is_wide;
    int64_t copies;
};

struct sample {
    const char *form;
    int64_t version;
    struct ga_label title;
    bool is_old;
    struct sample_paper *paper;
    GA_YAML_LIST(struct sample_field) fields;
    GA_YAML_LIST(struct sample_role) roles;
    GA_YAML_LIST(struct ga_yaml_named) fill;
    const struct ga_yaml_node *extra;
};

#define ROW(of, word, kind, member, ...)                                                               \
    {.key = word, .type = GA_YAML_##kind, .offset = offsetof(struct of, member), __VA_ARGS__}

static const struct ga_yaml_choice required_words[] = {
    {"false", REQUIRED_NO, NULL}, {"true", REQUIRED_TRUE, "always"}, {"typing", REQUIRED_TYPING, NULL}, {0}};

static const struct ga_yaml_schema field_schema; /* a repeat holds fields */

static const struct ga_yaml_row field_rows[] = {
    ROW(sample_field, NULL, PLACE, at, ),
    ROW(sample_field, "name", TEXT, name, .flags = GA_YAML_REQUIRED | GA_YAML_NAME, .doc = "what rules call it"),
    ROW(sample_field, "label", LABEL, label, .flags = GA_YAML_BOTH, .max = 10),
    ROW(sample_field, "required", ENUM, required, .choices = required_words),
    ROW(sample_field, "relevant", TEXT_AT, relevant, ),
    ROW(sample_field, "aka", WORDS, aka, .flags = GA_YAML_LONE, .max = 3),
    ROW(sample_field, "fields", STRUCTS, fields, .schema = &field_schema),
    {0}};
static const struct ga_yaml_schema field_schema = {"field", sizeof(struct sample_field), field_rows, NULL};

static const struct ga_yaml_row role_rows[] = {
    ROW(sample_role, NULL, NAME_HERE, name, ),
    ROW(sample_role, "may", TEXTS, may, .flags = GA_YAML_NAME),
    {0}};
static const struct ga_yaml_schema role_schema = {"role", sizeof(struct sample_role), role_rows, NULL};

static const struct ga_yaml_row paper_rows[] = {
    ROW(sample_paper, "wide", BOOL, is_wide, .preset = 1),
    ROW(sample_paper, "copies", INTEGER, copies, .min = 1, .max = 9, .preset = 1),
    {0}};
static const struct ga_yaml_schema paper_schema = {"paper", sizeof(struct sample_paper), paper_rows, NULL};

static const struct ga_yaml_row sample_rows[] = {
    ROW(sample, "form", TEXT, form, .flags = GA_YAML_REQUIRED | GA_YAML_NAME, .doc = "what commands call it"),
    ROW(sample, "version", INTEGER, version, .min = 1, .max = 999, .preset = 1),
    ROW(sample, "title", LABEL, title, ),
    ROW(sample, "old", BOOL, is_old, ),
    ROW(sample, "paper", STRUCT, paper, .schema = &paper_schema),
    ROW(sample, "fields", STRUCTS, fields, .flags = GA_YAML_REQUIRED, .schema = &field_schema),
    ROW(sample, "roles", MAP, roles, .flags = GA_YAML_NAME, .schema = &role_schema),
    ROW(sample, "fill", TEXT_MAP, fill, ),
    ROW(sample, "extra", NODE, extra, ),
    {0}};
static const struct ga_yaml_schema sample_schema = {"form", sizeof(struct sample), sample_rows, "One a file."};

static const char sample_text[] = "form: visit\n"
                                  "version: 3\n"
                                  "title: {zh: 家访记录, en: Home visit}\n"
                                  "paper: {copies: 2}\n"
                                  "fields:\n"
                                  "  - name: met\n"
                                  "    label: {zh: 见到谁, en: Met}\n"
                                  "    required: typing\n"
                                  "    aka: [见到的人, 谁]\n"
                                  "    relevant: |\n"
                                  "      a = 'x'\n"
                                  "  - name: children\n"
                                  "    aka: 孩子\n"
                                  "    fields:\n"
                                  "      - {name: age, relevant: \"met IN ('a', 'b')\"}\n"
                                  "roles:\n"
                                  "  teacher: {may: [read, write]}\n"
                                  "  clerk: {}\n"
                                  "fill: {place: child.address, on: visited_on}\n"
                                  "extra: [1, {a: 'b'}, [x]]\n";

#endif
