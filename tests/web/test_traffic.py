"""What the site answers a seat's browser depends on nothing that is hidden from the seat.

Two rooms, one of them full of secrets; the same requests, and status, headers and bodies alike.
What a console then shows comes over the line, which has its own tests.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Iterator
from pathlib import Path

from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from exercise.host.line import Line, RefusedError
from exercise.host.rooms import Room as Place
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from exercise.web.site import Address, Site
from tests.host import secrets
from tests.host.room import Open, opened
from tests.host.wire import Wire

ORIGIN = "http://room.example"
Told = tuple[str, int, tuple[tuple[str, str], ...], bytes]


def asked(code: str, cookie: str) -> Iterator[tuple[str, str, dict[str, str], dict[str, str]]]:
    """What a browser of alder's may ask for: method, path, form and headers."""
    plain, own = {"Origin": ORIGIN}, {"Origin": ORIGIN, "Cookie": f"seat={cookie}"}
    for path in ("/", "/seat/alder/", "/seat/birk/", "/seat/clerk/", "/seat/nobody/", "/x"):
        yield "GET", path, {}, plain
        yield "GET", path, {}, own
    for path in ("/seat/birk/ws", "/seat/clerk/ws", "/seat/control/ws", "/seat/nobody/ws"):
        yield "GET", path, {}, own
    for wrong in ("WRNG-C0DE", "", "clerk"):
        yield "POST", "/seat/birk/", {"code": wrong, "pass": "birk"}, plain
    yield "POST", "/", {"code": code, "person": "Ann"}, plain
    yield "POST", "/seat/clerk/", {"code": code}, plain


def answers(room: Open, code: str) -> list[Told]:
    """Everything that the site of a room tells, but for the hour and a cookie's random letters."""

    async def whole() -> list[Told]:
        place = Place("small.exercise", "Small Sound", "EXERCISE", os.getpid(), str(room.where))
        site = Site(place, Address(public=ORIGIN))
        async with TestClient(TestServer(site.app()), cookie_jar=CookieJar()) as client:
            line = Line(Path(room.where), code=code)
            found = []
            for method, path, form, headers in asked(code, line.cookie):
                client.session.cookie_jar.clear()
                answer = await client.request(
                    method, path, data=form or None, headers=headers, allow_redirects=False
                )
                kept = tuple(
                    (key, value.partition("=")[0] + value.partition(";")[2])
                    if key == "Set-Cookie" else (key, value)
                    for key, value in answer.headers.items() if key != "Date"
                )  # fmt: skip
                found.append((f"{method} {path}", answer.status, kept, await answer.read()))
            line.close()
            return found

    return asyncio.run(whole())


def told(secret: bool) -> list[Told]:
    journal = MemoryJournal(salts=open_salts)
    session = create(secrets.exercise(), journal, seed=9, people=secrets.PEOPLE)
    with opened(session) as room:
        code = room.codes["alder"]
        if secret:
            room.do(lambda: keep_secrets(room))
            for _ in range(2):
                try:
                    Line(Path(room.where), code="WRNG-C0DE", person="birk")
                except RefusedError:
                    continue
        return answers(room, code)


def keep_secrets(room: Open) -> None:
    """All that one room has and the other has not."""
    hidden = secrets.Room(Wire(room.host, []), "alder", [0])
    for number, secret in enumerate(secrets.SECRETS):
        if secret is not secrets.codes:  # made up; here they are real
            secret(hidden, random.Random(number))
    room.host.control.access.issue(("clerk",))
    room.host.control.access.lock("clerk", True)


def test_a_room_with_secrets_answers_a_browser_as_one_without() -> None:
    with_secrets, without = told(True), told(False)
    assert with_secrets == without
    statuses = {(what, status) for what, status, _, _ in without}
    assert {("POST /", 303), ("POST /seat/birk/", 403), ("GET /seat/birk/ws", 403)} <= statuses
    assert any(b"textual-terminal" in body for what, *_, body in without if "alder" in what)
