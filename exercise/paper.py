"""What is printed: one document, rendered as Markdown and as self-contained HTML.

Every word may come from a scenario or a person. It is laid down as plain text: nothing in it
becomes markup, a link, a script or a command to the printer. Both forms say the same, in the
same order, and the same document always gives the same bytes.
"""

from __future__ import annotations

import errno
import html
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from exercise.errors import UsageError
from exercise.spoken import legible


@attrs.frozen
class Code:
    """A cell or an event as it is written everywhere: what a sentence rests on."""

    text: str


@attrs.frozen
class Strong:
    """Words that stand out."""

    text: str


Piece = str | Code | Strong
Pieces = tuple[Piece, ...]


@attrs.frozen
class Heading:
    """A heading; level 1 is the document's own."""

    text: str
    level: int = 2


@attrs.frozen
class Para:
    """A paragraph."""

    pieces: Pieces


@attrs.frozen
class Items:
    """A list of lines."""

    lines: tuple[Pieces, ...]


@attrs.frozen
class Table:
    """Rows under a head."""

    head: tuple[str, ...]
    rows: tuple[Pieces, ...]


@attrs.frozen
class Blank:
    """Ruled lines to write on, each with a word before it."""

    words: tuple[str, ...]


@attrs.frozen
class NewPage:
    """Here the next sheet begins; a close one is set smaller, in two columns."""

    close: bool = False


Block = Heading | Para | Items | Table | Blank | NewPage


@attrs.frozen
class Paper:
    """A document: its banner stands on every page. A close one begins as a close page."""

    title: str
    banner: str
    blocks: tuple[Block, ...]
    foot: str = ""
    close: bool = False


def para(*pieces: Piece) -> Para:
    """A paragraph of these pieces."""
    return Para(pieces)


def items(lines: Iterable[Sequence[Piece] | str]) -> Items:
    """A list; a line is words, or pieces."""
    return Items(tuple((line,) if isinstance(line, str) else tuple(line) for line in lines))


# Markdown

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&@^$#])")
_STARTS = re.compile(r"^([-+=!:]|\d+(?=[.)]))")
_ADDRESS = re.compile(r"(?i)(?<=\w):(?=//|\S*\\@)|(?<=www)\.|(?<=mailto):")


def _inline(text: str) -> str:
    told = _SPECIAL.sub(r"\\\1", legible(text)).replace("\\<", "&lt;").replace("\\>", "&gt;")
    return _ADDRESS.sub(lambda found: f"\\{found[0]}", told)


def markdown_text(text: str) -> str:
    """Words that stay words in Markdown, at the start of a line and web addresses among them."""
    told = _inline(text)
    start = _STARTS.match(told)
    if start is None:
        return told
    if start[1].isdigit():
        return f"{start[1]}\\{told[start.end() :]}"
    return f"\\{told}"


def _markdown_code(text: str) -> str:
    inner = legible(text).replace("`", "'").replace("|", "/")
    return f"`{inner}`" if inner else ""


def _markdown(pieces: Pieces) -> str:
    parts = []
    for piece in pieces:
        if isinstance(piece, Code):
            parts.append(_markdown_code(piece.text))
        elif isinstance(piece, Strong):
            inner = markdown_text(piece.text)
            parts.append(_spaced(piece.text, f"**{inner}**") if inner else "")
        else:
            parts.append(_spaced(piece, _inline(piece) if parts else markdown_text(piece)))
    return "".join(parts).strip()


def _spaced(given: str, told: str) -> str:
    """The blanks at both ends, which cleaning takes away, kept between pieces."""
    lead = " " if given[:1].isspace() else ""
    tail = " " if given[-1:].isspace() else ""
    return f"{lead}{told}{tail}" if told else lead


def to_markdown(paper: Paper) -> str:
    """The document as Markdown."""
    lines = [f"**{markdown_text(paper.banner)}**", "", f"# {markdown_text(paper.title)}", ""]
    for block in paper.blocks:
        lines += [*_markdown_block(block), ""]
    if paper.foot:
        lines += ["---", "", _markdown((paper.foot,)), ""]
    lines.append(f"**{markdown_text(paper.banner)}**")
    return "\n".join(lines) + "\n"


def _markdown_block(block: Block) -> list[str]:
    match block:
        case Heading(text, level):
            return [f"{'#' * level} {markdown_text(text)}"]
        case Para(pieces):
            return [_markdown(pieces)]
        case Items(lines):
            return [f"- {_markdown(line)}" for line in lines]
        case Table(head, rows):
            return [
                _row(markdown_text(word) for word in head),
                _row("---" for _ in head),
                *(_row(_markdown((cell,)) for cell in row) for row in rows),
            ]
        case Blank(words):
            return [f"- {markdown_text(word)} ______________________________" for word in words]
    return ["---"]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


# HTML


def _html(pieces: Pieces) -> str:
    parts = []
    for piece in pieces:
        if isinstance(piece, Code):
            parts.append(f"<code>{html.escape(legible(piece.text))}</code>")
        elif isinstance(piece, Strong):
            inner = html.escape(legible(piece.text))
            parts.append(_spaced(piece.text, f"<strong>{inner}</strong>"))
        else:
            parts.append(_spaced(piece, html.escape(legible(piece))))
    return "".join(parts).strip()


