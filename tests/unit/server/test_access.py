"""Who may come in: tables of Host, Origin, key and path."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from support.access_matrix import COLUMNS, HOSTS, PROXY, ROWS, TOKEN, cells

from zwsnb.server.access import (
    ALIVE,
    CSV,
    SPENT,
    Access,
    Visit,
    check,
    lacks_key_only,
    new_token,
    reason,
)
from zwsnb.server.doors.keys import Keys
from zwsnb.server.doors.spent import Spent

KEYS = Keys(TOKEN)


def rules_of(port: int = 8000) -> Access:
    """Rules that have found a notebook's server."""
    rules = Access.loopback(
        port, token=TOKEN, hosts=["lab.example"], origins=["https://lab.example"]
    )
    rules = dataclasses.replace(rules, spent=Spent(0))
    asked = Visit(path=ALIVE, host=PROXY, origin=f"http://{PROXY}", ask=KEYS.ask)
    assert check(rules, asked) is None
    assert rules.find_host(asked) is None
    return rules


RULES = rules_of()


BLAMES = {
    "This server is not": "H",
    "The request has no Host": "H",
    "Pages of": "O",
    "A page without": "O",
    "The address lacks": "T",
    "The token": "T",
    "The ticket": "T",
    "A ticket only": "P",
    "This is not the service": "A",
}


def letter_of(sentence: str | None) -> str:
    """The letter of the matrix that a sentence stands for."""
    if sentence is None:
        return "."
    return next(letter for start, letter in BLAMES.items() if sentence.startswith(start))


@pytest.mark.parametrize(
    "path", ["/", "/ws", "/json", "/stats", "/metrics", "/plots", "/csv", "/nothing"]
)
def test_exactly_the_listed_cells_are_let_in(path: str) -> None:
    for cell in cells():
        visit = Visit(path=path, token=cell.token, host=cell.host, origin=cell.origin)
        assert letter_of(check(RULES, visit)) == cell.verdict, cell


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "[::1]:8000", "localhost:8000", "lab.example", PROXY]
)
def test_a_page_of_the_host_itself_is_let_in(scheme: str, host: str) -> None:
    visit = Visit(token=TOKEN, host=host, origin=f"{scheme}://{host}")
    assert check(RULES, visit) is None


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
    visit = Visit(token=token, host="localhost:8000", origin=None)
    assert letter_of(check(RULES, visit)) == "T"
    assert letter_of(check(RULES, dataclasses.replace(visit, token=None, ticket=token))) == "T"


@pytest.mark.parametrize(
    ("host", "origin", "letter"),
    [
        ("localhost:8000", None, "."),
        ("localhost:8000", "http://localhost:8000", "."),
        (PROXY, None, "."),
        ("localhost:8000", "null", "O"),
        ("evil.example", None, "H"),
        ("evil.example", "http://evil.example", "H"),
    ],
)
def test_what_needs_no_token_still_needs_host_and_origin(
    host: str, origin: str, letter: str
) -> None:
    visit = Visit(path="/static/dist/zwsnb.js", host=host, origin=origin)
    assert letter_of(check(RULES, visit)) == letter


# -- tickets ---------------------------------------------------------------------------------------

TICKETS = {
    "its": KEYS.ticket("p"),
    "editor": KEYS.editor("p"),
    "other": KEYS.ticket("q"),
    "default": KEYS.ticket("plot"),
    "token": TOKEN,
    "answer": KEYS.answer({"of": "q"}),
    "later": Keys(new_token()).ticket("p"),
}
# For plot "p", by path: which ticket opens it.
PATHS = """
    path       its editor other default token answer later
    /          .   .      T     T       T     T      T
    /ws        .   .      T     T       T     T      T
    /csv       .   .      T     T       T     T      T
    /html      .   .      T     T       T     T      T
    /plot      .   .      T     T       T     T      T
    /snapshot  .   .      T     T       T     T      T
    /json      P   P      T     T       T     T      T
    /stats     P   P      T     T       T     T      T
    /metrics   P   P      T     T       T     T      T
    /plots     P   P      T     T       T     T      T
    /data      P   P      T     T       T     T      T
    /steer     P   P      T     T       T     T      T
    /nothing   P   P      T     T       T     T      T
"""


