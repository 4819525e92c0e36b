/* Spellings of a school class. */
#ifndef GUANAI_TEXT_CLASS_NAME_H
#define GUANAI_TEXT_CLASS_NAME_H

#include "guanai/base/error.h"
#include "guanai/text/date.h"
#include "guanai/text/translate.h"

#include <stdbool.h>
#include <stddef.h>

enum { GA_GRADE_SIZE = 4, GA_CLASS_NUMBER_SIZE = 48, GA_CLASS_NAME_SIZE = 96 };

struct ga_class_name {
    char grade[GA_GRADE_SIZE];         /* code of the list `grade`: g1 … g9, k0 … k3, pre, s1 … s3 */
    char second_grade[GA_GRADE_SIZE];  /* of a 复式班, which teaches two grades; else "" */
    char number[GA_CLASS_NUMBER_SIZE]; /* "2", or a name as "向日葵"; "" when only the grade is known */
};

/*
 * 三年级(2)班 三（2）班 三年级二班 三2班 3.2 302班 2024级2班 小班 大(2)班 小一班 学前班 托班 一二年级复式班 初一(3)班
 * 七年级3班 高一, Grade 3 Class 2. `school_year` is the year in which the present school year began
 * (2026 for 2026—2027), for names by year of entry; 0: unknown, such names are refused.
 * `warning` may be NULL.
 */
enum ga_rc ga_class_name_parse(const char *typed, int school_year, struct ga_class_name *ret_name,
                               struct ga_message *warning, struct ga_error *err);

/*
 * The same from the two columns 年级 (or its code, g3) + 班级: "三" + "(2)班", "2班", "二班", "2", "1.0", "3.2", "三年级2班", "". Without
 * a grade "2" is a class of a grade not known, 三年级2班 says both. A class of two grades is "复式" in the pupil's own;
 * it is not known from the class alone. GA_REFUSED: the two name different grades; GA_NOT_FOUND: not
 * understood, a word of the school's own.
 */
enum ga_rc ga_class_name_parse_columns(const char *typed_grade, const char *typed_class, int school_year,
                                       struct ga_class_name *ret_name, struct ga_message *warning,
                                       struct ga_error *err);

/* The year the day's school year began in: 2026 from August 2026 to July 2027. */
int ga_class_name_school_year(struct ga_date day);

/*
 * The year in which those entered their stage (primary, lower or upper secondary, kindergarten) who are in this
 * grade in that school year: g3 in 2026 → 2024, as in 2024级. 0: a grade that has no year of entry.
 */
int ga_class_name_entry_year(const char *grade, int school_year);

/*
 * Are those of one grade in one school year those of the other in another: g2 of 2025 and g3 of 2026? A grade without a
 * year of entry goes on in its own year alone; no stage goes on in the next.
 */
bool ga_class_name_goes_on(const char *then, int year_then, const char *now, int year_now);

/*
 * The grade after this one: g3 → g4, g9 → s1, k1 → k2, k3 and pre → g1. false: there is none (s3), or it is no grade.
 * *ret_ends_stage: the stage (kindergarten, primary, lower or upper secondary) ends with this grade.
 */
bool ga_class_name_next_grade(const char *grade, char ret_next[GA_GRADE_SIZE], bool *ret_ends_stage);

/* 三年级(2)班 · Grade 3 Class 2. Returns buf (GA_CLASS_NAME_SIZE). ga_class_name_parse reads both back. */
const char *ga_class_name_text(const struct ga_class_name *name, enum ga_lang lang, char *buf);

#endif
