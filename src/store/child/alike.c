/* Makes the print of what a file says of a child. */
#include "guanai/store/alike.h"

#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/base/str.h"
#include "guanai/store/naming.h"
#include "guanai/text/date.h"
#include "guanai/text/id_number.h"
#include "guanai/text/pinyin.h"
#include "guanai/text/utf8.h"

#include <string.h>

enum { ID_CHARS = 18, OLD_ID_CHARS = 15 };

static uint64_t hash(const char *bytes, size_t len)
{
    const uint64_t sum = len == 0 ? 0 : ga_map_hash(bytes, len);
    return len > 0 && sum == 0 ? 1 : sum;
}

static uint32_t short_hash(const char *bytes, size_t len)
{
    const uint64_t sum = hash(bytes, len);
    const uint32_t folded = (uint32_t)(sum ^ sum >> 32);
    return len > 0 && folded == 0 ? 1 : folded;
}

/* The number of somebody born 19xx as it was reissued with 18 characters in 1999. */
static uint64_t hash_id(const char *text)
{
    char long_form[GA_ID_NUMBER_SIZE];
    size_t len = text == NULL ? 0 : strlen(text);
    if (len != OLD_ID_CHARS)
        return len == ID_CHARS ? hash(text, len) : 0;
    memcpy(long_form, text, 6);
    memcpy(long_form + 6, "19", 2);
    memcpy(long_form + 8, text + 6, OLD_ID_CHARS - 6);
    long_form[ID_CHARS - 1] = ga_id_number_check_digit(long_form);
    return hash(long_form, ID_CHARS);
}

static void take_numbers(const struct ga_alike_facts *facts, struct ga_alike *print)
{
    const char *student = facts->student_number;
    print->id = hash_id(facts->id_number);
    print->student = student == NULL ? 0 : hash(student, strlen(student));
    print->has_national_number = student != NULL && student[0] == 'G' && strlen(student) == ID_CHARS + 1;
    if (print->id == 0 && print->has_national_number)
        print->id = hash_id(student + 1);
}

/* What ears mix up most; an and ang, f and h are two names more often than a slip. */
static uint32_t hash_near(const char *full)
{
    const unsigned mixed_up = GA_FUZZY_N_L | GA_FUZZY_Z_ZH | GA_FUZZY_C_CH | GA_FUZZY_S_SH | GA_FUZZY_EN_ENG | GA_FUZZY_IN_ING;
    struct ga_str near = {0};
    ga_pinyin_add_near(full, mixed_up, &near);
    const uint32_t sum = short_hash(near.data, near.len);
    ga_str_finish(&near);
    return sum;
}

static void add_new(uint32_t *list, size_t max, uint32_t sum)
{
    size_t i = 0;
    while (i < max && list[i] != 0 && list[i] != sum)
        i++;
    if (i < max)
        list[i] = sum;
}

static void take_reading(void *context, const char *full, const char *initials)
{
    struct ga_alike *print = context;
    (void)initials;
    add_new(print->sounds, GA_ALIKE_SOUNDS, short_hash(full, strlen(full)));
    add_new(print->near, GA_ALIKE_SOUNDS, hash_near(full));
}

static void take_name(const char *name, struct ga_alike *print)
{
    static const char DOT[] = "·";
    if (name == NULL || ga_str_starts(name, GA_NAMELESS_MARK)) /* a number that every school has */
        return;
    const char *dot = strstr(name, DOT);
    const size_t len = strlen(name);
    print->name = short_hash(name, len);
    print->part = dot == NULL ? 0 : short_hash(name, (size_t)(dot - name));
    for (size_t at = 0; at < len && print->characters_count < UINT8_MAX; print->characters_count++) {
        uint32_t character = GA_UTF8_REPLACEMENT;
        const size_t bytes = ga_utf8_decode(name + at, len - at, &character);
        at += bytes == 0 ? 1 : bytes;
        if (print->characters_count < GA_ALIKE_CHARACTERS)
            print->characters[print->characters_count] = character;
    }
    ga_pinyin_name_readings(name, take_reading, print);
}

static void take_first(void *context, const char *full, const char *initials)
{
    uint32_t *sum = context;
    (void)initials;
    if (*sum == 0)
        *sum = short_hash(full, strlen(full));
}

static uint32_t hash_person(const char *name)
{
    uint32_t sum = 0;
    if (name != NULL)
        ga_pinyin_name_readings(name, take_first, &sum);
    return sum;
}

/* A cell may hold several numbers with blanks between. */
static void take_phones(const char *text, struct ga_alike *print)
{
    for (const char *at = text == NULL ? "" : text; *at != '\0';) {
        const size_t len = strcspn(at, " ");
        if (len > 0)
            add_new(print->phones, GA_ALIKE_PHONES, short_hash(at, len));
        at += len + (at[len] == ' ');
    }
}

static uint32_t hash_village(const char *village)
{
    static const char ENDING[] = "村";
    size_t len = village == NULL ? 0 : strlen(village);
    if (len > strlen(ENDING) && ga_str_ends(village, ENDING))
        len -= strlen(ENDING);
    return short_hash(village, len);
}

static uint32_t hash_class(const struct ga_alike_facts *facts)
{
    struct ga_str all = {0};
    if (facts->grade == NULL)
        return 0;
    ga_str_addf(&all, "%s\n%s\n%s", facts->site == NULL ? "" : facts->site, facts->grade,
                facts->class_no == NULL ? "" : facts->class_no);
    const uint32_t sum = short_hash(all.data, all.len);
    ga_str_finish(&all);
    return sum;
}

static int32_t number_of(const char *birth)
{
    struct ga_date date;
    if (birth == NULL || !ga_date_from_iso(birth, &date) || date.month == 0)
        return 0;
    return date.year * 10000 + date.month * 100 + date.day;
}

void ga_alike_take(const struct ga_alike_facts *facts, struct ga_alike *ret_print)
{
    *ret_print = (struct ga_alike){.birth = number_of(facts->birth),
                                   .sex = facts->sex == NULL ? 0 : (uint8_t)facts->sex[0],
                                   .village = hash_village(facts->village),
                                   .class = hash_class(facts)};
    const char *const people[GA_ALIKE_PEOPLE] = {facts->guardian, facts->father, facts->mother};
    take_numbers(facts, ret_print);
    take_name(facts->name, ret_print);
    for (size_t i = 0; i < GA_ALIKE_PEOPLE; i++)
        ret_print->people[i] = hash_person(people[i]);
    for (size_t i = 0; i < GA_COUNT(facts->phones); i++)
        take_phones(facts->phones[i], ret_print);
}
