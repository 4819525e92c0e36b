/* Remembers in which form transactions came that were refused. */
#include "guanai/store/transaction.h"
#include "sync/sync_inner.h"
#include "sync/sync_take_inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMS_MAX = 64, FORM_SIZE = GA_UUID_TEXT_SIZE + 21 + GA_HASH_TEXT_SIZE };

/* "site:number:form", the newest last. */
static const char forms_setting[] = "sync_refused";

static enum ga_rc keep_form(struct ga_session *session, const struct ga_parcel *parcel, const struct ga_hash *form, struct ga_error *err)
{
    char site[GA_UUID_TEXT_SIZE], hash[GA_HASH_TEXT_SIZE], word[FORM_SIZE];
    snprintf(word, sizeof(word), "%s:%llu:%s", ga_uuid_text(&parcel->site, site), (unsigned long long)parcel->seq, ga_hash_text(form, hash));
    return ga_sync_words_has(session, forms_setting, word) ? GA_OK : ga_sync_words_add(session, forms_setting, word, FORMS_MAX, err);
}

/* The transaction at hand, if it is one that was refused. */
struct noting {
    bool is_open;
    struct ga_parcel parcel;
    struct ga_hasher hasher;
};

static enum ga_rc note_item(const struct ga_refused *refused, struct ga_session *session, struct noting *noting,
                            const struct ga_content_item *item, struct ga_error *err)
{
    struct ga_hash hash = item->op.leaf;
    if (item->event == GA_CONTENT_PARCEL) {
        noting->parcel = item->parcel;
        noting->is_open = ga_refused_has(refused, &item->parcel) &&
                          ga_transaction_form_start(item->parcel.bytes, item->parcel.len, &item->parcel.signature, &noting->hasher, NULL) == GA_OK;
    } else if (item->event == GA_CONTENT_OP && noting->is_open) {
        if (item->op.bytes != NULL)
            ga_operation_leaf(item->op.salt, item->op.bytes, item->op.len, &hash);
        ga_hasher_add(&noting->hasher, hash.bytes, sizeof(hash.bytes));
    } else if (item->event == GA_CONTENT_CLOSE && noting->is_open) {
        noting->is_open = false;
        ga_hasher_finish(&noting->hasher, &hash);
        return keep_form(session, &noting->parcel, &hash, err);
    } else if (item->event == GA_CONTENT_WAITS) {
        noting->is_open = false;
    }
    return GA_OK;
}

enum ga_rc ga_refused_note(struct ga_refused *refused, struct ga_session *session, struct ga_content_in *content, struct ga_error *err)
{
    struct ga_content_item item = {.event = GA_CONTENT_PARCEL};
    struct noting noting = {.is_open = false};
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && item.event != GA_CONTENT_END) {
        rc = ga_content_next(content, &item, err);
        if (rc == GA_DAMAGED) /* nothing behind it was read before, either */
            return GA_OK;
        if (rc == GA_OK)
            rc = note_item(refused, session, &noting, &item, err);
    }
    return rc;
}

static bool read_form(const char *word, struct ga_have *ret_run)
{
    char site[GA_UUID_TEXT_SIZE], hash[GA_HASH_TEXT_SIZE];
    unsigned long long seq = 0;
    if (sscanf(word, "%36[0-9a-f-]:%llu:%64[0-9a-f]", site, &seq, hash) != 3 || seq < 1)
        return false;
    ret_run->first = ret_run->last = seq;
    return ga_uuid_parse(site, &ret_run->site) && ga_hash_parse(hash, &ret_run->hash);
}

/* As many as a manifest takes of one site; not what came after all: the first `here` of them are here. */
static bool may_tell(const struct ga_vec *told, size_t here, const struct ga_have *run, bool of_all)
{
    size_t of_site = 0;
    for (size_t i = 0; i < told->len; i++) {
        const struct ga_have *other = ga_vec_at(told, i);
        if (ga_uuid_compare(&other->site, &run->site) != 0)
            continue;
        of_site++;
        if (i < here && other->first <= run->first && run->last <= other->last)
            return false;
    }
    return of_site < GA_MANIFEST_RUNS_MAX && (of_site > 0 || of_all);
}

void ga_refused_tell(struct ga_session *session, bool of_all, struct ga_vec *told)
{
    const size_t here = told->len;
    struct ga_str words = {0};
    struct ga_have run;
    if (ga_store_read_setting(session->store, forms_setting, &words, NULL) != GA_OK || words.len == 0)
        return;
    for (const char *at = words.data; at != NULL; at = strchr(at, ' ') != NULL ? strchr(at, ' ') + 1 : NULL)
        if (read_form(at, &run) && may_tell(told, here, &run, of_all))
            *(struct ga_have *)ga_vec_push(told) = run;
    ga_str_finish(&words);
    if (told->len > 1)
        qsort(told->items, told->len, told->item_bytes, ga_have_compare);
}