def _html_block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level}>{html.escape(legible(text))}</h{level}>"
        case Para(pieces):
            return f"<p>{_html(pieces)}</p>"
        case Items(lines):
            return f"<ul>{''.join(f'<li>{_html(line)}</li>' for line in lines)}</ul>"
        case Table(head, rows):
            top = "".join(f"<th>{html.escape(legible(word))}</th>" for word in head)
            body = "".join(
                f"<tr>{''.join(f'<td>{_html((cell,))}</td>' for cell in row)}</tr>" for row in rows
            )
            return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
        case Blank(words):
            ruled = "".join(
                f"<div class='blank'><span>{html.escape(legible(word))}</span></div>"
                for word in words
            )
            return f"<div class='blanks'>{ruled}</div>"
    return ""  # a new page is the caller's matter


STYLE = """
@page { size: A4; margin: 14mm 14mm 16mm }
* { box-sizing: border-box }
body { font: 10pt/1.38 "Source Serif 4", Georgia, "Times New Roman", serif; color: #111;
  background: #fff; margin: 0 auto; max-width: 190mm; padding: 4mm }
.banner { text-align: center; font: 600 8.5pt/1.4 system-ui, sans-serif; letter-spacing: .14em;
  color: #444; border: solid #999; border-width: .6pt 0; padding: 1.2mm 0; margin: 0 0 4mm }
h1 { font: 600 17pt/1.2 system-ui, sans-serif; margin: 0 0 2mm }
h2 { font: 600 10.5pt/1.3 system-ui, sans-serif; margin: 4mm 0 1mm; break-after: avoid }
h3 { font: 600 9.5pt/1.3 system-ui, sans-serif; margin: 3mm 0 .6mm; break-after: avoid }
p { margin: 0 0 1.6mm } ul { margin: 0 0 1.6mm; padding: 0;
  list-style: none } li { margin: 0 0 .7mm; padding-left: 3.4mm; text-indent: -3.4mm }
code { font: 7.6pt/1.3 ui-monospace, "DejaVu Sans Mono", monospace; color: #555 }
table { border-collapse: collapse; width: 100%; margin: 0 0 2mm; break-inside: auto }
th, td { text-align: left; vertical-align: top; padding: .7mm 2mm .7mm 0;
  border-bottom: .4pt solid #bbb }
th { font: 600 8.5pt/1.3 system-ui, sans-serif } tr { break-inside: avoid }
.blank { border-bottom: .6pt solid #444; height: 9.5mm; display: flex; align-items: flex-end }
.blank span { font: 8pt/1.4 system-ui, sans-serif; color: #444; padding-right: 3mm }
.foot { margin-top: 4mm; font: 7.6pt/1.4 ui-monospace, monospace; color: #555;
  overflow-wrap: anywhere }
.page { break-after: page; padding-bottom: 2mm } .page:last-of-type { break-after: auto }
.close { columns: 2; column-gap: 7mm; font-size: 8.2pt; line-height: 1.3 }
.close ul, .close p { orphans: 2; widows: 2; margin-bottom: 1mm } .close li { margin-bottom: .4mm }
.close h2 { font-size: 9.2pt; margin-top: 2.4mm } .close h3 { font-size: 8.2pt; margin-top: 1.8mm }
.close h2:first-child { margin-top: 0 } .close code { font-size: 6.4pt }
@media print { body { max-width: none; padding: 0 } }
"""


def to_html(paper: Paper) -> str:
    """The document as one HTML file that asks for nothing from anywhere."""
    banner = f"<div class='banner'>{html.escape(legible(paper.banner))}</div>"
    pages: list[tuple[bool, list[str]]] = [(paper.close, [])]
    for block in paper.blocks:
        if isinstance(block, NewPage):
            pages.append((block.close, []))
        else:
            pages[-1][1].append(_html_block(block))
    title = html.escape(legible(paper.title))
    foot = f"<div class='foot'>{_html((paper.foot,))}</div>" if paper.foot else ""
    body = []
    for number, (close, blocks) in enumerate(pages):
        head = f"<h1>{title}</h1>" if number == 0 else ""
        end = foot if number == len(pages) - 1 else ""
        kind = " class='close'" if close else ""
        inner = "\n".join(blocks)
        body.append(f"<div class='page'>{banner}{head}\n<div{kind}>\n{inner}\n</div>{end}</div>")
    safe = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{safe}">'
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def put(path: Path, text: str) -> None:
    """Write a document into a file; raises `UsageError`, and then leaves no half of one."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO) and path.is_file():
            path.unlink()
        told = (error.strerror or str(error)).lower()
        raise UsageError(
            f"{str(path)[:200]} cannot be written: {told}", "name another place, or make room"
        ) from None


def bound(title: str, banner: str, papers: Sequence[Paper]) -> Paper:
    """Several documents as one, each from a new page on."""
    blocks: list[Block] = []
    for paper in papers:
        blocks += [NewPage(paper.close), Heading(paper.title, 2), *paper.blocks]
    return Paper(title, banner, tuple(blocks))
