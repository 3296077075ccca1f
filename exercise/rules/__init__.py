"""The alliance systems, one module each; none imports another, they name each other's fields."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points

from exercise.engine.declare import Rule
from exercise.errors import DeclarationError

SHIPPED = (
    "clock",
    "phases",
    "council",
    "treaty",
    "realignment",
    "forces",
    "industry",
    "logistics",
    "interoperability",
    "cyber",
    "sanctions",
    "economy",
    "adversary",
    "deterrence",
    "intelligence",
    "information",
    "threat",
    "domestic",
    "burden",
    "measures",
)


def shipped() -> tuple[Rule, ...]:
    """The rule modules that come with the engine, in the order in which they run in a stage."""
    return tuple(import_module(f"exercise.rules.{name}").RULE for name in SHIPPED)


def installed() -> tuple[Rule, ...]:
    """The shipped modules, then those that other packages announce under `exercise.rules`."""
    found = list(shipped())
    for point in sorted(entry_points(group="exercise.rules"), key=lambda p: p.name):
        rule = point.load()
        if not isinstance(rule, Rule):
            raise DeclarationError(
                f"the entry point {point.name} of {point.value} is not a Rule",
                "let it name an instance of exercise.engine.declare.Rule",
            )
        found.append(rule)
    return tuple(found)
