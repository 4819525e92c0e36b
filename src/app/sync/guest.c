/* Knows which computers are guests, and what each of them may have. */
#include "guanai/app/guest.h"

#include "guanai/app/county.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/str.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/roster.h"
#include "guanai/store/save.h"
#include "private.h"
#include "sync/guest_inner.h"
#include "sync/sync_inner.h"

#include <stdio.h>
#include <string.h>

#define FORM "guest"

static const char host_setting[] = "sync_host"; /* at a guest, once the digits were confirmed: the key of the school's group */

/* ---- at the guest ---- */

bool ga_guest_is_here(struct ga_session *session)
{
    return ga_store_setting(session->store, host_setting) != NULL;
}

enum ga_rc ga_guest_refuse(struct ga_session *session, struct ga_error *err)
{
    return ga_guest_is_here(session)
               ? ga_error_set(err, GA_REFUSED, "this computer is a guest of a school: it exchanges with that school alone")
               : GA_OK;
}

enum ga_rc ga_guest_set_host(struct ga_session *session, const struct ga_seal_public *group, struct ga_error *err)
{
    return ga_sync_bytes_keep(session, host_setting, group->bytes, sizeof(group->bytes), err);
}

enum ga_rc ga_guest_host(struct ga_session *session, struct ga_seal_public *ret_group, struct ga_error *err)
{
    struct ga_str bytes = {0};
    enum ga_rc rc = ga_sync_bytes_recall(session, host_setting, &bytes, err);
    if (rc == GA_OK && bytes.len != sizeof(ret_group->bytes))
        rc = ga_error_set(err, GA_NOT_FOUND, "the digits were not confirmed here yet: guanai sync guest join");
    if (rc == GA_OK)
        memcpy(ret_group->bytes, bytes.data, sizeof(ret_group->bytes));
    ga_str_finish(&bytes);
    return rc;
}

/* ---- the records ---- */

static const char *text_of(struct ga_stmt *stmt, int column)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return text == NULL ? "" : text;
}

static bool read_row(struct ga_stmt *stmt, struct ga_arena *arena, struct ga_guest *ret_guest)
{
    const struct ga_value id = ga_stmt_column(stmt, 0);
    struct ga_guest guest = {.is_ended = text_of(stmt, 9)[0] != '\0'};
    ga_date_from_iso(text_of(stmt, 9), &guest.ended_on);
    ga_date_from_iso(text_of(stmt, 10), &guest.since);
    struct ga_hash key;
    if (id.len != sizeof(guest.record.bytes) || !ga_uuid_parse(text_of(stmt, 3), &guest.site) || !ga_hash_parse(text_of(stmt, 4), &key))
        return false;
    memcpy(guest.record.bytes, id.text, id.len);
    memcpy(guest.group.bytes, key.bytes, sizeof(guest.group.bytes));
    guest.label = ga_arena_strdup(arena, text_of(stmt, 1));
    guest.scope_text = ga_arena_strdup(arena, text_of(stmt, 2));
    guest.scope.kind = strcmp(guest.scope_text, GA_GUEST_NAMELESS) == 0 ? GA_SCOPE_NAMELESS
                       : text_of(stmt, 6)[0] == '\0'                   ? GA_SCOPE_SITE
                                                                       : GA_SCOPE_CLASS;
    ga_str_copy(guest.scope.site, sizeof(guest.scope.site), text_of(stmt, 5));
    ga_str_copy(guest.scope.grade, sizeof(guest.scope.grade), text_of(stmt, 6));
    guest.scope.school_year = (int)ga_stmt_column_int(stmt, 7);
    ga_str_copy(guest.scope.class_no, sizeof(guest.scope.class_no), text_of(stmt, 8));
    *ret_guest = guest;
    return true;
}

