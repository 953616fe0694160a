"""The app as people use it: in Chromium, by mouse and by keyboard, in each language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outreach.app import server
from outreach.app.texts import Texts
from outreach.campaign.events import Event
from outreach.messages import LANGUAGES
from outreach.owners import Channel, Person, open_book
from outreach.sheet.facts import read_sheet
from tests.examples import ALL

sync_api = pytest.importorskip("playwright.sync_api")

SHOWN = [
    pytest.param(one, marks=[] if one in {"en", "ru"} else pytest.mark.slow)
    for one in LANGUAGES
    if ALL or one in {"en", "ru", "hy"}  # Greek and Latvian every week: Armenian has the longest words
]
"""Languages; pages are alike in them, so that two are enough between times."""
VIEWS = [pytest.param(*one.values, "dark", marks=one.marks) for one in SHOWN] + [pytest.param("en", "light")]
"""Dark on a phone, where words of each language have to fit; light on a screen: only colours differ by that."""

UNDECIDED = b"Name;Link\nBrin Oltra;https://t.me/zelvorika\nMorka Telu;https://t.me/plumbariq\n"
SURVEY = Path(__file__).parents[2] / "sample_data" / "survey.csv"
LIKES = "customer,resource,name,subscribers\n" + "".join(
    f"C{customer},t.me/place_{place},Place {place},{9000 + place}\n"
    for customer in range(6)
    for place in range(12)
    if (customer + place) % 3
)


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page_in(app, browser):
    """Open the app in a language; at the end the console was silent and nothing was asked of another machine."""
    contexts, faults = [], []

    def opened(language="en", **options):
        context = browser.new_context(locale=language, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.append(request.url) if app.keys.host not in request.url else None)
        page.goto(app.keys.address())
        page.wait_for_selector("h1")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def drop(page, *files):
    """Drop files where the page takes them, as a file manager does."""
    script = """files => {
        const data = new DataTransfer();
        for (const [name, text] of files) data.items.add(new File([text], name));
        return data;
    }"""
    data = page.evaluate_handle(script, [[name, content.decode()] for name, content in files])
    for kind in ("dragover", "drop"):
        page.dispatch_event("#drop", kind, {"dataTransfer": data})


def announced(page, text):
    """Wait until a screen reader is told."""
    page.wait_for_selector(f"#status:has-text('{text}')", state="attached")


@pytest.mark.parametrize("language", SHOWN)
def test_from_nothing_to_places_that_are_taken(app, page_in, language):
    """A new campaign, files that are dropped, a question, the ranking, filters, ticks, the sheet."""
    t = Texts(language)
    page = page_in(language)
    page.fill("#q-client", "Zobi")
    page.click(f"text={t('start.create')}")
    page.wait_for_selector(f"h1:has-text('{t('lists.empty-title')}')")
    drop(page, ("likes.csv", LIKES.encode()), ("who.csv", UNDECIDED))
    page.wait_for_selector(".question")
    announced(page, t("notes.files", files=2))
    page.click(f"text={t('answers.customer-is-column')}")
    page.wait_for_selector(f"text={t('notes.answer-kept')}")
    assert page.locator(".question").count() == 0
    assert t("lists.headline", customers=8, likes=50) in page.inner_text("h1")
    page.click(f"text={t('lists.main')}")
    page.wait_for_selector("table.ranking")
    assert page.inner_text("h1") == t("ranking.headline", customers=8)
    page.fill("#text", "place 1")
    page.wait_for_url(re.compile("text=place"))
    page.wait_for_selector(f"#found:has-text('{t('ranking.found', places=3)}')")
    assert page.evaluate("document.activeElement.id") == "text"
    page.reload()
    assert page.input_value("#text") == "place 1"
    page.uncheck("#take-place-1")
    page.wait_for_selector(f"#take button:has-text('{t('ranking.main', places=4)}')")
    page.click("#take button")
    page.wait_for_selector(f"h1:has-text('{t('places.headline', ready=0, places=4)}')")
    announced(page, "sheet.xlsx")
    (desk,) = [app.campaigns.desk(one.id) for one in app.campaigns.known()]
    assert len(read_sheet(desk.folder / "sheet.xlsx").facts) == 4  # ticks that the filter hides count, and are counted


def test_by_keyboard_alone(page_in):  # noqa: PLR0915 - one walk
    """From a drop to a post that is out: all is reached by Tab and done by Enter and Space, and the focus stays."""
    page = page_in(permissions=["clipboard-read", "clipboard-write"])

    def go(wanted, *, most=120):
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none" or page.evaluate("document.activeElement.className") == "unseen"
                return
        raise AssertionError(wanted)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    go("form[action='/sample'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#drop")
    go("#files")
    more = {"name": "more.csv", "mimeType": "text/csv", "buffer": b"customer,resource\nC1,t.me/lonelyplace\n"}
    page.set_input_files("#files", files=[more])  # the dialog that Space opens is the system's
    announced(page, "1 file was added")
    go(".heading .main-button a")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.ranking")
    go("#p-1")
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("platform="))
    assert page.evaluate("document.activeElement.id") == "p-1"
    go("#take-place-2")
    page.keyboard.press("Space")
    page.wait_for_selector("#take button:has-text('Take these 4')")
    assert page.evaluate("document.activeElement.id") == "take-place-2"
    go("#place-2")
    page.keyboard.press("Enter")
    page.wait_for_selector("#place-title:focus")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#place-2:focus")
    go("#take button")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-sheet]")
    announced(page, "4 places added")
    go("#c-1-accepts_posts")
    page.keyboard.type("yes")
    page.keyboard.press("Enter")
    page.wait_for_selector("#c-2-accepts_posts:focus")
    announced(page, "Saved: Accepts posts")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector("#c-1-subscribers:focus")
    go(".main-button a[href$='/plan']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#plan-wanted")
    go("#posts")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.wait_for_selector("h1:has-text('4 posts planned')")
    assert page.evaluate("document.activeElement.id") == "budget"  # the focus stays over the swap
    go("#keep-2")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("must="))
    assert page.evaluate("document.activeElement.id") == "keep-2"
    go("nav a[href$='/texts']")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[action$='/write']")
    go("form[action$='/write'] button")
    page.keyboard.press("Space")
    announced(page, "4 texts are written")
    go("#main-copy")
    page.keyboard.press("Enter")
    announced(page, "Copied")
    go("#text")
    page.keyboard.press("End")
    page.keyboard.type(" Read on!")
    go("#copies ~ ul a[href*='/copy/docx']")
    page.wait_for_selector(".note:has-text('The text is saved in its file')")
    go("#out-address")
    page.keyboard.type("https://example.org/post")
    page.keyboard.press("Enter")
    announced(page, "Written down")


def test_a_long_reading_is_stopped(page_in, slow):
    """Its progress is announced, Stop keeps the focus while the page asks again, and the files are put aside."""
    page = page_in()
    page.click("text=Try the sample")
    page.wait_for_selector("#reading-cancel")
    slow.free.set()
    page.wait_for_selector("#drop")
    announced(page, "Read: 12 customers")
    slow.free.clear()
    page.set_input_files("#files", files=[{"name": "more.csv", "mimeType": "text/csv", "buffer": LIKES.encode()}])
    page.wait_for_selector("#reading-cancel")
    announced(page, "Reading 2 files")
    page.focus("#reading-cancel")
    with page.expect_response(lambda one: one.url.endswith("/lists")):
        """The page asks again."""
    assert page.evaluate("document.activeElement.id") == "reading-cancel"
    page.keyboard.press("Enter")
    page.wait_for_selector(".note:has-text('1 file was not added')")
    assert "Read: 12 customers" in page.inner_text("h1")


def test_settings_are_kept(app, page_in):
    """What is typed is announced when it is saved, the focus stays, and a token leaves no trace."""
    campaign = app.sample()
    page = page_in()
    page.goto(f"{app.keys.origin}{campaign}/settings")
    page.fill("#s-min_subscribers", "1 000")
    page.check("#s-platforms-telegram")
    page.focus("#settings-save")
    page.keyboard.press("Enter")
    page.wait_for_selector(".note:has-text('Saved in outreach.toml')")
    announced(page, "Saved in outreach.toml")
    assert page.input_value("#s-min_subscribers") == "1000"
    assert page.evaluate("document.activeElement.id") == "settings-save"
    page.fill("#t-OUTREACH_VK_TOKEN", "s3cr3t")
    page.keyboard.press("Enter")
    page.wait_for_selector("#state-OUTREACH_VK_TOKEN:has-text('saved on')")
    assert page.input_value("#t-OUTREACH_VK_TOKEN") == ""
    assert "s3cr3t" not in page.content()
    page.click(".tools a:has-text('Help')")
    page.wait_for_selector("article h2#settings:has-text('Settings')")


def test_the_private_page_opens_the_app(app, browser, monkeypatch, user_folder):
    """The browser comes from a file, which is another site: it gets the cookie, and goes on as on our own page."""
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    server.Start(None, 1, browser=True, describe=print, print_address=print)._open(app.keys.address())
    context = browser.new_context()
    page = context.new_page()
    page.goto((user_folder / server.WINDOW).as_uri())
    page.wait_for_selector("text=Your campaigns")
    assert page.url == f"{app.keys.origin}/"
    page.reload()
    page.click("text=Try the sample")
    page.wait_for_selector("#drop")
    context.close()


def test_sending_can_be_cancelled(app, page_in):
    """Nothing of the files is kept, and the page says so."""
    page = page_in()
    page.click("text=Try the sample")
    page.wait_for_selector("#drop")
    page.route("**/lists/files", lambda _: None)  # never goes out
    page.set_input_files("#files", files=[{"name": "more.csv", "mimeType": "text/csv", "buffer": LIKES.encode()}])
    page.wait_for_selector("[data-cancel]:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".note:has-text('nothing was added')")
    (desk,) = [app.campaigns.desk(one.id) for one in app.campaigns.known()]
    assert [path.name for path in (desk.folder / "lists").iterdir()] == ["likes.csv"]


def test_without_its_script(app, browser):
    """Plain forms do all of it where the browser runs no script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(app.keys.address())
    page.wait_for_selector("text=Try the sample")
    page.click("text=Try the sample")
    page.set_input_files("#files", files=[{"name": "more.csv", "mimeType": "text/csv", "buffer": LIKES.encode()}])
    page.click("text=Add the files")
    page.wait_for_selector(".note:has-text('1 file was added')")
    page.click("text=Show the ranking")
    page.fill("#text", "place 1")
    page.click("button:has-text('Apply')")
    page.wait_for_selector("#found:has-text('3 places')")
    page.click("#take button")
    page.wait_for_selector(".note:has-text('added to sheet.xlsx')")
    page.fill("#c-2-price", "40 EUR")
    page.click("button[form=f-2], #f-2 button")
    page.wait_for_selector(".note:has-text('Saved')")
    assert page.input_value("#c-2-price") == "40 EUR"
    page.select_option("#language", "ru")
    page.click("text=Choose")
    page.wait_for_selector("text=Можно писать:")
    context.close()


