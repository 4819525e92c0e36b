/* Finds the latest sound copy of each page of a database. */
#include "pages_file.h"

#include "guanai/base/alloc.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* https://www.sqlite.org/fileformat2.html, section 4: a head of 32 bytes, frames of 24 bytes and a page. */
enum { LOG_HEAD = 32, FRAME_HEAD = 24, FRAME_BYTES = FRAME_HEAD + GA_PAGE_BYTES, SUMMED = 8 };

struct frame {
    uint32_t page, commit; /* commit: pages of the database after it; 0: none ends here */
    uint32_t salts[2], sums[2];
};

struct log {
    struct ga_pages_file *file;
    bool is_big_endian;
    uint32_t salts[2], sums[2]; /* of the head; of the frame before */
    int64_t count;
};

static uint32_t big(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void sum(const struct log *log, const uint8_t *bytes, size_t len, uint32_t sums[2])
{
    for (size_t i = 0; i + 7 < len; i += 8) {
        uint32_t words[2] = {big(bytes + i), big(bytes + i + 4)};
        if (!log->is_big_endian)
            for (int k = 0; k < 2; k++)
                words[k] = __builtin_bswap32(words[k]);
        sums[0] += words[0] + sums[1];
        sums[1] += words[1] + sums[0];
    }
}

static bool read_whole(const struct ga_pages_file *file, int fd, void *bytes, size_t len, int64_t at)
{
    return fd >= 0 && file->io->read_at(file->io->ctx, fd, bytes, len, at) == (int64_t)len;
}

/* ret_is_sound: page and head are what was written, as the sums of this frame and the one before say. */
static bool read_frame(struct log *log, int64_t index, struct frame *ret_frame, bool *ret_is_sound)
{
    uint8_t bytes[FRAME_BYTES];
    if (!read_whole(log->file, log->file->log, bytes, sizeof(bytes), LOG_HEAD + index * FRAME_BYTES))
        return false;
    *ret_frame = (struct frame){big(bytes), big(bytes + 4), {big(bytes + 8), big(bytes + 12)}, {big(bytes + 16), big(bytes + 20)}};
    uint32_t sums[2] = {log->sums[0], log->sums[1]};
    sum(log, bytes, SUMMED, sums);
    sum(log, bytes + FRAME_HEAD, GA_PAGE_BYTES, sums);
    *ret_is_sound = memcmp(sums, ret_frame->sums, sizeof(sums)) == 0;
    memcpy(log->sums, ret_frame->sums, sizeof(log->sums));
    return true;
}

static bool is_of_log(const struct log *log, const struct frame *frame)
{
    return memcmp(frame->salts, log->salts, sizeof(log->salts)) == 0;
}

/* What lies behind the last commit was never acknowledged. */
static int64_t count_committed(struct log *log)
{
    struct frame frame;
    bool is_sound;
    int64_t committed = 0;
    for (int64_t i = 0; i < log->count && read_frame(log, i, &frame, &is_sound); i++)
        if (is_sound && is_of_log(log, &frame) && frame.commit > 0) {
            committed = i + 1;
            log->file->pages = frame.commit > log->file->pages ? frame.commit : log->file->pages;
        }
    return committed;
}

static void map_frames(struct log *log, int64_t committed)
{
    struct frame frame;
    bool is_sound;
    for (int64_t i = 0; i < committed && read_frame(log, i, &frame, &is_sound); i++) {
        if (is_sound && is_of_log(log, &frame) && frame.page > 0 && frame.page <= log->file->pages)
            log->file->in_log[frame.page - 1] = LOG_HEAD + i * FRAME_BYTES + FRAME_HEAD;
        else
            log->file->frames_lost++;
    }
}

/* Without a head that can be read every frame is held to those beside it: the sums begin with the head's. */
static void read_log(struct ga_pages_file *file, int64_t bytes)
{
    enum { PAGES_MOST = 1 << 28 };
    uint8_t head[LOG_HEAD];
    struct log log = {.file = file, .count = (bytes - LOG_HEAD) / FRAME_BYTES};
    if (bytes > LOG_HEAD && read_whole(file, file->log, head, sizeof(head), 0)) {
        log.is_big_endian = big(head) == 0x377f0683;
        memcpy(log.salts, (const uint32_t[]){big(head + 16), big(head + 20)}, sizeof(log.salts));
        const uint32_t sums[2] = {big(head + 24), big(head + 28)};
        memcpy(log.sums, sums, sizeof(sums));
        const int64_t committed = count_committed(&log);
        file->pages = file->pages < PAGES_MOST ? file->pages : PAGES_MOST;
        file->in_log = ga_alloc_array(file->pages + 1, sizeof(*file->in_log));
        memcpy(log.sums, sums, sizeof(sums));
        map_frames(&log, committed);
    }
    if (file->in_log == NULL)
        file->in_log = ga_alloc_array(file->pages + 1, sizeof(*file->in_log));
}

enum ga_rc ga_pages_file_open(const struct ga_io_ops *io, const char *path, struct ga_pages_file *ret_file, struct ga_error *err)
{
    struct ga_io_stat stat;
    struct ga_str log = {0};
    *ret_file = (struct ga_pages_file){.io = io, .log = -1};
    const int found = io->stat(io->ctx, path, &stat);
    ret_file->database = found < 0 ? found : io->open(io->ctx, path, O_RDONLY, 0);
    if (ret_file->database < 0)
        return ga_io_fail(err, ret_file->database, "read", path);
    ret_file->database_bytes = (uint64_t)stat.size_bytes;
    ret_file->pages = (uint32_t)((ret_file->database_bytes + GA_PAGE_BYTES - 1) / GA_PAGE_BYTES);
    ga_str_addf(&log, "%s-wal", path);
    if (io->stat(io->ctx, ga_str_text(&log), &stat) == 0)
        ret_file->log = io->open(io->ctx, ga_str_text(&log), O_RDONLY, 0);
    else
        stat.size_bytes = 0;
    read_log(ret_file, stat.size_bytes);
    ga_str_finish(&log);
    return GA_OK;
}

void ga_pages_file_close(struct ga_pages_file *file)
{
    if (file->io == NULL)
        return;
    if (file->database >= 0)
        file->io->close(file->io->ctx, file->database);
    if (file->log >= 0)
        file->io->close(file->io->ctx, file->log);
    free(file->in_log);
}

bool ga_pages_file_read(const struct ga_pages_file *file, uint32_t number, uint8_t ret_page[GA_PAGE_BYTES])
{
    if (number == 0 || number > file->pages)
        return false;
    const int64_t in_log = file->in_log[number - 1];
    if (in_log > 0)
        return read_whole(file, file->log, ret_page, GA_PAGE_BYTES, in_log);
    return read_whole(file, file->database, ret_page, GA_PAGE_BYTES, (int64_t)(number - 1) * GA_PAGE_BYTES);
}
