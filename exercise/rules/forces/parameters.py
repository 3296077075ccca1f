"""Coefficients of force generation and command, with where they come from."""

from __future__ import annotations

from exercise.engine.declare import Parameter

C2 = Parameter("forces.c2", 0.85, 0.6, 1.0, "share", "AR 220-1 ratings; size design judgement", "J",
               says="What a unit rated C-2 is worth beside one rated C-1.")  # fmt: skip
C3 = Parameter("forces.c3", 0.60, 0.3, 0.9, "share", "AR 220-1 ratings; size design judgement", "J",
               says="What a unit rated C-3 is worth beside one rated C-1.")  # fmt: skip
C4 = Parameter("forces.c4", 0.30, 0.0, 0.6, "share", "AR 220-1 ratings; size design judgement", "J",
               says="What a unit rated C-4 is worth beside one rated C-1.")  # fmt: skip
CAVEAT = Parameter("forces.caveat_cuts", 0.12, 0.05, 0.25, "share per caveat",
                   "sign Saideman & Auerswald 2012; size design judgement", "J",
                   says="What each caveat takes from a unit's use.")  # fmt: skip
MANY = Parameter("forces.caveats_coalition", 2.0, 0.0, 4.0, "caveats",
                 "sign Saideman & Auerswald 2012; size design judgement", "J",
                 says="Caveats an unmanned coalition government attaches to a unit.")  # fmt: skip
FEW = Parameter("forces.caveats_other", 0.7, 0.0, 4.0, "caveats",
                "sign Saideman & Auerswald 2012; size design judgement", "J",
                says="Caveats any other unmanned government attaches to a unit.")  # fmt: skip
GRIP_TACON = Parameter("forces.grip_tacon", 0.3, 0.0, 1.0, "share",
                       "order AAP-06; size design judgement", "D",
                       says="How much of full joint command TACON gives.")  # fmt: skip
GRIP_TACOM = Parameter("forces.grip_tacom", 0.6, 0.0, 1.0, "share",
                       "order AAP-06; size design judgement", "D",
                       says="How much of full joint command TACOM gives.")  # fmt: skip
GRIP_OPCON = Parameter("forces.grip_opcon", 0.9, 0.0, 1.0, "share",
                       "order AAP-06; size design judgement", "D",
                       says="How much of full joint command OPCON gives.")  # fmt: skip
REFUSE = Parameter("forces.refuse", 0.02, 0.0, 0.2, "chance per task", "design judgement", "J",
                   says="The chance that a unit without caveats under OPCOM refuses a "
                   "task.")  # fmt: skip
REFUSE_CAVEAT = Parameter("forces.refuse_caveat", 0.08, 0.0, 0.3, "chance per caveat",
                          "design judgement", "J",
                          says="How much each caveat adds to the chance of a refusal.")  # fmt: skip
REFUSE_HELD = Parameter("forces.refuse_held", 0.35, 0.0, 0.8, "chance", "design judgement", "J",
                        says="What national control adds to the chance of a refusal.")  # fmt: skip
DELAY = Parameter("forces.delay", 6.0, 0.0, 30.0, "days", "design judgement", "J",
                  says="How long a capital that keeps control takes over each task.")  # fmt: skip
ASIDE = Parameter("forces.aside", 2.0, 0.5, 12.0, "weeks", "design judgement", "J",
                  says="How long half of a refusal takes to be settled.")  # fmt: skip
UNITY_FLOOR = Parameter("forces.unity_floor", 0.6, 0.3, 1.0, "share", "design judgement", "J",
                        says="What forces under wholly divided command are worth.")  # fmt: skip
ALERT_CUT = Parameter("forces.alert_cut", 0.5, 0.0, 0.9, "share", "design judgement", "J",
                      says="How much of its notice to move an alert takes away.")  # fmt: skip
WEAR = Parameter("forces.wear", 44.0, 10.0, 200.0, "weeks",
                 "one step of readiness in 26 weeks; design judgement", "J",
                 says="Half-life of a unit's freshness on alert.")  # fmt: skip
REST = Parameter("forces.rest", 13.0, 2.0, 52.0, "weeks", "design judgement", "J",
                 says="Half-life of its return to standard at rest.")  # fmt: skip
WINDOW = Parameter("forces.window", 30.0, 1.0, 120.0, "days",
                   "national law varies; design judgement", "J",
                   says="How long a vote-within parliament lets a deployment run without a "
                   "vote.")  # fmt: skip
STRIKE = Parameter("forces.strike", 0.05, 0.0, 0.5, "chance per week", "design judgement", "J",
                   says="The chance that a court or parliament strikes an unlawful deployment "
                   "down.")  # fmt: skip
ALERT_COST = Parameter("forces.alert_cost", 0.1, 0.0, 5.0, "million USD per brigade and day",
                       "design judgement", "J",
                       says="What an alert costs.")  # fmt: skip
AWAY_COST = Parameter("forces.away_cost", 1.0, 0.0, 20.0, "million USD per brigade and day",
                      "design judgement", "J",
                      says="What a deployment costs.")  # fmt: skip
SATELLITES = Parameter("forces.satellites", 0.10, 0.0, 0.5, "share", "design judgement", "J",
                       says="What a force without satellites loses.")  # fmt: skip
DEPLOY_ASKS = Parameter("forces.deploy_asks", 0.25, 0.0, 1.0, "share", "design judgement", "J",
                        says="What a mandate to deploy adds to the force required.")  # fmt: skip
FORCE_ASKS = Parameter("forces.force_asks", 0.5, 0.0, 2.0, "share", "design judgement", "J",
                       says="What a mandate to use force adds to the force required.")  # fmt: skip
