/* What kind of file this is, told by its first bytes. */
#ifndef GUANAI_SHEET_SNIFF_H
#define GUANAI_SHEET_SNIFF_H

#include "guanai/base/error.h"
#include "guanai/sheet/source.h"

enum ga_sheet_kind { GA_SHEET_TEXT, GA_SHEET_ZIP };

/* GA_REFUSED with a sentence for every known kind that holds no readable table. */
enum ga_rc ga_sheet_sniff(struct ga_source *source, enum ga_sheet_kind *ret_kind, struct ga_error *err);

#endif