@pytest.mark.parametrize("host", ["localhost:8000", PROXY])
@pytest.mark.parametrize("line", PATHS.strip().splitlines()[1:])
def test_a_ticket_opens_what_is_of_its_plot(line: str, host: str) -> None:
    path, *letters = line.split()
    found = [
        letter_of(check(RULES, Visit(path=path, plot="p", host=host, origin=None, ticket=ticket)))
        for ticket in TICKETS.values()
    ]
    assert found == letters


@pytest.mark.parametrize(("host", "origin", "letter"), [
    ("evil.example", None, "H"),
    ("evil.example", "http://evil.example", "H"),
    ("localhost:8000", "http://evil.example", "O"),
    (PROXY, "http://hub.test:9999", "O"),
])  # fmt: skip
def test_a_ticket_needs_host_and_origin_as_well(host: str, origin: str, letter: str) -> None:
    visit = Visit(path="/ws", plot="p", host=host, origin=origin, ticket=KEYS.ticket("p"))
    assert letter_of(check(RULES, visit)) == letter


ASKED = "/stats?producer=p"
PROOFS = {
    "right": KEYS.proof("localhost:8000", ASKED, 1000),
    "of another place": KEYS.proof("localhost:8001", ASKED, 1000),
    "of another request": KEYS.proof("localhost:8000", "/csv?producer=p", 1000),
    "of another token": Keys(new_token()).proof("localhost:8000", ASKED, 1000),
    "the token": TOKEN,
    "none": "",
}


@pytest.mark.parametrize("which", PROOFS)
@pytest.mark.parametrize(
    ("host", "origin", "letter"),
    [
        ("localhost:8000", None, "."),
        ("127.0.0.1:8000", None, "T"),
        ("evil.example", None, "H"),
        ("localhost:8000", "http://evil.example", "O"),
    ],
)
def test_a_proof_opens_its_one_request_at_its_one_place(
    which: str, host: str, origin: str | None, letter: str
) -> None:
    visit = Visit(path="/stats", host=host, origin=origin, proof=PROOFS[which], proved=ASKED)
    expected = "T" if letter == "." and which != "right" else letter
    assert letter_of(check(RULES, visit)) == expected
    assert not lacks_key_only(RULES, visit)


def test_a_proof_is_taken_once_and_only_where_it_is_by_it_that_a_visit_is_let_in() -> None:
    rules = rules_of()
    visit = Visit(path="/stats", host="localhost:8000", origin=None, proof=PROOFS["right"])
    for other in ({"token": TOKEN}, {"path": ALIVE}, {"path": "/static/x.js"}, {"proof": None}):
        assert rules.take(dataclasses.replace(visit, **other), 1001) is None
    assert len(rules.spent) == 0
    assert rules.take(visit, 1001) is None
    assert (rules.take(visit, 1001) or "").startswith("The proof was brought before")


@pytest.mark.parametrize("edits", [True, False])
@pytest.mark.parametrize(
    ("path", "plot", "more", "letter"),
    [
        (CSV, "p", {}, "."),
        (CSV, "p", {"ticket": "another"}, "."),
        (CSV, "q", {}, "T"),
        (CSV, "p", {"token": "wrong"}, "T"),
        ("/", "p", {}, "T"),
        ("/html", "p", {}, "T"),
        ("/stats", "p", {}, "T"),
        ("/ws", "p", {}, "T"),
    ],
)
def test_what_holds_briefly_opens_the_points_of_its_plot_as_a_file(
    path: str, plot: str, more: dict[str, str], letter: str, edits: bool
) -> None:
    where: Any = {"host": "localhost:8000", "origin": None}
    visit = Visit(path=path, plot=plot, brief=KEYS.brief("p", 1000, edits=edits), **where, **more)
    assert letter_of(check(RULES, visit)) == letter
    assert not lacks_key_only(RULES, visit)
    assert RULES.may_edit(visit) is ("token" in more or (edits and (path, plot) == (CSV, "p")))


def test_what_holds_briefly_may_be_brought_again_for_a_minute() -> None:
    rules = rules_of()
    brief = KEYS.brief("p", 1000, edits=True)
    visit = Visit(path=CSV, plot="p", host="localhost:8000", origin=None, brief=brief)
    assert rules.take(visit, 1001) is None
    assert rules.take(visit, 1059) is None
    assert (rules.take(visit, 1061) or "").startswith("This address got its file for a minute")
    assert rules.take(dataclasses.replace(visit, token=TOKEN), 1061) is None
    assert len(rules.spent) == 0


