"""Lines of text that become points, and those that do not; and what real programs print."""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st
from support.paths import ROOT

from zwsnb.lines import cells, lines as module
from zwsnb.lines.bounded import MOST_COLUMNS
from zwsnb.lines.lines import Lines, clean
from zwsnb.protocol.point import Point

NAN = math.nan
NOW = 1_800_000_000.0
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def reader(**options: Any) -> tuple[Lines, list[str]]:
    """What reads lines, and what it says about them."""
    said: list[str] = []
    return Lines(lambda: NOW, say=said.append, **options), said


def points(lines: Lines, text: str) -> list[Any]:
    """The points of a text, those lines that are none left out."""
    found = [
        (point.x, point.values)
        for line in text.splitlines(keepends=True)
        if (point := lines.read(line)) is not None
    ]
    assert lines.lines == lines.points + lines.headings + lines.blank + lines.refused
    assert lines.points == len(found)
    return found


def read(text: str, **options: Any) -> list[Any]:
    return points(reader(**options)[0], text)


def counts(lines: Lines) -> tuple[int, int, int, int]:
    return lines.points, lines.headings, lines.blank, lines.refused


def local(*when: int) -> float:
    """A time without a zone, which is local."""
    return datetime(*when).timestamp()  # type: ignore[arg-type]  # noqa: DTZ001 - what this is about


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("1\n2.5\n-3e2", [(0, {"y": 1}), (1, {"y": 2.5}), (2, {"y": -300})]),
        (
            "1 2\n3\t4\n5,6\n7;8\n 9 , 10 ",
            [(1, {"y": 2}), (3, {"y": 4}), (5, {"y": 6}), (7, {"y": 8}), (9, {"y": 10})],
        ),
        ("1 2 3 4", [(1, {"y": 2, "y2": 3, "y3": 4})]),
        ("# a comment\n\n  \n;;;\n1 2", [(1, {"y": 2})]),
        ("loss\n0.5\n0.4", [(0, {"loss": 0.5}), (1, {"loss": 0.4})]),
        ("x loss acc\n1 2 3", [(1, {"loss": 2, "acc": 3})]),
        ("time,größe\n1,2", [(1, {"größe": 2})]),
        ("1\n1 2\n3", [(0, {"y": 1}), (1, {"y": 2}), (2, {"y": 3})]),
        ('{"x": 1, "y": 2}\r\n', [(1, {"y": 2})]),
        ('{"x": 1, "y": 2, "series": "a"}', [(1, {"a": 2})]),
        ('{"x": 1, "loss": 2, "acc": 3}', [(1, {"loss": 2, "acc": 3})]),
        ('{"loss": 2}\n{"loss": 3}', [(0, {"loss": 2}), (1, {"loss": 3})]),
        ('{"x": "1", "y": "2.5"}', [(1, {"y": 2.5})]),
        ("Temp:21.5,Hum:40", [(0, {"Temp": 21.5, "Hum": 40})]),
        ("cpu=12% mem=20", [(0, {"cpu": 12, "mem": 20})]),
        ("step=3 loss=0.5 time=12", [(3, {"loss": 0.5})]),
        ("step=3 loss=0.5 time=12ms", [(3, {"loss": 0.5, "time": 12})]),
        ("loss=0.5 time=12", [(12, {"loss": 0.5})]),
        ("loss=0.5 Time=12s", [(0, {"loss": 0.5, "Time": 12})]),
        ("x=5mm z=7mm", [(5, {"z": 7})]),
        ("x=5mm y=7mm", [(5, {"y": 7})]),
        ("step=old loss=0.5", [(0, {"loss": 0.5})]),
        ("2011-03-13T07:06:40Z cpu=1", [(1300000000, {"cpu": 1})]),
        ("2011-03-13T07:06:40Z step=3 cpu=1", [(3, {"cpu": 1})]),
    ],
)
def test_lines_are_points(text: str, wanted: list[Any]) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("1 two", "'two' is no number"),
        ("1 2 x", "'x' is no number"),
        ("12 monkeys escaped", "'monkeys' is no number"),
        ("inf 1", "x is 'inf'; x must be finite"),
        ("1e999 1", "x is '1e999'; x must be finite"),
        ("0x10", "there is no number in it"),
        ("1__0 2", "'1__0' is no number"),
        ("{", "Expecting property name"),
        ("[" * 10_000, "there is no number in it"),
        ('{"a":' * 10_000, ""),
        ("{}", "not a point"),
        ('{"x": 1}', "not a point"),
        ('{"y": "a"}', 'not a number: y is "a"'),
        ('{"x": null, "y": 1}', "not a number: x is null"),
        ('{"x": true, "y": 1}', "not a number: x is true"),
        ('{"x": 1, "y": [2]}', "not a number: y is a list"),
        ('{"x": NaN, "y": 1}', "not finite: x is nan"),
        ('{"x": 1' + 400 * "0" + ', "y": 1}', "not finite: x is inf"),
        ('{"x": 1, "\\u0000": 2}', "bad name"),
        ('{"x": 1, "y": 2, "series": "' + "n" * 300 + '"}', "bad name"),
        ('{"x": "2026-01-01", "y": 1}', "x is a time, and was a number before"),
        ('1,"' + "2" * 200_000 + '"', "field larger than field limit"),
    ],
)
def test_lines_that_are_none_are_counted_and_told_with_the_reason(line: str, why: str) -> None:
    lines, said = reader()
    assert points(lines, f"1 2\n{line}\n3 4") == [(1, {"y": 2}), (3, {"y": 4})]
    assert counts(lines) == (2, 0, 0, 1)
    [sentence] = said
    assert sentence.startswith(f"refused {line[:60]!r}: {why}")
    assert len(sentence.splitlines()) == 1
    assert len(sentence) < 200


