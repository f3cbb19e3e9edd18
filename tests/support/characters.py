"""What hypothesis makes texts of: `st.text(CHARACTERS)`."""

from typing import Final

from hypothesis import strategies as st

CHARACTERS: Final = st.characters(exclude_categories=["Cs"])
"""Those that UTF-8 can write, as `st.text()` has them; but that looks through all there are first,
and takes seconds of each process in a new clone.
"""
