/* One XML part of a workbook, read without ever obeying it. */
#include "guanai/sheet/xml.h"

#include "guanai/base/alloc.h"
#include "guanai/base/map.h"

#include <expat.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 16 << 10, NAME_BITS = 4096 };

struct ga_xml {
    struct ga_zip *zip;
    const char *part;
    const struct ga_xml_handlers *handlers;
    void *ctx;
    XML_Parser parser;
    struct ga_error *err; /* of the call that runs now */
    enum ga_rc rc;        /* why a handler gave up */
    bool is_stopped;
    bool is_paused;
    bool is_last; /* the parser has been given all there is */
    int depth;
    int64_t fed_bytes;
    unsigned names_count;
    uint64_t names[NAME_BITS / 64]; /* which names were seen, by hash */
};

static enum ga_rc refuse_damaged(struct ga_xml *xml)
{
    return ga_error_set(xml->err, GA_DAMAGED,
                        "the workbook is damaged (%1): open it in WPS or Excel and save it again as .xlsx",
                        xml->part);
}

static void refuse_hostile(struct ga_xml *xml)
{
    ga_error_set(xml->err, GA_REFUSED,
                 "the workbook holds instructions no table needs (%1), and is not read: open it in WPS or Excel "
                 "and save it again as .xlsx",
                 xml->part);
    ga_xml_fail(xml, GA_REFUSED);
}

static const char *local_name(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

/*
 * expat keeps every different name for ever, so a part made of new names would fill the memory. Names of
 * one letter, which sheets are made of, are too few to matter.
 */
static void note_name(struct ga_xml *xml, const char *name)
{
    if (name[1] == '\0')
        return;
    uint64_t bit = ga_map_hash(name, strlen(name)) % NAME_BITS;
    uint64_t mask = (uint64_t)1 << (bit % 64);
    if ((xml->names[bit / 64] & mask) != 0)
        return;
    xml->names[bit / 64] |= mask;
    if (++xml->names_count > GA_XML_NAMES)
        refuse_hostile(xml);
}

static bool is_over(const struct ga_xml *xml)
{
    return xml->rc != GA_OK || xml->is_stopped;
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attrs)
{
    struct ga_xml *xml = user;
    if (is_over(xml))
        return;
    note_name(xml, name);
    for (size_t i = 0; attrs[i] != NULL; i += 2)
        note_name(xml, attrs[i]);
    if (++xml->depth > GA_XML_DEPTH && xml->rc == GA_OK)
        refuse_hostile(xml);
    if (xml->rc == GA_OK)
        xml->handlers->start(xml->ctx, xml, local_name(name), (const char *const *)attrs);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct ga_xml *xml = user;
    if (is_over(xml))
        return;
    xml->depth--;
    if (xml->handlers->end != NULL)
        xml->handlers->end(xml->ctx, xml, local_name(name));
}

static void XMLCALL on_text(void *user, const XML_Char *text, int len)
{
    struct ga_xml *xml = user;
    if (!is_over(xml))
        xml->handlers->text(xml->ctx, xml, text, (size_t)len);
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int has_internal_subset)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_internal_subset;
    struct ga_xml *xml = user;
    if (!is_over(xml))
        refuse_hostile(xml);
}

enum ga_rc ga_xml_open(struct ga_zip *zip, const char *name, const struct ga_xml_handlers *handlers, void *ctx,
                       struct ga_xml **ret_xml, struct ga_error *err)
{
    enum ga_rc rc = ga_zip_start(zip, name, err);
    if (rc != GA_OK)
        return rc;
    struct ga_xml *xml = ga_alloc(sizeof(*xml));
    xml->zip = zip;
    xml->part = name;
    xml->handlers = handlers;
    xml->ctx = ctx;
    xml->parser = XML_ParserCreate(NULL);
    if (xml->parser == NULL)
        abort(); /* out of memory, as in base/alloc.h */
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    if (handlers->text != NULL)
        XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    XML_SetParamEntityParsing(xml->parser, XML_PARAM_ENTITY_PARSING_NEVER);
    *ret_xml = xml;
    return GA_OK;
}

