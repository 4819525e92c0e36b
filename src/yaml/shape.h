/* The frame around a packed struct. */
#ifndef GUANAI_YAML_SHAPE_H
#define GUANAI_YAML_SHAPE_H

#include "inner.h"

#include "guanai/yaml/pack.h"

#define GA_YAML_PACK_MAGIC "GAP1"
enum { GA_YAML_PACK_HEAD_BYTES = 4 + 8 + 4 + 8, GA_YAML_PACK_DEPTH_MAX = GA_YAML_DEPTH_MAX + 2 };

/* Of the table as it was in an edition (GA_YAML_EDITION: as it is). */
uint64_t ga_yaml_shape_of(const struct ga_yaml_schema *schema, int edition);

/* Goes on with `sum` over more bytes; against damage, not against forgers. */
uint64_t ga_yaml_sum(uint64_t sum, const void *bytes, size_t len);

void ga_yaml_put_fixed(struct ga_str *out, uint64_t value, size_t len); /* little endian */
uint64_t ga_yaml_fixed_at(const unsigned char *bytes, size_t len);

#endif
