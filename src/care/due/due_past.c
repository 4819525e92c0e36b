/* Knows who was in which class in a school year that is over. */
#include "due/due_past.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/order.h"
#include "guanai/care/past.h"
#include "guanai/store/life.h"
#include "guanai/store/number.h"
#include "guanai/store/touched.h"
#include "guanai/store/view.h"
#include "guanai/text/class_name.h"
#include "guanai/text/translate.h"

#include <stdlib.h>
#include <string.h>

static int year_of(struct ga_date day)
{
    return ga_class_name_school_year(day);
}

bool ga_care_is_over(const struct ga_care *care, struct ga_date day)
{
    return day.year != 0 && year_of(day) < year_of(ga_store_today(care->options.store));
}

bool ga_due_past_is_asked(const struct ga_due_listing *l)
{
    return ga_care_is_over(l->care, l->ask->span.to);
}

int ga_due_past_year_named(const struct ga_care *care, const struct ga_roster_class *class_of, struct ga_date day)
{
    const struct ga_due_places *places = &care->places;
    for (size_t i = 0; !ga_care_is_over(care, day) && i < places->classes_count; i++)
        if (strcmp(places->items[i].site, class_of->site) == 0 && strcmp(places->items[i].grade, class_of->grade) == 0 &&
            strcmp(places->items[i].class_no, class_of->class_no) == 0)
            return places->items[i].year;
    return year_of(day);
}

bool ga_care_is_same_class(const struct ga_care *care, const struct ga_roster_class *one, struct ga_date day_of_one,
                           const struct ga_roster_class *other, struct ga_date day_of_other)
{
    if (strcmp(one->class_no, other->class_no) != 0 || strcmp(one->site, other->site) != 0)
        return false; /* most of a school: before any year is looked up */
    const int year = ga_due_past_year_named(care, one, day_of_one), other_year = ga_due_past_year_named(care, other, day_of_other);
    return year <= other_year ? ga_class_name_goes_on(one->grade, year, other->grade, other_year)
                              : ga_class_name_goes_on(other->grade, other_year, one->grade, year);
}

struct placed {
    const char *site, *grade, *class_no;
    size_t grade_rank, at; /* at: in the order of today's roster */
    int64_t no;
};

struct reading {
    struct ga_care *care;
    struct ga_due_past *past;
    struct ga_vec placed; /* struct placed */
    struct ga_vec known;  /* int64_t, rising: those who were here on the last day */
    struct ga_vec later;  /* the same: files that were made behind that day */
};

static struct ga_date last_day_of(const struct reading *r)
{
    return (struct ga_date){(int16_t)(r->past->year + 1), 7, 31};
}

static enum ga_rc read_later(struct reading *r, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(r->care->options.store), "SELECT no FROM child WHERE entered_on > ?1 ORDER BY no", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(last_day_of(r)));
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(&r->later) = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return rc;
}

/* Who has no file older than that came new afterwards: while the year went on nobody was told of it. */
static bool came_later(const struct reading *r, int64_t child)
{
    struct ga_vec files;
    bool has_older = false;
    if (!ga_order_has(&r->later, child))
        return false;
    ga_vec_init(&files, sizeof(struct ga_numbered_file));
    ga_store_child_files(r->care->options.store, child, &files, NULL);
    for (size_t i = 0; i < files.len; i++)
        has_older |= !ga_order_has(&r->later, GA_VEC_AT(const struct ga_numbered_file, &files, i)->no);
    ga_vec_finish(&files);
    return !has_older;
}

static size_t rank_in(const struct ga_list *list, const char *code)
{
    size_t i = 0;
    while (list != NULL && i < list->choices.count && strcmp(list->choices.items[i].code, code) != 0)
        i++;
    return i;
}

/* A stay says the site as it is shown. */
const char *ga_due_past_site_code(const struct ga_care *care, const char *shown)
{
    const struct ga_list *sites = ga_forms_list(ga_store_forms(care->options.store), "site", NULL);
    for (size_t i = 0; sites != NULL && i < sites->choices.count; i++)
        if (strcmp(ga_label_text(&sites->choices.items[i].label, GA_ZH), shown) == 0)
            return sites->choices.items[i].code;
    return "";
}

