"""What ends with the program is called once, also what was begun at its end."""

from __future__ import annotations

import atexit
import io
import subprocess
import sys
import textwrap

import pytest

from zwsnb.delivery import goodbyes


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(goodbyes, "_waiting", {})


def test_what_is_left_is_called_once_the_newest_first() -> None:
    called = []

    def say(name: str) -> None:
        called.append(name)

    both = [lambda name=name: say(name) for name in ("first", "second")]
    for each in both:
        goodbyes.register(each)
    gone = print
    goodbyes.register(gone)
    goodbyes.unregister(gone)
    goodbyes.say_the_rest()
    goodbyes.say_the_rest()
    assert called == ["second", "first"]
    for each in both:
        atexit.unregister(each)


class Gone(io.StringIO):
    """A terminal that was closed."""

    def write(self, _: str) -> int:
        raise BrokenPipeError


def test_a_loss_is_said_where_somebody_hears_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    goodbyes.say("")
    goodbyes.say("3 points have not arrived")
    assert capsys.readouterr() == ("", "zwsnb: 3 points have not arrived\n")
    closed = io.StringIO()
    closed.close()
    for gone in (None, Gone(), closed):
        monkeypatch.setattr(sys, "stderr", gone)
        goodbyes.say("3 points have not arrived")
    assert capsys.readouterr().out == ""


def test_what_is_begun_at_exit_is_ended_too() -> None:
    program = """
        import atexit
        from zwsnb.delivery import goodbyes

        def say():
            goodbyes.unregister(say)
            print("once")

        atexit.register(goodbyes.register, say)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "once\n"
