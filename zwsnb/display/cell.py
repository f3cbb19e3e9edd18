"""Which cell of the notebook runs.  [no I/O]"""

from __future__ import annotations

import sys


def running_cell() -> int | None:
    """Return the number of the cell that runs in this process; None outside IPython, which is not
    imported for that.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return None if shell is None else int(shell.execution_count)
