"""Runs `references` over every template of the corpus: it must not panic; how long it takes is printed."""

import collections
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from corpus import stand_in, unpacked

ROUNDS = 3


def templates(corpus):
    """The paths of all templates, relative to the corpus."""
    lines = (corpus / "jinja_lex.jsonl").read_text("utf-8").splitlines()
    return [path for line in lines if (path := path_of(corpus, json.loads(line)))]


def path_of(corpus, row):
    """A row's template, as a path relative to the corpus."""
    path = Path("repos") / row["path"]
    return path.as_posix() if (corpus / path).is_file() else None


def sweep(binary, corpus, paths):
    """Runs `references` on all of them; its seconds and those of the processors, exit code, errors, what it lists."""
    command = [binary, "references", "--output-format", "json", *paths]
    started, before = time.monotonic(), os.times()
    done = subprocess.run(command, cwd=corpus, capture_output=True, timeout=300)
    seconds, after = time.monotonic() - started, os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return (seconds, busy), done.returncode, done.stderr.decode(errors="replace"), done.stdout


def main():
    binary = Path(sys.argv[1]).resolve()
    with unpacked() as corpus:
        stand_in(corpus)
        paths = templates(corpus)
        runs = [sweep(binary, corpus, paths) for _ in range(ROUNDS)]
    _, code, errors, listed = runs[0]
    references = json.loads(listed)["references"] if code in (0, 1) else []
    print(f"{len(paths)} templates, {len(references)} references, exit {code}")
    print(f"seconds of {ROUNDS} runs: " + ", ".join(f"{wall:.2f} ({busy:.2f} of processors)" for (wall, busy), *_ in runs))
    for status, count in collections.Counter(r["status"] for r in references).most_common():
        print(f"{count:7} {status}")
    good = code == 0 and "panicked" not in errors and all(run[3] == listed for run in runs)
    if not good:
        print(errors[-4000:])
    print(f"test result: {'ok' if good else 'FAILED'}. {int(good)} passed; {int(not good)} failed; 0 ignored")
    sys.exit(0 if good else 1)


main()
