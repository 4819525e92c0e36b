/* What a person reads of one answer. */
#include "guanai/screen/value.h"

#include "guanai/app/care.h"
#include "guanai/care/due.h"
#include "guanai/form/type.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"
#include "guanai/store/same.h"
#include "guanai/text/rare.h"

#include <string.h>

enum { TAIL_CHARS = 4 };

const char *ga_screen_state_word(enum ga_answer_state state, enum ga_lang lang)
{
    static const char *const words[] = {
        [GA_UNKNOWN] = GA_N_("not known"),
        [GA_DECLINED] = GA_N_("would not say"),
        [GA_NOT_APPLICABLE] = GA_N_("does not apply"),
    };
    return state == GA_EMPTY || state == GA_ANSWERED ? "" : ga_tr(lang, words[state]);
}

static bool add_child(struct ga_session *session, const struct ga_uuid *id, enum ga_lang lang,
                      struct ga_str *out)
{
    struct ga_arena arena;
    struct ga_roster_row row;
    struct ga_uuid main = *id; /* a file that stands behind is the child of the one that leads */
    ga_same_main(session->store, id, &main, NULL);
    ga_arena_init(&arena);
    bool is_known = ga_roster_row(session->store, &main, lang, &arena, &row, NULL) == GA_OK;
    if (is_known)
        ga_str_addf(out, "%s %s", row.name, row.class_shown);
    ga_arena_finish(&arena);
    return is_known;
}

const char *ga_screen_duty_title(struct ga_session *session, const struct ga_field *field, const char *code, enum ga_lang lang)
{
    struct ga_care *care;
    if (strcmp(field->name, "duty") != 0 || !field->type->is_text || ga_session_care(session, NULL, &care, NULL) != GA_OK)
        return NULL;
    const int duty = ga_duties_find(ga_care_duties(care), code);
    return duty >= 0 ? ga_label_text(&ga_care_duties(care)->items[duty]->title, lang) : NULL;
}

void ga_screen_name_duty(struct ga_session *session, struct ga_answers *answers, enum ga_lang lang)
{
    const struct ga_field *field = ga_form_field(answers->form, "duty");
    const struct ga_answer *answer = field != NULL ? ga_answers_at(answers, field) : NULL;
    if (answer == NULL || answer->state != GA_ANSWERED || answer->value.kind != GA_VALUE_TEXT)
        return;
    const char *title = ga_screen_duty_title(session, field, answer->value.text, lang);
    if (title != NULL) {
        const struct ga_value value = ga_value_text(title);
        ga_answers_set(answers, field, &value);
    }
}

static bool add_summary(struct ga_session *session, const char *form_name, const struct ga_uuid *id,
                        enum ga_lang lang, struct ga_str *out)
{
    struct ga_answers answers;
    const struct ga_form *form =
        form_name == NULL ? NULL : ga_forms_get(session->forms, form_name, NULL);
    if (form == NULL || ga_store_read(session->store, form, id, &answers, NULL, NULL) != GA_OK)
        return false;
    ga_screen_name_duty(session, &answers, lang);
    const struct ga_rule_place place = {.record = &answers};
    ga_rules_summary(session->rules, &place, lang, out);
    ga_answers_finish(&answers);
    return true;
}

void ga_screen_add_record(struct ga_session *session, const char *form, const struct ga_uuid *id,
                          enum ga_lang lang, struct ga_str *out)
{
    bool is_child = form != NULL && strcmp(form, "child") == 0;
    bool is_found =
        is_child ? add_child(session, id, lang, out) : add_summary(session, form, id, lang, out);
    if (!is_found)
        ga_str_add(out, ga_tr(lang, "a record that is not here"));
}

/* The stored name is the name; the terminal's font may have no sign for one of its characters. */
static void add_rare(const struct ga_session *session, const char *text, enum ga_lang lang, struct ga_str *out)
{
    struct ga_str which = {0};
    if (session->config.rare_characters == GA_RARE_MARK && ga_rare_add(text, &which))
        ga_str_addf(out, "  (%s %s)", ga_tr(lang, "rare character"), ga_str_text(&which));
    ga_str_finish(&which);
}

void ga_screen_add_answer(struct ga_session *session, const struct ga_field *field,
                          const struct ga_answer *answer, enum ga_lang lang, struct ga_str *out)
{
    struct ga_uuid id;
    const bool is_text = answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT;
    const char *duty = is_text ? ga_screen_duty_title(session, field, answer->value.text, lang) : NULL;
    if (answer->state != GA_ANSWERED)
        ga_str_add(out, ga_screen_state_word(answer->state, lang));
    else if (duty != NULL)
        ga_str_add(out, duty);
    else if (field->type->widget == GA_WIDGET_RECORD && answer->value.kind == GA_VALUE_TEXT &&
             ga_uuid_parse(answer->value.text, &id))
        ga_screen_add_record(session, field->of.text, &id, lang, out);
    else
        ga_field_show(field, lang, &answer->value, out);
    if (answer->state == GA_ANSWERED && field->type->is_text && answer->value.kind == GA_VALUE_TEXT)
        add_rare(session, answer->value.text, lang, out);
}

/* Most student numbers are G with the ID number behind it. */
bool ga_screen_is_masked(const struct ga_form *form, const struct ga_field *field)
{
    return ga_field_protect(form, field) >= GA_PROTECT_SENSITIVE ||
           strcmp(field->type->name, "id_number") == 0 || strcmp(field->type->name, "student_number") == 0;
}

void ga_screen_add_masked(const struct ga_field *field, const char *text, struct ga_str *out)
{
    size_t len = strlen(text);
    bool is_number = field->type->widget == GA_WIDGET_DIGITS && len > TAIL_CHARS;
    if (len > 0)
        ga_str_add(out, "****");
    if (is_number)
        ga_str_add(out, text + len - TAIL_CHARS);
}
