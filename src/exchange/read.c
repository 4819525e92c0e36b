/* Turns one row of a sheet into answers. */
#include "inner.h"
#include "states.h"

#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/text/class_name.h"
#include "guanai/text/phone.h"

#include <stdlib.h>
#include <string.h>

void ga_reading_init(struct ga_import *import, struct reading *reading)
{
    *reading = (struct reading){0};
    ga_answers_init(&reading->own, import->form);
    if (import->child != NULL)
        ga_answers_init(&reading->finder, import->child);
    ga_vec_init(&reading->faults, sizeof(struct ga_message));
    ga_vec_init(&reading->notes, sizeof(struct ga_message));
}

void ga_reading_finish(struct reading *reading)
{
    if (reading->own.form == NULL)
        return;
    ga_answers_finish(&reading->own);
    if (reading->finder.form != NULL)
        ga_answers_finish(&reading->finder);
    ga_vec_finish(&reading->faults);
    ga_vec_finish(&reading->notes);
    *reading = (struct reading){0};
}

struct ga_message *ga_add_message(struct ga_vec *messages)
{
    return ga_vec_push(messages);
}

const char *ga_label_of(const struct ga_import *import, const struct ga_field *field)
{
    return ga_label_text(&field->label, import->lang);
}

static const char *text_of(const struct ga_answers *answers, const char *name)
{
    const struct ga_field *field = answers->form == NULL ? NULL : ga_form_field(answers->form, name);
    if (field == NULL || field->parent != NULL)
        return NULL;
    const struct ga_answer *answer = ga_answers_at(answers, field);
    return answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT ? answer->value.text : NULL;
}

const char *ga_reading_name(const struct reading *reading)
{
    const char *name = text_of(&reading->own, "name");
    if (name == NULL)
        name = text_of(&reading->finder, "name");
    if (name == NULL)
        name = text_of(&reading->finder, "id_number");
    for (size_t i = 0; name == NULL && i < reading->own.form->all_count; i++)
        if (reading->own.answers[i].value.kind == GA_VALUE_TEXT)
            name = reading->own.answers[i].value.text;
    return name == NULL ? "" : name;
}

/* One row on its way through its columns. */
struct pass {
    struct ga_import *import;
    struct reading *reading;
    const struct source_sheet *source;
    const struct ga_sheet_row *row;
    const char *grade, *class; /* raw cells; read together at the end */
};

/* 身份证号：… – unless the sentence names its field itself. */
static void add_named(const struct pass *pass, struct ga_vec *into, const struct ga_field *field, const char *words)
{
    const char *label = ga_label_of(pass->import, field);
    if (ga_str_starts(words, label))
        ga_message_set(ga_add_message(into), "%1", words);
    else
        ga_message_set(ga_add_message(into), "%1: %2", label, words);
}

static void add_fault(struct pass *pass, const struct ga_field *field, const struct ga_error *err)
{
    struct ga_str words = {0};
    ga_error_text(err, pass->import->lang, &words);
    add_named(pass, &pass->reading->faults, field, ga_str_text(&words));
    ga_str_finish(&words);
}

static void add_note(struct pass *pass, const struct ga_field *field, const struct ga_message *message)
{
    char words[GA_MESSAGE_BYTES];
    ga_message_text(message, pass->import->lang, words, sizeof(words));
    add_named(pass, &pass->reading->notes, field, words);
}

/* Blanks round a word do not change it. */
static bool is_word(const char *text, const char *const *words)
{
    while (*text == ' ')
        text++;
    size_t len = strlen(text);
    while (len > 0 && text[len - 1] == ' ')
        len--;
    for (; *words != NULL; words++)
        if (**words == *text && strlen(*words) == len && memcmp(*words, text, len) == 0)
            return true;
    return false;
}

static bool says_unknown(const char *text)
{
    static const char *const words[] = {"不详", "不知道", "未知", "不清楚", "unknown", NULL};
    return is_word(text, words);
}

