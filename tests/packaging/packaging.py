"""Builds each package, installs it into a fresh place, and uses it there: packaging.py BINARY FOLDER."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests/sites"))

from hooks import check_hooks
from report import Report
from server import handshake

SITE = ROOT / "tests/editors/site"
ARCHITECTURE = {"aarch64": "arm64"}.get(platform.machine(), "x64")
VERSION = re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]


def run(*command, folder=ROOT, **environment):
    """Runs a command that has to succeed, and answers what it prints."""
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=os.environ | environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}")
    return done.stdout


def try_out(report, name, command):
    """Checks the site and shakes hands with the server, as installed."""
    done = subprocess.run([*command, "check", "--output-format", "json", SITE], capture_output=True, text=True, timeout=60)
    rules = sorted(finding["rule"] for finding in json.loads(done.stdout)["findings"])
    expected = ["mixed-versions", "stale-version", *["unversioned-reference"] * 2]
    report.check(f"{name}: check", (done.returncode, rules) == (1, expected), f"exit {done.returncode}, {rules}")
    said = handshake(command)
    report.check(f"{name}: server", said == ({"name": "cachelint", "version": VERSION}, 0), str(said))


def fresh_environment(folder, *packages, **environment):
    """A virtual environment with the packages, and its programs."""
    run(sys.executable, "-m", "venv", folder)
    run(folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", *packages, **environment)
    return folder / "bin"


def wheel(report, home):
    """The wheel, with the binary that is built already where nothing changed."""
    run("maturin", "build", "--release", "--locked", "--out", home / "dist")
    [built] = (home / "dist").glob("*.whl")
    programs = fresh_environment(home / "wheel", "--no-index", built)
    try_out(report, "wheel", [programs / "cachelint"])


def source_distribution(report, home):
    """The sdist, built by pip as where there is no wheel; without optimisation, to be quick."""
    run("maturin", "sdist", "--out", home / "dist")
    [built] = (home / "dist").glob("*.tar.gz")
    options = {"MATURIN_PEP517_ARGS": "--profile dev --locked", "CARGO_TARGET_DIR": str(ROOT / "target")}
    programs = fresh_environment(home / "sdist", built, **options)
    try_out(report, "sdist", [programs / "cachelint"])


def npm(report, home, binary):
    """The package that people install and the one for this platform, without a registry."""
    build = ROOT / "editors/registries/npm/build.mjs"
    here = f"linux-{ARCHITECTURE}"
    run("node", build, home / "npm/cachelint")
    run("node", build, home / "npm" / here, here, binary)
    for name in ["cachelint", here]:
        run("npm", "pack", "--silent", "--pack-destination", home / "npm", home / "npm" / name)
    fresh = home / "npm/fresh"
    fresh.mkdir()
    (fresh / "package.json").write_text('{"private": true}')
    tarballs = sorted((home / "npm").glob("*.tgz"))
    run("npm", "install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", *tarballs, folder=fresh)
    try_out(report, "npm", [fresh / "node_modules/.bin/cachelint"])


def vsix(report, home, binary):
    """The VSIX for this platform brings the server along; the universal one does not."""
    pack = ROOT / "editors/vscode/pack.mjs"
    run("node", pack, home / "platform.vsix", f"linux-{ARCHITECTURE}", binary)
    run("node", pack, home / "universal.vsix")
    names = zipfile.ZipFile(home / "universal.vsix").namelist()
    report.check("universal VSIX: no binary", not any(name.startswith("extension/bin/") for name in names), str(names))
    run("unzip", "-q", home / "platform.vsix", "-d", home / "vsix")
    try_out(report, "VSIX", [home / "vsix/extension/bin/cachelint"])


def main(binary, home):
    report = Report()
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for name, work in {
        "wheel": lambda: wheel(report, home),
        "sdist": lambda: source_distribution(report, home),
        "npm": lambda: npm(report, home, binary),
        "VSIX": lambda: vsix(report, home, binary),
        "pre-commit": lambda: check_hooks(report, home, run),
    }.items():
        try:
            work()
        except (RuntimeError, OSError, ValueError, subprocess.TimeoutExpired) as error:
            report.check(f"{name}: works", False, str(error))
    report.finish()


main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
