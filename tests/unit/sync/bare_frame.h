/* Blocks of bundles for readers without zstd. */
#ifndef GUANAI_TESTS_BARE_FRAME_H
#define GUANAI_TESTS_BARE_FRAME_H

#include "guanai/base/str.h"

/* A frame with its columns as they are before they are packed: not every language has zstd at hand. Appends. */
void bare_frame(const struct ga_str *frame, struct ga_str *out);

#endif
