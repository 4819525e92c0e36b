/* Writes what a school does seldom: records sent back, others who stand in over holidays, reasons after a pause. */
#include "year_write.h"

#include "guanai/app/catch_up.h"
#include "guanai/app/send_back.h"
#include "guanai/base/alloc.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static enum ga_rc send_one(struct year_school *year)
{
    if (year->records_count == 0 || year->sent_count == YEAR_SENT)
        return GA_REFUSED;
    const struct ga_uuid record = year->records[year_draw(year, (uint32_t)year->records_count)].id;
    const enum ga_rc rc = ga_send_back(year->school.session, &record, "写清楚", NULL);
    if (rc == GA_OK)
        year->sent[year->sent_count++] = (struct year_sent){record, 0};
    return rc;
}

/* Whoever has it again adds the paper's number. */
static bool mend(struct year_school *year, const struct ga_uuid *record)
{
    const struct ga_form *form;
    if (ga_store_form_of(year->school.session->store, record, &form, NULL) != GA_OK || ga_form_field(form, "paper_no") == NULL)
        return false;
    return year_change(year, record, "paper_no=补");
}

void year_send_back(struct year_school *year)
{
    struct ga_arena arena = {0};
    struct ga_sent_back *items;
    size_t count = 0;
    assert_int_equal(ga_sent_back_list(year->school.session, &arena, &items, &count, NULL), GA_OK);
    const struct ga_sent_back *item = count == 0 ? NULL : &items[year_draw(year, (uint32_t)count)];
    enum ga_rc rc;
    if (item != NULL && year_happens(year, 20))
        rc = ga_sent_back_answer(year->school.session, item, "已补", NULL);
    else if (item != NULL && year_happens(year, 20))
        rc = ga_sent_back_accept(year->school.session, item, NULL);
    else if (item != NULL && year_happens(year, 40))
        rc = mend(year, &item->record) ? GA_OK : GA_REFUSED;
    else
        rc = send_one(year);
    year->saved += rc == GA_OK;
    year->refused += rc != GA_OK;
    ga_arena_finish(&arena);
}

void year_stand_in(struct year_school *year)
{
    const struct year_class *class = &year_classes[year_draw(year, YEAR_CLASSES)];
    const int32_t from = (int32_t)year_draw(year, 15);
    const uint32_t extent = year_draw(year, 3);
    year_put(year, "holiday_watch", NULL, "from_on=%s|until_on=%s|watcher=%s|site=%s|class=%s", year_in_days(year, from),
        year_in_days(year, from + 3 + (int32_t)year_draw(year, 20)), PICK("村支书老王", "村支书老王", "郑老师", "何老师"),
        extent > 0 ? class->site : "", extent > 1 ? class->shown : "");
}

void year_come_back(struct year_school *year)
{
    bool is_new = false;
    assert_int_equal(ga_catch_up_notice(year->school.session, &is_new, NULL), GA_OK);
    assert_true(is_new);
    for (int i = 0; i < 4; i++)
        year_say_of_pause(year);
}

void year_say_of_pause(struct year_school *year)
{
    struct ga_arena arena = {0};
    struct ga_catch_up caught;
    assert_int_equal(ga_catch_up_read(year->school.session, GA_ZH, &arena, &caught, NULL), GA_OK);
    if (caught.rows_count > 0) {
        const enum ga_catch_up_extent extent = GA_CATCH_UP_ROW + year_draw(year, 3);
        const struct ga_catch_up_row *row = &caught.rows[year_draw(year, (uint32_t)caught.rows_count)];
        const bool is_said = ga_catch_up_say(year->school.session, &caught, extent, row, "停电", NULL) == GA_OK;
        year->saved += is_said;
        year->refused += !is_said;
    }
    ga_arena_finish(&arena);
}
