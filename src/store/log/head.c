/* What was saved last also stands beside the database, so that an old copy put back is noticed. */
#include "private.h"

#include "guanai/base/map.h"
#include "guanai/base/num.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/*
 * head = site ' ' seq of 20 digits ' ' hash of 64 ' ' fingerprint of all before it, 16 hex digits '\n'
 *
 * The file may lag behind (it is written after the commit, without waiting for the disk), never run ahead.
 * Without it there is nothing to compare, nor with an empty file: made, then killed or out of power before the
 * line stood in it. Torn or flipped, it is no proof against the database, which carries signatures of its own:
 * work goes on, people are told, the next save writes it anew.
 */
enum {
    SEQ_AT = GA_UUID_TEXT_SIZE, SEQ_DIGITS = 20,
    HASH_AT = SEQ_AT + SEQ_DIGITS + 1,
    PRINT_AT = HASH_AT + GA_HASH_TEXT_SIZE, PRINT_DIGITS = 16,
    HEAD_BYTES = PRINT_AT + PRINT_DIGITS + 1,
};

struct head {
    struct ga_uuid site;
    uint64_t seq;
    struct ga_hash hash;
};

static void head_path(const struct ga_store *store, struct ga_str *path)
{
    ga_str_addf(path, "%s/head", store->options.folder);
}

static void write_line(const struct head *head, struct ga_str *line)
{
    char site[GA_UUID_TEXT_SIZE], hash[GA_HASH_TEXT_SIZE];
    ga_str_addf(line, "%s %020" PRIu64 " %s ", ga_uuid_text(&head->site, site), head->seq,
                ga_hash_text(&head->hash, hash));
    ga_str_addf(line, "%016" PRIx64 "\n", ga_map_hash(line->data, line->len));
}

/* Only what write_line writes is a head: the one way to be sure that no byte differs is to write it again. */
static bool read_line(const char *text, size_t len, struct head *ret_head)
{
    char site[GA_UUID_TEXT_SIZE], hash[GA_HASH_TEXT_SIZE];
    struct head head;
    struct ga_str again = {0};
    if (len != HEAD_BYTES)
        return false;
    ga_str_copy(site, sizeof(site), text);
    ga_str_copy(hash, sizeof(hash), text + HASH_AT);
    bool is_whole = ga_uuid_parse(site, &head.site) && ga_hash_parse(hash, &head.hash) &&
                    sscanf(text + SEQ_AT, "%20" SCNu64, &head.seq) == 1;
    if (is_whole)
        write_line(&head, &again);
    is_whole = is_whole && again.len == len && memcmp(again.data, text, len) == 0;
    ga_str_finish(&again);
    if (is_whole)
        *ret_head = head;
    return is_whole;
}

static enum ga_rc say_rolled_back(const struct ga_store *store, const struct head *head, struct ga_error *err)
{
    if (head->seq > store->seq)
        ga_error_set(err, GA_DAMAGED, "this database is older than what was written here last (%1 against %2 saves)",
                     GA_NUM((int64_t)store->seq), GA_NUM((int64_t)head->seq));
    else
        ga_error_set(err, GA_DAMAGED, "this database is another one than was written here last: save %1 differs",
                     GA_NUM((int64_t)head->seq));
    ga_error_hint(err,
                  "put the newest copy back, or use guanai restore; with neither, remove %1/head to go on",
                  store->options.folder);
    return GA_DAMAGED;
}

/* The newest save is known already; only after a power cut does the file lag behind. */
static enum ga_rc is_in_chain(struct ga_store *store, const struct head *head, bool *ret_is_in, struct ga_error *err)
{
    struct ga_stmt *stmt;
    if (head->seq == store->seq) {
        *ret_is_in = ga_hash_equal(&head->hash, &store->head);
        return GA_OK;
    }
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_HAS_TXN, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, head->site.bytes, sizeof(head->site.bytes));
    ga_stmt_bind_int(stmt, 2, (int64_t)head->seq);
    ga_stmt_bind_blob(stmt, 3, head->hash.bytes, sizeof(head->hash.bytes));
    rc = ga_stmt_step(stmt, ret_is_in, err);
    ga_stmt_reset(stmt);
    return rc;
}

static enum ga_rc compare(struct ga_store *store, const struct head *head, struct ga_error *err)
{
    bool is_in = false;
    if (ga_uuid_compare(&head->site, &store->site) != 0)
        return GA_OK; /* it tells of another computer's database */
    enum ga_rc rc = head->seq > store->seq ? GA_OK : is_in_chain(store, head, &is_in, err);
    return rc != GA_OK || is_in ? rc : say_rolled_back(store, head, err);
}

enum ga_rc ga_head_check(struct ga_store *store, struct ga_error *err)
{
    struct ga_str path = {0}, text = {0};
    struct head head;
    head_path(store, &path);
    const enum ga_rc found = ga_io_read_file(store->options.io, path.data, 2 * HEAD_BYTES, &text, NULL);
    enum ga_rc rc = GA_OK;
    store->is_head_damaged = false;
    if (found == GA_OK && read_line(ga_str_text(&text), text.len, &head))
        rc = compare(store, &head, err);
    else
        store->is_head_damaged = found != GA_NOT_FOUND && (found != GA_OK || text.len > 0);
    ga_str_finish(&path);
    ga_str_finish(&text);
    return rc;
}

void ga_head_write(struct ga_store *store)
{
    const struct ga_io_ops *io = store->options.io;
    const struct head head = {store->site, store->seq, store->head};
    struct ga_str path = {0}, line = {0};
    head_path(store, &path);
    write_line(&head, &line);
    /* One short write in place: the save itself is safe already. What is damaged may be too long as well. */
    int fd = io->open(io->ctx, path.data, O_WRONLY | O_CREAT | (store->is_head_damaged ? O_TRUNC : 0), 0600);
    if (fd >= 0) {
        const bool is_written = io->write(io->ctx, fd, line.data, line.len) == (int64_t)line.len;
        io->close(io->ctx, fd);
        store->is_head_damaged = store->is_head_damaged && !is_written;
    }
    ga_str_finish(&path);
    ga_str_finish(&line);
}

bool ga_store_is_head_damaged(const struct ga_store *store)
{
    return store->is_head_damaged;
}
