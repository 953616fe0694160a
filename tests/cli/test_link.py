"""``outreach link``: the link on standard output, everything else beside it."""

from pathlib import Path

import pytest

from outreach import cli
from outreach.campaign.ledger import open_ledger
from outreach.teasers.links import mark


@pytest.fixture
def link(outreach, monkeypatch):
    """Call the command."""
    monkeypatch.setitem(cli.COMMANDS, "link", "Tag a link.")

    def call(*args):
        result = outreach("link", *args)
        return result.exit_code, result.stdout, result.stderr.splitlines()

    return call


def test_the_link_and_nothing_else(link):
    """What was written otherwise is said on standard error."""
    url = "https://example.com/x?utm_source=telegram&utm_medium=social&utm_campaign=vesna-2026&utm_content=riga#top"
    assert link(
        "https://example.com/x#top", "--source", "telegram", "--campaign", "Весна 2026", "--content", "riga"
    ) == (
        0,
        url + "\n",
        [
            "--campaign is vesna-2026 in the link.",
            f"Next: outreach link --check '{url}'",
        ],
    )


def test_the_link_of_a_place(link):
    """As a draft for it would carry, however the address of the place is written."""
    own = mark("spring", "telegram:smm_riga", "a", 1)
    tail = f"utm_source=telegram&utm_medium=social&utm_campaign=spring&utm_content=smm-riga--a-{own}"
    for address in ("t.me/SMM_Riga/12", "telegram:smm_riga"):
        code, out, said = link("https://example.com/", "--resource", address, "--campaign", "spring")
        assert (code, out, len(said)) == (0, f"https://example.com/?{tail}\n", 1)
    again = link("https://example.com/", "--resource", "t.me/smm_riga", "--campaign", "spring", "--round", "2")
    assert again[1].endswith(f"--a-{mark('spring', 'telegram:smm_riga', 'a', 2)}\n")


def test_oddities_are_remarks(link):
    """The link is printed all the same."""
    code, out, said = link("https://example.com/#/x", "--source", "vk", "--campaign", "eshop", "--medium", "cpc")
    assert (code, out) == (0, "https://example.com/?utm_source=vk&utm_medium=cpc&utm_campaign=eshop#/x\n")
    assert [line.partition(":")[0] for line in said] == ["hash-route", "shopping", "paid", "Next"]


def test_telegram_carries_no_tags(link):
    """The address stays, and what to do instead is said."""
    code, out, said = link("https://t.me/smm_riga", "--source", "vk", "--campaign", "spring")
    assert (code, out) == (0, "https://t.me/smm_riga\n")
    assert said[0].startswith(
        "Nothing was added: Telegram drops utm parameters: in the channel's settings, make an invite link"
    )


def test_check_lists_findings(link):
    """One line each with a tab, exit code 0: they are remarks."""
    code, out, said = link("--check", "https://example.com/?utm_source=facebook&utm_medium=cpc&utm_campaign=a&gclid=1")
    assert code == 0
    assert [line.split("\t")[0] for line in out.splitlines()] == ["click-id", "paid"]
    assert said[0] == "2 findings."
    code, out, said = link(
        "--check", "--deal", "paid", "https://example.com/?utm_source=facebook&utm_medium=cpc&utm_campaign=a"
    )
    assert (code, out, said[0]) == (0, "", "No findings.")


@pytest.mark.parametrize("args", [("--check",), ("--source", "vk", "--campaign", "spring")])
def test_a_useless_address_is_an_error(args, link):
    """Nothing on standard output, exit code 3."""
    assert link("https://ann:secret@example.com/", *args) == (
        3,
        "",
        ["Error: the address has a user name or a password", "Hint: remove the part before @"],
    )


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        ((), 2, "Error: --source and --campaign missing"),
        (("--resource", "t.me/smm_riga"), 2, "Error: --campaign missing"),
        (("--resource", "t.me/a_riga", "--campaign", "x", "--content", "y"), 2, "Error: --resource sets utm_content"),
        (("--resource", "t.me", "--campaign", "x"), 3, "Error: --resource: not the address of a place"),
        (("--resource", "marketers", "--campaign", "x"), 3, "Error: --resource: not the address of a place"),
        (("--source", "vk", "--campaign", "ann@example.com"), 3, "Error: utm_campaign looks like an e-mail address"),
    ],
)
def test_wrong_names_are_told(args, code, says, link):
    """In one sentence, without what was typed."""
    got, out, said = link("https://example.com/", *args)
    assert (got, out) == (code, "")
    assert said[0].startswith(says)