def test_another_ports_page_gets_nothing(app, browser):
    """A page on another port of this machine can neither read nor write, though the browser may send the cookie."""
    import functools
    import http.server
    import threading

    class Quiet(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            form = f'<form id="f" method="post" action="{app.keys.origin}/sample"><input name="a"></form>'
            self.wfile.write(f'<!doctype html><h1>evil</h1>{form}<iframe src="{app.keys.origin}/"></iframe>'.encode())

        def log_message(self, *_):
            """Say nothing."""

    evil = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet))
    threading.Thread(target=evil.serve_forever, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    try:
        page.goto(app.keys.address())
        page.wait_for_selector("text=Your campaigns")
        page.goto(f"http://127.0.0.1:{evil.server_port}/")
        page.wait_for_selector("h1")
        fetched = "(await fetch(address, {credentials: 'include'})).status"
        read = f"async address => {{ try {{ return {fetched} }} catch {{ return 0 }} }}"
        assert page.evaluate(read, f"{app.keys.origin}/") == 0
        assert page.evaluate(read, f"{app.keys.origin}/static/app.css") == 0
        frame = next(one for one in page.frames if one != page.main_frame)
        assert "campaigns" not in frame.content()
        page.evaluate("document.getElementById('f').submit()")
        page.wait_for_selector("text=403 Forbidden")
        assert app.campaigns.known() == []
    finally:
        context.close()
        evil.shutdown()
        evil.server_close()


@pytest.mark.parametrize(("language", "scheme"), VIEWS)
def test_pages_are_accessible(app, browser, language, scheme):
    """The rules of axe hold on every page, in every language, light and dark, and nothing is wider than a phone."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    campaign = app.sample()
    app.campaigns.create("Empty", {}, language)
    empty = f"/c/{app.campaigns.known()[0].id}"
    desk = app.campaigns.desk(campaign.removeprefix("/c/"))
    (desk.folder / "lists" / "who.csv").write_bytes(UNDECIDED)
    app.window().send(f"{campaign}/groups/files", ("survey.csv", SURVEY.read_bytes()))
    width = 320 if scheme == "dark" else 1280
    context = browser.new_context(
        locale=language, color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 800},
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto(app.keys.address())
    page.wait_for_selector("h1")
    found = {}
    for path in (
        "/", f"{empty}/lists", f"{empty}/ranking", f"{campaign}/lists", f"{campaign}/lists?names=1",
        f"{campaign}/ranking", f"{campaign}/ranking?place=instagram:storyfribble&f=1&unknown=1&col=topic&col=affinity",
        f"{campaign}/plan", f"{campaign}/ranking/map", f"{campaign}/groups?survey=survey.csv", "/nowhere",
        f"{empty}/report", f"{campaign}/report",
    ):  # fmt: skip
        if path.endswith("/ranking") and path.startswith(campaign):
            (desk.folder / "lists" / "who.csv").unlink()
        page.goto(app.keys.origin + path)
        page.wait_for_selector("h1")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = !one.matches('.switch') })")
        found[path] = [(one["id"], one["nodes"][0]["target"]) for one in axe.run(page).response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


def take_places(app, campaign, places=5):
    """Take the first places of the ranking of a campaign, and write their texts."""
    window = app.window()
    desk = app.campaigns.desk(campaign.removeprefix("/c/"))
    keys = [row["resource"] for row in desk.ranked().ranking.table.head(places)]
    window.post(f"{campaign}/ranking/take", [("take", key) for key in keys])
    window.post(f"{campaign}/texts/write")
    return window


@pytest.mark.parametrize("language", SHOWN)
def test_places_are_filled_in(app, page_in, language):  # noqa: PLR0915 - one walk
    """Typed by way of an input method, wrong, changed in Excel meanwhile, pasted as a block, undone after a reload."""
    t = Texts(language)
    campaign = app.sample()
    take_places(app, campaign)
    desk = app.campaigns.desk(campaign.removeprefix("/c/"))
    sheet = desk.folder / "sheet.xlsx"
    first = read_sheet(sheet).facts[0].key
    page = page_in(language)
    page.goto(f"{app.keys.origin}{campaign}/places")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    def stored(column, place=0):
        return read_sheet(sheet).facts[place].cells.get(column, "")

    page.focus("#c-1-rules")
    method = page.context.new_cdp_session(page)
    for text in ("п", "пр", "пра"):
        method.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    method.send("Input.insertText", {"text": "правила: до 2 000 знаков ա́ή"})
    assert sent == []
    page.keyboard.press("Tab")
    announced(page, t("places.saved", column=page.inner_text("#col-rules"), place=page.input_value("#c-1-place")))
    assert stored("rules") == "правила: до 2 000 знаков ա́ή"
    page.wait_for_selector("#c-1-contact:focus")
    assert len(sent) == 1

    page.fill("#c-1-subscribers", "много")
    page.keyboard.press("Tab")
    page.wait_for_selector("#c-1-subscribers[aria-invalid]")
    page.wait_for_selector("#alarm:not(:empty)", state="attached")
    assert page.input_value("#c-1-subscribers") == "много"
    assert stored("subscribers") == "48200"
    page.fill("#c-1-subscribers", "12 тыс.")
    page.keyboard.press("Tab")
    page.wait_for_selector("#c-1-subscribers:not([aria-invalid])")
    assert stored("subscribers") == "12 тыс."

    app.window().post(
        f"{campaign}/places/cell", {"place": first, "column": "price", "text": "70", "seen": "", "row": 1, "mark": ""}
    )
    page.fill("#c-1-price", "40 EUR")
    page.keyboard.press("Tab")
    page.wait_for_selector("#note-1-price.fault")
    assert (page.input_value("#c-1-price"), stored("price")) == ("70", "70")
    page.fill("#c-1-price", "40 EUR")
    page.keyboard.press("Tab")
    page.wait_for_selector("#note-1-price:not(.fault)", state="attached")
    assert stored("price") == "40 EUR"

    page.focus("#c-2-accepts_posts")
    page.evaluate("""() => {
        const data = new DataTransfer();
        data.setData("text/plain", "yes\\twrite\\r\\npaid\\tbuy\\r\\n");
        const pasting = {clipboardData: data, bubbles: true, cancelable: true};
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", pasting));
    }""")
    page.wait_for_selector("#preview-title:focus")
    page.click("#keep")
    announced(page, t("places.note-pasted", cells=4))
    assert [stored("way_in", place) for place in (1, 2)] == ["write", "buy"]
    page.reload()
    page.click("#undo-it")
    announced(page, t("places.note-undone", change=t("places.change-cells", cells=4)))
    assert [stored("way_in", place) for place in (1, 2)] == ["", ""]
    page.fill("#c-3-accepts_posts", "no")
    page.keyboard.press("Enter")
    page.wait_for_selector("#state-3 .state.no")
    page.click(f".main-button >> text={t('places.main')}")
    page.wait_for_selector("#plan-wanted")
    page.click("nav a[href$='/texts']")
    page.wait_for_selector("#the-brief")


@pytest.mark.parametrize("language", SHOWN)
def test_from_a_brief_to_a_conclusion(app, page_in, language):
    """A brief that is typed and previewed, a text that is changed, a post that is out, results that are read."""
    t = Texts(language)
    campaign = app.sample()
    take_places(app, campaign)
    page = page_in(language)
    page.goto(f"{app.keys.origin}{campaign}/texts?brief=1")
    page.fill("#b-problem", "Опять пустой пост? Πάλι; Կրկին՞")
    page.wait_for_selector("#previews .post:has-text('Опять')")
    page.click(f"text={t('texts.brief-save')}")
    page.wait_for_selector("#the-brief:not([open])")
    assert t("texts.note-written", texts=5) in page.inner_text(".note")
    page.fill("#text", "x" * 2500)
    page.wait_for_selector("#measure.fault")
    page.fill("#text", "Ժամանակ https://example.org")
    page.keyboard.press("Tab")
    page.wait_for_selector(f".note:has-text('{t('texts.note-kept')}')")
    assert page.input_value("#text") == "Ժամանակ https://example.org"
    assert page.evaluate("document.activeElement !== document.body")
    page.fill("#out-address", "https://example.org/post")
    page.click(f"text={t('texts.out-save')}")
    page.wait_for_selector("#next")
    page.click("#next")
    page.wait_for_selector("#main-copy")
    page.click(f"nav >> text={t('pages.results')}")
    page.click(f"text={t('results.read')}")
    page.wait_for_selector("#save")
    page.click(f"#tag-title ~ ul button:has-text('{t('results.tie')}')")
    page.wait_for_selector("#tag-title", state="detached")
    page.click("#typing summary")
    page.fill("#n-1-views", "900")
    page.keyboard.press("Enter")
    page.wait_for_selector(f".note:has-text('{t('results.note-typed')}')")
    assert page.input_value("#n-1-views") == "900"


def test_what_is_typed_stays_when_the_language_changes(app, page_in):
    """Answers of a brief that is not saved yet come back in the other language, and their preview with them."""
    campaign = app.sample()
    page = page_in("en")
    page.goto(f"{app.keys.origin}{campaign}/texts?brief=1")
    page.fill("#b-problem", "Again an empty post?")
    page.fill("#b-author", "Zobi")
    page.select_option("#language", "ru")
    page.wait_for_selector(f"#the-brief:has-text('{Texts('ru')('texts.field-problem')}')")
    assert (page.input_value("#b-problem"), page.input_value("#b-author")) == ("Again an empty post?", "Zobi")
    page.wait_for_selector("#previews .post:has-text('Again an empty post?')")
    assert "brief=1" in page.url
    page.reload()
    assert page.input_value("#b-problem") != "Again an empty post?"


def test_a_text_is_copied(app, page_in):
    """The main button copies what stands in the field, the others the link; it is said, and the focus stays."""
    campaign = app.sample()
    take_places(app, campaign, 2)
    page = page_in("en", permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{app.keys.origin}{campaign}/texts")
    page.focus("#main-copy")
    page.keyboard.press("Enter")
    page.wait_for_selector("#status:has-text('Copied')", state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#text")
    page.click("text=Copy the link")
    page.wait_for_selector("button[data-copies=link][data-done]")
    assert page.evaluate("navigator.clipboard.readText()") == page.inner_text("#link")
    chip = page.locator("nav.places a:not([aria-current])")
    chosen = chip.get_attribute("id")
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{chosen}[aria-current]")
    page.wait_for_selector(f"#{chosen}:focus")


def test_the_report_is_chosen_looked_at_and_sent(app, page_in):
    """By keyboard alone: a section is left out, own words are saved and taken back; the frame follows each time."""
    t = Texts("en")
    campaign = app.sample()
    page = page_in("en")
    blocked = []
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)
    page.goto(f"{app.keys.origin}{campaign}/report")
    shown = page.frame_locator("#preview")
    shown.locator("section.ranking").wait_for()
    page.focus("#section-ranking")
    page.keyboard.press("Space")
    shown.locator("section.ranking").wait_for(state="detached")
    page.wait_for_selector("#section-ranking:focus")
    page.focus("#words-intro")
    page.keyboard.type("A **good** month <b>")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    announced(page, t("report.note-words"))
    shown.locator("strong:has-text('good')").wait_for()
    assert shown.locator(".prose b").count() == shown.locator("section.ranking").count() == 0
    with page.expect_download() as saved:
        page.focus("#download")
        page.keyboard.press("Enter")
    assert b"<strong>good</strong> month &lt;b&gt;" in Path(saved.value.path()).read_bytes()
    page.focus("#undo-it")
    page.keyboard.press("Enter")
    announced(page, t("report.note-words-undone"))
    shown.locator(".prose").wait_for(state="detached")
    assert page.input_value("#words-intro") == ""
    assert blocked == []


@pytest.mark.parametrize(("language", "scheme"), VIEWS)
def test_the_other_pages_are_accessible(app, browser, language, scheme):
    """The rules of axe hold on these pages with and without anything to show, and nothing is wider than a phone."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    campaign = app.sample()
    window = take_places(app, campaign)
    window.post(f"{campaign}/results/read")
    window.post(f"{campaign}/places/row", {"name": "instagram:storyfribble", "link_place": "somewhere", "seen": "{}"})
    asked = b"date,utm_content,How did you hear about us?\n2026-05-12,,Contentoodlery\n2026-05-13,,a friend\n"
    window.send(f"{campaign}/results/files", ("asked.csv", asked))
    app.campaigns.create("Empty", {}, language)
    empty = f"/c/{app.campaigns.known()[0].id}"
    width = 320 if scheme == "dark" else 1280
    context = browser.new_context(
        locale=language, color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 800},
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto(app.keys.address())
    page.wait_for_selector("h1")
    found = {}
    for path in (
        f"{empty}/texts", f"{empty}/results", f"{campaign}/texts?brief=1", f"{campaign}/results?again=access.log",
        f"{campaign}/today", f"{campaign}/contacts", f"{campaign}/settings", f"{campaign}/help/howto/app",
        f"{empty}/places", f"{campaign}/places?more=1",
    ):  # fmt: skip
        page.goto(app.keys.origin + path)
        page.wait_for_selector("h1")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = !one.matches('.switch') })")
        found[path] = [(one["id"], one["nodes"][0]["target"]) for one in axe.run(page).response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


def tab_to(page, selector, most=90):
    """Press Tab until an element has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab does not come to {selector}")


@pytest.mark.slow
def test_contacts_by_keyboard_alone(app, page_in, monkeypatch):  # noqa: PLR0915 - one walk
    """Today, the contact, the letter, copied, recorded, undone; then groups and the map. The focus is never lost."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    monkeypatch.delenv("OUTREACH_BOOK", raising=False)
    campaign = app.sample()
    desk = app.campaigns.desk(campaign.removeprefix("/c/"))
    with (desk.folder / "outreach.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[writer]\nname = "Anna Ozola"\nrole = "editor"\nyears = 14\npublished = ["https://zobi.example/a"]\n'
        )
    book = open_book()
    marina = book.add(
        Person(name="Marina", channels=(Channel("telegram", "@marina_example"),), places=("telegram:smm_riga",))
    )
    book.log([Event(kind="replied", at="2026-01-05", person=marina.id, resource="telegram:smm_riga")])
    app.window().send(f"{campaign}/groups/files", ("survey.csv", SURVEY.read_bytes()))
    page = page_in("en", permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{app.keys.origin}{campaign}/today")
    tab_to(page, "#next")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#card-{marina.id}")
    tab_to(page, "[name=found]")
    for name, text in (
        ("found", "website"), ("post_date", ""), ("post_fact", "40 people asked about lists"),
        ("why", "Your readers ask about lists."),
    ):  # fmt: skip
        tab_to(page, f"[name={name}]") if name != "found" else None
        page.keyboard.type(text)
        if name == "post_date":
            page.fill("[name=post_date]", "2026-01-03")
    tab_to(page, f"#draft-{marina.id}")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sent-it")
    page.wait_for_selector(f"#draft-{marina.id}:focus")
    assert "40 people asked about lists" in page.input_value("[name=text]")
    tab_to(page, "[name=text]")
    page.keyboard.press("Control+Home")
    with page.expect_response("**/contacts/letter"):
        page.keyboard.type("Dear Editor, [text] ")
    page.wait_for_selector(".warnings li")
    page.wait_for_timeout(100)  # the focus goes back a moment after the findings are there
    assert page.evaluate("document.activeElement.name") == "text"
    tab_to(page, f"#copy-{marina.id}")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#copy-{marina.id}[data-done]")
    page.wait_for_selector("#sent-it:not(.quiet)")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Dear Editor, [text] ")
    assert len(page.context.pages) == 1
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = !one.matches('.switch') })")
    assert [one["id"] for one in axe.run(page).response["violations"]] == []
    tab_to(page, "#sent-it")
    page.keyboard.press("Enter")
    page.wait_for_selector("#undo-it")
    page.wait_for_selector("#main:focus, #main :focus")
    assert [one.kind for one in book.events()] == ["replied", "wrote"]
    tab_to(page, "#undo-it")
    page.keyboard.press("Enter")
    page.wait_for_selector("#undo-it", state="detached")
    page.wait_for_selector("#main:focus, #main :focus")
    assert [one.kind for one in book.events()] == ["replied"]
    page.goto(f"{app.keys.origin}{campaign}/groups?survey=survey.csv")
    tab_to(page, "main summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")
    page.goto(f"{app.keys.origin}{campaign}/ranking/map")
    tab_to(page, ".place")
    first = page.evaluate("document.activeElement.dataset.place")
    page.keyboard.press("Enter")
    page.wait_for_selector(".place[aria-pressed=true]")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.place") != first
