"""Runs cachelint on a folder and puts what it answers into lines that can be compared."""

import json
import re
import subprocess


class Tool:
    """A cachelint binary and the folder it runs in."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = folder

    def run(self, *arguments):
        """Runs a command; its standard output is read as UTF-8."""
        command = [self.binary, *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, encoding="utf-8", timeout=120)

    def findings(self, *paths):
        """The findings of `check`, and its exit code."""
        document, code = self.answer("check", "--output-format", "json", *paths)
        return document["findings"], code

    def references(self):
        """What `references` lists."""
        return self.answer("references", "--output-format", "json")[0]["references"]

    def answer(self, *arguments):
        """The JSON document of a command, and its exit code; ends the test where there is none."""
        done = self.run(*arguments)
        try:
            return json.loads(done.stdout), done.returncode
        except json.JSONDecodeError as error:
            raise SystemExit(f"cachelint {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr}") from error


def printed_rule(doctor, server):
    """The rule for a server that strips versions from file names, as `doctor` printed it."""
    block = re.search(rf"^  {server}:\n\n((?:    .*\n)+)", doctor, re.MULTILINE)
    return re.sub(r"^    ", "", block[1], flags=re.MULTILINE)


def finding_line(finding):
    """`path:line rule level applicability asset`, `-` for what there is not."""
    place = f"{finding['path']}:{finding['start']['line']}"
    fix = finding["applicability"] or "-"
    return f"{place} {finding['rule']} {finding['level']} {fix} {finding['asset'] or '-'}"


def reference_line(reference):
    """`path:line status form asset`, `-` for what there is not."""
    place = f"{reference['path']}:{reference['start']['line']}"
    return f"{place} {reference['status']} {reference['form']} {reference['asset'] or '-'}"


def with_safe_edits(data, findings):
    """The bytes of a file after the safe edits of its findings, applied here and not by the tool."""
    edits = [edit for f in findings if f["applicability"] == "safe" for edit in f["edits"]]
    for edit in sorted(edits, key=lambda edit: edit["start"], reverse=True):
        data = data[: edit["start"]] + edit["text"].encode() + data[edit["end"] :]
    return data
