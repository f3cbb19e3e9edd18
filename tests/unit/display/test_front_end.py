"""How hosts show a plot, by environments as they were recorded or as their makers describe them."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace

import pytest

from zwsnb.display.front_end import front_end_of, only_looks

CELL = "vscode-notebook-cell:/home/ann/a.ipynb#W0sZmlsZQ=="
COLAB = {"COLAB_RELEASE_TAG": "release-colab_20261101", "COLAB_GPU": "0"}
SSH = {"SSH_CONNECTION": "10.0.0.2 51000 10.0.0.9 22"}
CODESPACE = {
    "CODESPACES": "true",
    "CODESPACE_NAME": "fluffy-space-disco",
    "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN": "app.github.dev",
}


@pytest.mark.parametrize(
    ("host", "cell", "names", "modules", "environ", "shown"),
    [
        ("JupyterLab", "5f2b6a2e-77f2", ["In", "Out"], ["ipykernel"], {}, "script"),
        ("JupyterLab over ssh", "5f2b6a2e-77f2", [], [], SSH, "script"),
        ("a kernel that nobody looks at", "", [], [], {}, "script"),
        ("JupyterHub", "", [], [], {"JUPYTERHUB_USER": "ann"}, "script"),
        ("Voila", "", [], [], {"VOILA_BASE_URL": "/", "SERVER_SOFTWARE": "voila/0.5.12"}, "voila"),
        ("VS Code on this machine", CELL, [], [], {}, "frame"),
        ("VS Code, older", "", ["__vsc_ipynb_file__"], [], {}, "frame"),
        ("VS Code over ssh", CELL, [], [], SSH, "widget"),
        ("VS Code in WSL", CELL, [], [], {"WSL_DISTRO_NAME": "Ubuntu"}, "widget"),
        ("VS Code in a container", CELL, [], [], {"REMOTE_CONTAINERS": "true"}, "widget"),
        ("a codespace", CELL, [], [], CODESPACE, "widget"),
        ("a codespace with JupyterLab", "5f2b", [], [], CODESPACE, "script"),
        (
            "code-server",
            CELL,
            [],
            [],
            {**SSH, "VSCODE_PROXY_URI": "https://code.example/proxy/{{port}}/"},
            "frame",
        ),
        ("Colab", "", [], ["google.colab"], {}, "widget"),
        ("Colab, before its module is loaded", "", [], [], COLAB, "widget"),
    ],
)
def test_what_a_host_is_shown(
    host: str,
    cell: str,
    names: list[str],
    modules: list[str],
    environ: dict[str, str],
    shown: str,
) -> None:
    assert front_end_of(cell, names, modules, environ) == shown, host


@pytest.mark.parametrize("mode", ["run", "edit", "script", "test", None])
def test_readers_of_an_application_of_marimo_only_look(mode: str | None) -> None:
    marimo = SimpleNamespace(app_meta=lambda: SimpleNamespace(mode=mode))
    assert only_looks({"marimo": marimo}) is (mode == "run")


@pytest.mark.parametrize("modules", [{}, {"marimo": ModuleType("marimo")}])
def test_who_runs_the_cells_does_more(modules: dict[str, object]) -> None:
    assert not only_looks(modules)
