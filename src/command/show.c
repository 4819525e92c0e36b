/* guanai show: one record, field by field. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/store/record.h"
#include "guanai/store/same.h"
#include "guanai/store/verify.h"

#include <string.h>

struct showing {
    struct ga_command_line *line;
    struct ga_session *session;
};

/* A value as scripts read it; "?refused" for an answer that was not given. */
static void add_plain(const struct ga_field *field, const struct ga_answer *answer, struct ga_str *out)
{
    const char *state = ga_answer_state_code(answer->state);
    if (state != NULL)
        ga_str_addf(out, "?%s", state);
    else
        ga_value_plain(field, &answer->value, out);
}

/*
 * Of a child's file that stands behind, the answer names the one that leads (store/same.h); a verdict on two files means
 * the files themselves. `id` backs the answer.
 */
static struct ga_answer leading(const struct showing *showing, const struct ga_form *form, const struct ga_field *field,
                                const struct ga_answer *answer, char id[GA_UUID_TEXT_SIZE])
{
    struct ga_answer shown = *answer;
    struct ga_uuid file, main;
    if (answer->state == GA_ANSWERED && ga_str_equal(field->type->name, "record") && ga_str_equal(field->of.text, "child") &&
        strcmp(form->name, GA_SAME_FORM) != 0 && ga_uuid_parse(answer->value.text, &file) &&
        ga_same_main(showing->session->store, &file, &main, NULL) == GA_OK)
        shown.value = ga_value_text(ga_uuid_text(&main, id));
    return shown;
}

/* Another record is shown by its summary (rule 12). */
static bool add_summary(struct ga_session *session, const struct ga_value *value, struct ga_str *out)
{
    const struct ga_form *form;
    struct ga_answers target;
    struct ga_uuid id;
    if (value->kind != GA_VALUE_TEXT || !ga_uuid_parse(value->text, &id) ||
        ga_store_form_of(session->store, &id, &form, NULL) != GA_OK ||
        ga_store_read(session->store, form, &id, &target, NULL, NULL) != GA_OK)
        return false;
    const struct ga_rule_place place = {.record = &target};
    ga_rules_summary(session->rules, &place, session->lang, out);
    ga_answers_finish(&target);
    return true;
}

static void put_answer(const struct showing *showing, const struct ga_form *form, const char *name,
                       const struct ga_field *field, const struct ga_answer *stored)
{
    struct ga_command_line *line = showing->line;
    char id[GA_UUID_TEXT_SIZE];
    const struct ga_answer read = leading(showing, form, field, stored, id), *answer = &read;
    struct ga_str plain = {0}, shown = {0};
    add_plain(field, answer, &plain);
    const bool is_record = strcmp(field->type->name, "record") == 0;
    if (answer->state == GA_ANSWERED && !(is_record && add_summary(showing->session, &answer->value, &shown)))
        ga_field_show(field, line->lang, &answer->value, &shown);
    const char *const cells[] = {name, ga_label_text(&field->label, line->lang), ga_str_text(&plain),
                                 ga_str_text(&shown)};
    ga_put_row(line, cells, GA_COUNT(cells));
    ga_str_finish(&plain);
    ga_str_finish(&shown);
}

static void put_rows(const struct showing *showing, const struct ga_answers *answers, const struct ga_field *repeat)
{
    const struct ga_rows *rows = &answers->repeats[repeat->index];
    int shown = 0;
    for (size_t r = 0; r < rows->count; r++) {
        if (rows->rows[r].is_gone)
            continue;
        shown++;
        for (size_t f = 0; f < repeat->fields.count; f++) {
            const struct ga_field *field = &repeat->fields.items[f];
            char name[160];
            snprintf(name, sizeof(name), "%s[%d].%s", repeat->name, shown, field->name);
            if (field->type->storage != GA_STORE_NOTHING)
                put_answer(showing, answers->form, name, field, &rows->rows[r].answers[f]);
        }
    }
}

static void put_record(const struct showing *showing, const struct ga_answers *answers)
{
    struct ga_command_line *line = showing->line;
    static const char *const header[] = {"field", "label", "value", "shown"};
    char id[GA_UUID_TEXT_SIZE];
    ga_put_row(line, header, GA_COUNT(header));
    ga_put_row(line, (const char *const[]){"id", "", ga_uuid_text(&answers->id, id), ""}, 4);
    if (!ga_uuid_is_zero(&answers->child))
        ga_put_row(line, (const char *const[]){"child", "", ga_uuid_text(&answers->child, id), ""}, 4);
    for (size_t i = 0; i < answers->form->all_count; i++) {
        const struct ga_field *field = answers->form->all[i];
        if (field->type->storage == GA_STORE_ROWS)
            put_rows(showing, answers, field);
        else if (field->type->storage != GA_STORE_NOTHING)
            put_answer(showing, answers->form, field->name, field, &answers->answers[i]);
    }
}

