"""What kills threads and processes as an accident does."""

from __future__ import annotations

import ctypes
from typing import Any

from zwsnb.service.service import Service


def kill_hub(service: Service, error: type[BaseException] = SystemExit) -> None:
    """Raise an exception in the thread of a service until it ends: one that comes while a page is
    served ends only what serves that page.
    """
    thread: Any = service._hub._thread
    set_async_exc = ctypes.pythonapi.PyThreadState_SetAsyncExc
    for _ in range(10):
        set_async_exc(ctypes.c_ulong(thread.ident), ctypes.py_object(error))
        thread.join(2)
        if not thread.is_alive():
            return
    raise AssertionError("the thread of the service does not end")
