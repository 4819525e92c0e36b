/* Draws what is written, writes it as it would be typed. */
#include "year_write.h"

#include "guanai/app/entry.h"
#include "guanai/store/touched.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

uint32_t year_draw(struct year_school *year, uint32_t below)
{
    return dice_draw(&year->dice, below);
}

bool year_happens(struct year_school *year, uint32_t per_cent)
{
    return year_draw(year, 100) < per_cent;
}

const char *year_pick(struct year_school *year, const char *const *words)
{
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    return words[year_draw(year, (uint32_t)count)];
}

const struct ga_uuid *year_any_child(struct year_school *year)
{
    return &year->children[year_draw(year, (uint32_t)year->children_count)];
}

/* Lives until four others were asked for. */
const char *year_in_days(struct year_school *year, int32_t days)
{
    char *text = year->day_texts[year->day_texts_at++ % 4];
    return ga_date_iso(ga_date_add_days(year->today, days), text);
}

/* Mostly of these days, some of weeks ago. */
const char *year_recent(struct year_school *year)
{
    return year_in_days(year, -(int32_t)(year_happens(year, 75) ? year_draw(year, 3) : year_draw(year, 45)));
}

/* "a=b|c=d" into the entry; false: something may not be written so. */
static bool fill(struct ga_entry *entry, const char *pairs, struct ga_error *err)
{
    char words[600], *at = words, *pair;
    ga_str_copy(words, sizeof(words), pairs);
    while ((pair = strsep(&at, "|")) != NULL) {
        char *value = strchr(pair, '=');
        if (value == NULL)
            continue;
        *value++ = '\0';
        const struct ga_field *field = ga_form_field(entry->form, pair);
        if (field == NULL)
            fail_msg("%s has no field %s", entry->form->name, pair);
        if (ga_entry_set(entry, field, NULL, value, NULL, err) != GA_OK)
            return false;
        ga_entry_because(entry, field, "试");
    }
    return true;
}

/* Whoever wants to know what the forms refuse. */
static void tell_refused(const struct ga_entry *entry, const char *pairs, const struct ga_error *err)
{
    struct ga_str text = {0};
    if (getenv("GUANAI_YEAR_TELL") == NULL)
        return;
    ga_error_text(err, GA_EN, &text);
    print_error("refused %s %s: %s\n", entry->form->name, pairs, ga_str_text(&text));
    for (size_t i = 0; i < entry->findings.len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(const struct ga_finding, &entry->findings, i);
        ga_str_clear(&text);
        ga_finding_text(finding, GA_EN, &text);
        print_error("  %s %s\n", finding->field == NULL ? "" : finding->field->name, ga_str_text(&text));
    }
    ga_str_finish(&text);
}

static void remember(struct year_school *year, const struct ga_uuid *id, const char *form)
{
    const size_t at = year->records_count < YEAR_RECORDS ? year->records_count++ : year_draw(year, YEAR_RECORDS);
    year->records[at] = (struct year_record){*id, form};
}

static bool end(struct year_school *year, struct ga_entry *entry, const char *pairs, bool is_filled, struct ga_uuid *ret_id,
                struct ga_error *err)
{
    const bool is_saved = is_filled && ga_entry_save(entry, NULL, err) == GA_OK;
    if (is_saved && ret_id != NULL)
        *ret_id = entry->now.id;
    if (!is_saved)
        tell_refused(entry, pairs, err);
    year->saved += is_saved;
    year->refused += !is_saved;
    ga_entry_destroy(entry);
    return is_saved;
}

/* A new record; of a list its children in rows of `repeat`. */
bool year_put_list(struct year_school *year, const char *form, const struct ga_uuid *child, const char *repeat,
                     size_t rows, const char *row_pair, const char *pairs, struct ga_uuid *ret_id)
{
    struct ga_entry *entry;
    struct ga_error err = {0};
    bool is_filled = ga_entry_new(year->school.session, form, child, &entry, NULL) == GA_OK;
    assert_true(is_filled);
    entry->mode = GA_CHECK_IMPORT;
    is_filled = fill(entry, pairs, &err);
    const struct ga_field *field = repeat == NULL ? NULL : ga_form_field(entry->form, repeat);
    for (size_t i = 0; field != NULL && i < entry->now.repeats[field->index].count; i++) /* prefilled ones */
        ga_entry_drop_row(entry, &entry->now.repeats[field->index].rows[i]);
    for (size_t i = 0; field != NULL && i < rows; i++) {
        struct ga_row *row = ga_entry_add_row(entry, field);
        char id[GA_UUID_TEXT_SIZE];
        for (size_t k = 0; k < field->fields.count; k++) {
            const struct ga_field *cell = &field->fields.items[k];
            const size_t name = row_pair == NULL ? 0 : (size_t)(strchr(row_pair, '=') - row_pair);
            if (strcmp(cell->name, "child") == 0)
                is_filled &= ga_entry_set(entry, cell, row, ga_uuid_text(year_any_child(year), id), NULL, NULL) == GA_OK;
            else if (name > 0 && strlen(cell->name) == name && strncmp(cell->name, row_pair, name) == 0 && year_happens(year, 40))
                is_filled &= ga_entry_set(entry, cell, row, row_pair + name + 1, NULL, NULL) == GA_OK;
        }
    }
    struct ga_uuid id = {{0}};
    if (!end(year, entry, pairs, is_filled, &id, &err))
        return false;
    remember(year, &id, form);
    if (ret_id != NULL)
        *ret_id = id;
    return true;
}

bool year_put(struct year_school *year, const char *form, const struct ga_uuid *child, const char *format, ...)
{
    char pairs[500];
    va_list args;
    va_start(args, format);
    vsnprintf(pairs, sizeof(pairs), format, args);
    va_end(args);
    return year_put_list(year, form, child, NULL, 0, NULL, pairs, NULL);
}

bool year_change(struct year_school *year, const struct ga_uuid *record, const char *pairs)
{
    struct ga_entry *entry;
    struct ga_error err = {0};
    if (ga_entry_open(year->school.session, record, &entry, NULL) != GA_OK)
        return false;
    entry->mode = GA_CHECK_IMPORT;
    const bool is_filled = fill(entry, pairs, &err);
    const int64_t before = ga_store_last_op(year->school.session->store);
    const bool is_saved = end(year, entry, pairs, is_filled, NULL, &err);
    if (ga_store_last_op(year->school.session->store) != before)
        year_touch(year, record);
    return is_saved;
}

void year_touch(struct year_school *year, const struct ga_uuid *record)
{
    for (size_t i = 0; i < year->sent_count; i++)
        year->sent[i].touched += ga_uuid_compare(&year->sent[i].record, record) == 0;
}
