/* Looks up the records that alarms ask about. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/store/number.h"
#include "guanai/store/view.h"
#include "guanai/text/time_of_day.h"

#include <stdlib.h>
#include <string.h>

/* As for the records that close duties (due_records.c). */
enum { READ_MS = 20000 };
static const int64_t READ_STEPS = 20000000000;

/* What several rules ask of a form in the same words is read once. */
struct asked {
    const struct ga_alarm_records *records; /* the first that asks so */
    struct ga_vec looks;                    /* size_t */
};

struct ga_alarm_source {
    const struct ga_form *form;
    struct ga_vec asked; /* struct asked */
    const char **views; /* its own, then those of what settles its records */
    size_t views_count;
    struct ga_guard_scope scope;
    struct ga_stmt *stmt; /* of files from ?1 to ?2 */
};

/* Columns of the statement: these, then four of each that is asked. */
enum { CHILD, RECORD, FIRST };
enum { ON, TIME, COUNTS, ENDS, EACH };

/* A record that counts, until it is known which of them others have ended. */
struct hit {
    size_t child; /* its place among the children */
    int64_t record;
    int32_t day;
    int16_t minute;
};

struct reading {
    struct ga_alarm_looks *looks;
    struct ga_care *care;
    const struct ga_due_subjects *subjects;
    struct ga_vec *hits;  /* of each asked that records may end; else unused */
    int32_t **ended;      /* of each such, by child: the last day on which one did */
};

void ga_alarm_sources_finish(struct ga_alarms *alarms)
{
    for (size_t i = 0; i < alarms->sources_count; i++) {
        struct ga_alarm_source *source = &alarms->sources[i];
        for (size_t k = 0; k < source->asked.len; k++)
            ga_vec_finish(&GA_VEC_AT(struct asked, &source->asked, k)->looks);
        ga_vec_finish(&source->asked);
        ga_stmt_destroy(source->stmt);
    }
    free(alarms->sources);
    alarms->sources = NULL;
    alarms->sources_count = 0;
    alarms->has_sources = false;
}

static struct ga_alarm_source *source_of(struct ga_alarms *alarms, const struct ga_form *form)
{
    for (size_t i = 0; i < alarms->sources_count; i++)
        if (strcmp(alarms->sources[i].form->name, form->name) == 0)
            return &alarms->sources[i];
    struct ga_alarm_source *source = &alarms->sources[alarms->sources_count++];
    *source = (struct ga_alarm_source){.form = form};
    ga_vec_init(&source->asked, sizeof(struct asked));
    return source;
}

static bool settles_the_same(const struct ga_alarm_unless *a, const struct ga_alarm_unless *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return ga_str_equal(a->form.text, b->form.text) && ga_str_equal(a->names.text, b->names.text) &&
           ga_str_equal(a->on.text, b->on.text) && ga_str_equal(a->from.text, b->from.text);
}

static bool says_the_same(const struct ga_alarm_records *a, const struct ga_alarm_records *b)
{
    return ga_str_equal(a->on.text, b->on.text) && ga_str_equal(a->time.text, b->time.text) &&
           ga_str_equal(a->when.text, b->when.text) && ga_str_equal(a->ends.text, b->ends.text) &&
           settles_the_same(a->unless, b->unless);
}

static void add_asked(struct ga_alarm_source *source, const struct ga_alarm_records *records, size_t look)
{
    struct asked *asked = NULL;
    for (size_t i = 0; i < source->asked.len && asked == NULL; i++)
        if (says_the_same(GA_VEC_AT(struct asked, &source->asked, i)->records, records))
            asked = ga_vec_at(&source->asked, i);
    if (asked == NULL) {
        asked = ga_vec_push(&source->asked);
        asked->records = records;
        ga_vec_init(&asked->looks, sizeof(size_t));
    }
    *(size_t *)ga_vec_push(&asked->looks) = look;
}

