/* Makes the keys under which a child is found. */
#include "index/index.h"

#include "guanai/base/num.h"
#include "guanai/text/date.h"
#include "guanai/text/pinyin.h"

#include <stdlib.h>
#include <string.h>

int ga_index_key_compare(const void *a, const void *b)
{
    const struct ga_index_key_bytes *x = a, *y = b;
    int order = memcmp(x->bytes, y->bytes, x->len < y->len ? x->len : y->len);
    return order != 0 ? order : (int)x->len - (int)y->len;
}

static void add_key(struct ga_vec *keys, int kind, const char *text, size_t len, size_t most)
{
    struct ga_index_key_bytes *key = ga_vec_push(keys);
    key->len = (uint8_t)(1 + (len < most - 1 ? len : most - 1));
    key->bytes[0] = (uint8_t)kind;
    memcpy(key->bytes + 1, text, key->len - 1u);
}

static int kind_of(const struct ga_pinyin_key *key)
{
    int place = key->from == 0 ? 0 : GA_KEY_LATER_CHARACTERS - GA_KEY_START_CHARACTERS;
    int kind = key->kind == GA_KEY_CHARACTERS ? 0 : key->kind == GA_KEY_FULL ? 1 : 2;
    return GA_KEY_START_CHARACTERS + place + kind;
}

static void add_name_key(void *context, const struct ga_pinyin_key *key)
{
    char parted[GA_PINYIN_KEY_BYTES_MAX + 2];
    int kind = kind_of(key);
    size_t len = strlen(key->text);
    if (kind != GA_KEY_START_FULL) {
        add_key(context, kind, key->text, len, GA_INDEX_KEY_MAX);
        return;
    }
    memcpy(parted, key->text, key->head_bytes);
    parted[key->head_bytes] = ' ';
    memcpy(parted + key->head_bytes + 1, key->text + key->head_bytes, len - key->head_bytes);
    add_key(context, kind, parted, len + 1, GA_INDEX_KEY_MAX);
}

static void add_nickname_key(void *context, const struct ga_pinyin_key *key)
{
    add_key(context, GA_KEY_OF_NICKNAME, key->text, strlen(key->text), GA_INDEX_KEY_MAX);
}

static void add_guardian_key(void *context, const struct ga_pinyin_key *key)
{
    if (key->from == 0)
        add_key(context, GA_KEY_OF_GUARDIAN, key->text, strlen(key->text), GA_INDEX_KEY_MAX);
}

/* Digits and X from the last to the first; nothing else of how a number is written matters. */
static void add_reversed(struct ga_vec *keys, int kind, const char *number)
{
    char reversed[GA_INDEX_VILLAGE_KEY_MAX];
    size_t len = 0;
    for (size_t i = strlen(number); i-- > 0 && len < sizeof(reversed) - 1;)
        if ((number[i] >= '0' && number[i] <= '9') || number[i] == 'X')
            reversed[len++] = number[i];
    if (len > 0)
        add_key(keys, kind, reversed, len, sizeof(reversed));
}

size_t ga_index_village_key(const char *village, uint8_t key[GA_INDEX_VILLAGE_KEY_MAX])
{
    size_t len = strlen(village);
    len = len < GA_INDEX_VILLAGE_KEY_MAX - 2 ? len : GA_INDEX_VILLAGE_KEY_MAX - 2;
    key[0] = GA_KEY_OF_VILLAGE;
    memcpy(key + 1, village, len);
    key[1 + len] = 0;
    return len + 2;
}

static void add_phones(const struct ga_index_child *child, struct ga_vec *keys)
{
    for (int i = 0; i < GA_INDEX_PHONES; i++) {
        bool is_new = child->phones[i] != NULL;
        for (int k = 0; k < i && is_new; k++)
            is_new = !ga_str_equal(child->phones[i], child->phones[k]);
        if (is_new)
            add_reversed(keys, GA_KEY_OF_PHONE + i, child->phones[i]);
    }
}

/* A national number is G with the ID number: the same digits then, and no key of its own. */
static void add_student_number(const struct ga_index_child *child, struct ga_vec *keys)
{
    const char *number = child->student_number;
    if (number != NULL && (number[0] != 'G' || !ga_str_equal(number + 1, child->id_number)))
        add_reversed(keys, GA_KEY_OF_ID, number);
}

static void add_birth(const char *birth, struct ga_vec *keys)
{
    struct ga_date date;
    if (birth == NULL || !ga_date_from_iso(birth, &date) || date.month == 0)
        return;
    const char bytes[] = {(char)(date.year >> 8), (char)date.year, (char)date.month, (char)date.day};
    add_key(keys, GA_KEY_OF_BIRTH, bytes, sizeof(bytes), GA_INDEX_KEY_MAX);
    if (date.day != 0)
        add_key(keys, GA_KEY_OF_BIRTHDAY, bytes + 2, 2, GA_INDEX_KEY_MAX);
}

static void sort_keys(struct ga_vec *keys)
{
    size_t kept = 0;
    if (keys->len > 1)
        qsort(keys->items, keys->len, keys->item_bytes, ga_index_key_compare);
    for (size_t i = 0; i < keys->len; i++) {
        struct ga_index_key_bytes *key = ga_vec_at(keys, i);
        if (kept == 0 || ga_index_key_compare(ga_vec_at(keys, kept - 1), key) != 0)
            *GA_VEC_AT(struct ga_index_key_bytes, keys, kept++) = *key;
    }
    keys->len = kept;
}

/* Its 0 ends it: 12 is not 120. */
static void add_card(struct ga_vec *keys, const char *number, size_t len)
{
    char ended[GA_NUM_SIZE] = "";
    if (len == 0 || len >= sizeof(ended))
        return;
    memcpy(ended, number, len);
    add_key(keys, GA_KEY_OF_CARD, ended, len + 1, sizeof(ended));
}

/* "17、204": numbers the child had before. */
static void add_former_cards(struct ga_vec *keys, const char *text)
{
    static const char digits[] = "0123456789";
    for (size_t len; text != NULL && *text != '\0'; text += len) {
        text += strcspn(text, digits);
        len = strspn(text, digits);
        add_card(keys, text, len);
    }
}

void ga_index_child_keys(const struct ga_index_child *child, struct ga_vec *keys)
{
    char number[GA_NUM_SIZE];
    if (child->name != NULL)
        ga_pinyin_each_placed_key(child->name, GA_KEY_ALL, add_name_key, keys);
    if (child->nickname != NULL)
        ga_pinyin_each_placed_key(child->nickname, GA_KEY_ALL, add_nickname_key, keys);
    if (child->former_name != NULL)
        ga_pinyin_each_placed_key(child->former_name, GA_KEY_ALL, add_nickname_key, keys);
    if (child->guardian != NULL)
        ga_pinyin_each_placed_key(child->guardian, GA_KEY_FULL | GA_KEY_INITIALS, add_guardian_key,
                                  keys);
    if (child->village != NULL) {
        struct ga_index_key_bytes *key = ga_vec_push(keys);
        key->len = (uint8_t)ga_index_village_key(child->village, key->bytes);
    }
    if (child->card_no > 0) {
        ga_num_text(number, child->card_no);
        add_card(keys, number, strlen(number));
    }
    add_former_cards(keys, child->former_card_no);
    if (child->id_number != NULL)
        add_reversed(keys, GA_KEY_OF_ID, child->id_number);
    add_student_number(child, keys);
    add_birth(child->birth, keys);
    add_phones(child, keys);
    sort_keys(keys);
}
