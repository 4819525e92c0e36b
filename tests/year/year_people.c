/* Holds what hangs on single people against the records: sent back to whom, owed by whom over holidays, signed by whom. */
#include "year_look.h"

#include "guanai/app/send_back.h"
#include "guanai/app/sign.h"
#include "guanai/text/class_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void sit_down(const struct year_look *look, const char *user)
{
    ga_session_set_user(look->session, user, NULL);
}

/* Sent back. */

static const struct year_sent *newest_sent(const struct year_school *year, const struct ga_uuid *record)
{
    for (size_t i = year->sent_count; i > 0; i--)
        if (ga_uuid_compare(&year->sent[i - 1].record, record) == 0)
            return &year->sent[i - 1];
    return NULL;
}

/* Answered, removed or changed; what was changed twice may say again what it said. */
static void mended_agrees(const struct year_look *look, const struct ga_sent_back *item)
{
    char id[GA_UUID_TEXT_SIZE];
    const struct year_sent *sent = newest_sent(look->year, &item->record);
    const bool is_answered = year_ask(look, "SELECT ?1 = 0 AND answered_on IS NOT NULL FROM v_sent_back WHERE id = ?2", 0,
                                      ga_uuid_text(&item->id, id), NULL) != 0;
    if (sent == NULL)
        YEAR_FAIL(look, "%s was never sent back", item->about);
    if ((is_answered || !item->is_there || sent->touched == 1) && !item->is_mended)
        YEAR_FAIL(look, "%s was changed and is not mended", item->about);
    if (!is_answered && item->is_there && sent->touched == 0 && item->is_mended)
        YEAR_FAIL(look, "%s was not touched and is mended", item->about);
}

/* Of whoever sits there: the list, its counts. */
static void sent_back_agrees(const struct year_look *look, const char *user)
{
    struct ga_arena arena = {0};
    struct ga_sent_back *items;
    struct ga_sent_back_counts counts;
    size_t count = 0;
    int64_t mine = 0, open = 0, to_look_at = 0;
    sit_down(look, user);
    YEAR_HOLD(look, ga_sent_back_list(look->session, &arena, &items, &count, &err));
    YEAR_HOLD(look, ga_sent_back_count(look->session, &arena, &counts, &err));
    for (size_t i = 0; i < count; i++) {
        const bool is_mine = strcmp(items[i].to_whom, user) == 0 || strcmp(items[i].to_typist, user) == 0;
        mended_agrees(look, &items[i]);
        look->year->seen.mended += items[i].is_mended;
        look->year->seen.to_mend += !items[i].is_mended;
        mine += is_mine && !items[i].is_mended;
        open += !items[i].is_mended;
        to_look_at += items[i].is_mended && strcmp(items[i].by, user) == 0;
        if (i > 0 && items[i].is_mine && !items[i].is_mended && !(items[i - 1].is_mine && !items[i - 1].is_mended))
            YEAR_FAIL(look, "what %s has to mend does not stand first", user);
    }
    const int64_t of_records = year_ask(look, "SELECT count(*) FROM v_sent_back WHERE ?1 = 0 AND closed_on IS NULL", 0, NULL, NULL);
    if ((int64_t)count != of_records || counts.mine != mine || counts.open != open || counts.to_look_at != to_look_at ||
        counts.mended != (int64_t)count - open)
        YEAR_FAIL(look, "%d are sent back, %d to %s, %d to look at; the first page has %d, %d, %d of %d, the records %d", (int)open, (int)mine,
                  user, (int)to_look_at, (int)counts.open, (int)counts.mine, (int)counts.to_look_at, (int)count, (int)of_records);
    ga_arena_finish(&arena);
}

/* Who stands in. */

static const char *class_text(const struct ga_roster_class *class, char buf[GA_CLASS_NAME_SIZE])
{
    struct ga_class_name name = {0};
    ga_str_copy(name.grade, sizeof(name.grade), class->grade);
    ga_str_copy(name.number, sizeof(name.number), class->class_no);
    return ga_class_name_text(&name, GA_ZH, buf);
}

/* Today, or the nearest day of its time: the newest word for the class, its site, the school says this person. */
static bool stands_in(const struct year_look *look, size_t i, const char *name)
{
    static const char newest[] = "SELECT ?1 = 0 AND watcher = ?2 FROM v_holiday_watch WHERE %s AND (site IS NULL OR site = '%s') AND"
                                 " (class IS NULL OR class = '%s') ORDER BY from_on DESC, id DESC LIMIT 1";
    const struct ga_due *due = &look->all[i];
    char shown[GA_CLASS_NAME_SIZE], sql[500], day_in[120];
    struct ga_date day = look->today;
    if (ga_date_compare(day, due->window.opens) < 0)
        day = due->window.opens;
    if (ga_date_compare(day, due->window.due_on) > 0)
        day = due->window.due_on;
    snprintf(day_in, sizeof(day_in), "'%s' BETWEEN from_on AND until_on", GA_DATE_ISO(day));
    snprintf(sql, sizeof(sql), newest, day_in, look->of[i].site, class_text(&look->of[i], shown));
    return year_ask(look, sql, 0, name, NULL) == 1;
}

