"""The engine: exact arithmetic, arrays with named axes, chance with an address, the ledger, a turn.

To be read in this order: `exact` (the grid), `operands` and `cells` (numbers over named axes;
`axes`, `known`, `thin`, `few`, `kept` and `rates` spare them work), `declare` (what a rule module
says of itself), `roster` and `world` (who there is, and how things stand), `dice`, `ledger` (the
only way to change anything; `derived` keeps what follows), `turn` (the stages) and `ruleset`
(modules put together and held to their word). Nothing here knows of seats, files or screens.
"""
