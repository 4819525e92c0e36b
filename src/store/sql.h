/* Every statement and table of the log by name; private to this room. */
#ifndef GUANAI_STORE_SQL_PRIVATE_H
#define GUANAI_STORE_SQL_PRIVATE_H

/* Statements of log.c, open.c, accept.c, fold.c, own.c: one row each, in sql.c. */
enum ga_sql {
    GA_SQL_GET_SETTING, GA_SQL_PUT_SETTING,
    GA_SQL_GET_FORM, GA_SQL_PUT_FORM, GA_SQL_FORM_NAMES,
    GA_SQL_GET_LIST, GA_SQL_PUT_LIST,
    GA_SQL_GET_SITE, GA_SQL_PUT_SITE, GA_SQL_SITE_KEY,
    GA_SQL_RECORD_NO, GA_SQL_RECORD_ID, GA_SQL_PUT_RECORD, GA_SQL_NAME_FORM,
    GA_SQL_LAST_TXN, GA_SQL_HAS_TXN, GA_SQL_PUT_TXN, GA_SQL_PUT_TAIL_TXN, GA_SQL_ALL_TXN, GA_SQL_TXN_OF_OP,
    GA_SQL_TAIL_TXNS, GA_SQL_CHAIN_LINKS, GA_SQL_CHAIN_TXN, GA_SQL_TAIL_TXN, GA_SQL_CHAIN_AT, GA_SQL_TAIL_AT,
    GA_SQL_CHAIN_HAS, GA_SQL_TAIL_HAS, GA_SQL_TXNS_BETWEEN, GA_SQL_TXNS_AT, GA_SQL_TXN_FORMS,
    GA_SQL_ALL_RUNS, GA_SQL_LENGTHEN_RUN, GA_SQL_PUT_RUN, GA_SQL_JOIN_RUN, GA_SQL_DROP_RUN,
    GA_SQL_SITES, GA_SQL_SITE, GA_SQL_ADD_SITE, GA_SQL_LABEL_SITE, GA_SQL_HEAR_SITE, GA_SQL_SITE_RUNS,
    GA_SQL_LAST_OP, GA_SQL_PUT_OP, GA_SQL_REFILE_OP, GA_SQL_LAST_OP_OF_RECORD, GA_SQL_OPS_OF_RECORD,
    GA_SQL_PUT_TAIL, GA_SQL_GET_TAIL, GA_SQL_SOME_TAIL, GA_SQL_MOVE_TXNS, GA_SQL_DROP_TAIL, GA_SQL_TAIL_RECORDS,
    GA_SQL_TAIL_AFTER, GA_SQL_PUT_BLOCK, GA_SQL_FIND_BLOCK, GA_SQL_DROP_BLOCK, GA_SQL_RENAME_TAIL,
    GA_SQL_PUT_WITHHELD, GA_SQL_DROP_WITHHELD, GA_SQL_WITHHELD_BETWEEN, GA_SQL_WITHHELD_AT, GA_SQL_TXN_NAMED,
    GA_SQL_PUT_MISFIT, GA_SQL_DROP_MISFITS, GA_SQL_GET_MISFITS,
    GA_SQL_PUT_CONFLICT, GA_SQL_DROP_CONFLICTS, GA_SQL_GET_CONFLICTS,
    GA_SQL_LIST_CONFLICTS, GA_SQL_COUNT_HANDED, GA_SQL_GET_HANDED, GA_SQL_NEXT_CONFLICT,
    GA_SQL_NEWEST_DAY, GA_SQL_NEWEST_DAY_ALONE, GA_SQL_SAVE_DAYS, GA_SQL_ALL_RECORDS, GA_SQL_NEXT_OF_FORM,
    GA_SQL_PUT_NOTE, GA_SQL_DROP_NOTES, GA_SQL_NOTES_OF, GA_SQL_PUT_VERIFIED, GA_SQL_DROP_VERIFIED, GA_SQL_VERIFIED_OF,
    GA_SQL_COUNT,
};

extern const char *const ga_store_sql[GA_SQL_COUNT];
extern const char ga_store_schema[];         /* what is never derived */
extern const char *const ga_store_migrations[]; /* from GA_SCHEMA_OLDEST + i to the one after it */
extern const char ga_store_draft_schema[];   /* draft.c; never derived */
extern const char ga_store_index_schema[];   /* index_sql.c; derived: _roster, _search, _tally, _count, _presence */
extern const char ga_store_same_schema[];    /* same_sql.c; derived: _pair, _same */
extern const char ga_store_derived_schema[]; /* fixed derived tables; form tables come from tables.c */

#endif
