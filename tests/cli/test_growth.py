#!/usr/bin/env python3
"""A county of many schools, merged from sticks in any order, some twice: who is missing is named, counts agree with their sum.

Called with how many schools and children: 8 and 400 by every run of the tests, 60 and 6,577 in suite `long`."""
import itertools
import os
import random
import shutil
import sqlite3
import sys
import time

from guanai import Case, main

SCHOOLS, CHILDREN = (int(word) for word in (sys.argv[1:3] or ("8", "400")))
SILENT = 3  # met the county, never sent a stick
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅红建国志海燕波云飞龙凤春秋冬夏雪松柏林森山川河江湖天地文武诗书画琴棋"
VILLAGES = ["红岩村", "上坝村", "许家村", "大湾村", "双溪村", "云山村"]
HEADINGS = "姓名,性别,出生日期,年级,班级,教学点,村组,是否留守,留守类型,监护人姓名,与学生关系,监护人电话\n"
SHARED = "李福春,女,2018-03-09,二年级,1班,{site},红岩村,是,双方外出,李大山,爷爷,13900000001\n"  # one child in two schools


class School:
    """A school of its own folder and stick, every third one with a teaching point that has a computer, too."""

    def __init__(self, number, children):
        self.title = f"云山县第{number + 1}小学"
        self.name, self.children = f"s{number}", children
        self.point = f"p{number}" if number % 3 == 0 else None
        self.stick = f"stick{number}"