/* Whose record it is and who typed it, where these are two. */
static void put_made(struct ga_command_line *line, const struct ga_made *made)
{
    if (made->typist == NULL)
        return;
    ga_put_row(line, (const char *const[]){"entered_by", ga_tr(line->lang, "Done by"), made->user, made->user}, 4);
    ga_put_row(line, (const char *const[]){"typed_by", ga_tr(line->lang, "Typed by"), made->typist, made->typist}, 4);
}

/* What the installed form has no place for, and what two computers answered differently. */
static void put_oddities(struct ga_command_line *line, struct ga_session *session, const struct ga_uuid *id)
{
    struct ga_arena arena = {0};
    struct ga_misfit *misfits;
    const char **groups;
    size_t count = 0;
    if (ga_store_misfits(session->store, id, &arena, &misfits, &count, NULL) == GA_OK)
        for (size_t i = 0; i < count; i++)
            ga_put_row(line, (const char *const[]){misfits[i].field, "", misfits[i].text, ""}, 4);
    if (ga_store_conflicts(session->store, id, &arena, &groups, &count, NULL) != GA_OK)
        count = 0;
    for (size_t i = 0; i < count; i++)
        ga_say(line, strcmp(groups[i], "_gone") == 0 ? GA_N_("one computer took this record out while another changed it")
                                                     : GA_N_("%1 has more than one current value; save the right one to settle it"),
               groups[i]);
    ga_arena_finish(&arena);
}

static const char *label_of(const struct ga_form *form, const char *name, enum ga_lang lang)
{
    const struct ga_field *field = ga_form_field(form, name);
    return field == NULL ? "" : ga_label_text(&field->label, lang);
}

/* Behind the answers: "note:father_phone", with who wrote it. */
static void put_notes(struct ga_command_line *line, struct ga_session *session, const struct ga_answers *answers)
{
    struct ga_arena arena = {0};
    struct ga_note *notes;
    size_t count = 0;
    if (ga_notes_read(session->store, &answers->id, &arena, &notes, &count, NULL) != GA_OK)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct ga_note *note = &notes[i];
        const char *who = ga_arena_printf(&arena, "%s%s %s%s%s%s%s%s%s", note->when, note->is_doubtful ? "?" : "", note->user,
                                          note->typist != NULL ? "/" : "", note->typist != NULL ? note->typist : "",
                                          note->settled_by != NULL ? " ✓ " : "", note->settled_when,
                                          note->settled_by != NULL ? " " : "",
                                          note->settled_by != NULL ? note->settled_by : "");
        ga_put_row(line, (const char *const[]){ga_arena_printf(&arena, "note:%s", note->field),
                                               label_of(answers->form, note->field, line->lang), note->text, who}, 4);
    }
    ga_arena_finish(&arena);
}

/* "verified:father_phone": agreed, first, second or open, with who typed it a second time. */
static void put_verified(struct ga_command_line *line, struct ga_session *session, const struct ga_answers *answers)
{
    struct ga_arena arena = {0};
    struct ga_verify_field *fields;
    size_t count = 0;
    if (!ga_verify_asks(answers->form) ||
        ga_verify_read(session->store, &answers->id, &arena, &fields, &count, NULL) != GA_OK)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct ga_verify_field *field = &fields[i];
        if (field->verified_by == NULL)
            continue;
        const char *who = ga_arena_printf(&arena, "%s %s%s%s", field->verified_when, field->verified_by,
                                          field->by_same ? " " : "", field->by_same ? ga_tr(line->lang, "(the same person)") : "");
        ga_put_row(line, (const char *const[]){ga_arena_printf(&arena, "verified:%s", field->field->name),
                                               ga_label_text(&field->field->label, line->lang),
                                               ga_verify_outcome_code(field->outcome), who}, 4);
    }
    ga_arena_finish(&arena);
}

static enum ga_exit show(struct ga_command_line *line, struct ga_session *session)
{
    const struct ga_form *form = ga_command_form(line, session, line->argv[1]);
    struct ga_answers answers;
    struct ga_error err = {0};
    struct ga_uuid id;
    if (form == NULL)
        return GA_EXIT_USAGE;
    enum ga_exit exit = ga_command_child(line, session, form, line->argv[2], &id);
    if (exit != GA_EXIT_DONE)
        return exit;
    struct ga_arena arena = {0};
    struct ga_made made;
    enum ga_rc rc = ga_store_read_made(session->store, form, &id, &answers, &arena, &made, &err);
    if (rc != GA_OK)
        return ga_say_error(line, rc, &err);
    put_record(&(struct showing){line, session}, &answers);
    put_made(line, &made);
    put_oddities(line, session, &id);
    put_notes(line, session, &answers);
    put_verified(line, session, &answers);
    ga_answers_finish(&answers);
    ga_arena_finish(&arena);
    return GA_EXIT_DONE;
}

enum ga_exit ga_run_show(struct ga_command_line *line)
{
    struct ga_session *session;
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 2, 2);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    exit = show(line, session);
    ga_session_close(session);
    return exit;
}
