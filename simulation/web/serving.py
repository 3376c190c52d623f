"""Start the page's server and say where it is."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path

from simulation.destination import writable
from simulation.extras import command_for
from simulation.files import InputErrors, Problem

STOP_SECONDS = 2  # for answers under way when the server ends


def serve(host: str, port: int, out: Path, lang: str, ready: Callable[[str], None]) -> None:
    """Serve the page until interrupted; ``ready`` is told its address. Raises InputErrors where that cannot be."""
    try:
        import uvicorn

        from simulation.web.app import app_of
    except ImportError:
        raise InputErrors([Problem(code="no_web_extra", values={"command": command_for("web")})]) from None
    writable(out)
    listener = _listener(host, port)
    app = app_of(out, host, lang)
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=STOP_SECONDS, server_header=False)
    shown = f"[{host}]" if ":" in host else host
    ready(f"http://{shown}:{listener.getsockname()[1]}/")
    uvicorn.Server(config).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        if sys.platform == "win32":  # pragma: no cover
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # there the other lets two servers share a port
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        values = {"address": f"{host}:{port}", "told": error.strerror or str(error)}
        raise InputErrors([Problem(key="--host", code="cannot_listen", values=values)]) from None
    return listener
