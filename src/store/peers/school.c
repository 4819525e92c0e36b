/* Tells at a county which school wrote an operation. */
#include "guanai/store/school.h"

#include "guanai/store/school_list.h"
#include "private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char is_county_setting[] = "sync_is_county";

enum { HOPS_MAX = 64 }; /* who introduces was known before: the bound is for what was altered by hand */

struct of_school {
    struct ga_uuid site;
    char code[GA_SCHOOL_CODE_SIZE]; /* "": of none */
};

/* ---- codes ---- */

static void code_of(const struct ga_uuid *root, char ret_code[GA_SCHOOL_CODE_SIZE])
{
    const uint8_t *bytes = root->bytes; /* ids of computers are random from the first byte on */
    snprintf(ret_code, GA_SCHOOL_CODE_SIZE, "s%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
}

bool ga_school_has_place(const char *school, const char *place)
{
    const size_t len = strlen(school);
    return strncmp(place, school, len) == 0 && (place[len] == '_' || place[len] == '\0');
}

void ga_school_place(const char *school, const char *code, struct ga_str *out)
{
    ga_str_addf(out, "%s%s%s", school, code[0] != '\0' ? "_" : "", code);
}

bool ga_school_of_place(const char *place, char ret_code[GA_SCHOOL_CODE_SIZE])
{
    const size_t digits = place[0] == 's' ? strspn(place + 1, "0123456789abcdef") : 0;
    ret_code[0] = '\0';
    if (digits != GA_SCHOOL_CODE_SIZE - 2 || (place[1 + digits] != '_' && place[1 + digits] != '\0'))
        return false;
    ga_str_copy(ret_code, GA_SCHOOL_CODE_SIZE, place);
    return true;
}

bool ga_school_means(const char *said, const char *place)
{
    char code[GA_SCHOOL_CODE_SIZE];
    return strcmp(said, place) == 0 || (ga_school_of_place(said, code) && strcmp(said, code) == 0 && ga_school_has_place(code, place));
}

/* ---- who is of which ---- */

static const struct ga_peer *find_peer(const struct ga_vec *peers, const struct ga_uuid *id)
{
    for (size_t i = 0; i < peers->len; i++)
        if (ga_uuid_compare(&GA_VEC_AT(const struct ga_peer, peers, i)->id, id) == 0)
            return ga_vec_at(peers, i);
    return NULL;
}

/* By the list: the computer by whose code the school goes. */
static const struct ga_peer *root_by_list(const struct ga_vec *peers, const struct ga_peer *peer, const struct ga_vec *met)
{
    for (int hops = 0; peer != NULL && hops < HOPS_MAX; hops++) {
        const struct ga_school_met *entry = ga_school_met_of(met, &peer->id);
        if (entry != NULL)
            return find_peer(peers, &ga_school_met_root(met, entry)->site);
        peer = ga_uuid_is_zero(&peer->introducer) ? NULL : find_peer(peers, &peer->introducer);
    }
    return NULL;
}

/* The one a person trusted, in whose name the others were introduced; NULL: it is the county's own. */
static const struct ga_peer *root_of(const struct ga_vec *peers, const struct ga_peer *peer, const struct ga_vec *met)
{
    if (met->len > 0)
        return root_by_list(peers, peer, met);
    for (int hops = 0; peer != NULL && hops < HOPS_MAX && !ga_uuid_is_zero(&peer->introducer); hops++) {
        const struct ga_peer *introducer = find_peer(peers, &peer->introducer);
        if (introducer == NULL)
            break;
        peer = introducer;
    }
    return peer == NULL || peer->is_own || peer->by != GA_SITE_TRUSTED ? NULL : peer;
}

static void learn(struct ga_schools *schools, const struct ga_vec *peers, const struct ga_vec *met)
{
    ga_vec_clear(&schools->sites);
    for (size_t i = 0; i < peers->len; i++) {
        const struct ga_peer *peer = ga_vec_at(peers, i), *root = root_of(peers, peer, met);
        struct of_school *of = ga_vec_push(&schools->sites);
        *of = (struct of_school){.site = peer->id};
        if (root != NULL)
            code_of(&root->id, of->code);
    }
}

/* By a statement of its own: the caller may hold a setting. */
static bool has_setting(struct ga_store *store)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (ga_store_stmt(store, GA_SQL_GET_SETTING, &stmt, NULL) != GA_OK)
        return false;
    ga_stmt_bind_text(stmt, 1, is_county_setting);
    has_row = ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row;
    ga_stmt_reset(stmt);
    return has_row;
}

