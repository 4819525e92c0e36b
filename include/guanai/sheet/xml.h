/* One XML part of a workbook, read without ever obeying it. */
#ifndef GUANAI_SHEET_XML_H
#define GUANAI_SHEET_XML_H

#include "guanai/base/error.h"
#include "guanai/sheet/zip.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    GA_XML_DEPTH = 64,
    GA_XML_TOKEN_BYTES = 1 << 20, /* one tag with its attributes */
    GA_XML_NAMES = 512,           /* different names of elements and attributes, about */
};

struct ga_xml;

/*
 * Names come without their namespace prefix, so that strict, transitional and prefixed OOXML read alike.
 * `attrs` are name, value, … NULL. Nothing is called after ga_xml_fail or ga_xml_stop.
 */
struct ga_xml_handlers {
    void (*start)(void *ctx, struct ga_xml *xml, const char *name, const char *const *attrs);
    void (*end)(void *ctx, struct ga_xml *xml, const char *name);
    void (*text)(void *ctx, struct ga_xml *xml, const char *text, size_t len);
};

/* Starts the entry of that name. The zip must not start another before ga_xml_close. */
enum ga_rc ga_xml_open(struct ga_zip *zip, const char *name, const struct ga_xml_handlers *handlers, void *ctx,
                       struct ga_xml **ret_xml, struct ga_error *err);
void ga_xml_close(struct ga_xml *xml); /* NULL is fine */

/*
 * Reads on until a handler pauses or the part ends. A document type – the home of external entities and
 * of entities that multiply – is GA_REFUSED; depth, tags and names past the bounds likewise.
 */
enum ga_rc ga_xml_run(struct ga_xml *xml, bool *ret_is_end, struct ga_error *err);

/* For handlers. After ga_xml_stop the rest is unpacked for its checksum and thrown away. */
void ga_xml_pause(struct ga_xml *xml);
void ga_xml_stop(struct ga_xml *xml);
enum ga_rc ga_xml_fail(struct ga_xml *xml, enum ga_rc rc); /* returns rc; the error goes to … */
struct ga_error *ga_xml_error(struct ga_xml *xml);         /* … here, NULL when nobody asked */

/* The value of an attribute whatever its prefix; NULL when absent. */
const char *ga_xml_attr(const char *const *attrs, const char *name);

/* Opens, runs to the end, closes. */
enum ga_rc ga_xml_read(struct ga_zip *zip, const char *name, const struct ga_xml_handlers *handlers, void *ctx,
                       struct ga_error *err);

#endif
