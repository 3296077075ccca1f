"""Desks in other processes: one host opens the save, terminals speak to its desks over a socket.

`frames` how messages lie on a line · `codec` values to plain data and back · `surface` what may
be asked of a desk · `patch` what changed between two documents · `gate` who may come in ·
`server` the host's side · `held` a room held open · `rooms` where open ones are found ·
`line`, `remote` the terminal's side
"""