enum ga_rc ga_guests_read(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_guests, struct ga_error *err)
{
    struct ga_stmt *stmt;
    struct ga_guest guest;
    bool has_row = false;
    if (ga_county_is_here(session)) /* what is known of guests there is of its schools */
        return GA_OK;
    if (ga_forms_get(session->forms, FORM, NULL) == NULL) /* an archive whose forms were never brought up: it has no guests */
        return GA_OK;
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(session->store),
                                    "SELECT r.id, g.label, g.scope, g.computer, g.group_key, g.of_site, g.of_grade, g.school_year,"
                                    " g.of_class, g.ended_on, g.entered_on FROM guest AS g JOIN record AS r ON r.no = g.no ORDER BY g.no",
                                    &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        if (read_row(stmt, arena, &guest))
            *(struct ga_guest *)ga_vec_push(ret_guests) = guest;
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_guest_end_one(struct ga_session *session, const struct ga_guest *guest, struct ga_error *err)
{
    const struct ga_written fields[] = {{"ended_on", GA_DATE_ISO(session->today)}};
    return ga_written_change(session, NULL, &guest->record, fields, GA_COUNT(fields), err);
}

/* One that is met again gets what is said now. */
enum ga_rc ga_guest_end_earlier(struct ga_session *session, const struct ga_uuid *site, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_vec guests;
    ga_vec_init(&guests, sizeof(struct ga_guest));
    enum ga_rc rc = ga_guests_read(session, &arena, &guests, err);
    for (size_t i = 0; rc == GA_OK && i < guests.len; i++) {
        const struct ga_guest *guest = ga_vec_at(&guests, i);
        if (!guest->is_ended && ga_uuid_compare(&guest->site, site) == 0)
            rc = ga_guest_end_one(session, guest, err);
    }
    ga_vec_finish(&guests);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_guest_add(struct ga_session *session, const struct ga_peer *site, const struct ga_seal_public *group,
                        const struct ga_scope *scope, const char *scope_text, struct ga_error *err)
{
    struct ga_hash key;
    char id[GA_UUID_TEXT_SIZE], hex[GA_HASH_TEXT_SIZE];
    memcpy(key.bytes, group->bytes, sizeof(key.bytes));
    const bool is_class = scope->kind == GA_SCOPE_CLASS;
    const struct ga_written fields[] = {{"label", site->label},       {"scope", scope_text},
                                        {"computer", ga_uuid_text(&site->id, id)}, {"group_key", ga_hash_text(&key, hex)},
                                        {"of_site", scope->site},     {"of_grade", is_class ? scope->grade : NULL},
                                        {"school_year", is_class ? GA_NUM(scope->school_year) : NULL},
                                        {"of_class", is_class ? scope->class_no : NULL}};
    const enum ga_rc rc = ga_guest_end_earlier(session, &site->id, err);
    return rc == GA_OK ? ga_written_make(session, NULL, FORM, NULL, fields, GA_COUNT(fields), err) : rc;
}

enum ga_rc ga_guest_end(struct ga_session *session, const char *label, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_vec guests;
    size_t ended = 0;
    ga_vec_init(&guests, sizeof(struct ga_guest));
    enum ga_rc rc = ga_guests_read(session, &arena, &guests, err);
    for (size_t i = 0; rc == GA_OK && i < guests.len; i++) {
        const struct ga_guest *guest = ga_vec_at(&guests, i);
        if (guest->is_ended || strcmp(guest->label, label) != 0)
            continue;
        rc = ga_guest_end_one(session, guest, err);
        ended++;
    }
    if (rc == GA_OK && ended == 0)
        rc = ga_error_set(err, GA_NOT_FOUND, "there is no guest called %1; see guanai sync guest list", label);
    ga_vec_finish(&guests);
    ga_arena_finish(&arena);
    return rc;
}

bool ga_guest_is_nameless(const struct ga_guest *guest)
{
    return guest != NULL && !guest->is_ended && guest->scope.kind == GA_SCOPE_NAMELESS;
}

/* ---- what it gets ---- */

static bool has_site(const struct ga_session *session, const char *code)
{
    for (size_t i = 0; i < session->config.sites_count; i++)
        if (strcmp(session->config.sites[i].code, code) == 0)
            return true;
    return false;
}

static enum ga_rc read_site(struct ga_session *session, const char *code, struct ga_scope *scope, struct ga_error *err)
{
    if (!has_site(session, code) || strlen(code) >= sizeof(scope->site))
        return ga_error_set(err, GA_REFUSED, "there is no site %1 in config.yaml", code);
    ga_str_copy(scope->site, sizeof(scope->site), code);
    return GA_OK;
}

/* In which school year the files of the class stand tells the roster: most of them say the same grade. */
static enum ga_rc find_class(struct ga_session *session, const struct ga_class_name *name, struct ga_scope *scope, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_roster_class *classes = NULL;
    size_t count = 0, found = 0;
    enum ga_rc rc = ga_store_classes(session->store, GA_ZH, &arena, &classes, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        if (strcmp(classes[i].grade, name->grade) != 0 || strcmp(classes[i].class_no, name->number) != 0 ||
            (scope->site[0] != '\0' && strcmp(classes[i].site, scope->site) != 0))
            continue;
        found++;
        ga_str_copy(scope->site, sizeof(scope->site), classes[i].site);
    }
    if (rc == GA_OK && found == 0)
        rc = ga_error_set(err, GA_REFUSED, "no child is in this class: guanai list child shows how files say it");
    else if (rc == GA_OK && found > 1)
        rc = ga_error_set(err, GA_REFUSED, "several sites have this class; write class:SITE:CLASS");
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc read_class(struct ga_session *session, const char *text, struct ga_scope *scope, struct ga_error *err)
{
    const char *colon = strchr(text, ':');
    struct ga_class_name name;
    char site[GA_SCOPE_SITE_SIZE];
    enum ga_rc rc = GA_OK;
    if (colon != NULL && (size_t)(colon - text) < sizeof(site)) {
        ga_str_copy(site, (size_t)(colon - text) + 1, text);
        rc = read_site(session, site, scope, err);
        text = colon + 1;
    }
    scope->kind = GA_SCOPE_CLASS;
    scope->school_year = ga_class_name_school_year(session->today);
    if (rc == GA_OK)
        rc = ga_class_name_parse(text, scope->school_year, &name, NULL, err);
    if (rc == GA_OK && (name.grade[0] == '\0' || name.second_grade[0] != '\0'))
        rc = ga_error_set(err, GA_REFUSED, "%1 is not one class", text);
    if (rc != GA_OK)
        return rc;
    ga_str_copy(scope->grade, sizeof(scope->grade), name.grade);
    ga_str_copy(scope->class_no, sizeof(scope->class_no), name.number);
    return find_class(session, &name, scope, err);
}

enum ga_rc ga_guest_read_scope(struct ga_session *session, const char *scope, struct ga_scope *ret_scope, struct ga_error *err)
{
    struct ga_scope read = {.kind = GA_SCOPE_SITE};
    enum ga_rc rc;
    if (ga_str_starts(scope, "site:"))
        rc = read_site(session, scope + strlen("site:"), &read, err);
    else if (ga_str_starts(scope, "class:"))
        rc = read_class(session, scope + strlen("class:"), &read, err);
    else
        rc = ga_error_set(err, GA_REFUSED, "what a guest gets is written class:2024级2班 or site:CODE, not %1", scope);
    if (rc == GA_OK)
        *ret_scope = read;
    return rc;
}

/* ---- its sites ---- */

static const struct ga_peer *find_peer(const struct ga_vec *sites, const struct ga_uuid *id)
{
    for (size_t i = 0; i < sites->len; i++)
        if (ga_uuid_compare(&GA_VEC_AT(const struct ga_peer, sites, i)->id, id) == 0)
            return ga_vec_at(sites, i);
    return NULL;
}

/* Back to what it was met as: a restored guest goes on under another id. */
const struct ga_guest *ga_guest_of(const struct ga_vec *guests, const struct ga_vec *sites, const struct ga_uuid *site)
{
    const struct ga_peer *peer = find_peer(sites, site);
    for (size_t hops = 0; peer != NULL && hops <= sites->len; hops++) {
        const struct ga_guest *found = NULL;
        for (size_t i = 0; i < guests->len; i++) {
            const struct ga_guest *guest = ga_vec_at(guests, i);
            if (ga_uuid_compare(&guest->site, &peer->id) == 0 && (found == NULL || !guest->is_ended))
                found = guest;
        }
        if (found != NULL)
            return found;
        peer = peer->by == GA_SITE_RENEWED ? find_peer(sites, &peer->introducer) : NULL;
    }
    return NULL;
}

const struct ga_peer *ga_guest_peer(const struct ga_vec *sites, const struct ga_guest *guest)
{
    const struct ga_peer *peer = find_peer(sites, &guest->site);
    for (size_t i = 0, hops = 0; peer != NULL && i < sites->len && hops <= sites->len; i++) {
        const struct ga_peer *other = ga_vec_at(sites, i);
        if (other->by != GA_SITE_RENEWED || ga_uuid_compare(&other->introducer, &peer->id) != 0)
            continue;
        peer = other;
        i = (size_t)-1; /* from the beginning: that one may have gone on, too */
        hops++;
    }
    return peer;
}

static uint64_t bundle_of(const struct ga_manifest *manifest, const struct ga_uuid *site)
{
    for (size_t i = 0; i < manifest->taken_count; i++)
        if (ga_uuid_compare(&manifest->taken[i].site, site) == 0)
            return manifest->taken[i].bundle;
    return 0;
}

enum ga_rc ga_guest_said(struct ga_session *session, const struct ga_uuid *site, const struct ga_manifest *manifest,
                         struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_vec guests, sites;
    if (manifest->has_receiver) /* no guest's: a bundle for one */
        return GA_OK;
    ga_vec_init(&guests, sizeof(struct ga_guest));
    ga_vec_init(&sites, sizeof(struct ga_peer));
    enum ga_rc rc = ga_guests_read(session, &arena, &guests, err);
    if (rc == GA_OK && guests.len > 0)
        rc = ga_store_sites(session->store, &sites, err);
    const struct ga_guest *guest = rc == GA_OK ? ga_guest_of(&guests, &sites, site) : NULL;
    if (guest != NULL)
        rc = ga_limited_taken(session->store, &guest->site, bundle_of(manifest, ga_store_own_site(session->store)), err);
    ga_vec_finish(&guests);
    ga_vec_finish(&sites);
    ga_arena_finish(&arena);
    return rc;
}

/* ---- becoming one ---- */

static size_t count_others(struct ga_session *session)
{
    struct ga_vec sites;
    size_t others = 0;
    ga_vec_init(&sites, sizeof(struct ga_peer));
    ga_store_sites(session->store, &sites, NULL);
    for (size_t i = 0; i < sites.len; i++)
        others += !GA_VEC_AT(const struct ga_peer, &sites, i)->is_own;
    ga_vec_finish(&sites);
    return others;
}

enum ga_rc ga_guest_may_join(struct ga_session *session, struct ga_error *err)
{
    const bool is_free = ga_guest_is_here(session) || (!ga_county_is_here(session) && count_others(session) == 0);
    return is_free ? GA_OK
                   : ga_error_set(err, GA_REFUSED, "this computer exchanges with others already; a guest has a data folder of its own");
}
