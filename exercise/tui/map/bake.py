"""Bake the coasts and borders of the world into the one compact file the map draws from.

Source: Natural Earth 4.1 (public domain, naturalearthdata.com), admin-0 countries at 1:110m and
1:50m, as redistributed in TopoJSON by the npm package `world-atlas` 2.0 (ISC licence, copyright
2013-2019 Michael Bostock). To bake again:

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz
    python -m exercise.tui.map.bake package

Natural Earth draws who holds a place, not whose it is. Here Crimea is drawn as Ukraine, Northern
Cyprus as Cyprus and Somaliland as Somalia; Kosovo, which has no ISO code, is XKX. A scenario that
says otherwise gives its own polygons.

What is kept is not polygons but the lines between them, each with the country on either side:
that is half the size, tells a border from a coast, and is all that filling by crossings needs.
Per scale (`110m`, `50m`): `steps` int16[point, 2], each point minus the one before it, in
hundredths of a degree and modulo 2¹⁶; `ends` int32[line], the index after a line's last point;
`sides` int16[line, 2], indices into `codes`, -1 for the sea and -2 for a line never drawn.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Line = npt.NDArray[np.float64]
SCALES = ("110m", "50m")
OUTPUT = Path(__file__).with_name("outlines.npz")
SEA, HIDDEN = -1, -2

# Natural Earth's entries without an ISO number, and parts that scenarios never name apart.
NAMED = {
    "Kosovo": "XKX",
    "N. Cyprus": "CYP",
    "Somaliland": "SOM",
    "Indian Ocean Ter.": "AUS",
    "Siachen Glacier": "XXX",
}
PARTS = {"ALA": "FIN"}
CRIMEA = (32.0, 44.0, 37.0, 46.5)

# ISO 3166-1 numeric and alpha-3 codes of the countries in the two files.
NUMBERED = """
004 AFG  008 ALB  010 ATA  012 DZA  016 ASM  020 AND  024 AGO  028 ATG  031 AZE  032 ARG
036 AUS  040 AUT  044 BHS  048 BHR  050 BGD  051 ARM  052 BRB  056 BEL  060 BMU  064 BTN
068 BOL  070 BIH  072 BWA  076 BRA  084 BLZ  086 IOT  090 SLB  092 VGB  096 BRN  100 BGR
104 MMR  108 BDI  112 BLR  116 KHM  120 CMR  124 CAN  132 CPV  136 CYM  140 CAF  144 LKA
148 TCD  152 CHL  156 CHN  158 TWN  170 COL  174 COM  178 COG  180 COD  184 COK  188 CRI
191 HRV  192 CUB  196 CYP  203 CZE  204 BEN  208 DNK  212 DMA  214 DOM  218 ECU  222 SLV
226 GNQ  231 ETH  232 ERI  233 EST  234 FRO  238 FLK  239 SGS  242 FJI  246 FIN  248 ALA
250 FRA  258 PYF  260 ATF  262 DJI  266 GAB  268 GEO  270 GMB  275 PSE  276 DEU  288 GHA
296 KIR  300 GRC  304 GRL  308 GRD  316 GUM  320 GTM  324 GIN  328 GUY  332 HTI  334 HMD
336 VAT  340 HND  344 HKG  348 HUN  352 ISL  356 IND  360 IDN  364 IRN  368 IRQ  372 IRL
376 ISR  380 ITA  384 CIV  388 JAM  392 JPN  398 KAZ  400 JOR  404 KEN  408 PRK  410 KOR
414 KWT  417 KGZ  418 LAO  422 LBN  426 LSO  428 LVA  430 LBR  434 LBY  438 LIE  440 LTU
442 LUX  446 MAC  450 MDG  454 MWI  458 MYS  462 MDV  466 MLI  470 MLT  478 MRT  480 MUS
484 MEX  492 MCO  496 MNG  498 MDA  499 MNE  500 MSR  504 MAR  508 MOZ  512 OMN  516 NAM
520 NRU  524 NPL  528 NLD  531 CUW  533 ABW  534 SXM  540 NCL  548 VUT  554 NZL  558 NIC
562 NER  566 NGA  570 NIU  574 NFK  578 NOR  580 MNP  583 FSM  584 MHL  585 PLW  586 PAK
591 PAN  598 PNG  600 PRY  604 PER  608 PHL  612 PCN  616 POL  620 PRT  624 GNB  626 TLS
630 PRI  634 QAT  642 ROU  643 RUS  646 RWA  652 BLM  654 SHN  659 KNA  660 AIA  662 LCA
663 MAF  666 SPM  670 VCT  674 SMR  678 STP  682 SAU  686 SEN  688 SRB  690 SYC  694 SLE
702 SGP  703 SVK  704 VNM  705 SVN  706 SOM  710 ZAF  716 ZWE  724 ESP  728 SSD  729 SDN
732 ESH  740 SUR  748 SWZ  752 SWE  756 CHE  760 SYR  762 TJK  764 THA  768 TGO  776 TON
780 TTO  784 ARE  788 TUN  792 TUR  795 TKM  796 TCA  800 UGA  804 UKR  807 MKD  818 EGY
826 GBR  831 GGY  832 JEY  833 IMN  834 TZA  840 USA  850 VIR  854 BFA  858 URY  860 UZB
862 VEN  876 WLF  882 WSM  887 YEM  894 ZMB
"""


def lines_of(topology: dict[str, Any]) -> list[Line]:
    """The arcs of a TopoJSON topology as lines [point, (lon, lat)] in degrees."""
    scale = np.array(topology["transform"]["scale"], dtype=np.float64)
    origin = np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + origin for arc in topology["arcs"]]


def code_of(country: dict[str, Any], numbered: dict[str, str]) -> str:
    """A country's alpha-3 code; KeyError names an entry that the tables here do not know."""
    name = country["properties"]["name"]
    code = NAMED[name] if "id" not in country else numbered[country["id"]]
    return PARTS.get(code, code)


