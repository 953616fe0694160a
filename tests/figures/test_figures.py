"""Pictures hold what their tables say, whatever stands in these, and look as they should."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import outreach
from outreach.errors import InputError, OptionError
from outreach.figures import (
    STYLE,
    Mark,
    Month,
    draw_comparison,
    draw_conversion,
    draw_coverage,
    draw_months,
    draw_ranking,
    draw_timeline,
)
from outreach.figures.drawing import text_width
from outreach.figures.style import DARK, LIGHT, literal
from outreach.intervals import wilson
from outreach.messages import LANGUAGES
from outreach.reporting.pictures import picture_of_rows
from outreach.tables import COMPARISON
from tests.figures.drawn import covered, described, differing, labels, overlapping, tree

APP_STYLE = Path(outreach.__file__).parent / "app" / "static" / "app.css"
NAMES = (
    "Riga Life", "Рижские мамы", "Ελληνίδες μαμάδες", "Latvijas mārketings", "Հայաստանի շուկայավարներ", "قناة التسويق",
    "<script>alert(1)</script>", "A community with a name of three hundred letters " * 6, 'Quote " & \' and ]]>',
    "\u202eevil\x00\x1b[31m", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "😀" * 40,
)  # fmt: skip
VERDICTS = ("ahead", "probably below average", "can't tell yet", None)
ALPHABETS = st.text(st.characters(codec="utf-8", categories=None), max_size=60)


def ranked(names):
    for place, name in enumerate(names):
        overlap = max(len(names) - place, 1)
        likely = wilson(overlap, len(names) + 1)
        yield {
            "resource": f"telegram:place_{place}", "platform": "telegram", "name": name,
            "subscribers": 10 ** (place % 7), "overlap": overlap, "listed": len(names) + 1,
            "share": overlap / (len(names) + 1),
            "share_low": likely.low, "share_high": likely.high,
        }  # fmt: skip


def planned(names):
    for place, name in enumerate(names):
        share = 1 - 0.7 ** (place + 1)
        yield {
            "resource": f"vk:club{place}", "name": name, "newly": place % 4, "coverage": share,
            "coverage_low": share * 0.7, "coverage_high": min(share * 1.2, 1.0),
        }  # fmt: skip


def compared(names):
    for place, name in enumerate(names):
        yield {
            "resource": f"vk:club{place}", "platform": "vk", "name": name, "first": place % 9,
            "first_of": 8 + place % 2,
            "second": 3, "second_of": 9, "verdict": ("stands out", "hint", None)[place % 3],
        }  # fmt: skip


def measured(names):
    for place, name in enumerate(names):
        likely = wilson(place, 10 * (place + 1))
        yield {
            "resource": f"telegram:place_{place}", "name": name, "unit": "visit", "conversion_kind": "signup",
            "denominator": 10 * (place + 1), "conversions": place, "rate": place / (10 * (place + 1)),
            "rate_low": likely.low, "rate_high": likely.high, "verdict": VERDICTS[place % 4],
        }  # fmt: skip


def drawn(names, language="en"):
    """Return every kind of picture of places with these names."""
    day = date(2026, 11, 1)
    counts = {day + timedelta(n): n % 5 for n in range(30)}
    marks = [Mark(day + timedelta(3 * place % 30), name) for place, name in enumerate(names)]
    months = [Month(name, 120.5 * place, place, None if place == 0 else 120.5) for place, name in enumerate(names)]
    return {
        "ranking": draw_ranking(list(ranked(names)), language=language),
        "coverage": draw_coverage(list(planned(names)), language=language),
        "comparison": draw_comparison(list(compared(names)), first="promoters", second=names[-1], language=language),
        "conversion": draw_conversion(list(measured(names)), language=language),
        "timeline": draw_timeline(counts, marks, what="visits", language=language),
        "months": draw_months(months, currency="EUR", language=language),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_lies_over_another(language):
    """Nor outside of the picture, however long names are and in whatever alphabet."""
    for names in (NAMES[:5], NAMES, NAMES[:2] * 8, NAMES[7:8] * 4):
        for kind, figure in drawn(names, language).items():
            assert overlapping(figure) == [], kind
            assert covered(figure) == [], kind
            root = tree(figure)
            wide, high = float(root.get("width")), float(root.get("height"))
            for label in labels(figure):
                assert label.box.left >= -1, (kind, label)
                assert label.box.right <= wide + 1, (kind, label)
                assert label.box.top >= 0, (kind, label)
                assert label.box.bottom <= high + 1, (kind, label)


@given(st.lists(ALPHABETS, min_size=1, max_size=6))
def test_any_names_make_a_picture(names):
    """Whatever they hold, the XML is read, and no element comes from them."""
    for figure in drawn(names).values():
        assert {one.tag.rpartition("}")[2] for one in tree(figure).iter()} <= {
            "svg", "title", "desc", "style", "rect", "g", "text", "line", "circle", "path",
        }  # fmt: skip


def test_pictures_of_nothing():
    """Say so, in every language."""
    for language in LANGUAGES:
        for figure in (
            draw_ranking([], language=language), draw_coverage([], language=language),
            draw_comparison([], language=language), draw_conversion([], language=language),
            draw_timeline({}, [], language=language), draw_months([], language=language),
        ):  # fmt: skip
            assert figure.description
            tree(figure)


def test_missing_values_are_missing():
    """NaN, None and what is no number draw nothing and stand for nothing."""
    nothing = float("nan")
    rows = [{"resource": "vk:club7", "name": nothing, "platform": None, "subscribers": nothing,
             "overlap": 1, "listed": 2, "share": nothing, "share_low": None, "share_high": float("inf")}]  # fmt: skip
    figure = draw_ranking(rows)
    assert [one for one in figure.svg.split("<") if one.startswith("circle")] == []
    assert "nan" not in figure.svg.lower().replace("nano", "")
    assert "club7" in [label.text for label in labels(figure)]


def test_numbers_of_a_ranking_stand_where_they_belong():
    """A share of 0.5 is in the middle between 0 and 100 %, and ties stand between lines."""
    rows = [
        {"resource": f"vk:club{n}", "platform": "vk", "name": None, "subscribers": 1, "overlap": overlap, "listed": 4,
         "share": overlap / 4, "share_low": 0.0, "share_high": 1.0}
        for n, overlap in enumerate((4, 2, 2, 1))
    ]  # fmt: skip
    circles = [float(one.get("cx")) for one in tree(draw_ranking(rows)).iter() if one.tag.endswith("circle")]
    rules = [one for one in tree(draw_ranking(rows)).iter() if one.tag.endswith("line") and one.get("x1") == "0"]
    bars = [one for one in tree(draw_ranking(rows)).iter() if one.get("class") == "range"]
    left, wide = float(bars[0].get("x")), float(bars[0].get("width"))
    assert [round((x - left) / wide, 2) for x in circles] == [1.0, 0.5, 0.5, 0.25]
    assert len(rules) == 2


def test_a_verdict_that_is_open_looks_open():
    """Its dot is not filled, and a note says what that means."""
    figure = draw_conversion(list(measured(NAMES[:4])))
    kinds = [one.get("class") for one in tree(figure).iter() if one.tag.endswith("circle")]
    assert kinds == ["mark", "mark", "open", "open"]
    assert "no difference that is proven" in figure.svg


@pytest.mark.parametrize("kind", ["ranking", "coverage", "comparison", "conversion", "timeline", "months"])
def test_golden(kind, golden_picture):
    golden_picture(drawn(NAMES[:6])[kind], kind)


def test_what_golden_pictures_forgive():
    """A pixel and a half, and no word."""
    lines = described(drawn(NAMES[:2])["ranking"])
    at = next(place for place, one in enumerate(lines) if one.startswith("circle"))

    def moved(by):
        return re.sub(r"cx=([\d.]+)", lambda found: f"cx={float(found[1]) + by}", lines[at])

    assert differing(lines, [*lines[:at], moved(1.4), *lines[at + 1 :]]) is None
    assert differing(lines, [*lines[:at], moved(1.6), *lines[at + 1 :]]) == (lines[at], moved(1.6))
    assert differing(lines, lines[:-1]) == (lines[-1], "")
    assert differing(lines, [*lines[:1], lines[1] + "!", *lines[2:]])


def test_groups_of_a_survey_in_the_language_of_the_picture():
    """Others are called as their file calls them."""
    rows = list(compared(NAMES[:2]))
    shown = picture_of_rows(rows, COMPARISON, "lv", ("promoters", "Mūsējie"))
    assert {"Ieteicēji", "Mūsējie"} <= {one.text for one in labels(shown)}
    assert "everybody else" in picture_of_rows(rows, COMPARISON, "en", ("buyers", "others")).svg.lower()


def test_on_a_page_a_picture_has_classes_only():
    """The app's pages allow neither styles nor scripts in their text."""
    for figure in drawn(NAMES).values():
        inline = figure.inline("one")
        assert "<style" not in inline
        assert " style=" not in inline
        assert 'aria-labelledby="one-title one-desc"' in inline
        assert 'id="one-desc"' in inline


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast(colours):
    """Texts at 4.5, marks at 3 against the ground (WCAG 2.2, 1.4.3 and 1.4.11)."""
    for name in ("ink", "muted", "strong", "wrong"):
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
    for name in ("other", "edge", "tie", *(f"c{number}" for number in range(1, 9))):
        assert contrast(colours[name], colours["paper"]) >= 3, name