static void list_sources(struct ga_alarms *alarms)
{
    const struct ga_alarm_rules *rules = &alarms->rules;
    size_t most = 0, base = 0;
    for (size_t i = 0; i < rules->count; i++)
        most += rules->items[i]->records.count;
    alarms->sources = ga_alloc_array(most + 1, sizeof(*alarms->sources));
    alarms->has_sources = true;
    for (size_t i = 0; i < rules->count; base += rules->items[i++]->looks_count)
        for (size_t k = 0; k < rules->items[i]->records.count; k++) {
            const struct ga_alarm_records *records = &rules->items[i]->records.items[k];
            if (records->of != NULL)
                add_asked(source_of(alarms, records->of), records, base + records->look);
        }
}

static enum ga_rc add_view(struct ga_care *care, struct ga_alarm_source *source, const struct ga_form *form, struct ga_error *err)
{
    char view[140];
    const enum ga_rc rc = ga_store_view(care->options.store, form, view, err);
    if (rc == GA_OK)
        source->views[source->views_count++] = ga_arena_strdup(&care->alarms.arena, view);
    return rc;
}

static enum ga_rc add_views(struct ga_care *care, struct ga_alarm_source *source, struct ga_error *err)
{
    source->views = ga_arena_array(&care->alarms.arena, 1 + source->asked.len, sizeof(*source->views));
    source->views_count = 0;
    enum ga_rc rc = add_view(care, source, source->form, err);
    for (size_t i = 0; rc == GA_OK && i < source->asked.len; i++) {
        const struct ga_form *form = GA_VEC_AT(const struct asked, &source->asked, i)->records->settled_by;
        if (form != NULL)
            rc = add_view(care, source, form, err);
    }
    return rc;
}

/* SELECT child, no, (day, time, (when), (ends)) … FROM v_form AS v WHERE the file is one from ?1 to ?2. */
static enum ga_rc prepare_with(struct ga_care *care, struct ga_alarm_source *source, const char *const *exprs,
                               char *const *between, struct ga_error *err)
{
    const size_t count = source->asked.len * 2;
    const struct ga_guard_shape shape = {.prefix = between[0], .suffix = between[count],
                                         .separators = (const char *const *)between + 1, .exprs = exprs,
                                         .exprs_count = count, .columns = FIRST + EACH * (int)source->asked.len};
    enum ga_rc rc = add_views(care, source, err);
    source->scope = (struct ga_guard_scope){.kind = GA_GUARD_VIEW, .views = source->views, .views_count = source->views_count,
                                            .max_steps = READ_STEPS, .max_ms = READ_MS};
    if (rc == GA_OK)
        rc = ga_guard_prepare(ga_store_db(care->options.store), &source->scope, &shape,
                              &source->stmt, NULL, err);
    if (rc != GA_OK)
        ga_error_where(err, "forms/%s", GA_ALARMS_FOLDER);
    return rc;
}

static const char *quoted(struct ga_arena *arena, const char *name)
{
    return name == NULL ? "NULL" : ga_arena_printf(arena, "v.\"%s\"", name);
}

/* "", or what a record of another form takes away: the same rule as in report.c. */
static const char *unsettled(struct ga_arena *arena, const struct ga_alarm_records *records)
{
    const struct ga_alarm_unless *unless = records->unless;
    if (records->settled_by == NULL)
        return "";
    return ga_arena_printf(arena, " AND NOT EXISTS (SELECT 1 FROM v_%s AS s WHERE s._child = v._child AND (s.\"%s\" = v.id"
                           " OR (s.\"%s\" IS NULL AND s.\"%s\" >= coalesce(v.\"%s\", ''))))",
                           records->settled_by->name, unless->names.text, unless->names.text, unless->on.text, unless->from.text);
}

