"""The commands: each parses its arguments, asks the route, and prints what it is told."""

from simulation.commands.attribution import attribution
from simulation.commands.budgeting import budget
from simulation.commands.calibrating import calibrate, validate
from simulation.commands.comparing import compare
from simulation.commands.law import judge, share
from simulation.commands.reading import check, plan
from simulation.commands.running import run
from simulation.commands.seeking import goal
from simulation.commands.sensitivity import sensitivity
from simulation.commands.serving import web
from simulation.commands.verifying import verify

COMMANDS = (  # in the order of the help
    *(run, compare, calibrate, validate, budget, goal, sensitivity, attribution),
    *(check, plan, judge, share, verify, web),
)

__all__ = ["COMMANDS"]
