"""The terminal map: projection, coasts, areas, marks, words, and that nothing leaves its cells."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from exercise.errors import ExerciseError
from exercise.tui.map.bake import closed_over_the_pole, drawn_lines, packed
from exercise.tui.map.draw import STYLES, TEXTURES, Canvas
from exercise.tui.map.geometry import Frame, Projection, clipped, thinned
from exercise.tui.map.land import OUTLINES, Land, Shape, survey
from exercise.tui.map.lettering import clusters, shortened, width

SIZES = [(30, 10), (80, 20), (120, 40)]
FLAT = Frame(0.0, -4.0, 8.0, 4.0)  # at the equator a degree is as wide as high
SQUARE = ((2.0, -2.0), (6.0, -2.0), (6.0, 2.0), (2.0, 2.0))


def owner_at(land: Land, frame: Frame, lon: float, lat: float) -> str:
    """Who holds a place, as the map at 120 x 40 has it; "" is the sea."""
    projection = Projection(frame, 120, 40)
    x = int(projection.x(np.array([lon]))[0])
    y = int(projection.y(np.array([lat]))[0])
    code = int(survey(land, projection).areas[y, x])
    return land.owners[code - 1] if code else ""


def styles_of(canvas: Canvas) -> set[str]:
    return {span.style for row in canvas.rows() for span in row}


# ------------------------------------------------------------------ frames and projection


def test_a_known_place_falls_on_a_known_dot_and_back() -> None:
    projection = Projection(FLAT, 8, 4)  # 16 x 16 dots, 2 to a degree
    assert projection.x(np.array([0.0, 4.0, 8.0])).tolist() == [0, 8, 16]
    assert projection.y(np.array([4.0, 0.0, -4.0])).tolist() == [0, 8, 16]
    assert projection.cell(4.1, -0.1) == (4, 2)
    assert projection.cell(8.1, 0.0) is None
    assert projection.cell(float("nan"), 0.0) is None
    assert projection.cell(*projection.place(3, 1)) == (3, 1)


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_frame_always_fits_whole(columns: int, rows: int) -> None:
    frame = Frame(-12.0, 47.0, 45.0, 72.0)
    projection = Projection(frame, columns, rows)
    corners = [(frame.west, frame.north), (frame.east, frame.south)]
    for lon, lat in corners:
        inward = (lon + (frame.centre[0] - lon) * 1e-6, lat + (frame.centre[1] - lat) * 1e-6)
        assert projection.cell(*inward) is not None


def test_shapes_stay_true_at_the_middle_latitude() -> None:
    projection = Projection(Frame(0.0, 59.0, 4.0, 61.0), 80, 20)
    assert projection.across / projection.down == pytest.approx(0.5)


@pytest.mark.parametrize(
    "box", [(5, 0, 5, 1), (0, 1, 9, 1), (0, 0, 400, 9), (0, -91, 1, 0), (0, 0, float("inf"), 1)]
)
def test_a_frame_that_is_no_box_on_the_globe_is_refused_with_a_remedy(
    box: tuple[float, float, float, float],
) -> None:
    with pytest.raises(ExerciseError) as caught:
        Frame(*box)
    assert "degrees" in caught.value.remedy


def test_a_frame_around_places_goes_the_short_way_over_the_date_line() -> None:
    frame = Frame.around([(170.0, 50.0), (-170.0, 60.0)], margin=0.0)
    assert frame.west == pytest.approx(170.0)
    assert frame.east == pytest.approx(190.0)
    alone = Frame.around([(30.0, 60.0)])
    assert (alone.west, alone.south, alone.east, alone.north) == (28.0, 58.0, 32.0, 62.0)


@given(
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=8),
    st.floats(0.2, 5),
    st.floats(-1, 1),
    st.floats(-1, 1),
)
def test_frames_hold_their_places_and_stay_on_the_globe_however_moved(
    points: list[tuple[float, float]], factor: float, east: float, north: float
) -> None:
    frame = Frame.around(points)
    for lon, lat in points:
        assert frame.south <= lat <= frame.north
        assert (lon - frame.west + 1e-6) % 360 <= frame.east - frame.west + 2e-6
    after = frame.zoomed(factor).moved(east, north)
    assert after.south >= -90 - 1e-9
    assert after.north <= 90 + 1e-9


# ------------------------------------------------------------------ lines and areas


def test_lines_are_cut_at_the_edge_of_the_map_where_they_leave_it() -> None:
    x0, y0, x1, y1 = (
        np.array(v, dtype=float) for v in ([-10, 5, 20], [5, 5, 0], [10, 5, 30], [5, 9, 9])
    )
    (cut_x, _, end_x, end_y), which = clipped((x0, y0, x1, y1), 0.0, 8.0, 8.0)
    assert which.tolist() == [0, 1]
    assert cut_x[0] == pytest.approx(0.0)
    assert end_x[0] == pytest.approx(8.0, abs=1e-5)
    assert end_y[1] == pytest.approx(8.0, abs=1e-5)


def test_stairs_lose_their_corners_and_stay_connected() -> None:
    stairs = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1]], dtype=bool)
    assert thinned(stairs).tolist() == np.eye(3, dtype=bool).tolist()


def test_a_square_island_is_drawn_dot_by_dot() -> None:
    canvas = Canvas(8, 4, FLAT)
    canvas.outline(Land.of([Shape("isle", [SQUARE])]))
    # 2 dots to a degree: the coast runs along columns and rows 4 and 12 of 16, corners off.
    assert canvas.plain() == ["        ", "  ⡎⠉⠉⠉⡆ ", "  ⡇   ⡇ ", "  ⠈⠉⠉⠉  "]
    assert styles_of(canvas) == {"sea", "land"}


def test_areas_are_filled_exactly_with_holes_left_open() -> None:
    hole = ((3.0, -1.0), (5.0, -1.0), (5.0, 1.0), (3.0, 1.0))
    land = Land.of([Shape("isle", [SQUARE, hole])])
    areas = survey(land, Projection(FLAT, 8, 4)).areas
    assert (areas > 0).sum() == 8 * 8 - 4 * 4
    assert areas[8, 8] == 0
    assert areas[5, 5] == 1


def test_where_made_up_shapes_overlap_the_later_one_is_on_top() -> None:
    over = ((4.0, -2.0), (8.0, -2.0), (8.0, 2.0), (4.0, 2.0))
    land = Land.of([Shape("under", [SQUARE]), Shape("over", [over])])
    assert owner_at(land, FLAT, 3.0, 0.0) == "under"
    assert owner_at(land, FLAT, 5.0, 0.0) == "over"


def test_neighbours_that_share_vertices_share_one_border() -> None:
    east = ((6.0, -2.0), (8.0, -2.0), (8.0, 2.0), (6.0, 2.0))
    land = Land.of([Shape("west", [SQUARE]), Shape("east", [east])])
    found = survey(land, Projection(FLAT, 8, 4))
    assert found.border[6:11, 12].all()
    assert not found.coast[6:11, 12].any()
    assert not found.border[:, :12].any()


def test_made_up_land_across_the_date_line_is_whole_from_either_side() -> None:
    ring = ((178.0, -2.0), (-178.0, -2.0), (-178.0, 2.0), (178.0, 2.0))
    land = Land.of([Shape("isle", [ring])])
    for frame in (Frame(174.0, -4.0, 186.0, 4.0), Frame(-186.0, -4.0, -174.0, 4.0)):
        projection = Projection(frame, 12, 4)
        areas = survey(land, projection).areas
        assert (areas > 0).sum() * 4 == pytest.approx(4 * 4 * 4 * projection.down**2, rel=0.15)


@pytest.mark.parametrize("ring", [((0.0, 0.0), (1.0, 1.0)), ((0.0, 0.0), (1.0, 95.0), (2.0, 0.0))])
def test_a_ring_that_bounds_nothing_is_refused_by_its_owners_name(
    ring: tuple[tuple[float, float], ...],
) -> None:
    with pytest.raises(ExerciseError, match="Aurland"):
        Land.of([Shape("Aurland", [ring])])


def test_a_shape_without_rings_is_no_land() -> None:
    assert Land.of([Shape("nowhere", [])]).edges[0].size == 0
    assert not any("".join(row).strip() for row in Canvas(8, 4, FLAT).plain())


# ------------------------------------------------------------------ the real world


@pytest.mark.parametrize("frame", [Frame(-170.0, -60.0, 190.0, 80.0), Frame(5.0, 33.0, 60.0, 65.0)])
@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (26.0, 58.7, "EST"),
        (37.6, 55.7, "RUS"),
        (34.3, 45.3, "UKR"),
        (33.4, 35.25, "CYP"),
        (46.0, 9.6, "SOM"),
        (10.0, 50.0, "DEU"),
        (20.0, 57.0, ""),
    ],
)
def test_real_places_belong_to_whom_they_should(
    frame: Frame, lon: float, lat: float, code: str
) -> None:
    if lat < frame.south:
        frame = Frame(30.0, 0.0, 60.0, 20.0)
    if code in ("CYP", "UKR"):
        frame = Frame(lon - 2.0, lat - 2.0, lon + 2.0, lat + 2.0)
    assert owner_at(Land.load(frame), frame, lon, lat) == code


def test_a_country_across_the_date_line_is_filled_on_both_sides() -> None:
    pacific = Frame(150.0, 50.0, 215.0, 72.0)
    land = Land.load(pacific)
    assert owner_at(land, pacific, 170.0, 66.0) == "RUS"
    assert owner_at(land, pacific, 185.0, 66.5) == "RUS"
    assert owner_at(land, pacific, 205.0, 65.0) == "USA"
    assert owner_at(land, pacific, 180.0, 60.0) == ""
    world = Frame(-180.0, -60.0, 180.0, 80.0)
    assert owner_at(Land.load(world), world, -178.0, 66.5) == "RUS"


def test_antarctica_is_land_up_to_the_pole() -> None:
    frame = Frame(-180.0, -90.0, 180.0, 90.0)
    assert owner_at(Land.load(frame), frame, 20.0, -88.0) == "ATA"


def test_no_line_runs_across_the_world() -> None:
    for frame in (Frame(-180.0, -60.0, 180.0, 80.0), Frame(150.0, 50.0, 215.0, 72.0)):
        found = survey(Land.load(frame), Projection(frame, 120, 40))
        dots = found.coast | found.border
        longest = max(
            len(run) for row in dots for run in "".join("x" if d else " " for d in row).split()
        )
        assert 3 < longest < 60


def test_the_outlines_file_is_small_and_read_only_when_drawn() -> None:
    assert OUTLINES.stat().st_size < 400 * 1024
    code = (
        "import sys, numpy; held = numpy.load; "
        "numpy.load = lambda *a, **k: sys.exit('read'); "
        "import exercise.tui.map.draw, exercise.tui.map.land; "
        "sys.exit('textual' if 'textual' in sys.modules else 0)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_owners_can_go_by_a_scenarios_names_and_be_framed() -> None:
    land = Land.load(Frame(20.0, 53.0, 30.0, 60.0)).named({"EST": "estonia"})
    frame = land.frame(["estonia"])
    assert 21 < frame.west < 22.5
    assert 28 < frame.east < 31
    assert owner_at(land, frame, 26.0, 58.7) == "estonia"
    with pytest.raises(ExerciseError, match="Atlantis"):
        land.frame(["Atlantis"])


def test_baking_decodes_arcs_keeps_both_sides_and_drops_inner_borders() -> None:
    # Two squares side by side, sharing arc 1; the file is quantised to steps of a degree.
    topology = {
        "transform": {"scale": [1, 1], "translate": [40, 8]},
        "arcs": [
            [[1, 1], [-1, 0], [0, -1], [1, 0]],
            [[1, 0], [0, 1]],
            [[1, 0], [1, 0], [0, 1], [-1, 0]],
        ],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "id": "706", "properties": {"name": "a"}},
                    {
                        "type": "MultiPolygon",
                        "arcs": [[[2, -2]]],
                        "id": "231",
                        "properties": {"name": "b"},
                    },
                ]
            }
        },
    }
    lines = drawn_lines(topology)
    assert [(one, other) for _, one, other in lines] == [("SOM", ""), ("SOM", "ETH"), ("ETH", "")]
    arrays = packed(lines, ["ETH", "SOM"])
    assert arrays["ends"].tolist() == [4, 6, 10]
    assert arrays["sides"].tolist() == [[1, -1], [1, 0], [0, -1]]
    assert np.cumsum(arrays["steps"], axis=0, dtype=np.int16)[4].tolist() == [4100, 800]
    countries = topology["objects"]["countries"]["geometries"]  # type: ignore[index]
    countries[1] |= {"properties": {"name": "Somaliland"}}
    del countries[1]["id"]
    assert [(one, other) for _, one, other in drawn_lines(topology)] == [("SOM", ""), ("SOM", "")]


def test_a_coast_round_the_pole_is_closed_over_it() -> None:
    way = closed_over_the_pole(np.array([[-180.0, -84.0], [0.0, -70.0], [180.0, -84.0]]))
    assert way.tolist() == [[180, -84], [180, -90], [-180, -90], [-180, -84]]


# ------------------------------------------------------------------ what lies on the map


def test_a_side_is_told_without_colour_by_texture_and_with_it_by_ground() -> None:
    canvas = Canvas(16, 8, FLAT)
    canvas.outline(Land.of([Shape("karsk", [SQUARE])]))
    bare = canvas.plain()
    canvas.fill("karsk", "adversary", "hatched")
    assert canvas.plain() != bare
    assert {span.ground for row in canvas.rows() for span in row} == {"", "adversary"}
    assert "adversary" in styles_of(canvas)
    canvas.fill("karsk", "adversary", ground=False)
    assert canvas.plain() == bare


def test_every_texture_differs_from_every_other() -> None:
    seen = set()
    for texture in TEXTURES:
        canvas = Canvas(16, 8, FLAT)
        canvas.outline(Land.of([Shape("a", [SQUARE])]))
        canvas.fill("a", "ally", texture)
        seen.add(tuple(canvas.plain()))
    assert len(seen) == len(TEXTURES)


@pytest.mark.parametrize("kind", ["solid", "dashed", "dotted"])
def test_routes_differ_by_their_rhythm(kind: str) -> None:
    canvas = Canvas(8, 4, FLAT)
    canvas.line([(0.0, 0.1), (8.0, 0.1)], kind)
    row = canvas.plain()[1]
    dots = sum(bin(ord(c) - 0x2800).count("1") for c in row if c != " ")
    assert dots == {"solid": 16, "dashed": 10, "dotted": 6}[kind]


def test_a_cut_route_has_a_cross() -> None:
    canvas = Canvas(20, 6, FLAT)
    canvas.line([(0.0, 0.0), (8.0, 0.0)], "dotted", "route-cut")
    assert sum(row.count("×") for row in canvas.plain()) == 1


def test_a_route_over_the_date_line_goes_the_short_way() -> None:
    canvas = Canvas(40, 10, Frame(-180.0, -45.0, 180.0, 45.0))
    canvas.line([(170.0, 0.0), (-170.0, 0.0)])
    marked = [i for row in canvas.plain() for i, glyph in enumerate(row) if glyph != " "]
    assert marked
    assert all(column < 3 or column > 36 for column in marked)


def test_a_mark_stands_at_its_place_with_its_label_beside_it() -> None:
    canvas = Canvas(20, 5, FLAT)
    number = canvas.mark(4.0, 0.0, "◆", "Orm", "own")
    assert canvas.plain()[2] == "          ◆ Orm     "
    (placed,) = canvas.placed()
    assert (placed.number, placed.column, placed.row, placed.labelled) == (number, 10, 2, True)


def test_near_the_right_edge_the_label_goes_to_the_left() -> None:
    canvas = Canvas(20, 5, FLAT)
    canvas.mark(*canvas.projection.place(18, 2), "◆", "Orm")
    assert canvas.plain()[2] == "              Orm ◆ "


def test_two_marks_in_one_cell_both_show() -> None:
    canvas = Canvas(20, 5, FLAT)
    canvas.mark(4.0, 0.0, "◆")
    canvas.mark(4.0, 0.0, "▲")
    text = "".join(canvas.plain())
    assert "◆" in text
    assert "▲" in text


def test_higher_ranks_get_their_place_first() -> None:
    canvas = Canvas(12, 1, FLAT)
    canvas.mark(*canvas.projection.place(3, 0), "a", "small", rank=0)
    canvas.mark(*canvas.projection.place(4, 0), "b", "GREAT", rank=2)
    assert "GREAT" in canvas.plain()[0]


def test_a_label_without_room_is_shortened_then_dropped() -> None:
    short = Canvas(12, 1, FLAT)
    short.mark(*short.projection.place(0, 0), "◆", "Port Orm harbour")
    assert short.plain()[0].startswith("◆ Port")
    assert "…" in short.plain()[0]
    none = Canvas(3, 1, FLAT)
    none.mark(*none.projection.place(1, 0), "◆", "Port Orm")
    assert none.plain() == [" ◆ "]
    assert [mark.labelled for mark in none.placed()] == [False]


def test_words_over_a_sea_keep_off_marks() -> None:
    canvas = Canvas(20, 5, FLAT)
    canvas.mark(4.0, 0.0, "◆", rank=3)
    canvas.label(4.0, 0.0, "STRAIT")
    text = canvas.plain()
    assert "◆" in text[2]
    assert any("STRAIT" in row for row in text)


def test_what_is_off_the_map_is_not_drawn() -> None:
    canvas = Canvas(20, 5, FLAT)
    canvas.mark(90.0, 80.0, "◆", "Far")
    canvas.label(-90.0, 0.0, "Farther")
    canvas.line([(100.0, 50.0), (120.0, 60.0)])
    canvas.line([])
    assert canvas.plain() == [" " * 20] * 5
    assert canvas.placed() == []


def test_an_unknown_style_texture_or_kind_is_named() -> None:
    canvas = Canvas(4, 2, FLAT)
    with pytest.raises(ValueError, match="'pink' is none of"):
        canvas.mark(0, 0, "x", style="pink")
    with pytest.raises(ValueError, match="'wavy'"):
        canvas.line([], "wavy")
    with pytest.raises(ValueError, match="'tartan'"):
        canvas.fill("a", "ally", "tartan")


@pytest.mark.parametrize(("columns", "rows"), [(0, 0), (0, 5), (5, 0), (-3, 2)])
def test_no_room_is_no_map(columns: int, rows: int) -> None:
    canvas = Canvas(columns, rows, FLAT)
    canvas.mark(4.0, 0.0, "◆", "Orm")
    assert "".join(canvas.plain()) == ""
    assert canvas.placed() == []


# ------------------------------------------------------------------ words made harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Port\x1b[31m Orm\x07", "Port[31m Orm"),
        ("one\ntwo\t three", "one two three"),
        ("\u202eevil\u200b", "evil"),
        ("e\u0301" + "\u0301" * 40 + "tat", "é\u0301\u0301tat"),
        ("\u0301\u0301", ""),
        ("  北海  ", "北海"),
        ("[bold]x[/]", "[bold]x[/]"),
    ],
)
def test_labels_are_made_harmless(text: str, shown: str) -> None:
    assert "".join(glyph for glyph, _ in clusters(text)) == shown


def test_wide_words_are_shortened_between_glyphs() -> None:
    assert "".join(glyph for glyph, _ in shortened(clusters("北海道"), 4)) == "北…"
    assert shortened(clusters("北海"), 1) == []


@given(st.text(max_size=30), st.integers(0, 20))
def test_words_take_the_cells_they_say(text: str, room: int) -> None:
    glyphs = clusters(text)
    assert cell_len("".join(glyph for glyph, _ in glyphs)) == width(glyphs)
    assert width(shortened(glyphs, room)) <= max(room, 0)


marks = st.lists(
    st.tuples(
        st.floats(-2, 10),
        st.floats(-6, 6),
        st.sampled_from(["◆", "▲", "船", "", "\n"]),
        st.text(max_size=14),
        st.integers(0, 3),
    ),
    max_size=14,
)


@settings(deadline=None, max_examples=60)
@given(marks, st.sampled_from([(30, 10), (9, 3), (1, 1), (2, 1), (80, 20)]))
def test_nothing_leaves_its_cells_whatever_is_put_on_the_map(
    given_marks: list[tuple[float, float, str, str, int]], size: tuple[int, int]
) -> None:
    canvas = Canvas(*size, FLAT)
    canvas.outline(Land.of([Shape("isle", [SQUARE])]))
    for lon, lat, symbol, label, rank in given_marks:
        canvas.mark(lon, lat, symbol, label, rank=rank)
        canvas.label(lat, lon, label, "theatre", rank)
    rows = canvas.rows()
    assert len(rows) == size[1]
    assert all(sum(cell_len(span.text) for span in row) == size[0] for row in rows)
    assert styles_of(canvas) <= set(STYLES)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 8), st.floats(-4, 4)), min_size=1, max_size=20))
def test_no_label_covers_another_or_a_mark(places: list[tuple[float, float]]) -> None:
    canvas = Canvas(60, 16, FLAT)
    names = [f"{chr(ord('a') + number)}" * 4 for number in range(len(places))]
    for (lon, lat), name in zip(places, names, strict=True):
        canvas.mark(lon, lat, "◆", name)
    placed = canvas.placed()
    text = canvas.plain()
    assert sum(row.count("◆") for row in text) == len(placed)
    whole = [name for name in names if any(name in row.replace("◆", " ").split() for row in text)]
    assert whole == [names[mark.number] for mark in placed if mark.labelled]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
@pytest.mark.parametrize(
    "frame",
    [
        Frame(10.0, 53.5, 31.0, 61.0),
        Frame(-180.0, -60.0, 180.0, 80.0),
        Frame(160.0, 50.0, 200.0, 70.0),
    ],
)
def test_the_real_world_fits_every_screen(columns: int, rows: int, frame: Frame) -> None:
    canvas = Canvas(columns, rows, frame)
    canvas.outline(Land.load(frame))
    text = canvas.plain()
    assert [cell_len(row) for row in text] == [columns] * rows
    assert sum(c != " " for row in text for c in row) > columns


def test_the_same_map_is_drawn_alike_and_after_a_change_anew() -> None:
    frame = Frame(10.0, 53.5, 31.0, 61.0)
    one, two = Canvas(60, 16, frame), Canvas(60, 16, frame)
    for canvas in (one, two):
        canvas.outline(Land.load(frame))
        canvas.mark(24.1, 56.95, "◆", "Riga")
    assert one.rows() == two.rows()
    two.mark(18.07, 59.33, "◆", "Stockholm")
    assert one.rows() != two.rows()


def test_words_do_not_stand_right_above_others() -> None:
    canvas = Canvas(40, 12, Frame(0.0, 0.0, 20.0, 10.0))
    for number, place in enumerate([(10.0, 5.0), (10.5, 4.6), (9.5, 5.4), (10.0, 4.2)]):
        canvas.mark(*place, "▪", f"place{number}", rank=number)
    rows = canvas.plain()
    cells = {
        (row, column)
        for row, line in enumerate(rows)
        for column, letter in enumerate(line)
        if letter.isascii() and letter.isalnum()
    }
    assert cells
    assert not any((row + 1, column) in cells for row, column in cells)


def test_the_name_of_a_sea_goes_along_its_row_rather_than_be_cut_to_a_stump() -> None:
    canvas = Canvas(60, 9, Frame(0.0, 0.0, 20.0, 6.0))
    for lat in (2.0, 2.6, 3.2, 3.8, 4.4):
        canvas.mark(10.0, lat, "●", "Cap", rank=5)
    canvas.label(10.0, 3.0, "THE GREAT SEA", rank=4)
    assert "THE GREAT SEA" in "\n".join(canvas.plain())