static enum ga_rc prepare(struct ga_care *care, struct ga_alarm_source *source, struct ga_error *err)
{
    struct ga_arena arena = {0};
    const size_t count = source->asked.len * 2;
    const char **exprs = ga_arena_array(&arena, count, sizeof(*exprs));
    char **between = ga_arena_array(&arena, count + 1, sizeof(*between));
    const char *before = "SELECT v._child, v.no";
    for (size_t i = 0; i < source->asked.len; i++) {
        const struct ga_alarm_records *records = GA_VEC_AT(const struct asked, &source->asked, i)->records;
        between[2 * i] = ga_arena_printf(&arena, "%s, %s, %s, ((", before, quoted(&arena, records->on.text),
                                         quoted(&arena, records->time.text));
        between[2 * i + 1] = ga_arena_printf(&arena, ") AND 1%s), ((", unsettled(&arena, records));
        exprs[2 * i] = records->when.text != NULL ? records->when.text : "1";
        exprs[2 * i + 1] = records->ends.text != NULL ? records->ends.text : "0";
        before = ") AND 1)";
    }
    between[count] = ga_arena_printf(&arena, "%s FROM v_%s AS v WHERE v._file BETWEEN ?1 AND ?2", before,
                                     source->form->name);
    enum ga_rc rc = prepare_with(care, source, exprs, between, err);
    ga_arena_finish(&arena);
    return rc;
}

static void add_hit(const struct reading *r, size_t look, const struct hit *hit)
{
    uint32_t *place = &r->looks->places[look * r->looks->nos_count + hit->child];
    if (*place == 0) {
        *(struct ga_alarm_look *)ga_vec_push(&r->looks->values) = (struct ga_alarm_look){
            .first = INT32_MAX, .last = INT32_MIN, .first_minute = -1};
        *place = (uint32_t)r->looks->values.len;
    }
    struct ga_alarm_look *value = ga_vec_at(&r->looks->values, *place - 1);
    value->count++;
    if (hit->day < value->first || (hit->day == value->first && hit->minute >= 0 &&
                                    (value->first_minute < 0 || hit->minute < value->first_minute)))
        value->first_minute = hit->minute;
    if (hit->day < value->first)
        value->first = hit->day;
    if (hit->day > value->last || (hit->day == value->last && hit->record > value->record))
        value->record = hit->record;
    if (hit->day > value->last)
        value->last = hit->day;
}

static void add_to_looks(const struct reading *r, const struct asked *asked, const struct hit *hit)
{
    for (size_t i = 0; i < asked->looks.len; i++)
        add_hit(r, *GA_VEC_AT(const size_t, &asked->looks, i), hit);
}

static int16_t minute_of(struct ga_stmt *stmt, int column)
{
    const char *text = ga_stmt_column_text(stmt, column);
    int minutes;
    return text != NULL && ga_time_of_day_parse(text, &minutes, NULL) == GA_OK ? (int16_t)minutes : -1;
}

static void take(const struct reading *r, const struct ga_alarm_source *source, struct ga_stmt *stmt)
{
    const long child = ga_due_subjects_find(r->subjects, ga_stmt_column_int(stmt, CHILD));
    for (size_t i = 0; child >= 0 && i < source->asked.len; i++) {
        const struct asked *asked = GA_VEC_AT(const struct asked, &source->asked, i);
        const int at = FIRST + EACH * (int)i;
        const bool counts = ga_stmt_column_int(stmt, at + COUNTS) != 0, ends = ga_stmt_column_int(stmt, at + ENDS) != 0;
        const char *on = counts || ends ? ga_stmt_column_text(stmt, at + ON) : NULL;
        struct ga_date day;
        if (on == NULL || !ga_date_from_iso(on, &day) || !ga_date_is_day(day))
            continue;
        const struct hit hit = {(size_t)child, ga_stmt_column_int(stmt, RECORD), ga_date_to_days(day),
                                counts ? minute_of(stmt, at + TIME) : -1};
        if (ends && hit.day > r->ended[i][child])
            r->ended[i][child] = hit.day;
        if (counts && asked->records->ends.text == NULL)
            add_to_looks(r, asked, &hit);
        else if (counts)
            *(struct hit *)ga_vec_push(&r->hits[i]) = hit;
    }
}

static enum ga_rc read_files(const struct reading *r, const struct ga_alarm_source *source, int64_t from, int64_t to,
                             struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    ga_stmt_bind_int(source->stmt, 1, from);
    ga_stmt_bind_int(source->stmt, 2, to);
    while ((rc = ga_stmt_step(source->stmt, &has_row, err)) == GA_OK && has_row)
        take(r, source, source->stmt);
    ga_stmt_reset(source->stmt);
    return rc;
}

