/* Field type time: a time of day. */
#include "guanai/text/time_of_day.h"
#include "types.h"

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)field, (void)ctx, (void)ret_warning;
    int minutes;
    char buf[GA_TIME_OF_DAY_SIZE];
    enum ga_rc rc = ga_time_of_day_parse(text, &minutes, err);
    return rc == GA_OK ? ga_type_give_text(arena, ga_time_of_day_text(minutes, buf), ret_value) : rc;
}

static bool fits(const struct ga_field *field, const struct ga_value *value)
{
    (void)field;
    int minutes;
    return ga_time_of_day_parse(value->text, &minutes, NULL) == GA_OK;
}

const struct ga_field_type ga_type_time = {
    .name = "time", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_LINE, .parse = parse, .fits = fits,
    .doc = GA_N_("a time of day, typed as 1630 or 16:30"),
};