@pytest.mark.parametrize(
    "line",
    [
        '{"a\\u001b[2J": true, "b": 1}',
        '{"x": "\\u001b[2J\\r\\n", "y": 1}',
        '{"a\\u001b[2J": 1}',
        '{"step": NaN, "\\u001b[2J": 1}',
        "\ud7fc\u202e,5",
    ],
)
def test_what_is_said_moves_no_cursor(line: str) -> None:
    lines, said = reader(x=None if line.startswith("{") else "a")
    lines.read("\ud7fc\u202e,b")
    lines.read(line)
    assert len(said) == 1
    assert said[0].isprintable()


def test_a_null_is_a_gap_and_words_are_left_out_once() -> None:
    lines, said = reader()
    text = (
        '{"step": 1, "loss": null, "acc": NaN, "host": "a"}\n'
        '{"step": 2, "loss": 3, "acc": Infinity, "host": null, "opt": {"lr": 0.1, "at": [1]}}\n'
    )
    [(x, first), (other, second)] = points(lines, text)
    assert (x, other) == (1, 2)
    np_equal(first, {"loss": NAN, "acc": NAN})
    np_equal(second, {"loss": 3, "acc": NAN, "opt/lr": 0.1})
    assert said == ["left out 'host': no number", "left out 'opt/at': no number"]


def np_equal(found: dict[str, float], wanted: dict[str, float]) -> None:
    assert repr({k: float(v) for k, v in wanted.items()}) == repr(found)


@pytest.mark.parametrize(
    ("x", "text", "wanted"),
    [
        ("now", "1\n5 2", [(NOW, {"y": 1}), (NOW, {"y": 5, "y2": 2})]),
        ("now", '{"x": 1, "loss": 2}\na=3', [(NOW, {"x": 1, "loss": 2}), (NOW, {"a": 3})]),
        ("line", '1 2\n{"step": 1, "a": 2}', [(0, {"y": 1, "y2": 2}), (1, {"step": 1, "a": 2})]),
        ("a/b", '{"a": {"b": 1}, "c": 2}', [(1, {"c": 2})]),
        ("2", '{"a": {"b": 1}, "c": 2}', [(2, {"a/b": 1})]),
        ("cpu", "cpu=1 mem=2 step=3", [(1, {"mem": 2, "step": 3})]),
        ("time", "a=1 time=12ms", [(12, {"a": 1})]),
        ("2", "x,a\n1,2", [(2, {"x": 1})]),
    ],
)
def test_x_may_be_chosen_in_every_kind_of_line(x: str, text: str, wanted: list[Any]) -> None:
    assert read(text, x=x) == wanted


def test_an_x_that_is_missing_is_a_reason() -> None:
    lines, said = reader(x="cpu")
    assert points(lines, 'cpu=1 a=2\na=3\n{"a": 3}') == [(1, {"a": 2})]
    assert said[0] == "refused 'a=3': there is no 'cpu', which is to be x"
    assert counts(lines) == (1, 0, 0, 2)


