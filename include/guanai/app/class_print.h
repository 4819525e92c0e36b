/* A class sheet on paper. */
#ifndef GUANAI_APP_CLASS_PRINT_H
#define GUANAI_APP_CLASS_PRINT_H

#include "guanai/app/batch_sheet.h"

/*
 * The rows in sight with the numbers they have on the screen, a column a form: what the month has on record, else room to
 * write by hand. Below, of one class, every duty with done of owed, as due list and checklist count them (家访 11/24).
 * One A4: 80 columns of text, or a workbook where the path ends in .xlsx (GA_NOT_FOUND without guanai-paper). Neither ID
 * numbers nor what was said stand on it. Written whole or not at all.
 */
enum ga_rc ga_class_sheet_print(struct ga_batch_sheet *sheet, const char *path, struct ga_error *err);

#endif