/* How rosters leave a cell empty where no words are expected. */
static bool says_nothing(const char *text)
{
    static const char *const words[] = {"/", "\\", "-", "--", "—", "——", "－", "无", NULL};
    return is_word(text, words);
}

/* 无 is not applicable to a phone; 不详 is an answer, except where something must stand (a name). */
static bool set_state(const struct pass *pass, struct ga_answers *answers, const struct ga_field *field, const char *text)
{
    const bool must_stand = field->required == GA_REQUIRED_TRUE || field->required == GA_REQUIRED_ANSWERED;
    const enum ga_answer_state said = must_stand ? GA_EMPTY : ga_state_by_words(&pass->import->state_words, text);
    if (ga_str_equal(field->type->name, "phone") && ga_phone_says_none(text))
        ga_answers_set_state(answers, field, GA_NOT_APPLICABLE);
    else if (says_unknown(text) && !must_stand)
        ga_answers_set_state(answers, field, GA_UNKNOWN);
    else if (said != GA_EMPTY)
        ga_answers_set_state(answers, field, said);
    else
        return false;
    return true;
}

static bool has_list(const struct ga_field *field)
{
    return field->list != NULL || ga_str_equal(field->type->name, "boolean");
}

static void take(struct pass *pass, struct ga_answers *answers, const struct ga_field *field, const char *text)
{
    struct ga_error err = {0};
    struct ga_value value;
    struct ga_message warning;
    struct ga_arena *arena = &answers->arena;
    const struct ga_parse_context ctx = {.today = pass->import->today, .record = answers, .is_import = true,
                                         .lang = pass->import->lang};
    if (ga_state_by_code(text) != GA_EMPTY) {
        ga_answers_set_state(answers, field, ga_state_by_code(text));
        return;
    }
    if (!has_list(field) && set_state(pass, answers, field, text))
        return;
    enum ga_rc rc = ga_field_parse(field, &ctx, text, arena, &value, &warning, &err);
    if (rc == GA_OK) {
        ga_answers_at(answers, field)->value = value; /* its text is in the answers' own arena already */
        ga_answers_at(answers, field)->state = value.kind == GA_VALUE_NULL ? GA_EMPTY : GA_ANSWERED;
        if (warning.id != NULL)
            add_note(pass, field, &warning);
    } else if (!(has_list(field) && set_state(pass, answers, field, text)) &&
               !(!field->type->is_text && says_nothing(text))) {
        add_fault(pass, field, &err);
    }
}

/* A number that is wrong finds nobody, but says whom the row may mean: match.c looks for its mends. */
static void take_finder(struct pass *pass, const struct ga_field *field, const char *text)
{
    const size_t faults = pass->reading->faults.len;
    take(pass, &pass->reading->finder, field, text);
    if (pass->reading->faults.len > faults && ga_str_equal(field->name, "id_number")) {
        ga_vec_remove(&pass->reading->faults, faults);
        pass->reading->raw_id_number = text;
    }
}

static void take_cell(struct pass *pass, size_t i)
{
    const struct column *column = &pass->source->columns[i];
    const struct ga_field *field = column->own != NULL ? column->own : column->finder;
    const char *text = ga_cell_text(pass->row, i);
    if (i < pass->row->cells_count && pass->row->cells[i].kind == GA_CELL_ERROR) {
        ga_message_set(ga_add_message(&pass->reading->notes), "%1: the sheet shows an error here (%2), taken as empty",
                       ga_label_of(pass->import, field), text);
        return;
    }
    if (column->own != NULL)
        take(pass, &pass->reading->own, field, text);
    else
        take_finder(pass, field, text);
}

/* The columns grade and class of a form of children are read as one name of a class. */
static const struct ga_field *class_field(const struct ga_form *form)
{
    const struct ga_field *grade = ga_form_field(form, "grade"), *class = ga_form_field(form, "class");
    return grade != NULL && class != NULL && grade->list != NULL && ga_str_equal(grade->list->name, "grade") &&
                   class->type->is_text ? class : NULL;
}

