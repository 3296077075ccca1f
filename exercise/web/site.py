"""The site of a room: a door where a code is typed, and each seat's console on its own path.

What is refused: other sites' pages (Origin), a seat's cookie at another seat (a path each), a
socket without a cookie, messages too long, more consoles than a room has use for. Codes are
judged, slowed and written down by the host, as at every door. It listens on loopback unless told
otherwise; in front of a network there must be TLS.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import attrs
from aiohttp import WSMsgType, web

from exercise.errors import ExerciseError
from exercise.host.line import leave
from exercise.host.rooms import Room
from exercise.spoken import sentences
from exercise.web.console import Console, environment_size
from exercise.web.pages import console, door

COOKIE = "seat"
LETTERS = {"projector": 26}
"""How large the letters of a console are, in pixels, where it is read from afar; else USUAL."""
USUAL = 15
FORM = "application/x-www-form-urlencoded"
MOST_CONSOLES = 64
CODES_MOST = 12
"""Codes asked of the host at once, in threads of their own: cookies do not wait behind them."""
CODES_EACH = 2
"""Of these, from one browser's address."""
TOLD_MOST = 256 * 1024
"""Bytes of one message of a browser."""
BUSY = ("many codes are being tried here at once", "wait a moment, then try again")
SEAT = re.compile(r"[a-z0-9-]{1,60}")
TIGHT = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
SHARED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@attrs.frozen
class Address:
    """Where the site listens, and what people type."""

    bind: str = "127.0.0.1"
    port: int = 8000
    public: str = ""
    """The address people type, where something stands in front: `https://room.example`."""

    @property
    def origin(self) -> str:
        """Scheme, host and port, as browsers name them."""
        if self.public:
            parts = urlsplit(self.public)
            return f"{parts.scheme}://{parts.netloc}"
        return f"http://{'127.0.0.1' if self.bind == '0.0.0.0' else self.bind}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether it is reached by TLS."""
        return self.origin.startswith("https://")


