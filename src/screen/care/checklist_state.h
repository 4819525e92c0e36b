/* The inside of a class's sheet, for the files that make it up. */
#ifndef GUANAI_SRC_SCREEN_CHECKLIST_STATE_H
#define GUANAI_SRC_SCREEN_CHECKLIST_STATE_H

#include "care/checklist_sent.h"
#include "care/checklist_windows.h"
#include "care/due_confirm.h"
#include "care/due_excuse.h"
#include "care/sign_ask.h"
#include "guanai/care/checklist.h"
#include "guanai/screen/session.h"
#include "parts/cell_mark.h"

enum { OPEN = 1, FILE_OF, BEFORE, AFTER, WHY, EXCUSE, CONFIRM, SIGN, SEND_BACK, MONTH_SHEET, WHICH_OPEN, WHICH_BACK };

struct sheet {
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena; /* of the list; anew whenever it is read */
    struct ga_checklist list;
    struct ga_roster_class class;
    struct ga_date month;
    struct ga_cell_mark mark;
    struct ga_due_excuse excuse;
    struct ga_due_confirm confirm;
    struct ga_sign_ask sign;
    struct ga_checklist_windows windows; /* of the cell that was opened */
    const struct ga_due *explained;      /* one of `windows`; NULL: the marked one */
    struct ga_checklist_sent sent;       /* in `arena` */
    struct ga_uuid sent_id;              /* the record that is being sent back */
    const char *signed_text; /* who signed when, what changed since; "": nobody */
};

/* checklist_cell.c: what lies behind a cell. `due` NULL: the marked one. */
const struct ga_due *sheet_marked_due(const struct sheet *sheet); /* NULL: nothing is owed there */
void sheet_act_on_cell(struct ga_screen *screen, int id);         /* WHICH_OPEN or WHICH_BACK; of several windows which is asked */
void sheet_open_due(struct ga_screen *screen, const struct ga_due *due);
void sheet_send_back(struct ga_screen *screen, const struct ga_due *due);
void sheet_explain(struct ga_screen *screen, const struct ga_due *due);

#endif
