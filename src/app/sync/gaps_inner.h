/* What of other computers' bundles is waited for; private to this room. */
#ifndef GUANAI_APP_GAPS_INNER_H
#define GUANAI_APP_GAPS_INNER_H

#include "guanai/app/session.h"
#include "guanai/store/have.h"
#include "guanai/sync/manifest.h"

/* Bundles `gap` of a computer, its own transactions first_seq … last_seq, should have come and did not. */
enum ga_rc ga_sync_gap_keep(struct ga_session *session, const struct ga_uuid *site, const struct ga_manifest_gap *gap,
                            uint64_t first_seq, uint64_t last_seq, struct ga_error *err);

/*
 * A bundle came of a computer that says by `runs` what it holds. What it wrote under an earlier id, up to where it went on
 * under this one, and does not hold itself any more (it was salvaged) its stick will never bring: nobody waits for that.
 */
enum ga_rc ga_sync_gaps_lost(struct ga_session *session, const struct ga_uuid *site, const struct ga_have *runs, size_t count,
                             struct ga_error *err);

/* Forgets the gaps that were filled meanwhile, by whomever. */
enum ga_rc ga_sync_gaps_settle(struct ga_session *session, struct ga_error *err);

#endif
