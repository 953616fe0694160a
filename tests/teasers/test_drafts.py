"""Drafts: one text for one resource, whole texts in the languages of our users, and what is said beside them."""

import re
import string
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.campaign.ledger import open_ledger
from outreach.errors import InputError
from outreach.keys import identify, platform_of
from outreach.teasers.brief import Brief, Disclosure, Short, read_brief
from outreach.teasers.disclosure import disclosed, doubts, field_doubts
from outreach.teasers.drafts import LINK_PLACES, draft, placement_of
from outreach.teasers.history import History, turn
from outreach.teasers.lengths import RULES, measure
from outreach.teasers.rendering import Templates
from outreach.teasers.shorteners import Short as ShortLink
from outreach.teasers.targets import Target
from outreach.teasers.terms import NO_TERMS, Terms

TEMPLATES = Templates()
BRIEF = Brief(
    "https://example.org/how",
    "Spring",
    ("Lost?",),
    ("Look here. Look there.",),
    ("A list.",),
    bonus_how="no sign-up",
    hashtags=("smm",),
)


def place(key, **more):
    return Target(key, platform_of(key), **more)


def one(brief, key="telegram:smm_riga", **more):
    drafted = draft(brief, [place(key, **more)], TEMPLATES, anyway=True)
    assert len(drafted.drafts) == 1
    return drafted.drafts[0]


def test_russian():
    """A whole Russian teaser for Telegram: words between the texts, a Latin link, length in characters."""
    made = one(
        Brief(
            "https://example.org/заявки",
            "Весна 2026",
            ("Куда пропадают заявки с сайта?",),
            ("Чаще всего — в почте, которую никто не открывает. Мы проверили двенадцать школ.",),
            ("чек-лист на одну страницу.",),
            bonus_how="в статье, без регистрации",
            language="ru",
            hashtags=("смм", "заявки"),
        )
    )
    assert made.text == (
        "Куда пропадают заявки с сайта?\n\n"
        "Чаще всего — в почте, которую никто не открывает. Мы проверили двенадцать школ.\n\n"
        "Читайте дальше: https://example.org/заявки?utm_source=telegram&utm_medium=social&utm_campaign=vesna-2026"
        "&utm_content=smm-riga--a-f871v\n\n"
        "Бонус: чек-лист на одну страницу (в статье, без регистрации).\n\n"
        "#смм #заявки"
    )
    assert (made.length, made.limit, made.unit, made.campaign) == (len(made.text), 4096, "code points", "vesna-2026")


def test_greek():
    """A whole Greek teaser for Facebook, the link in the first comment."""
    made = one(
        Brief(
            "https://example.org/pelates",
            "Άνοιξη",
            ("Πού χάνονται οι πελάτες σας;",),
            ("Στα μηνύματα που δεν διαβάζει κανείς.",),
            ("λίστα ελέγχου",),
            bonus_how="μέσα στο άρθρο",
            language="el",
            link_place="comment",
            emoji=True,
        ),
        "facebook:paradeigma",
    )
    assert made.text == (
        "Πού χάνονται οι πελάτες σας;\n\n"
        "Στα μηνύματα που δεν διαβάζει κανείς.\n\n"
        "👉 Ο σύνδεσμος είναι στο πρώτο σχόλιο.\n\n"
        "🎁 Μπόνους: λίστα ελέγχου (μέσα στο άρθρο)"
    )
    assert made.comment == f"👉 Διαβάστε τη συνέχεια: {made.link}"
    assert made.link.startswith(
        "https://example.org/pelates?utm_source=facebook&utm_medium=social&utm_campaign=anoixi&utm_content=paradeigma--a-"
    )


def test_armenian():
    """A whole Armenian teaser for a paid place on Instagram, the link in the profile."""
    made = one(
        Brief(
            "https://example.org/hy",
            "Գարուն",
            ("Որտե՞ղ են կորչում հայտերը։",),
            ("Նամակներում, որոնք ոչ ոք չի կարդում։",),
            ("ստուգաթերթ։",),
            bonus_how="հոդվածում",
            language="hy",
            hashtags=("մարքեթինգ",),
            disclosure=Disclosure("Գովազդ", advertiser="«Օրինակ» ՍՊԸ"),
            market="AM",
        ),
        "instagram:orinak",
        deal="paid",
    )
    assert made.text == (
        "Որտե՞ղ են կորչում հայտերը։\n\n"
        "Նամակներում, որոնք ոչ ոք չի կարդում։\n\n"
        "Հղումը սթորիում է։\n\n"
        "Բոնուս՝ ստուգաթերթ (հոդվածում)։\n\n"
        "#մարքեթինգ\n\n"
        "Գովազդ։ «Օրինակ» ՍՊԸ"
    )
    assert (made.link_place, made.deal, [one.code for one in made.warnings]) == ("sticker", "paid", ["sticker-or-code"])
    assert "utm_campaign=garun&" in made.link


