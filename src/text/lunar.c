/* Days of the Chinese lunar calendar from a table of its months. */
#include "guanai/text/lunar.h"

/*
 * A number a lunar year, from the lowest bit on: 13 bits, a bit a month in their order, set when it has 30 days;
 * 4 bits, the month after which one is repeated (0: none); above them the days from 1 January to its first day.
 * tests/oracle/lunar.py computes all of it from the sky.
 */
static const uint32_t years[] = {
    0x620752, 0x4c0ea5, 0x38b64a, 0x5c064b, 0x440a9b, 0x309556, 0x56056a, 0x400b59, 0x2a5752, 0x500752,
    0x3adb25, 0x600b25, 0x480a4b, 0x32b4ab, 0x5802ad, 0x42056b, 0x2c4b69, 0x520da9, 0x3efd92, 0x640e92,
    0x4c0d25, 0x36ba4d, 0x5c0a56, 0x4602b6, 0x2e95b5, 0x5606d4, 0x400ea9, 0x2c5e92, 0x500e92, 0x3acd26,
    0x5e052b, 0x480a57, 0x32b2b6, 0x580b5a, 0x4406d4, 0x2e6ec9, 0x520749, 0x3cf693, 0x620a93, 0x4c052b,
    0x34ca5b, 0x5a0aad, 0x46056a, 0x309b55, 0x560ba4, 0x400b49, 0x2a5a93, 0x500a95, 0x38f52d, 0x5e0536,
    0x480aad, 0x34b5aa, 0x5805b2, 0x420da5, 0x2e7d4a, 0x540d4a, 0x3d0a95, 0x600a97, 0x4c0556, 0x36cab5,
    0x5a0ad5, 0x4606d2, 0x308ea5, 0x560ea5, 0x40064a, 0x286c97, 0x4e0a9b, 0x3af55a, 0x5e056a, 0x480b69,
    0x34b752, 0x5a0b52, 0x420b25, 0x2c964b, 0x520a4b, 0x3d14ab, 0x6002ad, 0x4a056d, 0x36cb69, 0x5c0da9,
    0x460d92, 0x309d25, 0x560d25, 0x415a4d, 0x640a56, 0x4e02b6, 0x38c5b5, 0x5e06d5, 0x480ea9, 0x34be92,
    0x5a0e92, 0x440d26, 0x2c6a56, 0x500a57, 0x3d14d6, 0x62035a, 0x4a06d5, 0x36b6c9, 0x5c0749, 0x460693,
    0x2e952b, 0x54052b, 0x3e0a5b, 0x2a555a, 0x4e056a, 0x38fb55, 0x600ba4, 0x4a0b49, 0x32ba93, 0x580a95,
    0x42052d, 0x2c8aad, 0x500ab5, 0x3d35aa, 0x6205d2, 0x4c0da5, 0x36dd4a, 0x5c0d4a, 0x460c95, 0x30952e,
    0x540556, 0x3e0ab5, 0x2a55b2, 0x5006d2, 0x38cea5, 0x5e0725, 0x48064b, 0x32ac97, 0x560cab, 0x42055a,
    0x2c6ad6, 0x520b69, 0x3d7752, 0x620b52, 0x4c0b25, 0x36da4b, 0x5a0a4b, 0x4404ab, 0x2ea55b, 0x5405ad,
    0x3e0b6a, 0x2a5b52, 0x500d92, 0x3afd25, 0x5e0d25, 0x480a55, 0x32b4ad, 0x5804b6, 0x4005b5, 0x2c6daa,
    0x520ec9, 0x3f1e92, 0x620e92, 0x4c0d26, 0x36ca56, 0x5a0a57, 0x4404d6, 0x2e86d5, 0x540755, 0x400749,
    0x286e93, 0x4e0693, 0x38f52b, 0x5e052b, 0x460a5b, 0x32b55a, 0x58056a, 0x420b65, 0x2c974a, 0x520b4a,
    0x3d1a95, 0x620a95, 0x4a052d, 0x34caad, 0x5a0ab5, 0x4605aa, 0x2e8ba5, 0x540da5, 0x400d4a, 0x2a7c95,
    0x4e0c96, 0x38f94e, 0x5e0556, 0x480ab5, 0x32b5b2, 0x5806d2, 0x420ea5, 0x2e8e4a, 0x50068b, 0x3b0c97,
    0x6004ab, 0x4a055b, 0x34cad6, 0x5a0b6a, 0x460752, 0x309725, 0x540b45, 0x3e0a8b, 0x28549b,
};
_Static_assert(sizeof(years) / sizeof(*years) == GA_LUNAR_YEAR_MAX - GA_LUNAR_YEAR_MIN + 1, "a number a year");

