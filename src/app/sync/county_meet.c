/* School and county, school and guest come to know each other by thirty digits that two people compare. */
#include "guanai/crypt/secret.h"
#include "guanai/store/naming.h"
#include "guanai/store/site.h"
#include "sync/guest_inner.h"
#include "sync/sync_pair_inner.h"

#include <string.h>

/* A county, a guest show their digits once, and ask about them when the school has taken their invitation along. */
static const char shown_setting[] = "sync_county_shown";

/* A school's enclosed invitation on the stick: which county's it answers, the name of its file. */
static const char left_setting[] = "sync_meet_left";

/* At a school, from its invitation on: the county that answers gets no names, whatever is pressed when it is confirmed. */
static const char nameless_setting[] = "sync_meet_nameless";

enum { SHOWN_MAX = 80 /* schools of a county that are on their way */ };

struct meeting {
    struct ga_pair_work pair;               /* first: ga_pair_find hands it on */
    struct ga_pairing_invitation other;
    const char *path;                       /* of `other` */
    bool is_enclosed, was_met;              /* `other` */
    bool has_own;                           /* this computer's invitation lies there for everybody to read */
    const char *typed;                      /* nullable: the digits of the one that is meant */
    struct ga_vec *waiting;                 /* nullable: struct ga_county_met of all that were not met yet */
    struct ga_vec schools;                  /* struct ga_county_school: met before */
    bool is_with_guest;                     /* school and guest, else school and county */
    enum ga_county_same same;               /* what was said of a namesake */
    struct ga_county_school namesake;       /* zero site: there is none */
    bool is_nameless;                       /* at the school: the county gets no names */
    const char *scope_text;                 /* what the guest gets; NULL: at the guest */
    struct ga_scope scope;
};

static bool has_other(const struct meeting *m)
{
    return !ga_uuid_is_zero(&m->other.site);
}

static bool is_school(const struct ga_pairing_invitation *invitation)
{
    return !invitation->is_county && !invitation->is_guest;
}

/* Of those who meet one is the school: the other is a county, or a guest. */
static bool is_counterpart(const struct meeting *m, const struct ga_pairing_invitation *found)
{
    if (!is_school(&m->pair.invitation))
        return is_school(found);
    return m->is_with_guest ? found->is_guest : found->is_county;
}

static bool is_met(const struct meeting *m, const struct ga_uuid *site)
{
    struct ga_peer known;
    return m->is_with_guest ? ga_store_site(m->pair.session->store, site, &known, NULL) == GA_OK
                            : ga_county_school_of(&m->schools, site) != NULL;
}

static bool is_said(const struct meeting *m, const struct ga_pairing_invitation *found)
{
    char digits[GA_PAIRING_DIGITS_SIZE];
    return m->typed != NULL && ga_pairing_digits_equal(ga_pairing_digits(&m->pair.invitation.hash, &found->hash, digits), m->typed);
}

/* A guest by what people call it: its folder may bear the school's own name. */
static void name_one(const struct ga_pairing_invitation *one, char *label, size_t size)
{
    const bool has_school = one->school[0] != '\0' && strlen(one->school) < size && (!one->is_guest || one->label[0] == '\0');
    ga_str_copy(label, size, has_school ? one->school : one->label);
}

static void add_waiting(const struct meeting *m, const struct ga_pairing_invitation *found)
{
    struct ga_county_met *met = ga_vec_push(m->waiting);
    *met = (struct ga_county_met){.is_there = true};
    name_one(found, met->label, sizeof(met->label));
    ga_pairing_digits(&m->pair.invitation.hash, &found->hash, met->digits);
}