class Site:
    """The pages of one open room."""

    def __init__(self, room: Room, address: Address) -> None:
        self.room = room
        self.address = address
        self.consoles: set[Console] = set()
        self._codes = ThreadPoolExecutor(CODES_MOST, "codes")
        self._trying: Counter[str] = Counter()
        """How many codes are being tried, by where they were typed."""

    def app(self) -> web.Application:
        """The site as an aiohttp application."""
        made = web.Application(client_max_size=8192, middlewares=[self._guard])
        statics = Path(str(files("textual_serve"))) / "static"
        made.add_routes(
            [
                web.get("/", self._door),
                web.post("/", self._enter),
                web.get("/seat/{seat}/", self._console),
                web.post("/seat/{seat}/", self._enter),
                web.get("/seat/{seat}/ws", self._socket),
                web.static("/static", statics, show_index=False),
                web.static("/own", Path(__file__).parent / "static", show_index=False),
            ]
        )
        made.on_shutdown.append(self._close)
        return made

    async def _close(self, _: web.Application) -> None:
        await asyncio.gather(*(one.stop() for one in list(self.consoles)))

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The same headers on everything; no page of another site may post or open a socket."""
        origin = request.headers.get("Origin")
        asks = request.method != "GET" or request.path.endswith("/ws")
        if asks and origin != self.address.origin:
            raise web.HTTPForbidden(text="this page belongs to another site\n")
        try:
            response = await handler(request)
        except web.HTTPException as error:
            error.headers.update(SHARED)
            raise
        if not response.prepared:
            response.headers.update(SHARED)
            response.headers.setdefault("Content-Security-Policy", TIGHT)
        return response

    # the door

    async def _door(self, _: web.Request) -> web.Response:
        return self._page(door(self.room.title, self.room.banner))

    def _page(self, text: str, status: int = 200) -> web.Response:
        return web.Response(text=text, content_type="text/html", status=status)

    async def _enter(self, request: web.Request) -> web.Response:
        """Try a code; where it opens a seat, give its cookie, good on the seat's path alone."""
        if request.content_type != FORM:
            return self._page(door(self.room.title, self.room.banner, "A code is needed."), 400)
        try:
            form = await request.post()
        except (ValueError, LookupError):  # what is no text, or in no known encoding
            return self._page(door(self.room.title, self.room.banner, "A code is needed."), 400)
        code, person = form.get("code"), form.get("person", "")
        if not isinstance(code, str) or not isinstance(person, str):
            return self._page(door(self.room.title, self.room.banner, "A code is needed."), 400)
        origin = _origin(request)
        if self._trying[origin] >= CODES_EACH or self._trying.total() >= CODES_MOST:
            return self._page(door(self.room.title, self.room.banner, sentences(*BUSY)), 429)
        self._trying[origin] += 1
        try:
            seat, cookie = await asyncio.get_running_loop().run_in_executor(
                self._codes, self._admitted, code[:40], person[:40], origin
            )
        except ExerciseError as error:
            told = sentences(error.message, error.remedy)
            return self._page(door(self.room.title, self.room.banner, told), 403)
        finally:
            self._trying -= Counter((origin,))
        path = f"/seat/{seat}/"
        response = web.Response(status=303, headers={"Location": path})
        response.set_cookie(COOKIE, cookie, path=path, httponly=True, samesite="Strict",
                            secure=self.address.secure)  # fmt: skip
        return response

    def _admitted(self, code: str, person: str, origin: str) -> tuple[str, str]:
        return leave(
            self.room.where, code=code, person=person, token=self.room.token, origin=origin
        )

    async def _refusal(self, seat: str, cookie: str) -> str:
        """Why a cookie does not open a seat now; empty where it does."""
        if not cookie:
            return "A code is needed."
        try:
            opens, _ = await asyncio.to_thread(
                leave, self.room.where, cookie=cookie, token=self.room.token
            )
        except ExerciseError as error:
            return sentences(error.message, error.remedy)
        return "" if opens == seat else "This browser sits at another seat; type this one's code."

    # a console

    async def _console(self, request: web.Request) -> web.Response:
        seat = request.match_info["seat"]
        if not SEAT.fullmatch(seat):
            raise web.HTTPNotFound(text="there is no such seat\n")
        cookie = request.cookies.get(COOKIE, "")
        refusal = await self._refusal(seat, cookie)
        if refusal:
            told = refusal if cookie else ""
            return self._page(door(self.room.title, self.room.banner, told))
        size = request.query.get("fontsize", "")
        font = LETTERS.get(seat, USUAL)
        if size.isdecimal() and len(size) < 4:
            font = min(max(int(size), 8), 60)
        socket = f"ws{self.address.origin[4:]}/seat/{seat}/ws"
        response = self._page(console(self.room.title, socket, font))
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; font-src 'self'; "
            "style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self' blob:; "
            f"connect-src 'self' {socket}; form-action 'self'; frame-ancestors 'none'"
        )
        return response

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        seat = request.match_info["seat"]
        cookie = request.cookies.get(COOKIE, "")
        refusal = await self._refusal(seat, cookie) if SEAT.fullmatch(seat) else "no such seat"
        if refusal:
            raise web.HTTPForbidden(text=f"{refusal}\n")
        if len(self.consoles) >= MOST_CONSOLES:
            raise web.HTTPServiceUnavailable(text="too many consoles are open\n")
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=TOLD_MOST)
        await socket.prepare(request)
        one = Console(self.room.save, seat, cookie, socket)
        self.consoles.add(one)
        try:
            await one.start(*environment_size(request.query))
            await _listen(socket, one)
        finally:
            self.consoles.discard(one)
            await one.stop()
        return socket


async def _listen(socket: web.WebSocketResponse, one: Console) -> None:
    """Pass on what a browser sends, until it goes."""
    async for message in socket:
        if message.type != WSMsgType.TEXT:
            continue
        try:
            envelope = json.loads(message.data)
        except (ValueError, RecursionError):
            continue
        if isinstance(envelope, list) and envelope and envelope[0] == "ping":
            told = envelope[1] if len(envelope) > 1 and isinstance(envelope[1], str) else ""
            await socket.send_json(["pong", told[:40]])
        else:
            await one.take(envelope)


async def serve(site: Site, ready: Callable[[], None] | None = None) -> web.AppRunner:
    """Listen; returns what `cleanup` closes."""
    runner = web.AppRunner(site.app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, site.address.bind, site.address.port).start()
    if ready is not None:
        ready()
    return runner


def _origin(request: web.Request) -> str:
    """The address of a browser; of one that came by a server in front, what that server says."""
    address = request.remote or ""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told[:60] if told and address in ("127.0.0.1", "::1") else address
