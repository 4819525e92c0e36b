/* What records say, kept beside the log; private to this room. */
#ifndef GUANAI_SRC_APP_FACE_KEPT_H
#define GUANAI_SRC_APP_FACE_KEPT_H

#include "guanai/app/record_face.h"
#include "guanai/base/vec.h"
#include "guanai/sql/stmt.h"

/*
 * To see whether a signed month changed, the print of every record behind its cells is needed; to read one anew its
 * block of the log is unpacked. So prints lie in `_due_face`, a row a record, derived: right as long as the record's
 * newest operation and its form are those it was made of. What is missing is read and kept when the reading ends.
 */
struct ga_faces_kept {
    struct ga_session *session;
    struct ga_stmt *get; /* NULL: nothing was ever kept */
    struct ga_vec fresh; /* read anew */
};

void ga_faces_kept_start(struct ga_faces_kept *kept, struct ga_session *session);

/* Of the record with that number: id, form, doer, print; nothing else of the face is filled in. Texts in `arena`. */
enum ga_rc ga_face_kept_read(struct ga_faces_kept *kept, int64_t record, struct ga_arena *arena,
                             struct ga_record_face *ret_face, struct ga_error *err);

/* Keeps what was read anew where that can be done: nothing is lost when it cannot. */
void ga_faces_kept_finish(struct ga_faces_kept *kept);

#endif
