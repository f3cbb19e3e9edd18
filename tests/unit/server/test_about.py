"""What a user calls the process of a service."""

from __future__ import annotations

import os
import time

import pytest

from zwsnb.server.about import PROGRAM, About, program

SESSION = "JPY_SESSION_NAME"
KERNEL = ["/env/site-packages/ipykernel_launcher.py", "-f", "kernel.json"]


@pytest.mark.parametrize(
    ("argv", "environment", "modules", "said"),
    [
        (KERNEL, {SESSION: "/home/me/training.ipynb"}, {"ipykernel"}, "notebook training.ipynb"),
        (KERNEL, {SESSION: "2b31"}, {"ipykernel"}, "a notebook"),
        (KERNEL, {}, {"ipykernel"}, "a notebook"),
        (["run.py", "-v"], {SESSION: "/home/me/training.ipynb"}, {"numpy"}, "run.py"),
        (["/home/me/run.py"], {}, set(), "run.py"),
        (["/env/bin/zwsnb", "serve", "--port", "8000"], {}, set(), "zwsnb serve"),
        (["/env/site-packages/zwsnb/__main__.py", "demo"], {}, set(), "zwsnb demo"),
        (["/env/bin/zwsnb"], {}, set(), "zwsnb"),
        (["-c"], {}, set(), "python -c"),
        ([""], {}, set(), "python"),
        ([], {}, set(), "python"),
        (KERNEL, {PROGRAM: "run.py"}, {"ipykernel"}, "run.py"),
    ],
)
def test_a_process_is_called_as_its_user_does(
    argv: list[str], environment: dict[str, str], modules: set[str], said: str
) -> None:
    assert program(argv, environment, modules) == said


def test_a_service_knows_its_process_and_since_when() -> None:
    before = time.time()
    found = About.this()
    assert (found.program, found.pid) == (program(), os.getpid())
    assert before <= found.started <= time.time()