def test_now_and_dates_are_times_and_numbers_are_none() -> None:
    for text, is_time, options in (
        ("1", True, {"x": "now"}),
        ("2026-01-01 5", True, {}),
        ('{"time": "2026-01-01", "a": 1}', True, {}),
        ("2026-01-01 12:00 a=1", True, {}),
        ("1 2", False, {}),
    ):
        point = reader(**options)[0].read(text)
        assert point is not None
        assert point.is_time is is_time


def test_an_object_may_name_its_plot() -> None:
    lines, _ = reader()
    found = [lines.read('{"x": 1, "a": 2, "plot": "p"}'), lines.read('{"x": "2026-01-01", "a": 2}')]
    assert [point and point.plot for point in found] == ["p", None]


def test_a_line_of_columns_among_pairs_has_no_words() -> None:
    lines, said = reader()
    assert points(lines, "a=1\n5 packets, 3 received\n7") == [(0, {"a": 1}), (1, {"y": 7})]
    assert len(said) == 1


@pytest.mark.parametrize(
    ("line", "cleaned"),
    [
        ("\ufeff1 2\r\n", "1 2"),
        ("1\x00 2\x00\n", "1 2"),
        ("\x1b[1;31m1\x1b[0m 2", "1 2"),
        ("\x1b[38;2;1;2;3m1\x1b[m 2", "1 2"),
        ("\x1b]0;title\x071 2", "1 2"),
        ("1\x1b[5C2", "1 2"),
        ("1\r2", "1 2"),
        ("\t1\t\t2\n", "\t1\t\t2"),
        ("1\x07\x08 2\x7f\x9b", "1 2"),
        ("\x1b", ""),
    ],
)
def test_what_is_no_text_goes(line: str, cleaned: str) -> None:
    assert clean(line) == cleaned


def test_a_heading_may_stand_behind_a_hash_where_it_is_said_to_be_one() -> None:
    assert read("# x loss\n1 2", has_header=True) == [(1, {"loss": 2})]
    assert read("# x loss\n1 2") == [(1, {"y": 2})]
    assert read("\n2020;2021\n1;2", has_header=True) == [(0, {"2020": 1, "2021": 2})]


# -- what real programs print ----------------------------------------------------------------------

VMSTAT = """\
procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----
 r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st
 1  0      0 23526292  13048 1005256    0    0   464   599  671 2080 63  6 31  0  0
 2  0      0 23526292  13048 1005256    0    0     0     0   89   90  0  0 100  0  0
procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----
 r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st
 3  0      0 23526292  13048 1005256    0    0     0     8   85   91  1  2 97  0  0
"""

PING = """\
PING localhost (127.0.0.1) 56(84) bytes of data.
64 bytes from localhost (127.0.0.1): icmp_seq=1 ttl=64 time=0.042 ms
64 bytes from localhost (127.0.0.1): icmp_seq=2 ttl=64 time=1.2 ms

--- localhost ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time 1001ms
rtt min/avg/max/mdev = 0.042/0.621/1.200/0.579 ms
"""

CSV = """\
"time","Air temperature, indoors","Hum ""rel"" %",room
1,21.5,40,"Kitchen, left"
2,,41,Kitchen
3,21.7,,Kitchen
"""

SPREADSHEET = (
    "\ufeffZeit;Temp (°C);Druck;Notiz\r\n"
    "2026-01-01 12:00;21,5;1.013,25;kalt\r\n"
    "2026-01-01 12:01;;1.013,50;\r\n"
    "2026-01-01 12:02;-0,5;\u22121,0;\r\n"
    ";;;\r\n"
)

LOG = """\
Starting
{"step": 1, "train": {"loss": 0.5, "acc": null}, "time": 1800000000.5, "note": "first"}
{"step": 2, "train": {"loss": NaN, "acc": 0.25}, "time": 1800000001.5, "note": null}
not a line of the log
{"step": 3, "train": {"loss": 0.25, "acc": 0.5}, "time": 1800000002.5, "note": ""}
"""

LOGGING = """\
2026-01-01 12:00:00,250 INFO loss=0.5 lr=1e-3
2026-01-01 12:00:01,500 INFO loss=0.25 lr=1e-4
2026-01-01 12:00:02,000 WARNING disk is nearly full
"""

ARDUINO = "Temp: 21.5 C, Hum: 40 %\r\nTemp: , Hum: 41 %\r\nTemp: 21.6 C, Hum: 42 %\r\n"

OSCILLOSCOPE = "TIME,CH1,CH2\n(s),(V),(V)\n-1.0e-3,0.5,-0.5\n0,0.25,-0.25\n"

PANDAS = ",loss,acc\n0,0.5,\n1,0.25,0.75\n"

