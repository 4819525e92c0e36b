/* Field type phone: one to three telephone numbers. */
#include "guanai/text/phone.h"
#include "types.h"

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)field, (void)ctx;
    char phone[GA_PHONE_SIZE];
    enum ga_rc rc = ga_phone_parse(text, phone, ret_warning, err);
    return rc == GA_OK ? ga_type_give_text(arena, phone, ret_value) : rc;
}

const struct ga_field_type ga_type_phone = {
    .name = "phone", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_DIGITS, .names_somebody = true, .parse = parse,
    .doc = GA_N_("a telephone number; full-width digits, +86 and dashes are put right"),
};
