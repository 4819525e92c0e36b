/* What the tests of the form screen share: a school with one child and a form with rows. */
#ifndef GUANAI_TESTS_RECORD_SCENE_H
#define GUANAI_TESTS_RECORD_SCENE_H

#include "scene.h"

/* For a cmocka set-up: 彭英俊 is there, the form `club` beside the shipped ones. */
int record_scene_start(void **state);

void record_scene_visit(struct scene *scene);                                /* a new home visit */
void record_scene_page(struct scene *scene, size_t page, const char *field); /* of the child's file */
void record_scene_new(struct scene *scene, const char *form);                /* of no child */
void record_scene_keys(struct scene *scene, uint32_t key, int times);

#endif
