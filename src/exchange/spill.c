/* Lays rows aside between the plan and the writing. */
#include "spill.h"

#include "guanai/base/num.h"
#include "guanai/crypt/secret.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* A page ends with a whole row: a row of a sheet is far shorter than what lies between the two. */
enum { PAGE_BYTES = 64 << 10, PAGE_BYTES_MAX = 64 << 20, ANSWER_BYTES = 2 + 1 + 1 + 8 };

struct page_head {
    uint64_t bytes;
    uint8_t tag[GA_BOX_TAG_BYTES];
};

void ga_spill_start(struct spill *spill, const struct ga_io_ops *io, const char *folder)
{
    *spill = (struct spill){.io = io, .folder = folder, .fd = -1};
    ga_crypt_random()->fill(ga_crypt_random()->ctx, spill->key, sizeof(spill->key));
}

void ga_spill_finish(struct spill *spill)
{
    if (spill->io == NULL)
        return;
    if (spill->fd >= 0)
        spill->io->close(spill->io->ctx, spill->fd);
    if (spill->held.len > 0)
        ga_crypt_wipe(spill->held.data, spill->held.len);
    ga_crypt_wipe(spill->key, sizeof(spill->key));
    ga_str_finish(&spill->held);
    *spill = (struct spill){0};
}

/* Its name is gone before anything stands in it. */
static enum ga_rc make_file(struct spill *spill, struct ga_error *err)
{
    struct ga_str path = {0};
    enum ga_rc rc = GA_OK;
    ga_str_addf(&path, "%s/import.part", spill->folder);
    spill->io->unlink(spill->io->ctx, path.data); /* left by a power cut in just this moment */
    spill->fd = spill->io->open(spill->io->ctx, path.data, O_RDWR | O_CREAT | O_EXCL, 0600);
    const int gone = spill->fd < 0 ? 0 : spill->io->unlink(spill->io->ctx, path.data);
    if (spill->fd < 0 || gone < 0)
        rc = ga_io_fail(err, spill->fd < 0 ? spill->fd : gone, "write", path.data);
    ga_str_finish(&path);
    return rc;
}

static enum ga_rc write_all(struct spill *spill, const void *bytes, size_t len, struct ga_error *err)
{
    for (size_t done = 0; done < len;) {
        const int64_t put = spill->io->write(spill->io->ctx, spill->fd, (const char *)bytes + done, len - done);
        if (put <= 0)
            return ga_io_fail(err, put == 0 ? -ENOSPC : (int)put, "write", spill->folder);
        done += (size_t)put;
    }
    return GA_OK;
}

static enum ga_rc say_damaged(const struct spill *spill, struct ga_error *err)
{
    return ga_io_fail(err, -EIO, "read", spill->folder);
}

static enum ga_rc read_all(struct spill *spill, void *bytes, size_t len, struct ga_error *err)
{
    for (size_t done = 0; done < len;) {
        const int64_t got = spill->io->read_at(spill->io->ctx, spill->fd, (char *)bytes + done, len - done, spill->end_bytes);
        if (got <= 0)
            return got == 0 ? say_damaged(spill, err) : ga_io_fail(err, (int)got, "read", spill->folder);
        done += (size_t)got;
        spill->end_bytes += got;
    }
    return GA_OK;
}

static enum ga_rc write_page(struct spill *spill, struct ga_error *err)
{
    struct page_head head = {.bytes = spill->held.len};
    enum ga_rc rc = spill->fd < 0 ? make_file(spill, err) : GA_OK;
    if (rc != GA_OK)
        return rc;
    ga_box_close(spill->key, spill->pages++, spill->held.data, spill->held.len, head.tag);
    rc = write_all(spill, &head, sizeof(head), err);
    if (rc == GA_OK)
        rc = write_all(spill, spill->held.data, spill->held.len, err);
    ga_str_clear(&spill->held);
    return rc;
}

