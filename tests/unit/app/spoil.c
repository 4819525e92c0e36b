/* Contents of bundles that are malformed in one place each. */
#include "spoil.h"

#include "guanai/base/alloc.h"
#include "frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <zstd.h>

struct ga_str *spoil_frame(struct frames *frames, size_t i)
{
    return ga_vec_at(&frames->frames, i);
}

/* Cuts `cut` bytes out of a frame and puts others in their place. */
static void edit(struct ga_str *frame, size_t at, size_t cut, const void *bytes, size_t len)
{
    struct ga_str rest = {0};
    assert_true(at + cut <= frame->len);
    ga_str_add_bytes(&rest, frame->data + at + cut, frame->len - at - cut);
    frame->len = at;
    ga_str_add_bytes(frame, bytes, len);
    ga_str_add_bytes(frame, ga_str_text(&rest), rest.len);
    ga_str_finish(&rest);
}

static struct ga_str unpacked(const struct ga_str *frame, struct ga_str *ret_drawn)
{
    struct ga_wire wire;
    struct ga_str columns = {0};
    ga_wire_start(&wire, frame->data, frame->len);
    ga_wire_varint(&wire, FRAME_BLOCK);
    const bool is_packed = ga_wire_varint(&wire, 1) == 1;
    const size_t len = (size_t)ga_wire_varint(&wire, GA_CONTENT_COLUMNS_MAX), packed = (size_t)ga_wire_varint(&wire, frame->len);
    const uint8_t *bytes = ga_wire_bytes(&wire, packed);
    assert_false(wire.is_bad);
    ga_str_reserve(&columns, len);
    if (is_packed)
        assert_int_equal(ZSTD_decompress(columns.data, len, bytes, packed), len);
    else
        memcpy(columns.data, bytes, len);
    columns.len = len;
    ga_str_add_bytes(ret_drawn, wire.next, ga_wire_left(&wire));
    return columns;
}

void spoil_lay_open(const struct ga_str *frame, struct spoil_block *block)
{
    uint64_t lengths[COLUMNS], of_names[64];
    struct ga_wire wire;
    *block = (struct spoil_block){0};
    struct ga_str columns = unpacked(frame, &block->drawn);
    ga_wire_start(&wire, columns.data, columns.len);
    block->drawn_1 = ga_wire_varint(&wire, columns.len);
    block->names_count = ga_wire_varint(&wire, 64);
    for (size_t i = 0; i < COLUMNS; i++)
        lengths[i] = ga_wire_varint(&wire, columns.len);
    for (size_t i = 0; i < block->names_count; i++)
        of_names[i] = ga_wire_varint(&wire, columns.len);
    for (size_t i = 0; i < COLUMNS; i++)
        ga_str_add_bytes(&block->columns[i], ga_wire_bytes(&wire, lengths[i]), lengths[i]);
    for (size_t i = 0; i < block->names_count; i++)
        ga_str_add_bytes(&block->names[i], ga_wire_bytes(&wire, of_names[i]), of_names[i]);
    assert_true(!wire.is_bad && wire.next == wire.end);
    ga_str_finish(&columns);
}

void spoil_close_again(struct spoil_block *block, struct ga_str *frame)
{
    struct ga_str columns = {0};
    frame_put_varint(&columns, block->drawn_1);
    frame_put_varint(&columns, block->names_count);
    for (size_t i = 0; i < COLUMNS; i++)
        frame_put_varint(&columns, block->columns[i].len);
    for (size_t i = 0; i < block->names_count; i++)
        frame_put_varint(&columns, block->names[i].len);
    for (size_t i = 0; i < COLUMNS; i++)
        ga_str_add_bytes(&columns, ga_str_text(&block->columns[i]), block->columns[i].len);
    for (size_t i = 0; i < block->names_count; i++)
        ga_str_add_bytes(&columns, ga_str_text(&block->names[i]), block->names[i].len);
    ga_str_clear(frame);
    ga_str_add_bytes(frame, "\2\0", 2); /* a block, bare */
    frame_put_varint(frame, columns.len);
    frame_put_varint(frame, columns.len);
    ga_str_add_bytes(frame, columns.data, columns.len);
    ga_str_add_bytes(frame, ga_str_text(&block->drawn), block->drawn.len);
    for (size_t i = 0; i < COLUMNS; i++)
        ga_str_finish(&block->columns[i]);
    for (size_t i = 0; i < block->names_count; i++)
        ga_str_finish(&block->names[i]);
    ga_str_finish(&block->drawn);
    ga_str_finish(&columns);
}

static void edit_column(struct frames *frames, enum column column, size_t at, size_t cut, const void *bytes, size_t len)
{
    struct spoil_block block;
    spoil_lay_open(spoil_frame(frames, 1), &block);
    edit(&block.columns[column], at, cut, bytes, len);
    spoil_close_again(&block, spoil_frame(frames, 1));
}

static void no_manifest(struct frames *frames)
{
    ga_str_finish(spoil_frame(frames, 0));
    ga_vec_remove(&frames->frames, 0);
}

