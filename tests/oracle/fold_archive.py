"""Archives made by the real program, folded a second time in another language.

usage: fold_archive.py GUANAI TWO_SITES GOSSIP PROGRAM_GOSSIP FORMS EXTRA_FORM [KEPT]

KEPT: a folder in which PROGRAM_GOSSIP left what it had before; that alone is folded.
"""
import csv
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

import archive

guanai, two_sites, gossip, program_gossip, shipped, extra = sys.argv[1:7]
kept = sys.argv[7] if len(sys.argv) > 7 else None
SEED = int(os.environ.get("GUANAI_SEED", "20261123"))
USERS = ("周老师", "吴校长", "资料员小李")
ACTIONS = 90


class School:
    def __init__(self, folder):
        self.folder, self.data, self.forms = folder, os.path.join(folder, "data"), os.path.join(folder, "forms")
        shutil.copytree(shipped, self.forms)
        shutil.copy(extra, self.forms)
        self.dice, self.other_dice, self.day = random.Random(SEED), random.Random(SEED + 1), 1

    def run(self, *words, code=0, user=None):
        """Rows as dicts; `code` None: whatever it answers."""
        command = [guanai, "--data", self.data, "--forms", self.forms, "--lang", "en", "--today", f"2026-11-{self.day:02}",
                   "--user", user or self.dice.choice(USERS), *words]
        done = subprocess.run(command, capture_output=True, check=False, timeout=120,
                              env={**os.environ, "TZ": "Asia/Shanghai"})
        out, err = done.stdout.decode(), done.stderr.decode()
        if "AddressSanitizer" in err or "runtime error" in err or done.returncode < 0 or code not in (None, done.returncode):
            raise SystemExit(f"{words}: {done.returncode}\n{err}")
        lines = [line.split("\t") for line in out.split("\n")[:-1]]
        return [dict(zip(lines[0], line)) for line in lines[1:]]

    def differences(self, folder=None, histories=12, may_lack=False):
        forms = archive.Forms(self.forms)
        db, records, ids = archive.read(folder or self.data, may_lack=may_lack)
        judge = archive.Judge(db, records, ids, forms)
        found = judge.found
        figures = {"records": len(records), "removed": judge.removed, "operations": sum(map(len, records.values())),
                   "conflicts": db.execute("SELECT count(*) FROM conflict").fetchone()[0],
                   "misfits": db.execute("SELECT count(*) FROM misfit").fetchone()[0],
                   "notes": db.execute("SELECT count(*) FROM _note").fetchone()[0],
                   "verified": db.execute("SELECT count(*) FROM _verified").fetchone()[0]}
        db.close()
        busiest = sorted(records, key=lambda no: -len(records[no]))[:histories]
        for no in busiest:
            name = archive.origin(records[no])["form"]
            found += self.judge_history(name, ids[no], archive.history(forms.forms[name], records[no]), folder)
        return found, figures

    def judge_history(self, form, record, ours, folder):
        data, self.data = self.data, folder or self.data
        theirs = [tuple(row.values()) for row in self.run("history", form, record)]
        names = archive.labels(self.data)
        ours = [(when, user, names.get(site, site), *rest) for when, user, site, *rest in ours]
        self.data = data
        blind = sorted(line[:4] for line in ours)
        if blind != sorted(line[:4] for line in theirs):
            return [f"history of {form} {record}: {blind} against {sorted(line[:4] for line in theirs)}"]
        left = list(theirs)
        for line in ours:
            fit = next((t for t in left if all(a is None or a == b for a, b in zip(line, t))), None)
            if fit is None:
                return [f"history of {form} {record}: nobody says {line}"]
            left.remove(fit)
        return []


def random_values(dice, form):
    values = {
        "child": {"village": ["上坝村", "下坝村", "红岩村", ""], "guardian_name": ["田桂英", "石大爷", ""],
                  "guardian_phone": ["13800001111", "13700002222", "?refused", "?unknown", ""],
                  "guardian_relation": ["奶奶", "爷爷", ""], "father_phone": ["13900001111", "?not_applicable", ""],
                  "grade": ["一年级", "三年级", "六年级"], "class": ["1", "2"], "note": ["爱画画", "a\tb", "\"引\\号", ""],
                  "marked_left_behind": ["是", "否", ""], "boarding": ["是", "否"], "nickname": ["石头", ""]},
        "talk": {"topics": ["学习 想念父母", "学习", ""], "mood": ["1", "3", "5"], "content": ["想妈妈", "作业多", ""]},
        "census": {"height": ["131.5", "140", "?unknown", "99.9"], "siblings[1].name": ["小", "大"],
                   "siblings[1].age": ["3", "9"], "siblings[2].name": ["二"], "siblings[2].age": ["5", "11"],
                   "remark": ["2026-11-01", "明天", "旧"], "day": ["2026-11-02", "2026-11-05"]},
        "status_change": {"kind": ["transfer", "returned", "with_parents"], "from_on": ["2026-11-01", "2026-11-02"]},
    }[form]
    chosen = dice.sample(sorted(values), dice.randint(1, min(4, len(values))))
    return [f"{name}={dice.choice(values[name])}" for name in chosen]


