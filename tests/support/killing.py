"""What kills threads and processes as an accident does."""

from __future__ import annotations

import ctypes
from typing import Any

from support.eventually import eventually
from zwsnb.service.service import Service


def kill_hub(service: Service, error: type[BaseException] = SystemExit) -> None:
    """Raise an exception in the thread of a service, and wait for its end."""
    thread: Any = service._hub._thread
    set_async_exc = ctypes.pythonapi.PyThreadState_SetAsyncExc
    set_async_exc(ctypes.c_ulong(thread.ident), ctypes.py_object(error))
    eventually(lambda: not thread.is_alive())
