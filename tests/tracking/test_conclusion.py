"""The three lines on top of the report: each situation by hand, and nothing claimed that is not proven."""

import re
import string
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.messages import LANGUAGES, full_sentence
from outreach.messages.en import SENTENCES
from outreach.messages.plurals import FORM
from outreach.tracking.attribution import Attribution
from outreach.tracking.base import STEPS
from outreach.tracking.conclusion import conclude, nearest
from outreach.tracking.conversion import conversion
from outreach.tracking.grouping import Grouping
from outreach.tracking.lines import Choice
from tests.examples import examples

OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.fixture
def sections(placement, imported, row):
    """Make a report of places: name to conversions, visits and cost; and conversions without a tag."""

    def make(places, *, untagged=0, kind="conversion", **values):
        placements = [
            placement(place, name=place.title(), cost=cost, currency="EUR" if cost else None)
            for place, (_, _, cost) in places.items()
        ]
        rows = [row(place, visits, hits) for place, (hits, visits, _) in places.items()]
        rows += [row("", 10 * untagged, untagged)] if untagged else []
        imports = imported("access-log", *rows, kind=kind, **values)
        return conversion(Grouping(Attribution(placements)), [imports[0]], imports[1], Choice())

    return make


def said(found, language="en"):
    return [full_sentence(one, language) for one in conclude(found)]


def codes(found):
    return [one.code for one in conclude(found)]


def test_a_clear_winner(sections):
    """The best place with its range and its price; whom to leave out; what is not known."""
    places = {"baker": (15, 124, 40.0), "club": (3, 58, None), "owl": (4, 160, 60.0)}
    assert said(sections(places, untagged=7)) == [
        (
            "Best: Baker, 15 conversions from 124 visits (12 %, likely 7-19 %, 2.67 EUR each). "
            "Chance hardly explains its lead."
        ),
        "Repeat it. Next round without Owl: 4 conversions from 160 visits (3 %, likely 1-6 %, 15 EUR each).",
        (
            "Not known yet: 1 place with under 60 visits; 7 of 29 conversions had no tag: every place may have a few "
            "more."
        ),
    ]


def test_one_to_drop(sections):
    """Where nobody is ahead, and one is behind beyond chance."""
    places = {"online": (1, 160, 60.0), "mamas": (10, 125, 40.0), "life": (10, 125, None)}
    assert said(sections(places)) == [
        (
            "Drop Online: 1 conversion from 160 visits (0.6 %, likely 0.1-3 %, 60 EUR each). "
            "The others: 20 conversions from 250 visits (likely 5-12 %)."
        ),
        "Even with luck it stays behind them. Move the 60 EUR to Life or Mamas.",
        "Not known yet: which of the other 2 is better.",
    ]


def test_nothing_can_be_told(sections):
    """No winner, nobody to drop: where visits are cheap, and what would tell more."""
    found = said(sections({"riga": (4, 60, 60.0), "mamas": (3, 41, 40.0), "life": (2, 30, 40.0)}))
    assert found[0].startswith("No place is ahead yet: 9 conversions from 131 visits in 3 places.")
    assert found[1].endswith("Place the next post where visits are cheapest: Mamas, 0.98 EUR each.")
    assert "Where did you hear of us?" in found[2]


def test_tags_missing(sections):
    """More than half came without a tag: no ranking, and the places whose link nobody used are named."""
    found = said(sections({"riga": (4, 60, None), "life": (0, 0, None)}, untagged=22))
    assert found[0] == "No ranking is possible: 22 of 26 conversions (85 %) came without a tag."
    assert found[1].startswith("1 place shows no visit by the tagged link (Life)")


def test_one_place_and_no_conversions(sections):
    """There is nothing to compare, or nothing to count yet."""
    assert codes(sections({"riga": (4, 60, None)}))[0] == "conclusion-one-place"
    assert codes(sections({"riga": (0, 60, None), "life": (0, 10, None)}))[0] == "conclusion-none-yet"
    assert conclude([]) == ()
    assert nearest([]) is None


@pytest.mark.parametrize("kind", STEPS)
def test_the_steps_of_bookings_have_names(sections, kind):
    """In every language, and nothing is concluded from who dropped out where there is more."""
    found = sections({"baker": (15, 124, 40.0), "owl": (4, 160, None)}, kind=kind)
    for language in LANGUAGES:
        assert all(said(found, language))


