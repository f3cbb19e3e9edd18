"""Addresses that lead to a port, on recorded environments."""

from __future__ import annotations

import pytest

from zwsnb.display.ways import Ways

CODESPACE = {
    "CODESPACE_NAME": "glowing-pancake-7r4",
    "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN": "app.github.dev",
    "CODESPACES": "true",
}
CODE_SERVER = {"VSCODE_PROXY_URI": "https://code.test/proxy/{{port}}/"}
RELATIVE = {"VSCODE_PROXY_URI": "./proxy/{{port}}"}
SET = {"ZWSNB_PROXY_URL": "https://lab.test/{port}/"}

# environment, the option `proxy`: template, presets
ENVIRONMENTS: list[tuple[dict[str, str], str, str, tuple[str, ...]]] = [
    ({}, "", "", ()),
    (SET, "", "https://lab.test/{port}/", ()),
    (SET, "/mine/{port}", "/mine/{port}", ()),
    (CODESPACE, "", "", ("https://glowing-pancake-7r4-{port}.app.github.dev/",)),
    ({"CODESPACE_NAME": "alone"}, "", "", ()),
    (CODE_SERVER, "", "", ("https://code.test/proxy/{{port}}/",)),
    ({"VSCODE_PROXY_URI": "https://code.test/"}, "", "", ()),
    (
        RELATIVE | CODESPACE,
        "",
        "",
        ("./proxy/{{port}}", "https://glowing-pancake-7r4-{port}.app.github.dev/"),
    ),
]


@pytest.mark.parametrize(("environ", "proxy", "template", "presets"), ENVIRONMENTS)
def test_ways_of_an_environment(
    environ: dict[str, str], proxy: str, template: str, presets: tuple[str, ...]
) -> None:
    found = Ways.of(environ, proxy)
    assert (found.template, found.presets) == (template, presets)


@pytest.mark.parametrize(
    ("environ", "proxy", "name"),
    [
        ({}, "https://lab.test/", "proxy"),
        ({}, "{Port}", "proxy"),
        ({"ZWSNB_PROXY_URL": "http://h/"}, "", "ZWSNB_PROXY_URL"),
    ],
)
def test_a_template_without_a_port_says_where_it_is_from(
    environ: dict[str, str], proxy: str, name: str
) -> None:
    with pytest.raises(ValueError, match=rf"^{name} is .*; it needs {{port}} where the port goes"):
        Ways.of(environ, proxy)


@pytest.mark.parametrize(
    ("environ", "frame", "hosts", "origins"),
    [
        ({}, "", [], []),
        (SET, "https://lab.test/4000/", ["lab.test"], ["https://lab.test"]),
        (RELATIVE, "", [], []),
        (
            CODESPACE,
            "",
            ["glowing-pancake-7r4-4000.app.github.dev"],
            ["https://glowing-pancake-7r4-4000.app.github.dev"],
        ),
        (
            SET | CODE_SERVER,
            "https://lab.test/4000/",
            ["lab.test", "code.test"],
            ["https://lab.test", "https://code.test"],
        ),
        (CODE_SERVER, "https://code.test/proxy/4000/", ["code.test"], ["https://code.test"]),
        (
            {"ZWSNB_PROXY_URL": "http://lab.test:81/{port}"},
            "http://lab.test:81/4000",
            ["lab.test:81"],
            ["http://lab.test:81"],
        ),
    ],
)
def test_whole_addresses_are_frames_hosts_and_origins(
    environ: dict[str, str], frame: str, hosts: list[str], origins: list[str]
) -> None:
    ways = Ways.of(environ)
    assert ways.frame(4000) == frame
    assert ways.hosts(4000) == hosts
    assert ways.origins(4000) == origins


def test_a_template_can_be_set_and_taken_back_later() -> None:
    ways = Ways.of(SET | CODESPACE)
    other = ways.by("/other/{port}/")
    assert (other.template, other.presets) == ("/other/{port}/", ways.presets)
    assert other.by("").template == ""
    with pytest.raises(ValueError, match=r"^proxy is 'x'"):
        ways.by("x")
