"""Runs the hooks by pre-commit in a repository of their own, installed from the wheel in `dist`."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GIT = ["git", "-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]


def check_hooks(report, home, run):
    """A commit of CSS alone is checked; the fixing hook stages what it wrote."""
    environment = {"PRE_COMMIT_HOME": str(home / "pre-commit"), "PIP_FIND_LINKS": str(home / "dist")}
    mirror, site = home / "mirror", home / "site"
    mirror.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", mirror)
    shutil.copy(ROOT / "editors/registries/pre-commit/pyproject.toml", mirror)
    shutil.copytree(ROOT / "tests/editors/site", site)
    for folder in [mirror, site]:
        run("git", "init", "--quiet", folder=folder)
        run("git", "add", ".", folder=folder)
        run(*GIT, "commit", "--quiet", "--message", "Begin", folder=folder)
    revision = run("git", "rev-parse", "HEAD", folder=mirror).strip()

    def commit(hook, message):
        """Commits what is staged under one hook; answers whether it went through, and what was said."""
        text = f"repos:\n- repo: {mirror}\n  rev: {revision}\n  hooks:\n  - id: {hook}\n"
        (site / ".pre-commit-config.yaml").write_text(text)
        run("git", "add", ".pre-commit-config.yaml", folder=site)
        run("pre-commit", "install", folder=site, **environment)
        try:
            return True, run(*GIT, "commit", "--message", message, folder=site, **environment)
        except RuntimeError as error:
            return False, str(error)

    sheet = site / "static/css/site.css"
    sheet.write_text(sheet.read_text() + "main { padding: 1rem }\n")
    run("git", "add", sheet, folder=site)
    went_through, said = commit("cachelint", "Pad")
    report.check("pre-commit: a commit of CSS alone is stopped", not went_through and "stale-version" in said, said)

    went_through, said = commit("cachelint-fix", "Pad")
    report.check("pre-commit: the fixing hook lets it through", went_through, said)
    committed = run("git", "show", "HEAD:templates/base.html", folder=site)
    report.check("pre-commit: what it fixed is in the commit", "css/site.css', v='" in committed, committed)
    status = run("git", "status", "--porcelain", folder=site)
    report.check("pre-commit: nothing is left over", status == "", status)

    notes = site / "notes.txt"
    notes.write_text("flour\n")
    run("git", "add", notes, folder=site)
    went_through, said = commit("cachelint", "Note")
    skipped = went_through and "no files to check" in said
    report.check("pre-commit: a commit of neither is not looked at", skipped, said)
