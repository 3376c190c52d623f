"""The command that serves the local page."""

from pathlib import Path
from typing import Annotated

import typer

from simulation import words
from simulation.options import Lang, Language

LOOPBACK, PORT = "127.0.0.1", 8765


def web(
    host: Annotated[str, typer.Option(show_default=False)] = LOOPBACK,
    port: Annotated[int, typer.Option(min=0, max=65535, show_default=False)] = PORT,
    sessions: Annotated[Path, typer.Option("--out", show_default=False)] = Path("outputs/web"),
    open_browser: Annotated[bool, typer.Option("--open")] = False,
    lang: Lang = Language.EN,
) -> None:
    """Serve the local page."""
    from simulation.web.serving import serve

    def ready(address: str) -> None:
        print(words.say("cli.web.ready", lang.value, address=address), flush=True)
        if open_browser:
            import webbrowser

            webbrowser.open(address)

    serve(host, port, sessions, lang.value, ready)
