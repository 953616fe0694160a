"""What outreach.toml may hold, and what is said of the rest."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.campaign.settings import KINDS, Settings, read_campaign
from outreach.campaign.writing import ASKED, DEFAULTS, EXAMPLES, campaign_text, question
from outreach.errors import InputError
from outreach.messages import LANGUAGES


@pytest.fixture
def campaign(tmp_path):
    """Read a file of a campaign."""

    def read(text):
        file = tmp_path / "outreach.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_campaign(file)

    return read


def test_all_settings(campaign):
    """Each as it is used later."""
    read = campaign("""
client = "Clinic"
lists = ["lists", "more.csv"]
own = "t.me/clinic"
platforms = ["Телеграм", "fb"]
min_subscribers = 3000
accepts_posts = "Not-No"
market = "Латвия"
language = "Русский"
my_language = "RU"
currency = "€"
budget = "300 EUR"
exclude_ip = ["203.0.113.7", "2001:db8::/32"]
[utm]
medium = "referral"
id = true
[writer]
name = "Anna"
years = 12
proof = ["Book"]
""").settings
    assert read.lists == ("lists", "more.csv")
    assert read.own == ("t.me/clinic",)
    assert read.platforms == ("telegram", "facebook")
    assert (read.min_subscribers, read.accepts_posts) == (3000, "not-no")
    assert (read.market, read.language, read.my_language, read.currency) == ("LV", "ru", "ru", "EUR")
    assert dict(read.utm) == {"medium": "referral", "id": True}
    assert dict(read.writer) == {"name": "Anna", "years": 12, "proof": ("Book",)}


def test_an_empty_file_says_nothing(campaign):
    """It marks the folder, no more."""
    assert campaign("").settings == campaign("# nothing yet\n").settings == Settings()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("min_subscriber = 5", "line 1: min_subscriber is not a known name; do you mean min_subscribers?"),
        ('min_subscribers = "5"', "line 1: min_subscribers: it must be a whole number; without quotes: 5000"),
        ("min_subscribers = true", "min_subscribers: it must be a whole number"),
        ("min_subscribers = -1", "min_subscribers: it must be a whole number"),
        ("client = 5", "client: it must be a text in quotes"),
        ('lists = ["a", 5]', "lists: it must be a text in quotes"),
        ('accepts_posts = "maybe"', "accepts_posts: it must be one of any, yes, not-no"),
        ('platforms = "nowhere"', "platforms: nowhere: not a platform"),
        ('currency = "posts"', "currency: this is not a currency"),
        ('my_language = "de"', "my_language: it must be one of en, ru, el, lv, hy"),
        ('exclude_ip = "here"', "exclude_ip: here is not a network address"),
        ('budget = "much"', "budget: this is not a sum of money"),
        ("utm = 5", "utm has names of its own: write it as a heading, [utm]"),
        ('[utm]\nmedum = "x"', "line 2: medum is not a known name below [utm]; do you mean medium?"),
        ('bitly_token = "x"', "keep passwords and tokens out of this file"),
        ('db_password = "x"', "keep passwords and tokens out of this file"),
        ('db = "postgresql://anna:hidden@host/campaign"', "the address has a password"),
        ("client = “Clinic”", "curly quotes"),
        ("lists = [", "outreach.toml"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(campaign, line, said):
    """And never with a password."""
    with pytest.raises(InputError) as caught:
        campaign(line)
    assert said in str(caught.value)
    assert "hidden" not in str(caught.value)
    assert "outreach.toml" in str(caught.value)


def test_all_faults_at_once(campaign):
    """A person corrects them in one go."""
    with pytest.raises(InputError) as caught:
        campaign('lits = "a"\nmin_subscribers = "5"\ncurrency = "posts"\n')
    assert len(caught.value.message.splitlines()) == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_encodings_of_windows(campaign, encoding):
    """Editors there save in these."""
    assert campaign('client = "Клиника Ромашка"\r\n'.encode(encoding)).settings.client == "Клиника Ромашка"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_written_file_is_read_back(campaign, language):
    """With its notes, and also with each note taken away."""
    values = {**DEFAULTS, "client": 'Clinic "Ω"', "my_language": language}
    text = campaign_text(values, language)
    read = campaign(text).settings
    assert (read.client, read.my_language, read.lists, read.min_subscribers) == (
        'Clinic "Ω"',
        language,
        ("lists",),
        5000,
    )
    names = {*EXAMPLES, "[utm]", "[writer]"}
    used = "\n".join(
        line.removeprefix("# ")
        if line.removeprefix("# ").split(" ")[0] in names or re.match(r"# \w+ = ", line)
        else line
        for line in text.splitlines()
    )
    assert campaign(used.replace("\n# #", "\n#")).settings.topic == ""


def test_every_setting_has_a_note_in_every_language():
    """None is missing in the file."""
    assert set(EXAMPLES) == set(KINDS)
    assert set(ASKED) <= set(EXAMPLES)
    for language in LANGUAGES:
        assert all(question(name, language) for name in (*EXAMPLES, "utm", "writer"))


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=20), max_size=4))
def test_any_answer_survives_the_file(client, own):
    """Quotes, backslashes, control characters and all."""
    read = tomllib.loads(campaign_text({"client": client, "own": tuple(own)}))
    shown = [text.encode("utf-8", "replace").decode() for text in (client, *own)]
    if client:
        assert read["client"].replace("\ufffd", "?") == shown[0].replace("\ufffd", "?")
    if own:
        found = read["own"] if isinstance(read["own"], list) else [read["own"]]
        assert len(found) == len(own)