static struct ga_answers *class_answers(struct pass *pass)
{
    if (class_field(pass->import->form) != NULL)
        return &pass->reading->own;
    return pass->import->child != NULL && class_field(pass->import->child) != NULL ? &pass->reading->finder : NULL;
}

static void set_text(struct ga_answers *answers, const char *name, const char *text)
{
    const struct ga_value value = ga_value_text(text);
    if (text[0] != '\0')
        ga_answers_set(answers, ga_form_field(answers->form, name), &value);
}

/* A sheet named 三年级2班 says it for every row that does not; `grade` is the row's own, "" without. */
static bool class_of_sheet(const struct pass *pass, const char *grade, struct ga_class_name *ret_name)
{
    const char *name = pass->import->sheets[pass->import->at_sheet].name;
    return name[0] != '\0' &&
           ga_class_name_parse(name, pass->import->school_year, ret_name, NULL, NULL) == GA_OK &&
           (ret_name->second_grade[0] == '\0' ||
            ga_class_name_parse_columns(grade, name, pass->import->school_year, ret_name, NULL, NULL) == GA_OK);
}

/* A word of the school's own is kept as it stands, the grade by its list. */
static void keep_words(struct pass *pass, struct ga_answers *answers, const char *grade, const char *class)
{
    if (grade[0] != '\0')
        take(pass, answers, ga_form_field(answers->form, "grade"), grade);
    if (class[0] != '\0')
        take(pass, answers, ga_form_field(answers->form, "class"), class);
}

static void take_class_of_sheet(const struct pass *pass, struct ga_answers *answers, struct ga_class_name *name)
{
    struct ga_class_name of_sheet = {0};
    if (!class_of_sheet(pass, name->grade, &of_sheet))
        return;
    if (name->grade[0] == '\0' && text_of(answers, "grade") == NULL)
        ga_str_copy(name->grade, sizeof(name->grade), of_sheet.grade);
    if (name->number[0] == '\0' && text_of(answers, "class") == NULL && ga_str_equal(name->grade, of_sheet.grade))
        ga_str_copy(name->number, sizeof(name->number), of_sheet.number);
}

static enum ga_rc read_class(struct pass *pass, const char *grade, const char *class, struct ga_class_name *ret_name,
                             struct ga_message *warning, struct ga_error *err)
{
    const size_t grade_len = strlen(grade), class_len = strlen(class);
    const uint64_t hash = ga_map_hash(grade, grade_len) * 31 + ga_map_hash(class, class_len);
    struct read_class *known = &pass->reading->classes[hash % READ_CLASSES];
    if (class_len > 0 && strcmp(known->class, class) == 0 && strcmp(known->grade, grade) == 0) {
        *ret_name = known->name;
        return GA_OK;
    }
    const enum ga_rc rc = ga_class_name_parse_columns(grade, class, pass->import->school_year, ret_name, warning, err);
    if (rc == GA_OK && warning->id == NULL && grade_len < sizeof(known->grade) && class_len < sizeof(known->class)) {
        memcpy(known->grade, grade, grade_len + 1);
        memcpy(known->class, class, class_len + 1);
        known->name = *ret_name;
    }
    return rc;
}

static void take_class(struct pass *pass, struct ga_answers *answers)
{
    struct ga_class_name name = {0};
    struct ga_message warning = {0};
    struct ga_error err = {0};
    const char *grade = pass->grade != NULL ? pass->grade : "", *class = pass->class != NULL ? pass->class : "";
    const enum ga_rc rc = read_class(pass, grade, class, &name, &warning, &err);
    if (rc == GA_REFUSED)
        add_fault(pass, class_field(answers->form), &err);
    else if (rc != GA_OK)
        keep_words(pass, answers, grade, class);
    take_class_of_sheet(pass, answers, &name);
    set_text(answers, "grade", name.grade);
    set_text(answers, "class", name.number);
    if (rc == GA_OK && warning.id != NULL)
        add_note(pass, class_field(answers->form), &warning);
}

