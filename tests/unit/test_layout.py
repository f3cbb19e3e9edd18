"""The layout, kept by reading the imports of both languages, those for types included.

Two laws. Imports run only downward: the folders are layers, in the order of `LAYERS` and
`PAGE_LAYERS`, and there is no circle of files. A folder is a contract: what does I/O, and where
each outside library has its home, is said of folders.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final

import pytest
from support.paths import ROOT

PACKAGE: Final = ROOT / "zwsnb"
STATIC: Final = ROOT / "static"

LAYERS: Final = (
    "__main__",
    "__init__",
    "commands",
    "wandb",
    "websocket",
    "adapters",
    "metrics",
    "plot",
    "steering",
    "progress",
    "notebook",
    "widgets",
    "staying",
    "api",
    "service",
    "lives",
    "comm",
    "server",
    "answers",
    "saved",
    "vitals",
    "clients",
    "snapshot",
    "painting",
    "widget",
    "display",
    "axes",
    "view",
    "cells",
    "turns",
    "relay",
    "delivery",
    "producer",
    "quick",
    "derived",
    "history",
    "images",
    "order",
    "events",
    "triggers",
    "controls",
    "frames",
    "lines",
    "zmtp",
    "protocol",
    "kinds",
    "limits",
    "_version",
)
"""The folders and single modules of the package, from the top down."""

PAGE_LAYERS: Final = (
    "live",
    "widget",
    "main",
    "saved",
    "plots",
    "page",
    "hands",
    "stats",
    "comm",
    "saved/",
    "export",
    "picture",
    "chart",
    "dense",
    "cursor",
    "legend",
    "ui",
    "steer",
    "axes",
    "link",
    "input",
    "plots/",
    "scatter",
    "image",
    "view",
    "tab",
    "embed",
    "base",
)
"""Those of the page; ``plots/`` and ``saved/`` are folders, ``plots`` and ``saved`` the entries of
the page of all plots and of a saved one.
"""

UPWARD: Final = {"__init__": {"commands"}}
"""`load_ipython_extension` stands where IPython looks for it, and hands over to the magics."""

NO_IO: Final = {
    "axes",
    "answers",
    "saved",
    "vitals",
    "painting",
    "snapshot",
    "view",
    "cells",
    "derived",
    "history",
    "images",
    "order",
    "events",
    "triggers",
    "controls",
    "frames",
    "lines",
    "zmtp",
    "protocol",
    "kinds",
}
"""Folders that import no socket, thread or clock, and so are tested in milliseconds."""

IO: Final = {
    "asyncio",
    "concurrent",
    "http",
    "io",
    "multiprocessing",
    "os",
    "pathlib",
    "queue",
    "select",
    "selectors",
    "shutil",
    "signal",
    "socket",
    "socketserver",
    "ssl",
    "subprocess",
    "tempfile",
    "threading",
    "urllib.request",
}

HOMES: Final[Mapping[str, set[str]]] = {
    "PIL": {"display"},
    "IPython": {"commands", "display"},
    "anywidget": {"widget"},
    "gevent": {"clients", "comm", "relay", "server", "service", "turns", "vitals"},
    "geventwebsocket": {"server"},
    "ignite": {"adapters"},
    "ipywidgets": {"widget"},
    "keras": {"adapters"},
    "pandas": {"frames", "plot"},
    "prometheus_client": {"vitals"},
    "traitlets": {"widget"},
    "typst": {"plot"},
    "resvg_py": {"display"},
    "tqdm": {"adapters"},
    "transformers": {"adapters"},
    "tsdownsample": {"history"},
    "websockets": {"comm", "server"},
    "xgboost": {"adapters"},
    "zmq": {"commands", "delivery", "producer", "relay"},
}
"""The folders in which an outside library may be imported; numpy may everywhere."""

PAGE_HOMES: Final[Mapping[str, set[str]]] = {"flot": {"chart"}, "jquery": {"chart"}}


# -- Python ----------------------------------------------------------------------------------------


def modules() -> dict[str, Path]:
    """Return the package's modules by their dotted names."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


MODULES: Final = modules()


@cache
def imports(path: Path) -> set[str]:
    """Return the dotted names that a module imports, anywhere in it, for its types too."""
    return set(_imported(ast.parse(path.read_text(encoding="utf-8"))))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def own_imports(name: str) -> set[str]:
    """Return the modules of the package that one of them imports."""
    found = set()
    for imported in imports(MODULES[name]):
        module = imported if imported in MODULES else imported.rpartition(".")[0]
        if module in MODULES and module != name:
            found.add(module)
    return found


def layer_of(name: str) -> str:
    """Return the folder of a module of the package, or its own name where it stands at the top."""
    return "__init__" if name == "zwsnb" else name.split(".")[1]


