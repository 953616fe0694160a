"""An e-mail is one that any mail program opens, and nothing that was typed adds a line to its head."""

import contextlib
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.owners.letter import Part, write_letter
from outreach.owners.letter_files import address_in, eml, parts_in
from tests.owners.letters import FACTS

BREAKS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x00", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("language", FACTS)
@pytest.mark.parametrize("reply", [False, True])
def test_an_email_parses_back(language, reply):
    """Subject, name, address and text, in every alphabet; it is marked as unsent and has no sender."""
    known = FACTS[language]
    letter = write_letter(known)
    part = letter.follow_up if reply else letter.email
    content = eml(part, "marina@rigalife.example", known.recipient.name, reply=reply, subject=letter.email.subject)
    read = message_from_bytes(content, policy=default)
    assert read["Subject"] == ("Re: " if reply else "") + letter.email.subject
    assert read["To"].addresses[0].display_name == known.recipient.name
    assert read["To"].addresses[0].addr_spec == "marina@rigalife.example"
    assert read["X-Unsent"] == "1"
    assert {"from", "cc", "bcc", "date"}.isdisjoint(name.lower() for name in read)
    assert read.get_content().replace("\r\n", "\n").strip() == part.text
    assert read.defects == []
    content.decode("ascii")
    (again,) = parts_in(content, "letter.eml")
    assert (again.kind, again.text) == ("follow_up" if reply else "email", part.text)


def plain(text):
    """White space at the ends of a header and in a row is no part of it."""
    return " ".join(text.split())


WORDS = st.text(st.sampled_from('ab ио νέ ջն ā«»"\\,:;<>@()=?_'), min_size=1, max_size=90)


@given(subject=WORDS, name=WORDS)
@example(subject="Вопрос о вашем канале и о его читателях", name="Марина и О. Константинопольская-Задунайская")
def test_words_come_back_as_they_were(subject, name):
    """Spaces between words of other alphabets too, wherever the line is folded."""
    read = message_from_bytes(eml(Part("email", "Hi", subject), "a@b.example", name), policy=default)
    assert plain(read["Subject"]) == plain(subject)
    assert plain(read["To"].addresses[0].display_name) in {plain(name), ""}
    assert plain(read["To"].addresses[0].display_name) or len(name.encode()) > 40 or not plain(name)
    assert not read.defects


@given(
    text=st.text(max_size=300), subject=st.text(min_size=1, max_size=80), name=st.text(max_size=40), reply=st.booleans()
)
def test_whatever_is_typed_stays_where_it_belongs(text, subject, name, reply):
    """Or is refused; no header is added."""
    try:
        content = eml(Part("email", text, subject), "a@b.example", name, reply=reply)
    except InputError:
        return
    read = message_from_bytes(content, policy=default)
    assert {one.lower() for one in read} == {
        "subject", "to", "x-unsent", "content-type", "content-transfer-encoding", "mime-version",
    }  # fmt: skip
    assert [one.addr_spec for one in read["To"].addresses] == ["a@b.example"]
    assert plain(read["Subject"]) == plain(("Re: " if reply else "") + subject)
    assert plain(read["To"].addresses[0].display_name) in {plain(name), ""}


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
@pytest.mark.parametrize("where", ["subject", "name", "to"])
def test_line_breaks_are_refused(line_break, where):
    """They would begin a line of the head."""
    bad = f"Tom{line_break}Bcc: all@a.example"
    given_ = {"subject": "A topic", "name": "Tom", "to": "tom@a.example"} | {where: bad}
    with pytest.raises(InputError, match="line break"):
        eml(Part("email", "Hi", given_["subject"]), given_["to"], given_["name"])


@pytest.mark.parametrize(
    "to", ["tom", "tom@", "@a.example", "tom@a.example, all@b.example", "tom@a", "Tom <tom@a.example>"]
)
def test_an_address_that_is_none_is_refused(to):
    """One address, or none at all."""
    with pytest.raises(InputError, match="address"):
        eml(Part("email", "Hi", "A topic"), to)


def test_an_email_without_an_address_is_filled_in_later():
    """The mail program asks."""
    assert b"\nTo:" not in eml(Part("email", "Hi", "A topic"), "")


@pytest.mark.parametrize(
    ("channel", "address"),
    [("marina@a.example", "marina@a.example"), ("@marina, mail: m.o+1@a.example", "m.o+1@a.example"), ("@marina", ""),
     ("", ""), ("https://t.me/marina", ""), ("mailto:m@a.example", "m@a.example")],
)  # fmt: skip
def test_the_address_in_a_contact(channel, address):
    """As people write it into a sheet."""
    assert address_in(channel) == address


@pytest.mark.parametrize(
    ("content", "label"),
    [(b"", "a.txt"), (b"\n \n" * 9000, "a.eml"), (b"x\n" * 15_000, "a.md"), (b"\n\n" + b"x\n" * 15_000, "a.eml"),
     (b"  \n", "a.md"), (b"", "a.eml"), (b"x" * 200_000, "a.txt"),
     (b"\x00\x01\x02\xff\xfe" * 9, "a.txt"),
     (b"Content-Type: image/png\n\nxx", "a.eml"), (b"Content-Type: text/plain; charset=no-such\n\n\xff", "a.eml")],
)  # fmt: skip
def test_what_is_no_letter_is_refused(content, label):
    """By the name of its file."""
    with pytest.raises(InputError, match=label):
        parts_in(content, label)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_letter_or_refused(content):
    """No traceback."""
    for label in ("a.eml", "a.md"):
        with contextlib.suppress(InputError):
            assert parts_in(content, label)