def rings_of(country: dict[str, Any]) -> Iterator[list[int]]:
    """Every ring of a country, as arc numbers; ~n is arc n walked backwards."""
    polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
    for polygon in polygons:
        yield from polygon


def unwrapped(ring: list[int], lines: list[Line]) -> list[tuple[int, Line]]:
    """A ring's arcs, each in its own direction, without jumps where it crosses 180 degrees."""
    walked: list[tuple[int, Line]] = []
    at: float | None = None
    for number in ring:
        arc = number if number >= 0 else ~number
        line = lines[arc][:: 1 if number >= 0 else -1].copy()
        line[:, 0] = np.unwrap(line[:, 0], period=360)
        if at is not None:
            line[:, 0] += 360 * np.round((at - line[0, 0]) / 360)
        at = float(line[-1, 0])
        walked.append((arc, line[:: 1 if number >= 0 else -1]))
    return walked


def closed_over_the_pole(line: Line) -> Line:
    """The unseen way from the end of a coast that goes round the South Pole to its start."""
    start, end = line[0], line[-1]
    return np.array([end, (end[0], -90.0), (start[0], -90.0), start])


def is_crimea(points: Line) -> bool:
    """Whether a ring of points lies about Crimea."""
    west, south, east, north = CRIMEA
    lon, lat = points.mean(axis=0)
    inside = (west < points[:, 0]) & (points[:, 0] < east) & (south < points[:, 1])
    return bool(west < lon < east and south < lat < north and inside.all())


def drawn_lines(topology: dict[str, Any]) -> list[tuple[Line, str, str]]:
    """Every line with the codes on its two sides; the second is "" for sea, "-" for unseen."""
    words = NUMBERED.split()
    numbered = dict(zip(words[::2], words[1::2], strict=True))
    lines = lines_of(topology)
    sides: dict[int, list[str]] = {}
    shapes: dict[int, Line] = {}
    hidden: list[tuple[Line, str, str]] = []
    for country in topology["objects"]["countries"]["geometries"]:
        for ring in rings_of(country):
            walked = unwrapped(ring, lines)
            points = np.concatenate([line for _, line in walked])
            if points[:, 1].max() < -89:
                continue  # the pole itself, drawn as a ring in the finer file
            code = code_of(country, numbered)
            if code == "RUS" and is_crimea(points):
                code = "UKR"
            if abs(points[0, 0] - points[-1, 0]) > 180:
                hidden.append((closed_over_the_pole(points), code, "-"))
            for arc, line in walked:
                sides.setdefault(arc, []).append(code)
                shapes.setdefault(arc, line)
    kept = []
    for arc in sorted(sides):
        one, other = (*sides[arc], "")[:2]
        if one != other:  # else both sides are now one country
            kept.append((shapes[arc], one, other))
    return kept + hidden


def packed(lines: list[tuple[Line, str, str]], codes: list[str]) -> dict[str, npt.NDArray[Any]]:
    """The three arrays of one scale, as this module's docstring lays them out."""
    index = {code: number for number, code in enumerate(codes)} | {"": SEA, "-": HIDDEN}
    points, ends, sides, total = [], [], [], 0
    for line, one, other in lines:
        grid = np.round(line * 100).astype(np.int64)
        moved = np.any(np.diff(grid, axis=0) != 0, axis=1)
        grid = grid[np.concatenate([[True], moved])]
        if len(grid) < 2:
            continue
        total += len(grid)
        points.append(grid)
        ends.append(total)
        sides.append((index[one], index[other]))
    steps = np.diff(np.concatenate(points), axis=0, prepend=[[0, 0]])
    return {
        "steps": steps.astype(np.int16),
        "ends": np.array(ends, dtype=np.int32),
        "sides": np.array(sides, dtype=np.int16),
    }


def bake(package: Path, output: Path = OUTPUT) -> None:
    """Read the unpacked `world-atlas` package and write the outlines file."""
    found = {}
    for scale in SCALES:
        source = package / f"countries-{scale}.json"
        found[scale] = drawn_lines(json.loads(source.read_text(encoding="utf-8")))
    names = {code for lines in found.values() for _, *pair in lines for code in pair}
    codes = sorted(names - {"", "-"})
    arrays: dict[str, Any] = {"codes": np.array(codes)}
    for scale, lines in found.items():
        arrays |= {f"{scale}_{name}": array for name, array in packed(lines, codes).items()}
    np.savez_compressed(output, **arrays)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m exercise.tui.map.bake PACKAGE  (the unpacked npm world-atlas)")
    bake(Path(sys.argv[1]))
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size / 1024:.0f} KiB")
