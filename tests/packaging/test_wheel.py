"""What is built is what is tested: the wheel, in an environment that has never seen this
repository.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from urllib.parse import urljoin
from urllib.request import ProxyHandler, build_opener

import pytest
from support.pairs import COMPILER
from support.paths import ROOT

pytestmark = pytest.mark.slow

LEFT_BEHIND = (".*", "node_modules", "build", "*.egg-info", "*.so", "__pycache__", "tmp")
PAGE = {
    "index.html",
    "plots.html",
    "dist/live.js",
    "dist/plots.js",
    "dist/saved.js",
    "dist/style.css",
    "dist/widget.js",
    "dist/zwsnb.js",
    "dist/LICENSES.txt",
}
START_WITHIN = 30  # seconds
SUFFIX = sysconfig.get_config_var("EXT_SUFFIX")
LANGUAGE = """
import zwsnb
zwsnb.publish(1, 2)
print(zwsnb.stats()["publish"], zwsnb.stats()["points"])
"""


def run(*words: str | Path, cwd: Path, **environment: str) -> str:
    """Run a program that has to succeed; return what it printed."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | environment
    done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(kind: str, tree: Path, into: Path, **environment: str) -> Path:
    # Not isolated: setuptools is here, and so the test needs no network.
    words = ["-m", "build", "--no-isolation", f"--{kind}", "--outdir"]
    run(sys.executable, *words, into, tree, cwd=tree, **environment)
    (built,) = into.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built


def contents(wheel: Path) -> dict[str, int]:
    """Return the files in a wheel, with their checksums."""
    with zipfile.ZipFile(wheel) as archive:
        return {entry.filename: entry.CRC for entry in archive.infolist()}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository, so that building leaves nothing in it; with its bundle, where that
    is fresh.
    """
    copy = tmp_path_factory.mktemp("tree") / "zwsnb"
    return Path(shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_BEHIND)))


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tree, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the wheel, and sees this one's libraries but not its
    zwsnb.

    A line of a .pth file adds a folder of libraries, but does not read the .pth files in there,
    which are what an editable install is made of.
    """
    return install(wheel, tmp_path_factory.mktemp("installed"))


def install(wheel: Path, home: Path) -> Path:
    """Install a wheel into a new environment; return its Python."""
    venv.create(home, symlinks=True)
    python = home / "bin/python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=home,
    )
    site = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home
    ).strip()
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(site, "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n", encoding="utf-8")
    return python


