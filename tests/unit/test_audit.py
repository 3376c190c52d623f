"""`.ci/audit` fails where anything is unknown: it never passes without having looked everything up."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
AUDIT = Path(__file__).resolve().parents[2] / ".ci" / "audit"
# Stands for `python3 -m venv FOLDER`: its pip installs nothing, its pip-audit keeps what it is asked and ends as it is told.
PYTHON = """#!/bin/sh
mkdir -p "$3/bin"
printf '#!/bin/sh\\n' > "$3/bin/pip"
printf '#!/bin/sh\\necho "$@" > "$ASKED"\\nexit $ENDS\\n' > "$3/bin/pip-audit"
chmod +x "$3/bin/pip" "$3/bin/pip-audit"
"""


def script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def audited(folder, ends):
    (folder / ".ci").mkdir(parents=True, exist_ok=True)
    shutil.copy(AUDIT, folder / ".ci" / "audit")
    script(folder / "bin" / "python3", PYTHON)
    told = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "ASKED": str(folder / "asked"), "ENDS": str(ends)}
    return subprocess.run(["sh", str(folder / ".ci" / "audit")], env=os.environ | told, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("ends", [0, 1])
def test_it_ends_as_the_strict_look_up_of_all_that_is_installed_ends(tmp_path, ends):
    script(tmp_path / ".venv" / "bin" / "pip", "#!/bin/sh\necho one==1\n")
    assert audited(tmp_path, ends).returncode == ends
    assert {"--strict", "--no-deps", "-r"} <= set((tmp_path / "asked").read_text(encoding="utf-8").split())


def test_it_fails_where_what_is_installed_cannot_be_told(tmp_path):
    assert audited(tmp_path, 0).returncode == 2
    script(tmp_path / ".venv" / "bin" / "pip", "#!/bin/sh\nexit 3\n")
    assert audited(tmp_path, 0).returncode != 0