GRAPH: Final = {name: own_imports(name) for name in MODULES}


def test_every_module_stands_in_a_layer() -> None:
    assert {layer_of(name) for name in MODULES} == set(LAYERS)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_run_only_downward(name: str) -> None:
    layer = layer_of(name)
    above = set(LAYERS[: LAYERS.index(layer)]) - UPWARD.get(layer, set())
    # Constants of the package, such as its version, are its modules' own.
    assert {other for other in GRAPH[name] if layer_of(other) in above} == set()


def test_no_circle_of_modules() -> None:
    assert circle_in(GRAPH) == []


def circle_in(graph: Mapping[str, set[str]]) -> list[str]:
    """Return the members of a circle, or nothing where there is none."""
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.mark.parametrize("name", sorted(n for n in MODULES if layer_of(n) in NO_IO))
def test_a_folder_without_io_imports_none(name: str) -> None:
    found = {each for each in imports(MODULES[name]) if any(is_within(each, io) for io in IO)}
    assert found == set()


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_has_its_home(library: str) -> None:
    users = {
        layer_of(name)
        for name, path in MODULES.items()
        if any(is_within(each, library) for each in imports(path))
    }
    assert users <= HOMES[library]


EARLY: Final = {
    "delivery",
    "__init__",
    "_version",
    "api",
    "kinds",
    "lives",
    "producer",
    "protocol",
    "quick",
    "service",
}
"""The layers that a program has imported that has only imported zwsnb."""

LATE: Final = {"axes", "metrics", "notebook", "painting", "plot", "saved", "snapshot", "widget"}
"""Those that a service does without until somebody asks for what they do."""


def imported_by(program: str) -> set[str]:
    """Return what a program has imported."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; import sys; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.split())


def test_importing_zwsnb_is_cheap() -> None:
    found = imported_by("import zwsnb")
    heavy = {"IPython", "gevent", "hashlib", "ipywidgets", "logging", "pandas", "zmq", "zoneinfo"}
    assert not heavy & found
    assert {layer_of(name) for name in found & MODULES.keys()} == EARLY


def test_a_service_does_without_what_nobody_has_asked_for() -> None:
    found = imported_by("import zwsnb.service.service")
    assert not LATE & {layer_of(name) for name in found & MODULES.keys()}
    late = {"zwsnb.derived.derivation", "zwsnb.derived.parser", "zwsnb.vitals.exposition"}
    assert not {*late, "prometheus_client"} & found


def test_each_public_name_is_there() -> None:
    program = "import zwsnb; [getattr(zwsnb, name) for name in zwsnb.__all__]; from zwsnb import *"
    assert {"zwsnb.plot.plot", "zwsnb.metrics.track"} <= imported_by(program)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os.path", {"os.path"}),
        ("from zwsnb.relay import hub", {"zwsnb.relay.hub"}),
        ("def f():\n    import zmq.green as zmq", {"zmq.green"}),
        ("if TYPE_CHECKING:\n    import zmq\nelse:\n    import os", {"os", "zmq"}),
    ],
)
def test_imports_are_read(source: str, found: set[str], tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(source, encoding="utf-8")
    assert imports(module) == found


# -- the page --------------------------------------------------------------------------------------


PAGE: Final = {
    path.relative_to(STATIC).with_suffix("").as_posix(): path
    for path in STATIC.rglob("*.js")
    if path.relative_to(STATIC).parts[0] != "dist"
}


@cache
def page_imports(path: Path) -> set[str]:
    """Return what a module of the page imports, in JSDoc types too.

    Its own modules by path, npm's packages by name.
    """
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"""(?:^|;)\s*import\s*['"]([^'"]+)['"]""", text, re.MULTILINE)
    found += re.findall(
        r"""(?:^|;)\s*(?:import|export)\b[^;'"]*\bfrom\s*['"]([^'"]+)['"]""", text, re.MULTILINE
    )
    found += re.findall(r"""\bimport\(\s*['"]([^'"]+)['"]""", text)
    return {name if name.startswith(".") else name.partition("/")[0] for name in found}


def own_page_imports(name: str) -> set[str]:
    """Return the modules of the page that one of them imports."""
    folder = PAGE[name].parent
    found = {(folder / each).resolve() for each in page_imports(PAGE[name]) if each[0] == "."}
    return {path.relative_to(STATIC).with_suffix("").as_posix() for path in found} - {name}


def page_layer_of(name: str) -> str:
    folder, _, _ = name.rpartition("/")
    return f"{folder}/" if folder in ("plots", "saved") else folder or name


PAGE_GRAPH: Final = {name: own_page_imports(name) for name in PAGE}


def test_every_module_of_the_page_stands_in_a_layer() -> None:
    assert {page_layer_of(name) for name in PAGE} == set(PAGE_LAYERS)


