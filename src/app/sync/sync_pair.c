/* Lets a new computer join a school by three small files and thirty digits. */
#include "guanai/app/sticks.h"
#include "guanai/base/alloc.h"
#include "guanai/crypt/secret.h"
#include "guanai/store/site.h"
#include "guanai/sync/pairing.h"
#include "guanai/sync/stick_folder.h"
#include "sync/guest_inner.h"
#include "sync/sync_pair_inner.h"

#include <stdlib.h>
#include <string.h>

/* What the new computer has to remember between its two steps. */
static const char seal_setting[] = "sync_join_seal", request_setting[] = "sync_join_request";

/* ---- the school ---- */

enum ga_rc ga_sync_invite(struct ga_session *session, const char *place, struct ga_error *err)
{
    struct ga_pair_work p;
    struct ga_str text = {0};
    ga_pair_begin(&p, session);
    enum ga_rc rc = ga_guest_refuse(session, err);
    if (rc == GA_OK)
        rc = ga_pair_open_to_write(&p, place, true, err);
    if (rc == GA_OK)
        rc = ga_pair_make_invitation(&p, &text, err);
    if (rc == GA_OK && ga_pair_find(&p, GA_PAIRING_INVITATION, ga_pair_is_own_invitation, NULL) != GA_OK)
        rc = ga_pair_put(&p, &text, err);
    ga_str_finish(&text);
    ga_pair_finish(&p);
    return rc;
}

static bool is_request(struct ga_pair_work *p, const struct ga_str *text)
{
    return ga_pairing_read_request(text->data, text->len, &p->invitation, &p->request, NULL) == GA_OK;
}

/* An invitation says the same whenever it is written, so which one was read does not matter. */
static enum ga_rc find_request(struct ga_pair_work *p, struct ga_error *err)
{
    struct ga_str text = {0};
    enum ga_rc rc = ga_pair_make_invitation(p, &text, err);
    if (rc == GA_OK)
        rc = ga_pair_find(p, GA_PAIRING_REQUEST, is_request, err);
    ga_str_finish(&text);
    return rc;
}

static enum ga_rc write_answer(struct ga_pair_work *p, struct ga_error *err)
{
    struct ga_pairing_answer answer = {.county = p->keys.county, .recovery = p->keys.recovery};
    struct ga_peer *site = &answer.introduction;
    struct ga_str text = {0};
    memcpy(answer.group_secret, p->keys.group.secret, sizeof(answer.group_secret));
    site->id = p->request.site;
    site->key = p->request.key;
    ga_str_copy(site->label, sizeof(site->label), p->request.label);
    enum ga_rc rc = ga_site_enrol(p->session->store, site, err);
    if (rc == GA_OK)
        rc = ga_site_introduce(p->session->store, site, err);
    if (rc == GA_OK)
        rc = ga_pairing_answer(&answer, &p->request, &p->self, ga_crypt_random(), &text, err);
    if (rc == GA_OK)
        rc = ga_pair_put(p, &text, err);
    ga_crypt_wipe(&answer, sizeof(answer));
    ga_str_finish(&text);
    return rc;
}

enum ga_rc ga_sync_answer(struct ga_session *session, const char *place, const char *typed,
                          char ret_digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err)
{
    struct ga_pair_work p;
    ga_pair_begin(&p, session);
    enum ga_rc rc = ga_guest_refuse(session, err);
    if (rc == GA_OK)
        rc = typed == NULL ? ga_pair_open(&p, place, false, err) : ga_pair_open_to_write(&p, place, false, err);
    if (rc == GA_OK)
        rc = find_request(&p, err);
    if (rc == GA_OK)
        rc = ga_pair_compare(&p, &p.request.hash, typed, ret_digits, err);
    if (rc == GA_OK && typed != NULL && (rc = write_answer(&p, err)) == GA_OK)
        ga_pair_drop_found(&p);
    ga_pair_finish(&p);
    return rc;
}

/* ---- the new computer ---- */