def test_latvian_markdown():
    """Reddit gets Markdown: the title as a link, hard line breaks, no hashtags, people's signs escaped."""
    brief = Brief(
        "https://example.org/lv",
        "Pavasaris",
        ("Kur pazūd *klienti*?\nUn kāpēc?",),
        ("E-pastā.",),
        title="10 [vēstules]",
        language="lv",
        hashtags=("mārketings",),
    )
    made = one(brief, "reddit:r/latvia")
    assert made.text == (
        f"Kur pazūd \\*klienti\\*?  \nUn kāpēc?\n\nE-pastā.\n\nLasiet tālāk: [10 \\[vēstules\\]]({made.link})"
    )


def test_telegram_has_a_second_text_with_words_for_links():
    """MarkdownV2, https://core.telegram.org/bots/api#markdownv2-style; other platforms have none."""
    made = one(replace(BRIEF, title="10 ways (new!)"))
    assert made.marked == (
        "Lost?\n\nLook here\\. Look there\\.\n\n"
        f"Read on: [10 ways \\(new\\!\\)]({made.link})\n\n"
        "*Bonus:* A list \\(no sign\\-up\\)\\.\n\n\\#smm"
    )
    assert one(BRIEF, "vk:club7").marked == ""


def test_variants_take_turns():
    """One draft a place; with every_variant each text for each place."""
    brief = replace(BRIEF, problem=("Lost?", "Late?"))
    places = [place(f"vk:club{number}") for number in range(1, 41)]
    turns = draft(brief, places, TEMPLATES).drafts
    assert {made.text[:5]: made.variant for made in turns} == {"Lost?": "a", "Late?": "b"}
    assert [made.resource for made in turns] == [target.resource for target in places]
    every = draft(brief, places[:2], TEMPLATES, every_variant=True).drafts
    assert [(made.resource, made.variant) for made in every] == [
        ("vk:club1", "a"), ("vk:club1", "b"), ("vk:club2", "a"), ("vk:club2", "b"),
    ]  # fmt: skip


@given(st.permutations([f"vk:club{number}" for number in range(1, 9)]), st.integers(1, 8))
def test_whose_turn_it_is_does_not_depend_on_the_list(keys, length):
    """A place has its text and its link in every list."""
    brief = replace(BRIEF, problem=("Lost?", "Late?"))
    whole = {made.resource: made.link for made in draft(brief, [place(key) for key in sorted(keys)], TEMPLATES).drafts}
    some = draft(brief, [place(key) for key in keys[:length]], TEMPLATES).drafts
    assert [made.link for made in some] == [whole[key] for key in keys[:length]]


@given(st.integers(1, 25), st.lists(st.text(min_size=1), unique=True, max_size=30))
def test_a_variant_more_takes_over_and_mixes_nothing_up(count, places):
    """Only places that get the new one change."""
    names = string.ascii_lowercase[: count + 1]
    for resource in places:
        before, after = turn("spring", resource, names[:-1]), turn("spring", resource, names)
        assert after in {before, names[-1]}


def test_turns_are_fair_in_the_long_run():
    """Of a thousand places each of four texts gets about a quarter."""
    turns = Counter(turn("spring", f"vk:club{number}", "abcd") for number in range(1000))
    assert all(200 < count < 300 for count in turns.values())


@pytest.mark.parametrize("status", ["drafted", "published"])
def test_a_place_keeps_the_text_that_the_ledger_has(status):
    """Whatever its own turn would be; a published one gets no other one beside it."""
    brief = replace(BRIEF, problem=("Lost?", "Late?", "Lazy?"))
    for variant in "abc":
        every = draft(brief, [place("vk:club1")], TEMPLATES, every_variant=True).drafts
        known = [replace(placement_of(made), status=status) for made in every if made.variant == variant]
        drafted = draft(brief, [place("vk:club1")], TEMPLATES, history=History(known))
        assert [made.variant for made in drafted.drafts] == [variant]
        assert [old.variant for old in drafted.frozen] == [variant] * (status == "published")


def test_the_next_round_is_another_text_where_there_is_one():
    """Readers there know the first one; when all have been there, the turns begin again."""
    brief = replace(BRIEF, problem=("Lost?", "Late?"))
    known = []
    for number in (1, 2, 3):
        (made,) = draft(brief, [place("vk:club1")], TEMPLATES, history=History(known, again=True)).drafts
        assert made.round == number
        known.append(replace(placement_of(made), status="published"))
    assert known[0].variant == known[2].variant != known[1].variant
    assert len({old.final_url for old in known}) == 3


