/* Knows at a school whether its county gets names, did so before. */
#include "guanai/app/county.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/crypt/secret.h"
#include "guanai/store/site.h"
#include "sync/guest_inner.h"
#include "sync/sync_inner.h"

#include <stdio.h>
#include <string.h>

/* The county that was given names later, its last receipt before: what that one says to have it has without. */
static const char past_setting[] = "sync_past_receipt";

bool ga_guest_was_nameless(struct ga_session *session, const struct ga_uuid *site)
{
    struct ga_arena arena = {0};
    struct ga_vec guests;
    bool was = false;
    ga_vec_init(&guests, sizeof(struct ga_guest));
    ga_guests_read(session, &arena, &guests, NULL);
    for (size_t i = 0; i < guests.len; i++) {
        const struct ga_guest *guest = ga_vec_at(&guests, i);
        was = was || (guest->scope.kind == GA_SCOPE_NAMELESS && ga_uuid_compare(&guest->site, site) == 0);
    }
    ga_vec_finish(&guests);
    ga_arena_finish(&arena);
    return was;
}

static bool has_county_key(struct ga_session *session)
{
    static const struct ga_seal_public none;
    struct ga_sync_keys keys;
    const bool has = ga_sync_keys_read(session, &keys, NULL) == GA_OK && memcmp(&keys.county, &none, sizeof(none)) != 0;
    ga_crypt_wipe(&keys, sizeof(keys));
    return has;
}

bool ga_guest_has_turned_county(struct ga_session *session, const struct ga_guest *guest)
{
    return guest != NULL && guest->is_ended && guest->scope.kind == GA_SCOPE_NAMELESS && has_county_key(session);
}

enum ga_county_had ga_county_had(struct ga_session *session, const struct ga_uuid *county)
{
    struct ga_peer known;
    if (ga_store_site(session->store, county, &known, NULL) != GA_OK)
        return GA_COUNTY_HAD_NOTHING;
    return has_county_key(session)                      ? GA_COUNTY_HAD_NAMES
           : ga_guest_was_nameless(session, county) ? GA_COUNTY_HAD_NO_NAMES
                                                    : GA_COUNTY_HAD_NOTHING;
}

bool ga_county_is_past_receipt(struct ga_session *session, const struct ga_uuid *site, uint64_t number)
{
    const char *text = ga_store_setting(session->store, past_setting);
    char id[GA_UUID_TEXT_SIZE];
    int64_t last = 0;
    return text != NULL && strncmp(text, ga_uuid_text(site, id), GA_UUID_TEXT_SIZE - 1) == 0 &&
           ga_num_parse(text + GA_UUID_TEXT_SIZE, &last) && number <= (uint64_t)last;
}

static enum ga_rc note_past(struct ga_session *session, const struct ga_peer *county, struct ga_error *err)
{
    char id[GA_UUID_TEXT_SIZE], text[GA_UUID_TEXT_SIZE + 24];
    snprintf(text, sizeof(text), "%s %llu", ga_uuid_text(&county->id, id), (unsigned long long)county->heard_bundle);
    return ga_store_set_setting(session->store, past_setting, text, err);
}

enum ga_rc ga_county_give_names(struct ga_session *session, const struct ga_peer *county, struct ga_error *err)
{
    struct ga_peer known;
    enum ga_rc rc = ga_store_site(session->store, &county->id, &known, err);
    if (rc == GA_OK)
        rc = ga_site_heard(session->store, &county->id, known.heard_bundle, known.heard_day, NULL, 0, err);
    if (rc == GA_OK)
        rc = note_past(session, &known, err);
    return rc == GA_OK ? ga_guest_end_earlier(session, &county->id, err) : rc;
}