static bool is_invitation(struct ga_pair_work *p, const struct ga_str *text)
{
    return ga_pairing_read_invitation(text->data, text->len, &p->invitation, NULL) == GA_OK && !p->invitation.is_guest &&
           ga_uuid_compare(&p->invitation.site, &p->self.site) != 0;
}

static bool is_school_invitation(struct ga_pair_work *p, const struct ga_str *text)
{
    return is_invitation(p, text) && !p->invitation.is_county;
}

/* A county's may lie there because the stick goes round schools: it is meant when no other does. */
static enum ga_rc find_invitation(struct ga_pair_work *p, struct ga_error *err)
{
    const enum ga_rc rc = ga_pair_find(p, GA_PAIRING_INVITATION, is_school_invitation, NULL);
    return rc == GA_NOT_FOUND ? ga_pair_find(p, GA_PAIRING_INVITATION, is_invitation, err) : rc;
}

/* What this computer wrote when it asked; GA_NOT_FOUND: it did not, or has been answered. GA_DENIED: another invitation. */
static enum ga_rc recall_request(struct ga_pair_work *p, struct ga_error *err)
{
    struct ga_str seal = {0};
    enum ga_rc rc = ga_sync_bytes_recall(p->session, seal_setting, &seal, err);
    if (rc == GA_OK && seal.len != GA_SEAL_SECRET_BYTES)
        rc = ga_error_set(err, GA_NOT_FOUND, "this computer has not asked to join a school");
    if (rc == GA_OK)
        ga_seal_key_restore((const uint8_t *)seal.data, &p->seal);
    if (rc == GA_OK)
        rc = ga_sync_bytes_recall(p->session, request_setting, &p->own_request, err);
    if (rc == GA_OK)
        rc = ga_pairing_read_request(p->own_request.data, p->own_request.len, &p->invitation, &p->request, err);
    if (seal.data != NULL)
        ga_crypt_wipe(seal.data, seal.len);
    ga_str_finish(&seal);
    return rc;
}

static enum ga_rc make_request(struct ga_pair_work *p, const char *label, struct ga_error *err)
{
    struct ga_peer own;
    ga_seal_key_make(ga_crypt_random(), &p->seal);
    ga_str_clear(&p->own_request);
    enum ga_rc rc = ga_pair_own(p, &own, err);
    p->request = (struct ga_pairing_request){
        .invitation = p->invitation.hash, .site = p->self.site, .key = own.key, .seal = p->seal.public_key};
    ga_str_copy(p->request.label, sizeof(p->request.label), label);
    if (rc == GA_OK)
        rc = ga_pairing_request(&p->request, &p->self, &p->own_request, err);
    if (rc == GA_OK)
        rc = ga_sync_bytes_keep(p->session, seal_setting, p->seal.secret, sizeof(p->seal.secret), err);
    if (rc == GA_OK)
        rc = ga_sync_bytes_keep(p->session, request_setting, p->own_request.data, p->own_request.len, err);
    return rc == GA_OK ? ga_sync_set_label(p->session, label, err) : rc;
}

static bool is_own_request(struct ga_pair_work *p, const struct ga_str *text)
{
    return text->len == p->own_request.len && memcmp(text->data, p->own_request.data, text->len) == 0;
}

static bool is_earlier_request(struct ga_pair_work *p, const struct ga_str *text)
{
    struct ga_pairing_request found;
    return ga_pairing_read_request(text->data, text->len, &p->invitation, &found, NULL) == GA_OK &&
           ga_uuid_compare(&found.site, &p->self.site) == 0 && !is_own_request(p, text);
}

/* One it wrote before stays what it asked, with its digits: whoever was interrupted need not begin anew. */
static enum ga_rc ask(struct ga_pair_work *p, const char *label, struct ga_error *err)
{
    enum ga_rc rc = recall_request(p, NULL);
    if (rc != GA_OK || strcmp(p->request.label, label) != 0)
        rc = make_request(p, label, err);
    while (rc == GA_OK && ga_pair_find(p, GA_PAIRING_REQUEST, is_earlier_request, NULL) == GA_OK)
        if (!ga_pair_drop_found(p))
            break;
    if (rc == GA_OK && ga_pair_find(p, GA_PAIRING_REQUEST, is_own_request, NULL) != GA_OK)
        rc = ga_pair_put(p, &p->own_request, err);
    return rc;
}

