/* Reads what can still be read out of a damaged database into a new one. */
#ifndef GUANAI_STORE_SALVAGE_H
#define GUANAI_STORE_SALVAGE_H

#include "guanai/sql/pages.h"
#include "guanai/store/check.h"

/*
 *   a damaged guanai.db (and its -wal) ──▶ rows, page by page (sql/pages.h) ──▶ transactions with their operations
 *     ──▶ taken in as if a stick had brought them (store/receive.h): signature, leaves and root verified
 *
 * Of a transaction that is not whole any more, an import as a rule, what lies in packed blocks can still be told from
 * rubbish, for these carry sums: such operations come over as they were, in one save that the new id signs for, and when a
 * stick brings the whole transaction it is the same operations.
 *
 * So every transaction that is whole comes over, and nothing that nobody saved. One of a site whose key cannot be read any
 * more comes over when its own hash and its root fit; it counts as unproven until a stick brings that key. The new folder
 * goes on under a new id, signed for by the old key where that can be read; peers send what is missing here.
 * At a guest (store/limited.h) what stands for operations that it may not have comes over as well, and it stays a guest.
 * Unfinished forms and the exchange's keys come over as they are read: nobody signed for those. Forms are not taken over:
 * those of the folders are in force.
 */
struct ga_salvage_report {
    struct ga_pages_report pages;
    uint64_t transactions, operations;  /* that came over */
    uint64_t transactions_lost;         /* known of, not whole any more; those nobody can know of are told as gaps */
    uint64_t transactions_unproven;     /* among those that came over */
    uint64_t operations_rescued;        /* of those that did not; in a save of their own */
    uint64_t drafts;
    int64_t records;
    bool has_identity;                  /* the old key could be read */
};

/*
 * `store` was made just now, its forms are in force. `database` is only read; nobody may have it open. What could not be read
 * goes into problems: each lost transaction, each gap of a site. GA_NOT_FOUND: nothing in it can be read.
 */
enum ga_rc ga_store_salvage(struct ga_store *store, const char *database, const struct ga_check_progress *progress,
                            struct ga_problems *problems, struct ga_salvage_report *ret_report, struct ga_error *err);

#endif
