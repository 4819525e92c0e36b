/*
 * What a bundle of a whole county costs: 100,000 roster rows written, verified, read; time of the processor, bytes
 * on the stick, memory held by what writes and reads. Exits 1 past its bounds.
 */
#include "history.h"
#include "sample.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/crypt/secret.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { ROWS = 100000, MEMORY_MAX = 2 << 20, ROW_MAX = 200 };

static size_t base_bytes, most_bytes;

static size_t held_bytes(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static void watch(size_t without)
{
    size_t held = held_bytes() - base_bytes - without;
    most_bytes = held > most_bytes ? held : most_bytes;
}

static double cpu_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

/* Texts, names, numbers tell who a child is, as forms/child.yaml has it: so an operation is in two parts (store/naming.h). */
static bool tells_who(const char *field)
{
    static const char *const parts[] = {"name", "number", "phone", "workplace", "hamlet"};
    for (size_t i = 0; i < GA_COUNT(parts); i++)
        if (strstr(field, parts[i]) != NULL)
            return true;
    return false;
}

static void mark_names(struct ga_operation *op, struct ga_arena *arena)
{
    struct ga_operation_group *groups = ga_arena_array(arena, op->groups_count, sizeof(*groups));
    for (size_t i = 0; i < op->groups_count; i++) {
        struct ga_operation_field *fields = ga_arena_array(arena, op->groups[i].fields_count, sizeof(*fields));
        groups[i] = op->groups[i];
        for (size_t k = 0; k < groups[i].fields_count; k++) {
            fields[k] = groups[i].fields[k];
            fields[k].value.is_naming = tells_who(fields[k].id);
        }
        groups[i].fields = fields;
    }
    op->groups = groups;
}

/* One import, then 100 saves. */
static void fill(struct history *history, size_t rows)
{
    history_init(history, 40);
    struct ga_operation *ops = ga_arena_array(&history->arena, rows, sizeof(*ops));
    for (size_t i = 0; i < rows; i++) {
        sample_roster(&ops[i], &history->arena, &history->random, (unsigned)i);
        mark_names(&ops[i], &history->arena);
    }
    history_add(history, 0, ops, rows, NULL);
    for (size_t i = 0; i < 100; i++)
        history_add(history, i % 4, &ops[i], 1, NULL);
}

static void put_all(const struct history *history, struct ga_content_out *out, const struct memory_file *file)
{
    for (size_t i = 0; i < history->parcels.len; i++) {
        const struct history_parcel *parcel = ga_vec_at(&history->parcels, i);
        assert_int_equal(ga_content_put_parcel(out, &parcel->parcel, NULL), GA_OK);
        for (size_t k = 0; k < parcel->parcel.count; k++) {
            const struct history_op *op = ga_vec_at(&history->ops, parcel->first_op + k);
            assert_int_equal(ga_content_put_op(out, &op->op, NULL), GA_OK);
            if (k % 1000 == 0)
                watch(file->bytes.cap);
        }
    }
}

static void write_all(struct history *history, struct memory_file *file, const struct ga_seal_key *group,
                      struct ga_content_counts *ret_counts)
{
    struct ga_manifest manifest;
    struct ga_bundle_sender sender = memory_sender(&history->sites[0]);
    struct ga_sync_sink sink = memory_sink(file), frames;
    struct ga_bundle_out *bundle;
    struct ga_content_out *out;
    history_manifest(history, &manifest);
    assert_int_equal(ga_bundle_create(&sender, &group->public_key, 1, ga_crypt_random(), &sink, &bundle, NULL), GA_OK);
    frames = ga_bundle_frames(bundle);
    assert_int_equal(ga_content_create(&manifest, NULL, &frames, &out, NULL), GA_OK);
    put_all(history, out, file);
    assert_int_equal(ga_content_finish(out, ret_counts, NULL), GA_OK);
    assert_int_equal(ga_bundle_finish(bundle, NULL, NULL), GA_OK);
    ga_content_out_destroy(out);
    ga_bundle_out_destroy(bundle);
}

static enum ga_rc next_frame(void *ctx, const uint8_t **ret_frame, size_t *ret_len, struct ga_error *err)
{
    return ga_bundle_next(ctx, ret_frame, ret_len, err);
}

static size_t read_all(struct memory_file *file, const struct ga_seal_key *group)
{
    struct ga_sync_source source = memory_source(file);
    struct ga_content_item item = {.event = GA_CONTENT_PARCEL};
    struct ga_bundle_in *bundle;
    struct ga_content_in *in;
    size_t ops = 0;
    assert_int_equal(ga_bundle_open(&source, group, 1, &bundle, NULL), GA_OK);
    const struct ga_content_source frames = {next_frame, bundle};
    assert_int_equal(ga_content_open(&frames, NULL, &in, NULL), GA_OK);
    while (item.event != GA_CONTENT_END) {
        assert_int_equal(ga_content_next(in, &item, NULL), GA_OK);
        ops += item.event == GA_CONTENT_OP;
        if (ops % 1000 == 0)
            watch(0);
    }
    ga_content_in_destroy(in);
    ga_bundle_in_destroy(bundle);
    return ops;
}

static size_t report(const char *what, double start_ms)
{
    size_t most = most_bytes;
    printf("%-9s %7.0f ms of the processor, at most %4zu KiB held\n", what, cpu_ms() - start_ms, most / 1024);
    most_bytes = 0;
    return most;
}

int main(int argc, char **argv)
{
    int64_t rows = ROWS;
    struct history history;
    struct memory_file file = {0};
    struct ga_content_counts counts;
    struct ga_seal_key group;
    struct ga_bundle_facts facts;
    if (argc > 1 && !ga_num_parse(argv[1], &rows))
        return 2;
    ga_crypt_start(NULL);
    ga_seal_key_make(ga_crypt_random(), &group);
    fill(&history, (size_t)rows);
    size_t raw = 0, most = 0;
    for (size_t i = 0; i < history.ops.len; i++)
        raw += GA_VEC_AT(struct history_op, &history.ops, i)->op.len;
    base_bytes = held_bytes();
    double start_ms = cpu_ms();
    write_all(&history, &file, &group, &counts);
    most = report("written", start_ms);
    base_bytes = held_bytes();
    struct ga_sync_source source = memory_source(&file);
    struct ga_bundle_signers signers = memory_signers(&history.sites[0]);
    start_ms = cpu_ms();
    assert_int_equal(ga_bundle_verify(&source, &group, 1, &signers, &facts, NULL), GA_OK);
    printf("%-9s %7.0f ms of the processor\n", "verified", cpu_ms() - start_ms);
    start_ms = cpu_ms();
    assert_int_equal(read_all(&file, &group), history.ops.len);
    size_t reading = report("read", start_ms);
    most = reading > most ? reading : most;
    double each = (double)file.bytes.len / (double)history.ops.len;
    printf("%zu operations of %.0f bytes: %.1f each on the stick (%.1f packed from %.1f, %.1f that do not pack), %zu KiB in all\n",
           history.ops.len, (double)raw / (double)history.ops.len, each,
           (double)counts.packed_bytes / (double)history.ops.len, (double)counts.columns_bytes / (double)history.ops.len,
           (double)counts.drawn_bytes / (double)history.ops.len, file.bytes.len / 1024);
    ga_str_finish(&file.bytes);
    history_finish(&history);
    return most <= MEMORY_MAX && each <= ROW_MAX ? 0 : 1;
}