void ga_xml_close(struct ga_xml *xml)
{
    if (xml == NULL)
        return;
    XML_ParserFree(xml->parser);
    free(xml);
}

void ga_xml_pause(struct ga_xml *xml)
{
    xml->is_paused = true;
    XML_StopParser(xml->parser, XML_TRUE);
}

void ga_xml_stop(struct ga_xml *xml)
{
    xml->is_stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

enum ga_rc ga_xml_fail(struct ga_xml *xml, enum ga_rc rc)
{
    if (xml->rc == GA_OK) {
        xml->rc = rc;
        XML_StopParser(xml->parser, XML_FALSE);
    }
    return rc;
}

struct ga_error *ga_xml_error(struct ga_xml *xml)
{
    return xml->err;
}

const char *ga_xml_attr(const char *const *attrs, const char *name)
{
    for (size_t i = 0; attrs[i] != NULL; i += 2)
        if (strcmp(local_name(attrs[i]), name) == 0)
            return attrs[i + 1];
    return NULL;
}

static int64_t parsed_bytes(const struct ga_xml *xml)
{
#ifdef GA_EXPAT_COUNTS_64_BITS
    return XML_GetCurrentByteIndex64(xml->parser);
#else
    return XML_GetCurrentByteIndex(xml->parser);
#endif
}

/* Also what expat 2.5 lacks: it looks at an unfinished tag from its start for every piece that comes. */
static enum ga_rc check_token(struct ga_xml *xml)
{
    int64_t waiting = xml->fed_bytes - parsed_bytes(xml);
    return waiting > GA_XML_TOKEN_BYTES + PIECE_BYTES ? refuse_damaged(xml) : GA_OK;
}

static enum ga_rc judge(struct ga_xml *xml, enum XML_Status status)
{
    if (xml->rc != GA_OK)
        return xml->rc;
    if (status == XML_STATUS_ERROR && !xml->is_stopped)
        return refuse_damaged(xml);
    return check_token(xml);
}

static enum ga_rc feed_piece(struct ga_xml *xml)
{
    void *piece = XML_GetBuffer(xml->parser, PIECE_BYTES);
    if (piece == NULL)
        return refuse_damaged(xml);
    size_t len;
    enum ga_rc rc = ga_zip_read(xml->zip, piece, PIECE_BYTES, &len, xml->err);
    if (rc != GA_OK)
        return rc;
    xml->fed_bytes += (int64_t)len;
    xml->is_last = len == 0;
    return judge(xml, XML_ParseBuffer(xml->parser, (int)len, xml->is_last));
}

static enum ga_rc drain(struct ga_xml *xml)
{
    char piece[PIECE_BYTES];
    size_t len = 1;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && len > 0)
        rc = ga_zip_read(xml->zip, piece, sizeof(piece), &len, xml->err);
    return rc;
}

enum ga_rc ga_xml_run(struct ga_xml *xml, bool *ret_is_end, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    xml->err = err;
    if (xml->is_paused) {
        xml->is_paused = false;
        rc = judge(xml, XML_ResumeParser(xml->parser));
    }
    while (rc == GA_OK && !xml->is_paused && !xml->is_stopped && !xml->is_last)
        rc = feed_piece(xml);
    if (rc == GA_OK && xml->is_stopped)
        rc = drain(xml);
    if (rc == GA_OK)
        *ret_is_end = !xml->is_paused;
    return rc;
}

enum ga_rc ga_xml_read(struct ga_zip *zip, const char *name, const struct ga_xml_handlers *handlers, void *ctx,
                       struct ga_error *err)
{
    struct ga_xml *xml = NULL;
    enum ga_rc rc = ga_xml_open(zip, name, handlers, ctx, &xml, err);
    bool is_end = false;
    while (rc == GA_OK && !is_end)
        rc = ga_xml_run(xml, &is_end, err);
    ga_xml_close(xml);
    return rc;
}
