/* Cuts a name into units with all their sounds. */
#include "guanai/text/utf8.h"

#include "pinyin_unit.h"

#include "pinyin_data.h"

#include <string.h>

struct cutter {
    struct pinyin_name *name;
    size_t latin_len;
    bool starts_part;
};

static uint16_t cell_of(uint32_t code_point)
{
    size_t block = code_point / 64 - ga_pinyin_first_block; /* wraps below the first: too large, too */
    if (code_point / 64 < ga_pinyin_first_block || block >= ga_pinyin_block_count)
        return 0;
    return ga_pinyin_cells[(size_t)ga_pinyin_blocks[block] * 64 + code_point % 64];
}

static struct ga_span syllable_span(uint16_t number)
{
    const struct pinyin_syllable *syllable = &ga_pinyin_syllables[number];
    return (struct ga_span){syllable->text, syllable->len};
}

/* Adds the syllables of a cell that are not there yet (they are borrowed from one table: the pointer
 * tells). */
static size_t add_sounds(struct ga_span *sounds, size_t count, uint16_t cell)
{
    if (cell == 0)
        return count;
    uint16_t single = (uint16_t)(cell | GA_PINYIN_LIST);
    const uint16_t *row = cell < GA_PINYIN_LIST ? &single : &ga_pinyin_lists[cell - GA_PINYIN_LIST];
    for (bool is_last = false; !is_last && count < GA_PINYIN_READINGS_MAX; row++) {
        is_last = *row & GA_PINYIN_LIST;
        struct ga_span sound = syllable_span(*row & ~GA_PINYIN_LIST);
        size_t i = 0;
        while (i < count && sounds[i].ptr != sound.ptr)
            i++;
        if (i == count)
            sounds[count++] = sound;
    }
    return count;
}

size_t ga_pinyin_readings(uint32_t code_point, const char *ret[GA_PINYIN_READINGS_MAX])
{
    struct ga_span sounds[GA_PINYIN_READINGS_MAX];
    size_t count = add_sounds(sounds, 0, cell_of(code_point));
    for (size_t i = 0; i < count; i++)
        ret[i] = sounds[i].ptr;
    return count;
}

/* The first surname that begins with this character or a later one; the row behind the last at the end.
 */
static const struct pinyin_surname *first_surname(uint32_t first)
{
    size_t low = 0, high = ga_pinyin_surname_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ga_pinyin_surnames[middle].first < first)
            low = middle + 1;
        else
            high = middle;
    }
    return &ga_pinyin_surnames[low];
}

/* Gives a character its sounds, the surname's before its others. */
static void sound_character(struct pinyin_unit *unit, uint16_t compound_cell, uint16_t surname_cell)
{
    size_t count = add_sounds(unit->sounds, 0, compound_cell);
    count = add_sounds(unit->sounds, count, surname_cell);
    count = add_sounds(unit->sounds, count, cell_of(unit->code_point));
    unit->has_reading = count > 0;
    if (count == 0)
        unit->sounds[count++] = unit->text;
    unit->sound_count = (uint8_t)count;
}

/* Goes through the few surnames that begin with the name's first character. */
static void sound_surname(struct pinyin_name *name)
{
    struct pinyin_unit *units = name->units;
    const struct pinyin_surname *end = ga_pinyin_surnames + ga_pinyin_surname_count, *pair = NULL;
    uint32_t second = name->unit_count > 1 && units[1].kind == PINYIN_CHARACTER ? units[1].code_point : 0;
    uint16_t single_cell = 0;
    name->surname_units = 1;
    for (const struct pinyin_surname *row = first_surname(units[0].code_point);
         row < end && row->first == units[0].code_point; row++) {
        if (row->second == 0)
            single_cell = row->cells[0];
        else if (row->second == second)
            pair = row;
    }
    if (single_cell != 0 || pair != NULL)
        sound_character(&units[0], pair != NULL ? pair->cells[0] : 0, single_cell);
    if (pair != NULL) {
        sound_character(&units[1], pair->cells[1], 0);
        name->surname_units = 2;
    }
}

/* What a character looks like in keys: its own bytes unless it was made comparable (（ is ( then). */
static struct ga_span character_text(struct cutter *cutter, uint32_t letter, const char *start,
                                     const char *end)
{
    if (letter == 0xFFFD)
        return (struct ga_span){"\xEF\xBF\xBD", 3};
    if (letter >= 0x3000 || cutter->latin_len + GA_UTF8_BYTES > PINYIN_LATIN_BYTES)
        return (struct ga_span){start, (size_t)(end - start)};
    char *place = &cutter->name->latin[cutter->latin_len];
    size_t len = ga_utf8_encode(letter, place);
    cutter->latin_len += len;
    return (struct ga_span){place, len};
}

static void cut_character(struct cutter *cutter, uint32_t letter, const char *start, const char *end)
{
    struct pinyin_unit *unit = &cutter->name->units[cutter->name->unit_count++];
    unit->kind = PINYIN_CHARACTER;
    unit->code_point = letter;
    unit->starts_part = cutter->starts_part;
    unit->text = character_text(cutter, letter, start, end);
    sound_character(unit, 0, 0);
}

/* Adds a letter or digit to the run it continues, else begins one. */
static void cut_run(struct cutter *cutter, uint32_t letter, enum pinyin_unit_kind kind)
{
    struct pinyin_name *name = cutter->name;
    if (cutter->latin_len == PINYIN_LATIN_BYTES)
        return;
    char *place = &name->latin[cutter->latin_len++];
    *place = (char)letter;
    struct pinyin_unit *last = name->unit_count > 0 ? &name->units[name->unit_count - 1] : NULL;
    if (last == NULL || last->kind != kind || cutter->starts_part) {
        last = &name->units[name->unit_count++];
        last->kind = kind;
        last->code_point = 0;
        last->has_reading = kind == PINYIN_LATIN;
        last->starts_part = cutter->starts_part;
        last->sound_count = 1;
        last->text = (struct ga_span){place, 0};
    }
    last->text.len++;
    last->sounds[0] = last->text;
}

void ga_pinyin_cut_name(struct pinyin_name *name, const char *text)
{
    name->unit_count = 0;
    name->surname_units = 0;
    struct cutter cutter = {name, 0, true};
    bool has_dot = false;
    const char *start = text;
    uint32_t letter;
    while (name->unit_count < GA_PINYIN_UNITS_MAX &&
           (letter = ga_pinyin_next_letter(&text, &start, &has_dot)) != PINYIN_NO_LETTER) {
        if (letter == ' ') {
            cutter.starts_part = true;
            continue;
        }
        if (pinyin_is_latin(letter) || pinyin_is_digit(letter))
            cut_run(&cutter, letter, pinyin_is_latin(letter) ? PINYIN_LATIN : PINYIN_DIGITS);
        else
            cut_character(&cutter, letter, start, text);
        cutter.starts_part = false;
    }
    if (name->unit_count > 0 && !has_dot && name->units[0].kind == PINYIN_CHARACTER)
        sound_surname(name);
}
