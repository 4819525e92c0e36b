/* Files that may be one child's are offered, twins and namesakes are not. */
#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/store/doubles.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct ga_likeness compare(const struct ga_alike_facts *a, const struct ga_alike_facts *b)
{
    struct ga_alike prints[2];
    ga_alike_take(a, &prints[0]);
    ga_alike_take(b, &prints[1]);
    const struct ga_likeness likeness = ga_alike_compare(&prints[0], &prints[1]);
    const struct ga_likeness turned = ga_alike_compare(&prints[1], &prints[0]);
    assert_int_equal(likeness.degree, turned.degree);
    assert_int_equal(likeness.same, turned.same);
    return likeness;
}

static const struct ga_alike_facts ZIXUAN = {.name = "李子轩", .sex = "male", .birth = "2017-05-03",
    .village = "红岩村", .guardian = "李富贵", .father = "李强", .phones = {"13800001111"}};

static enum ga_alike_degree degree_of(struct ga_alike_facts other)
{
    return compare(&ZIXUAN, &other).degree;
}

static struct ga_alike_facts but(const char *name, const char *birth)
{
    struct ga_alike_facts facts = ZIXUAN;
    facts.name = name;
    facts.birth = birth;
    return facts;
}

static void slips_in_name_or_birth_date_are_one_child(void **state)
{
    (void)state;
    static const struct {
        const char *name, *birth;
        uint32_t same;
        enum ga_alike_degree least;
    } slips[] = {
        {"李子轩", "2017-05-03", GA_SAME_NAME | GA_SAME_BIRTH, GA_ALIKE_LIKELY},
        {"李梓萱", "2017-05-03", GA_SAME_SOUND | GA_SAME_BIRTH, GA_ALIKE_LIKELY},
        {"李智轩", "2017-05-03", GA_SAME_NEAR_SOUND | GA_SAME_BIRTH, GA_ALIKE_PERHAPS},
        {"李子", "2017-05-03", GA_SAME_PART_OF_NAME | GA_SAME_BIRTH, GA_ALIKE_PERHAPS},
        {"李轩子", "2017-05-03", GA_SAME_PART_OF_NAME | GA_SAME_BIRTH, GA_ALIKE_PERHAPS},
        {"李子轩", "2017-03-05", GA_SAME_NAME | GA_SAME_BIRTH_SWAPPED, GA_ALIKE_LIKELY},
        {"李子轩", "2018-05-03", GA_SAME_NAME | GA_SAME_BIRTH_DIGIT, GA_ALIKE_LIKELY},
        {"李梓轩", "2017-05-08", GA_SAME_SOUND | GA_SAME_BIRTH_DIGIT, GA_ALIKE_PERHAPS},
        {"李子轩", "2017-05", GA_SAME_NAME | GA_SAME_BIRTH_MONTH, GA_ALIKE_LIKELY},
        {"李子轩", "2017-04-11", GA_SAME_NAME | GA_SAME_BIRTH_NEAR, GA_ALIKE_PERHAPS},
        {"李子轩", NULL, GA_SAME_NAME, GA_ALIKE_PERHAPS},
    };
    for (size_t i = 0; i < GA_COUNT(slips); i++) {
        const struct ga_alike_facts other = but(slips[i].name, slips[i].birth);
        const struct ga_likeness likeness = compare(&ZIXUAN, &other);
        assert_int_equal(likeness.same & slips[i].same, slips[i].same);
        assert_int_equal(likeness.degree, slips[i].least);
    }
}

static void twins_and_namesakes_are_two(void **state)
{
    (void)state;
    struct ga_alike_facts stranger = ZIXUAN;
    assert_int_equal(degree_of(but("李雨轩", "2017-05-03")), GA_ALIKE_NOT); /* a twin */
    assert_int_equal(degree_of(but("李子涵", "2017-05-03")), GA_ALIKE_NOT);
    assert_int_equal(degree_of(but("李梓萱", "2019-11-20")), GA_ALIKE_NOT); /* a younger sister */
    stranger.guardian = "王桂花";
    stranger.father = "李勇";
    stranger.phones[0] = "13911112222";
    stranger.village = "大湾村";
    assert_int_equal(degree_of(stranger), GA_ALIKE_NOT); /* everybody in the family is another */
    stranger.birth = "2017-08-14";
    stranger.village = ZIXUAN.village;
    assert_int_equal(degree_of(stranger), GA_ALIKE_NOT);
    struct ga_alike_facts girl = but("李梓萱", "2017-05-03");
    girl.sex = "female";
    assert_int_equal(degree_of(girl), GA_ALIKE_NOT);
}

