/* Invents one pupil. */
#include "school/demo.h"

#include "guanai/text/class_name.h"
#include "guanai/text/id_number.h"

#include <stdio.h>
#include <string.h>

enum { GRADES = 6, REGION = 522299 }; /* 铜仁地区 without a county: nobody's number */

static struct ga_date invent_birth(struct ga_demo *demo, int grade)
{
    const int year = ga_class_name_school_year(demo->session->today);
    const struct ga_date first = {.year = (int16_t)(year - 7 - grade), .month = 9, .day = 1};
    return ga_date_add_days(first, ga_demo_below(demo, 365));
}

static void type_id_number(struct ga_demo *demo, struct ga_answers *child, struct ga_date birth, bool is_boy)
{
    char digits[40];
    const int place = ga_demo_below(demo, 500) * 2 + (is_boy ? 1 : 0); /* GB 11643: odd for males */
    snprintf(digits, sizeof(digits), "%06d%04d%02d%02d%03d", REGION, birth.year, birth.month, birth.day, place);
    digits[17] = ga_id_number_check_digit(digits);
    digits[18] = '\0';
    ga_demo_type(demo, child, "id_number", digits);
}

/* 199 0000 and 191 0000 are given to nobody. */
static void type_phone(struct ga_demo *demo, struct ga_answers *child, const char *field)
{
    char phone[16];
    snprintf(phone, sizeof(phone), "19%d0000%04d", ga_demo_happens(demo, 50) ? 9 : 1, ga_demo_below(demo, 10000));
    ga_demo_type(demo, child, field, phone);
}

static void type_person(struct ga_demo *demo, struct ga_answers *child, const char *field, const char *surname,
                        enum ga_demo_list given)
{
    char name[64];
    snprintf(name, sizeof(name), "%s%s", surname, ga_demo_pick(demo, given));
    ga_demo_type(demo, child, field, name);
}

static void type_parent_away(struct ga_demo *demo, struct ga_answers *child, const char *who, bool is_away)
{
    char field[40], since[16];
    snprintf(field, sizeof(field), "%s_state", who);
    ga_demo_type(demo, child, field, is_away ? "away" : "home");
    if (!is_away)
        return;
    snprintf(field, sizeof(field), "%s_workplace", who);
    ga_demo_type(demo, child, field, ga_demo_pick(demo, GA_DEMO_CITY));
    snprintf(field, sizeof(field), "%s_work", who);
    ga_demo_type(demo, child, field, ga_demo_pick(demo, GA_DEMO_WORK));
    snprintf(field, sizeof(field), "%s_away_since", who);
    snprintf(since, sizeof(since), "%d-%02d", demo->session->today.year - 1 - ga_demo_below(demo, 5),
             1 + ga_demo_below(demo, 12));
    ga_demo_type(demo, child, field, since);
}

static void type_parents(struct ga_demo *demo, struct ga_answers *child, const char *surname, const char *kind)
{
    type_person(demo, child, "father_name", surname, GA_DEMO_MAN);
    type_person(demo, child, "mother_name", ga_demo_pick(demo, GA_DEMO_SURNAME), GA_DEMO_WOMAN);
    type_phone(demo, child, "father_phone");
    type_phone(demo, child, "mother_phone");
    if (kind == NULL)
        return;
    type_parent_away(demo, child, "father", strcmp(kind, "mother") != 0);
    type_parent_away(demo, child, "mother", strcmp(kind, "father") != 0);
}

/* One in forty has nobody: the alarm that the whole program is for. */
static void type_guardian(struct ga_demo *demo, struct ga_answers *child, const char *surname, const char *kind)
{
    static const char *const grand[] = {"grandmother_f", "grandfather_f", "grandmother_m", "grandfather_m"};
    if (ga_demo_happens(demo, 3)) {
        ga_demo_type(demo, child, "guardian_relation", "self");
        ga_demo_type(demo, child, "guardian_kind", "none");
        return;
    }
    const bool is_parent = strcmp(kind, "both") != 0;
    const char *relation = !is_parent ? grand[ga_demo_below(demo, 4)] : strcmp(kind, "father") == 0 ? "mother" : "father";
    ga_demo_type(demo, child, "guardian_relation", relation);
    ga_demo_type(demo, child, "guardian_kind", is_parent ? "one_parent" : "grand");
    type_person(demo, child, "guardian_name", surname,
                strstr(relation, "mother") != NULL ? GA_DEMO_WOMAN : GA_DEMO_MAN);
    if (ga_demo_happens(demo, 85))
        type_phone(demo, child, "guardian_phone");
}

