"""Write all playthroughs anew."""

from __future__ import annotations

from tests.playthroughs import FOLDER, SCENARIOS, told

for name in SCENARIOS:
    (FOLDER / f"{name}.txt").write_text(told(name), encoding="utf-8")
    print(FOLDER / f"{name}.txt")