NVIDIA = """\
timestamp, utilization.gpu [%], memory.used [MiB]
2026/11/28 09:00:00.123, 5 %, 1234 MiB
2026/11/28 09:00:01.125, [N/A], 1236 MiB
"""

FREE = "mem=900Mi swap=0B\nmem=1.5Gi swap=1Mi\n"


def test_vmstat() -> None:
    lines, said = reader()
    found = points(lines, VMSTAT)
    assert [x for x, _ in found] == [0, 1, 2]
    names = VMSTAT.splitlines()[1].split()
    assert [list(values) for _, values in found] == [names] * 3
    assert [values["id"] for _, values in found] == [31, 100, 97]
    assert [values["r"] for _, values in found] == [1, 2, 3]
    assert counts(lines) == (3, 4, 0, 0)
    assert said == ["x counts the lines; --x COLUMN or --x now chooses another"]


def test_ping() -> None:
    lines, said = reader()
    assert points(lines, PING) == [
        (0, {"icmp_seq": 1, "ttl": 64, "time": 0.042}),
        (1, {"icmp_seq": 2, "ttl": 64, "time": 1.2}),
    ]
    assert counts(lines) == (2, 1, 1, 3)
    assert [sentence[:9] for sentence in said] == ["refused '"] * 3
    assert read(PING, x="icmp_seq")[1] == (2, {"ttl": 64, "time": 1.2})


def test_a_csv_file_with_quotes_and_gaps() -> None:
    lines, said = reader()
    found = points(lines, CSV)
    temperature, humidity = "Air temperature, indoors", 'Hum "rel" %'
    assert [x for x, _ in found] == [1, 2, 3]
    np_equal(found[0][1], {temperature: 21.5, humidity: 40})
    np_equal(found[1][1], {temperature: NAN, humidity: 41})
    np_equal(found[2][1], {temperature: 21.7, humidity: NAN})
    assert said == ["left out 'room': no number"]


def test_a_spreadsheet_with_decimal_commas() -> None:
    lines, said = reader()
    found = points(lines, SPREADSHEET)
    assert [x for x, _ in found] == [local(2026, 1, 1, 12, minute) for minute in (0, 1, 2)]
    np_equal(found[0][1], {"Temp (°C)": 21.5, "Druck": 1013.25})
    np_equal(found[1][1], {"Temp (°C)": NAN, "Druck": 1013.5})
    np_equal(found[2][1], {"Temp (°C)": -0.5, "Druck": -1})
    assert counts(lines) == (3, 1, 1, 0)
    assert said == ["left out 'Notiz': no number"]


def test_a_log_of_json_lines() -> None:
    lines, said = reader()
    found = points(lines, LOG)
    assert [x for x, _ in found] == [1, 2, 3]
    np_equal(found[0][1], {"train/loss": 0.5, "train/acc": NAN})
    np_equal(found[1][1], {"train/loss": NAN, "train/acc": 0.25})
    np_equal(found[2][1], {"train/loss": 0.25, "train/acc": 0.5})
    assert counts(lines) == (3, 1, 0, 1)
    assert said == [
        "left out 'time': step is x",
        "left out 'note': no number",
        "refused 'not a line of the log': there is no number in it",
    ]


def test_a_log_of_python() -> None:
    lines, said = reader()
    assert points(lines, LOGGING) == [
        (local(2026, 1, 1, 12) + 0.25, {"loss": 0.5, "lr": 1e-3}),
        (local(2026, 1, 1, 12) + 1.5, {"loss": 0.25, "lr": 1e-4}),
    ]
    assert len(said) == 1


def test_an_arduino() -> None:
    found = read(ARDUINO)
    assert [x for x, _ in found] == [0, 1, 2]
    np_equal(found[1][1], {"Temp": NAN, "Hum": 41})
    assert found[2][1] == {"Temp": 21.6, "Hum": 42}


def test_an_oscilloscope_has_a_line_of_units() -> None:
    assert read(OSCILLOSCOPE) == [
        (-1e-3, {"CH1": 0.5, "CH2": -0.5}),
        (0, {"CH1": 0.25, "CH2": -0.25}),
    ]


def test_a_table_of_pandas_has_an_index_without_a_name() -> None:
    [(x, first), second] = read(PANDAS)
    assert x == 0
    np_equal(first, {"loss": 0.5, "acc": NAN})
    assert second == (1, {"loss": 0.25, "acc": 0.75})


