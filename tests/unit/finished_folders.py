"""What the program says of a finished folder that is no run, where a run is asked for."""

from simulation.__main__ import main
from simulation.folders import kind_of
from simulation.words import languages, say


def is_told_apart(folder, kind, names, capsys):
    """Let `compare` and `run --from` say in every language what lies in a folder and what can be done, and `verify` prove it."""
    capsys.readouterr()
    assert kind_of(folder) == kind
    for lang in languages():
        said = say(f"errors_command.is_{kind}", lang, names=names)
        for given in (["compare", str(folder), str(folder)], ["run", "--from", str(folder)]):
            assert main([*given, "--lang", lang, "--out", str(folder / "out")]) == 2
            assert said in capsys.readouterr().err
        assert main(["verify", str(folder), "--lang", lang]) == 0
        assert say(f"cli.verify.{kind}", lang) in capsys.readouterr().out
    assert not (folder / "out").exists()
