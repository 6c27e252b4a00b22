"""Scores `references` against the labelled sites of the corpus: precision and recall of "unversioned", and every confusion."""

import collections
import json
import subprocess
import sys
from pathlib import Path

from corpus import ARCHIVE, stand_in, unpacked

# What a status says in the words of the labels.
ANSWERS = {
    "unversioned": "unversioned",
    "versioned": "versioned",
    "stale": "versioned",
    "manual": "versioned",
    "unverifiable": "versioned",
    "runtime": "framework-versioned",
    "external": "external",
    "dynamic": "dynamic",
    "missing": "missing-file",
    "unknown": "not flagged",
    "exempt": "not flagged",
    "inert": "not flagged",
    "unchecked": "not flagged",
}
# The labels of references that rightly get no finding.
NOT_FLAGGED = {"framework-versioned", "not-static", "external", "dynamic", "versioned"}


def references(binary, project):
    """What `references` lists in a project, by path."""
    command = [binary, "references", "--output-format", "json"]
    done = subprocess.run(command, cwd=project, capture_output=True, timeout=300)
    if done.returncode == 2 and not done.stdout:
        raise SystemExit(f"{project.name}: {done.stderr.decode(errors='replace')}")
    by_path = collections.defaultdict(list)
    for reference in json.loads(done.stdout)["references"]:
        by_path[f"{project.name}/{reference['path']}"].append(reference)
    return by_path


def nearest(label, candidates):
    """The reference that shares most of its bytes with the label's; None where none shares any."""
    def likeness(reference):
        start, end = reference["start"]["byte"], reference["end"]["byte"]
        shared = min(end, label["end"]) - max(start, label["start"])
        return shared / (max(end, label["end"]) - min(start, label["start"]))

    best = max(candidates, key=likeness, default=None)
    return best if best and likeness(best) > 0 else None


def is_right(answer, label):
    """Whether an answer is the label or one of its alternatives, or rightly no finding."""
    accepted = {label["label"], *label["alt"]}
    return answer in accepted or (answer == "not flagged" and not accepted.isdisjoint(NOT_FLAGGED))


def precision_and_recall(judged):
    """Of "unversioned": how many of those said are right, how many of those labelled so are said, with the counts."""
    said = [(label, answer) for label, answer, _ in judged if answer == "unversioned"]
    right = [label for label, answer in said if is_right(answer, label)]
    wanted = [(label, answer) for label, answer, _ in judged if label["label"] == "unversioned"]
    found = [label for label, answer in wanted if is_right(answer, label)]
    return (len(right), len(said)), (len(found), len(wanted))


def print_table(judged):
    """The confusion table: labels down, answers across."""
    cells = collections.Counter((label["label"], answer) for label, answer, _ in judged)
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    print(f"{'label':20}" + "".join(f"{column:>15}" for column in columns))
    for row in rows:
        print(f"{row:20}" + "".join(f"{cells[row, column] or '.':>15}" for column in columns))


def print_disagreements(judged):
    """Each site where the answer is neither the label nor an alternative."""
    for label, answer, reference in judged:
        if is_right(answer, label):
            continue
        got = f"{reference['status']} ({reference['reason'] or reference['form']})" if reference else "no reference"
        print(f"\n{label['path']}:{label['line']} {label['id']} {label['text']}")
        print(f"    label {'|'.join([label['label'], *label['alt']])}: {label['reason']}")
        print(f"    got   {got}")


def share(count, whole):
    return f"{count}/{whole} = {100 * count / whole:.1f} %" if whole else "none"


def main():
    binary = Path(sys.argv[1]).resolve()
    if not ARCHIVE.is_file():
        print(f"skipped: there is no {ARCHIVE.name}")
        return
    with unpacked() as corpus:
        listed = {}
        for project in stand_in(corpus):
            listed |= references(binary, project)
        labels = [json.loads(line) for line in (corpus / "labels.jsonl").read_text("utf-8").splitlines()]
    judged = []
    for label in labels:
        reference = nearest(label, listed.get(label["path"], []))
        judged.append((label, ANSWERS[reference["status"]] if reference else "not flagged", reference))
    print_disagreements(judged)
    print()
    print_table(judged)
    precision, recall = precision_and_recall(judged)
    right = sum(is_right(answer, label) for label, answer, _ in judged)
    said = sum(label["label"] == answer == "unversioned" for label, answer, _ in judged)
    print(f"\nunversioned: precision {share(*precision)}, recall {share(*recall)}, {said} said and {recall[0] - said} right by an alternative")
    print(f"all labels:  right {share(right, len(judged))}")


main()