static enum ga_rc read_rows(const struct reading *r, struct ga_alarm_source *source, struct ga_error *err)
{
    const struct ga_due_span *span = &r->subjects->span;
    struct ga_vec nos;
    ga_vec_init(&nos, sizeof(int64_t));
    enum ga_rc rc = source->stmt == NULL ? prepare(r->care, source, err) : GA_OK;
    if (rc == GA_OK)
        rc = ga_store_files_outside(r->care->options.store, span->from, span->to, &nos, err);
    if (rc == GA_OK)
        rc = read_files(r, source, span->from, span->to, err);
    for (size_t i = 0; rc == GA_OK && i < nos.len; i++) {
        const int64_t no = *GA_VEC_AT(const int64_t, &nos, i);
        rc = read_files(r, source, no, no, err);
    }
    ga_vec_finish(&nos);
    return rc;
}

/* What was ended on its own day or later is gone. */
static void take_hits(const struct reading *r, const struct ga_alarm_source *source, size_t i)
{
    for (size_t k = 0; k < r->hits[i].len; k++) {
        const struct hit *hit = GA_VEC_AT(const struct hit, &r->hits[i], k);
        if (hit->day > r->ended[i][hit->child])
            add_to_looks(r, GA_VEC_AT(const struct asked, &source->asked, i), hit);
    }
}

static enum ga_rc read_source(struct reading *r, struct ga_alarm_source *source, struct ga_error *err)
{
    struct ga_arena arena = {0};
    const size_t asked = source->asked.len, children = r->looks->nos_count;
    r->hits = ga_arena_array(&arena, asked, sizeof(*r->hits));
    r->ended = ga_arena_array(&arena, asked, sizeof(*r->ended));
    for (size_t i = 0; i < asked; i++) {
        ga_vec_init(&r->hits[i], sizeof(struct hit));
        if (GA_VEC_AT(const struct asked, &source->asked, i)->records->ends.text == NULL)
            continue;
        r->ended[i] = ga_arena_array(&arena, children + 1, sizeof(int32_t));
        for (size_t k = 0; k < children; k++)
            r->ended[i][k] = INT32_MIN;
    }
    enum ga_rc rc = read_rows(r, source, err);
    for (size_t i = 0; i < asked; i++) {
        if (rc == GA_OK)
            take_hits(r, source, i);
        ga_vec_finish(&r->hits[i]);
    }
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_alarm_looks_read(struct ga_alarm_looks *looks, struct ga_care *care, const struct ga_due_subjects *subjects,
                               struct ga_error *err)
{
    struct ga_alarms *alarms = &care->alarms;
    struct reading reading = {.looks = looks, .care = care, .subjects = subjects};
    size_t count = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < alarms->rules.count; i++)
        count += alarms->rules.items[i]->looks_count;
    *looks = (struct ga_alarm_looks){.subjects = subjects, .nos_count = subjects->list.len};
    looks->places = ga_alloc_array(count * subjects->list.len + 1, sizeof(*looks->places));
    ga_vec_init(&looks->values, sizeof(struct ga_alarm_look));
    if (!alarms->has_sources)
        list_sources(alarms);
    for (size_t i = 0; rc == GA_OK && i < alarms->sources_count; i++)
        rc = read_source(&reading, &alarms->sources[i], err);
    return rc;
}

const struct ga_alarm_look *ga_alarm_looks_find(const struct ga_alarm_looks *looks, int64_t child, size_t look)
{
    const long at = ga_due_subjects_find(looks->subjects, child);
    const uint32_t place = at < 0 ? 0 : looks->places[look * looks->nos_count + (size_t)at];
    return place == 0 ? NULL : ga_vec_at(&looks->values, place - 1);
}

void ga_alarm_looks_finish(struct ga_alarm_looks *looks)
{
    free(looks->places);
    ga_vec_finish(&looks->values);
}