/* On a stick of many schools, many guests the one whose digits were typed, else one that was not met yet. */
static bool take_other(struct meeting *m, const struct ga_str *text, bool is_enclosed)
{
    struct ga_pairing_invitation found;
    if (ga_pairing_read_invitation(text->data, text->len, &found, NULL) != GA_OK ||
        !is_counterpart(m, &found) || ga_uuid_compare(&found.site, &m->pair.invitation.site) == 0)
        return false;
    const bool was_met = is_met(m, &found.site), is_meant = is_said(m, &found);
    if (m->waiting != NULL && !was_met)
        add_waiting(m, &found);
    if (is_meant || !has_other(m) || (m->was_met && !was_met)) {
        m->other = found;
        m->path = m->pair.asked;
        m->is_enclosed = is_enclosed;
        m->was_met = was_met;
    }
    return is_meant || (!was_met && m->typed == NULL && m->waiting == NULL);
}

static bool is_other(struct ga_pair_work *p, const struct ga_str *text)
{
    return take_other((struct meeting *)p, text, false);
}

static bool is_enclosed_other(struct ga_pair_work *p, const struct ga_str *text)
{
    struct ga_str inner = {0};
    const bool is_it = ga_pairing_disclose(text->data, text->len, &p->keys.group, &inner, NULL) == GA_OK &&
                       take_other((struct meeting *)p, &inner, true);
    ga_str_finish(&inner);
    return is_it;
}

/* None is no mistake: theirs comes later. */
static void find_other(struct meeting *m)
{
    if (ga_pair_find(&m->pair, GA_PAIRING_INVITATION, is_other, NULL) != GA_OK && m->pair.invitation.is_county)
        ga_pair_find(&m->pair, GA_PAIRING_ENCLOSED, is_enclosed_other, NULL);
}

/* ---- a stick that goes round many schools ---- */

/* A school finds the county's invitation there without having been invited to show its own. */
static bool goes_round(const struct meeting *m)
{
    return !m->is_with_guest && !m->pair.invitation.is_county && !m->has_own && has_other(m);
}

/* The digits of the county's invitation alone, which whoever carries the stick has on paper; "" where none is known. */
static void county_digits(const struct meeting *m, char ret_digits[GA_SYNC_DIGITS_SIZE])
{
    const struct ga_pairing_invitation *county = m->pair.invitation.is_county ? &m->pair.invitation : &m->other;
    ret_digits[0] = '\0';
    if (county->is_county)
        ga_pairing_digits(&county->hash, &county->hash, ret_digits);
}

static bool is_paper(const struct meeting *m, const char *typed)
{
    char digits[GA_SYNC_DIGITS_SIZE];
    county_digits(m, digits);
    return typed != NULL && !m->pair.invitation.is_county && digits[0] != '\0' && ga_pairing_digits_equal(digits, typed);
}

/* The file that was left for this county; NULL: it is not there. */
static const char *left_there(struct meeting *m)
{
    const struct ga_io_ops *io = m->pair.session->options->io;
    const char *left = ga_store_setting(m->pair.session->store, left_setting);
    struct ga_io_stat stat;
    char hash[GA_HASH_TEXT_SIZE];
    ga_hash_text(&m->other.hash, hash);
    if (left == NULL || strncmp(left, hash, strlen(hash)) != 0)
        return NULL;
    const char *path = ga_arena_printf(&m->pair.arena, "%s/%s", m->pair.folder, left + strlen(hash) + 1);
    return io->stat(io->ctx, path, &stat) < 0 ? NULL : path;
}

static enum ga_rc leave_enclosed(struct meeting *m, const struct ga_str *invitation, struct ga_error *err)
{
    struct ga_str text = {0};
    char hash[GA_HASH_TEXT_SIZE];
    if (left_there(m) != NULL)
        return GA_OK;
    enum ga_rc rc = ga_pairing_enclose(invitation->data, invitation->len, &m->other.group, ga_crypt_random(), &text, err);
    if (rc == GA_OK)
        rc = ga_pair_put(&m->pair, &text, err);
    if (rc == GA_OK)
        rc = ga_store_set_setting(m->pair.session->store, left_setting,
                                  ga_arena_printf(&m->pair.arena, "%s %s", ga_hash_text(&m->other.hash, hash), m->pair.written), err);
    ga_str_finish(&text);
    return rc;
}