def test_what_was_published_is_what_the_ledger_has():
    """Its text and its link, whatever the brief says now; without a text there is no draft."""
    (first,) = draft(BRIEF, [place("vk:club1")], TEMPLATES).drafts
    known = replace(placement_of(first), status="published", deal="paid", cost=20.0, currency="EUR")
    changed = replace(BRIEF, url="https://example.org/other", problem=("Late?",))
    (made,) = draft(changed, [place("vk:club1")], TEMPLATES, history=History([known])).drafts
    assert (made.text, made.link, made.link_place, made.status, made.cost) == (
        first.text, first.link, "text", "published", 20.0,
    )  # fmt: skip
    assert tuple(map(str, made.warnings)) == ("is published: its text is in the ledger and does not change any more",)
    without = draft(changed, [place("vk:club1")], TEMPLATES, history=History([replace(known, text="")]))
    assert (without.drafts, len(without.frozen)) == ([], 1)


def test_a_published_text_that_the_brief_has_no_more():
    """No second one goes there."""
    (first,) = draft(replace(BRIEF, problem=("Lost?", "Late?")), [place("vk:club1")], TEMPLATES).drafts
    assert first.variant == "b"
    known = replace(placement_of(first), status="published")
    drafted = draft(BRIEF, [place("vk:club1")], TEMPLATES, history=History([known]))
    assert [made.variant for made in drafted.drafts] == ["b"]


def test_the_brief_can_say_which_text_a_place_gets():
    """Where its turn does not please."""
    brief = replace(BRIEF, problem=("Lost?", "Late?"))
    for name in "ab":
        own = replace(brief, places={"vk:club1": replace(brief, variant=name)})
        assert [made.variant for made in draft(own, [place("vk:club1")], TEMPLATES).drafts] == [name]


def test_places_with_the_same_text_are_named():
    """Whoever follows both of them sees it twice."""
    (said,) = map(str, draft(BRIEF, [place("vk:club1"), place("x:riga")], TEMPLATES).remarks)
    assert said.partition(";")[0] == "these 2 places get the same text (variant a): vk:club1, x:riga"
    assert draft(BRIEF, [place("vk:club1")], TEMPLATES).remarks == []


def test_how_many_customers_see_it_twice_at_least():
    """Where places of one platform have more followers than there are customers with a list."""
    places = [place("vk:a", overlap=7, listed=9), place("vk:b", overlap=5, listed=9), place("x:c", overlap=9)]
    (said,) = map(str, draft(BRIEF, places, TEMPLATES).remarks)
    assert "; at least 3 of your customers follow more than one of them; write several texts" in said
    (said,) = map(
        str, draft(BRIEF, [place("vk:a", overlap=7, listed=9), place("x:c", overlap=7, listed=9)], TEMPLATES).remarks
    )
    assert "your customers" not in said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "none of your customers follows more than one of them; write several"),
        (1, "; 1 of your customers follows more than one of them; write several"),
        (4, "; 4 of your customers follow more than one of them; write several"),
    ],
)
def test_how_many_customers_see_it_twice(count, said):
    """Exactly, where their lists are there."""
    places = [place("vk:a", overlap=7, listed=9), place("vk:b", overlap=5, listed=9)]
    asked = []
    (sentence,) = map(str, draft(BRIEF, places, TEMPLATES, shared=lambda keys: asked.append(keys) or count).remarks)
    assert said in sentence
    assert asked == [["vk:a", "vk:b"]]


def test_a_brief_with_several_texts_gets_another_advice():
    """They take turns already, and by chance two places can have the same one."""
    brief = replace(BRIEF, problem=("Lost?", "Late?"))
    said = [*map(str, draft(brief, [place(f"vk:club{number}") for number in (1, 2, 3, 4, 5)], TEMPLATES).remarks)]
    assert said[0].endswith('write variant = "a" below [resource."vk:club5"] in the brief to give that place another')


def test_places_that_take_no_posts_are_named():
    """They get no draft unless that is meant; then by name, and their drafts say so too."""
    places = [place("vk:club1", name="SMM Riga", accepts_posts="no"), place("x:riga", accepts_posts="yes")]
    refused = draft(BRIEF, places, TEMPLATES)
    assert [made.resource for made in refused.drafts] == ["x:riga"]
    assert str(refused.unfit[0].reason) == "the sheet says that this place takes no posts; --anyway drafts it"
    drafted = draft(BRIEF, places, TEMPLATES, anyway=True)
    assert str(drafted.remarks[-1]) == "by the sheet, these places take no posts: SMM Riga (vk:club1)"
    assert [len(made.warnings) for made in drafted.drafts] == [1, 0]


