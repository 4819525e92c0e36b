/* Finds everything that is wrong with a record. */
#include "guanai/base/num.h"
#include "guanai/form/rules.h"
#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"
#include "batch.h"
#include "rule.h"

#include <stdlib.h>
#include <string.h>

/* What is known of the fields while one record is checked. */
struct checking {
    struct ga_rules *rules;
    const struct ga_batch *batch;
    const struct ga_rule_place *place;
    enum ga_check_mode mode;
    struct ga_vec *findings;
};

static struct ga_finding *add_finding(struct checking *c, enum ga_finding_kind kind, const struct ga_field *field)
{
    struct ga_finding *finding = ga_vec_push(c->findings);
    finding->kind = kind;
    finding->field = field;
    finding->row = c->place->row;
    return finding;
}

static bool is_answered(const struct ga_answers *record, const struct ga_rule_place *place,
                        const struct ga_field *field)
{
    if (field->type->storage == GA_STORE_ROWS) {
        const struct ga_rows *rows = &record->repeats[field->index];
        for (size_t i = 0; i < rows->count; i++)
            if (!rows->rows[i].is_gone)
                return true;
        return false;
    }
    const struct ga_answer *answer =
        place->row != NULL ? &place->row->answers[field->index] : ga_answers_at(record, field);
    return answer->state == GA_ANSWERED || (answer->state != GA_EMPTY && field->required != GA_REQUIRED_ANSWERED);
}

static void check_required(struct checking *c, const struct ga_field *field)
{
    if (field->required == GA_REQUIRED_NO || is_answered(c->place->record, c->place, field))
        return;
    const bool is_gap = field->required == GA_REQUIRED_TYPING && c->mode == GA_CHECK_IMPORT;
    add_finding(c, is_gap ? GA_FINDING_GAP : GA_FINDING_REQUIRED, field);
}

static int truth_of(struct checking *c, enum ga_rule_kind kind, const struct ga_field *field)
{
    const int known = ga_batch_truth(c->batch, kind, field);
    if (known >= -1)
        return known;
    struct ga_value value;
    if (ga_rules_value(c->rules, c->place, kind, field, &value, NULL) != GA_OK)
        return -1;
    return ga_value_truth(&value);
}

static void check_warning(struct checking *c, const struct ga_field *field, const struct ga_answer *answer)
{
    if (ga_rule_is_please(field)) {
        if (answer->state == GA_EMPTY)
            add_finding(c, GA_FINDING_PLEASE, field);
    } else if (answer->because == NULL && truth_of(c, GA_RULE_WARN, field) == 0) {
        add_finding(c, GA_FINDING_WARN, field)->text = field->warn_message;
    }
}

/* A retired choice that was picked in its day is kept; whether the filter still gives it is asked all the same. */
static bool is_still_allowed(struct checking *c, const struct ga_field *field, const char *code)
{
    const struct ga_choice *choice = ga_list_choice(field->list, code);
    if (choice == NULL)
        return false;
    return ga_rule_allows(c->rules, c->place, field, choice);
}

/* A choice that the list or the filter no longer gives stays, marked, and must be mended (rule 6). */
static void check_choice(struct checking *c, const struct ga_field *field, const struct ga_answer *answer)
{
    if (field->list == NULL || answer->state != GA_ANSWERED)
        return;
    char code[64];
    const char *codes = answer->value.kind == GA_VALUE_INTEGER ? GA_NUM(answer->value.integer) : answer->value.text;
    for (const char *p = codes; p != NULL && *p != '\0';) {
        const size_t len = strcspn(p, " ");
        ga_str_copy(code, len + 1 < sizeof(code) ? len + 1 : sizeof(code), p);
        if (!is_still_allowed(c, field, code)) {
            add_finding(c, GA_FINDING_CHOICE, field);
            return;
        }
        p += len + (p[len] == ' ');
    }
}

struct telling {
    struct checking *checking;
    const struct ga_field *teller;
};

/* Does what another field holds agree with what this one tells? A month agrees with its days. */
static void compare_told(void *ctx, const char *name, const struct ga_value *told)
{
    struct telling *telling = ctx;
    struct checking *c = telling->checking;
    const struct ga_field *field = ga_form_field(c->place->record->form, name);
    if (field == NULL || field->parent != NULL || field->is_retired || !ga_rule_shows(c->rules, c->place, field))
        return;
    const struct ga_answer *answer = ga_answers_at(c->place->record, field);
    if (answer->state != GA_ANSWERED || answer->value.kind != GA_VALUE_TEXT ||
        strncmp(told->text, answer->value.text, answer->value.len) == 0)
        return;
    struct ga_finding *finding = add_finding(c, GA_FINDING_CONTRADICTS, field);
    finding->teller = telling->teller;
    ga_str_copy(finding->told, sizeof(finding->told), told->text);
}