static enum ga_rc know(struct ga_store *store, struct ga_error *err)
{
    struct ga_schools *schools = &store->schools;
    struct ga_vec peers, met;
    enum ga_rc rc = GA_OK;
    if (schools->is_read)
        return GA_OK;
    if (schools->sites.item_bytes == 0)
        ga_vec_init(&schools->sites, sizeof(struct of_school));
    schools->is_county = has_setting(store);
    ga_vec_init(&peers, sizeof(struct ga_peer));
    ga_vec_init(&met, sizeof(struct ga_school_met));
    if (schools->is_county)
        rc = ga_store_sites(store, &peers, err);
    if (rc == GA_OK && schools->is_county)
        rc = ga_schools_met(store, &met, err);
    if (rc == GA_OK)
        learn(schools, &peers, &met);
    ga_vec_finish(&met);
    ga_vec_finish(&peers);
    schools->is_read = rc == GA_OK;
    return rc;
}

void ga_schools_forget(struct ga_store *store)
{
    store->schools.is_read = false;
    store->schools.first_op = store->schools.last_op = 0;
}

void ga_schools_finish(struct ga_store *store)
{
    if (store->schools.sites.item_bytes != 0)
        ga_vec_finish(&store->schools.sites);
}

bool ga_store_is_county(struct ga_store *store)
{
    return know(store, NULL) == GA_OK && store->schools.is_county;
}

bool ga_store_has_schools(struct ga_store *store)
{
    return !store->is_alone && ga_store_is_county(store);
}

enum ga_rc ga_store_begin_county(struct ga_store *store, struct ga_error *err)
{
    ga_schools_forget(store);
    return ga_store_set_setting(store, is_county_setting, "1", err);
}

enum ga_rc ga_store_schools(struct ga_store *store, struct ga_vec *ret_schools, struct ga_error *err)
{
    struct ga_vec peers, met;
    if (!ga_store_has_schools(store))
        return GA_OK;
    ga_vec_init(&peers, sizeof(struct ga_peer));
    ga_vec_init(&met, sizeof(struct ga_school_met));
    enum ga_rc rc = ga_store_sites(store, &peers, err);
    if (rc == GA_OK)
        rc = ga_schools_met(store, &met, err);
    for (size_t i = 0; rc == GA_OK && i < peers.len; i++) {
        const struct ga_peer *peer = ga_vec_at(&peers, i);
        if (root_of(&peers, peer, &met) != peer)
            continue;
        struct ga_school *school = ga_vec_push(ret_schools);
        *school = (struct ga_school){.site = peer->id};
        code_of(&peer->id, school->code);
        ga_str_copy(school->label, sizeof(school->label), peer->label);
    }
    ga_vec_finish(&met);
    ga_vec_finish(&peers);
    return rc;
}

/* ---- classes ---- */

const char *ga_school_place_text(struct ga_store *store, const char *site, enum ga_lang lang)
{
    if (site[0] == '\0' || !ga_store_has_schools(store))
        return "";
    const struct ga_list *sites = ga_forms_list(&store->forms, "site", NULL);
    const struct ga_choice *choice = sites == NULL ? NULL : ga_list_choice(sites, site);
    return choice == NULL ? "" : ga_label_text(&choice->label, lang);
}

const char *ga_school_class_text(struct ga_store *store, const char *site, const char *shown, enum ga_lang lang, struct ga_arena *arena)
{
    const char *place = ga_school_place_text(store, site, lang);
    return place[0] == '\0' ? shown : ga_arena_printf(arena, "%s %s", place, shown);
}

/* ---- operations ---- */

static int compare_sites(const void *a, const void *b)
{
    return ga_uuid_compare(&((const struct of_school *)a)->site, &((const struct of_school *)b)->site);
}

/* What is being written has no transaction yet: it is the county's own. */
static enum ga_rc look_at(struct ga_store *store, int64_t no, struct ga_error *err)
{
    struct ga_schools *schools = &store->schools;
    struct of_school wanted = {.code = ""};
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_TXN_OF_OP, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    rc = ga_stmt_step(stmt, &has_row, err);
    schools->first_op = schools->last_op = no;
    schools->code[0] = '\0';
    if (rc == GA_OK && has_row && ga_stmt_column_int(stmt, 2) >= no) {
        const struct ga_value site = ga_stmt_column(stmt, 0);
        memcpy(wanted.site.bytes, site.text, site.len < sizeof(wanted.site.bytes) ? site.len : sizeof(wanted.site.bytes));
        const struct of_school *found =
            bsearch(&wanted, schools->sites.items, schools->sites.len, sizeof(wanted), compare_sites);
        ga_str_copy(schools->code, sizeof(schools->code), found == NULL ? "" : found->code);
        schools->first_op = ga_stmt_column_int(stmt, 1);
        schools->last_op = ga_stmt_column_int(stmt, 2);
    }
    ga_stmt_reset(stmt);
    return rc;
}