def test_nearest_to_money_speaks(sections):
    """Sales and customers before who came, booked, enquired; who dropped out never before a step."""
    made = {kind: sections({"baker": (15, 124, 40.0)}, kind=kind)[0] for kind in (*STEPS, "signup", "sale")}
    order = []
    while made:
        order.append(nearest([*made.values()]).pair.kind)
        del made[order[-1]]
    assert order[:6] == ["sale", "paid", "came", "booked", "signup", "enquiry"]


def test_views_and_prices_alone(placement, imported, row):
    """Without visits the price of a thousand views is what is known."""
    placements = [placement("a", cost=40.0, currency="EUR"), placement("b", cost=10.0, currency="EUR")]
    views, rows = imported("sheet", row("a", 4000), row("b", 500), unit="view")
    visits, none = imported("access-log", row("", 0))
    found = conversion(Grouping(Attribution(placements)), [views, visits], [*rows, *none], Choice())
    assert full_sentence(conclude(found)[0]) == "Views are cheapest at A: 10 EUR per 1,000."


small = st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=examples(30))
@given(st.lists(small, min_size=1, max_size=6))
def test_only_what_is_proven_is_best_or_to_be_dropped(counts):
    """Whatever the counts: one conclusion, and "best" only where the verdict says ahead."""
    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.imports import Import, Result

    placements, rows = [], []
    for number, (hits, visits) in enumerate(counts):
        tags = {"utm_source": "vk", "utm_medium": "social", "utm_campaign": "c", "utm_content": f"p{number}--a-1xxxx"}
        link = "https://x.example/?" + "&".join(f"{name}={value}" for name, value in tags.items())
        placements.append(
            Placement(
                resource=f"vk:p{number}",
                platform="vk",
                campaign="c",
                status="published",
                variant="a",
                final_url=link,
                **tags,
            )
        )
        values = {name: value for name, value in tags.items() if name != "utm_medium"}
        rows.append(Result(import_id=1, denominator=visits, numerator=hits, **values))
    one = Import(
        id=1, sha256="1", tool="access-log", source_name="access-log", grain="period", unit="visit", kind="conversion",
        period_start="2026-05-01", period_end="2026-05-02",
    )  # fmt: skip
    found = conversion(Grouping(Attribution(placements)), [one], rows, Choice())
    words = [line.verdict for line in found[0].lines]
    assert 1 <= len(conclude(found)) <= 3
    assert (codes(found)[0] == "conclusion-best") == ("ahead" in words)
    for language in LANGUAGES:
        assert all(said(found, language))


def of_conclusion(text):
    return re.match(
        r"(conclusion|count|of|in|unknown|untagged|share|likely|brought|either|some|each|texts|stability|plan|setting)\b",
        text,
    )


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_sentence_of_the_conclusion(language):
    """The same codes, the same values, as many forms of a noun as its numbers take."""
    found = tomllib.loads(files("outreach.messages").joinpath(f"{language}.toml").read_text("utf-8"))["sentences"]
    before = set(list(SENTENCES)[: list(SENTENCES).index("count-signup")])  # of other rooms, which say other things
    found = {code: text for code, text in found.items() if of_conclusion(code) and code not in before}
    wanted = {code: text for code, text in SENTENCES.items() if of_conclusion(code) and code not in before}
    assert found.keys() == wanted.keys()
    forms = max(FORM[language](number) for number in range(200)) + 1
    for code, text in found.items():
        fields = {name: spec for _, name, spec, _ in string.Formatter().parse(text) if name}
        assert fields.keys() <= {name for _, name, _, _ in string.Formatter().parse(wanted[code]) if name}, code
        assert all(len(spec.split("|")) == forms for spec in fields.values() if "#" in spec), code


def test_numbers_are_written_as_the_language_writes_them(sections):
    """Forms of nouns, decimal commas, the full stop of Armenian."""
    found = sections({"baker": (31, 224, 40.0), "owl": (1, 1160, 60.0)})
    assert "31 конверсия из 224 визитов (14 %, вероятно 10-19 %, по 1,29 EUR)" in said(found, "ru")[0]
    assert "1 конверсия из 1\N{NO-BREAK SPACE}160 визитов" in said(found, "ru")[1]
    assert "από 1.160 επισκέψεις" in said(found, "el")[1]
    assert "31 konversija no 224 apmeklējumiem" in said(found, "lv")[0]
    assert said(found, "hy")[0].endswith("։")
