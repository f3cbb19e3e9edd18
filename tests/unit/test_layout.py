"""The plan of the house, kept by reading the imports: what a room may know, and where each library lives."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    ".".join(path.relative_to(ROOT / "zwsnb").with_suffix("").parts).removesuffix(".__init__"): path
    for path in (ROOT / "zwsnb").rglob("*.py")
}
PAGE = {path.name: path for path in (ROOT / "static").glob("*.js")}

# A room without I/O says so in its docstring, and these have to.
MARK = "[no I/O]"
PLANNED = {"access", "history", "view", "wire"}
NO_IO = {
    room for room, path in ROOMS.items() if MARK in (ast.get_docstring(ast.parse(path.read_text())) or "")
}

# What reaches out of the process, waits, or runs beside it.
IO = {
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

HOMES = {
    "IPython": {"notebook"},
    "anywidget": {"widget"},
    "gevent": {"breath", "pace", "relay", "server", "service", "viewer", "web", "websocket"},
    "geventwebsocket": {"web"},
    "ipywidgets": {"widget"},
    "traitlets": {"widget"},
    "tsdownsample": {"cells"},
    "websockets": {"websocket"},
    "zmq": {"demo", "relay", "sender"},
}

# jquery-global.js is chart.js's antechamber: Flot wants a global jQuery before it is loaded.
PAGE_HOMES = {"flot": {"chart.js"}, "jquery": {"jquery-global.js"}, "./jquery-global.js": {"chart.js"}}


def imports(path: Path) -> set[str]:
    """Return the dotted names that a module imports, at its top or in a function, but for its types alone."""
    return set(_names(ast.parse(path.read_text(encoding="utf-8"))))


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        package = "zwsnb" if node.level else ""
        module = ".".join(filter(None, [package, node.module]))
        yield from (f"{module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
        for statement in node.orelse:
            yield from _names(statement)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _names(child)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def page_imports(path: Path) -> set[str]:
    """Return what a module of the page imports: its own modules by path, npm's packages by name."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"""(?:^|;)\s*import\s*['"]([^'"]+)['"]""", text, re.MULTILINE)
    found += re.findall(
        r"""(?:^|;)\s*(?:import|export)\b[^;'"]*\bfrom\s*['"]([^'"]+)['"]""", text, re.MULTILINE
    )
    found += re.findall(r"""\bimport\(\s*['"]([^'"]+)['"]""", text)
    return {name if name.startswith(".") else name.partition("/")[0] for name in found}


def test_the_planned_rooms_say_that_they_have_no_io() -> None:
    assert PLANNED <= NO_IO


@pytest.mark.parametrize("room", sorted(NO_IO))
def test_a_room_without_io_imports_none(room: str) -> None:
    outside = IO | HOMES.keys() - {library for library, homes in HOMES.items() if room in homes}
    assert {name for name in imports(ROOMS[room]) if any(within(name, each) for each in outside)} == set()


@pytest.mark.parametrize("room", sorted(NO_IO))
def test_a_room_without_io_enters_only_its_like(room: str) -> None:
    entered = {name.split(".")[1] for name in imports(ROOMS[room]) if name.startswith("zwsnb.")}
    assert entered & ROOMS.keys() <= NO_IO | {"_version"}


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_has_one_home(library: str) -> None:
    users = {room for room, path in ROOMS.items() if any(within(name, library) for name in imports(path))}
    assert users <= HOMES[library]


@pytest.mark.parametrize("module", sorted(PAGE_HOMES))
def test_the_page_keeps_jquery_and_flot_in_their_homes(module: str) -> None:
    assert {name for name, path in PAGE.items() if module in page_imports(path)} == PAGE_HOMES[module]


def test_the_other_modules_of_the_page_call_no_jquery() -> None:
    calls = re.compile(r"(\$|\bjQuery)[.(]")
    users = {name for name, path in PAGE.items() if calls.search(path.read_text(encoding="utf-8"))}
    assert users <= {"chart.js"}


def test_the_page_needs_no_other_package() -> None:
    packages = {name for path in PAGE.values() for name in page_imports(path) if not name.startswith(".")}
    assert packages == {"flot", "jquery"}


def test_importing_zwsnb_is_cheap() -> None:
    heavy = ["IPython", "gevent", "ipywidgets", "pandas", "zmq"]
    program = f"import sys, zwsnb; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os.path", {"os.path"}),
        ("from . import relay", {"zwsnb.relay"}),
        ("from .relay import Relay", {"zwsnb.relay.Relay"}),
        ("from zwsnb import relay", {"zwsnb.relay"}),
        ("def f():\n    import zmq.green as zmq", {"zmq.green"}),
        ("if TYPE_CHECKING:\n    import zmq\nelse:\n    import os", {"os"}),
    ],
)
def test_imports_are_read(source: str, found: set[str], tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(source, encoding="utf-8")
    assert imports(module) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('import jQuery from "jquery";', {"jquery"}),
        ('import "flot/dist/es5/jquery.flot.js";', {"flot"}),
        ("import {\n  decode,\n} from './wire.js';", {"./wire.js"}),
        ('export * from "flot";', {"flot"}),
        ("export const word = 'flot';", set()),
        ('await import("flot");', {"flot"}),
    ],
)
def test_imports_of_the_page_are_read(source: str, found: set[str], tmp_path: Path) -> None:
    module = tmp_path / "module.js"
    module.write_text(source, encoding="utf-8")
    assert page_imports(module) == found
