"""Which cell of the notebook runs.  [no I/O]"""

from __future__ import annotations

import sys


def running_cell() -> int | None:
    """Return the number of the cell that runs in this process, or else of the last one that did;
    None outside IPython, which is not imported for that, and before the first cell.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        return None
    # `shell.execution_count` is the next cell's already, from some version of IPython on.
    result = shell.displayhook.exec_result or shell.last_execution_result
    number = None if result is None else result.execution_count
    return None if number is None else int(number)