/* The county has shown the digits of both: it needs no invitation of this school any more. */
static void drop_left(struct meeting *m)
{
    const struct ga_io_ops *io = m->pair.session->options->io;
    const char *path = left_there(m);
    if (path != NULL)
        io->unlink(io->ctx, path);
}

/* ---- whom it trusts ---- */

static void name_other(const struct meeting *m, char *label, size_t size)
{
    name_one(&m->other, label, size);
}

/* All computers of the school learn by the record what they write for the county. */
static enum ga_rc keep_nameless(struct meeting *m, const struct ga_peer *county, struct ga_error *err)
{
    const struct ga_scope scope = {.kind = GA_SCOPE_NAMELESS};
    if (!m->is_nameless)
        return GA_OK;
    const enum ga_rc rc = ga_guest_add(m->pair.session, county, &m->other.group, &scope, GA_GUEST_NAMELESS, err);
    return rc == GA_OK ? ga_naming_part_again(m->pair.session->store, NULL, err) : rc;
}

/* The computers of this school hear of the county's from each other: somebody of the school signs for it. */
static enum ga_rc trust_county(struct meeting *m, struct ga_peer *county, struct ga_error *err)
{
    struct ga_store *store = m->pair.session->store;
    enum ga_rc rc = ga_site_enrol(store, county, err);
    if (rc == GA_OK)
        rc = ga_site_introduce(store, county, err);
    if (rc == GA_OK && !m->is_nameless && ga_guest_was_nameless(m->pair.session, &county->id))
        rc = ga_county_give_names(m->pair.session, county, err);
    if (rc != GA_OK)
        return rc;
    m->pair.keys.county = m->is_nameless ? (struct ga_seal_public){{0}} : m->other.group;
    m->pair.keys.recovery = m->other.recovery;
    rc = ga_sync_keys_write(m->pair.session, &m->pair.keys, err);
    if (rc == GA_OK)
        rc = ga_county_set_site(m->pair.session, &county->id, err);
    if (rc == GA_OK)
        rc = ga_county_keys_hand_on(m->pair.session, &m->pair.keys, err);
    return rc == GA_OK ? keep_nameless(m, county, err) : rc;
}

/* The school of that name that met the county by a computer which nobody introduced this one for. */
static void find_namesake(struct meeting *m, const struct ga_vec *sites, const char *label)
{
    for (size_t i = 0; i < sites->len; i++) {
        const struct ga_peer *site = ga_vec_at(sites, i);
        const struct ga_county_school *school = ga_county_school_of(&m->schools, &site->id);
        if (school != NULL && ga_uuid_compare(&school->same, &school->site) == 0 && strcmp(site->label, label) == 0)
            m->namesake = *school;
    }
}

/* By whose code its school goes: its own, unless somebody of that school was met before. */
static enum ga_rc find_same(struct meeting *m, const struct ga_uuid *site, const char *label, struct ga_uuid *ret_same, struct ga_error *err)
{
    struct ga_vec sites;
    ga_vec_init(&sites, sizeof(struct ga_peer));
    const enum ga_rc rc = ga_store_sites(m->pair.session->store, &sites, err);
    const struct ga_county_school *known = rc == GA_OK ? ga_county_school_at(&m->schools, &sites, site) : NULL;
    if (rc == GA_OK && known == NULL)
        find_namesake(m, &sites, label);
    *ret_same = known != NULL ? known->same : m->same == GA_COUNTY_SAME && !ga_uuid_is_zero(&m->namesake.site) ? m->namesake.same : *site;
    ga_vec_finish(&sites);
    return rc;
}

