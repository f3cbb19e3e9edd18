"""The expression in a text, as in ``ema("train/loss", .99)``: parsed by rules of its own, never
evaluated as a program.  [no I/O]

    sum      = product, {("+" | "-"), product}
    product  = factor, {("*" | "/"), factor}
    factor   = "-", factor | number | "(", sum, ")" | function, "(", ..., ")" | series
    series   = name | text in quotes
    function = one of `FUNCTIONS`; behind its series its setting, a number or a text in quotes
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, NoReturn

from zwsnb.derived.expression import Call, Expression, Node, Number, Ref
from zwsnb.derived.functions import FUNCTIONS, OPERATORS, Count, Function, Setting, Span
from zwsnb.protocol.names import check_name, did_you_mean
from zwsnb.protocol.sizes import seconds_of

MAX_DEPTH: Final = 32
"""Brackets in one another."""

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
        |(?P<name>[^\W\d][\w.]*)
        |(?P<text>"[^"]*"|'[^']*')
        |(?P<sign>[-+*/(),])
        |(?P<end>\Z)
    )""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A part of a text: of which kind it is, what it says, and where."""

    kind: str
    text: str
    at: int


def parse(text: str) -> Expression:
    """Return the expression that a text is.

    Raises:
        TypeError: it is no text.
        ValueError: it is none; the sentence names the place, and what may stand there.
    """
    return _Parser(check_name(text, "an expression").strip()).expression()


def quoted(series: str) -> str:
    """Return the name of a series as it is written in an expression.

    Raises:
        ValueError: it has quotes of both kinds.
    """
    if '"' in series and "'" in series:
        raise ValueError(f"{series!r} has both kinds of quotes: no expression can name it")
    return f"'{series}'" if '"' in series else f'"{series}"'


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._split()
        self._next = next(self._tokens)
        self._depth = 0

    def expression(self) -> Expression:
        tree = self._sum()
        if self._next.kind != "end":
            self._fail("an operator, or the end")
        found = Expression(self._text, tree)
        if not found.series:
            self._refuse("names no series, as ema(loss, .99) does")
        return found

    # -- the text ----------------------------------------------------------------------------------

    def _split(self) -> Iterator[Token]:
        at = 0
        while match := _TOKEN.match(self._text, at):
            kind = str(match.lastgroup)
            yield Token(kind, match[kind], match.start(kind))
            at = match.end()
        rest = self._text[at:].lstrip()
        yield Token("other", rest[:1], len(self._text) - len(rest))

    def _take(self) -> Token:
        taken = self._next
        if taken.kind != "end":
            self._next = next(self._tokens)
        return taken

    def _takes(self, *signs: str) -> Token | None:
        """Take one of these signs, if one is next."""
        is_next = self._next.kind == "sign" and self._next.text in signs
        return self._take() if is_next else None

    def _need(self, sign: str) -> None:
        if not self._takes(sign):
            self._fail(f'"{sign}"')

    def _fail(self, wanted: str) -> NoReturn:
        """Say what may stand at the next place in the place of what does."""
        kind, text, at = self._next
        there = "it ends" if kind == "end" else f"there is {text}"
        self._refuse(f"needs {wanted} at character {at + 1}, where {there}")

    def _refuse(self, why: str) -> NoReturn:
        raise ValueError(f"the expression {self._text[:80]!r} {why}")

    # -- the rules ---------------------------------------------------------------------------------

    def _sum(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._refuse(f"has more than {MAX_DEPTH} brackets in one another")
        node = self._product()
        while sign := self._takes("+", "-"):
            node = Call(sign.at, OPERATORS[sign.text], (node, self._product()))
        self._depth -= 1
        return node

    def _product(self) -> Node:
        node = self._factor()
        while sign := self._takes("*", "/"):
            node = Call(sign.at, OPERATORS[sign.text], (node, self._factor()))
        return node

    def _factor(self) -> Node:
        minus = None
        while sign := self._takes("-"):
            minus = None if minus else sign
        node = self._operand()
        return Call(minus.at, OPERATORS["-"], (Number(0.0), node)) if minus else node

    def _operand(self) -> Node:
        if self._takes("("):
            node = self._sum()
            self._need(")")
            return node
        if self._next.kind not in ("number", "name", "text"):
            self._fail("a series, a number or a function")
        token = self._take()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "text":
            return Ref(check_name(token.text[1:-1], "a series"))
        return self._call(token) if self._takes("(") else Ref(token.text)

    def _call(self, name: Token) -> Call:
        function = FUNCTIONS.get(name.text)
        if function is None:
            guess = did_you_mean(name.text, FUNCTIONS)
            known = f"{guess + ' ' if guess else ''}There are {', '.join(FUNCTIONS)}"
            self._refuse(f"has a function {name.text!r} that does not exist: {known}")
        of, settings = [self._sum()], []
        if function.setting:
            if not self._takes(","):
                self._fail(f"a setting, as in {function.usage},")
            settings.append(self._setting(function))
        self._need(")")
        return Call(name.at, function, of, settings)

    def _setting(self, function: Function) -> Setting:
        token = self._next
        if token.kind not in ("number", "text"):
            self._fail(f"a setting, as in {function.usage},")
        self._take()
        if token.kind == "text" and function.setting == "window":
            return self._span(token)
        number = float(token.text) if token.kind == "number" else -1.0
        if function.setting == "weight":
            if not 0 <= number < 1:
                self._refuse(f"has a weight of {token.text}; it is from 0 to less than 1")
            return number
        if not (1 <= number <= function.most and number.is_integer()):
            self._refuse(f"counts {token.text} points; it may 1 to {function.most:,}")
        return Count(int(number))

    def _span(self, token: Token) -> Span:
        span = seconds_of(token.text[1:-1], "a span")
        if not span > 0:
            self._refuse(f"has a span of {token.text}; one is longer than 0")
        return Span(span)