def test_colours_are_those_of_the_app():
    """One product looks like one."""
    light, dark = APP_STYLE.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")[:2]
    for colours, text in ((LIGHT, light), (DARK, dark)):
        app = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text))
        for name in ("ink", "muted", "line", "strong", "paper", "wrong"):
            assert colours[name] == app[name], name


def test_saved_files(tmp_path):
    """SVG, a page that asks nobody for anything, and pixels."""
    figure = drawn(NAMES)["conversion"]
    for ending in ("svg", "html", "png"):
        figure.save(tmp_path / f"x.{ending}")
    assert (tmp_path / "x.svg").read_text(encoding="utf-8").startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert "<script>" not in page
    assert not re.search(r"(?:src|href)=", page)
    head = (tmp_path / "x.png").read_bytes()
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", head[16:24])
    root = tree(figure)
    assert (wide, high) == (round(2 * float(root.get("width"))), round(2 * float(root.get("height"))))
    with pytest.raises(OptionError, match=r"\.gif"):
        figure.save(tmp_path / "x.gif")


def pixels(content):
    """Return the rows of a PNG with eight bits for red, green, blue and, perhaps, opacity."""
    at, packed, head = 8, b"", b""
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + size]
        head, packed = (body if kind == b"IHDR" else head), packed + (body if kind == b"IDAT" else b"")
        at += size + 12
    wide, _high, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    assert (depth, interlaced) == (8, 0)
    each = {2: 3, 6: 4}[colours]
    raw, rows, above = zlib.decompress(packed), [], np.zeros(wide * each, dtype=np.int64)
    for start in range(0, len(raw), wide * each + 1):
        way = raw[start]
        row = np.frombuffer(raw[start + 1 : start + 1 + wide * each], dtype=np.uint8).astype(np.int64)
        if way == 1:
            row = row.reshape(-1, each).cumsum(axis=0).ravel()
        elif way == 2:
            row += above
        elif way:
            made = [0] * each
            up = [0] * each + above.tolist()
            for place, one in enumerate(row.tolist()):
                a, b, c = made[place], up[place + each], up[place]
                nearest = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
                made.append((one + ((a + b) // 2 if way == 3 else nearest)) % 256)
            row = np.array(made[each:])
        above = row % 256
        rows.append(above)
    return np.array(rows).reshape(len(rows), wide, each)


def test_pixels_show_every_alphabet():
    """Each name leaves ink of its own where it stands, and none where nothing stands."""
    inks = []
    for name in NAMES[:6]:
        figure = draw_ranking(list(ranked([name])))
        at = next(one for one in labels(figure) if one.text == name)
        shown = pixels(figure.png)
        root = tree(figure)
        assert shown.shape[:2] == (round(2 * float(root.get("height"))), round(2 * float(root.get("width"))))
        box = [round(2 * one) for one in (at.box.top, at.box.bottom, at.box.left, at.box.right)]
        dark = shown[box[0] : box[1], box[2] : box[3], :3].sum(axis=2) < 300
        assert 0.02 < dark.mean() < 0.5, name
        assert (shown[:8, :, :3] == 255).all()
        inks.append(np.flatnonzero(dark.any(axis=0)).tolist())
    assert len({tuple(one) for one in inks}) == len(inks)
    assert "var(" not in literal()


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    """Before anything is written."""
    import sys

    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(InputError, match="PNG") as caught:
        _ = draw_ranking([]).png
    assert "outreach[png]" in caught.value.hint


def test_notebooks_show_it():
    """As SVG, and in words where there are no pictures."""
    shown = draw_ranking(list(ranked(NAMES[:2])))._repr_mimebundle_()
    assert set(shown) == {"image/svg+xml", "text/plain"}
    assert shown["text/plain"].startswith("Places that your customers share: Riga Life: 2 of 3 customers.")


def test_width_of_texts_is_not_less_than_in_the_widest_font():
    """DejaVu Sans is the widest of those named; its widths, in thousandths of the size, are written here."""
    widths = {"Riga Life": 4340, "Рижские мамы": 7802, "Ελληνίδες": 5085, "mārketings": 5652, "Հայաստանի": 6785}
    for text, thousandths in widths.items():
        assert text_width(text, 1000) >= thousandths * 0.97, text


def test_style_has_light_dark_and_paper():
    """And names the families, or Armenian gets serifs somewhere."""
    assert STYLE.count("--f-ink:") == 3
    assert "Noto Sans Armenian" in STYLE
