"""The one check command: `python -m tests.check`. Every check runs, and the names of those that failed are told at the end."""

import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = {
    "format": [BIN / "ruff", "format", "--check", "."],
    "lint": [BIN / "ruff", "check", "."],
    "imports": [BIN / "lint-imports"],
    "types": [BIN / "mypy"],
    "tests": [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadfile"],
}


def main() -> int:
    """Run every check in the repository's folder; return 1 if any failed."""
    root = Path(__file__).resolve().parents[1]
    failed = [name for name, command in CHECKS.items() if subprocess.run(command, cwd=root, check=False).returncode]
    sys.stdout.write(f"failed: {', '.join(failed)}\n" if failed else "all checks passed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