def write_census(school, version, remark, others=""):
    """The extra form with a field whose type, group or place changes from version to version."""
    with open(extra, encoding="utf-8") as file:
        text = file.read().replace("version: 1", f"version: {version}")
    with open(os.path.join(school.forms, "census.yaml"), "w", encoding="utf-8") as file:
        file.write(text + remark + others)


REMARK = "  - {name: remark, type: text, label: {zh: 备注, en: Remark}}\n"
REMARK_DAY = "  - {name: remark, type: date, label: {zh: 备注, en: Remark}}\n"
REMARK_RETIRED = "  - {name: remark, type: text, retired: true, label: {zh: 备注, en: Remark}}\n"  # a field never goes
REMARK_GROUPED = "  - {name: remark, type: text, group: a_rest, label: {zh: 备注, en: Remark}}\n"


def import_some(school):
    names = ["甲一", "乙二", "丙三", "丁四", "戊五"]
    path = os.path.join(school.folder, "roster.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["姓名", "年级", "班级", "村组", "出生日期", "监护人电话"])
        for name in school.dice.sample(names, 3):
            writer.writerow([name, "三年级", "1", school.dice.choice(["上坝村", "红岩村"]),
                             school.dice.choice(["2016-05-04", "2016-02-30", ""]), school.dice.choice(["13800003333", ""])])
    school.run("import", "child", path, "--mode", school.dice.choice(["fill", "update"]), code=None)


def note_or_verify(school):
    """A note, one that is done, a second typing that agrees or does not; by dice of its own."""
    dice = school.other_dice
    user = dice.choice(USERS)
    children = school.run("list", "child", user=user)
    if not children or dice.random() < 0.6:
        return
    notes = [note for note in school.run("notes", "--all", user=user) if note["form"] == "child"]
    waiting = school.run("verify", user=user)
    what = dice.random()
    if what < 0.3 or (not notes and not waiting):
        school.run("note", "child", dice.choice(children)["id"], dice.choice(["guardian_phone", "father_phone", "note"]),
                   dice.choice(["换号了", "问过奶奶", "两行\n第二行"]), user=user)
    elif notes and what < 0.5:
        note = dice.choice(notes)
        school.run("note", "done", "child", note["id"], note["note"], *(["--reopen"] if dice.random() < 0.3 else []), user=user)
    elif waiting:
        asked = dice.choice(waiting)
        typed = "2016-05-04" if asked["field"] == "birth_date" else dice.choice(["13800001111", "13900001111"])
        school.run("verify", "child", asked["id"], f"{asked['field']}={typed}", "--take", dice.choice(["first", "second", "open"]),
                   "--because", "看不清", user=user, code=None)


def act(school):
    dice = school.dice
    children = school.run("list", "child")
    what = dice.random()
    if what < 0.15 or not children:
        school.run("add", "child", "name=" + dice.choice("张李王赵曾单") + dice.choice("三四五六七") + dice.choice("云山水"),
                   *random_values(dice, "child"), code=None)
    elif what < 0.25:
        import_some(school)
    elif what < 0.6:
        form = dice.choice(["talk", "census", "status_change"])
        more = {"census": ["height=120.5", "day=2026-11-01", "siblings[1].name=三", "siblings[1].age=6", "remark=旧"],
                "talk": ["mood=2", "topics=学习"], "status_change": ["kind=transfer", "from_on=2026-11-01"]}[form]
        given = random_values(dice, form)
        named = {word.split("=")[0] for word in given}
        school.run("add", form, "child=" + dice.choice(children)["id"], *given,
                   *sorted(word for word in more if word.split("=")[0] not in named), "--because", "问过了", code=None)
    else:
        form = dice.choice(["child", "talk", "census", "census"])
        records = school.run("list", form)
        if records:
            school.run("edit", form, dice.choice(records)["id"], *random_values(dice, form), "--because", "问过了", code=None)
    school.day = min(29, school.day + (dice.random() < 0.2))


def random_archive(school):
    school.run("init", "--school", "石桥小学")
    changes = {0: (2, REMARK), 30: (3, REMARK_DAY), 50: (4, REMARK_GROUPED), 75: (5, REMARK_RETIRED)}
    for step in range(ACTIONS):
        if step in changes:
            write_census(school, *changes[step])
        act(school)
        note_or_verify(school)
        if step in (25, 55):
            found, _ = school.differences(histories=2)
            if found:
                return found, {}
    school.run("check", "--rebuild")
    return school.differences()


def demo_archive(school):
    school.run("init", "--school", "柳湾", "--demo", "40")
    children = school.run("list", "child")
    for child in school.dice.sample(children, 6):
        school.run("edit", "child", child["id"], "village=新村", "guardian_phone=13800009999", "--because", "问过了")
        school.run("edit", "child", child["id"], "guardian_phone=?refused", "note=", "--because", "问过了")
    school.run("add", "status_change", "child=" + children[0]["id"], "kind=transfer", "from_on=2026-11-01", code=None)
    found, figures = school.differences()
    for child in children[1:4]:  # the same day twice: the one entered later counts
        for kind in ("transfer", "returned"):
            school.run("add", "status_change", "child=" + child["id"], "kind=" + kind, "from_on=2026-11-01", code=None)
    return found + school.differences(histories=0)[0], figures


def two_sites_archive(school):
    found, sums = [], {}
    for i in range(3):
        folder = os.path.join(school.folder, f"s{i}")
        os.mkdir(folder)
        subprocess.run([two_sites, folder, school.forms, str(SEED + i)], check=True)
        more, figures = school.differences(folder, histories=4)
        found += more
        sums = add(sums, figures)
    return found, sums


def fold_town(school, folder, histories=2):
    """Five computers that met by sticks, crashed, were cloned, put back: each folds as it should, and to the same."""
    school.forms = os.path.join(folder, "forms")
    found, sums, sets = [], {}, []
    for i in range(5):
        data = os.path.join(folder, str(i))
        more, figures = school.differences(data, histories=histories, may_lack=True)
        found += more
        sums = add(sums, figures)
        sets.append({op["leaf"] for ops in archive.read(data, may_lack=True)[1].values() for op in ops})
    if any(leaves != sets[0] for leaves in sets):
        found.append("they do not hold the same operations")
    return [f"{folder}: {line}" for line in found], sums


def add(sums, figures):
    return {name: sums.get(name, 0) + figure for name, figure in figures.items()}


def gossip_archive(school):
    folder = os.path.join(school.folder, "gossip")
    os.mkdir(folder)
    subprocess.run([gossip, "8", "gossip", folder], check=True, stdout=subprocess.DEVNULL)
    return fold_town(school, folder)


def program_gossip_archive(school):
    """The same, of computers that met by the program's own bundles."""
    folder, found, sums = kept or os.path.join(school.folder, "gossip"), [], {}
    if not kept:
        subprocess.run([program_gossip, "8", folder], check=True, stdout=subprocess.DEVNULL)
    for town in sorted(os.listdir(folder), key=int):
        more, figures = fold_town(school, os.path.join(folder, town), histories=0 if kept else 2)
        found += more
        sums = add(sums, figures)
    return found, sums


def changed_by_hand(school):
    """The oracle notices what the program would not have done: else its agreement says nothing."""
    school.run("init", "--school", "石桥小学")
    school.run("add", "child", "name=张三", "village=上坝村", "mother_phone=?refused")
    missed = []
    for statement in ("UPDATE child SET village = '下坝村'", "UPDATE child SET not_answered = NULL", "DELETE FROM _roster",
                      "INSERT INTO conflict VALUES (1, 'name', '')", "INSERT INTO misfit VALUES (1, 'x', 'y')",
                      "INSERT INTO _verified VALUES (1, 'name', 'agreed', NULL, NULL, '甲', NULL, 1, 1, 0)",
                      "INSERT INTO _note VALUES (1, 'x', 'name', NULL, 1, 'y', '甲', NULL, 1, 1, 0, NULL, NULL, NULL)",
                      "UPDATE child SET entered_by = '别人'", "UPDATE _roster SET flags = 16"):
        db = archive.sqlite3.connect(os.path.join(school.data, "guanai.db"))
        db.execute(statement)
        forms = archive.Forms(school.forms)
        if not archive.Judge(db, *archive.read(school.data)[1:], forms).found:
            missed.append(statement)
        db.rollback()
        db.close()
    return missed, {}


CASES = ((demo_archive, {}), (random_archive, {"misfits": 1, "operations": 60, "notes": 3, "verified": 1}), (two_sites_archive, {"conflicts": 8, "removed": 2, "notes": 20, "verified": 5}),
         (gossip_archive, {"conflicts": 20, "operations": 400}),
         (program_gossip_archive, {"conflicts": 20, "operations": 400}), (changed_by_hand, {}))


def main():
    sys.stdout.reconfigure(encoding="utf-8")
    failed = 0
    cases = [case for case in CASES if case[0] is program_gossip_archive] if kept else CASES
    for number, (case, least) in enumerate(cases, 1):
        with tempfile.TemporaryDirectory(prefix="guanai-fold-") as folder:
            found, figures = case(School(folder))
        found += [f"too few {name}: {figures.get(name)}" for name, few in least.items() if figures.get(name, 0) < few]
        for line in found[:20]:
            print("# " + re.sub(r"\s+", " ", line)[:1500])
        print("#", ", ".join(f"{count} {name}" for name, count in figures.items()))
        print("%s %d - %s" % ("not ok" if found else "ok", number, case.__name__))
        failed += bool(found)
    print("1..%d" % len(cases))
    return failed


if __name__ == "__main__":
    sys.exit(main())
