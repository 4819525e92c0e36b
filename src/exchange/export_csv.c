/* Records leave as CSV: one row each, without repeats. */
#include "guanai/sheet/csv_write.h"
#include "leaving.h"

static enum ga_rc put_to_target(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    return ga_target_put(ctx, bytes, len, err);
}

static enum ga_rc write_record(struct leaving *leaving, struct ga_csv_writer *writer, struct ga_str *scratch,
                               struct ga_error *err)
{
    for (size_t i = 0; i < leaving->columns.len; i++) {
        ga_str_clear(scratch);
        ga_leaving_cell(leaving, i, scratch);
        ga_csv_write_cell(writer, ga_str_text(scratch));
    }
    if (leaving->notes_count > 0) {
        ga_str_clear(scratch);
        ga_leaving_notes_cell(leaving, scratch);
        ga_csv_write_cell(writer, ga_str_text(scratch));
    }
    return ga_csv_end_row(writer, err);
}

static enum ga_rc write_all(struct leaving *leaving, struct ga_csv_writer *writer, struct ga_error *err)
{
    struct ga_str scratch = {0};
    for (size_t i = 0; i < leaving->columns.len; i++)
        ga_csv_write_cell(writer, ga_leaving_heading(
                                      leaving, GA_VEC_AT(struct leaving_column, &leaving->columns, i)->field));
    if (leaving->notes_count > 0)
        ga_csv_write_cell(writer, ga_leaving_notes_heading(leaving));
    enum ga_rc rc = ga_csv_end_row(writer, err);
    for (size_t i = 0; rc == GA_OK && i < leaving->numbers.len; i++) {
        rc = ga_leaving_record(leaving, i, err);
        if (rc == GA_OK)
            rc = write_record(leaving, writer, &scratch, err);
    }
    ga_str_finish(&scratch);
    return rc;
}

enum ga_rc ga_leave_csv(struct leaving *leaving, struct ga_error *err)
{
    struct ga_csv_writer writer;
    const bool is_gb = leaving->options->encoding == GA_ENCODING_GB18030;
    enum ga_rc rc =
        ga_csv_writer_init(&writer, is_gb ? GA_CSV_GB18030 : GA_CSV_UTF8, put_to_target, leaving->target, err);
    if (rc != GA_OK)
        return rc;
    rc = write_all(leaving, &writer, err);
    ga_csv_writer_finish(&writer);
    return rc;
}
