/* Writes a block of a bundle without packing its columns. */
#include "bare_frame.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <zstd.h>

void bare_frame(const struct ga_str *frame, struct ga_str *out)
{
    if (frame->data[0] != 2 || frame->data[1] != 1) {
        ga_str_add_bytes(out, frame->data, frame->len);
        return;
    }
    size_t at = 2, numbers[2] = {0};
    for (size_t i = 0; i < 2; i++)
        for (unsigned shift = 0;; shift += 7) {
            uint8_t byte = (uint8_t)frame->data[at++];
            numbers[i] |= (size_t)(byte & 127) << shift;
            if (byte < 128)
                break;
        }
    char *bare = malloc(numbers[0]);
    const size_t len = ZSTD_decompress(bare, numbers[0], frame->data + at, numbers[1]);
    assert(len == numbers[0]);
    (void)len;
    ga_str_add_bytes(out, "\2\0", 2);
    for (size_t i = 0; i < 2; i++) {
        size_t rest = numbers[0];
        for (; rest > 127; rest >>= 7)
            ga_str_add_char(out, (char)(rest & 127) | (char)-128);
        ga_str_add_char(out, (char)rest);
    }
    ga_str_add_bytes(out, bare, numbers[0]);
    ga_str_add_bytes(out, frame->data + at + numbers[1], frame->len - at - numbers[1]);
    free(bare);
}
