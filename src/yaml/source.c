/* Refusing bytes that libyaml must never see. */
#include "inner.h"

#include <stdio.h>
#include <string.h>

/* Smallest code of each sequence length: shorter spellings of a character are malformed (RFC 3629). */
static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

static size_t sequence_len(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2)
        return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
}

size_t ga_yaml_decode(const char *text, size_t len, uint32_t *ret_code)
{
    const unsigned char *byte = (const unsigned char *)text;
    size_t count = len == 0 ? 0 : sequence_len(byte[0]);
    if (count == 0 || count > len)
        return 0;
    uint32_t code = count == 1 ? byte[0] : byte[0] & (0x7Fu >> count);
    for (size_t i = 1; i < count; i++) {
        if ((byte[i] & 0xC0) != 0x80)
            return 0;
        code = code << 6 | (byte[i] & 0x3F);
    }
    if (code < smallest[count] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0;
    *ret_code = code;
    return count;
}

bool ga_yaml_is_control(uint32_t code)
{
    if (code < 0x20)
        return code != '\t' && code != '\n';
    return (code >= 0x7F && code < 0xA0) /* holds NEL, a line break to libyaml */
           || code == 0x2028 || code == 0x2029 || code == 0xFEFF || (code & 0xFFFE) == 0xFFFE;
}

size_t ga_yaml_count_chars(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static void refuse_encoding(struct ga_yaml_source source, size_t offset, struct ga_yaml_at at,
                            struct ga_yaml_report *report)
{
    const unsigned char *byte = (const unsigned char *)source.bytes + offset;
    ga_yaml_fault(report, at, "this file is not UTF-8 text");
    bool utf16 = offset == 0 && source.len >= 2 && (byte[0] ^ byte[1]) == 0x01 && byte[0] >= 0xFE;
    bool pair = offset + 1 < source.len && byte[0] >= 0x81 && byte[0] != 0xFF && byte[1] >= 0x40;
    if (utf16)
        ga_yaml_hint(report, "it is UTF-16 (Notepad's \"Unicode\"): save it as UTF-8");
    else if (pair)
        ga_yaml_hint(report, "it looks like GBK (Notepad's \"ANSI\"): save it as UTF-8");
    else
        ga_yaml_hint(report, "save it as UTF-8");
}

/* libyaml takes a % in column 1 for a directive anywhere, and compares each with all before it. */
static bool refuse_sign(uint32_t code, struct ga_yaml_at at, struct ga_yaml_report *report)
{
    if (code == '%' && at.column == 1) {
        ga_yaml_fault(report, at, "a line must not begin with %% (YAML directives are not used here)");
        return true;
    }
    if (code == '\r' || !ga_yaml_is_control(code))
        return false;
    char name[16];
    snprintf(name, sizeof(name), "U+%04X", (unsigned)code);
    ga_yaml_fault(report, at, "a control or invisible character (%1) stands here", name);
    ga_yaml_hint(report, "delete it and type the text again");
    return true;
}

bool ga_yaml_source_check(struct ga_yaml_source source, struct ga_yaml_report *report)
{
    struct ga_yaml_at at = {1, 1};
    bool is_clean = true;
    for (size_t i = 0, step; i < source.len; i += step) {
        uint32_t code;
        step = ga_yaml_decode(source.bytes + i, source.len - i, &code);
        if (step == 0) {
            refuse_encoding(source, i, at, report);
            return false;
        }
        if (refuse_sign(code, at, report))
            is_clean = false;
        bool is_crlf = code == '\r' && i + 1 < source.len && source.bytes[i + 1] == '\n';
        if ((code == '\n' || code == '\r') && !is_crlf)
            at = (struct ga_yaml_at){at.line + 1, 1};
        else
            at.column++;
    }
    return is_clean;
}
