"""The site's door: who is let in, and what is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from exercise.web.pages import console
from tests.web.site import Served, served


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("site")) as one:
        yield one


def asked(work: Callable[[aiohttp.ClientSession], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with aiohttp.ClientSession() as session:
            await work(session)

    asyncio.run(whole())


async def enter(session: aiohttp.ClientSession, site: Served, code: str) -> tuple[int, str, str]:
    """Try a code; the status, the cookie line and the page."""
    async with session.post(
        f"{site.origin}/", data={"code": code}, headers={"Origin": site.origin},
        allow_redirects=False,
    ) as answer:  # fmt: skip
        return answer.status, answer.headers.get("Set-Cookie", ""), await answer.text()


def test_the_door_asks_for_a_code_and_tells_nothing_else(site: Served) -> None:
    async def work(session: aiohttp.ClientSession) -> None:
        for path in ("/", "/seat/dorvik/", "/seat/nobody/"):
            async with session.get(site.origin + path) as answer:
                text = await answer.text()
                assert answer.status == 200
                assert "Your code" in text
                assert "EXERCISE EXERCISE EXERCISE" in text
                assert "Dorvik" not in text
                assert answer.headers["X-Frame-Options"] == "DENY"
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]

    asked(work)


def test_a_code_gives_a_cookie_for_its_own_path_alone(site: Served) -> None:
    async def work(session: aiohttp.ClientSession) -> None:
        status, cookie, _ = await enter(session, site, site.codes["dorvik"].lower())
        assert status == 303
        assert "Path=/seat/dorvik/" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie

    asked(work)


@pytest.mark.parametrize("code", ["AAAA-AAAA", "<script>alert(1)</script>", "x" * 5000, "\u202e"])
def test_a_wrong_code_gives_none_and_is_not_shown_again(site: Served, code: str) -> None:
    async def work(session: aiohttp.ClientSession) -> None:
        status, cookie, page = await enter(session, site, code)
        assert status == 403
        assert not cookie
        assert code not in page

    asked(work)


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        (b"code=\xff\xfe", "application/x-www-form-urlencoded"),
        (b"code=%ff%ed%a0%80&person=%00%1b", "application/x-www-form-urlencoded"),
        (b"code=a", "application/x-www-form-urlencoded; charset=klingon"),
        (b"x", "multipart/form-data"), (b"--b\r\nx", "multipart/form-data; boundary=b"),
        (b'{"code": "x"}', "application/json"), (b"", "text/plain"),
    ],
)  # fmt: skip
def test_what_is_no_form_gets_the_door_again(site: Served, form: bytes, kind: str) -> None:
    async def work(session: aiohttp.ClientSession) -> None:
        headers = {"Origin": site.origin, "Content-Type": kind}
        async with session.post(f"{site.origin}/", data=form, headers=headers) as answer:
            assert answer.status in (400, 403)
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert "Your code" in await answer.text()

    asked(work)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
def test_pages_of_other_sites_may_neither_post_nor_open_a_console(
    site: Served, origin: str | None
) -> None:
    async def work(session: aiohttp.ClientSession) -> None:
        headers = {"Origin": origin} if origin else {}
        async with session.post(
            f"{site.origin}/", data={"code": site.codes["dorvik"]}, headers=headers
        ) as answer:
            assert answer.status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(f"{site.origin}/seat/dorvik/ws", headers=headers)

    asked(work)


def test_a_console_without_a_cookie_is_refused(site: Served) -> None:
    async def work(session: aiohttp.ClientSession) -> None:
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(
                f"{site.origin}/seat/dorvik/ws", headers={"Origin": site.origin}
            )
        assert caught.value.status == 403

    asked(work)


@pytest.mark.parametrize("seat", ["fallow", "control", "nobody"])
def test_a_seats_cookie_opens_no_other_seat(site: Served, seat: str) -> None:
    async def work(session: aiohttp.ClientSession) -> None:
        _, cookie, _ = await enter(session, site, site.codes["dorvik"])
        await shut(session, site, seat, cookie.split(";")[0])

    asked(work)


@pytest.mark.parametrize("cookie", ["A" * 43, "x", "../../x", '"'])
def test_a_made_up_cookie_opens_nothing(site: Served, cookie: str) -> None:
    async def work(session: aiohttp.ClientSession) -> None:
        await shut(session, site, "dorvik", f"seat={cookie}")

    asked(work)


async def shut(session: aiohttp.ClientSession, site: Served, seat: str, cookie: str) -> None:
    """A cookie gives neither the page nor the socket of a seat."""
    headers = {"Origin": site.origin, "Cookie": cookie}
    async with session.get(f"{site.origin}/seat/{seat}/", headers=headers) as answer:
        assert "Your code" in await answer.text()
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await session.ws_connect(f"{site.origin}/seat/{seat}/ws", headers=headers)
    assert caught.value.status == 403


def test_ones_own_cookie_opens_the_desk_and_nonsense_does_not_end_it(site: Served) -> None:
    async def work(session: aiohttp.ClientSession) -> None:
        _, cookie, _ = await enter(session, site, site.codes["dorvik"])
        headers = {"Origin": site.origin, "Cookie": cookie.split(";")[0]}
        async with session.ws_connect(f"{site.origin}/seat/dorvik/ws", headers=headers) as socket:
            told = b""
            while b"You are" not in told:
                message = await socket.receive(timeout=60)
                assert message.type == aiohttp.WSMsgType.BINARY
                told += message.data
            for nonsense in (
                "", "nul", "[]", '["stdin"]', '["stdin",5]', '["resize",{"width":"a"}]',
                '["resize",{"width":-5,"height":1000000}]', '["quit"]', "[" * 3000, '{"a":1}',
                '["stdin","\\u0000\\u001b]52;c;aGk=\\u0007\\u202e"]',
            ):  # fmt: skip
                await socket.send_str(nonsense)
            await socket.send_str('["ping","17"]')
            while True:
                message = await socket.receive(timeout=60)
                if message.type == aiohttp.WSMsgType.TEXT:
                    assert message.data == '["pong", "17"]'
                    break

    asked(work)


def test_no_folder_is_listed_and_nothing_outside_is_given(site: Served) -> None:
    async def work(session: aiohttp.ClientSession) -> None:
        for path in ("/static/", "/own/", "/static/../../../../etc/passwd", "/saves/", "/ws",
                     "/static/%2e%2e/%2e%2e/server.py", "/download/x"):  # fmt: skip
            async with session.get(site.origin + path) as answer:
                assert answer.status in (403, 404), path

    asked(work)


def test_the_site_says_its_address_and_goes_away_in_order(tmp_path: Path) -> None:
    with served(tmp_path) as one:
        assert one.origin.startswith("http://127.0.0.1:")
    assert one.process.returncode == 0
    assert one.process.stdout is not None
    told = one.process.stdout.read()
    assert "is open to browsers at" in told
    assert "Traceback" not in told


def test_a_console_says_that_it_is_coming_until_it_has_come() -> None:
    page = console("Small Sound", "ws://x", 16)
    assert "your screen is coming" in page
    assert "body.-first-byte .opening" in page
