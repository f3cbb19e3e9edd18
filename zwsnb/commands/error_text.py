"""An error as one sentence for a person, where a traceback would be too much.  [no I/O]"""

from __future__ import annotations


def sentence(error: BaseException) -> str:
    """Return the message of `error` as a whole sentence.

    An OSError of the system gives its reason and the file that it is about, and not its number; a
    KeyError what it was raised with, and not that in quotes; an error without a message its name.
    """
    if isinstance(error, OSError) and error.strerror:
        files = [str(name) for name in (error.filename, error.filename2) if name is not None]
        return ": ".join([error.strerror, " -> ".join(files)] if files else [error.strerror])
    if isinstance(error, KeyError) and len(error.args) == 1:
        return str(error.args[0])
    return str(error) or type(error).__name__
