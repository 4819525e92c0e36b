/* Pieces open in their order, whole, and only so: what crypt/stream.h promises. */
#include "guanai/crypt/secret.h"
#include "guanai/crypt/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

enum { PIECES = 3, PIECE = 5, CLOSED = PIECE + GA_STREAM_TAG_BYTES };

static const char TEXT[] = "小梅的电话是空号";
static const uint8_t KEY[GA_STREAM_KEY_BYTES] = {7}, START[GA_STREAM_START_BYTES] = {9};

static void close_all(uint8_t closed[PIECES][CLOSED])
{
    struct ga_stream stream;
    ga_stream_start(&stream, KEY, START);
    for (size_t i = 0; i < PIECES; i++)
        ga_stream_close(&stream, TEXT + i * PIECE, PIECE, i + 1 == PIECES, closed[i]);
}

static void pieces_come_back_with_the_last_one_told(void **state)
{
    (void)state;
    uint8_t closed[PIECES][CLOSED];
    char text[PIECES * PIECE];
    struct ga_stream stream;
    bool is_last = false;
    close_all(closed);
    ga_stream_start(&stream, KEY, START);
    for (size_t i = 0; i < PIECES; i++) {
        assert_true(ga_stream_open(&stream, closed[i], CLOSED, text + i * PIECE, &is_last));
        assert_int_equal(is_last, i + 1 == PIECES);
    }
    assert_memory_equal(text, TEXT, sizeof(text));
}

static bool opens_first(const uint8_t *key, const uint8_t *start, const uint8_t *closed, size_t len)
{
    struct ga_stream stream;
    uint8_t text[CLOSED];
    bool is_last;
    ga_stream_start(&stream, key, start);
    return ga_stream_open(&stream, closed, len, text, &is_last);
}

static void another_order_key_start_or_length_is_noticed(void **state)
{
    (void)state;
    uint8_t closed[PIECES][CLOSED];
    const uint8_t other_key[GA_STREAM_KEY_BYTES] = {8}, other_start[GA_STREAM_START_BYTES] = {9, 1};
    close_all(closed);
    assert_true(opens_first(KEY, START, closed[0], CLOSED));
    assert_false(opens_first(KEY, START, closed[1], CLOSED));
    assert_false(opens_first(other_key, START, closed[0], CLOSED));
    assert_false(opens_first(KEY, other_start, closed[0], CLOSED));
    for (size_t len = 0; len < CLOSED; len++)
        assert_false(opens_first(KEY, START, closed[0], len));
}

static void every_changed_bit_is_noticed(void **state)
{
    (void)state;
    uint8_t closed[PIECES][CLOSED];
    close_all(closed);
    for (size_t bit = 0; bit < 8 * CLOSED; bit++) {
        closed[0][bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(opens_first(KEY, START, closed[0], CLOSED));
        closed[0][bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

/* Its sender has the key, and marks it as libsodium can and this program never does. */
static void a_piece_marked_otherwise_is_refused(void **state)
{
    (void)state;
    static const unsigned char marks[] = {crypto_secretstream_xchacha20poly1305_TAG_PUSH,
                                          crypto_secretstream_xchacha20poly1305_TAG_REKEY, 0x80};
    for (size_t i = 0; i < sizeof(marks); i++) {
        uint8_t closed[CLOSED];
        struct ga_stream stream;
        ga_stream_start(&stream, KEY, START);
        crypto_secretstream_xchacha20poly1305_push((crypto_secretstream_xchacha20poly1305_state *)stream.state, closed, NULL,
                                                   (const unsigned char *)TEXT, PIECE, NULL, 0, marks[i]);
        assert_false(opens_first(KEY, START, closed, CLOSED));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_come_back_with_the_last_one_told),
        cmocka_unit_test(another_order_key_start_or_length_is_noticed),
        cmocka_unit_test(every_changed_bit_is_noticed),
        cmocka_unit_test(a_piece_marked_otherwise_is_refused),
    };
    ga_crypt_start(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
