"""What every command that simulates is asked, written once."""

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.options import AsJson, File, Lang, Language, Many, Out, Overrides, Quick, Quiet, Scheduler, Seed, Workers

if TYPE_CHECKING:
    from simulation.progress import Watch
    from simulation.runs import Settings


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How often, from which seed, by whom, where to, and how it is told. Each field is an option of the command line."""

    draws: Many = None
    replicates: Many = None
    seed: Seed = None
    out: Out = Path("outputs")
    workers: Workers = None
    scheduler: Scheduler = None
    tls_ca: File = None
    tls_cert: File = None
    tls_key: File = None
    lang: Lang = Language.EN
    quick: Quick = False
    as_json: AsJson = False
    quiet: Quiet = False
    overrides: Overrides = None

    def settings(self, **counts: int | None) -> "Settings":
        """Return the settings of a run. `counts`: draws and replicates, where the command has its own when nothing is said."""
        from simulation.runs import cluster_of, settings_of

        cluster = cluster_of(self.scheduler, self.tls_ca, self.tls_cert, self.tls_key)
        members = {"draws": self.draws, "replicates": self.replicates, "workers": self.workers} | counts
        return settings_of(**members, quick=self.quick, seed=self.seed, out=self.out, lang=self.lang.value, cluster=cluster)

    def watching(self) -> AbstractContextManager["Watch"]:
        """Tell the person who waits how far it is, unless silence is asked."""
        from simulation.progress import watching

        return watching(self.lang.value, quiet=self.quiet or self.as_json)


def asking(kind: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the fields of a dataclass as options behind its own; it takes them as its argument `asked`."""
    options = inspect.signature(kind).parameters

    def with_options(command: Callable[..., Any]) -> Callable[..., Any]:
        own = [each for name, each in inspect.signature(command).parameters.items() if name != "asked"]
        shown = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in [*own, *options.values()]]

        @wraps(command)
        def called(**given: Any) -> Any:
            asked = kind(**{each.name: given.pop(each.name) for each in fields(kind)})
            return command(**given, asked=asked)

        called.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
        called.__annotations__ = {each.name: each.annotation for each in shown}
        return called

    return with_options


simulating = asking(Asked)
