/* The list of sheets of an XLSX workbook. */
#include "guanai/sheet/xlsx_part.h"

#include "guanai/base/map.h"
#include "guanai/base/num.h"
#include "guanai/sheet/xml.h"

#include <string.h>

enum { RELATIONS_MAX = 2000 };

struct relation {
    const char *part;
    bool is_worksheet;
};

struct reader {
    struct ga_xlsx_workbook *workbook;
    struct ga_map relations; /* id → struct relation */
};

/* Targets are relative to xl/, or to the package when they begin with a slash; "./" and "../xl/" occur. */
static const char *part_of_target(struct ga_arena *arena, const char *target)
{
    if (target[0] == '/')
        return ga_arena_strdup(arena, target + 1);
    if (strncmp(target, "./", 2) == 0)
        target += 2;
    if (strncmp(target, "../", 3) == 0)
        return ga_arena_strdup(arena, target + 3);
    return ga_arena_printf(arena, "xl/%s", target);
}

static void on_relation(void *ctx, struct ga_xml *xml, const char *name, const char *const *attrs)
{
    (void)xml;
    struct reader *reader = ctx;
    struct ga_xlsx_workbook *workbook = reader->workbook;
    const char *id = ga_xml_attr(attrs, "Id");
    const char *type = ga_xml_attr(attrs, "Type");
    const char *target = ga_xml_attr(attrs, "Target");
    bool is_whole = id != NULL && type != NULL && target != NULL && strlen(target) <= GA_ZIP_NAME_BYTES &&
                    strlen(id) <= GA_ZIP_NAME_BYTES;
    if (strcmp(name, "Relationship") != 0 || !is_whole || reader->relations.len >= RELATIONS_MAX)
        return;
    struct relation *relation = ga_arena_alloc(&workbook->arena, sizeof(*relation));
    relation->part = part_of_target(&workbook->arena, target);
    relation->is_worksheet = ga_str_ends(type, "/worksheet");
    ga_map_put(&reader->relations, ga_arena_strdup(&workbook->arena, id), relation);
    if (ga_str_ends(type, "/sharedStrings"))
        workbook->strings_part = relation->part;
    else if (ga_str_ends(type, "/styles"))
        workbook->styles_part = relation->part;
}

static void add_sheet(struct reader *reader, struct ga_xml *xml, const char *const *attrs)
{
    struct ga_xlsx_workbook *workbook = reader->workbook;
    const char *name = ga_xml_attr(attrs, "name");
    const char *state = ga_xml_attr(attrs, "state");
    const char *id = NULL;
    for (size_t i = 0; attrs[i] != NULL; i += 2)
        if (strcmp(attrs[i], "id") == 0 || ga_str_ends(attrs[i], ":id"))
            id = attrs[i + 1];
    const struct relation *relation = id == NULL ? NULL : ga_map_get(&reader->relations, id);
    if (relation == NULL || !relation->is_worksheet)
        return;
    if (workbook->sheets.len >= GA_SHEET_SHEETS) {
        ga_error_set(ga_xml_error(xml), GA_TOO_BIG,
                     "the workbook has more than %1 sheets: split it into several files", GA_NUM(GA_SHEET_SHEETS));
        ga_xml_fail(xml, GA_TOO_BIG);
        return;
    }
    struct ga_xlsx_sheet *sheet = ga_vec_push(&workbook->sheets);
    size_t name_len = name == NULL ? 0 : strnlen(name, GA_SHEET_CELL_BYTES);
    sheet->info.name = ga_arena_strndup(&workbook->arena, name == NULL ? "" : name, name_len);
    sheet->info.is_hidden = state != NULL && !ga_str_equal(state, "visible");
    sheet->part = relation->part;
}

static void on_workbook(void *ctx, struct ga_xml *xml, const char *name, const char *const *attrs)
{
    struct reader *reader = ctx;
    if (strcmp(name, "sheet") == 0)
        add_sheet(reader, xml, attrs);
    if (strcmp(name, "workbookPr") == 0) {
        const char *value = ga_xml_attr(attrs, "date1904");
        reader->workbook->counts_from_1904 = ga_str_equal(value, "1") || ga_str_equal(value, "true");
    }
}

enum ga_rc ga_xlsx_workbook_read(struct ga_zip *zip, struct ga_xlsx_workbook *workbook, struct ga_error *err)
{
    static const struct ga_xml_handlers relation_handlers = {.start = on_relation};
    static const struct ga_xml_handlers workbook_handlers = {.start = on_workbook};
    struct reader reader = {.workbook = workbook};
    ga_arena_init(&workbook->arena);
    ga_vec_init(&workbook->sheets, sizeof(struct ga_xlsx_sheet));
    enum ga_rc rc = ga_xml_read(zip, "xl/_rels/workbook.xml.rels", &relation_handlers, &reader, err);
    if (rc == GA_OK)
        rc = ga_xml_read(zip, "xl/workbook.xml", &workbook_handlers, &reader, err);
    if (rc == GA_OK && workbook->sheets.len == 0)
        rc = ga_error_set(err, GA_REFUSED, "the workbook has no sheet with rows: choose another file");
    ga_map_finish(&reader.relations);
    return rc;
}

void ga_xlsx_workbook_finish(struct ga_xlsx_workbook *workbook)
{
    ga_vec_finish(&workbook->sheets);
    ga_arena_finish(&workbook->arena);
}
