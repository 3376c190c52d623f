"""How the libraries are installed that only some commands need."""

import sys
from pathlib import Path


def command_for(extra: str) -> str:
    """Return the command that installs an extra where this program runs, for any shell: a bare `pip` may be another Python's."""
    python, here = Path(sys.executable), Path.cwd()
    own = python.relative_to(here) if python.is_relative_to(here) else python
    named = f'"{own}"' if " " in str(own) else str(own)
    return f'{named} -m pip install "blandetby[{extra}]"'