def test_nvidia_smi() -> None:
    found = read(NVIDIA)
    assert [x for x, _ in found] == [
        local(2026, 11, 28, 9) + 0.123,
        local(2026, 11, 28, 9, 0, 1) + 0.125,
    ]
    np_equal(found[0][1], {"utilization.gpu [%]": 5, "memory.used [MiB]": 1234})
    np_equal(found[1][1], {"utilization.gpu [%]": NAN, "memory.used [MiB]": 1236})


def test_sizes_are_converted_to_the_unit_of_the_first() -> None:
    assert read(FREE) == [(0, {"mem": 900, "swap": 0}), (1, {"mem": 1536, "swap": 2**20})]


def test_every_line_that_the_docs_show_is_one() -> None:
    table = (ROOT / "docs/pipe.md").read_text(encoding="utf-8").partition("## Lines")[2]
    rows = re.findall(r"^\| (`.+?`) \|", table.partition("\n## ")[0], re.MULTILINE)
    shown = re.findall("`([^`]+)`", " ".join(rows))
    assert len(shown) > 8
    for line in shown:
        lines, said = reader()
        lines.read(line)
        assert counts(lines) == ((0, 1, 0, 0) if line == "loss acc" else (1, 0, 0, 0))
        assert said == []


# -- any text --------------------------------------------------------------------------------------

CELLS = st.sampled_from(
    ["1", "-2.5", "1,5", "12%", "3 ms", "", "-", "nan", "inf", "1e999", "a", "Temp", "x", "time",
     "2026-01-01", "2026-01-01 12:00", "12:00", "9999-12-31", "0001-01-01", '"', '"a,b"', "a=1",
     "t:2", "{", "\x1b[1m", "\x00"]
)  # fmt: skip
TABLES = st.builds(
    lambda rows, delimiter: [delimiter.join(row) for row in rows],
    st.lists(st.lists(CELLS, max_size=4), max_size=6),
    st.sampled_from([",", ";", "\t", " ", "|", ", "]),
)
OBJECTS = st.dictionaries(
    st.sampled_from(["x", "step", "time", "y", "plot", "series", "a", ""]),
    st.none() | st.booleans() | st.floats() | st.integers() | CELLS | st.lists(st.floats()),
).map(json.dumps)
TEXTS = st.lists(st.text() | OBJECTS, max_size=6) | TABLES
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "x": st.sampled_from(["now", "line", "a", "1", "2", "x", "\u00b2"]),
        "delimiter": st.sampled_from([",", " ", ";", "\t"]),
        "has_header": st.booleans(),
    },
)


@given(TEXTS, OPTIONS)
def test_any_line_is_a_point_a_heading_blank_or_refused_and_never_an_error(
    texts: list[str], options: dict[str, Any]
) -> None:
    lines, said = reader(**options)
    for n, text in enumerate(texts, 1):
        before = lines.points
        point = lines.read(text)
        assert (point is not None) == (lines.points > before)
        if point is not None:
            assert point.x is not None
            assert math.isfinite(point.x)
            assert point.values
            assert not any(map(math.isinf, point.values.values()))
        assert lines.lines == n == sum(counts(lines))
    assert sum(sentence.startswith("refused ") for sentence in said) == lines.refused
    assert all(len(sentence.splitlines()) == 1 and sentence.isprintable() for sentence in said)


@given(
    st.lists(
        st.tuples(
            st.floats(allow_nan=False, allow_infinity=False),
            st.none() | st.floats(allow_nan=False, allow_infinity=False),
            st.floats(allow_nan=False, allow_infinity=False),
        ),
        min_size=1,
    ),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
)
def test_a_table_is_read_as_it_was_written(
    rows: list[tuple[float, float | None, float]], delimiter: str, has_commas: bool
) -> None:
    lines, _ = reader()
    lines.read(delimiter.join(["x", "a", "b"]))
    for x, a, b in rows:
        text = delimiter.join("" if n is None else repr(n) for n in (x, a, b))
        point = lines.read(text.replace(".", ",") if has_commas and delimiter != "," else text)
        assert point is not None
        assert point.x == x
        np_equal(point.values, {"a": NAN if a is None else a, "b": b})


@given(st.integers(0, 4 * 10**15).map(lambda us: EPOCH + timedelta(microseconds=us)))
def test_a_date_comes_back_to_the_microsecond(when: datetime) -> None:
    point = reader()[0].read(f"{when.isoformat()},1")
    assert point is not None
    assert point.is_time
    assert point.x == when.timestamp()