static void check_field(struct checking *c, const struct ga_field *field)
{
    if (field->is_retired || field->type->storage == GA_STORE_NOTHING ||
        !ga_rule_shows(c->rules, c->place, field))
        return;
    check_required(c, field);
    if (field->type->storage == GA_STORE_ROWS)
        return;
    const struct ga_answer *answer = c->place->row != NULL ? &c->place->row->answers[field->index]
                                                           : ga_answers_at(c->place->record, field);
    if (field->constraint.text != NULL && truth_of(c, GA_RULE_CONSTRAINT, field) == 0)
        add_finding(c, GA_FINDING_CONSTRAINT, field)->text = field->message;
    check_choice(c, field, answer);
    if (field->type->derive != NULL && answer->state == GA_ANSWERED && c->place->row == NULL)
        field->type->derive(field, &answer->value, c->rules->world.today, compare_told,
                            &(struct telling){.checking = c, .teller = field});
    if (field->warn.text != NULL)
        check_warning(c, field, answer);
}

static void check_rows(struct checking *c, const struct ga_field *repeat)
{
    const struct ga_rule_place *top = c->place;
    const struct ga_rows *rows = &top->record->repeats[repeat->index];
    for (size_t r = 0; r < rows->count; r++) {
        if (rows->rows[r].is_gone)
            continue;
        const struct ga_rule_place place = {
            .record = top->record, .child = top->child, .row = &rows->rows[r], .repeat = repeat};
        c->place = &place;
        for (size_t f = 0; f < repeat->fields.count; f++)
            check_field(c, &repeat->fields.items[f]);
    }
    c->place = top;
}

enum ga_rc ga_rules_check(struct ga_rules *rules, const struct ga_rule_place *place, enum ga_check_mode mode,
                          struct ga_vec *findings, struct ga_error *err)
{
    (void)err;
    struct ga_batch *batch = ga_batch_get(rules, place);
    struct checking c = {.rules = rules, .batch = batch, .place = place, .mode = mode, .findings = findings};
    const struct ga_form *form = place->record->form;
    ga_rule_begin_pass(rules);
    ga_batch_ask(rules, batch, place);
    for (size_t i = 0; i < form->all_count; i++) {
        check_field(&c, form->all[i]);
        if (form->all[i]->type->storage == GA_STORE_ROWS && !form->all[i]->is_retired &&
            ga_rule_shows(rules, place, form->all[i]))
            check_rows(&c, form->all[i]);
    }
    ga_rule_end_pass(rules);
    return GA_OK;
}

bool ga_finding_bars_saving(const struct ga_finding *finding)
{
    return finding->kind != GA_FINDING_WARN && finding->kind != GA_FINDING_PLEASE &&
           finding->kind != GA_FINDING_GAP;
}

/* The standard sentences; %1 the field's label, %2 what is told, %3 the teller's label. */
static const char *const sentences[] = {
    [GA_FINDING_REQUIRED] = GA_N_("%1 must be filled in"),
    [GA_FINDING_CONSTRAINT] = GA_N_("%1 is not possible like this"),
    [GA_FINDING_CHOICE] = GA_N_("%1 holds a choice that is no longer offered; please choose again"),
    [GA_FINDING_CONTRADICTS] = GA_N_("%1 differs from the %3, which tells: %2"),
    [GA_FINDING_WARN] = GA_N_("%1 is unusual"),
    [GA_FINDING_PLEASE] = GA_N_("please fill in %1"),
    [GA_FINDING_GAP] = GA_N_("%1 is missing"),
};

void ga_finding_text(const struct ga_finding *finding, enum ga_lang lang, struct ga_str *out)
{
    const char *label = ga_label_text(&finding->field->label, lang);
    if (finding->text.zh != NULL) {
        ga_str_addf(out, lang == GA_ZH ? "%s：%s" : "%s: %s", label, ga_label_text(&finding->text, lang));
        return;
    }
    struct ga_message msg;
    struct ga_str told = {0};
    char buf[GA_MESSAGE_BYTES];
    if (finding->kind == GA_FINDING_CONTRADICTS) {
        const struct ga_value value = ga_value_text(finding->told);
        ga_field_show(finding->field, lang, &value, &told);
    }
    ga_message_set(&msg, sentences[finding->kind], label, ga_str_text(&told),
                   finding->teller == NULL ? "" : ga_label_text(&finding->teller->label, lang));
    ga_str_add(out, ga_message_text(&msg, lang, buf, sizeof(buf)));
    ga_str_finish(&told);
}
