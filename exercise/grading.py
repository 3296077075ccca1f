"""Words for how sure one may be: the probability yardstick, and the grading of reports.

The yardstick is that of the UK Professional Head of Intelligence Assessment; its seven terms leave
gaps on purpose, and a chance in a gap gets the nearer term. Reports are graded twice, as in NATO
practice: how reliable the source is (A to F), and how credible the information (1 to 6).
"""

from __future__ import annotations

YARDSTICK = (
    (0.075, "remote chance"),
    (0.225, "highly unlikely"),
    (0.375, "unlikely"),
    (0.525, "realistic possibility"),
    (0.775, "likely"),
    (0.925, "highly likely"),
    (1.0, "almost certain"),
)
"""Each term with the chance up to which it is used."""

SOURCES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
INFORMATION = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


def likelihood(chance: float) -> str:
    """The yardstick's term for a chance from 0 to 1."""
    return next((word for limit, word in YARDSTICK if chance <= limit), YARDSTICK[-1][1])


def grade(source: float, credibility: float) -> str:
    """A grading such as `B2` from two numbers 1 to 6; `ungraded` where either is 0."""
    first, second = round(source), round(credibility)
    if not (1 <= first <= len(SOURCES) and 1 <= second <= len(INFORMATION)):
        return "ungraded"
    return list(SOURCES)[first - 1] + list(INFORMATION)[second - 1]