static void place(struct reading *r, int64_t no, const char *site, const char *grade, const char *class_no)
{
    if (came_later(r, no))
        return;
    const struct ga_list *grades = ga_forms_list(ga_store_forms(r->care->options.store), "grade", NULL);
    struct ga_arena *arena = &r->past->arena;
    const size_t at = r->placed.len;
    *(struct placed *)ga_vec_push(&r->placed) = (struct placed){.no = no, .at = at, .grade_rank = rank_in(grades, grade),
        .site = ga_arena_strdup(arena, site), .grade = ga_arena_strdup(arena, grade), .class_no = ga_arena_strdup(arena, class_no)};
}

/* Who was here on the year's last day was in the class of that day. */
static enum ga_rc place_those_there(struct reading *r, struct ga_error *err)
{
    struct ga_store *store = r->care->options.store;
    const struct ga_class_ask ask = {.day = last_day_of(r)};
    struct ga_arena arena = {0};
    struct ga_classmate *mates;
    size_t count = 0;
    const enum ga_rc rc = ga_store_class_on(store, &ask, GA_ZH, &arena, &mates, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        place(r, mates[i].no, ga_due_past_site_code(r->care, mates[i].stay.site), mates[i].stay.grade, mates[i].stay.class_no);
        *(int64_t *)ga_vec_push(&r->known) = mates[i].no;
    }
    ga_order_sort(&r->known);
    ga_arena_finish(&arena);
    return rc;
}

