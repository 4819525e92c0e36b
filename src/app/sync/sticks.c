/* Asks about the sticks of this computer. */
#include "guanai/app/sticks.h"

#include "guanai/sync/stick_folder.h"
#include "guanai/sync/udisks.h"

#include <string.h>

static const char *root_of(const struct ga_session *session)
{
    return session->options->system_root != NULL ? session->options->system_root : "";
}

void ga_session_sticks(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_sticks)
{
    const struct ga_stick_places places = {
        .io = session->options->io, .root = root_of(session), .data_folder = session->data_folder};
    ga_sticks_find(&places, arena, ret_sticks);
}

bool ga_session_is_stick(struct ga_session *session, const char *place)
{
    struct ga_arena arena = {0};
    struct ga_vec sticks;
    ga_vec_init(&sticks, sizeof(struct ga_stick));
    ga_session_sticks(session, &arena, &sticks);
    const bool is_stick = ga_stick_of(&sticks, place) != NULL;
    ga_vec_finish(&sticks);
    ga_arena_finish(&arena);
    return is_stick;
}

enum ga_rc ga_session_folder_check(struct ga_session *session, const char *folder, int64_t needed_bytes, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_vec sticks;
    ga_vec_init(&sticks, sizeof(struct ga_stick));
    ga_session_sticks(session, &arena, &sticks);
    const enum ga_rc rc = ga_stick_check(session->options->io, ga_stick_of(&sticks, folder), folder, needed_bytes, err);
    ga_vec_finish(&sticks);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_session_stick_check(struct ga_session *session, const char *place, int64_t needed_bytes, struct ga_error *err)
{
    struct ga_arena arena = {0};
    const char *folder = place;
    struct ga_error why = {0};
    enum ga_rc rc = ga_stick_folder(session->options->io, place, false, &arena, &folder, &why);
    if (rc == GA_OK || rc == GA_NOT_FOUND)
        rc = ga_session_folder_check(session, folder, needed_bytes, err);
    else if (err != NULL)
        *err = why;
    ga_arena_finish(&arena);
    return rc;
}

bool ga_session_stick_has_folder(struct ga_session *session, const char *place)
{
    struct ga_arena arena = {0};
    const char *folder;
    const bool has = ga_stick_folder(session->options->io, place, false, &arena, &folder, NULL) == GA_OK;
    ga_arena_finish(&arena);
    return has;
}

/* Along PATH; beside tables of a test's own, its own. */
static const char *udisks_of(const struct ga_session *session, struct ga_arena *arena)
{
    const char *root = root_of(session);
    return root[0] == '\0' ? "udisksctl" : ga_arena_printf(arena, "%s/usr/bin/udisksctl", root);
}

static enum ga_rc find_device(struct ga_session *session, const char *device, struct ga_arena *arena, struct ga_stick *ret_stick,
                              struct ga_error *err)
{
    struct ga_vec sticks;
    bool is_there = false;
    ga_vec_init(&sticks, sizeof(struct ga_stick));
    ga_session_sticks(session, arena, &sticks);
    for (size_t i = 0; !is_there && i < sticks.len; i++) {
        *ret_stick = *GA_VEC_AT(const struct ga_stick, &sticks, i);
        is_there = strcmp(ret_stick->device, device) == 0;
    }
    ga_vec_finish(&sticks);
    if (is_there)
        return GA_OK;
    ga_error_set(err, GA_IO, "the stick was pulled out");
    ga_error_hint(err, "put the stick in and choose it anew");
    return GA_IO;
}

enum ga_rc ga_session_stick_open(struct ga_session *session, const char *device, struct ga_arena *arena,
                                 struct ga_stick *ret_stick, struct ga_error *err)
{
    enum ga_rc rc = find_device(session, device, arena, ret_stick, err);
    if (rc != GA_OK || ret_stick->folder != NULL)
        return rc;
    rc = ga_udisks_mount(udisks_of(session, arena), device, err);
    if (rc == GA_OK)
        rc = find_device(session, device, arena, ret_stick, err);
    return rc == GA_OK && ret_stick->folder == NULL ? ga_error_set(err, GA_IO, "the stick %1 does not answer", device) : rc;
}

enum ga_rc ga_session_stick_let_go(struct ga_session *session, const char *place, bool *ret_is_stick, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_vec sticks;
    struct ga_error why = {0};
    ga_vec_init(&sticks, sizeof(struct ga_stick));
    ga_session_sticks(session, &arena, &sticks);
    const struct ga_stick *stick = ga_stick_of(&sticks, place);
    enum ga_rc rc = stick == NULL ? GA_NOT_FOUND : ga_udisks_unmount(udisks_of(session, &arena), stick->device, &why);
    *ret_is_stick = stick != NULL;
    if (rc == GA_NOT_FOUND)
        rc = GA_OK;
    else if (rc != GA_OK && err != NULL)
        *err = why;
    ga_vec_finish(&sticks);
    ga_arena_finish(&arena);
    return rc;
}