@pytest.mark.parametrize(
    ("text", "column", "name"),
    [
        ("x a depth\n1 2 3", "depth", "depth"),
        ("x a depth\n1 2 3", "Depth", "depth"),
        ("x a depth\n1 2 3", "3", "depth"),
        ("x a depth\n1 2 3", "1", None),  # it is x
        ("x a depth\n1 2 3", "4", None),
        ("x a 2\n1 2 3", "2", "2"),  # a name goes before a number
        ("1 2 3", "3", "y2"),
        ("1 word 3 4", "4", "y2"),
        ("x=1 a=2 depth=3", "3", "depth"),
        ('{"x": 1, "a": 2, "at": {"depth": 3}}', "3", "at/depth"),
        ('{"x": 1, "a": 2}', "x", None),
        ("1 2", "deep", None),
    ],
)
def test_a_column_is_named_or_numbered(text: str, column: str, name: str | None) -> None:
    lines, _ = reader(has_header=text.startswith("x a"))
    (point,) = [found for line in text.splitlines() if (found := lines.read(line))]
    assert lines.name_of(column, point) == name


@pytest.mark.parametrize(
    "line",
    [
        ",".join(["1"] * (MOST_COLUMNS + 1)),
        " ".join(["1"] * (MOST_COLUMNS + 1)),
        ",".join(['"1"'] * (MOST_COLUMNS + 1)),
        " ".join(f"a{i}=1" for i in range(MOST_COLUMNS + 1)),
        ",".join(f"a{i}:1" for i in range(MOST_COLUMNS + 1)),
    ],
    ids=["commas", "blanks", "quotes", "equals", "colons"],
)
def test_a_line_of_very_many_columns_is_refused(line: str) -> None:
    lines, said = reader()
    assert points(lines, f"{line}\n") == []
    assert (lines.refused, len(said)) == (1, 1)
    assert f"it has more than {MOST_COLUMNS:,}" in said[0]
    if "," in line and "=" not in line and ":" not in line:
        assert len(points(reader()[0], line.rpartition(",")[0])) == 1


def test_of_names_without_end_some_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_NAMES", 3)
    monkeypatch.setattr(module, "MOST_NAMES", 3)
    lines, said = reader()
    found = points(lines, "\n".join(f"n{i}=1ms w{i}=abc" for i in range(9)))
    assert [list(values) for _, values in found] == [["n0"], ["n1"], ["n2"]]
    assert lines.refused == 6
    assert said[3] == "refused 'n3=1ms w3=abc': 'n3' is new, and lines before have 3 names"
    assert lines.read("n1=1s") == Point(3.0, {"n1": 1000.0})
    # The others of a line stay.
    lines, said = reader()
    found = points(lines, "n0=1ms n1=1ms n2=1ms\nn1=2s n7=1ms\nn1=3s " + "n" * 300 + "=1")
    assert [values for _, values in found[1:]] == [{"n1": 2000.0}, {"n1": 3000.0}]
    assert said[0] == "left out 'n7': lines before have 3 names"
    assert said[1].endswith("it has more than 256 characters")
    # A time is one all the same, and columns are counted as they stand.
    lines, said = reader()
    full = "n0=1ms n1=1ms n2=1ms\n"
    found = points(lines, "time=2026-11-30T10:00:01 n0=1 n1=1 n2=1\ntime=2026-11-30T10:00:02 n0=2")
    assert [values for _, values in found] == [{"n0": 1, "n1": 1, "n2": 1}, {"n0": 2}]
    assert (lines.refused, said) == (0, [])
    lines, _ = reader(x="2")
    assert points(lines, full + "new=1 n0=7ms n1=5ms")[1:] == [(7.0, {"n1": 5.0})]
    # Decimal commas, names that are left out, and plots.
    lines, said = reader()
    assert len(points(lines, "\n".join(f"n{i}=1,5" for i in range(9)))) == 3
    lines, said = reader()
    assert len(points(lines, "\n".join(f'{{"y": 1, "w{i}": "a"}}' for i in range(9)))) == 9
    assert len(said) == 4
    assert said[3] == "left out 3 names: what else is left out is not said any more"
    lines, said = reader()
    assert len(points(lines, "\n".join(f'{{"y": 1, "plot": "p{i}"}}' for i in range(9)))) == 3
    assert said[0].endswith("its plot is new, and lines before have 3")


def test_a_name_that_is_too_long_is_not_kept() -> None:
    lines, _ = reader()
    assert points(lines, f"{'n' * 1000}=1ms") == []
    assert (lines.refused, lines._units._first) == (1, {})
