"""Which cell of the notebook runs.  [no I/O]"""

from __future__ import annotations

import sys


def running_cell() -> int | None:
    """Return the number of the cell that runs in this process, or else of the last one that did;
    None outside IPython, which is not imported for that, and before the first cell.
    """
    return running_code()[0]


def running_code() -> tuple[int | None, str]:
    """Return that number, and the text of that cell, empty where nobody knows."""
    # The hub asks this while another thread may be importing IPython: it is there in parts then.
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is None:
        return None, ""
    # `shell.execution_count` is the next cell's already, from some version of IPython on.
    result = shell.displayhook.exec_result or shell.last_execution_result
    if result is None or result.execution_count is None:
        return None, ""
    return int(result.execution_count), str(getattr(result.info, "raw_cell", ""))