static enum ga_rc trust_school(struct meeting *m, const struct ga_peer *site, struct ga_error *err)
{
    struct ga_county_school school = {.site = site->id, .group = m->other.group};
    enum ga_rc rc = find_same(m, &site->id, site->label, &school.same, err);
    if (rc == GA_OK && !ga_uuid_is_zero(&m->namesake.site) && m->same == GA_COUNTY_UNSAID) {
        ga_error_set(err, GA_REFUSED, "a school called %1 has met this county already", site->label);
        ga_error_hint(err, "say whether it is that one with another computer (same), or another school of this name (other)");
        return GA_REFUSED;
    }
    if (rc == GA_OK)
        rc = ga_site_trust(m->pair.session->store, site, err);
    return rc == GA_OK ? ga_county_add_school(m->pair.session, &school, err) : rc;
}

/* The computers of the school know its signature by each other, and that it is a guest by the record. */
static enum ga_rc trust_guest(struct meeting *m, struct ga_peer *guest, struct ga_error *err)
{
    struct ga_store *store = m->pair.session->store;
    enum ga_rc rc = ga_site_enrol(store, guest, err);
    if (rc == GA_OK)
        rc = ga_site_introduce(store, guest, err);
    return rc == GA_OK ? ga_guest_add(m->pair.session, guest, &m->other.group, &m->scope, m->scope_text, err) : rc;
}

static enum ga_rc trust_host(struct meeting *m, const struct ga_peer *school, struct ga_error *err)
{
    const enum ga_rc rc = ga_site_trust(m->pair.session->store, school, err);
    return rc == GA_OK ? ga_guest_set_host(m->pair.session, &m->other.group, err) : rc;
}

static enum ga_rc trust(struct meeting *m, struct ga_error *err)
{
    struct ga_peer site = {.id = m->other.site, .key = m->other.key, .by = GA_SITE_TRUSTED};
    name_other(m, site.label, sizeof(site.label));
    if (m->is_with_guest)
        return m->other.is_guest ? trust_guest(m, &site, err) : trust_host(m, &site, err);
    return m->other.is_county ? trust_county(m, &site, err) : trust_school(m, &site, err);
}

/* Both are known to `m` afterwards. */
static enum ga_rc find_or_leave(struct meeting *m, bool may_leave, struct ga_error *err)
{
    struct ga_str text = {0};
    enum ga_rc rc = ga_pair_make_invitation(&m->pair, &text, err);
    if (rc == GA_OK) {
        m->has_own = ga_pair_find(&m->pair, GA_PAIRING_INVITATION, ga_pair_is_own_invitation, NULL) == GA_OK;
        find_other(m);
    }
    if (rc == GA_OK && may_leave && goes_round(m) && (m->typed == NULL || is_paper(m, m->typed)))
        rc = leave_enclosed(m, &text, err);
    else if (rc == GA_OK && may_leave && !m->has_own && m->typed == NULL)
        rc = ga_pair_put(&m->pair, &text, err);
    ga_str_finish(&text);
    return rc;
}

static bool was_shown(const struct meeting *m)
{
    char word[GA_HASH_TEXT_SIZE];
    return ga_sync_words_has(m->pair.session, shown_setting, ga_hash_text(&m->other.hash, word));
}

static enum ga_rc set_shown(const struct meeting *m, bool is_shown, struct ga_error *err)
{
    char word[GA_HASH_TEXT_SIZE];
    ga_hash_text(&m->other.hash, word);
    if (is_school(&m->pair.invitation) || is_shown == was_shown(m))
        return GA_OK;
    return is_shown ? ga_sync_words_add(m->pair.session, shown_setting, word, SHOWN_MAX, err)
                    : ga_sync_words_drop(m->pair.session, shown_setting, word, err);
}

static enum ga_county_had had(struct meeting *m)
{
    return m->other.is_county && !m->is_with_guest ? ga_county_had(m->pair.session, &m->other.site) : GA_COUNTY_HAD_NOTHING;
}

static bool has_namesake(struct meeting *m, const char *label)
{
    struct ga_uuid same;
    return m->pair.invitation.is_county && find_same(m, &m->other.site, label, &same, NULL) == GA_OK && !ga_uuid_is_zero(&m->namesake.site);
}