enum ga_rc ga_school_of_op(struct ga_store *store, int64_t no, const char **ret_code, struct ga_error *err)
{
    struct ga_schools *schools = &store->schools;
    *ret_code = "";
    if (store->is_alone)
        return GA_OK;
    enum ga_rc rc = know(store, err);
    if (rc != GA_OK || !schools->is_county)
        return rc;
    if (no < schools->first_op || no > schools->last_op)
        rc = look_at(store, no, err);
    *ret_code = schools->code;
    return rc;
}

enum ga_rc ga_school_of_record(struct ga_store *store, int64_t record, char ret_code[GA_SCHOOL_CODE_SIZE], struct ga_error *err)
{
    struct ga_vec numbers;
    const char *code = "";
    ga_vec_init(&numbers, sizeof(int64_t));
    enum ga_rc rc = ga_store_has_schools(store) ? ga_log_numbers_of_record(store, record, 0, &numbers, err) : GA_OK;
    if (rc == GA_OK && numbers.len > 0)
        rc = ga_school_of_op(store, *GA_VEC_AT(const int64_t, &numbers, 0), &code, err);
    ga_str_copy(ret_code, GA_SCHOOL_CODE_SIZE, code);
    ga_vec_finish(&numbers);
    return rc;
}

enum ga_rc ga_school_of_id(struct ga_store *store, const struct ga_uuid *record, char ret_code[GA_SCHOOL_CODE_SIZE], struct ga_error *err)
{
    int64_t no = 0;
    ret_code[0] = '\0';
    if (!ga_store_has_schools(store))
        return GA_OK;
    const enum ga_rc rc = ga_record_no(store, record, &no, err);
    return rc == GA_OK ? ga_school_of_record(store, no, ret_code, err) : rc;
}

static bool is_place(const struct ga_form *form, const struct ga_operation_field *answer)
{
    const struct ga_field *field = answer->value.kind == GA_OPERATION_TEXT ? ga_form_field(form, answer->id) : NULL;
    return field != NULL && ga_str_equal(field->list_name.text, "site");
}

static void read_value(struct ga_arena *arena, const char *school, struct ga_operation_value *value)
{
    struct ga_str place = {0};
    ga_school_place(school, value->text, &place);
    value->text = ga_arena_strndup(arena, ga_str_text(&place), place.len);
    value->text_len = place.len;
    ga_str_finish(&place);
}

/* What was decoded is nobody's but the reader's: it lies in the same arena. */
static void read_group(struct ga_arena *arena, const struct ga_form *form, const char *school, struct ga_operation_group *group)
{
    struct ga_operation_field *own = NULL;
    for (size_t i = 0; i < group->fields_count; i++) {
        if (!is_place(form, &group->fields[i]))
            continue;
        if (own == NULL) {
            own = ga_arena_array(arena, group->fields_count, sizeof(*own));
            memcpy(own, group->fields, group->fields_count * sizeof(*own));
        }
        read_value(arena, school, &own[i].value);
    }
    if (own != NULL)
        group->fields = own;
}

enum ga_rc ga_school_read(struct ga_store *store, struct ga_arena *arena, struct ga_log_op *op, struct ga_error *err)
{
    const char *school;
    const enum ga_rc rc = ga_school_of_op(store, op->no, &school, err);
    if (rc != GA_OK || school[0] == '\0')
        return rc;
    const struct ga_form *form = ga_forms_get(&store->forms, op->op.form, NULL);
    if (form == NULL) /* not installed here: kept as it is */
        return GA_OK;
    op->school = ga_arena_strdup(arena, school);
    struct ga_operation_group *groups = ga_arena_array(arena, op->op.groups_count, sizeof(*groups));
    for (size_t i = 0; i < op->op.groups_count; i++) {
        groups[i] = op->op.groups[i];
        read_group(arena, form, school, &groups[i]);
    }
    op->op.groups = groups;
    return GA_OK;
}
