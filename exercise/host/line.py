"""A terminal's line to its host: questions and answers, and a document kept up to date.

The line comes back by itself when the host was away, by the cookie it was given. While the host
is away, what was shown last can still be read, and every question says so.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from exercise.errors import ExerciseError, UsageError
from exercise.host.codec import decode
from exercise.host.frames import ANSWERED_MOST, ASKED_MOST, FrameError, pack, unpack
from exercise.host.patch import patched
from exercise.orders import Refusal

Place = Path | tuple[str, int]
SAID_MOST = 100
"""Characters of a place's name that are told."""
PATIENCE = 15.0
"""Seconds that a question waits for its answer."""
AGAIN = 0.3
"""Seconds between tries to reach a host that is away."""


class HostAwayError(ExerciseError):
    """The host does not answer now."""


class RefusedError(ExerciseError):
    """The host said no."""


AWAY = HostAwayError("the host is away", "this terminal goes on by itself when it is back")


def leave(
    where: Place,
    *,
    code: str = "",
    cookie: str = "",
    person: str = "",
    token: str = "",
    origin: str = "",
) -> tuple[str, str]:
    """The seat or role that a code or cookie opens, and its cookie, without sitting down there.

    `origin` is where it was typed: wrong codes of one place slow nobody elsewhere.
    Raises `HostAwayError` or `RefusedError`.
    """
    hello = {"hello": 1, "cookie": cookie, "code": code, "person": person, "token": token}
    hello = {**hello, "from": origin[:SAID_MOST]}
    held, _, message = _said_hello(where, {**hello, "only": "ask"})
    held.close()
    return str(message["admitted"]), str(message["cookie"] or cookie)


