"""Who waits for an import that another thread is in the midst of."""

from __future__ import annotations

import threading

from support.eventually import eventually

from zwsnb.lives import imports
from zwsnb.producer import native


def test_a_thread_that_waits_to_import_waits_for_who_does() -> None:
    def import_something() -> None:
        with native.no_fork():
            pass

    thread = threading.Thread(target=import_something)
    with native.no_fork():
        thread.start()
        eventually(lambda: imports.wait_for_this(thread.ident))
    thread.join()
    assert not imports.wait_for_this(thread.ident)


def test_nobody_waits_for_who_does_not_import() -> None:
    assert not imports.wait_for_this(None)
    assert not imports.wait_for_this(native.get_ident())
    assert not imports.holds_a_lock()