/* Who had left by then is in the class that he left. */
static enum ga_rc place_those_gone(struct reading *r, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_due_stmt(r->care, GA_DUE_ROSTER_ALL, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        if (!ga_order_has(&r->known, ga_stmt_column_int(stmt, 0)))
            place(r, ga_stmt_column_int(stmt, 0), ga_stmt_column_text(stmt, 1), ga_stmt_column_text(stmt, 2), ga_stmt_column_text(stmt, 3));
    return rc;
}

static int compare_numbers(const char *a, const char *b)
{
    int64_t x, y;
    if (ga_num_parse(a, &x) && ga_num_parse(b, &y) && x != y)
        return x < y ? -1 : 1;
    return strcmp(a, b);
}

static int compare_classes(const struct placed *x, const struct placed *y)
{
    const int by_site = strcmp(x->site, y->site);
    if (by_site != 0)
        return by_site;
    if (x->grade_rank != y->grade_rank)
        return x->grade_rank < y->grade_rank ? -1 : 1;
    const int by_grade = strcmp(x->grade, y->grade);
    if (by_grade != 0 || (x->class_no[0] == '\0') != (y->class_no[0] == '\0'))
        return by_grade != 0 ? by_grade : x->class_no[0] == '\0' ? 1 : -1;
    return compare_numbers(x->class_no, y->class_no);
}

static int by_class(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    const int order = compare_classes(x, y);
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static void make_classes(struct reading *r)
{
    struct ga_due_past *past = r->past;
    past->classes = ga_arena_array(&past->arena, r->placed.len + 1, sizeof(*past->classes));
    if (r->placed.len > 1)
        qsort(r->placed.items, r->placed.len, sizeof(struct placed), by_class);
    for (size_t i = 0; i < r->placed.len; i++) {
        const struct placed *placed = ga_vec_at(&r->placed, i);
        if (i == 0 || compare_classes(placed - 1, placed) != 0) {
            struct ga_due_past_class *class_of = &past->classes[past->count++];
            *class_of = (struct ga_due_past_class){
                .place = {.key = ga_due_class_key(&past->arena, placed->site, placed->grade, placed->class_no),
                          .site = placed->site, .grade = placed->grade, .class_no = placed->class_no},
                .teacher = "", .children = ga_arena_array(&past->arena, r->placed.len - i, sizeof(int64_t))};
        }
        struct ga_due_past_class *class_of = &past->classes[past->count - 1];
        class_of->children[class_of->children_count++] = placed->no;
    }
}

static int by_no(const void *a, const void *b)
{
    const struct ga_due_past_child *x = a, *y = b;
    return (x->no > y->no) - (x->no < y->no);
}

static void order_children(struct ga_due_past *past)
{
    size_t total = 0;
    for (size_t i = 0; i < past->count; i++)
        total += past->classes[i].children_count;
    past->children = ga_arena_array(&past->arena, total + 1, sizeof(*past->children));
    for (size_t i = 0; i < past->count; i++)
        for (size_t k = 0; k < past->classes[i].children_count; k++)
            past->children[past->children_count++] = (struct ga_due_past_child){past->classes[i].children[k], i};
    if (total > 1)
        qsort(past->children, total, sizeof(*past->children), by_no);
}

const struct ga_due_past_class *ga_due_past_class_of(const struct ga_care *care, int year, int64_t child)
{
    const struct ga_due_past *past = care->past;
    const struct ga_due_past_child key = {.no = child};
    if (past == NULL || past->year != year || past->op != ga_store_last_op(care->options.store))
        return NULL;
    const struct ga_due_past_child *found = bsearch(&key, past->children, past->children_count, sizeof(key), by_no);
    return found == NULL ? NULL : &past->classes[found->class_of];
}

/* Columns of who taught which class. */
enum { CLASS, SITE, TEACHER, FROM };

static void take_teacher(struct reading *r, struct ga_stmt *stmt)
{
    struct ga_class_name name = {0};
    struct ga_date from;
    const char *class_text = ga_stmt_column_text(stmt, CLASS), *site = ga_stmt_column_text(stmt, SITE), *teacher = ga_stmt_column_text(stmt, TEACHER);
    if (class_text == NULL || teacher == NULL || !ga_date_from_iso(ga_stmt_column_text(stmt, FROM), &from) ||
        ga_class_name_parse(class_text, year_of(from), &name, NULL, NULL) != GA_OK)
        return;
    for (size_t i = 0; i < r->past->count; i++) {
        struct ga_due_past_class *class_of = &r->past->classes[i];
        if ((site == NULL || site[0] == '\0' || strcmp(site, class_of->place.site) == 0) &&
            strcmp(name.number, class_of->place.class_no) == 0 &&
            ga_class_name_goes_on(name.grade, year_of(from), class_of->place.grade, r->past->year))
            class_of->teacher = ga_arena_strdup(&r->past->arena, teacher);
    }
}

static enum ga_rc read_teachers(struct reading *r, struct ga_error *err)
{
    static const char sql[] = "SELECT class, site, teacher, from_on FROM v_class_teacher"
                              " WHERE from_on <= ?1 AND (until_on IS NULL OR until_on >= ?1) ORDER BY from_on, id";
    struct ga_store *store = r->care->options.store;
    const struct ga_form *form = ga_forms_get(ga_store_forms(store), "class_teacher", NULL);
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    if (form == NULL || ga_form_field(form, "until_on") == NULL)
        return GA_OK;
    enum ga_rc rc = ga_store_view(store, form, NULL, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(store), sql, &stmt, err);
    if (rc == GA_OK)
        ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(last_day_of(r)));
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take_teacher(r, stmt);
    ga_stmt_destroy(stmt);
    return rc;
}

void ga_due_past_forget(struct ga_care *care)
{
    if (care->past != NULL)
        ga_arena_finish(&care->past->arena);
    free(care->past);
    care->past = NULL;
}

static enum ga_rc read_past(struct ga_care *care, struct ga_error *err)
{
    struct reading r = {.care = care, .past = care->past};
    ga_vec_init(&r.placed, sizeof(struct placed));
    ga_vec_init(&r.known, sizeof(int64_t));
    ga_vec_init(&r.later, sizeof(int64_t));
    enum ga_rc rc = read_later(&r, err);
    if (rc == GA_OK)
        rc = place_those_there(&r, err);
    if (rc == GA_OK)
        rc = place_those_gone(&r, err);
    if (rc == GA_OK) {
        make_classes(&r);
        order_children(r.past);
        rc = read_teachers(&r, err);
    }
    ga_vec_finish(&r.placed);
    ga_vec_finish(&r.known);
    ga_vec_finish(&r.later);
    return rc;
}

enum ga_rc ga_due_past_read(struct ga_care *care, struct ga_date day, const struct ga_due_past **ret_past, struct ga_error *err)
{
    const int64_t op = ga_store_last_op(care->options.store);
    enum ga_rc rc = ga_store_roster_view(care->options.store, err);
    if (rc != GA_OK)
        return rc;
    if (care->past == NULL || care->past->op != op || care->past->year != year_of(day)) {
        ga_due_past_forget(care);
        care->past = ga_alloc(sizeof(*care->past));
        *care->past = (struct ga_due_past){.op = op, .year = year_of(day)};
        rc = read_past(care, err);
    }
    if (rc == GA_OK)
        *ret_past = care->past;
    else
        ga_due_past_forget(care);
    return rc;
}

enum ga_rc ga_due_past_add_children(struct ga_due_listing *l, const struct ga_due_past_class *class_of, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_due_stmt(l->care, GA_DUE_GET_CHILD, &stmt, err);
    l->class_key = ga_arena_strdup(l->arena, class_of->place.key);
    l->teacher = ga_arena_strdup(l->arena, class_of->teacher);
    l->is_then = true;
    for (size_t i = 0; rc == GA_OK && i < class_of->children_count; i++) {
        ga_stmt_bind_int(stmt, 1, class_of->children[i]);
        rc = ga_stmt_step(stmt, &has_row, err);
        if (rc == GA_OK && has_row)
            ga_due_listing_add_child(l, stmt);
        ga_stmt_reset(stmt);
    }
    l->is_then = false;
    return rc;
}

/* What a class itself owed is kept with the class that it became; of one that finished school nothing is. */
enum ga_rc ga_due_past_add_place(struct ga_due_listing *l, const struct ga_due_past_class *class_of, struct ga_error *err)
{
    const struct ga_due_places *now = &l->care->places;
    const struct ga_roster_class then = {.site = class_of->place.site, .grade = class_of->place.grade, .class_no = class_of->place.class_no};
    enum ga_rc rc = GA_OK;
    l->class_key = ga_arena_strdup(l->arena, class_of->place.key);
    l->teacher = ga_arena_strdup(l->arena, class_of->teacher);
    l->is_then = true;
    for (size_t i = 0; rc == GA_OK && i < now->classes_count; i++) {
        const struct ga_roster_class is = {.site = now->items[i].site, .grade = now->items[i].grade, .class_no = now->items[i].class_no};
        if (ga_care_is_same_class(l->care, &then, l->ask->span.to, &is, l->care->day))
            rc = ga_due_listing_add_place(l, &now->items[i], err);
    }
    l->is_then = false;
    return rc;
}

static const char *shown_text(const struct ga_due_place *place, enum ga_lang lang, struct ga_arena *arena)
{
    struct ga_class_name name = {0};
    char text[GA_CLASS_NAME_SIZE];
    ga_str_copy(name.grade, sizeof(name.grade), place->grade);
    ga_str_copy(name.number, sizeof(name.number), place->class_no);
    return place->grade[0] == '\0' && place->class_no[0] == '\0' ? ga_tr(lang, "no class") : ga_arena_strdup(arena, ga_class_name_text(&name, lang, text));
}

enum ga_rc ga_care_classes(struct ga_care *care, struct ga_date day, enum ga_lang lang, struct ga_arena *arena,
                           struct ga_roster_class **ret_classes, size_t *ret_count, struct ga_error *err)
{
    const struct ga_due_past *past;
    if (!ga_care_is_over(care, day))
        return ga_store_classes(care->options.store, lang, arena, ret_classes, ret_count, err);
    const enum ga_rc rc = ga_due_past_read(care, day, &past, err);
    if (rc != GA_OK)
        return rc;
    *ret_classes = ga_arena_array(arena, past->count + 1, sizeof(**ret_classes));
    *ret_count = past->count;
    for (size_t i = 0; i < past->count; i++) {
        const struct ga_due_past_class *class_of = &past->classes[i];
        (*ret_classes)[i] = (struct ga_roster_class){
            .site = ga_arena_strdup(arena, class_of->place.site), .grade = ga_arena_strdup(arena, class_of->place.grade),
            .class_no = ga_arena_strdup(arena, class_of->place.class_no), .shown = shown_text(&class_of->place, lang, arena),
            .children = (int64_t)class_of->children_count};
    }
    return GA_OK;
}

enum ga_rc ga_care_classmates(struct ga_care *care, struct ga_date day, const struct ga_roster_class *class_of,
                              enum ga_lang lang, struct ga_arena *arena, struct ga_roster_row **ret_rows, size_t *ret_count,
                              struct ga_error *err)
{
    const struct ga_due_past *past;
    enum ga_rc rc = ga_due_past_read(care, day, &past, err);
    *ret_count = 0;
    for (size_t i = 0; rc == GA_OK && i < past->count; i++) {
        const struct ga_due_past_class *found = &past->classes[i];
        if (strcmp(found->place.site, class_of->site) != 0 || strcmp(found->place.grade, class_of->grade) != 0 ||
            strcmp(found->place.class_no, class_of->class_no) != 0)
            continue;
        *ret_rows = ga_arena_array(arena, found->children_count + 1, sizeof(**ret_rows));
        for (size_t k = 0; rc == GA_OK && k < found->children_count; k++)
            rc = ga_roster_row_of(care->options.store, found->children[k], lang, arena, &(*ret_rows)[(*ret_count)++], err);
    }
    return rc;
}
