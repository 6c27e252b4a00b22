"""Counts named checks and shows how data differs from what is expected."""

import difflib
import sys


class Report:
    """What has passed and failed so far."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, name, good, detail=""):
        """Counts one check and prints it; the detail only where it failed."""
        print(f"{'ok    ' if good else 'FAILED'} {name}")
        if good:
            self.passed += 1
            return
        self.failed += 1
        if detail:
            print("    " + detail.rstrip().replace("\n", "\n    "))

    def same(self, name, expected, got):
        """Checks two lists of lines against each other; `-` is expected, `+` is what came."""
        changes = difflib.unified_diff(expected, got, "expected", "got", lineterm="", n=0)
        self.check(name, expected == got, "\n".join(changes))

    def finish(self):
        """Prints the counts as cargo does and ends the process."""
        verdict = "FAILED" if self.failed else "ok"
        print(f"test result: {verdict}. {self.passed} passed; {self.failed} failed; 0 ignored")
        sys.exit(1 if self.failed else 0)
