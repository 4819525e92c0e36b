/* Judges whether two prints look like those of one child. */
#include "guanai/store/alike.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"

#include <stdlib.h>

enum {
    NAME_ANY = GA_SAME_NAME | GA_SAME_SOUND | GA_SAME_NEAR_SOUND | GA_SAME_PART_OF_NAME,
    NAME_WHOLE = GA_SAME_NAME | GA_SAME_SOUND,
    BIRTH_SLIP = GA_SAME_BIRTH_SWAPPED | GA_SAME_BIRTH_DIGIT,
    BIRTH_ANY = GA_SAME_BIRTH | GA_SAME_BIRTH_MONTH | BIRTH_SLIP | GA_SAME_BIRTH_NEAR,
    FAMILY = GA_SAME_GUARDIAN | GA_SAME_PARENT | GA_SAME_PHONE,
    NEAR_DAYS = 60,
};

/* What each thing in common weighs when pairs are put in order; the words in which it is said. */
static const struct {
    uint32_t same;
    int weight;
    const char *code, *text;
} THINGS[] = {
    {GA_SAME_ID, 1000, "id_number", GA_N_("ID number")},
    {GA_SAME_STUDENT_NUMBER, 800, "student_number", GA_N_("student number")},
    {GA_SAME_NAME, 60, "name", GA_N_("full name")},
    {GA_SAME_SOUND, 50, "name_sound", GA_N_("sound of the name")},
    {GA_SAME_NEAR_SOUND, 25, "name_near_sound", GA_N_("nearly the sound of the name")},
    {GA_SAME_PART_OF_NAME, 20, "name_part", GA_N_("part of the name")},
    {GA_SAME_BIRTH, 60, "birth_date", GA_N_("day of birth")},
    {GA_SAME_BIRTH_MONTH, 35, "birth_month", GA_N_("month of birth")},
    {GA_SAME_BIRTH_SWAPPED, 40, "birth_swapped", GA_N_("birth date with day and month swapped")},
    {GA_SAME_BIRTH_DIGIT, 30, "birth_digit", GA_N_("birth date but for one digit")},
    {GA_SAME_BIRTH_NEAR, 15, "birth_near", GA_N_("nearly the birth date (lunar calendar?)")},
    {GA_SAME_GUARDIAN, 30, "guardian", GA_N_("guardian")},
    {GA_SAME_PARENT, 35, "parent", GA_N_("a parent's name")},
    {GA_SAME_PHONE, 40, "phone", GA_N_("phone number")},
    {GA_SAME_VILLAGE, 10, "village", GA_N_("village")},
    {GA_SAME_CLASS, 10, "class", GA_N_("school class")},
};

static bool shares(const uint32_t *a, const uint32_t *b, size_t max)
{
    for (size_t i = 0; i < max && a[i] != 0; i++)
        for (size_t k = 0; k < max && b[k] != 0; k++)
            if (a[i] == b[k])
                return true;
    return false;
}

/* One character left out behind the surname, or two of them in each other's place. */
static bool is_slip_of_characters(const struct ga_alike *a, const struct ga_alike *b)
{
    const struct ga_alike *small = a->characters_count < b->characters_count ? a : b;
    const struct ga_alike *large = small == a ? b : a;
    const size_t few = small->characters_count, many = large->characters_count;
    size_t same = 0;
    if (few < 2 || many > GA_ALIKE_CHARACTERS || small->characters[0] != large->characters[0])
        return false;
    if (many == few + 1) {
        for (size_t i = 0; i < many; i++)
            same += same < few && small->characters[same] == large->characters[i];
        return same == few;
    }
    for (size_t i = 1; i + 1 < many && many == few; i++)
        same += small->characters[i] == large->characters[i + 1] && small->characters[i + 1] == large->characters[i];
    return many == few && many == 3 && same == 1;
}

static uint32_t compare_names(const struct ga_alike *a, const struct ga_alike *b)
{
    if (a->name == 0 || b->name == 0)
        return 0;
    if (a->name == b->name)
        return GA_SAME_NAME;
    if (shares(a->sounds, b->sounds, GA_ALIKE_SOUNDS))
        return GA_SAME_SOUND;
    if (shares(a->near, b->near, GA_ALIKE_SOUNDS))
        return GA_SAME_NEAR_SOUND;
    const bool is_part = (a->part != 0 && a->part == b->name) || (b->part != 0 && b->part == a->name);
    return is_part || is_slip_of_characters(a, b) ? GA_SAME_PART_OF_NAME : 0;
}