class Growth(Case):
    limit_seconds = 1200  # sanitizers take ten times as long, and 100,000 children are checked in one run

    def setUp(self):
        super().setUp()
        self.dice = random.Random(60)
        self.names = set()
        self.began = time.monotonic()

    def at(self, name, *words, **options):
        return self.run_it(*words, data=self.path(name), **options)

    def do(self, name, *words, **options):
        return self.does(*words, data=self.path(name), **options)

    def say(self, words):
        print(f"# {time.monotonic() - self.began:7.1f} s: {words}", file=sys.stderr, flush=True)

    # ---- the schools ----

    def new_name(self):
        for tries in itertools.count():
            name = self.dice.choice(SURNAMES) + self.dice.choice(GIVEN) + self.dice.choice(GIVEN)
            if tries > 100:  # there are 140,000 of three characters: not enough for a county of 100,000 and who looks after them
                name += self.dice.choice(GIVEN)
            if name not in self.names and name != "李福春":
                self.names.add(name)
                return name

    def roster(self, path, children, sites, and_then=""):
        with open(path, "w", encoding="utf-8") as file:
            file.write(HEADINGS)
            for _ in range(children):
                grade = self.dice.randrange(6)
                behind = self.dice.random() < 0.5
                file.write(",".join([
                    self.new_name(), self.dice.choice("男女"),
                    f"{2020 - grade}-{self.dice.randrange(1, 13):02}-{self.dice.randrange(1, 29):02}", "一二三四五六"[grade] + "年级",
                    f"{self.dice.randrange(1, 4)}班", self.dice.choice(sites), self.dice.choice(VILLAGES), "是" if behind else "否",
                    self.dice.choice(["双方外出", "父亲外出"]) if behind else "", self.new_name(), "爷爷",
                    f"13{self.dice.randrange(10**8, 10**9)}"]) + "\n")
            file.write(and_then)
        return path

    def found(self, name, title):
        self.do(name, "init", "--school", title)
        with open(os.path.join(self.path(name), "config.yaml"), "w", encoding="utf-8") as file:
            file.write(f"school: {title}\nsites:\n  - {{code: main, label: {{zh: 中心校, en: Main}}, own: true}}\n"
                       "  - {code: point, label: {zh: 教学点, en: Point}}\n  - {code: paper, label: {zh: 村小, en: Village}, paper: true}\n")

    def join(self, school):
        stick = self.path(school.stick)
        self.found(school.point, school.title)
        self.do(school.name, "sync", "pair", "invite", stick)
        digits = self.do(school.point, "sync", "pair", "join", stick, school.title + "教学点").out.strip()
        self.do(school.name, "sync", "pair", "answer", stick, digits)
        self.do(school.point, "sync", "pair", "finish", stick, digits)

    def meet(self, school):
        stick = self.path(school.stick)
        self.do(school.name, "sync", "meet", stick)
        digits = self.do("county", "sync", "meet", stick).out.strip().split("\t")[1]
        self.do("county", "sync", "meet", stick, digits)
        self.do(school.name, "sync", "meet", stick, digits)

    def open_school(self, school, shared):
        os.mkdir(self.path(school.stick))
        self.found(school.name, school.title)
        self.do(school.name, "forms", "share", "calendar")
        if school.point:
            self.join(school)
        self.meet(school)
        at_point = school.children // 4 if school.point else 0
        extra = SHARED.format(site="中心校") if shared else ""
        path = self.roster(self.path("roster.csv"), school.children - at_point - bool(shared), ["中心校", "村小"], extra)
        self.do(school.name, "import", "child", path)
        if at_point:  # it learns of the county from its school's stick before it writes one
            self.do(school.name, "sync", "export", self.path(school.stick))
            self.assertIn(self.at(school.point, "sync", "import", self.path(school.stick)).code, (0, 1))
            path = self.roster(self.path("roster.csv"), at_point, ["教学点"])
            self.do(school.point, "import", "child", path)

    def write_sticks(self, school):
        """As the clerk does: the teaching point's stick first, then all of the school's on one."""
        stick = self.path(school.stick)
        for name in ([school.point] if school.point else []) + [school.name]:
            if os.path.isdir(os.path.join(stick, "guanai")):
                self.assertIn(self.at(name, "sync", "import", stick).code, (0, 1))
            self.do(name, "sync", "export", stick)

    def carry_away(self, school, into):
        copy = self.path(f"way{len(into)}-{school.name}")
        shutil.copytree(self.path(school.stick), copy)
        into.append((school, copy))

    def go_on(self, school):
        """A week later: one child came, one moved, one was visited."""
        child = self.do(school.name, "list", "child").rows[0]["id"]
        self.do(school.name, "edit", "child", child, "village=大湾村")
        self.do(school.name, "add", "child", "name=" + self.new_name(), "village=红岩村", "grade=g1", "class=1", "marked_left_behind=0")
        self.do(school.name, "add", "home_visit", "child=" + child, "visited_on=2026-11-20", "outcome=not_home")

    # ---- the county ----

    def deliver(self, county, ways, answers=False):
        for school, way in ways:
            answer = self.at(county, "sync", "import", way)
            self.assertIn(answer.code, (0, 1), answer.err)
            for row in answer.rows:
                self.assertIn(row["what"], ("taken", "known"), answer.out + answer.err)
            if answers and self.dice.random() < 0.3:  # the receipt goes back on the same stick
                self.do(county, "sync", "export", way)
                self.assertIn(self.at(school.name, "sync", "import", way).code, (0, 1))

    def dump(self, name):
        """All rows of all records, by the records' own ids."""
        db = sqlite3.connect(f"file:{self.path(name)}/guanai.db?mode=ro", uri=True)
        forms = [row[0] for row in db.execute("SELECT form FROM record GROUP BY form HAVING form <> '' ORDER BY form")]
        rows = {}
        for form in forms:
            columns = [row[1] for row in db.execute(f'PRAGMA table_info("{form}")') if row[1] not in ("no", "child")]
            rows[form] = sorted(map(repr, db.execute(
                f'SELECT r.id, {", ".join(chr(34) + c + chr(34) for c in columns)} FROM "{form}" f JOIN record r ON r.no = f.no')))
        db.close()
        return rows

    def check_status(self, heard, silent):
        said = self.at("county", "sync", "status").err
        self.assertIn(f"heard from {len(heard)} of {len(heard) + len(silent)} schools", said)
        for school in silent:
            self.assertIn(school.title, said)
        for school in heard:
            self.assertNotIn(school.title + ",", said.replace("\n", ","))

    def check_sums(self, heard):
        """Every school's own list and count is the county's of it, and nothing else is there."""
        by_school = {}
        for row in self.do("county", "list", "child").rows:
            by_school.setdefault(row["school"], set()).add((row["id"], row["name"], row["grade"], row["class"], row["village"]))
        self.assertEqual(set(by_school), {school.title for school in heard})
        figures = {}
        for row in self.do("county", "figures", "--by", "school").rows:
            figures.setdefault(row.pop("school"), []).append(row)
        for school in heard:
            own = {(row["id"], row["name"], row["grade"], row["class"], row["village"]) for row in self.do(school.name, "list", "child").rows}
            self.assertEqual(by_school[school.title], own, school.title)
            self.assertEqual(figures[school.title], self.do(school.name, "figures").rows, school.title)
        total = sum(map(len, by_school.values()))
        self.assertEqual({row["children"] for row in self.do("county", "figures").rows}, {str(total)})
        return total

    def check_twins(self, total):
        pairs = [row for row in self.do("county", "doubles").rows if row["name_a"] == row["name_b"] == "李福春"]
        self.assertEqual(len(pairs), 1)
        self.assertEqual({pairs[0]["school_a"], pairs[0]["school_b"]}, {"云山县第1小学", "云山县第2小学"})
        ids = pairs[0]["id_a"], pairs[0]["id_b"]
        self.do("county", "doubles", "link", *ids)
        self.assertEqual(self.do("county", "figures").rows[0]["children"], str(total - 1))
        self.assertEqual(len([row for row in self.do("county", "list", "child").rows if row["name"] == "李福春"]), 1)
        self.do("county", "doubles", "unlink", *ids, "--because", "两个孩子")
        self.assertEqual(self.do("county", "figures").rows[0]["children"], str(total))

    def open_all(self):
        self.do("county", "init", "--school", "云山县教育局")
        self.do("county", "sync", "county")
        cuts = sorted(self.dice.sample(range(1, CHILDREN // 10), SCHOOLS - 1))
        sizes = [10 * (b - a) for a, b in zip([0] + cuts, cuts + [CHILDREN // 10])]
        sizes[0] += CHILDREN % 10
        schools = [School(i, size) for i, size in enumerate(sizes)]
        for i, school in enumerate(schools):
            self.open_school(school, i < 2)
        return schools

    def test_a_county_merges_its_schools_from_sticks_in_any_order(self):
        schools = self.open_all()
        self.say(f"{SCHOOLS} schools with {CHILDREN} children")
        heard, silent = schools[:-SILENT], schools[-SILENT:]
        shutil.copytree(self.path("county"), self.path("other"))
        ways = []
        for school in heard:
            self.write_sticks(school)
            self.carry_away(school, ways)
        first = ways + self.dice.sample(ways, len(ways) // 4)
        self.dice.shuffle(first)
        self.deliver("county", first, answers=True)
        self.say("every stick was taken in once, some twice")
        for school in self.dice.sample(heard, len(heard) // 3):
            self.go_on(school)
            self.write_sticks(school)
            self.carry_away(school, ways)
        again = ways[len(heard):] + self.dice.sample(ways, len(ways) // 4)
        self.dice.shuffle(again)
        self.deliver("county", again)
        self.say("what changed was taken in")
        self.check_status(heard, silent)
        total = self.check_sums(heard)
        self.say(f"{total} children by school, as the schools count them")
        backwards = ways[::-1]  # the newest first, without receipts: the same in the end
        self.deliver("other", backwards)
        self.assertEqual(self.dump("other"), self.dump("county"))
        self.check_twins(total)
        checked = self.at("county", "check", "--rebuild")
        self.assertEqual(checked.code, 0, checked.err)
        self.say("checked and built anew from the log")


if __name__ == "__main__":
    del sys.argv[1:]
    main()