/* Classes are called otherwise from August on: until then the names are those they were written down by. */
static void standing_in_agrees(const struct year_look *look)
{
    const char *cadre = year_teachers[YEAR_OWNERS - 1];
    const bool is_called_so = ga_date_compare(look->today, (struct ga_date){2027, 8, 1}) < 0;
    for (size_t i = (size_t)ga_date_to_days(look->today) % 3; is_called_so && i < look->all_count; i += 3) {
        const struct ga_due *due = &look->all[i];
        const struct ga_duty *duty = ga_care_duties(look->care)->items[due->duty];
        const bool may_be = duty->cadence.is_in_holidays && (duty->owner == GA_OWNER_PROXY || duty->owner == GA_OWNER_CLASS) &&
                            look->of[i].grade[0] != '\0';
        const bool is_his = strcmp(due->owner, cadre) == 0;
        if (is_his != (may_be && stands_in(look, i, cadre)))
            YEAR_FAIL(look, "%s of %s %s%s is %s's: %s", duty->name, look->of[i].site, look->of[i].grade, look->of[i].class_no, due->owner,
                      is_his ? "nobody said so" : "another stands in");
        look->year->seen.stood_in += is_his;
    }
}

/* The duty of one class. */
static void one_class_agrees(const struct year_look *look)
{
    const struct year_class *class = &year_classes[YEAR_ONE_CLASS];
    const struct ga_date turn = {2027, 8, 31};
    const bool is_turned = ga_date_compare(look->today, turn) >= 0;
    size_t owed = 0, of_this_year = 0;
    for (size_t i = 0; i < look->all_count; i++) {
        const struct ga_due *due = &look->all[i];
        if (strcmp(ga_care_duties(look->care)->items[due->duty]->name, YEAR_ONE_CLASS_DUTY) != 0)
            continue;
        if (!ga_due_is_done(due->state) && !year_is_of_class(look, i, class->site, is_turned ? "g4" : class->grade, class->class_no))
            YEAR_FAIL(look, "%s is %s of %s %s%s", YEAR_ONE_CLASS_DUTY, ga_due_codes[due->state], look->of[i].site, look->of[i].grade,
                      look->of[i].class_no);
        owed++;
        of_this_year += ga_date_compare(due->window.due_on, turn) > 0;
    }
    if (owed == 0 || (is_turned && of_this_year == 0))
        YEAR_FAIL(look, "%s %s owes no %s", class->shown, is_turned ? "of last year" : "", YEAR_ONE_CLASS_DUTY);
    look->year->seen.of_one_class += is_turned;
}

/* Who signs. */
static void signer_agrees(const struct year_look *look, const struct ga_roster_class *class, const char *user)
{
    struct ga_arena arena = {0};
    struct ga_month month;
    struct ga_error why = {0};
    size_t own = 0, of_others = 0;
    for (size_t i = 0; i < look->all_count; i++) {
        const struct ga_due *due = &look->all[i];
        if (due->owner[0] == '\0' || !year_is_in(look, due, ga_days_of_month(look->today)) || strcmp(look->of[i].site, class->site) != 0)
            continue;
        const bool is_own = strcmp(due->owner, user) == 0;
        own += is_own && year_is_of_class(look, i, class->site, class->grade, class->class_no);
        of_others += !is_own && look->of[i].grade[0] != '\0';
    }
    sit_down(look, user);
    YEAR_HOLD(look, ga_month_read(look->session, class, look->today, GA_EN, &arena, &month, &err));
    const enum ga_rc rc = ga_month_may_sign(look->session, &month, &why);
    const bool is_denied = rc == GA_DENIED, says_central = is_denied && strstr(why.what.id, "the central school signs") != NULL;
    if ((rc != GA_OK && !is_denied) || (own > 0 && !is_denied) || (is_denied && says_central != (of_others == 0)))
        YEAR_FAIL(look, "%s of %s %s%s, of which %zu are theirs, %zu of the site others': %s", user, class->site, class->grade,
                  class->class_no, own, of_others, is_denied ? why.what.id : "may sign");
    look->year->seen.central_signs += says_central;
    ga_arena_finish(&arena);
}

static void signers_agree(const struct year_look *look)
{
    const struct year_class *alone = &year_classes[YEAR_CLASSES - 1];
    const size_t turn = (size_t)ga_date_to_days(look->today);
    for (size_t i = 0; i < look->classes_count; i++)
        if (strcmp(look->classes[i].site, alone->site) == 0)
            signer_agrees(look, &look->classes[i], year_teachers[alone->teacher]);
    signer_agrees(look, &look->classes[turn % look->classes_count], year_teachers[turn / 3 % YEAR_TEACHERS]);
}

void year_people_agree(const struct year_look *look)
{
    year_need_view(look, "sent_back", NULL);
    year_need_view(look, "holiday_watch", NULL);
    sent_back_agrees(look, year_teachers[0]);
    sent_back_agrees(look, year_teachers[(size_t)ga_date_to_days(look->today) % YEAR_TEACHERS]);
    standing_in_agrees(look);
    one_class_agrees(look);
    signers_agree(look);
    sit_down(look, year_teachers[0]);
}
