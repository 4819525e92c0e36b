/* Reads what others must know of a record without opening it. */
#include "guanai/app/record_face.h"

#include "guanai/base/str.h"
#include "guanai/crypt/hash.h"
#include "guanai/form/type.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"

#include <stdio.h>
#include <string.h>

static const char PURPOSE[] = "guanai.says";

const char *ga_print_text(const uint8_t *bytes, char *buf, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    uint32_t bits = 0;
    int have = 0;
    for (size_t i = 0; i + 1 < size; i++) {
        if (have < 6) {
            bits = bits << 8 | *bytes++;
            have += 8;
        }
        buf[i] = digits[bits >> (have - 6) & 63];
        have -= 6;
    }
    buf[size - 1] = '\0';
    return buf;
}

/* Who confirmed a reason is no part of what it says: that is the act the print is taken for. */
static bool is_said(const struct ga_field *field)
{
    return field->fields.count == 0 && strncmp(field->name, "confirmed_", 10) != 0;
}

static void add_answer(struct ga_hasher *hasher, const char *name, const struct ga_answer *answer)
{
    char head[32];
    if (answer->state == GA_EMPTY)
        return;
    const struct ga_value *value = &answer->value;
    ga_hasher_add(hasher, name, strlen(name) + 1);
    snprintf(head, sizeof(head), "%d %d ", (int)answer->state, (int)value->kind);
    ga_hasher_add(hasher, head, strlen(head));
    if (value->kind == GA_VALUE_INTEGER)
        snprintf(head, sizeof(head), "%lld", (long long)value->integer);
    else if (value->kind == GA_VALUE_REAL)
        snprintf(head, sizeof(head), "%.17g", value->real);
    else
        head[0] = '\0';
    ga_hasher_add(hasher, head, strlen(head) + 1);
    if (value->text != NULL)
        ga_hasher_add(hasher, value->text, value->len);
}

static void add_rows(struct ga_hasher *hasher, const struct ga_field *repeat, const struct ga_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].is_gone)
            continue;
        ga_hasher_add(hasher, repeat->name, strlen(repeat->name) + 1);
        for (size_t k = 0; k < repeat->fields.count; k++)
            add_answer(hasher, repeat->fields.items[k].name, &rows->rows[i].answers[k]);
    }
}

static void print(const struct ga_answers *answers, uint8_t ret_print[GA_PRINT_BYTES])
{
    struct ga_hasher hasher;
    struct ga_hash hash;
    ga_hasher_start(&hasher, PURPOSE);
    for (size_t i = 0; i < answers->form->all_count; i++) {
        const struct ga_field *field = answers->form->all[i];
        if (field->fields.count > 0)
            add_rows(&hasher, field, &answers->repeats[field->index]);
        else if (is_said(field))
            add_answer(&hasher, field->name, ga_answers_at(answers, field));
    }
    ga_hasher_finish(&hasher, &hash);
    memcpy(ret_print, hash.bytes, GA_PRINT_BYTES);
}

static bool names_doer(const struct ga_field *field)
{
    return strcmp(field->type->name, "person") == 0 && ga_str_equal(field->default_value.text, "user()");
}

static void take_answers(struct ga_record_face *face, const struct ga_answers *answers, struct ga_arena *arena)
{
    for (size_t i = 0; i < face->form->all_count; i++) {
        const struct ga_field *field = face->form->all[i];
        const struct ga_answer *answer = ga_answers_at(answers, field);
        if (answer->state != GA_ANSWERED || answer->value.kind != GA_VALUE_TEXT)
            continue;
        if (face->doer == NULL && names_doer(field))
            face->doer = ga_arena_strdup(arena, answer->value.text);
        if (face->day.year == 0 && strcmp(field->type->name, "date") == 0)
            ga_date_from_iso(answer->value.text, &face->day);
    }
}

enum ga_rc ga_record_face_read(struct ga_session *session, const struct ga_uuid *id, struct ga_arena *arena,
                               struct ga_record_face *ret_face, struct ga_error *err)
{
    struct ga_record_face face = {.id = *id};
    struct ga_answers answers;
    struct ga_made made;
    enum ga_rc rc = ga_store_form_of(session->store, id, &face.form, err);
    if (rc == GA_OK)
        rc = ga_store_read_made(session->store, face.form, id, &answers, arena, &made, err);
    if (rc != GA_OK)
        return rc;
    face.child = answers.child;
    take_answers(&face, &answers, arena);
    face.user = made.user;
    face.typist = made.typist;
    if (face.doer == NULL)
        face.doer = made.user;
    print(&answers, face.print);
    ga_answers_finish(&answers);
    *ret_face = face;
    return GA_OK;
}

const char *ga_record_face_text(struct ga_session *session, const struct ga_record_face *face, enum ga_lang lang,
                                struct ga_arena *arena)
{
    struct ga_roster_row child = {.name = ""};
    char day[16] = "";
    if (!ga_uuid_is_zero(&face->child))
        ga_roster_row(session->store, &face->child, lang, arena, &child, NULL);
    if (face->day.year != 0)
        snprintf(day, sizeof(day), "%02d-%02d ", face->day.month, face->day.day);
    return ga_arena_printf(arena, "%s%s%s%s", child.name, child.name[0] != '\0' ? " " : "", day,
                           ga_label_text(&face->form->title, lang));
}
