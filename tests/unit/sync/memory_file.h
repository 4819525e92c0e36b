/* Files in memory for tests of bundles, with people who hold keys. */
#ifndef GUANAI_TESTS_MEMORY_FILE_H
#define GUANAI_TESTS_MEMORY_FILE_H

#include "guanai/sync/bundle.h"

/* Written at the end, read from `at`. */
struct memory_file {
    struct ga_str bytes;
    size_t at;
    size_t most; /* bytes a read gives at once; 0: all that are asked for */
};

struct ga_sync_sink memory_sink(struct memory_file *file);
struct ga_sync_source memory_source(struct memory_file *file); /* from the first byte */

/* A site that makes bundles. */
struct memory_site {
    struct ga_uuid id;
    struct ga_sign_key key;
};

void memory_site_make(struct memory_site *site, uint8_t number); /* the same for the same number */
struct ga_bundle_sender memory_sender(struct memory_site *site);
struct ga_bundle_signers memory_signers(struct memory_site *only); /* knows no other; NULL: none */

#endif