@given(st.lists(st.sets(st.integers(1, 6)), min_size=2, max_size=5))
def test_never_more_customers_than_there_are(followers):
    """Whoever follows what: what a ranking can tell of them is no overstatement."""
    places = [place(f"vk:p{number}", overlap=len(one), listed=6) for number, one in enumerate(followers)]
    (said,) = map(str, draft(BRIEF, places, TEMPLATES).remarks)
    found = re.search(r"at least (\d+) of", said)
    assert int(found[1] if found else 0) <= sum(sum(who in one for one in followers) > 1 for who in range(1, 7))


@pytest.mark.parametrize("deal", ["free", "paid"])
@pytest.mark.parametrize(("template", "codes"), [("{{ problem }}", {"link-missing", "disclosure"}),
                                                 ("{{ disclosure }} {{ link }}", set())])  # fmt: skip
def test_a_template_that_leaves_out_what_is_needed(tmp_path, deal, template, codes):
    """The link, and the disclosure where a post is paid for; escaped ones are there too."""
    brief = replace(BRIEF, bonus=(), disclosure=Disclosure("*Ad*. The Example (ltd)"))
    for platform in ("vk", "reddit"):
        (tmp_path / f"{platform}.j2").write_text(template)
        made = draft(brief, [place(f"{platform}:riga", deal=deal)], Templates(tmp_path)).drafts[0]
        said = {warning["label"] for warning in made.warnings if "leaves" in str(warning)}
        assert said == (codes if deal == "paid" else codes - {"disclosure"})


@pytest.mark.parametrize(
    ("key", "sheet", "brief", "expected"),
    [
        ("vk:club1", "", "", "text"),
        ("instagram:riga", "", "", "sticker"),
        ("instagram:riga", "", "text", "text"),
        ("vk:club1", "", "button", "button"),
        ("vk:club1", "comment", "button", "comment"),
    ],
)
def test_the_sheet_says_where_the_link_goes_before_the_brief_and_the_platform(key, sheet, brief, expected):
    """And the link stands in the text, in the comment, or in neither."""
    made = one(replace(BRIEF, link_place=brief), key, link_place=sheet)
    assert made.link_place == expected
    assert (made.link in made.text, made.link in made.comment) == (expected == "text", expected == "comment")


def test_no_platform_has_its_link_where_nobody_can_click():
    """The table agrees with the one of the platforms' rules."""
    dead = {name for name, rule in RULES.items() if not rule.clickable}
    assert dead == LINK_PLACES.keys()


def test_too_long_is_no_draft_and_says_by_how_much():
    """Others get theirs."""
    drafted = draft(replace(BRIEF, problem=("a" * 300,)), [place("x:riga"), place("vk:club1")], TEMPLATES)
    assert [made.resource for made in drafted.drafts] == ["vk:club1"]
    (unfit,) = drafted.unfit
    shortest = "a" * 300 + "\n\nRead on: " + "h" * 23
    assert str(unfit.reason) == f"{len(shortest) - 280} characters too long, shorten problem"


def test_bytes_are_called_bytes():
    """Bluesky has room for 3000 of them."""
    drafted = draft(
        replace(BRIEF, problem=("👨‍👩‍👧‍👦" * 130,), solution=("",), bonus=()),
        [place("bluesky:riga.example")],
        TEMPLATES,
    )
    assert str(drafted.unfit[0].reason).partition(" too")[0].endswith(" bytes")


def test_short_texts_where_there_is_little_room():
    """And how one gets the long bonus is not said of the short one."""
    brief = replace(BRIEF, solution=("No end of it " * 30 + ".",), short=Short(("Lo?",), ("Here.",), ("List.",)))
    made = one(brief, "x:riga")
    assert made.text.replace(made.link, "@") == "Lo?\n\nHere.\n\nRead on: @\n\nBonus: List."
    assert made.dropped == ("hashtags", "long problem, solution, bonus: [short] instead")
    assert made.length == measure(made.text, "x").length


def test_only_as_many_hashtags_as_have_an_effect():
    """Threads takes one."""
    assert one(replace(BRIEF, hashtags=("a", "b")), "threads:riga").text.endswith("#a")


