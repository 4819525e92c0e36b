/* The registration number of a pupil (学籍号). */
#include "guanai/text/student_number.h"

#include "guanai/base/num.h"
#include "guanai/text/id_number.h"
#include "guanai/text/typed.h"

#include <string.h>

enum { NATIONAL_CHARS = 19, LOCAL_MIN = 8, LOCAL_MAX = 20 };

static const char *const letters_and_digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static bool is_national(const char *text)
{
    return strlen(text) == NATIONAL_CHARS && strchr("GLJ", text[0]) != NULL &&
           strspn(text + 1, "0123456789") >= NATIONAL_CHARS - 2 &&
           strchr("0123456789X", text[NATIONAL_CHARS - 1]) != NULL;
}

static void warn_of_text(const char *text, const char *id_number, struct ga_date today,
                         struct ga_message *warning)
{
    struct ga_id_number inner;
    const bool has_id = id_number != NULL && id_number[0] != '\0';
    if (has_id && strcmp(text, id_number) == 0)
        ga_message_set(warning, "This is the ID number; the national student number has a G before it");
    else if (text[0] != 'G' || !is_national(text))
        return;
    else if (has_id && strcmp(text + 1, id_number) != 0)
        ga_message_set(warning, "The student number holds another ID number: %1", text + 1);
    else if (ga_id_number_parse(text + 1, today, NULL, &inner, NULL, NULL) != GA_OK)
        ga_message_set(warning, "The ID number within the student number is wrong");
}

static enum ga_rc refuse_text(const struct ga_typed *typed, const char *text, struct ga_error *err)
{
    if (text != NULL && strspn(text, letters_and_digits) == strlen(text))
        ga_error_set(err, GA_REFUSED, "A student number has 8 to 20 letters and digits, this has %1",
                     GA_NUM(typed->count));
    else
        ga_error_set(err, GA_REFUSED, "A student number has letters and digits only");
    ga_error_hint(err, "The national one is G, L or J and then 18 digits.");
    return GA_REFUSED;
}

enum ga_rc ga_student_number_parse(const char *typed_text, const char *id_number, struct ga_date today,
                                   char ret_text[GA_STUDENT_NUMBER_SIZE], struct ga_message *warning,
                                   struct ga_error *err)
{
    struct ga_typed typed;
    char text[GA_TYPED_BYTES + 1];
    if (warning != NULL)
        warning->id = NULL;
    const enum ga_rc rc = ga_typed_read_folded(typed_text, &typed, err);
    if (rc != GA_OK)
        return rc;
    if (ga_typed_ascii(&typed, text, sizeof(text)) && strstr(text, "E+") != NULL) {
        ga_error_set(err, GA_REFUSED, "The spreadsheet has lost the last digits of this number");
        ga_error_hint(err, "Make the column text in the spreadsheet, then type the number again.");
        return GA_REFUSED;
    }
    ga_typed_drop(&typed, " -");
    for (size_t i = 0; i < typed.count; i++)
        if (typed.cp[i] >= 'a' && typed.cp[i] <= 'z')
            typed.cp[i] -= 'a' - 'A';
    if (!ga_typed_ascii(&typed, text, sizeof(text)))
        return refuse_text(&typed, NULL, err);
    if (typed.count < LOCAL_MIN || typed.count > LOCAL_MAX ||
        strspn(text, letters_and_digits) != typed.count)
        return refuse_text(&typed, text, err);
    memcpy(ret_text, text, typed.count + 1);
    if (warning != NULL)
        warn_of_text(text, id_number, today, warning);
    return GA_OK;
}