def test_existing_tags(link):
    """Refused unless the marketer says what to do."""
    url = "https://example.com/?utm_source=old"
    args = (url, "--source", "vk", "--campaign", "spring")
    assert link(*args)[2][0] == "Error: the address has utm_source already"
    kept = link(*args, "--existing", "keep")[1]
    assert kept == "https://example.com/?utm_source=old&utm_medium=social&utm_campaign=spring\n"
    replaced = link(*args, "--existing", "replace")[1]
    assert replaced == "https://example.com/?utm_source=vk&utm_medium=social&utm_campaign=spring\n"


def placements(folder):
    """Return what the ledger has."""
    return [
        (one.campaign, one.resource, one.variant, one.round, one.url, one.final_url, one.utm_content)
        for one in open_ledger(folder / "outreach.db", create=False).placements()
    ]


def test_a_link_tagged_by_hand_is_kept_as_it_is(link, tmp_path):
    """Its own tags are those of the placement; the same line twice changes nothing."""
    url = "https://example.com/post?id=1&utm_source=vk&utm_campaign=May&utm_content=mine"
    code, out, said = link(url, "--resource", "vk.com/smm_riga", "--add")
    assert (code, out) == (0, url + "\n")
    assert "outreach.db: vk:smm_riga, campaign may, variant a, repeat 1 added." in said
    assert not any("blank" in line for line in said)
    assert "was there already" in "".join(link(url, "--resource", "vk:smm_riga", "--add")[2])
    kept = ("may", "vk:smm_riga", "a", 1, "https://example.com/post?id=1", url, "mine")
    assert placements(tmp_path) == [kept]


def test_a_link_made_here_is_kept_too(link, tmp_path):
    """As a draft would have kept it."""
    _, out, _ = link("https://example.com/", "--resource", "t.me/smm_riga", "--campaign", "Spring 2026", "--add")
    own = mark("spring-2026", "telegram:smm_riga", "a", 1)
    assert placements(tmp_path) == [
        ("spring-2026", "telegram:smm_riga", "a", 1, "https://example.com/", out.strip(), f"smm-riga--a-{own}")
    ]


def test_an_invite_link_is_written_down(link, tmp_path):
    """Telegram's own link has no tags, and is told by itself."""
    _, _, said = link("https://t.me/+AbCdEfGh123", "--resource", "t.me/smm_riga", "--campaign", "may", "--add")
    assert said[0].startswith("The link stays as it is: Telegram drops utm parameters")
    assert placements(tmp_path)[0][5] == "https://t.me/+AbCdEfGh123"


@pytest.mark.parametrize(
    ("url", "options", "code", "said"),
    [
        ("https://example.com/?utm_source=vk&utm_campaign=may", (), 2, "--add: give the place of the link"),
        ("https://example.com/", (), 2, "--add: give the place of the link"),
        ("https://example.com/", ("--resource", "vk:a", "--check"), 2, "--add and --check: one of them at a time"),
        ("https://example.com/?utm_source=vk", ("--resource", "vk:a"), 2, "--campaign missing"),
        (
            "https://example.com/?utm_source=vk&utm_campaign=may",
            ("--resource", "nowhere"),
            3,
            "not the address of a place",
        ),
        ("https://example.com/?utm_campaign=may&utm_content=b", ("--resource", "vk:first"), 3, "--round 2 adds this"),
        ("https://example.com/?utm_campaign=may&utm_content=a", ("--resource", "vk:b"), 3, "belongs to vk:first"),
    ],
)
def test_what_cannot_be_added_is_refused(link, url, options, code, said):
    """Not even the link is printed then."""
    link("https://example.com/?utm_campaign=may&utm_content=a", "--resource", "vk:first", "--add")
    got, out, lines = link(url, *options, "--add")
    assert (got, out, said in "\n".join(lines)) == (code, "", True)


def test_a_ledger_of_the_environment_is_in_no_line_to_paste(outreach, monkeypatch):
    """The environment names it there too; its address may hold a password, which a line shows as stars."""
    monkeypatch.setenv("OUTREACH_DB", "elsewhere.db")
    added = outreach("link", "https://example.com/", "--resource", "vk.com/smm_riga", "--campaign", "may", "--add")
    assert "When the post is out: outreach placements set vk:smm_riga" in added.stderr
    assert "--db" not in added.stderr
    Path("results.csv").write_text("place,visits,conversions\nvk:smm_riga,100,9\n")
    Path("likes.csv").touch()
    assert outreach("track", "results.csv").stderr.endswith("\nNext: outreach rank likes.csv\n")


def test_a_link_for_a_page_of_instagram_goes_onto_a_sticker(link):
    """Its profile is somebody else's."""
    _, _, said = link("https://example.com/", "--resource", "instagram.com/riga", "--campaign", "may")
    assert any(line.startswith("Instagram: links in posts there cannot be clicked") for line in said)
    _, _, said = link("https://example.com/", "--resource", "vk.com/riga", "--campaign", "may")
    assert not any("sticker" in line for line in said)