def test_two_servers_of_mastodon_have_their_own_limits(tmp_path):
    """A post of 900 characters is too long for one server, fits another, and the brief says which is which."""
    path = tmp_path / "brief.toml"
    path.write_text(
        'url = "https://example.org/how"\ncampaign = "Spring"\nproblem = "Lost?"\n'
        f'solution = "{"Look there. " * 75}"\nbonus = "A list."\n'
        '[resource."mastodon:anna@wide.example"]\nlimit = 5000\n',
        encoding="utf-8",
    )
    wide, narrow = "mastodon:anna@wide.example", "mastodon:anna@narrow.example"
    made = draft(read_brief(path), [place(wide), place(narrow)], TEMPLATES).drafts
    assert [(one.resource, one.limit, bool(one.dropped)) for one in made] == [(wide, 5000, False), (narrow, 500, True)]


@pytest.mark.parametrize("limit", ["0", "-5", '"5000"', "true", "5.5", "10000000"])
def test_a_limit_is_a_number(tmp_path, limit):
    """And nothing that only looks like one."""
    path = tmp_path / "brief.toml"
    path.write_text(
        'url = "https://example.org/how"\ncampaign = "Spring"\nproblem = "Lost?"\nsolution = "Look."\n'
        f"[platform.mastodon]\nlimit = {limit}\n"
    )
    with pytest.raises(InputError, match="a whole number of characters above 0"):
        read_brief(path)


def test_other_limits():
    """A Mastodon server may take more."""
    brief = replace(BRIEF, problem=("a" * 600,))
    key = "mastodon:riga@social.example"
    assert draft(brief, [place(key)], TEMPLATES).unfit
    assert draft(brief, [place(key)], TEMPLATES, limits={"mastodon": 5000}).drafts[0].limit == 5000


def test_a_picture_leaves_less_room_on_telegram():
    """1,024 characters below it."""
    assert one(replace(BRIEF, image="plan.png")).limit == 1024


@pytest.mark.parametrize(
    ("asked", "sheet", "deal"),
    [(None, "", "free"), (None, "paid", "paid"), ("barter", "paid", "barter"), ("free", "paid", "free")],
)
def test_the_disclosure_stands_where_a_post_is_paid_for(asked, sheet, deal):
    """What the user asks for beats the sheet; nobody says anything: free."""
    brief = replace(BRIEF, disclosure=Disclosure("Ad."))
    (made,) = draft(brief, [place("vk:club1", deal=sheet)], TEMPLATES, terms=Terms(asked)).drafts
    assert made.deal == deal
    assert made.text.endswith("Ad.") == (deal != "free")


def test_a_disclosure_that_is_left_out_is_said():
    """Once, where nobody said what places get."""
    brief = replace(BRIEF, disclosure=Disclosure("Ad."))
    sentence = "without the disclosure of the brief, because not marked as paid: vk:club1 (--deal paid puts it in)"
    assert [*map(str, draft(brief, [place("vk:club1")], TEMPLATES).remarks)] == [sentence]
    assert draft(brief, [place("vk:club1")], TEMPLATES, terms=Terms("free")).remarks == []


@pytest.mark.parametrize("deal", ["barter", "paid"])
def test_money_without_a_disclosure_is_a_warning(deal):
    """In any market."""
    assert f"disclosure: {deal}, but the text does not say so: write a [disclosure]" in map(
        str, one(BRIEF, deal=deal).warnings
    )


@pytest.mark.parametrize(
    ("disclosure", "market", "missing"),
    [
        (Disclosure("Реклама", "2Vtz", "ООО «Пример»"), "RU", []),
        (Disclosure("Реклама. ООО «Пример», ИНН 1. erid: 2Vtz", advertiser="ООО «Пример»"), "RU", []),
        (Disclosure("Реклама", advertiser="ООО «Пример»"), "RU", ["no erid"]),
        (Disclosure("Реклама", "2Vtz"), "RU", ["no advertiser"]),
        (Disclosure("Партнёры", "2Vtz", "ООО «Пример»"), "RU", ["lacks the words"]),
        (Disclosure("Διαφήμιση"), "GR", []),
        (Disclosure("Apmaksāta reklāma"), "LV", []),
        (Disclosure("Thanks"), "LV", ["lacks the words"]),
        (Disclosure("Made #ad"), "US", []),
        (Disclosure("Made with Adobe"), "US", ["lacks the words"]),
        (Disclosure("Ad"), "JP", ["rules for paid posts are unknown"]),
        (Disclosure("Thanks"), "", []),
    ],
)
def test_what_a_market_wants(disclosure, market, missing):
    """A reminder each; never that a post is in order."""
    said = [*map(str, doubts(disclosure, "paid", market))]
    assert len(said) == len(missing)
    assert all(part in sentence for part, sentence in zip(missing, said, strict=True))
    assert doubts(disclosure, "free", market) == []


