"""The page of a map in a browser: it is no page of the app, and its script is the app's too."""

from __future__ import annotations

import pytest

from outreach.figures import draw_map
from tests.figures.test_map import made


def test_page_by_keyboard_alone(tmp_path, chromium):
    """Neighbours are lit, the rest fades, the numbers are read out; axe finds nothing and nobody is asked."""
    sync_api = pytest.importorskip("playwright.sync_api")
    from axe_playwright_python.sync_playwright import Axe

    shared = made(30, 3)
    path = draw_map(shared).save(tmp_path / "map.html")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = opened.new_page(viewport={"width": 1100, "height": 900})
        said, asked = [], []
        page.on("console", lambda one: said.append(one.text))
        page.on("pageerror", lambda one: said.append(str(one)))
        page.on("request", lambda one: asked.append(one.url))
        page.goto(path.as_uri())
        page.keyboard.press("Tab")  # what scrolls comes first
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.dataset.place")
        assert first == "telegram:place_0"
        status = page.locator("[role=status]")
        assert f"{shared.places[0].overlap} of 99 customers" in status.inner_text()
        near = {one.first + one.second for one in shared.ties if 0 in (one.first, one.second)}
        clear = page.evaluate(
            "[...document.querySelectorAll('.place')].filter(p => !p.hasAttribute('opacity')).map(p => +p.dataset.at)"
        )
        assert set(clear) == near | {0}
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
        page.keyboard.press("Escape")
        assert page.locator(".place[opacity]").count() == 0
        for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
            page.keyboard.press(key)
        assert page.evaluate("document.activeElement.dataset.place") != first
        assert page.locator("tbody tr").count() == 30
        for width, scheme in ((1100, "light"), (1100, "dark"), (320, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
        opened.close()
    assert said == []
    assert asked == [path.as_uri()]
