from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from zwsnb.server.access import Access, check, new_token

TOKEN = "right-0123456789-abcdefgh"
RULES = Access.loopback(8000, token=TOKEN, hosts=["lab.example"], origins=["https://lab.example"])

HOSTS = {
    "ip": "127.0.0.1:8000",
    "name": "localhost:8000",
    "added": "lab.example",
    "foreign": "evil.example:8000",
    "prefix": "localhost:80",
    "suffix": "localhost:8000.evil.example",
    "case": "LOCALHOST:8000",
    "bare": "localhost",
    "empty": "",
    "none": None,
}
TOKENS = {"none": None, "wrong": "wrong-0123456789-abcdefgh", "right": TOKEN}

# What is found wrong: H the Host, O the Origin, T the token, and a dot lets the request in.
# Each column is a Host, and in it the three tokens: none, wrong, right.
MATRIX = """
    Origin                              ip   name added foreign prefix suffix case bare empty none
    (none)                              TT.  TT.  TT.   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://127.0.0.1:8000               TT.  TT.  TT.   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://localhost:8000               TT.  TT.  TT.   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    https://lab.example                 TT.  TT.  TT.   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    null                                OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://evil.example                 OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://localhost:80                 OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://localhost                    OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://localhost:8000.evil.example  OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://evil.example/localhost:8000  OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://localhost:8000/              OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    https://localhost:8000              OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    HTTP://LOCALHOST:8000               OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    lab.example                         OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    https://lab.example.evil.example    OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    (empty)                             OOO  OOO  OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
"""


def cells() -> list[Any]:
    """The matrix as parameters: origin, host, token, letter."""
    head, *rows = (line.split() for line in MATRIX.strip().splitlines())
    return [
        pytest.param(origin, host, token, letter, id=f"{origin}-{host}-{token}")
        for origin, *verdicts in rows
        for host, verdict in zip(head[1:], verdicts, strict=True)
        for token, letter in zip(TOKENS, verdict, strict=True)
    ]


BLAMES = {
    "This server is not": "H",
    "The request has no Host": "H",
    "Pages of": "O",
    "A page without": "O",
    "The address lacks": "T",
    "The token": "T",
}


def letter_of(sentence: str | None) -> str:
    """The letter of the matrix that a sentence stands for."""
    if sentence is None:
        return "."
    return next(letter for start, letter in BLAMES.items() if sentence.startswith(start))


@pytest.mark.parametrize(("origin", "host", "token", "letter"), cells())
def test_exactly_the_listed_cells_are_let_in(
    origin: str, host: str, token: str, letter: str
) -> None:
    header = {"(none)": None, "(empty)": ""}.get(origin, origin)
    assert letter_of(check(RULES, token=TOKENS[token], host=HOSTS[host], origin=header)) == letter


@pytest.mark.parametrize(
    "token",
    [
        "",
        TOKEN[:-1],
        TOKEN + "x",
        " " + TOKEN,
        TOKEN.upper(),
        "gehört-nicht-dazu",
        "\ud800",
        "\0",
        "x" * 10**6,
    ],
)
def test_a_token_is_the_whole_string_or_nothing(token: str) -> None:
    assert letter_of(check(RULES, token=token, host="localhost:8000", origin=None)) == "T"


@pytest.mark.parametrize(
    ("host", "origin", "letter"),
    [
        ("localhost:8000", None, "."),
        ("localhost:8000", "http://localhost:8000", "."),
        ("localhost:8000", "null", "O"),
        ("evil.example", None, "H"),
    ],
)
def test_what_needs_no_token_still_needs_host_and_origin(
    host: str, origin: str, letter: str
) -> None:
    assert (
        letter_of(check(RULES, token=None, host=host, origin=origin, needs_token=False)) == letter
    )


@pytest.mark.parametrize("port", ["", ":80"])
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_port_80_may_be_left_out(name: str, port: str) -> None:
    rules = Access.loopback(80, token=TOKEN)
    for origin in (None, f"http://{name}", f"http://{name}:80"):
        assert check(rules, token=TOKEN, host=name + port, origin=origin) is None


def test_tokens_are_new_long_and_safe_in_a_url() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {32}
    assert set("".join(tokens)) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    )


def test_each_server_has_its_own_token_unless_it_is_given() -> None:
    assert Access.loopback(8000).token != Access.loopback(8000).token
    assert Access.loopback(8000, token=TOKEN).token == TOKEN


@pytest.mark.parametrize("token", ["", "short", "x" * 21])
def test_a_short_token_is_no_token(token: str) -> None:
    with pytest.raises(ValueError, match=f"token has {len(token)} characters, needs 22"):
        Access.loopback(8000, token=token)


def test_rules_do_not_change_and_do_not_print_the_token() -> None:
    assert TOKEN not in repr(RULES)
    with pytest.raises(dataclasses.FrozenInstanceError):
        RULES.token = "x" * 32  # type: ignore[misc]  # frozen is what is tested


def test_an_answer_repeats_little_of_what_a_stranger_sent() -> None:
    sentence = check(RULES, token=None, host="x" * 10_000 + "\r\n", origin=None) or ""
    assert sentence
    assert len(sentence) < 300
    assert sentence.isprintable()
