"""Seats in browsers: each one's console behind its own path, opened by its code alone.

`site` pages, codes, cookies, sockets · `console` one seat's terminal as a process of its own
"""
