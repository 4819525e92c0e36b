/* What the frames of a bundle are written with. */
#ifndef GUANAI_SYNC_FRAMES_H
#define GUANAI_SYNC_FRAMES_H

#include "guanai/store/wire.h"

#include <stddef.h>

/* The first byte of each frame. */
enum { FRAME_MANIFEST = 1, FRAME_BLOCK = 2, FRAME_END = 3, FRAME_MANIFEST_MAX = 1 << 20 };

static inline void frame_put_varint(struct ga_str *out, uint64_t value)
{
    if (out->cap - out->len <= GA_WIRE_VARINT_MAX_BYTES)
        ga_str_reserve(out, GA_WIRE_VARINT_MAX_BYTES);
    ga_wire_put_varint(out, value);
}

static inline void frame_put_zigzag(struct ga_str *out, int64_t value)
{
    frame_put_varint(out, value < 0 ? ~((uint64_t)value << 1) : (uint64_t)value << 1);
}

static inline void frame_put_text(struct ga_str *out, const char *text)
{
    frame_put_varint(out, strlen(text));
    ga_str_add_bytes(out, text, strlen(text));
}

/* Zeros when there are fewer. */
static inline void frame_take_bytes(struct ga_wire *in, void *ret_bytes, size_t len)
{
    const uint8_t *bytes = ga_wire_bytes(in, len);
    if (bytes != NULL)
        memcpy(ret_bytes, bytes, len);
    else
        memset(ret_bytes, 0, len);
}

/* At most size − 1 bytes of UTF-8; always terminates. */
static inline void frame_take_text(struct ga_wire *in, char *ret_text, size_t size)
{
    size_t len = (size_t)ga_wire_varint(in, size - 1);
    const uint8_t *bytes = ga_wire_bytes(in, len);
    ga_wire_hold(in, bytes != NULL && ga_wire_is_text((const char *)bytes, len));
    if (!in->is_bad)
        memcpy(ret_text, bytes, len);
    ret_text[in->is_bad ? 0 : len] = '\0';
}

static inline int32_t frame_take_day(struct ga_wire *in)
{
    int64_t day = ga_wire_zigzag(in);
    struct ga_wire_moment moment = {.local_day = (int32_t)day};
    ga_wire_hold(in, day == moment.local_day && ga_wire_is_moment(&moment));
    return in->is_bad ? 0 : moment.local_day;
}

#endif