static int digits_apart(int32_t a, int32_t b)
{
    int apart = 0;
    for (; a != 0 || b != 0; a /= 10, b /= 10)
        apart += a % 10 != b % 10;
    return apart;
}

/* Close enough for counting days: months of 31. */
static int32_t days_of(int32_t birth)
{
    return birth / 10000 * 372 + (birth / 100 % 100) * 31 + birth % 100;
}

static uint32_t compare_births(int32_t a, int32_t b)
{
    if (a == 0 || b == 0)
        return 0;
    if (a % 100 == 0 || b % 100 == 0)
        return a / 100 == b / 100 ? GA_SAME_BIRTH_MONTH : 0;
    if (a == b)
        return GA_SAME_BIRTH;
    if (a / 10000 == b / 10000 && a / 100 % 100 == b % 100 && a % 100 == b / 100 % 100)
        return GA_SAME_BIRTH_SWAPPED;
    if (digits_apart(a, b) == 1)
        return GA_SAME_BIRTH_DIGIT;
    return abs(days_of(a) - days_of(b)) <= NEAR_DAYS ? GA_SAME_BIRTH_NEAR : 0;
}

static uint32_t compare_families(const struct ga_alike *a, const struct ga_alike *b)
{
    uint32_t same = a->people[0] != 0 && a->people[0] == b->people[0] ? GA_SAME_GUARDIAN : 0;
    for (size_t i = 0; i < GA_ALIKE_PEOPLE; i++)
        for (size_t k = 0; k < GA_ALIKE_PEOPLE; k++) {
            const bool is_told = (same & GA_SAME_GUARDIAN) && a->people[i] == a->people[0];
            if (a->people[i] != 0 && a->people[i] == b->people[k] && !is_told)
                same |= GA_SAME_PARENT;
        }
    return same | (shares(a->phones, b->phones, GA_ALIKE_PHONES) ? GA_SAME_PHONE : 0);
}

static uint32_t compare_all(const struct ga_alike *a, const struct ga_alike *b)
{
    uint32_t same = compare_names(a, b) | compare_births(a->birth, b->birth) | compare_families(a, b);
    same |= a->id != 0 && a->id == b->id ? GA_SAME_ID : 0;
    same |= a->student != 0 && a->student == b->student ? GA_SAME_STUDENT_NUMBER : 0;
    same |= a->village != 0 && a->village == b->village ? GA_SAME_VILLAGE : 0;
    same |= a->class != 0 && a->class == b->class ? GA_SAME_CLASS : 0;
    return same;
}

static bool has_family(const struct ga_alike *print)
{
    return print->phones[0] != 0 || print->people[0] != 0 || print->people[1] != 0 || print->people[2] != 0;
}

static int count_family(uint32_t same)
{
    return !!(same & GA_SAME_GUARDIAN) + !!(same & GA_SAME_PARENT) + !!(same & GA_SAME_PHONE);
}

/* Both tell of their families, and nobody in them is the same. */
static bool are_families_apart(const struct ga_alike *a, const struct ga_alike *b, uint32_t same)
{
    return has_family(a) && has_family(b) && (same & FAMILY) == 0;
}

/* Nothing but a name is known: of a child of that name nothing tells it apart. */
static bool is_bare_name(const struct ga_alike *print)
{
    return print->id == 0 && print->student == 0 && print->birth == 0 && print->class == 0 && !has_family(print);
}

/* Neither day of birth tells them apart. */
static enum ga_alike_degree judge_unborn(const struct ga_alike *a, const struct ga_alike *b, uint32_t same)
{
    const bool is_there = (same & GA_SAME_CLASS) || is_bare_name(a) || is_bare_name(b);
    const bool is_name = (same & GA_SAME_NAME) && is_there && !are_families_apart(a, b, same);
    return count_family(same) > 0 || is_name ? GA_ALIKE_PERHAPS : GA_ALIKE_NOT;
}

