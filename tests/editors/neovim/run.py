"""Follows editors/neovim/README.md in a real Neovim, on a copy of the Flask site."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
PLUGIN = ROOT / "editors/neovim"
SESSIONS = Path(__file__).parent
sys.path.insert(0, str(ROOT / "tests/sites"))

from report import Report

# What Neovim 0.9 and 0.10 don't have.
OLDER = "vim.lsp.enable, vim.lsp.config, vim.lsp.is_enabled = nil, nil, nil\n"


def blocks(language):
    """The README's code blocks in a language, with the clone where it is."""
    text = (PLUGIN / "README.md").read_text("utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return [re.sub(f"^{indent}", "", block, flags=re.MULTILINE).replace("~/src/cachelint", str(ROOT)) for indent, block in found]


class Home:
    """A home folder with a copy of the site, a repository of its own; the server is in PATH."""

    def __init__(self, folder, nvim, binary):
        self.folder, self.nvim, self.site = folder, nvim, folder / "site"
        shutil.copytree(ROOT / "tests/sites/flask", self.site)
        (folder / "bin").mkdir()
        (folder / "bin/cachelint").symlink_to(Path(binary).resolve())
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
        self.environment |= {
            "HOME": str(folder),
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "PLUGIN": str(PLUGIN),
            "TESTS": str(SESSIONS),
        }
        self.run("git", "init", "--quiet")

    def run(self, *command, **more):
        """Runs a command in the site, and answers what it said."""
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        environment = self.environment | more
        try:
            done = subprocess.run(command, cwd=self.site, env=environment, timeout=120, **pipes)
            return done.stdout.decode(), done.returncode
        except subprocess.TimeoutExpired as late:
            return f"{late.stdout.decode()}\nit did not end", 1

    def session(self, name, init, **more):
        """Runs a session in Neovim with that init.lua."""
        config = self.folder / ".config/nvim/init.lua"
        config.parent.mkdir(parents=True)
        config.write_text(init, "utf-8")
        return self.run(self.nvim, "--headless", "-c", f"luafile {SESSIONS / name}.lua", **more)


def main():
    nvim, binary = sys.argv[1:]
    report = Report()
    enable, setup = blocks("lua")
    sessions = [
        ("session", "0.11", enable, "vim.lsp.enable"),
        ("commands", "0.11", enable, "vim.lsp.enable"),
        ("session", "older", OLDER + setup, "require"),
        ("commands", "older", OLDER + setup, "require"),
        ("highlighting", "0.11", enable, "vim.lsp.enable"),
    ]
    for name, version, init, enabled_by in sessions:
        with tempfile.TemporaryDirectory(prefix="cachelint-neovim-") as folder:
            home = Home(Path(folder), nvim, binary)
            if name == "highlighting":
                built, code = home.run("sh", "-e", "-c", blocks("sh")[1])
                report.check("the grammars are built", code == 0, built)
            output, code = home.session(name, init, ENABLED_BY=enabled_by)
        steps = re.findall(r"^(ok|FAILED) (.*)$", output, re.MULTILINE)
        for verdict, step in steps:
            report.check(f"{version}: {step}", verdict == "ok", output)
        report.check(f"{version}: {name} runs to its end", code == 0 and bool(steps), output)
    report.finish()


main()
