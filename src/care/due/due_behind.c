/* Lists the records behind one due. */
#include "guanai/care/due_behind.h"

#include "due/due_inner.h"

#include <stdlib.h>

/* Of the one child that is asked about everything is its own, whichever of its linked files it stands in. */
static long is_child(void *ctx, int64_t no)
{
    const struct ga_due *due = ctx;
    return no == due->child ? 0 : -1;
}

static enum ga_rc read_contacts(struct ga_care *care, const struct ga_due *due, struct ga_vec *contacts, struct ga_error *err)
{
    struct ga_due asked = *due;
    const struct ga_due_reading reading = {.care = care, .duty = due->duty, .child = due->child, .span = {due->child, due->child},
                                           .find_child = is_child, .ctx = &asked};
    return due->child != 0 ? ga_due_contacts_read(&reading, contacts, err)
                           : ga_due_contacts_of_place(care, due->duty, due->class_key, contacts, err);
}

static int newest_first(const void *a, const void *b)
{
    const struct ga_due_contact *x = a, *y = b;
    if (x->day != y->day)
        return x->day > y->day ? -1 : 1;
    return (x->record < y->record) - (x->record > y->record);
}

/* One form may close a duty in two ways. */
static bool is_listed(const struct ga_due_record *records, size_t count, int64_t record)
{
    for (size_t i = 0; i < count; i++)
        if (records[i].record == record)
            return true;
    return false;
}

enum ga_rc ga_due_records(struct ga_care *care, const struct ga_due *due, struct ga_arena *arena,
                          struct ga_due_record **ret_records, size_t *ret_count, struct ga_error *err)
{
    const struct ga_window *window = &due->window;
    const struct ga_date last = due->state == GA_DUE_DONE ? window->due_on : window->ends; /* later ones are the next window's */
    struct ga_vec contacts;
    size_t count = 0;
    ga_vec_init(&contacts, sizeof(struct ga_due_contact));
    enum ga_rc rc = ga_care_follow(care, err);
    if (rc == GA_OK)
        rc = read_contacts(care, due, &contacts, err);
    if (contacts.len > 1)
        qsort(contacts.items, contacts.len, sizeof(struct ga_due_contact), newest_first);
    struct ga_due_record *records = ga_arena_array(arena, contacts.len + 1, sizeof(*records));
    for (size_t i = 0; rc == GA_OK && i < contacts.len; i++) {
        const struct ga_due_contact *contact = ga_vec_at(&contacts, i);
        const struct ga_date day = ga_date_from_days(contact->day);
        if (ga_date_compare(day, window->opens) >= 0 && (last.year == 0 || ga_date_compare(day, last) <= 0) &&
            !is_listed(records, count, contact->record))
            records[count++] = (struct ga_due_record){contact->record, day, contact->is_try};
    }
    ga_vec_finish(&contacts);
    *ret_records = records;
    *ret_count = count;
    return rc;
}