@pytest.mark.parametrize("row", ROWS)
def test_only_who_comes_from_the_right_place_lacks_nothing_but_a_key(row: str) -> None:
    """The same cells: those in which it is the token alone that is missing."""
    origin, *verdicts = row.split()
    header = {"(none)": None, "(empty)": ""}.get(origin, origin)
    for host, verdict in zip(COLUMNS.split()[1:], verdicts, strict=True):
        visit = Visit(host=HOSTS[host], origin=header)
        assert lacks_key_only(RULES, visit) is (verdict[0] == "T")
        for more in ({"token": "x"}, {"ticket": "x"}, {"proof": "x"}):
            assert not lacks_key_only(RULES, dataclasses.replace(visit, **more))


def test_what_opens_once_is_no_key_and_is_taken_once() -> None:
    rules = rules_of()
    visit = Visit(host="localhost:8000", origin=None, once=KEYS.once(1000))
    assert letter_of(check(rules, visit)) == "T"
    assert [rules.take_once(visit, now) for now in (1061, 1001, 1001)] == [False, True, False]
    assert rules.allowing(["h"], []).take_once(visit, 1001) is False


def test_a_wrong_token_is_not_mended_by_a_ticket() -> None:
    visit = Visit(host="localhost:8000", origin=None, token="x", ticket=KEYS.ticket("plot"))
    assert letter_of(check(RULES, visit)) == "T"


def test_only_the_token_and_an_editor_may_edit() -> None:
    def may(**keys: str) -> bool:
        return RULES.may_edit(Visit(plot="p", host=PROXY, origin=None, **keys))

    assert may(token=TOKEN)
    assert may(ticket=KEYS.editor("p"))
    assert not may(ticket=KEYS.ticket("p"))
    assert not may(ticket=KEYS.editor("q"))
    assert not may()


def test_a_claim_is_taken_once_in_time_and_for_its_plot() -> None:
    rules = rules_of()
    claim = KEYS.claim("p", 1000)

    def take(now: float, plot: str = "p", claim: str | None = claim) -> str | None:
        return rules.take_claim(Visit(plot=plot, host=PROXY, origin=None, claim=claim), now)

    assert take(1061) is None
    assert take(1001, plot="q") is None
    assert take(1001, claim=None) is None
    assert take(1001) == KEYS.editor("p")
    assert take(1001) is None
    assert take(1001, claim=KEYS.claim("p", 1000)) == KEYS.editor("p")
    assert take(1200, claim=KEYS.claim("p", 1199)) == KEYS.editor("p")
    assert len(rules.spent) == 1  # the first would not hold any more


def test_what_was_made_before_the_service_began_is_not_taken() -> None:
    rules = dataclasses.replace(rules_of(), spent=Spent(1000))
    visit = Visit(plot="p", host=PROXY, origin=None, claim=KEYS.claim("p", 999))
    once = Visit(plot="p", host=PROXY, origin=None, once=KEYS.once(999))
    assert rules.take_claim(visit, 1001) is None
    assert rules.take_once(once, 1001) is False


@pytest.mark.parametrize("claim", ["", ".", "..", "9999.x.y", "x.y.z", "\ud800.\ud800.\ud800"])
def test_what_is_no_claim_gets_nothing(claim: str) -> None:
    visit = Visit(plot="p", host=PROXY, origin=None, claim=claim)
    assert rules_of().take_claim(visit, 0) is None


def test_a_claim_cannot_be_prolonged() -> None:
    _, rest = KEYS.claim("p", 1000).split(".", 1)
    assert not KEYS.is_claim(f"2000000.{rest}", "p")


def test_keys_are_long_and_tell_nothing_of_each_other() -> None:
    keys = {
        KEYS.ask,
        KEYS.answer({"of": "q"}),
        KEYS.ticket("p"),
        KEYS.ticket("q"),
        KEYS.editor("p"),
        TOKEN,
    }
    assert len(keys) == 6
    assert {len(key) for key in keys - {TOKEN}} == {32}
    assert TOKEN not in repr(KEYS)
    assert len({KEYS.claim("p", 1), KEYS.claim("p", 1)}) == 2