static enum ga_rc read_page(struct spill *spill, struct ga_error *err)
{
    struct page_head head;
    enum ga_rc rc = read_all(spill, &head, sizeof(head), err);
    if (rc == GA_OK && head.bytes > PAGE_BYTES_MAX)
        rc = say_damaged(spill, err);
    if (rc != GA_OK)
        return rc;
    ga_str_clear(&spill->held);
    ga_str_reserve(&spill->held, head.bytes);
    rc = read_all(spill, spill->held.data, head.bytes, err);
    if (rc == GA_OK && !ga_box_open(spill->key, spill->pages++, spill->held.data, head.bytes, head.tag))
        rc = say_damaged(spill, err);
    if (rc == GA_OK)
        spill->held.len = head.bytes;
    spill->at = 0;
    return rc;
}

static void add(struct ga_str *out, const void *bytes, size_t len)
{
    memcpy(out->data + out->len, bytes, len);
    out->len += len;
}

static void put_answer(struct ga_str *out, uint16_t field, const struct ga_answer *answer)
{
    const struct ga_value *value = &answer->value;
    const uint8_t state = (uint8_t)answer->state, kind = (uint8_t)value->kind;
    const uint32_t len = (uint32_t)value->len;
    ga_str_reserve(out, ANSWER_BYTES + value->len + 1);
    add(out, &field, sizeof(field));
    add(out, &state, 1);
    add(out, &kind, 1);
    if (value->kind == GA_VALUE_INTEGER)
        add(out, &value->integer, sizeof(value->integer));
    else if (value->kind == GA_VALUE_REAL)
        add(out, &value->real, sizeof(value->real));
    if (value->kind != GA_VALUE_TEXT)
        return;
    add(out, &len, sizeof(len));
    add(out, value->text, value->len);
    add(out, "", 1);
}

enum ga_rc ga_spill_put(struct spill *spill, const struct ga_answers *row, struct ga_error *err)
{
    const size_t count_at = spill->held.len;
    uint16_t count = 0;
    ga_str_reserve(&spill->held, sizeof(count));
    add(&spill->held, &count, sizeof(count));
    for (size_t i = 0; i < row->form->all_count; i++) {
        if (row->answers[i].state == GA_EMPTY)
            continue;
        put_answer(&spill->held, (uint16_t)i, &row->answers[i]);
        count++;
    }
    memcpy(spill->held.data + count_at, &count, sizeof(count));
    return spill->folder != NULL && spill->held.len >= PAGE_BYTES ? write_page(spill, err) : GA_OK;
}

enum ga_rc ga_spill_turn(struct spill *spill, struct ga_error *err)
{
    enum ga_rc rc = spill->fd >= 0 && spill->held.len > 0 ? write_page(spill, err) : GA_OK;
    spill->at = 0;
    spill->pages = 0;
    spill->end_bytes = 0;
    return rc;
}

static const char *take(struct spill *spill, size_t len)
{
    assert(spill->at + len <= spill->held.len);
    spill->at += len;
    return spill->held.data + spill->at - len;
}

static void take_answer(struct spill *spill, struct ga_answers *row)
{
    uint16_t field;
    uint32_t len;
    memcpy(&field, take(spill, sizeof(field)), sizeof(field));
    struct ga_answer *answer = &row->answers[field];
    answer->state = (enum ga_answer_state)*take(spill, 1);
    struct ga_value *value = &answer->value;
    value->kind = (enum ga_value_kind)*take(spill, 1);
    if (value->kind == GA_VALUE_INTEGER)
        memcpy(&value->integer, take(spill, sizeof(value->integer)), sizeof(value->integer));
    else if (value->kind == GA_VALUE_REAL)
        memcpy(&value->real, take(spill, sizeof(value->real)), sizeof(value->real));
    if (value->kind != GA_VALUE_TEXT)
        return;
    memcpy(&len, take(spill, sizeof(len)), sizeof(len));
    value->len = len;
    value->text = take(spill, (size_t)len + 1);
}

enum ga_rc ga_spill_take(struct spill *spill, struct ga_answers *row, struct ga_error *err)
{
    uint16_t count;
    enum ga_rc rc = spill->at == spill->held.len ? read_page(spill, err) : GA_OK;
    if (rc != GA_OK)
        return rc;
    memcpy(&count, take(spill, sizeof(count)), sizeof(count));
    for (uint16_t i = 0; i < count; i++)
        take_answer(spill, row);
    return GA_OK;
}
