"""Opening a page in the browser of whoever sits at this machine."""

from __future__ import annotations

import os
import webbrowser


def open_page(url: str) -> bool:
    """Open an address in a browser; False where there is none.

    One that takes over the terminal, such as lynx, counts only where $BROWSER names it: it cannot
    draw the page, and the program would wait for its end.
    """
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if type(browser) is webbrowser.GenericBrowser and "BROWSER" not in os.environ:
        return False
    return browser.open(url)