/* A row that gives a name and no more: of that name somebody is here. */
static void a_bare_name_may_be_anybody_of_that_name(void **state)
{
    (void)state;
    struct ga_alike_facts bare = {.name = "李子轩"}, here = ZIXUAN;
    here.id_number = "520424201705032017";
    here.site = "main", here.grade = "2025", here.class_no = "2";
    assert_int_equal(compare(&here, &bare).degree, GA_ALIKE_PERHAPS);
    bare.name = "李梓轩";
    assert_int_equal(compare(&here, &bare).degree, GA_ALIKE_NOT); /* by the name as written, not by its sound */
    bare.name = "李子轩";
    bare.site = "main", bare.grade = "2025", bare.class_no = "1";
    assert_int_equal(compare(&here, &bare).degree, GA_ALIKE_NOT); /* a class is known, and it is another */
    bare.class_no = "2";
    assert_int_equal(compare(&here, &bare).degree, GA_ALIKE_PERHAPS);
    bare.class_no = bare.grade = bare.site = NULL;
    bare.birth = "2019-11-20";
    assert_int_equal(compare(&here, &bare).degree, GA_ALIKE_NOT);
}

static void numbers_decide_before_anything_else(void **state)
{
    (void)state;
    struct ga_alike_facts a = but("李子轩", "2017-05-03"), b = but("王五", "2010-01-01");
    a.id_number = "520424202008218443";
    b.id_number = "520424202008218443";
    assert_int_equal(compare(&a, &b).degree, GA_ALIKE_SURE);
    b = a;
    b.id_number = "520424202005218966";
    assert_int_equal(compare(&a, &b).degree, GA_ALIKE_NOT); /* two right numbers are two children */
    b.id_number = NULL;
    b.student_number = "G520424202008218443";
    assert_true(compare(&a, &b).same & GA_SAME_ID);
    a.id_number = "110105491231002"; /* 15 digits, as issued until 1999 */
    b = but("王五", NULL);
    b.id_number = "11010519491231002X";
    assert_int_equal(compare(&a, &b).degree, GA_ALIKE_SURE);
    a = but("李子轩", NULL);
    b = but("王五", NULL);
    a.student_number = b.student_number = "L520424202008218";
    assert_int_equal(compare(&a, &b).degree, GA_ALIKE_SURE);
}

static void a_name_with_a_dot_may_stand_without_its_second_part(void **state)
{
    (void)state;
    struct ga_alike_facts a = but("阿卜杜拉·买买提", "2017-05-03"), b = but("阿卜杜拉", "2017-05-03");
    assert_true(compare(&a, &b).same & GA_SAME_PART_OF_NAME);
    assert_int_equal(compare(&a, &b).degree, GA_ALIKE_PERHAPS);
}

static void every_reading_of_a_name_counts(void **state)
{
    (void)state;
    struct ga_alike_facts a = but("曾小乐", "2017-05-03"), b = but("增小乐", "2017-05-03"), c = but("曾小月", "2017-05-03");
    assert_true(compare(&a, &b).same & GA_SAME_SOUND);
    assert_true(compare(&a, &c).same & GA_SAME_SOUND); /* 乐 is le or yue */
}

static void what_is_the_same_is_said(void **state)
{
    (void)state;
    struct ga_alike_facts other = but("李梓萱", "2017-05-03");
    other.phones[0] = NULL;
    struct ga_str zh = {0}, codes = {0};
    const struct ga_likeness likeness = compare(&ZIXUAN, &other);
    ga_likeness_say(likeness, GA_ZH, &zh);
    ga_likeness_codes(likeness, &codes);
    assert_string_equal(ga_str_text(&zh), "姓名同音、出生日期、监护人、父母姓名、村");
    assert_string_equal(ga_str_text(&codes), "name_sound birth_date guardian parent village");
    ga_str_finish(&zh);
    ga_str_finish(&codes);
}

