/* Prints the first day of every lunar month or every Qingming, for the sky to check. */
#include "guanai/text/lunar.h"

#include <stdio.h>
#include <string.h>

static void print_month(int year, int month, bool is_leap)
{
    const struct ga_lunar lunar = {(int16_t)year, (int8_t)month, 1, is_leap};
    struct ga_date day;
    if (ga_lunar_to_date(lunar, &day))
        printf("%s %d %d %d\n", GA_DATE_ISO(day), year, month, is_leap);
}

static void print_qingming(int year)
{
    struct ga_date day;
    if (ga_lunar_qingming(year, &day))
        printf("%d %s\n", year, GA_DATE_ISO(day));
}

int main(int argc, char **argv)
{
    for (int year = GA_LUNAR_YEAR_MIN; year <= GA_LUNAR_YEAR_MAX; year++) {
        if (argc > 1 && strcmp(argv[1], "qingming") == 0) {
            print_qingming(year);
            continue;
        }
        for (int month = 1; month <= 12; month++) {
            print_month(year, month, false);
            print_month(year, month, true);
        }
    }
    return 0;
}