def test_platforms_on_which_a_market_forbids_paid_posts():
    """A reminder with its source and day; free posts are none of it."""
    disclosure = Disclosure("Реклама", "2Vtz", "ООО «Пример»")
    (said,) = map(str, doubts(disclosure, "paid", "RU", "instagram"))
    assert said.startswith("market RU: paid posts on instagram may be forbidden (Federal Law 72-FZ of 2025-04-07")
    assert "looked up 20" in said
    assert doubts(disclosure, "free", "RU", "instagram") == doubts(disclosure, "paid", "RU", "vk") == []
    assert doubts(Disclosure("Διαφήμιση"), "paid", "GR", "instagram") == []


@pytest.mark.parametrize("platform", ["telegram", "youtube", "whatsapp"])
def test_what_is_disputed_of_a_closed_platform_is_said(platform):
    """The authority said one thing and lawyers another: its source, not that of the others, and the doubt."""
    disclosure = Disclosure("Реклама", "2Vtz", "ООО «Пример»")
    (said,) = map(str, doubts(disclosure, "paid", "RU", platform))
    assert said.startswith(f"market RU: paid posts on {platform} may be forbidden (FAS Russia")
    assert "lawyers disagree" in said
    assert "72-FZ" not in said
    assert doubts(disclosure, "free", "RU", platform) == doubts(disclosure, "paid", "LV", platform)[1:] == []


@pytest.mark.parametrize(
    ("text", "deal", "market", "field", "said"),
    [
        ("Брекеты со скидкой", "paid", "RU", "health", True),
        ("Брекеты со скидкой", "barter", "RU", "Стоматология", True),
        ("Имеются ПРОТИВОПОКАЗАНИЯ, нужна консультация", "paid", "RU", "health", False),
        ("Брекеты со скидкой", "free", "RU", "health", False),
        ("Брекеты со скидкой", "paid", "RU", "finance", False),
        ("Брекеты со скидкой", "paid", "RU", "", False),
        ("Braces", "paid", "LV", "health", False),
        ("Braces", "paid", "", "health", False),
        ("Braces", "paid", "JP", "health", False),
    ],
)
def test_a_regulated_field_needs_a_word_of_its_own(text, deal, market, field, said):
    """Where the market has a rule that we know; with its source and what is doubtful of it."""
    found = [*map(str, field_doubts(text, deal, market, field))]
    assert bool(found) == said
    assert all("article 24, part 7" in one and "summaries" in one for one in found)


def test_drafts_show_what_the_field_needs():
    """Among the warnings of the draft, as those of the disclosure."""
    brief = replace(BRIEF, market="RU", disclosure=Disclosure("Реклама", "2Vtz", "ООО «Пример»"))
    found = draft(brief, [place("vk:club1", deal="paid")], TEMPLATES, regulated="health").drafts[0].warnings
    assert any("field health: the post has no word" in str(warning) for warning in found)
    found = draft(brief, [place("vk:club1", deal="paid")], TEMPLATES).drafts[0].warnings
    assert not any("field" in str(warning) for warning in found)


def test_what_could_not_be_confirmed_is_said():
    """A rule is only as good as its source."""
    assert "no rule about a label was found" in str(doubts(Disclosure("Thanks"), "paid", "AM")[0])


def test_what_is_in_the_words_already_is_not_said_twice():
    """Some write all of it into the text."""
    assert disclosed(Disclosure("Реклама. ООО «Пример», erid 2Vtz", "2Vtz", "ООО «Пример»"), "paid") == (
        "Реклама. ООО «Пример», erid 2Vtz"
    )


def test_the_price_of_the_sheet():
    """Counts where the place is paid, and what is no sum is said."""
    paid = one(BRIEF, deal="paid", price="1 500 ₽")
    assert (paid.cost, paid.currency) == (1500.0, "RUB")
    assert one(BRIEF, price="1 500 ₽ + 10 %").cost == 1650.0
    bare = draft(BRIEF, [place("vk:club1", deal="paid", price="1 200,50")], TEMPLATES, terms=Terms(currency="EUR"))
    assert (bare.drafts[0].cost, bare.drafts[0].currency) == (1200.5, "EUR")
    free = draft(BRIEF, [place("vk:club1")], TEMPLATES, terms=Terms(currency="EUR")).drafts[0]
    assert (free.cost, free.currency) == (None, None)
    assert any("price" in str(warning) for warning in one(BRIEF, deal="paid", price="ask Anna").warnings)


