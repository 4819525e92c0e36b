/* Which cell styles of an XLSX workbook show their number as a date. */
#include "guanai/sheet/xlsx_part.h"

#include "guanai/base/num.h"
#include "guanai/sheet/value.h"
#include "guanai/sheet/xml.h"

#include <string.h>

enum { STYLES_MAX = 65536, FORMATS_MAX = 10000 }; /* Excel stops at 65,490 */

struct reader {
    struct ga_xlsx_styles *styles;
    struct ga_vec date_formats; /* int64_t: ids of the workbook's own formats that are dates */
    struct ga_vec other_formats;
    bool is_in_xfs; /* inside <cellXfs>, the one list that cells point into */
};

static void add_format(struct reader *reader, const char *const *attrs)
{
    const char *id = ga_xml_attr(attrs, "numFmtId");
    const char *code = ga_xml_attr(attrs, "formatCode");
    int64_t number;
    bool is_date = code != NULL && ga_value_is_date_format(code);
    struct ga_vec *list = is_date ? &reader->date_formats : &reader->other_formats;
    if (id != NULL && code != NULL && ga_num_parse(id, &number) && list->len < FORMATS_MAX)
        *(int64_t *)ga_vec_push(list) = number;
}

static bool contains(const struct ga_vec *list, int64_t number)
{
    for (size_t i = 0; i < list->len; i++)
        if (*GA_VEC_AT(int64_t, list, i) == number)
            return true;
    return false;
}

/* A workbook may give a built-in id a format of its own. */
static bool is_date_id(const struct reader *reader, int64_t id)
{
    if (contains(&reader->date_formats, id))
        return true;
    return id >= 0 && id < 164 && ga_value_is_date_format_id((int)id) && !contains(&reader->other_formats, id);
}

static void add_style(struct reader *reader, const char *const *attrs)
{
    const char *id = ga_xml_attr(attrs, "numFmtId");
    int64_t number;
    bool is_date = id != NULL && ga_num_parse(id, &number) && is_date_id(reader, number);
    if (reader->styles->is_date.len < STYLES_MAX)
        ga_str_add_char(&reader->styles->is_date, is_date);
}

static void on_start(void *ctx, struct ga_xml *xml, const char *name, const char *const *attrs)
{
    (void)xml;
    struct reader *reader = ctx;
    if (strcmp(name, "numFmt") == 0)
        add_format(reader, attrs);
    else if (strcmp(name, "cellXfs") == 0)
        reader->is_in_xfs = true;
    else if (reader->is_in_xfs && strcmp(name, "xf") == 0)
        add_style(reader, attrs);
}

static void on_end(void *ctx, struct ga_xml *xml, const char *name)
{
    (void)ctx;
    if (strcmp(name, "cellXfs") == 0)
        ga_xml_stop(xml);
}

enum ga_rc ga_xlsx_styles_read(struct ga_zip *zip, const char *part, struct ga_xlsx_styles *styles,
                               struct ga_error *err)
{
    static const struct ga_xml_handlers handlers = {.start = on_start, .end = on_end};
    struct reader reader = {.styles = styles};
    ga_vec_init(&reader.date_formats, sizeof(int64_t));
    ga_vec_init(&reader.other_formats, sizeof(int64_t));
    enum ga_rc rc = ga_xml_read(zip, part, &handlers, &reader, err);
    ga_vec_finish(&reader.date_formats);
    ga_vec_finish(&reader.other_formats);
    return rc;
}

void ga_xlsx_styles_finish(struct ga_xlsx_styles *styles)
{
    ga_str_finish(&styles->is_date);
}

bool ga_xlsx_styles_is_date(const struct ga_xlsx_styles *styles, size_t style)
{
    return style < styles->is_date.len && styles->is_date.data[style] != 0;
}