static const struct ga_alike *print_at(void *ctx, size_t i)
{
    return (const struct ga_alike *)ctx + i;
}

/* All pairs by comparing all with all: what the groups must find as well, but for the largest groups. */
static void groups_find_what_all_pairs_would(void **state)
{
    (void)state;
    enum { PRINTS = 300 };
    static const char *const given[] = {"子轩", "梓萱", "子涵", "雨欣", "语心", "宇星", "佳", "家豪", "嘉好", "豪家"};
    static const char *const births[] = {"2017-05-03", "2017-03-05", "2018-05-03", "2017-05", "2017-05-20", NULL};
    struct ga_alike *prints = calloc(PRINTS, sizeof(*prints));
    struct ga_vec pairs;
    size_t expected = 0, next = 0;
    uint64_t seed = 7;
    for (size_t i = 0; i < PRINTS; i++) {
        char name[32], phone[16];
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        snprintf(name, sizeof(name), "%s%s", seed >> 40 & 1 ? "李" : "林", given[(seed >> 33) % GA_COUNT(given)]);
        snprintf(phone, sizeof(phone), "1380000%04d", (int)(seed >> 50 & 15));
        const struct ga_alike_facts facts = {.name = name, .birth = births[(seed >> 20) % GA_COUNT(births)],
                                             .phones = {phone}};
        ga_alike_take(&facts, &prints[i]);
    }
    ga_vec_init(&pairs, sizeof(struct ga_alike_pair));
    ga_alike_pairs(&(struct ga_alike_prints){PRINTS, print_at, prints}, 100, &pairs);
    for (size_t i = 0; i < PRINTS; i++)
        for (size_t k = i + 1; k < PRINTS; k++) {
            if (k < 100 || ga_alike_compare(&prints[i], &prints[k]).degree == GA_ALIKE_NOT)
                continue;
            expected++;
            const struct ga_alike_pair *pair = next < pairs.len ? ga_vec_at(&pairs, next++) : NULL;
            assert_non_null(pair);
            assert_int_equal(pair->a, i);
            assert_int_equal(pair->b, k);
        }
    assert_true(expected > 100);
    assert_int_equal(pairs.len, expected);
    ga_vec_finish(&pairs);
    free(prints);
}

static struct school school;
static struct ga_arena arena;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_arena_finish(&arena);
    school_stop(&school);
    return 0;
}

static struct ga_uuid add(const char *name, const char *birth, const char *phone)
{
    school.now_ms += 1000;
    struct ga_uuid id = school_add_child(&school, name);
    if (birth != NULL)
        school_edit(&school, "child", &id, "birth_date", birth);
    if (phone != NULL)
        school_edit(&school, "child", &id, "father_phone", phone);
    return id;
}

static size_t find(struct ga_double **ret_doubles)
{
    size_t count = 99;
    assert_int_equal(ga_doubles_find(school.store, &arena, ret_doubles, &count, NULL), GA_OK);
    assert_int_equal(ga_doubles_known(school.store), count);
    return count;
}

static void say(const struct ga_uuid *a, const struct ga_uuid *b, enum ga_same_verdict verdict)
{
    assert_int_equal(ga_doubles_say(school.store, a, b, verdict, NULL, NULL), GA_OK);
}

static void the_archive_lists_pairs_until_they_are_judged(void **state)
{
    (void)state;
    struct ga_double *doubles;
    struct ga_uuid a = add("李子轩", "2017-05-03", "13800001111"), b = add("李梓萱", "2017-05-03", "13800001111");
    struct ga_uuid c = add("李子轩", "2017-03-05", "13800001111");
    add("王五", "2017-05-03", "13800001111");
    assert_int_equal(find(&doubles), 3); /* each of the three with each */
    assert_int_equal(doubles[0].likeness.degree, GA_ALIKE_LIKELY);
    say(&a, &b, GA_SAME_LINKED);
    assert_int_equal(ga_doubles_known(school.store), 2);
    assert_int_equal(find(&doubles), 1); /* the child against c, by its more alike file */
    assert_int_equal(ga_uuid_compare(&doubles[0].a, &a), 0);
    assert_int_equal(ga_uuid_compare(&doubles[0].b, &c), 0);
    say(&c, &b, GA_SAME_DIFFERENT); /* said of one file, it holds for the child */
    assert_int_equal(find(&doubles), 0);
    say(&a, &b, GA_SAME_DIFFERENT);
    assert_int_equal(find(&doubles), 1); /* parted: a against c is open again */
}

