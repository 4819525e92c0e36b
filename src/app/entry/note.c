/* Notes on their way: half-typed, waiting for a record to be made, written. */
#include "guanai/app/note.h"

#include "guanai/store/record.h"
#include "private.h"

#include <stdio.h>
#include <string.h>

/* "siblings.age" */
static const char *name_field(const struct ga_field *field, char *buf, size_t size)
{
    snprintf(buf, size, "%s%s%s", field->parent != NULL ? field->parent->name : "", field->parent != NULL ? "." : "",
             field->name);
    return buf;
}

/* A note on a field of a new record: kept in the draft, written when the record is saved. Refusals: store/note.h. */
static enum ga_rc note_on_draft(struct ga_entry *entry, const struct ga_field *field, const struct ga_uuid *row,
                                const char *text, struct ga_error *err)
{
    char name[140];
    enum ga_rc rc = ga_note_check(text, err);
    if (rc != GA_OK)
        return rc;
    struct ga_draft_note *note = ga_vec_push(&entry->notes);
    note->field = ga_arena_strdup(&entry->noted, name_field(field, name, sizeof(name)));
    note->text = ga_arena_strdup(&entry->noted, text);
    if (row != NULL)
        note->row = *row;
    entry->is_changed = true;
    return GA_OK;
}

void ga_entry_take_notes(struct ga_entry *entry, const struct ga_draft_note *notes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct ga_draft_note *note = ga_vec_push(&entry->notes);
        *note = (struct ga_draft_note){.field = ga_arena_strdup(&entry->noted, notes[i].field),
                                       .row = notes[i].row,
                                       .text = ga_arena_strdup(&entry->noted, notes[i].text)};
    }
}

enum ga_rc ga_entry_write_notes(struct ga_entry *entry, struct ga_save *save, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < entry->notes.len; i++) {
        const struct ga_draft_note *note = ga_vec_at(&entry->notes, i);
        const struct ga_field *field = ga_form_field(entry->form, note->field);
        if (field != NULL) /* the form may have lost it while the draft waited */
            rc = ga_save_note(save, &entry->now.id, field, &note->row, note->text, err);
    }
    return rc;
}

static void name_setting(const struct ga_session *session, char *buf, size_t size)
{
    snprintf(buf, size, "note.half.%s", ga_store_user(session->store));
}

/* The first line says where: form, record, child, field, row. */
static void say_place(const struct ga_note_place *place, struct ga_str *out)
{
    char record[GA_UUID_TEXT_SIZE], child[GA_UUID_TEXT_SIZE], row[GA_UUID_TEXT_SIZE], field[140];
    ga_str_addf(out, "%s %s %s %s %s\n", place->form->name, ga_uuid_text(&place->record, record),
                ga_uuid_text(&place->child, child), name_field(place->field, field, sizeof(field)),
                ga_uuid_text(&place->row, row));
}

enum ga_rc ga_note_keep_half(struct ga_session *session, const struct ga_note_place *place, const char *text,
                             struct ga_error *err)
{
    char name[256];
    struct ga_str value = {0};
    name_setting(session, name, sizeof(name));
    if (text[0] != '\0') {
        say_place(place, &value);
        ga_str_add(&value, text);
    }
    enum ga_rc rc = ga_store_set_setting(session->store, name, ga_str_text(&value), err);
    ga_str_finish(&value);
    return rc;
}

static void read_setting(struct ga_session *session, struct ga_str *out)
{
    char name[256];
    name_setting(session, name, sizeof(name));
    ga_store_read_setting(session->store, name, out, NULL);
}

void ga_note_read_half(struct ga_session *session, const struct ga_note_place *place, struct ga_str *out)
{
    struct ga_str kept = {0}, wanted = {0};
    read_setting(session, &kept);
    say_place(place, &wanted);
    if (ga_str_starts(ga_str_text(&kept), ga_str_text(&wanted)))
        ga_str_add(out, ga_str_text(&kept) + wanted.len);
    ga_str_finish(&kept);
    ga_str_finish(&wanted);
}

bool ga_note_find_half(struct ga_session *session, struct ga_note_place *ret_place)
{
    struct ga_str kept = {0};
    char form[64], record[40], child[40], field[140], row[40];
    struct ga_note_place place = {0};
    read_setting(session, &kept);
    const bool is_there = sscanf(ga_str_text(&kept), "%63s %39s %39s %139s %39s", form, record, child, field, row) == 5;
    ga_str_finish(&kept);
    if (!is_there || !ga_uuid_parse(record, &place.record) || ga_uuid_is_zero(&place.record) ||
        !ga_uuid_parse(child, &place.child) || !ga_uuid_parse(row, &place.row) ||
        ga_store_form_of(session->store, &place.record, &place.form, NULL) != GA_OK)
        return false;
    place.field = ga_form_field(place.form, field);
    if (place.field == NULL)
        return false;
    *ret_place = place;
    return true;
}

static enum ga_rc write_now(struct ga_session *session, const struct ga_note_place *place, const char *text,
                            struct ga_error *err)
{
    struct ga_save *save;
    char name[256];
    name_setting(session, name, sizeof(name));
    enum ga_rc rc = ga_save_begin(session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_save_note(save, &place->record, place->field, &place->row, text, err);
    if (rc == GA_OK)
        rc = ga_store_set_setting(session->store, name, "", err);
    return ga_app_end_save(save, rc, err);
}

enum ga_rc ga_note_write(struct ga_session *session, const struct ga_note_place *place, const char *text,
                         struct ga_error *err)
{
    char field[140];
    if (place->entry == NULL)
        return write_now(session, place, text, err);
    enum ga_rc rc = note_on_draft(place->entry, place->field, &place->row, text, err);
    if (rc == GA_OK) /* into the draft first: in between it would be nowhere */
        rc = place->keep != NULL
                 ? place->keep(place->keep_ctx, err)
                 : ga_entry_keep_draft(place->entry, name_field(place->field, field, sizeof(field)), err);
    return rc == GA_OK ? ga_note_keep_half(session, place, "", err) : rc;
}