enum ga_rc ga_sync_join(struct ga_session *session, const char *place, const char *label,
                        char ret_digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err)
{
    struct ga_pair_work p;
    ga_pair_begin(&p, session);
    enum ga_rc rc = ga_guest_refuse(session, err);
    if (rc == GA_OK)
        rc = ga_pair_open_to_write(&p, place, false, err);
    if (rc == GA_OK)
        rc = find_invitation(&p, err);
    if (rc == GA_OK && p.invitation.is_county)
        rc = ga_county_may_begin(session, err);
    if (rc == GA_OK)
        rc = ask(&p, label, err);
    if (rc == GA_OK)
        rc = ga_pair_compare(&p, &p.request.hash, NULL, ret_digits, err);
    ga_pair_finish(&p);
    return rc;
}

static enum ga_rc keep_answer(struct ga_pair_work *p, struct ga_error *err)
{
    const struct ga_pairing_answer *answer = &p->answer;
    struct ga_sync_keys keys = {.has_group = true, .county = answer->county, .recovery = answer->recovery};
    struct ga_peer school = {.id = p->invitation.site, .key = p->invitation.key, .by = GA_SITE_TRUSTED};
    ga_str_copy(school.label, sizeof(school.label), p->invitation.label[0] != '\0' ? p->invitation.label : p->invitation.school);
    ga_seal_key_restore(answer->group_secret, &keys.group);
    enum ga_rc rc = ga_site_trust(p->session->store, &school, err);
    if (rc == GA_OK) /* so that others hear of this one from here too */
        rc = ga_site_introduce(p->session->store, &answer->introduction, err);
    if (rc == GA_OK)
        rc = ga_sync_keys_write(p->session, &keys, err);
    if (rc == GA_OK && p->invitation.is_county) /* what it collects comes with its first stick (store/school_list.h) */
        rc = ga_store_begin_county(p->session->store, err);
    if (rc == GA_OK)
        rc = ga_store_set_setting(p->session->store, seal_setting, "", err);
    ga_crypt_wipe(&keys, sizeof(keys));
    return rc;
}

/* Kept as it was read: what the digits were compared for is what is taken. */
static bool is_answer(struct ga_pair_work *p, const struct ga_str *text)
{
    return ga_pairing_read_answer(text->data, text->len, &p->invitation, &p->request, &p->seal, &p->answer, NULL) == GA_OK;
}

enum ga_rc ga_sync_finish(struct ga_session *session, const char *place, const char *typed,
                          char ret_digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err)
{
    struct ga_pair_work p;
    ga_pair_begin(&p, session);
    enum ga_rc rc = ga_pair_open(&p, place, false, err);
    if (rc == GA_OK)
        rc = find_invitation(&p, err);
    if (rc == GA_OK)
        rc = recall_request(&p, err);
    if (rc == GA_OK)
        rc = ga_pair_find(&p, GA_PAIRING_ANSWER, is_answer, err);
    if (rc == GA_OK)
        rc = ga_pair_compare(&p, &p.request.hash, typed, ret_digits, err);
    if (rc == GA_OK && typed != NULL && (rc = keep_answer(&p, err)) == GA_OK)
        ga_pair_drop_found(&p);
    ga_pair_finish(&p);
    return rc;
}

/* ---- what people say ---- */

/* The digits of what was typed; false: it holds anything else. */
static bool read_digits(const char *typed, char ret_digits[GA_SYNC_DIGITS_SIZE])
{
    size_t count = 0;
    for (const char *at = typed; *at != '\0' && count < GA_SYNC_DIGITS_SIZE - 1; at++) {
        const bool is_wide = strncmp(at, "\xEF\xBC", 2) == 0 && (uint8_t)at[2] >= 0x90 && (uint8_t)at[2] <= 0x99; /* ０ … ９ */
        if (is_wide)
            ret_digits[count++] = (char)('0' + ((uint8_t)at[2] - 0x90));
        else if (*at >= '0' && *at <= '9')
            ret_digits[count++] = *at;
        else if (strncmp(at, "\xE3\x80\x80", 3) != 0 && *at != ' ')
            return false;
        at += is_wide || (uint8_t)*at == 0xE3 ? 2 : 0;
    }
    ret_digits[count] = '\0';
    return true;
}