enum { LEAP_SHIFT = 13, LEAP_MASK = 15, FIRST_DAY_SHIFT = 17, SHORT_MONTH_DAYS = 29 };

static bool has_year(int year)
{
    return year >= GA_LUNAR_YEAR_MIN && year <= GA_LUNAR_YEAR_MAX;
}

static uint32_t packed(int year)
{
    return years[year - GA_LUNAR_YEAR_MIN];
}

static int leap_of(int year)
{
    return (int)(packed(year) >> LEAP_SHIFT & LEAP_MASK);
}

static int months_of(int year)
{
    return leap_of(year) != 0 ? 13 : 12;
}

static int days_of(int year, int index)
{
    return SHORT_MONTH_DAYS + (int)(packed(year) >> index & 1);
}

static int32_t first_day_of(int year)
{
    return ga_date_to_days((struct ga_date){(int16_t)year, 1, 1}) + (int32_t)(packed(year) >> FIRST_DAY_SHIFT);
}

/* Where a month stands in its year, from 0; -1: the year has no such month. */
static int index_of(int year, int month, bool is_leap)
{
    const int leap = leap_of(year);
    if (month < 1 || month > 12 || (is_leap && month != leap))
        return -1;
    return month - 1 + (leap != 0 && (month > leap || is_leap) ? 1 : 0);
}

static void name_month(int year, int index, struct ga_lunar *lunar)
{
    const int leap = leap_of(year);
    lunar->is_leap = leap != 0 && index == leap;
    lunar->month = (int8_t)(leap != 0 && index >= leap ? index : index + 1);
}

bool ga_lunar_from_date(struct ga_date date, struct ga_lunar *ret_lunar)
{
    if (!ga_date_is_day(date))
        return false;
    const int32_t day = ga_date_to_days(date);
    int year = date.year;
    if (has_year(year) && day < first_day_of(year))
        year--;
    else if (year == GA_LUNAR_YEAR_MAX + 1) /* the last lunar year ends in it */
        year--;
    if (!has_year(year))
        return false;
    int32_t left = day - first_day_of(year);
    int index = 0;
    for (; index < months_of(year) && left >= days_of(year, index); index++)
        left -= days_of(year, index);
    if (index == months_of(year))
        return false;
    struct ga_lunar lunar = {.year = (int16_t)year, .day = (int8_t)(left + 1)};
    name_month(year, index, &lunar);
    *ret_lunar = lunar;
    return true;
}

bool ga_lunar_to_date(struct ga_lunar lunar, struct ga_date *ret_date)
{
    if (!has_year(lunar.year))
        return false;
    const int index = index_of(lunar.year, lunar.month, lunar.is_leap);
    if (index < 0 || lunar.day < 1 || lunar.day > days_of(lunar.year, index))
        return false;
    int32_t day = first_day_of(lunar.year) + lunar.day - 1;
    for (int i = 0; i < index; i++)
        day += days_of(lunar.year, i);
    *ret_date = ga_date_from_days(day);
    return true;
}

bool ga_lunar_birthday(struct ga_lunar birth, int lunar_year, struct ga_date *ret_date)
{
    if (!has_year(lunar_year) || birth.month < 1 || birth.month > 12 || birth.day < 1 || birth.day > SHORT_MONTH_DAYS + 1)
        return false;
    struct ga_lunar kept = birth;
    kept.year = (int16_t)lunar_year;
    kept.is_leap = birth.is_leap && leap_of(lunar_year) == birth.month;
    const int last = days_of(lunar_year, index_of(lunar_year, kept.month, kept.is_leap));
    if (kept.day > last)
        kept.day = (int8_t)last;
    return ga_lunar_to_date(kept, ret_date);
}

/*
 * The sun is a quarter of a day late each year, a leap day brings it back: what is left is a line a century. Right for
 * every year of the bounds, as the oracle shows.
 */
bool ga_lunar_qingming(int year, struct ga_date *ret_date)
{
    enum { YEAR_PARTS = 2422, PARTS = 10000, BEFORE_2000 = 55900, SINCE_2000 = 48100 };
    if (!has_year(year))
        return false;
    const int of_century = year % 100;
    const int day = (of_century * YEAR_PARTS + (year < 2000 ? BEFORE_2000 : SINCE_2000)) / PARTS - of_century / 4;
    *ret_date = (struct ga_date){(int16_t)year, 4, (int8_t)day};
    return true;
}
