"""The reference: every rule module, field, decision and parameter, from their declarations.

`python -m exercise.authoring.reference > docs/reference.md` writes it anew; a test holds the
document against the declarations.
"""

from __future__ import annotations

from collections.abc import Iterator

from exercise.engine.declare import Decision, Field, Parameter, Rule
from exercise.engine.roster import cell_name
from exercise.rules import shipped

CONFIDENCE = {
    "h": "well founded", "m": "fairly founded", "l": "weakly founded",
    "D": "doctrine or law", "J": "design judgement",
}  # fmt: skip


def reference() -> str:
    """The whole reference as Markdown."""
    return "\n".join(_lines(shipped())) + "\n"


def _lines(rules: tuple[Rule, ...]) -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield "Made from the declarations of the rule modules. A cell is written"
    yield "`module.field[name,name]`, an order `decision target … how`. “Seen by” says who is told;"
    yield "control sees everything."
    for rule in rules:
        yield ""
        yield f"## {rule.name}"
        yield ""
        yield rule.says
        if rule.decisions:
            yield ""
            yield "**Decisions**"
            yield ""
            yield from (_decision(decision) for decision in rule.decisions)
        if rule.fields:
            yield ""
            yield "**Fields**"
            yield ""
            yield from (_field(field) for field in rule.fields)
        if rule.parameters:
            yield ""
            yield "**Parameters**"
            yield ""
            yield from (_parameter(parameter) for parameter in rule.parameters)


def _decision(decision: Decision) -> str:
    how = ", ".join(decision.levels) or f"{decision.low:g} to {decision.high:g} {decision.unit}"
    costs = [
        f"{price:g} {word}"
        for price, word in (
            (decision.cost.staff, "staff"),
            (decision.cost.capital, "political capital"),
            (decision.cost.money / 100, "% of GDP"),
        )
        if price
    ]
    targets = " ".join(f"‹{axis.partition('@')[0]}›" for axis in decision.axes)
    return (
        f"- `{decision.name}` {targets} — {decision.says}. How: {how.strip()}. "
        f"Cost: {', '.join(costs) or 'none'}. {decision.consequence}"
    ).rstrip()


def _field(field: Field) -> str:
    seen = ", ".join(f"{mark.kind} {mark.name}".strip() for mark in field.seen)
    unit = f"{field.low:g} to {field.high:g} {field.unit}".rstrip()
    about = f"{field.kind}; {unit}; seen by: {seen}"
    return f"- `{cell_name(field.name, field.axes)}` — {field.says} *{about}*"


def _parameter(parameter: Parameter) -> str:
    return (
        f"- `{parameter.name}` = {parameter.default:g} {parameter.unit} "
        f"[{parameter.low:g} to {parameter.high:g}] — {parameter.says} "
        f"*{parameter.source}; {CONFIDENCE[parameter.confidence]}*"
    )


if __name__ == "__main__":
    print(reference(), end="")