class Line:
    """One terminal's connection; raises `HostAwayError` or `RefusedError` when it cannot begin."""

    def __init__(
        self,
        where: Place,
        *,
        code: str = "",
        cookie: str = "",
        person: str = "",
        token: str = "",
        changed: Callable[[], None] | None = None,
    ) -> None:
        self.where = where
        self.cookie = cookie
        self.document: dict[str, Any] = {}
        self.tick = 0
        """Grows with every change of the document, of the head and of the state."""
        self.head = True
        self.state: Literal["here", "away", "shut"] = "away"
        self.refusal: Refusal | None = None
        """Why the line is shut, once it is."""
        self.notices: list[Refusal] = []
        """What the host has said in plain words beside the document, until somebody takes it."""
        self.desk = self.role = self.terminal = ""
        self.changed = changed or (lambda: None)
        self._person = person
        self._token = token
        self._number = 0
        self._waiting: dict[int, queue.SimpleQueue[Mapping[str, Any] | None]] = {}
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._socket: socket.socket | None = None
        self._file: Any = None
        self._meet(code)
        self._thread = threading.Thread(target=self._listen, name="line", daemon=True)
        self._thread.start()

    @property
    def seat(self) -> str:
        """The seat or role it came in as."""
        return self.terminal.rpartition("-")[0]

    # questions

    def ask(self, desk: str, call: str, args: Mapping[str, Any]) -> Any:
        """The host's answer as plain data; raises `RefusedError`, `HostAwayError`, `UsageError`."""
        answer = self._asked(desk, call, args)
        for kind, error in (("usage", UsageError), ("refused", RefusedError)):
            if kind in answer:
                refused = decode(answer[kind], Refusal)
                raise error(refused.reason, refused.remedy)
        return answer["answer"]

    def _asked(self, desk: str, call: str, args: Mapping[str, Any]) -> Mapping[str, Any]:
        mail: queue.SimpleQueue[Mapping[str, Any] | None] = queue.SimpleQueue()
        with self._lock:
            held = self._socket
            if held is None or self.state != "here":
                raise self._silence()
            self._number += 1
            number = self._number
            data = pack({"id": number, "desk": desk, "call": call, "args": args})
            if len(data) > ASKED_MOST:
                raise UsageError("that is too long to be sent", "send it in parts")
            self._waiting[number] = mail
            try:
                held.sendall(data)
            except OSError:
                self._waiting.pop(number, None)
                raise self._silence() from None
        try:
            answer = mail.get(timeout=PATIENCE)
        except queue.Empty:
            self._waiting.pop(number, None)
            raise AWAY from None
        if answer is None:
            raise self._silence()
        return answer

    def noticed(self) -> list[Refusal]:
        """What the host has said in plain words since this was asked last."""
        told, self.notices = self.notices, []
        return told

    def _silence(self) -> ExerciseError:
        """Why there is no answer."""
        return AWAY if self.refusal is None else self.refused()

    def refused(self) -> RefusedError:
        """Why the host let this terminal in no longer."""
        refusal = self.refusal or Refusal("the host said no")
        return RefusedError(refusal.reason, refusal.remedy)

    def close(self) -> None:
        """Leave the host."""
        self._closing.set()
        self._hang_up()

    # the connection

    def _meet(self, code: str) -> None:
        """Reach the host and come in."""
        hello = {"hello": 1, "cookie": self.cookie, "code": code, "person": self._person,
                 "token": self._token}  # fmt: skip
        try:
            held, file, message = _said_hello(self.where, hello)
        except RefusedError as error:
            self.refusal = Refusal(error.message, error.remedy)
            raise
        self._welcome(message, held, file)

    def _welcome(self, message: Mapping[str, Any], held: socket.socket, file: Any) -> None:
        welcome = message["welcome"]
        with self._lock:
            self._socket, self._file = held, file
            self.desk, self.role = welcome["desk"], welcome["role"]
            self.terminal = welcome["terminal"]
            self.cookie = welcome["cookie"] or self.cookie
            self.document = message["document"]
            self.head = message["head"]
            self.state, self.refusal = "here", None
            self.tick += 1

    def _listen(self) -> None:
        while not self._closing.is_set():
            self._hear()
            self._hang_up()
            if self._closing.is_set() or self.state == "shut":
                return
            self._turn("away")
            while not self._closing.wait(AGAIN):
                try:
                    self._meet("")
                except HostAwayError:
                    continue
                except ExerciseError:
                    self._turn("shut")
                    return
                self.changed()
                break

    def _hear(self) -> None:
        """Read what the host says, until it says no more."""
        while True:
            try:
                line = self._file.readline(ANSWERED_MOST)
                if not line:
                    return
                self._take(unpack(line))
            except (OSError, ValueError, FrameError):
                return

    def _take(self, message: Mapping[str, Any]) -> None:
        if "id" in message:
            mail = self._waiting.pop(message["id"], None)
            if mail is not None:
                mail.put(message)
        elif "changed" in message:
            self.document = patched(self.document, message["changed"])
            self.head = bool(message.get("head", self.head))
            self.tick += 1
            self.changed()
        elif "notice" in message:
            self.notices.append(decode(message["notice"], Refusal))
            self.tick += 1
            self.changed()
        elif "refused" in message:
            self.refusal = decode(message["refused"], Refusal)
            self._turn("shut")

    def _turn(self, state: Literal["here", "away", "shut"]) -> None:
        if self.state != state:
            self.state = state
            self.tick += 1
            self.changed()

    def _hang_up(self) -> None:
        with self._lock:
            held, self._socket = self._socket, None
            waiting = list(self._waiting.values())
            self._waiting.clear()
        if held is not None:
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
            held.close()
        for mail in waiting:
            mail.put(None)


def _said_hello(
    where: Place, hello: Mapping[str, Any]
) -> tuple[socket.socket, Any, dict[str, Any]]:
    """Reach the host and say hello; its answer, unless it refused."""
    try:
        held = _connected(where)
    except OSError:
        raise HostAwayError(
            "no host answers here", "start it with `exercise host`, or name its save with --at"
        ) from None
    try:
        held.settimeout(60.0)  # wrong codes have to wait
        held.sendall(pack(hello))
        file = held.makefile("rb")
        line = file.readline(ANSWERED_MOST)
        held.settimeout(None)
    except OSError:
        held.close()
        raise AWAY from None
    if not line:
        held.close()
        raise AWAY
    message = unpack(line)
    if "refused" in message:
        file.close()
        held.close()
        refused = decode(message["refused"], Refusal)
        raise RefusedError(refused.reason, refused.remedy)
    return held, file, message


def _connected(where: Place) -> socket.socket:
    if isinstance(where, Path):
        held = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            held.connect(str(where))
        except OSError:
            held.close()
            raise
        return held
    return socket.create_connection(where, timeout=5.0)
