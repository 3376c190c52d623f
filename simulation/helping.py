"""The help of the commands in the reader's language: what the library says of itself too."""

import re
from typing import Any

from simulation import ranges, words

SAID = ("usage", "arguments", "options", "commands", "this_help", "some_options", "some_command", "required", "otherwise")
KINDS = ("count", "counted", "counts", "number", "numbers", "path", "paths", "text", "texts")
# What stands for the value of an argument, where the argument does not say it itself.
ARGUMENTS = {"base": "BASE", "scenario": "SCENARIO", "scenarios": "SCENARIO", "table": "CSV", "folder": "FOLDER"}


def with_words(command: Any, lang: str) -> Any:
    """Give a group of commands, each of them and what they take their words; return the group."""
    command.help = words.say("cli.about", lang)
    for name, sub in command.commands.items():
        sub.help = sub.short_help = words.say(f"cli.command.{name}", lang)
    for each in (command, *command.commands.values()):
        for parameter in each.params:
            parameter.help = words.say(f"cli.option.{parameter.name}", lang)
            _name_value(parameter, lang)
        _translate(each, lang)
    return command


def _name_value(parameter: Any, lang: str) -> None:
    """Say in the reader's words what stands for a value: FILE, KEY=VALUE; what has no words stays, as the name of a file does."""
    given = parameter.metavar or (ARGUMENTS.get(parameter.name) if parameter.param_type_name == "argument" else None)
    if given:
        known = words.catalogue("cli", lang)
        parameter.metavar = re.sub("[A-Z]+", lambda found: known.get(f"given.{found[0]}", found[0]), given)


def _translate(command: Any, lang: str) -> None:
    """Put the reader's words in place of the library's own in a command's help."""
    told = command.get_help

    def in_words(context: Any) -> str:
        text = ranges.in_words(str(told(context)), lang)
        for name in (*SAID, *KINDS):
            own = words.say(f"cli.help.{name}", "en")
            width = len(own) if name in KINDS else 0  # so that columns stay
            text = text.replace(own, words.say(f"cli.help.{name}", lang).ljust(width))
        return text

    command.get_help = in_words


def without_command(given: list[str]) -> list[str]:
    """Return what is given without a language where no command is: the help of all commands takes none itself."""
    bare = [
        word
        for place, word in enumerate(given)
        if word != "--lang" and not word.startswith("--lang=") and given[place - 1 : place] != ["--lang"]
    ]
    return bare if all(word.startswith("-") for word in bare) else given
