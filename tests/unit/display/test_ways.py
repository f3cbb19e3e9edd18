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
    ("environ", "plain", "hosts", "origins"),
    [
        ({}, "", [], []),
        (SET, "https://lab.test/4000/", ["lab.test"], ["https://lab.test"]),
        (RELATIVE, "./proxy/4000", [], []),
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
def test_addresses_are_plain_ones_and_whole_ones_hosts_and_origins(
    environ: dict[str, str], plain: str, hosts: list[str], origins: list[str]
) -> None:
    ways = Ways.of(environ)
    assert ways.plain(4000) == plain
    assert ways.hosts(4000) == hosts
    assert ways.origins(4000) == origins


@pytest.mark.parametrize(
    ("environ", "is_apart"),
    [
        ({}, True),
        (CODESPACE, True),
        (SET, False),
        (CODE_SERVER, False),
        (RELATIVE, False),
        ({"VSCODE_PROXY_URI": "https://{{port}}.code.test/"}, True),
        ({"ZWSNB_PROXY_URL": "http://lab.test:{port}/"}, True),
        ({"ZWSNB_PROXY_URL": "http://localhost:8888/proxy/{port}/"}, False),
        ({"ZWSNB_PROXY_URL": "https://lab.test/?port={port}"}, False),
        ({"ZWSNB_PROXY_URL": "https://{port}@lab.test/"}, False),
        ({"ZWSNB_PROXY_URL": "/proxy/{port}/"}, False),
        ({"ZWSNB_PROXY_URL": "https://{port}.lab.test/"} | CODE_SERVER, True),
        (SET | {"VSCODE_PROXY_URI": "https://{{port}}.code.test/"}, False),
    ],
)
def test_a_port_in_the_hosts_name_gives_it_an_origin_of_its_own(
    environ: dict[str, str], is_apart: bool
) -> None:
    assert Ways.of(environ).is_apart is is_apart


def test_what_is_no_address_of_a_page_leads_nowhere() -> None:
    ways = Ways("javascript:alert({port})")
    assert (ways.plain(4000), ways.is_apart) == ("", False)


def test_a_template_can_be_set_and_taken_back_later() -> None:
    ways = Ways.of(SET | CODESPACE)
    other = ways.by("/other/{port}/")
    assert (other.template, other.presets) == ("/other/{port}/", ways.presets)
    assert other.by("").template == ""
    with pytest.raises(ValueError, match=r"^proxy is 'x'"):
        ways.by("x")
