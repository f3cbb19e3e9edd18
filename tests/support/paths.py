"""Where things stand in the repository."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
SHARED: Final = ROOT / "tests" / "shared"
"""Golden tables, which the tests of both languages read."""