# -- the question ----------------------------------------------------------------------------------


@pytest.mark.parametrize("host", [*HOSTS.values()])
@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", f"http://{PROXY}"])
def test_the_question_is_all_that_is_asked_for_the_answer(host: str, origin: str) -> None:
    asked = Visit(path=ALIVE, host=host, origin=origin, ask=KEYS.ask)
    assert check(RULES, asked) is None
    for wrong in (None, "", KEYS.key, TOKEN, "\ud800"):
        assert letter_of(check(RULES, dataclasses.replace(asked, ask=wrong))) == "A"


@pytest.mark.parametrize(
    ("host", "origin", "is_found"),
    [
        ("hub.test", "https://hub.test", True),
        ("hub.test:81", "http://hub.test:81", True),
        ("hub.test", None, False),
        ("hub.test", "https://hub.test:81", False),
        ("hub.test", "https://other.test", False),
        ("hub.test", "null", False),
        ("hub.test", "ftp://hub.test", False),
        ("", "http://", False),
        ("\x1b]52;c;aGk=\x07", "http://\x1b]52;c;aGk=\x07", False),
        (300 * "h", "http://" + 300 * "h", False),
        ("[::2]:81", "http://[::2]:81", True),
        (None, "http://None", False),
    ],
)
def test_a_host_is_found_where_the_page_that_asks_is_its_own(
    host: str, origin: str, is_found: bool
) -> None:
    rules = Access.loopback(8000, token=TOKEN)
    sentence = rules.find_host(Visit(path=ALIVE, host=host, origin=origin, ask=KEYS.ask))
    assert (sentence is None) is is_found
    assert list(rules.found) == ([host] if is_found else [])
    assert (check(rules, Visit(host=host, origin=None, token=TOKEN)) is None) is is_found


def test_the_services_own_names_are_not_found_again() -> None:
    rules = Access.loopback(8000, token=TOKEN)
    asked = Visit(path=ALIVE, host="127.0.0.1:8000", origin="http://localhost:8888", ask=KEYS.ask)
    assert rules.find_host(asked) is None
    assert not rules.found


def test_few_hosts_are_remembered_the_newest_ones() -> None:
    rules = Access.loopback(8000, token=TOKEN)
    for i in range(100):
        rules.find_host(Visit(path=ALIVE, host=f"h{i}", origin=f"http://h{i}", ask=KEYS.ask))
    assert len(rules.found) == 32
    assert rules.is_own("h99")
    assert not rules.is_own("h0")


# -- tokens ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("port", ["", ":80"])
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_port_80_may_be_left_out(name: str, port: str) -> None:
    rules = Access.loopback(80, token=TOKEN)
    for origin in (None, f"http://{name}", f"http://{name}:80"):
        assert check(rules, Visit(token=TOKEN, host=name + port, origin=origin)) is None


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
    sentence = check(RULES, Visit(host="x" * 10_000 + "\r\n", origin=None)) or ""
    assert sentence
    assert len(sentence) < 300
    assert sentence.isprintable()


# -- what refusals are counted by ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ({"host": None}, "host"),
        ({"host": "evil.example", "token": TOKEN}, "host"),
        ({"origin": "http://evil.example", "token": TOKEN}, "origin"),
        ({"origin": "null"}, "origin"),
        ({}, "no key"),
        ({"token": "wrong"}, "key"),
        ({"token": ""}, "key"),
        ({"ticket": TICKETS["other"]}, "key"),
        ({"path": "/stats", "ticket": TICKETS["its"]}, "key"),
        ({"proof": "1.n.m", "proved": "/?"}, "key"),
        ({"token": TOKEN}, SPENT),  # what is right, and was brought before
        ({"path": ALIVE, "ask": "x"}, "question"),
    ],
)
def test_a_refusal_is_counted_by_what_is_wrong_first(
    said: dict[str, str | None], counted: str
) -> None:
    usual: dict[str, str | None] = {"host": "localhost:8000", "origin": None, "plot": "p"}
    assert reason(RULES, Visit(**(usual | said))) == counted  # type: ignore[arg-type]
