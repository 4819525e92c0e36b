/* What of the exchange with other computers is not well, so that it can be said until it is. */
#ifndef GUANAI_APP_SYNC_MATTERS_H
#define GUANAI_APP_SYNC_MATTERS_H

#include "guanai/app/session.h"

/* Bundles of a computer that should have come before one that did: "石桥教学点缺第 12–14 包". */
struct ga_sync_gap {
    struct ga_uuid site;
    const char *label;    /* of the computer, at a county with its school; "" when nobody named it */
    uint64_t first, last; /* bundles; 0: which cannot be told */
};

struct ga_sync_matters {
    int64_t conflicts;              /* answered differently, to be settled */
    const struct ga_sync_gap *gaps;
    size_t gaps_count;
    /* Computers that this one met itself (it let them in, or they it), not heard of for config's exchange_days. */
    size_t quiet_count;
    const char *quiet_label;        /* of the one that was silent longest */
    int quiet_days;                 /* since it was heard of; -1: never was */
    bool has_peers;                 /* other computers belong to this school */
};

/* A count, a setting, the list of computers: cheap enough for the first page. Texts live in the arena. */
enum ga_rc ga_sync_matters(struct ga_session *session, struct ga_arena *arena, struct ga_sync_matters *ret_matters,
                           struct ga_error *err);

#endif