@pytest.fixture
def url(installed: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the page that the installed package serves."""
    words = [str(installed), "-m", "zwsnb", "serve", "--port", "0"]
    out, err = subprocess.PIPE, subprocess.PIPE
    with subprocess.Popen(words, cwd=tmp_path, text=True, stdout=out, stderr=err) as process:
        deadline = Timer(START_WITHIN, process.kill)
        deadline.start()
        assert process.stdout
        found = next(filter(None, map(find_url, process.stdout)), None)
        deadline.cancel()
        if found:
            yield found
        process.kill()
        _, errors = process.communicate()
    assert found, f"serve printed no address: {errors}"


def find_url(line: str) -> str | None:
    found = re.search(r"http://127\.0\.0\.1:\d+/\S*\btoken=[^\s&]+", line)
    return found and found[0]


def get(url: str) -> tuple[int, str]:
    with build_opener(ProxyHandler({})).open(url, timeout=10) as answer:
        return answer.status, answer.read().decode()


def test_the_wheel_carries_the_page_and_none_of_its_sources(wheel: Path) -> None:
    folder = "zwsnb/static/"
    assert {
        name.removeprefix(folder) for name in contents(wheel) if name.startswith(folder)
    } == PAGE


def test_the_wheel_carries_every_room_and_its_types(wheel: Path) -> None:
    rooms = {f"zwsnb/{path.name}" for path in (ROOT / "zwsnb").glob("*.py")}
    assert {name for name in contents(wheel) if re.fullmatch(r"zwsnb/[^/]+", name)} == rooms | {
        "zwsnb/py.typed"
    }


def test_the_wheel_carries_the_licences_of_what_it_bundles(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        notices = archive.read("zwsnb/static/dist/LICENSES.txt").decode()
    assert "OpenJS Foundation" in notices
    assert "IOLA and Ole Laursen" in notices


@pytest.mark.long
def test_the_sdist_builds_the_same_wheel_without_npm(
    tree: Path, wheel: Path, tmp_path: Path
) -> None:
    sdist = build("sdist", tree, tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(
            tarfile, "data_filter", None
        )  # early releases of 3.11 lack it
        archive.extractall(tmp_path)  # noqa: S202 - made a moment ago, here
    unpacked = tmp_path / sdist.name.removesuffix(".tar.gz")
    again = build("wheel", unpacked, tmp_path / "wheel", PATH="")
    assert uncompiled(again) == uncompiled(wheel)


def uncompiled(wheel: Path) -> dict[str, int]:
    """What is in a wheel but for what a compiler makes."""
    made = re.compile(r"zwsnb/quick/in_c\..*(so|pyd)|.*/RECORD")
    return {name: its for name, its in contents(wheel).items() if not made.fullmatch(name)}


@pytest.mark.skipif(COMPILER is None, reason="there is no compiler here")
def test_the_wheel_has_publish_in_c(wheel: Path, installed: Path, tmp_path: Path) -> None:
    own = [name for name in contents(wheel) if name.startswith("zwsnb/quick/in_c.")]
    assert sorted(own) == [f"zwsnb/quick/in_c{SUFFIX}", "zwsnb/quick/in_c.pyi"]
    assert run(installed, "-c", LANGUAGE, cwd=tmp_path) == "C 1\n"


def test_without_a_compiler_it_is_built_and_installed_as_well(tree: Path, tmp_path: Path) -> None:
    """It says nothing: nobody who installs zwsnb has to do anything about it."""
    copy = shutil.copytree(tree, tmp_path / "tree", ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    built = build("wheel", copy, tmp_path / "wheel", CC="no-compiler", PATH="")
    assert f"zwsnb/quick/in_c{SUFFIX}" not in contents(built)
    python = install(built, tmp_path / "home")
    assert run(python, "-c", LANGUAGE, cwd=tmp_path) == "Python 1\n"


def test_the_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    home = run(installed, "-c", "import zwsnb; print(zwsnb.__file__)", cwd=tmp_path).strip()
    assert Path(home).is_relative_to(installed.parent.parent)


def test_the_command_line_helps(installed: Path, tmp_path: Path) -> None:
    by_module = run(installed, "-m", "zwsnb", "--help", cwd=tmp_path)
    assert "serve" in by_module
    assert run(installed.with_name("zwsnb"), "--help", cwd=tmp_path) == by_module


def test_the_installed_package_serves_all_that_its_page_asks_for(url: str) -> None:
    status, page = get(url)
    assert status == 200
    parts = [
        part
        for part in re.findall(r"""\b(?:src|href)="([^"]+)""", page)
        if not part.startswith("data:")
    ]
    assert {name for name in PAGE if any(name in part for part in parts)} >= {
        "dist/style.css",
        "dist/zwsnb.js",
    }
    assert [get(urljoin(url, part))[0] for part in parts] == [200] * len(parts)


def test_the_bundle_is_served_at_its_address(url: str) -> None:
    status, bundle = get(urljoin(url, "/static/dist/zwsnb.js"))
    assert status == 200
    assert bundle.startswith("/* zwsnb")


# -- an editable install ---------------------------------------------------------------------------

SHOW = "import zwsnb; zwsnb.publish(1, 2); print(zwsnb.stats()['points'], zwsnb.__file__)"


@pytest.fixture(scope="module")
def editable(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment in which the tree is installed as `make lab` does."""
    into = tmp_path_factory.mktemp("editable-wheel")
    code = "import sys, backend; backend.build_editable(sys.argv[1])"
    run(sys.executable, "-c", code, into, cwd=tree, PYTHONPATH=str(tree / "tools"))
    (wheel,) = into.glob("*.whl")
    return install(wheel, tmp_path_factory.mktemp("editable"))


@pytest.mark.parametrize("where", ["beside the clone", "in the clone", "elsewhere"])
def test_a_script_finds_an_editable_install_wherever_it_stands(
    editable: Path, tree: Path, tmp_path: Path, where: str
) -> None:
    """Beside the clone its folder, zwsnb, looks like a package of a namespace."""
    folder = {"beside the clone": tree.parent, "in the clone": tree}.get(where, tmp_path)
    assert tree.name == "zwsnb"
    script = folder / "a_script.py"
    script.write_text(SHOW, encoding="utf-8")
    services = str(tmp_path / "services")
    for words in ([script], ["-c", SHOW]):
        points, _, file = (
            run(editable, *words, cwd=folder, ZWSNB_RUNTIME_DIR=services).strip().partition(" ")
        )
        assert (points, Path(file)) == ("1", tree / "zwsnb/__init__.py")
    script.unlink()


def test_a_package_on_pythonpath_goes_before_an_editable_install(
    editable: Path, tmp_path: Path
) -> None:
    package = tmp_path / "first/zwsnb/__init__.py"
    package.parent.mkdir(parents=True)
    package.touch()
    found = run(
        editable, "-c", "import zwsnb; print(zwsnb.__file__)", cwd=tmp_path,
        PYTHONPATH=str(tmp_path / "first"),
    )  # fmt: skip
    assert Path(found.strip()) == package


def test_the_files_of_an_editable_install_are_those_of_its_record(
    editable: Path,
) -> None:
    code = (
        "import importlib.metadata as m\n"
        "for f in m.files('zwsnb'): assert f.locate().exists() or '__pycache__' in str(f), f\n"
        "print(any(f.name == 'zwsnb-clone.pth' for f in m.files('zwsnb')))"
    )
    assert run(editable, "-c", code, cwd=editable.parent) == "True\n"