/* The whole name, or its sound. */
static enum ga_alike_degree judge_whole_name(const struct ga_alike *a, const struct ga_alike *b, uint32_t same)
{
    const bool is_written_so = same & GA_SAME_NAME, is_near_by = same & (GA_SAME_VILLAGE | GA_SAME_CLASS);
    const int family = count_family(same);
    const bool are_apart = are_families_apart(a, b, same);
    if (same & GA_SAME_BIRTH)
        return family > 0 || (is_near_by && !are_apart) ? GA_ALIKE_LIKELY
               : is_near_by || !are_apart               ? GA_ALIKE_PERHAPS
                                                        : GA_ALIKE_NOT;
    if (same & GA_SAME_BIRTH_MONTH)
        return family > 0                               ? GA_ALIKE_LIKELY
               : is_written_so && is_near_by && !are_apart ? GA_ALIKE_PERHAPS
                                                        : GA_ALIKE_NOT;
    if (same & BIRTH_SLIP)
        return family > 0 ? (is_written_so ? GA_ALIKE_LIKELY : GA_ALIKE_PERHAPS)
               : is_written_so && (same & GA_SAME_VILLAGE) && !are_apart ? GA_ALIKE_PERHAPS
                                                                         : GA_ALIKE_NOT;
    if (same & GA_SAME_BIRTH_NEAR)
        return is_written_so && family > 0 ? GA_ALIKE_PERHAPS : GA_ALIKE_NOT;
    if (a->birth == 0 || b->birth == 0)
        return judge_unborn(a, b, same);
    return is_written_so && family > 1 ? GA_ALIKE_PERHAPS : GA_ALIKE_NOT;
}

/* A name like the other: only the very day of birth makes it worth a question. */
static enum ga_alike_degree judge_like_name(const struct ga_alike *a, const struct ga_alike *b, uint32_t same)
{
    const bool is_near_by = (same & GA_SAME_VILLAGE) && !are_families_apart(a, b, same);
    return (same & GA_SAME_BIRTH) && (count_family(same) > 0 || is_near_by) ? GA_ALIKE_PERHAPS : GA_ALIKE_NOT;
}

static enum ga_alike_degree judge(const struct ga_alike *a, const struct ga_alike *b, uint32_t same)
{
    const bool are_numbered_apart = a->id != 0 && b->id != 0 && a->id != b->id;
    const bool are_students_apart = a->has_national_number && b->has_national_number && a->student != b->student;
    if (same & GA_SAME_ID)
        return GA_ALIKE_SURE;
    if (same & GA_SAME_STUDENT_NUMBER)
        return are_numbered_apart ? GA_ALIKE_PERHAPS : GA_ALIKE_SURE;
    if (are_numbered_apart || are_students_apart || !(same & NAME_ANY))
        return GA_ALIKE_NOT;
    if (a->sex != 0 && b->sex != 0 && a->sex != b->sex && !(same & GA_SAME_NAME))
        return GA_ALIKE_NOT;
    return same & NAME_WHOLE ? judge_whole_name(a, b, same) : judge_like_name(a, b, same);
}

struct ga_likeness ga_alike_compare(const struct ga_alike *a, const struct ga_alike *b)
{
    const uint32_t same = compare_all(a, b);
    return (struct ga_likeness){.degree = judge(a, b, same), .same = same};
}

static int weigh(struct ga_likeness likeness)
{
    int sum = (int)likeness.degree * 10000;
    for (size_t i = 0; i < GA_COUNT(THINGS); i++)
        sum += likeness.same & THINGS[i].same ? THINGS[i].weight : 0;
    return sum;
}

int ga_likeness_compare(struct ga_likeness a, struct ga_likeness b)
{
    return weigh(b) - weigh(a);
}

void ga_likeness_say(struct ga_likeness likeness, enum ga_lang lang, struct ga_str *out)
{
    size_t said = 0;
    for (size_t i = 0; i < GA_COUNT(THINGS); i++)
        if (likeness.same & THINGS[i].same)
            ga_str_addf(out, "%s%s", said++ == 0 ? "" : ga_tr(lang, ", "), ga_tr(lang, THINGS[i].text));
}

void ga_likeness_codes(struct ga_likeness likeness, struct ga_str *out)
{
    size_t said = 0;
    for (size_t i = 0; i < GA_COUNT(THINGS); i++)
        if (likeness.same & THINGS[i].same)
            ga_str_addf(out, "%s%s", said++ == 0 ? "" : " ", THINGS[i].code);
}

const char *ga_alike_degree_code(enum ga_alike_degree degree)
{
    static const char *const codes[GA_ALIKE_DEGREES] = {
        [GA_ALIKE_NOT] = "not", [GA_ALIKE_PERHAPS] = "perhaps", [GA_ALIKE_LIKELY] = "likely", [GA_ALIKE_SURE] = "sure"};
    return codes[degree];
}
