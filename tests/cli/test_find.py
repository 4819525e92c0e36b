"""guanai find: children by whatever is remembered of them, in the order of the screen."""
import guanai


class Find(guanai.Case):
    def test_the_children_of_the_own_class_come_first(self):
        self.init()
        self.add("child", "name=胡磊", "grade=g2", "class=2")
        self.add("child", "name=侯乐英", "grade=g3", "class=2")
        self.assertEqual([row["name"] for row in self.does("find", "hl").rows], ["胡磊", "侯乐英"])
        self.add("class_teacher", "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01")
        self.assertEqual([row["name"] for row in self.does("find", "hl", user="周老师").rows], ["侯乐英", "胡磊"])
        self.assertEqual([row["name"] for row in self.does("find", "hl", user="吴老师").rows], ["胡磊", "侯乐英"])
        self.assertEqual([row["name"] for row in self.does("find", "胡磊", user="周老师").rows], ["胡磊"])


if __name__ == "__main__":
    guanai.main()