@pytest.mark.parametrize("name", sorted(PAGE))
def test_imports_of_the_page_run_only_downward(name: str) -> None:
    above = set(PAGE_LAYERS[: PAGE_LAYERS.index(page_layer_of(name))])
    assert {other for other in PAGE_GRAPH[name] if page_layer_of(other) in above} == set()


def test_no_circle_of_modules_of_the_page() -> None:
    assert circle_in(PAGE_GRAPH) == []


TYPES_ONLY: Final = {"axes/look", "chart/line"}
"""Modules of the page that hold JSDoc types and nothing that runs."""


def test_every_module_of_the_page_has_its_test_module() -> None:
    folder = ROOT / "tests/page"
    tested = {
        path.relative_to(folder).as_posix().removesuffix(".test.js")
        for path in folder.rglob("*.test.js")
    }
    assert tested == set(PAGE) - TYPES_ONLY


@pytest.mark.parametrize("library", sorted(PAGE_HOMES))
def test_a_library_of_the_page_has_its_home(library: str) -> None:
    users = {page_layer_of(name) for name, path in PAGE.items() if library in page_imports(path)}
    assert users == PAGE_HOMES[library]


def test_one_module_of_the_page_calls_jquery() -> None:
    calls = re.compile(r"(\$|\bjQuery)[.(]")
    users = {name for name, path in PAGE.items() if calls.search(path.read_text(encoding="utf-8"))}
    assert users <= {"chart/flot"}


def test_the_page_needs_no_other_package() -> None:
    packages = {name for path in PAGE.values() for name in page_imports(path) if name[0] != "."}
    assert packages == set(PAGE_HOMES)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('import jQuery from "jquery";', {"jquery"}),
        ('import "flot/dist/es5/jquery.flot.js";', {"flot"}),
        ("import {\n  decode,\n} from './wire.js';", {"./wire.js"}),
        ('export * from "flot";', {"flot"}),
        ("export const word = 'flot';", set()),
        ('await import("flot");', {"flot"}),
        ('/** @type {import("../view/scale.js").Scale} */', {"../view/scale.js"}),
    ],
)
def test_imports_of_the_page_are_read(source: str, found: set[str], tmp_path: Path) -> None:
    module = tmp_path / "module.js"
    module.write_text(source, encoding="utf-8")
    assert page_imports(module) == found


# -- both ------------------------------------------------------------------------------------------


LONGEST: Final = 350
"""Lines of a file; a longer one has two subjects."""

LONGEST_FUNCTION: Final = 40
"""Lines of the body of a function of the package: options are many, and stand a line each."""

FULLEST: Final = 14
"""Files of a folder; a fuller one has two."""


@pytest.mark.parametrize("name", sorted({**MODULES, **PAGE}))
def test_no_file_is_long(name: str) -> None:
    text = (MODULES | PAGE)[name].read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_function_is_long(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert {f.name: n for f in functions if (n := lines_of(f)) > LONGEST_FUNCTION} == {}


def lines_of(function: ast.FunctionDef) -> int:
    """Return the lines of a function's body without its docstring."""
    is_documented = ast.get_docstring(function) is not None
    body = function.body[is_documented:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_folder_is_full() -> None:
    folders = [path.parent for path in (*MODULES.values(), *PAGE.values())]
    assert {f.name: folders.count(f) for f in set(folders) if folders.count(f) > FULLEST} == {}


def test_the_wheel_has_every_folder() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(setup["options"]["packages"].split())
    folders = {name for name, path in MODULES.items() if path.name == "__init__.py"}
    assert listed == folders | {"zwsnb.static"}


# -- the tests -------------------------------------------------------------------------------------


TESTS: Final = ROOT / "tests"

UNTESTED: Final = {
    "zwsnb.__main__": "two lines, which the tests of the command line run",
    "zwsnb._version": "a constant",
    "zwsnb.widget.connection": "protocols alone",
    "zwsnb.protocol.option_types": "types alone",
    "zwsnb.clients.page_socket": "an interface and its error",
}
"""Modules that need no test module of their own, and why. An `__init__` only says what is in its
folder."""


def modules_of_tests(name: str) -> list[Path]:
    """Return where the test module of a module of the package may stand."""
    _, *folder, module = name.split(".")
    unit = TESTS.joinpath("unit", *folder)
    return [where / f"test_{module}.py" for where in (unit, TESTS / "sockets", TESTS / "kernel")]


TESTED: Final = {n for n, path in MODULES.items() if path.stem != "__init__"} - set(UNTESTED)


@pytest.mark.parametrize("name", sorted(TESTED))
def test_every_module_has_its_test_module(name: str) -> None:
    places = [path.relative_to(ROOT).as_posix() for path in modules_of_tests(name)]
    assert any((ROOT / place).exists() for place in places), f"none of {', '.join(places)}"
