"""nginx before a Jupyter server, with TLS: all that a browser elsewhere reaches of that machine."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from support.lab import HUB, Server
from support.pages import free_port
from support.programs import find, serving

CONFIG: Final = """
daemon off; pid {home}/pid; error_log {home}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fast;
    uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
    # All is kept in memory: the folder is not open to nginx's own user.
    client_max_body_size 16m; client_body_buffer_size 16m; proxy_max_temp_file_size 0;
    map $http_upgrade $connection_upgrade {{ default upgrade; "" close; }}
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {home}/cert.pem; ssl_certificate_key {home}/key.pem;
        proxy_set_header Host $http_host;
        location / {{
            proxy_pass http://127.0.0.1:{behind};
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
        }}
        {more}
    }}
}}
"""
"""As Jupyter's own documentation has it."""

NO_SOCKETS: Final = "location ~ /proxy/ {{ proxy_pass http://127.0.0.1:{behind}; }}"
"""The proxy as it is without the two headers: what asks for a WebSocket arrives as a plain GET."""


@contextlib.contextmanager
def before(server: Server, home: Path, more: str = "") -> Iterator[Server]:
    """Run nginx for as long as the context lasts; return the server as a browser elsewhere knows
    it.

    more: lines of its configuration.
    """
    home.mkdir(exist_ok=True)
    words = ["-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem"]
    subject = ["-subj", f"/CN={HUB}", "-addext", f"subjectAltName=DNS:{HUB}", "-days", "2"]
    subprocess.run(
        ["openssl", "req", "-x509", *words, *subject], cwd=home, capture_output=True, check=True
    )
    parts, port = urlsplit(server.url), free_port()
    more = more.format(behind=parts.port)
    config = CONFIG.format(home=home, port=port, behind=parts.port, more=more)
    (home / "nginx.conf").write_text(config, encoding="utf-8")
    command, log = (
        [find("nginx"), "-p", str(home), "-c", str(home / "nginx.conf")],
        home / "said.log",
    )
    with serving(command, f"https://127.0.0.1:{port}/", log, os.environ):
        yield Server(f"https://{HUB}:{port}{parts.path}", server.folder)
