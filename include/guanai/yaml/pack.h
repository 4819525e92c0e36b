/* A loaded struct as compact bytes that are cheap to read back. */
#ifndef GUANAI_YAML_PACK_H
#define GUANAI_YAML_PACK_H

#include "guanai/yaml/schema.h"

/*
 * Reading a 120-field form through libyaml costs 8 M instructions; its packed form a hundredth.
 * The bytes are a cache: they belong to one shape of the schema (ga_yaml_shape) and are thrown away
 * when it changes; a shape that only lacks rows of a later edition (schema.h) is read on. Layout: "GAP1", shape (8 bytes, little endian), length of the body (4), sum of the
 * body (8), body. Body: the rows in table order, numbers as LEB128 (signed ones zigzag), texts as
 * length + 1 (0: NULL), bytes, NUL.
 */
enum { GA_YAML_PACK_BYTES_MAX = 4 * 1024 * 1024 };

/* Appends the packed form of `from`, a struct that ga_yaml_check filled without faults. */
void ga_yaml_pack(const struct ga_yaml_schema *schema, const void *from, struct ga_str *out);

/*
 * The body alone, with every place 0: equal content gives equal bytes wherever it stood in its file.
 * For hashing; never read back.
 */
void ga_yaml_pack_content(const struct ga_yaml_schema *schema, const void *from, struct ga_str *out);

/*
 * The struct again, equal in every member, places included. Texts point into `bytes`, which must
 * outlive the struct; lists live in `arena`. Anything else than what ga_yaml_pack wrote for this very
 * shape is GA_DAMAGED; memory is bounded by a small multiple of `len`.
 */
enum ga_rc ga_yaml_unpack(const struct ga_yaml_schema *schema, const void *bytes, size_t len,
                          struct ga_arena *arena, void *ret_struct, struct ga_error *err);

/* Changes when a key, kind, bound, choice or the order of rows changes; not with docs or offsets. */
uint64_t ga_yaml_shape(const struct ga_yaml_schema *schema);

#endif