bool ga_sync_digits_confirm(const char *digits, const char *typed)
{
    enum { GROUP = 5, STEP = 6 };
    static const char *const yes[] = {"y", "Y", "yes", "是", "ｙ"};
    char said[GA_SYNC_DIGITS_SIZE];
    for (size_t i = 0; i < GA_COUNT(yes); i++)
        if (strcmp(typed, yes[i]) == 0)
            return true;
    if (!read_digits(typed, said) || said[0] == '\0' || strlen(said) % GROUP != 0)
        return false;
    for (const char *group = said; *group != '\0'; group += GROUP, digits += STEP) {
        while (strlen(digits) >= GROUP && strncmp(digits, group, GROUP) != 0)
            digits += digits[GROUP] == ' ' ? STEP : GROUP;
        if (strlen(digits) < GROUP)
            return false;
        if (digits[GROUP] == '\0') /* the last one */
            return group[GROUP] == '\0';
    }
    return true;
}

/* ---- what comes next ---- */

static void look_as_school(struct ga_pair_work *p, struct ga_sync_pairing *ret_pairing)
{
    struct ga_str text = {0};
    if (find_request(p, NULL) == GA_OK)
        ret_pairing->step = GA_SYNC_ASKED;
    else if (ga_pair_make_invitation(p, &text, NULL) == GA_OK && ga_pair_find(p, GA_PAIRING_INVITATION, ga_pair_is_own_invitation, NULL) == GA_OK)
        ret_pairing->step = GA_SYNC_INVITED;
    if (ret_pairing->step == GA_SYNC_ASKED)
        ga_str_copy(ret_pairing->label, sizeof(ret_pairing->label), p->request.label);
    ga_str_finish(&text);
}

static void look_as_new(struct ga_pair_work *p, struct ga_sync_pairing *ret_pairing)
{
    struct ga_peer school;
    if (find_invitation(p, NULL) != GA_OK)
        return;
    ret_pairing->step = GA_SYNC_INVITED;
    if (recall_request(p, NULL) == GA_OK)
        ret_pairing->step = ga_pair_find(p, GA_PAIRING_ANSWER, is_answer, NULL) == GA_OK     ? GA_SYNC_ANSWERED
                            : ga_pair_find(p, GA_PAIRING_REQUEST, is_own_request, NULL) == GA_OK ? GA_SYNC_ASKED
                                                                                          : GA_SYNC_INVITED;
    else if (ga_store_site(p->session->store, &p->invitation.site, &school, NULL) == GA_OK)
        ret_pairing->step = GA_SYNC_JOINED;
    ga_str_copy(ret_pairing->label, sizeof(ret_pairing->label),
                p->invitation.school[0] != '\0' ? p->invitation.school : p->invitation.label);
}

enum ga_rc ga_sync_pairing_look(struct ga_session *session, const char *place, bool is_new,
                                struct ga_sync_pairing *ret_pairing, struct ga_error *err)
{
    struct ga_pair_work p;
    struct ga_sync_pairing pairing = {.step = GA_SYNC_ALONE};
    ga_pair_begin(&p, session);
    enum ga_rc rc = ga_pair_open(&p, place, false, err);
    if (rc == GA_OK && is_new)
        look_as_new(&p, &pairing);
    else if (rc == GA_OK)
        look_as_school(&p, &pairing);
    if (rc == GA_OK && (pairing.step == GA_SYNC_ASKED || pairing.step == GA_SYNC_ANSWERED))
        rc = ga_pair_compare(&p, &p.request.hash, NULL, pairing.digits, err);
    if (rc == GA_NOT_FOUND) /* nothing of ours lies there yet */
        rc = GA_OK;
    if (rc == GA_OK)
        *ret_pairing = pairing;
    ga_pair_finish(&p);
    return rc;
}