static enum ga_rc confirm(struct meeting *m, const char *typed, struct ga_county_met *ret_met, struct ga_error *err)
{
    if (!has_other(m))
        return typed == NULL ? GA_OK
                             : ga_error_set(err, GA_REFUSED, "there is no invitation of the other side on this stick yet");
    name_other(m, ret_met->label, sizeof(ret_met->label));
    ret_met->is_there = true;
    ret_met->had = had(m);
    ret_met->has_namesake = has_namesake(m, ret_met->label);
    enum ga_rc rc = set_shown(m, typed == NULL, err);
    if (rc == GA_OK)
        rc = ga_pair_compare(&m->pair, &m->other.hash, is_paper(m, typed) ? NULL : typed, ret_met->digits, err);
    if (rc != GA_OK || typed == NULL)
        return rc;
    rc = trust(m, err);
    m->pair.found = m->path;
    if (rc == GA_OK && !is_paper(m, typed)) { /* else the stick goes on to the next school */
        ga_pair_drop_found(&m->pair);
        drop_left(m);
    }
    ret_met->is_done = rc == GA_OK;
    return rc;
}

static enum ga_rc meet(struct meeting *m, const char *place, const char *typed, struct ga_county_met *ret_met, struct ga_error *err)
{
    enum ga_rc rc = ga_pair_open_to_write(&m->pair, place, true, err);
    if (rc == GA_OK)
        rc = ga_county_schools(m->pair.session, &m->schools, err);
    if (rc == GA_OK)
        rc = find_or_leave(m, true, err);
    if (rc == GA_OK)
        county_digits(m, ret_met->county_digits);
    return rc == GA_OK ? confirm(m, typed, ret_met, err) : rc;
}

bool ga_county_meets_nameless(struct ga_session *session)
{
    return ga_str_equal(ga_store_setting(session->store, nameless_setting), "1");
}

static enum ga_rc remember_names(struct meeting *m, struct ga_session *session, const char *typed, struct ga_error *err)
{
    const bool was = ga_county_meets_nameless(session);
    if (m->is_with_guest || ga_county_is_here(session))
        return GA_OK;
    m->is_nameless |= typed != NULL && was;
    return m->is_nameless == was ? GA_OK : ga_store_set_setting(session->store, nameless_setting, m->is_nameless ? "1" : "", err);
}

static enum ga_rc run(struct meeting *m, struct ga_session *session, const char *place, const char *typed,
                      struct ga_county_met *ret_met, struct ga_error *err)
{
    ga_pair_begin(&m->pair, session);
    m->pair.is_guest = m->is_with_guest && m->scope_text == NULL;
    m->typed = typed;
    ga_vec_init(&m->schools, sizeof(struct ga_county_school));
    *ret_met = (struct ga_county_met){.is_there = false};
    enum ga_rc rc = remember_names(m, session, typed, err);
    if (rc == GA_OK)
        rc = meet(m, place, typed, ret_met, err);
    ga_vec_finish(&m->schools);
    ga_pair_finish(&m->pair);
    return rc;
}

enum ga_rc ga_county_meet(struct ga_session *session, const char *place, const char *typed, enum ga_county_same same,
                          struct ga_county_met *ret_met, struct ga_error *err)
{
    struct meeting m = {.same = same};
    const enum ga_rc rc = ga_guest_refuse(session, err);
    return rc == GA_OK ? run(&m, session, place, typed, ret_met, err) : rc;
}

enum ga_rc ga_county_meet_nameless(struct ga_session *session, const char *place, const char *typed, struct ga_county_met *ret_met,
                                   struct ga_error *err)
{
    struct meeting m = {.is_nameless = true};
    enum ga_rc rc = ga_guest_refuse(session, err);
    if (rc == GA_OK && ga_county_is_here(session))
        rc = ga_error_set(err, GA_REFUSED, "the school says whether its county gets names, when it meets it");
    return rc == GA_OK ? run(&m, session, place, typed, ret_met, err) : rc;
}

