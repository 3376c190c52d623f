"""Files read once, written whole or not at all, and the errors people see about them."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class Problem:
    """Name one thing wrong in an input: where it stands, its code, and the values of its text.

    `code` is the key of the sentence `errors.<code>`; `values` fill the sentence. Two values are
    told after the sentence, where they are given: `allowed` (a text, or texts in a list) and
    `nearest` (the nearest name that would have been right). Line and column count from 1; 0 means
    that the problem has no such position.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    key: str = ""
    code: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Give `file:line:column`, as far as each is known."""
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.file, *numbers] if self.file else numbers)


class InputErrors(Exception):
    """Carry every problem found in the inputs, told all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: list[Problem] = list(problems)
        super().__init__("; ".join(f"{p.place}: {p.key}: {p.code}" for p in self.problems))

    def __reduce__(self) -> tuple[type, tuple[list[Problem]]]:
        """Keep the problems when a worker hands the error over."""
        return type(self), (self.problems,)


class FileTooLargeError(OSError):
    """A file holds more than is read of its kind; `most` bytes are."""

    def __init__(self, path: Path, most: int) -> None:
        self.most = most
        super().__init__(f"{path.name}: more than {most} bytes")


def read_within(path: Path, most: int) -> bytes:
    """Give a file's content. Raise FileTooLargeError where it holds more than `most` bytes, of which none more are read; else OSError."""
    with path.open("rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise FileTooLargeError(path, most)
    return content


def sha256_of(data: bytes) -> str:
    """Give the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> str:
    """Give the SHA-256 of a file's content in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_atomic(path: Path, data: bytes | str) -> None:
    """Write a file so that readers see the old content or the new, never a part.

    Text is written as UTF-8 with the line ends it has. Missing folders are made.
    """
    with written_atomic(path) as stream:
        stream.write(data.encode("utf-8") if isinstance(data, str) else data)


def write_new(path: Path, data: bytes, option: str) -> None:
    """Write a file where a user says, never over what is there already. Raises InputErrors, at the option that named it."""
    if os.path.lexists(path):
        raise InputErrors([Problem(str(path), 0, 0, option, "exists_already")])
    try:
        write_atomic(path, data)
    except (OSError, ValueError, RecursionError) as error:  # a name that no file has, or folders without end
        told = getattr(error, "strerror", None) or str(error)
        raise InputErrors([Problem(str(path), 0, 0, option, "cannot_write", {"told": told})]) from None


@contextmanager
def written_atomic(path: Path) -> Iterator[BinaryIO]:
    """Give a stream of bytes that becomes the file when all is written; missing folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Remove what a process that was killed left half-written below a folder, which nobody else may be writing into."""
    for path in folder.rglob(".*.part"):
        path.unlink(missing_ok=True)


def _take(handle: int, wait: bool) -> bool:
    """Take the lock of an open file; return whether it is ours."""
    if sys.platform == "win32":  # pragma: no cover
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return _take(handle, wait) if wait else False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


@contextmanager
def locked(path: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock file `path`; call `on_wait` once if another process holds it, then wait.

    The system frees the lock when the process ends, however it ends; the empty file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        if not _take(stream.fileno(), wait=False):
            on_wait()
            _take(stream.fileno(), wait=True)
        yield
