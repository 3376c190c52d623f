"""What libraries say when they are used for the first time does not reach the user."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST_USE = "import matplotlib; matplotlib.get_cachedir()"
FONTS = """
import threading
threading.Timer = lambda seconds, call: real(0, call)  # as on a machine where it takes long
import matplotlib.font_manager
"""


def said(code, home):
    """Return what is said where nothing of the library has been kept, and nothing can be."""
    home.mkdir(exist_ok=True)
    (home / "no_folder").touch()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("XDG", "MPL"))}
    env |= {"HOME": str(home), "MPLCONFIGDIR": str(home / "no_folder")}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def test_the_figures_library_says_nothing_of_its_caches(tmp_path):
    assert "temporary" in said(FIRST_USE, tmp_path)  # what is silenced
    assert said("import simulation.__main__; " + FIRST_USE, tmp_path) == ""
    assert said("import simulation.__main__, threading; real = threading.Timer" + FONTS, tmp_path) == ""
