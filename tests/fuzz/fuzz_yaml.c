/* Any bytes as a YAML file; whatever loads is packed, read back, packed again to the same bytes. */
#include "guanai/yaml/pack.h"

#include "../unit/yaml/sample.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_round_trip(const struct sample *sample, struct ga_arena *arena)
{
    struct ga_str packed = {0}, again = {0};
    struct sample copy;
    ga_yaml_pack(&sample_schema, sample, &packed);
    if (ga_yaml_unpack(&sample_schema, packed.data, packed.len, arena, &copy, NULL) != GA_OK)
        abort();
    ga_yaml_pack(&sample_schema, &copy, &again);
    if (packed.len != again.len || memcmp(packed.data, again.data, packed.len) != 0)
        abort();
    ga_str_finish(&packed);
    ga_str_finish(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ga_arena arena;
    struct ga_problems problems;
    struct sample sample;
    ga_arena_init(&arena);
    ga_problems_init(&problems);
    enum ga_rc rc = ga_yaml_load(&sample_schema, (const char *)data, size, "fuzz.yaml", &arena, &sample, &problems);
    if ((rc == GA_OK) != (problems.faults == 0))
        abort();
    if (rc == GA_OK)
        check_round_trip(&sample, &arena);
    ga_yaml_unpack(&sample_schema, data, size, &arena, &sample, NULL);
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    return 0;
}
