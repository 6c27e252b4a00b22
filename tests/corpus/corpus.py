"""Unpacks the corpus of public templates, with an empty stand-in for every other file of its projects."""

import io
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path

import zstandard

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE = ROOT.parent / "shared/corpus/open.tar.zst"


@contextmanager
def unpacked():
    """The folder of the corpus, outside this repository; it is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="cachelint-corpus-") as folder:
        plain = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(ARCHIVE.read_bytes()))
        with tarfile.open(fileobj=plain, mode="r|") as archive:
            # Debian 12's Python has no filters yet.
            filters = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
            archive.extractall(folder, **filters)
        yield Path(folder).resolve() / "open"


def stand_in(corpus):
    """Makes the empty stand-ins, and each project a repository of its own; returns the projects' folders."""
    projects = []
    for tree in sorted((corpus / "trees").glob("*.txt")):
        project = corpus / "repos" / tree.stem
        (project / ".git").mkdir(parents=True, exist_ok=True)
        for line in tree.read_text("utf-8").splitlines():
            make_empty(project / line.split("\t", 1)[1])
        projects.append(project)
    return projects


def make_empty(path):
    """An empty file where there is none; a name that is a folder elsewhere is passed over."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("x").close()
    except (FileExistsError, NotADirectoryError):
        return
