/* Hands on a school's own files, takes those of its other computers, as an administrator decided. */
#include "school/own_files_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/care/care_files.h"
#include "private.h"

#include <errno.h>
#include <string.h>

struct accepting {
    struct ga_session *session;
    struct ga_vec *files;
    struct ga_arena arena;
    struct ga_str agreed; /* names of forms that were taken */
    struct ga_own_files_done done;
    bool has_calendar;
};

/* ---- into the log ---- */

/* What replaces all that stands: the text that lies here, or the one that was picked of several. */
static bool is_put(const struct ga_own_file *file, struct ga_shared_put *ret_put)
{
    const struct ga_shared_text *text;
    if (file->finding.id != NULL || file->pick == GA_OWN_PICK_NONE)
        return false;
    *ret_put = (struct ga_shared_put){.name = file->name, .text = file->text, .len = file->len, .replaces_count = file->texts_count};
    if (!ga_own_file_takes(file, &text))
        return true;
    ret_put->text = text->text;
    ret_put->len = text->len;
    return file->texts_count > 1;
}

static enum ga_rc put_file(struct accepting *a, struct ga_save *save, struct ga_shared_put *put, const struct ga_own_file *file,
                           struct ga_error *err)
{
    struct ga_hash *leaves = ga_arena_array(&a->arena, file->texts_count, sizeof(*leaves));
    for (size_t i = 0; i < file->texts_count; i++)
        leaves[i] = file->texts[i].leaf;
    put->replaces = leaves;
    return ga_shared_put(save, put, err);
}

static enum ga_rc put_files(struct accepting *a, struct ga_error *err)
{
    struct ga_save *save = NULL;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < a->files->len; i++) {
        const struct ga_own_file *file = GA_VEC_AT(const struct ga_own_file, a->files, i);
        struct ga_shared_put put;
        if (!is_put(file, &put))
            continue;
        if (save == NULL)
            rc = ga_save_begin(a->session->store, &save, err);
        if (rc == GA_OK)
            rc = put_file(a, save, &put, file, err);
        a->done.handed_on += file->pick == GA_OWN_PICK_OURS;
    }
    return save == NULL ? rc : ga_app_end_save(save, rc, err);
}

/* ---- onto the disk ---- */

/* What nobody else has is not written over. */
static enum ga_rc keep_before(struct accepting *a, const struct ga_own_file *file, const char *path, struct ga_error *err)
{
    struct ga_hash here;
    if (file->state != GA_OWN_FILE_BOTH || file->text == NULL)
        return GA_OK;
    ga_shared_hash(file->text, file->len, &here);
    for (size_t i = 0; i < file->texts_count; i++)
        if (ga_hash_equal(&file->texts[i].hash, &here))
            return GA_OK;
    return ga_io_write_file(a->session->options->io, ga_arena_printf(&a->arena, "%s.before", path), file->text, file->len, err);
}

static enum ga_rc make_folder_of(struct accepting *a, const char *path, struct ga_error *err)
{
    return ga_io_make_dirs(a->session->options->io, ga_arena_strndup(&a->arena, path, (size_t)(strrchr(path, '/') - path)), err);
}

static enum ga_rc write_calendar(struct accepting *a, const struct ga_shared_text *text, const char *path, struct ga_error *err)
{
    struct ga_str config = {0};
    enum ga_rc rc = ga_own_calendar_lay(a->session, text, &config, err);
    if (rc == GA_OK)
        rc = ga_io_write_file(a->session->options->io, path, config.data, config.len, err);
    a->has_calendar |= rc == GA_OK;
    ga_str_finish(&config);
    return rc;
}

static enum ga_rc write_text(struct accepting *a, const struct ga_own_file *file, const struct ga_shared_text *text,
                             struct ga_error *err)
{
    const struct ga_io_ops *io = a->session->options->io;
    const char *path = ga_own_file_path(a->session, file, &a->arena);
    enum ga_rc rc = keep_before(a, file, path, err);
    if (rc != GA_OK)
        return rc;
    if (ga_own_file_is_calendar(file))
        return write_calendar(a, text, path, err);
    if (text->text == NULL) {
        const int gone = io->unlink(io->ctx, path);
        return gone < 0 && gone != -ENOENT ? ga_io_fail(err, gone, "remove", path) : GA_OK;
    }
    rc = make_folder_of(a, path, err);
    return rc == GA_OK ? ga_io_write_file(io, path, text->text, text->len, err) : rc;
}

static enum ga_rc take_files(struct accepting *a, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < a->files->len; i++) {
        const struct ga_own_file *file = GA_VEC_AT(const struct ga_own_file, a->files, i);
        const struct ga_shared_text *text;
        a->done.refused += file->pick != GA_OWN_PICK_NONE && file->finding.id != NULL;
        if (!ga_own_file_takes(file, &text))
            continue;
        rc = write_text(a, file, text, err);
        if (rc == GA_OK)
            rc = ga_care_forget_file(a->session->store, file->name, err);
        if (rc == GA_OK && file->form != NULL)
            ga_str_addf(&a->agreed, "%s%s", a->agreed.len > 0 ? " " : "", file->form);
        a->done.taken += rc == GA_OK;
    }
    return rc;
}

/* ---- into force ---- */

static enum ga_rc note(struct accepting *a, struct ga_error *err)
{
    struct ga_vec files;
    ga_vec_init(&files, sizeof(struct ga_own_file));
    enum ga_rc rc = ga_own_files_gather(a->session, &a->arena, &files, err);
    if (rc == GA_OK)
        rc = ga_own_files_note(a->session, &files, err);
    ga_vec_finish(&files);
    return rc;
}

static enum ga_rc put_in_force(struct accepting *a, bool is_confirmed, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_session *session = a->session;
    enum ga_rc rc = a->has_calendar ? ga_session_reload_config(session, problems, err) : GA_OK;
    if (rc == GA_OK && (a->done.taken > 0 || (is_confirmed && ga_store_waiting_forms(session->store)[0] != '\0')))
        rc = ga_store_take_forms(session->store, &session->forms_folders, ga_str_text(&a->agreed), is_confirmed, problems, err);
    if (rc == GA_OK)
        rc = ga_session_look_again(session, problems, err);
    return rc == GA_OK ? note(a, err) : rc;
}

enum ga_rc ga_own_files_accept(struct ga_session *session, struct ga_vec *files, bool is_confirmed, struct ga_problems *problems,
                               struct ga_own_files_done *ret_done, struct ga_error *err)
{
    struct accepting a = {.session = session, .files = files};
    enum ga_rc rc = ga_session_need_administrator(session, err);
    if (rc == GA_OK)
        rc = ga_own_files_check(session, files, err);
    if (rc == GA_OK)
        rc = put_files(&a, err);
    if (rc == GA_OK)
        rc = take_files(&a, err);
    if (rc == GA_OK)
        rc = put_in_force(&a, is_confirmed, problems, err);
    if (rc == GA_OK)
        *ret_done = a.done;
    ga_str_finish(&a.agreed);
    ga_arena_finish(&a.arena);
    return rc;
}
