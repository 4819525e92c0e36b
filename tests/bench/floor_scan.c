/* The least a look through all texts of a roster can cost: memmem over them, side by side in memory. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct texts {
    char *bytes;
    size_t len, room;
};

static void add(struct texts *texts, const unsigned char *text)
{
    const size_t len = text == NULL ? 0 : strlen((const char *)text);
    if (texts->len + len + 1 > texts->room) {
        texts->room = 2 * (texts->len + len + 1);
        texts->bytes = realloc(texts->bytes, texts->room);
        if (texts->bytes == NULL)
            exit(1);
    }
    memcpy(texts->bytes + texts->len, text, len);
    texts->bytes[texts->len + len] = '\n';
    texts->len += len + 1;
}

/* What is counted: callgrind collects inside this function alone. */
int scan_all(const struct texts *texts, const char *word);

__attribute__((noinline)) int scan_all(const struct texts *texts, const char *word)
{
    int found = 0;
    const char *at = texts->bytes, *end = texts->bytes + texts->len;
    while (at < end && (at = memmem(at, (size_t)(end - at), word, strlen(word))) != NULL) {
        found++;
        at++;
    }
    return found;
}

/* floor_scan guanai.db WORD: bytes looked through, places found. */
int main(int argc, char **argv)
{
    sqlite3 *db;
    sqlite3_stmt *all;
    struct texts texts = {0};
    if (argc < 3 || sqlite3_open(argv[1], &db) != SQLITE_OK)
        return 1;
    sqlite3_prepare_v2(db, "SELECT name, nickname, former_name, guardian_name, village, hamlet, address FROM child", -1, &all, NULL);
    while (all != NULL && sqlite3_step(all) == SQLITE_ROW)
        for (int i = 0; i < 7; i++)
            add(&texts, sqlite3_column_text(all, i));
    const int found = scan_all(&texts, argv[2]);
    printf("%zu %d\n", texts.len, found);
    free(texts.bytes);
    sqlite3_finalize(all);
    sqlite3_close(db);
    return 0;
}
