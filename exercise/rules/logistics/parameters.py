"""Coefficients of movement and supply, with where they come from."""

from __future__ import annotations

from exercise.engine.declare import Parameter

LOAD = Parameter("logistics.load", 12.0, 0.0, 40.0, "days per heavy brigade of 2,800 pieces",
                 "fitted to an overseas brigade in about 50 days", "l",
                 says="How long a brigade takes to load aboard ship.")  # fmt: skip
LOAD_LAND = Parameter("logistics.load_land", 1.0, 0.0, 10.0, "days", "design judgement", "J",
                      says="How long a unit takes to load on rail, road or aircraft.")  # fmt: skip
DRAW = Parameter("logistics.draw", 1.0, 0.0, 10.0, "days", "design judgement", "J",
                 says="How long troops fly to kit that is stored in the theatre.")  # fmt: skip
CLEARED = Parameter("logistics.cleared", 1.0, 0.0, 10.0, "days", "design judgement", "J",
                    says="How long a border takes once standing clearance is given.")  # fmt: skip
CHARTER = Parameter("logistics.charter_saves", 0.35, 0.0, 0.8, "share", "design judgement", "J",
                    says="How much of loading and passage chartered lift saves.")  # fmt: skip
REPAIR = Parameter("logistics.repair", 3.0, 0.5, 26.0, "weeks", "design judgement", "J",
                   says="How long half of the damage to a node takes to mend.")  # fmt: skip
GUARDED = Parameter("logistics.guarded", 0.6, 0.0, 0.95, "share", "design judgement", "J",
                    says="How much of an attack a protected node is spared.")  # fmt: skip
GUARD_LASTS = Parameter("logistics.guard_lasts", 4.0, 0.5, 26.0, "weeks", "design judgement", "J",
                        says="How long half of a node's protection lasts.")  # fmt: skip
BURN_MOVE = Parameter("logistics.burn_move", 0.6, 0.1, 2.0, "days of supply a day",
                      "design judgement", "J", says="What a unit burns on the move.")  # fmt: skip
BURN_IDLE = Parameter("logistics.burn_idle", 0.6, 0.1, 2.0, "days of supply a day",
                      "design judgement", "J",
                      says="What a unit burns in a quiet theatre.")  # fmt: skip
BURN_FIGHT = Parameter("logistics.burn_fight", 1.6, 0.5, 4.0, "days of supply a day",
                       "design judgement", "J",
                       says="What a unit burns at the top of the ladder.")  # fmt: skip
FULL = Parameter("logistics.dos_full", 5.0, 1.0, 20.0, "days", "design judgement", "J",
                 says="Days of supply at which a unit is all but unhampered.")  # fmt: skip
TARGET = Parameter("logistics.target", 30.0, 5.0, 60.0, "days",
                   "customary planning figure", "D",
                   says="Days of supply a unit is kept at.")  # fmt: skip
REFILL = Parameter("logistics.refill", 1.0, 0.2, 8.0, "weeks", "design judgement", "J",
                   says="How long half of a unit's gap in supply takes to fill.")  # fmt: skip
