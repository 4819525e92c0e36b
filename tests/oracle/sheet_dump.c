/* Prints every row of a spreadsheet file for comparison with another reader. */
#include "guanai/base/str.h"
#include "guanai/sheet/sheet.h"
#include "guanai/text/translate.h"

#include <stdio.h>
#include <string.h>

static const char kinds[] = "_snd?e"; /* by enum ga_cell_kind; booleans are '?' */

static void print_text(const char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == '\\' || *text == 0x7F)
            printf("\\%02x", (unsigned char)*text);
        else
            putchar(*text);
    }
}

static void print_row(const struct ga_sheet_row *row)
{
    printf("%lld", (long long)row->number);
    for (size_t i = 0; i < row->cells_count; i++) {
        printf("\t%c:", kinds[row->cells[i].kind]);
        print_text(row->cells[i].text);
    }
    putchar('\n');
}

static enum ga_rc dump_sheet(struct ga_sheet_book *book, size_t i, bool is_quiet, struct ga_error *err)
{
    const struct ga_sheet_row *row = NULL;
    enum ga_rc rc = ga_sheet_start(book, i, err);
    if (!is_quiet)
        printf("sheet\t%s%s\n", ga_sheet_info(book, i)->name, ga_sheet_info(book, i)->is_hidden ? "\thidden" : "");
    while (rc == GA_OK && (rc = ga_sheet_next(book, &row, err)) == GA_OK && row != NULL)
        if (!is_quiet)
            print_row(row);
    return rc;
}

static int report(enum ga_rc rc, const struct ga_error *err)
{
    struct ga_str text = {0};
    ga_error_text(err, GA_EN, &text);
    fprintf(stderr, "%d %s\n", (int)rc, ga_str_text(&text));
    ga_str_clear(&text);
    ga_error_text(err, GA_ZH, &text);
    fprintf(stderr, "%s\n", ga_str_text(&text));
    ga_str_finish(&text);
    return 1;
}

/* getrusage would count what the program that started this one had in memory. */
static long peak_kib(void)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long kib = -1;
    while (status != NULL && kib < 0 && fgets(line, sizeof(line), status) != NULL)
        sscanf(line, "VmHWM: %ld", &kib);
    if (status != NULL)
        fclose(status);
    return kib;
}

/* sheet_dump [-q] FILE; the last line on stderr is the peak of memory in KiB. */
int main(int argc, char **argv)
{
    bool is_quiet = argc > 2 && strcmp(argv[1], "-q") == 0;
    struct ga_error err = {0};
    struct ga_sheet_book *book = NULL;
    enum ga_rc rc = ga_sheet_open(ga_io_system(), argv[argc - 1], &book, &err);
    for (size_t i = 0; rc == GA_OK && i < ga_sheet_count(book); i++)
        rc = dump_sheet(book, i, is_quiet, &err);
    ga_sheet_close(book);
    int status = rc == GA_OK ? 0 : report(rc, &err);
    fprintf(stderr, "%ld\n", peak_kib());
    return status;
}
