"""The two pages of the site: where a code is typed, and a seat's console.

Both are whole in themselves: nothing is fetched from anywhere but this site.
"""

from __future__ import annotations

import html

from exercise.spoken import legible

STYLE = """
:root { color-scheme: dark; }
html, body { margin: 0; height: 100%; background: #101418; color: #d8dee6;
  font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 22rem; margin: 0 auto; padding: 18vh 1rem 0; }
h1 { font-size: 1.1rem; letter-spacing: .04em; margin: 0 0 1.5rem; }
label { display: block; color: #9aa7b4; margin: 1rem 0 .25rem; }
input { box-sizing: border-box; width: 100%; padding: .6rem .7rem; font: inherit;
  color: inherit; background: #1a2129; border: 1px solid #394653; border-radius: 4px; }
input#code { font-family: ui-monospace, monospace; letter-spacing: .12em;
  text-transform: uppercase; }
button { margin-top: 1.5rem; padding: .6rem 1.4rem; font: inherit; color: #101418;
  background: #7fc8a9; border: 0; border-radius: 4px; cursor: pointer; }
p.no { color: #f0a58f; margin: 1rem 0 0; }
.banner { text-align: center; color: #9aa7b4; padding: .5rem; font-size: .85rem; }
"""

CONSOLE_STYLE = """
@font-face { font-family: "Roboto Mono"; font-weight: 100 700; font-style: normal;
  src: url("/static/fonts/RobotoMono-VariableFont_wght.ttf"); }
@font-face { font-family: "Roboto Mono"; font-weight: 100 700; font-style: italic;
  src: url("/static/fonts/RobotoMono-Italic-VariableFont_wght.ttf"); }
html, body { margin: 0; height: 100%; background: #101418; overflow: hidden; }
.textual-terminal { height: 100vh; }
.xterm .xterm-viewport { overflow-y: hidden; scrollbar-width: none; }
.opening { position: absolute; inset: 0; padding-top: 20vh; text-align: center; z-index: 8;
  background: #101418; color: #9aa7b4; font: 16px/1.5 system-ui, sans-serif; }
body.-first-byte .opening, body.-closed .opening { display: none; }
.closed, .lost { display: none; position: absolute; inset: 0; background: #101418; color: #d8dee6;
  font: 16px/1.5 system-ui, sans-serif; text-align: center; padding-top: 20vh; z-index: 9; }
body.-closed .closed, body.-lost .lost { display: block; }
body.-lost .closed { display: none; }
.closed a, .lost a { color: #7fc8a9; }
"""
KEPT = "What was sealed, said and drafted is kept."


def _told(text: str) -> str:
    """Words on a page, as words."""
    return html.escape(legible(text))


def _page(title: str, style: str, head: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_told(title)}</title>{head}<style>{style}</style></head>"
        f"<body>{body}</body></html>\n"
    )


def door(title: str, banner: str, refusal: str = "") -> str:
    """Where a code is typed."""
    no = f'<p class="no" role="alert">{_told(refusal)}</p>' if refusal else ""
    body = (
        f'<div class="banner">{_told(banner)}</div><main><h1>{_told(title)}</h1>'
        '<form method="post" autocomplete="off"><label for="code">Your code</label>'
        '<input id="code" name="code" maxlength="40" autofocus required spellcheck="false">'
        '<label for="person">A name to go by, if you like</label>'
        '<input id="person" name="person" maxlength="40">'
        f"<button>Come in</button>{no}</form></main>"
    )
    return _page(title, STYLE, "", body)


def console(title: str, socket: str, font_size: int) -> str:
    """A seat's console; its screen comes over the socket."""
    head = (
        '<link rel="stylesheet" href="/static/css/xterm.css">'
        '<script src="/static/js/textual.js"></script><script src="/own/focus.js"></script>'
        '<script src="/own/again.js"></script>'
    )
    body = (
        f'<div class="closed" role="status"><p>You have left this console. {KEPT}</p>'
        '<p><a href="">Open it again</a></p></div>'
        f'<div class="lost" role="status"><p>The connection is lost. {KEPT}</p>'
        '<p>This page comes back by itself. <a href="">Try now</a></p></div>'
        '<div class="opening" role="status"><p>One moment: your screen is coming.</p></div>'
        f'<div id="terminal" class="textual-terminal" '
        f'data-session-websocket-url="{html.escape(socket)}" data-font-size="{font_size}"></div>'
    )
    return _page(title, CONSOLE_STYLE, head, body)
