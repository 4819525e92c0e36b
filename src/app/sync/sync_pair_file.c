/* Reads and writes the small files by which computers come to know each other. */
#include "guanai/app/sticks.h"
#include "guanai/crypt/secret.h"
#include "guanai/sync/stick_folder.h"
#include "sync/sync_pair_inner.h"

#include <string.h>

_Static_assert((int)GA_SYNC_DIGITS_SIZE == (int)GA_PAIRING_DIGITS_SIZE, "the same digits");

enum { FILE_BYTES = 64 << 10 }; /* what a stick keeps for the smallest of files, and its folder */

enum ga_rc ga_pair_open(struct ga_pair_work *p, const char *place, bool may_make, struct ga_error *err)
{
    return ga_stick_folder(p->session->options->io, place, may_make, &p->arena, &p->folder, err);
}

/* One that is to be written to: asked before anything is made there or kept here. */
enum ga_rc ga_pair_open_to_write(struct ga_pair_work *p, const char *place, bool may_make, struct ga_error *err)
{
    const enum ga_rc rc = ga_session_stick_check(p->session, place, FILE_BYTES, err);
    return rc == GA_OK ? ga_pair_open(p, place, may_make, err) : rc;
}

enum ga_rc ga_pair_put(struct ga_pair_work *p, const struct ga_str *text, struct ga_error *err)
{
    const struct ga_io_ops *io = p->session->options->io;
    char name[GA_STICK_NAME_SIZE];
    ga_stick_name(p->session->options->random, name);
    enum ga_rc rc =
        ga_io_write_file(io, ga_arena_printf(&p->arena, "%s/%s", p->folder, name), text->data, text->len, err);
    if (rc == GA_OK)
        rc = ga_stick_settle(io, p->folder, err);
    p->written = ga_arena_strdup(&p->arena, name);
    return rc == GA_IO || rc == GA_NOT_FOUND ? ga_stick_explain(io, p->folder, true, FILE_BYTES, rc, err) : rc;
}

/*
 * Asks `is_it` of each small file of that kind until it says yes, the newest first. It keeps what it needs: nothing is
 * read a second time. GA_NOT_FOUND: none did.
 */
enum ga_rc ga_pair_find(struct ga_pair_work *p, enum ga_pairing_kind kind,
                            bool (*is_it)(struct ga_pair_work *p, const struct ga_str *text), struct ga_error *err)
{
    static const char *const missing[] = {
        [GA_PAIRING_INVITATION] = GA_N_("no invitation of a school lies on this stick: the school writes one first"),
        [GA_PAIRING_REQUEST] = GA_N_("no computer that wants to join lies on this stick"),
        [GA_PAIRING_ANSWER] = GA_N_("the school has not answered on this stick yet"),
        [GA_PAIRING_ENCLOSED] = GA_N_("no invitation of a school lies on this stick: the school writes one first")};
    const struct ga_io_ops *io = p->session->options->io;
    struct ga_vec files;
    bool has_found = false;
    ga_vec_init(&files, sizeof(struct ga_stick_file));
    enum ga_rc rc = ga_stick_files(io, p->folder, &p->arena, &files, err);
    for (size_t i = files.len; rc == GA_OK && !has_found && i-- > 0;) {
        const struct ga_stick_file *file = ga_vec_at(&files, i);
        struct ga_str text = {0};
        p->asked = file->path;
        if (file->size_bytes <= GA_PAIRING_BYTES_MAX &&
            ga_stick_read(io, file->path, GA_PAIRING_BYTES_MAX, &text, NULL) == GA_OK && ga_pairing_kind(text.data, text.len) == kind)
            has_found = is_it(p, &text);
        if (has_found)
            p->found = file->path;
        ga_str_finish(&text);
    }
    ga_vec_finish(&files);
    return rc == GA_OK && !has_found ? ga_error_set(err, GA_NOT_FOUND, missing[kind]) : rc;
}

bool ga_pair_drop_found(const struct ga_pair_work *p)
{
    const struct ga_io_ops *io = p->session->options->io;
    return io->unlink(io->ctx, p->found) == 0;
}

void ga_pair_begin(struct ga_pair_work *p, struct ga_session *session)
{
    *p = (struct ga_pair_work){.session = session, .self = ga_sync_sender(session)};
}

void ga_pair_finish(struct ga_pair_work *p)
{
    ga_crypt_wipe(&p->keys, sizeof(p->keys));
    ga_crypt_wipe(&p->seal, sizeof(p->seal));
    ga_crypt_wipe(&p->answer, sizeof(p->answer));
    ga_str_finish(&p->own_request);
    ga_arena_finish(&p->arena);
}

enum ga_rc ga_pair_own(struct ga_pair_work *p, struct ga_peer *ret_own, struct ga_error *err)
{
    return ga_store_site(p->session->store, &p->self.site, ret_own, err);
}

enum ga_rc ga_pair_compare(const struct ga_pair_work *p, const struct ga_hash *other, const char *typed,
                           char ret_digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err)
{
    ga_pairing_digits(&p->invitation.hash, other, ret_digits);
    if (typed == NULL || ga_pairing_digits_equal(ret_digits, typed))
        return GA_OK;
    ga_error_set(err, GA_DENIED, "the digits are not the same: nothing was done");
    ga_error_hint(err, "look again on both sides; when they differ still, another computer wrote what lies there: take another stick and begin anew");
    return GA_DENIED;
}

static void fill_invitation(struct ga_pair_work *p, const struct ga_peer *own)
{
    const char *school = p->session->config.school;
    p->invitation = (struct ga_pairing_invitation){.group = p->keys.group.public_key, .site = p->self.site, .key = own->key,
                                                   .is_county = ga_county_is_here(p->session),
                                                   .is_guest = p->is_guest};
    if (p->invitation.is_county) /* a school's own would change when it learns the county's, and its digits with it */
        p->invitation.recovery = p->keys.recovery;
    ga_str_copy(p->invitation.label, sizeof(p->invitation.label), own->label);
    ga_str_copy(p->invitation.school, sizeof(p->invitation.school), school == NULL ? "" : school);
}

enum ga_rc ga_pair_make_invitation(struct ga_pair_work *p, struct ga_str *text, struct ga_error *err)
{
    struct ga_peer own;
    enum ga_rc rc = ga_sync_keys_need(p->session, &p->keys, err);
    if (rc == GA_OK)
        rc = ga_pair_own(p, &own, err);
    if (rc != GA_OK)
        return rc;
    fill_invitation(p, &own);
    return ga_pairing_invite(&p->invitation, &p->self, text, err);
}

bool ga_pair_is_own_invitation(struct ga_pair_work *p, const struct ga_str *text)
{
    struct ga_pairing_invitation found;
    return ga_pairing_read_invitation(text->data, text->len, &found, NULL) == GA_OK &&
           ga_hash_equal(&found.hash, &p->invitation.hash);
}