def test_a_price_and_no_word_of_paid():
    """A price that is a sum means a paid post, and that is said; a deal that somebody named goes before."""

    def drafted(terms=NO_TERMS, history=None, **more):
        found = draft(BRIEF, [place("vk:club1", **more)], TEMPLATES, terms=terms, history=history)
        return found.drafts[0], [str(one) for one in found.remarks if one.code == "priced-so-paid"]

    first, (remark,) = drafted(price="40 евро", name="Moms")
    assert (first.deal, first.cost, first.currency) == ("paid", 40.0, "EUR")
    assert "a price for Moms (vk:club1), so the post counts as paid" in remark
    assert "free or barter as the price" in remark
    for more in ({"deal": "free"}, {"deal": "barter"}, {"terms": Terms("free")}):
        other, remarks = drafted(price="20 EUR", **more)
        assert (other.deal == "paid", remarks) == (False, [])
    unclear, remarks = drafted(price="от 30 до 50 €")
    assert (unclear.deal, unclear.cost, remarks) == ("free", None, [])
    old = replace(placement_of(first), deal="free", cost=None, currency=None)
    assert drafted(price="25€", history=History([old]))[0].cost == 25.0
    assert drafted(price="30€", history=History([placement_of(first)]))[0].cost == 30.0
    kept = replace(old, deal="barter", id=7)
    assert drafted(price="25€", history=History([kept], by_hand={7: [old]}))[0].deal == "barter"
    free, _ = drafted(Terms("free"), price="25€")
    assert drafted(price="25€", history=History([placement_of(free)]))[0].deal == "free"


def test_a_round_that_begins_too_early():
    """Nothing was sent to one place, the other one has its text: only the first is named."""
    targets = [place("vk:club1"), place("vk:club2")]
    first, second = (placement_of(one) for one in draft(BRIEF, targets, TEMPLATES).drafts)
    known = [first, replace(second, status="sent")]
    (remark,) = map(str, draft(BRIEF, targets, TEMPLATES, history=History(known, again=True)).remarks[1:])
    assert "sent to vk:club1: outreach placements undo" in remark
    assert len(draft(BRIEF, targets, TEMPLATES, history=History(known)).remarks) == 0


def test_places_without_a_draft_share_no_text():
    """What does not fit anywhere is told as too long only."""
    targets = [place("vk:club1"), place("vk:club2")]
    found = draft(BRIEF, targets, TEMPLATES, limits={"vk": 20})
    assert (len(found.unfit), found.remarks) == (2, [])
    assert str(found.unfit[0].reason).endswith("shorten problem and address")
    paid = replace(BRIEF, disclosure=Disclosure("Ad."))
    found = draft(paid, targets, TEMPLATES, limits={"vk": 20}, terms=Terms("paid"))
    assert str(found.unfit[0].reason).endswith("shorten problem, disclosure and address")


def test_what_a_person_agreed_on_stays():
    """A deal and a cost set by hand, until the sheet says something new, or the command line."""
    sheet = {"deal": "paid", "price": "1 000 RUB"}
    (first,) = draft(BRIEF, [place("vk:club1", **sheet)], TEMPLATES).drafts
    drafted = replace(placement_of(first), id=1)
    haggled = replace(drafted, cost=800.0)
    history = History([haggled], by_hand={1: [drafted]})

    def again(terms=NO_TERMS, history=history, **sheet):
        (made,) = draft(BRIEF, [place("vk:club1", **sheet)], TEMPLATES, terms=terms, history=history).drafts
        return made.deal, made.cost, made.currency

    assert again(**sheet) == ("paid", 800.0, "RUB")
    assert again() == ("paid", 800.0, "RUB")
    assert again(deal="paid", price="1 200 RUB") == ("paid", 1200.0, "RUB")
    assert again(deal="barter") == ("barter", 800.0, "RUB")
    assert again(Terms("free")) == ("free", 800.0, "RUB")
    assert again(Terms("paid", 5.0, "EUR"), **sheet) == ("paid", 5.0, "EUR")
    swapped = History([replace(drafted, deal="barter", cost=None)], by_hand={1: [drafted]})
    assert again(history=swapped, **sheet) == ("barter", None, "RUB")
    assert again(history=History([drafted]), **sheet) == ("paid", 1000.0, "RUB")


def test_what_the_sheet_has_against_it():
    """A place that takes no posts, or posts in another language."""
    made = one(BRIEF, accepts_posts="no", language="ru", rules="no links\non Mondays")
    assert tuple(map(str, made.warnings)) == (
        "the sheet says that this place takes no posts",
        "the sheet says that posts there are in ru, and the brief is in en",
    )
    assert made.rules == "no links on Mondays"


def test_a_channel_on_telegram_as_the_article():
    """Its address carries no tags, and says so; a bot's does."""
    channel = one(replace(BRIEF, url="https://t.me/smm_riga"))
    assert channel.link == "https://t.me/smm_riga"
    assert "Telegram drops utm" in str(channel.warnings[0])
    assert (
        one(replace(BRIEF, url="https://t.me/riga_bot")).link
        == "https://t.me/riga_bot?start=smm-riga--a-" + (one(BRIEF).link[-5:])
    )


