"""Names that would be scripts where they are more than text, and what such would leave."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Dialog, Page, Request

RUNS: Final = "window.pwned=(window.pwned??0)+1"
HOSTILE: Final = [
    f"<script>{RUNS}</script>",
    f"</script><script>{RUNS}</script>",
    f"<img src=x onerror='{RUNS}'>",
    f'"><img src=x onerror="{RUNS}">',
    f"'><svg onload={RUNS}>",
    f"<svg><script>{RUNS}</script></svg>",
    f"<svg/onload={RUNS}//",
    f"<body onload={RUNS}>",
    f"<iframe src=javascript:{RUNS}></iframe>",
    f"<iframe srcdoc='<script>parent.{RUNS}</script>'>",
    f"<a href=javascript:{RUNS}>click</a>",
    f"<details open ontoggle={RUNS}>",
    f"<video><source onerror={RUNS}>",
    f"<audio src=x onerror={RUNS}>",
    f"<input autofocus onfocus={RUNS}>",
    f"<select autofocus onfocus={RUNS}>",
    f"<textarea autofocus onfocus={RUNS}>",
    f"<marquee onstart={RUNS}>",
    f"<object data=javascript:{RUNS}>",
    f"<embed src=javascript:{RUNS}>",
    f"<form action=javascript:{RUNS}><button>",
    f"<math><mtext><img src onerror={RUNS}>",
    f"<template><script>{RUNS}</script></template>",
    f"<style>@import 'javascript:{RUNS}'</style>",
    f"<link rel=stylesheet href='data:text/css,*{{}}' onload={RUNS}>",
    f"<base href='javascript:{RUNS}//'>",
    f"<meta http-equiv=refresh content='0;javascript:{RUNS}'>",
    f"<p style='animation:x' onanimationstart={RUNS}>",
    f"<div onpointerover={RUNS}>over</div>",
    f"<noscript><p title='</noscript><img src onerror={RUNS}>'>",
    f"<!--><script>{RUNS}</script>-->",
    f"<![CDATA[<script>{RUNS}</script>]]>",
    f"]]><script>{RUNS}</script>",
    f"</text></svg><script>{RUNS}</script>",
    f"</style><script>{RUNS}</script>",
    f"</title><script>{RUNS}</script>",
    f"</textarea><script>{RUNS}</script>",
    f"javascript:{RUNS}",
    f"data:text/html,<script>{RUNS}</script>",
    f"';{RUNS};//",
    f'";{RUNS};//',
    f"`;{RUNS};`",
    f"${{{RUNS}}}",
    f"{{{{constructor.constructor('{RUNS}')()}}}}",
    f"&lt;script&gt;{RUNS}&lt;/script&gt;",
    f"&#60;script&#62;{RUNS}&#60;/script&#62;",
    f"\\u003cscript\\u003e{RUNS}\\u003c/script\\u003e",
    f"%3Cscript%3E{RUNS}%3C/script%3E",
    f"<scr<script>ipt>{RUNS}</scr</script>ipt>",
    f"\u202e<\u017fcript>{RUNS}</\u017fcript><K onerror={RUNS}>",
]


MADE: Final = (
    "script:not([src]), img, iframe:not([title]), object, embed, video, audio, base, marquee, "
    "math, #legend svg, header svg"
)
"""What a page of ours has not, unless a name has made it."""

OWN: Final = ("http://127.0.0.1:", "data:", "blob:")
"""Of what a page of ours asks for things."""


class Traces:
    """Looks at what runs in a page: a dialog, a number, an element, a question to elsewhere."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._noted: list[str] = []
        page.on("dialog", self._note_dialog)
        page.on("request", self._note_request)
        page.add_init_script(
            "window.alert = window.prompt = window.confirm = () => { window.pwned = 1; }"
        )

    def _note_dialog(self, dialog: Dialog) -> None:
        self._noted.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(OWN):
            self._noted.append(f"request for {request.url}")

    def found(self) -> list[str]:
        """Return what has run until now."""
        ran = self._page.evaluate("window.pwned")
        made = self._page.evaluate("(made) => document.querySelectorAll(made).length", MADE)
        more = [f"{ran} scripts"] if ran is not None else []
        return self._noted + more + ([f"{made} elements"] if made else [])