static void a_manifest_cut_short(struct frames *frames)
{
    spoil_frame(frames, 0)->len -= 3;
}

static void no_such_frame(struct frames *frames)
{
    spoil_frame(frames, 1)->data[0] = 9;
}

static void what_does_not_unpack(struct frames *frames)
{
    memset(spoil_frame(frames, 1)->data + 12, 0x5A, 40);
}

static void columns_over_the_limit(struct frames *frames)
{
    struct ga_str len = {0};
    frame_put_varint(&len, GA_CONTENT_COLUMNS_MAX + 1);
    edit(spoil_frame(frames, 1), 2, 2, len.data, len.len);
    ga_str_finish(&len);
}

static void a_block_cut_short(struct frames *frames)
{
    spoil_frame(frames, 1)->len--;
}

static void a_number_longer_than_it_need_be(struct frames *frames)
{
    struct ga_str *block = spoil_frame(frames, 1);
    const char longer[] = {(char)(block->data[1] | 0x80), 0};
    edit(block, 1, 1, longer, 2);
}

static void a_number_without_end(struct frames *frames)
{
    edit(spoil_frame(frames, 1), 2, 2, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 12);
}

static void names_over_the_limit(struct frames *frames)
{
    struct spoil_block block;
    spoil_lay_open(spoil_frame(frames, 1), &block);
    struct ga_str columns = {0}, *to = spoil_frame(frames, 1);
    frame_put_varint(&columns, block.drawn_1);
    frame_put_varint(&columns, GA_CONTENT_NAMES_MAX + 1);
    for (size_t i = 0; i < COLUMNS + GA_CONTENT_NAMES_MAX + 1; i++)
        frame_put_varint(&columns, 0);
    spoil_close_again(&block, to);
    to->len = 2;
    frame_put_varint(to, columns.len);
    frame_put_varint(to, columns.len);
    ga_str_add_bytes(to, columns.data, columns.len);
    ga_str_finish(&columns);
}

/* The first text of the names is that of a form. */
static void a_name_over_the_limit(struct frames *frames)
{
    struct ga_str name = {0};
    frame_put_varint(&name, GA_OPERATION_ID_MAX + 1);
    for (int i = 0; i <= GA_OPERATION_ID_MAX; i++)
        ga_str_add_char(&name, 'a');
    edit_column(frames, COLUMN_N, 0, 6, name.data, name.len);
    ga_str_finish(&name);
}

static void a_name_with_a_zero(struct frames *frames)
{
    edit_column(frames, COLUMN_N, 2, 1, "\0", 1);
}

static void operations_of_nothing(struct frames *frames)
{
    edit_column(frames, COLUMN_T, 0, 1, "\2", 1); /* of a transaction that is not open */
}

static void more_transactions_than_there_are(struct frames *frames)
{
    edit_column(frames, COLUMN_T, 1, 1, "\5", 1);
}

static void fewer_transactions_than_there_are(struct frames *frames)
{
    edit_column(frames, COLUMN_T, 1, 1, "\2", 1);
}

static void a_computer_that_is_not_in_the_manifest(struct frames *frames)
{
    edit_column(frames, COLUMN_T, 3, 1, "\x60", 1);
}

static void a_number_before_the_first(struct frames *frames)
{
    edit_column(frames, COLUMN_T, 4, 1, "\1", 1); /* -1 */
}

static void a_kind_that_is_none(struct frames *frames)
{
    edit_column(frames, COLUMN_O, 0, 1, "\xFF", 1);
}

static void a_form_before_the_first(struct frames *frames)
{
    edit_column(frames, COLUMN_S, 0, 1, "\x7F", 1); /* a name that was not met */
}

static void no_end(struct frames *frames)
{
    struct ga_str *end = spoil_frame(frames, frames->frames.len - 1);
    ga_str_finish(end);
    frames->frames.len--;
}

static void wrong_counts(struct frames *frames)
{
    spoil_frame(frames, frames->frames.len - 1)->data[2]++;
}

static void something_behind_the_end(struct frames *frames)
{
    ga_str_add_bytes(ga_vec_push(&frames->frames), "\3\0\0", 3);
}

const struct spoil_way spoil_ways[] = {
    {no_manifest, 0}, {a_manifest_cut_short, 0}, {no_such_frame, 0}, {what_does_not_unpack, 0}, {columns_over_the_limit, 0},
    {a_block_cut_short, 2}, {a_number_longer_than_it_need_be, 0}, {a_number_without_end, 0}, {names_over_the_limit, 0},
    {a_name_over_the_limit, 0}, {a_name_with_a_zero, 0}, {operations_of_nothing, 0}, {more_transactions_than_there_are, 3},
    {fewer_transactions_than_there_are, 2}, {a_computer_that_is_not_in_the_manifest, 0}, {a_number_before_the_first, 0},
    {a_kind_that_is_none, 0}, {a_form_before_the_first, 0}, {no_end, 3}, {wrong_counts, 3}, {something_behind_the_end, 3},
};

const size_t spoil_ways_count = GA_COUNT(spoil_ways);