def test_rounds_make_other_links():
    """The ledger says which round it is."""
    first = one(BRIEF, "vk:club1")
    again = draft(BRIEF, [place("vk:club1")], TEMPLATES, history=History([placement_of(first)], again=True)).drafts[0]
    assert again.round == 2
    assert again.final_url != first.final_url


def test_short_links():
    """The text carries and is measured with the short link; a failure keeps the long one and says so."""

    def shorten(urls):
        return {url: ShortLink("https://s.example/1") if "vk" in url else ShortLink(url, "is down") for url in urls}

    vk, ok = draft(BRIEF, [place("vk:club1"), place("telegram:riga")], TEMPLATES, shorten=shorten).drafts
    assert (vk.link, vk.final_url in vk.text, vk.length) == ("https://s.example/1", False, len(vk.text))
    assert ok.link == ok.final_url
    assert tuple(map(str, ok.warnings)) == ("the link stays long: is down",)
    assert (placement_of(vk).short_url, placement_of(ok).short_url) == ("https://s.example/1", None)


def test_drafts_go_into_the_ledger_and_are_the_same_there_again(tmp_path):
    """Everything that the ledger keeps of them; a second time nothing changes."""
    made = draft(BRIEF, [place("vk:club1", name="Riga"), place("x:riga")], TEMPLATES).drafts
    ledger = open_ledger(tmp_path / "o.db")
    assert ledger.put(map(placement_of, made)).created == 2
    assert ledger.put(map(placement_of, made)).unchanged == 2
    kept = ledger.placements()[0]
    assert (kept.resource, kept.name, kept.text, kept.final_url) == (
        "vk:club1",
        "Riga",
        made[0].text,
        made[0].final_url,
    )


addresses = st.sampled_from(
    ["t.me/{}", "vk.com/{}", "x.com/{}", "instagram.com/{}", "reddit.com/r/{}", "{}.bsky.social"]
)
keys = st.lists(
    st.builds(
        lambda address, name: identify(address.format(name)).key,
        addresses,
        st.from_regex(r"[a-z]{5,12}", fullmatch=True),
    ).filter(bool),
    min_size=1,
    max_size=12,
    unique=True,
)


@given(keys, st.sampled_from(["https://example.org/how", "https://example.org/(how)", "https://t.me/riga_bot"]))
def test_what_is_made_for_many_is_what_is_made_for_one(found, url):
    """Sharing work between places changes no draft."""
    brief = replace(BRIEF, url=url, title="How", solution=("Look here. " * 9,))
    together = draft(brief, [place(key) for key in found], TEMPLATES).drafts
    assert together == [made for key in found for made in draft(brief, [place(key)], TEMPLATES).drafts]


def test_a_template_may_name_the_place(tmp_path):
    """And then each place gets its own text."""
    (tmp_path / "default.j2").write_text("For {{ place }}: {{ link }}")
    targets = [place("vk:club1", name="Riga\n*now*"), place("vk:club2", name="Old Town")]
    texts = [made.text.partition(":")[0] for made in draft(BRIEF, targets, Templates(tmp_path)).drafts]
    assert texts == ["For Riga *now*", "For Old Town"]


def test_brief_for_one_place():
    """What the brief says for one resource or platform holds there."""
    own = replace(BRIEF, problem=("Only here?",))
    brief = replace(BRIEF, places={"vk:club1": own, "x": replace(BRIEF, emoji=True)})
    texts = [
        made.text for made in draft(brief, [place("vk:club1"), place("x:riga"), place("vk:club2")], TEMPLATES).drafts
    ]
    assert texts[0].startswith("Only here?")
    assert "👉" in texts[1]
    assert texts[2].startswith("Lost?")


@pytest.mark.parametrize(
    ("key", "sheet", "promo", "said"),
    [
        ("instagram:riga", "", "", ["sticker-or-code"]),
        ("instagram:riga", "bio", "", ["bio-of-somebody-else"]),
        ("instagram:riga", "", "RIGA10", ["code-not-in-text"]),
        ("instagram:riga", "text", "", []),
        ("tiktok:riga", "", "", []),
    ],
)
def test_the_profile_of_somebody_else_is_no_place_for_a_link(key, sheet, promo, said):
    """A sticker in a story or a code of the place tells who came; whoever has his own page says so in the sheet."""
    made = one(BRIEF, key, link_place=sheet, promo=promo)
    codes = [warning.code for warning in made.warnings]
    assert [code for code in codes if code in {"sticker-or-code", "bio-of-somebody-else", "code-not-in-text"}] == said