static enum ga_rc read_scope(struct ga_session *session, struct meeting *m, struct ga_error *err)
{
    enum ga_rc rc = ga_guest_refuse(session, err);
    if (rc == GA_OK && ga_county_is_here(session))
        rc = ga_error_set(err, GA_REFUSED, "a county has no guests");
    return rc == GA_OK ? ga_guest_read_scope(session, m->scope_text, &m->scope, err) : rc;
}

enum ga_rc ga_guest_meet(struct ga_session *session, const char *place, const char *scope, const char *typed,
                         struct ga_county_met *ret_met, struct ga_error *err)
{
    struct meeting m = {.is_with_guest = true, .scope_text = scope};
    const enum ga_rc rc = scope == NULL ? ga_guest_may_join(session, err) : read_scope(session, &m, err);
    return rc == GA_OK ? run(&m, session, place, typed, ret_met, err) : rc;
}

/* ---- what comes next ---- */

static void look(struct meeting *m, struct ga_sync_pairing *ret_pairing)
{
    const bool is_county = m->pair.invitation.is_county;
    if (is_county)
        county_digits(m, ret_pairing->note);
    if (has_other(m)) {
        const bool has_answered = m->is_enclosed || (!is_school(&m->pair.invitation) && !m->has_own && was_shown(m));
        ret_pairing->step = has_answered ? GA_SYNC_ANSWERED : GA_SYNC_ASKED;
        name_other(m, ret_pairing->label, sizeof(ret_pairing->label));
        ret_pairing->had = had(m);
        ret_pairing->has_namesake = has_namesake(m, ret_pairing->label);
        ga_pair_compare(&m->pair, &m->other.hash, NULL, goes_round(m) ? ret_pairing->note : ret_pairing->digits, NULL);
        if (goes_round(m))
            county_digits(m, ret_pairing->digits);
    } else if (m->has_own) {
        ret_pairing->step = GA_SYNC_INVITED;
    }
}

static enum ga_rc open_to_look(struct meeting *m, struct ga_session *session, const char *place, bool is_guest, struct ga_error *err)
{
    ga_pair_begin(&m->pair, session);
    m->pair.is_guest = is_guest;
    ga_vec_init(&m->schools, sizeof(struct ga_county_school));
    enum ga_rc rc = ga_pair_open(&m->pair, place, false, err);
    if (rc == GA_OK)
        rc = ga_county_schools(session, &m->schools, err);
    return rc == GA_OK ? find_or_leave(m, false, err) : rc;
}

static enum ga_rc finish_looking(struct meeting *m, enum ga_rc rc)
{
    ga_vec_finish(&m->schools);
    ga_pair_finish(&m->pair);
    return rc == GA_NOT_FOUND ? GA_OK : rc; /* nothing of ours lies there yet */
}

static enum ga_rc look_there(struct meeting *m, struct ga_session *session, const char *place, bool is_guest,
                             struct ga_sync_pairing *ret_pairing, struct ga_error *err)
{
    *ret_pairing = (struct ga_sync_pairing){.step = GA_SYNC_ALONE};
    const enum ga_rc rc = open_to_look(m, session, place, is_guest, err);
    if (rc == GA_OK)
        look(m, ret_pairing);
    return finish_looking(m, rc);
}

enum ga_rc ga_county_look(struct ga_session *session, const char *place, struct ga_sync_pairing *ret_pairing, struct ga_error *err)
{
    struct meeting m = {.is_with_guest = false};
    return look_there(&m, session, place, false, ret_pairing, err);
}

enum ga_rc ga_guest_look(struct ga_session *session, const char *place, bool is_guest, struct ga_sync_pairing *ret_pairing,
                         struct ga_error *err)
{
    struct meeting m = {.is_with_guest = true};
    return look_there(&m, session, place, is_guest, ret_pairing, err);
}

enum ga_rc ga_county_waiting(struct ga_session *session, const char *place, struct ga_vec *ret_met, struct ga_error *err)
{
    struct meeting m = {.waiting = ret_met};
    return finish_looking(&m, open_to_look(&m, session, place, false, err));
}