static const char *invent_absence(struct ga_demo *demo)
{
    const int dice = ga_demo_below(demo, 100);
    return dice < 52 ? NULL : dice < 75 ? "both" : dice < 94 ? "father" : "mother";
}

static void type_place(struct ga_demo *demo, struct ga_answers *child)
{
    char text[16], address[96];
    const char *village = ga_demo_pick(demo, GA_DEMO_VILLAGE);
    snprintf(text, sizeof(text), "%d组", 1 + ga_demo_below(demo, 7));
    ga_demo_type(demo, child, "village", village);
    ga_demo_type(demo, child, "hamlet", text);
    snprintf(address, sizeof(address), "%s%s", village, text);
    ga_demo_type(demo, child, "address", address);
    ga_demo_type(demo, child, "site", ga_config_own_site(&demo->session->config)->code);
}

static void type_circumstances(struct ga_demo *demo, struct ga_answers *child, int grade)
{
    static const char *const economy[] = {"ordinary", "ordinary", "ordinary", "lifted", "dibao", "hard"};
    static const char *const health[] = {"healthy", "healthy", "healthy", "healthy", "short_sighted", "frail"};
    const bool is_boarder = grade >= 3 && ga_demo_happens(demo, 40);
    ga_demo_type(demo, child, "boarding", is_boarder ? "1" : "0");
    ga_demo_type(demo, child, "lives_at", is_boarder ? "dorm" : "guardian");
    if (is_boarder)
        ga_demo_type(demo, child, "goes_home", "weekly");
    ga_demo_type(demo, child, "household_economy", economy[ga_demo_below(demo, 6)]);
    ga_demo_type(demo, child, "health", health[ga_demo_below(demo, 6)]);
    ga_demo_type(demo, child, "interests", ga_demo_pick(demo, GA_DEMO_INTEREST));
    ga_demo_type(demo, child, "ethnicity", "汉族");
}

bool ga_demo_child(struct ga_demo *demo, int i, struct ga_answers *ret_child)
{
    char text[GA_DATE_SIZE];
    const int grade = i * GRADES / (demo->children > 0 ? demo->children : 1), classes = 1 + demo->children / (GRADES * 50);
    const bool is_boy = ga_demo_happens(demo, 53);
    const char *surname = ga_demo_pick(demo, GA_DEMO_SURNAME), *absence = invent_absence(demo);
    const struct ga_date birth = invent_birth(demo, grade);
    ga_answers_init(ret_child, demo->child);
    type_id_number(demo, ret_child, birth, is_boy);
    type_person(demo, ret_child, "name", surname, is_boy ? GA_DEMO_BOY : GA_DEMO_GIRL);
    ga_demo_type(demo, ret_child, "sex", is_boy ? "male" : "female");
    ga_demo_type(demo, ret_child, "birth_date", ga_date_iso(birth, text));
    snprintf(text, sizeof(text), "%d", i + 1);
    ga_demo_type(demo, ret_child, "card_no", text);
    snprintf(text, sizeof(text), "g%d", grade + 1);
    ga_demo_type(demo, ret_child, "grade", text);
    snprintf(text, sizeof(text), "%d", 1 + ga_demo_below(demo, classes));
    ga_demo_type(demo, ret_child, "class", text);
    ga_demo_type(demo, ret_child, "marked_left_behind", absence != NULL ? "1" : "0");
    ga_demo_type(demo, ret_child, "absence_kind", absence != NULL ? absence : "");
    type_place(demo, ret_child);
    type_parents(demo, ret_child, surname, absence);
    if (absence != NULL)
        type_guardian(demo, ret_child, surname, absence);
    type_circumstances(demo, ret_child, grade);
    return absence != NULL;
}
