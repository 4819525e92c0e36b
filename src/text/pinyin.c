/* Reads a name aloud: its full readings, its initials, its place in a sorted roster. */
#include "guanai/text/pinyin.h"

#include "pinyin_unit.h"

#include <string.h>

/* 50 units of at most six letters or four bytes with a blank each; runs of Latin letters are bounded
 * themselves. */
enum { READING_BYTES = GA_PINYIN_UNITS_MAX * 7 + PINYIN_LATIN_BYTES + 1 };

struct reader {
    const struct pinyin_name *name;
    void (*each)(void *context, const char *full, const char *initials);
    void *context;
};

static size_t put(char *buf, size_t at, const char *bytes, size_t len)
{
    memcpy(buf + at, bytes, len);
    return at + len;
}

static size_t write_full(const struct pinyin_name *name, const uint8_t *choice, char *buf)
{
    size_t len = 0;
    for (size_t i = 0; i < name->unit_count; i++) {
        struct ga_span sound = name->units[i].sounds[choice == NULL ? 0 : choice[i]];
        if (i > 0)
            buf[len++] = ' ';
        len = put(buf, len, sound.ptr, sound.len);
    }
    buf[len] = '\0';
    return len;
}

static void write_initials(const struct pinyin_name *name, const uint8_t *choice, char *buf)
{
    size_t len = 0;
    for (size_t i = 0; i < name->unit_count; i++) {
        struct ga_span sound = name->units[i].sounds[choice[i]];
        bool is_whole = !name->units[i].has_reading; /* a character without reading, a number */
        len = put(buf, len, sound.ptr, is_whole ? sound.len : 1);
    }
    buf[len] = '\0';
}

static void read_choice(void *context, const uint8_t *choice)
{
    const struct reader *reader = context;
    char full[READING_BYTES], initials[READING_BYTES];
    write_full(reader->name, choice, full);
    write_initials(reader->name, choice, initials);
    reader->each(reader->context, full, initials);
}

size_t ga_pinyin_name_readings(const char *name,
                               void (*each)(void *context, const char *full, const char *initials),
                               void *context)
{
    struct pinyin_name cut;
    ga_pinyin_cut_name(&cut, name);
    if (cut.unit_count == 0)
        return 0;
    uint8_t counts[GA_PINYIN_UNITS_MAX];
    for (size_t i = 0; i < cut.unit_count; i++)
        counts[i] = cut.units[i].sound_count;
    struct reader reader = {&cut, each, context};
    return ga_pinyin_each_choice(counts, cut.unit_count, read_choice, &reader);
}

void ga_pinyin_sort_key(const char *name, struct ga_str *out)
{
    struct pinyin_name cut;
    char full[READING_BYTES];
    ga_pinyin_cut_name(&cut, name);
    ga_str_add_bytes(out, full, write_full(&cut, NULL, full));
    ga_str_add_char(out, '\x01');
    ga_str_add(out, name);
}
