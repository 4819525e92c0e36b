/* Keeps what was decided of a file until it is taken in: Esc too much, a power cut do not undo an hour of looking. */
#include "inner.h"

#include <stdio.h>
#include <string.h>

/* Of one file a form, the last one decided on; who takes all of a long list with one key takes it again. */
enum { KEPT_MAX = 4000, NAME_BYTES = 160, FIELD_BYTES = 80 };

#define STAYS "stays " /* of who left: a line a child that is to stay gone */

static void name_setting(const struct ga_import *import, char buf[NAME_BYTES])
{
    snprintf(buf, NAME_BYTES, "decisions.%s", import->form->name);
}

static size_t write_stays(const struct ga_import *import, struct ga_str *lines)
{
    for (size_t i = 0; i < import->stays.len && i <= KEPT_MAX; i++) {
        char id[GA_UUID_TEXT_SIZE];
        ga_str_addf(lines, STAYS "%s\n", ga_uuid_text(ga_vec_at(&import->stays, i), id));
    }
    return import->stays.len;
}

/* The file's fingerprint, then a line a decision; of values only sums. */
static size_t write_lines(const struct ga_import *import, struct ga_str *lines)
{
    ga_str_addf(lines, "%s\n", import->origin.content);
    size_t count = write_stays(import, lines);
    for (size_t i = 0; i < import->differences.len && count <= KEPT_MAX; i++) {
        const struct difference *difference = GA_VEC_AT(const struct difference, &import->differences, i);
        const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, difference->row);
        if (difference->decided == UNDECIDED)
            continue;
        ga_str_addf(lines, "%zu %u %s %u %u %d %u\n", import->sources[planned->sheet].at, planned->row,
                    import->form->all[difference->field]->name, difference->says, difference->had,
                    difference->is_by_rule, difference->decided);
        count++;
    }
    return count;
}

static enum ga_rc keep(struct ga_import *import, const char *lines, struct ga_error *err)
{
    char name[NAME_BYTES];
    name_setting(import, name);
    const char *kept = ga_store_setting(import->tools.store, name);
    return strcmp(kept != NULL ? kept : "", lines) == 0 ? GA_OK : ga_store_set_setting(import->tools.store, name, lines, err);
}

enum ga_rc ga_import_remember_decisions(struct ga_import *import, struct ga_error *err)
{
    struct ga_str lines = {0};
    const size_t count = write_lines(import, &lines);
    enum ga_rc rc = keep(import, count > 0 && count <= KEPT_MAX ? ga_str_text(&lines) : "", err);
    ga_str_finish(&lines);
    return rc;
}

void ga_decisions_forget(struct ga_import *import)
{
    char name[NAME_BYTES];
    name_setting(import, name);
    const char *kept = ga_store_setting(import->tools.store, name);
    if (kept != NULL && ga_str_starts(kept, import->origin.content))
        keep(import, "", NULL); /* the file is in: at worst they find nothing that differs */
}

static void take_stay(struct ga_import *import, const char *text, size_t len)
{
    char id[GA_UUID_TEXT_SIZE];
    struct ga_uuid child;
    if (len >= sizeof(id))
        return;
    memcpy(id, text, len);
    id[len] = '\0';
    if (ga_uuid_parse(id, &child))
        ga_returns_let_stay(import, &child, true);
}

static void take_line(struct ga_import *import, const char *line, size_t len)
{
    char name[FIELD_BYTES];
    unsigned sheet, row, says, had, decided;
    int is_by_rule;
    if (ga_str_starts(line, STAYS))
        take_stay(import, line + strlen(STAYS), len - strlen(STAYS));
    if (sscanf(line, "%u %u %79s %u %u %d %u", &sheet, &row, name, &says, &had, &is_by_rule, &decided) != 7)
        return;
    const struct ga_field *field = ga_form_field(import->form, name);
    if (field == NULL || decided > DECIDED_KEEP)
        return;
    const struct difference difference = {.field = (uint16_t)field->index, .says = says, .had = had,
                                          .is_by_rule = is_by_rule != 0, .decided = (uint8_t)decided};
    ga_recall_put(import, sheet, row, &difference);
}

void ga_import_recall_decisions(struct ga_import *import)
{
    char name[NAME_BYTES];
    name_setting(import, name);
    const char *kept = ga_store_setting(import->tools.store, name);
    if (kept == NULL || kept[0] == '\0' || import->differences_noted.len > 0)
        return;
    struct ga_arena scratch = {0};
    char *line = ga_arena_strdup(&scratch, kept);
    ga_origin_sum(import);
    const size_t len = strlen(import->origin.content);
    if (len > 0 && ga_str_starts(line, import->origin.content) && line[len] == '\n')
        for (char *next = line + len; *next == '\n';) {
            line = next + 1;
            next = line + strcspn(line, "\n");
            take_line(import, line, (size_t)(next - line));
        }
    ga_recall_sort(import);
    import->has_kept_decisions = import->differences_noted.len > 0;
    ga_arena_finish(&scratch);
}

size_t ga_import_decided(const struct ga_import *import)
{
    size_t count = 0;
    for (size_t i = 0; i < import->differences.len; i++)
        count += GA_VEC_AT(const struct difference, &import->differences, i)->decided != UNDECIDED;
    for (size_t i = 0; import->stays.len > 0 && i < import->rows->len; i++)
        count += GA_SHELF_AT(struct planned, import->rows, i)->stays_gone;
    return count;
}
