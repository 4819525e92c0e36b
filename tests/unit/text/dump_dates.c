/* Prints what the calendar says of every day of 1880 to 2100, for an independent calendar to check. */
#include "guanai/text/date.h"

#include <stdio.h>

int main(void)
{
    const struct ga_date first = {1880, 1, 1}, last = {2100, 12, 31}, birth = {2012, 2, 29};
    for (int32_t days = ga_date_to_days(first); days <= ga_date_to_days(last); days++) {
        const struct ga_date date = ga_date_from_days(days);
        printf("%d %s %d %d %d %s\n", (int)days, GA_DATE_ISO(date), ga_date_weekday(date),
               (int)ga_date_to_days(date), ga_date_age(birth, date),
               GA_DATE_ISO(ga_date_add_months(date, 1)));
    }
    return 0;
}
