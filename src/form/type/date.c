/* Field type date: a day, or where the form says so a month. */
#include "guanai/base/num.h"
#include "guanai/text/date_typed.h"
#include "types.h"

#include <stdlib.h>
#include <string.h>

static bool forbids(const struct ga_field *field, const char *const words[2])
{
    const char *rule = field->constraint.text;
    return rule != NULL && (strstr(rule, words[0]) != NULL || strstr(rule, words[1]) != NULL);
}

/* Which of the two is meant when a day is typed without its year: what the form allows or says, else the nearer. */
static bool is_later_meant(const struct ga_field *field, const struct ga_parse_context *ctx, struct ga_date before,
                           struct ga_date after)
{
    static const char *const no_future[2] = {"<= today()", "< today()"};
    static const char *const no_past[2] = {">= today()", "> today()"};
    const int32_t today = ga_date_to_days(ctx->today);
    if (forbids(field, no_future))
        return false;
    if (forbids(field, no_past) || field->is_ahead)
        return true;
    if (!ga_date_is_day(before) || !ga_date_is_day(after)) /* a month alone: since when, mostly */
        return false;
    return ga_date_to_days(after) - today < today - ga_date_to_days(before);
}

static enum ga_rc parse_leaning(const struct ga_field *field, const struct ga_parse_context *ctx,
                                const char *text, struct ga_date *ret_date, struct ga_message *warning,
                                struct ga_error *err)
{
    struct ga_date_manner manner = {
        .today = ctx->today, .lean = GA_DATE_PAST, .takes_month = field->precision == GA_PRECISION_MONTH};
    struct ga_date before, after;
    enum ga_rc rc = ga_date_parse(text, &manner, &before, warning, err);
    if (rc != GA_OK)
        return rc;
    *ret_date = before;
    manner.lean = GA_DATE_FUTURE;
    if (ga_date_parse(text, &manner, &after, NULL, NULL) == GA_OK && is_later_meant(field, ctx, before, after))
        *ret_date = after;
    return GA_OK;
}

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    struct ga_date date;
    int64_t serial;
    if (ctx->is_import && ga_num_parse(text, &serial) && serial > 366 && serial < 73051 &&
        ga_date_from_serial((int32_t)serial, false, &date)) /* a date cell whose format was lost: 1901 … 2099 */
        return ga_type_give_text(arena, GA_DATE_ISO(date), ret_value);
    enum ga_rc rc = parse_leaning(field, ctx, text, &date, ret_warning, err);
    return rc == GA_OK ? ga_type_give_text(arena, GA_DATE_ISO(date), ret_value) : rc;
}

static void show(const struct ga_field *field, enum ga_lang lang, const struct ga_value *value,
                 struct ga_str *out)
{
    (void)field;
    struct ga_date date;
    char buf[GA_DATE_SIZE];
    const char *text = value->text;
    ga_str_add(out, ga_date_from_iso(text, &date) ? ga_date_text(date, lang, buf) : text);
}

/* A month fits every date: the form's earlier version may have taken months. */
static bool fits(const struct ga_field *field, const struct ga_value *value)
{
    (void)field;
    struct ga_date date;
    return ga_date_from_iso(value->text, &date);
}

const struct ga_field_type ga_type_date = {
    .name = "date", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_DATE, .parse = parse, .fits = fits, .show = show,
    .doc = GA_N_("a day, typed as 2015-9-1, 20150901, 9-1 or 21; where a month will do, also 2015-9"),
};