/* True when the cell is one of the two that make the class. */
static bool holds_class(struct pass *pass, const struct ga_field *field, const struct ga_answers *of_class, size_t i)
{
    const bool is_grade = strcmp(field->name, "grade") == 0;
    if (of_class == NULL || (!is_grade && strcmp(field->name, "class") != 0) ||
        ga_form_field(of_class->form, field->name) != field)
        return false;
    *(is_grade ? &pass->grade : &pass->class) = ga_cell_text(pass->row, i);
    return true;
}

struct derived {
    struct ga_answers *answers;
};

/* An ID number fills in the birth date and the sex that the row leaves out. */
static void fill_told(void *ctx, const char *name, const struct ga_value *value)
{
    struct ga_answers *answers = ((struct derived *)ctx)->answers;
    const struct ga_field *field = ga_form_field(answers->form, name);
    if (field != NULL && field->parent == NULL && ga_answers_at(answers, field)->state == GA_EMPTY)
        ga_answers_set(answers, field, value);
}

static void fill_derived(struct ga_import *import, struct ga_answers *answers)
{
    for (size_t i = 0; i < answers->form->all_count; i++) {
        const struct ga_field *field = answers->form->all[i];
        if (field->type->derive != NULL && answers->answers[i].state == GA_ANSWERED)
            field->type->derive(field, &answers->answers[i].value, import->today, fill_told,
                                &(struct derived){answers});
    }
}

/* The same words in another order of columns give the same number. */
static uint64_t sum_answers(const struct ga_answers *answers)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < answers->form->all_count; i++) {
        const struct ga_answer *answer = &answers->answers[i];
        if (answer->state == GA_EMPTY)
            continue;
        uint64_t one = ga_map_hash(&(uint32_t[2]){(uint32_t)i, (uint32_t)answer->state}, 8);
        if (answer->value.kind == GA_VALUE_TEXT)
            one ^= ga_map_hash(answer->value.text, answer->value.len);
        else if (answer->value.kind == GA_VALUE_INTEGER)
            one ^= ga_map_hash(&answer->value.integer, sizeof(answer->value.integer));
        sum = (sum ^ one) * 0x9E3779B97F4A7C15u;
        sum ^= sum >> 29;
    }
    return sum;
}

/* In the memory of the row before. */
static void start_reading(struct ga_import *import, struct reading *reading)
{
    if (reading->own.form == NULL) {
        ga_reading_init(import, reading);
        return;
    }
    ga_answers_reset(&reading->own);
    if (reading->finder.form != NULL)
        ga_answers_reset(&reading->finder);
    ga_vec_clear(&reading->faults);
    ga_vec_clear(&reading->notes);
    reading->raw_id_number = NULL;
}

void ga_read_row(struct ga_import *import, const struct ga_sheet_row *row, struct reading *reading)
{
    start_reading(import, reading);
    struct pass pass = {
        .import = import, .reading = reading, .source = &import->sources[import->at_sheet], .row = row};
    struct ga_answers *of_class = class_answers(&pass);
    size_t last[KEY_FIELDS_MAX], last_count = 0; /* ID numbers: advice about them wants sex and birth first */
    for (size_t i = 0; i < pass.source->columns_count; i++) {
        const struct column *column = &pass.source->columns[i];
        const struct ga_field *field = column->own != NULL ? column->own : column->finder;
        if (field == NULL || field->calculation.text != NULL || holds_class(&pass, field, of_class, i) ||
            ga_cell_text(row, i)[0] == '\0')
            continue;
        if (field->type->derive != NULL && last_count < KEY_FIELDS_MAX)
            last[last_count++] = i;
        else
            take_cell(&pass, i);
    }
    for (size_t i = 0; i < last_count; i++)
        take_cell(&pass, last[i]);
    if (of_class != NULL)
        take_class(&pass, of_class);
    reading->sum = sum_answers(&reading->own) ^ (reading->finder.form == NULL ? 0 : sum_answers(&reading->finder) << 1);
    fill_derived(import, &reading->own);
}