static size_t find_of(const struct ga_answers *child, struct ga_double_hit **ret_hits)
{
    size_t count = 99;
    assert_int_equal(ga_doubles_of(school.store, child, GA_ZH, &arena, ret_hits, &count, NULL), GA_OK);
    return count;
}

static void one_child_finds_by_index_what_the_archive_finds(void **state)
{
    (void)state;
    struct ga_answers child;
    struct ga_double_hit *hits;
    struct ga_uuid a = add("李子轩", "2017-05-03", "13800001111");
    add("李雨轩", "2017-05-03", "13800001111"); /* the twin */
    static const struct {
        const char *name, *birth;
    } slips[] = {{"李梓萱", "2017-05-03"}, {"李子轩", "2017-03-05"}, {"李智轩", "2017-05-03"}, {"李子", "2017-05-03"}};
    for (size_t i = 0; i < GA_COUNT(slips); i++) {
        ga_answers_init(&child, school_form(&school, "child"));
        school_type(&child, "name", slips[i].name);
        school_type(&child, "birth_date", slips[i].birth);
        school_type(&child, "mother_phone", "13800001111");
        assert_int_equal(find_of(&child, &hits), 1);
        assert_int_equal(ga_uuid_compare(&hits[0].hit.id, &a), 0);
        ga_answers_finish(&child);
    }
}

static void neither_itself_nor_whom_it_is_not_is_offered(void **state)
{
    (void)state;
    struct ga_answers child;
    struct ga_double_hit *hits;
    struct ga_uuid a = add("李子轩", "2017-05-03", "13800001111"), b = add("李梓萱", "2017-05-03", "13800001111");
    struct ga_uuid c = add("李子萱", "2017-05-03", "13800001111");
    assert_int_equal(ga_store_read(school.store, school_form(&school, "child"), &a, &child, NULL, NULL), GA_OK);
    assert_int_equal(find_of(&child, &hits), 2);
    say(&b, &c, GA_SAME_LINKED);
    assert_int_equal(find_of(&child, &hits), 1); /* one child with two files */
    assert_int_equal(ga_uuid_compare(&hits[0].hit.id, &b), 0);
    say(&a, &b, GA_SAME_DIFFERENT);
    say(&a, &c, GA_SAME_DIFFERENT);
    assert_int_equal(find_of(&child, &hits), 0);
    ga_answers_finish(&child);
}

static void numbers_are_found_however_they_were_written(void **state)
{
    (void)state;
    struct ga_answers child;
    struct ga_double_hit *hits;
    struct ga_uuid a = add("张三", NULL, NULL);
    school_edit(&school, "child", &a, "student_number", "G520424202008218443");
    ga_answers_init(&child, school_form(&school, "child"));
    school_type(&child, "name", "李四");
    school_type(&child, "id_number", "520424202008218443");
    assert_int_equal(find_of(&child, &hits), 1);
    assert_int_equal(hits[0].likeness.degree, GA_ALIKE_SURE);
    ga_answers_finish(&child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_in_name_or_birth_date_are_one_child),
        cmocka_unit_test(twins_and_namesakes_are_two),
        cmocka_unit_test(a_bare_name_may_be_anybody_of_that_name),
        cmocka_unit_test(numbers_decide_before_anything_else),
        cmocka_unit_test(a_name_with_a_dot_may_stand_without_its_second_part),
        cmocka_unit_test(every_reading_of_a_name_counts),
        cmocka_unit_test(what_is_the_same_is_said),
        cmocka_unit_test(groups_find_what_all_pairs_would),
        cmocka_unit_test_setup_teardown(the_archive_lists_pairs_until_they_are_judged, start, stop),
        cmocka_unit_test_setup_teardown(one_child_finds_by_index_what_the_archive_finds, start, stop),
        cmocka_unit_test_setup_teardown(neither_itself_nor_whom_it_is_not_is_offered, start, stop),
        cmocka_unit_test_setup_teardown(numbers_are_found_however_they_were_written, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
