/* Names of the administrative divisions of GB/T 2260. */
#ifndef GUANAI_TEXT_REGION_H
#define GUANAI_TEXT_REGION_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The name for the longest known prefix of a code (2 to 6 digits): the prefecture with its province
 * ("云南省曲靖市"), else the province. Retired codes are kept: ID numbers bear the code of the day they
 * were issued. Returns buf, or NULL when even the province is unknown.
 */
const char *ga_region_name(const char *code, char *buf, size_t size);

bool ga_region_is_province(const char *code); /* are its first two digits a province-level code? */

#endif
