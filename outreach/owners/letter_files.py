"""Letters as files: Markdown to copy from, an unsent e-mail to open in a mail program; and read again to be checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.messages import describe
from outreach.teasers.markup import escaper
from outreach.words.fold import fold_letters
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.owners.letter import Letter, Part

__all__ = ["Read", "address_in", "eml", "page", "parts_in"]

TITLES: Final = {"message": "Direct message", "email": "E-mail", "follow_up": "Follow-up, in the same thread"}
WHEN: Final = {
    "message": "first, where the owner answers",
    "email": "if you have an address and no messenger",
    "follow_up": "once, as a reply to your own message: after 2-3 days, by e-mail after 5-7 working days",
}
LONGEST: Final = 20_000
"""Characters of a file that is taken for a letter."""

MOST_IN_A_MESSAGE: Final = 900
"""A longer text without a subject is taken for an e-mail."""

_ADDRESS: Final = re.compile(r"(?<![\w.+-])[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PARTS: Final = re.compile(
    r"^(?P<line>## [^\n]+|Subject:)[^\S\n]*$|^(?P<fence>`{3,})text[^\S\n]*\n(?P<block>.*?)\n(?P=fence)[^\S\n]*$",
    re.MULTILINE | re.DOTALL,
)
SUBJECT: Final = "Subject:"
_escape: Final = escaper("reddit")
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Read:
    """A text of a letter that was read again.

    Args:
        kind: ``message``, ``email`` or ``follow_up``.
        text: Without the subject.
        subject: Of an e-mail.

    """

    kind: str
    text: str
    subject: str = ""


def page(letter: Letter, place: str) -> str:
    """Return a letter as Markdown: the message first, then the e-mail, then the follow-up.

    Args:
        letter: All of it.
        place: What the place is called.

    """
    return "\n".join([f"# {_escape(' '.join(place.split()))}", "", *(_section(part) for part in letter.parts)])


def _section(part: Part) -> str:
    about = [f"- when: {WHEN[part.kind]}", f"- length: {_length(part)}"]
    about += [f"- look at: {_escape(describe(remark))}" for remark in part.remarks]
    subject = [SUBJECT, "", _fenced(part.subject), ""] if part.subject else []
    return "\n".join([f"## {TITLES[part.kind]}", "", *about, "", *subject, _fenced(part.text), ""])


def _length(part: Part) -> str:
    from outreach.owners.letter import count_words

    return f"{count_words(part.text)} words" if part.kind == "email" else f"{len(part.text)} characters"


def _fenced(text: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def address_in(channel: str) -> str:
    """Return the e-mail address in what a table says of a contact, empty where there is none.

    Example:
        >>> address_in("Marina <marina@example.org>, @marina"), address_in("@marina")
        ('marina@example.org', '')

    """
    found = _ADDRESS.search(channel)
    return found[0] if found else ""


def eml(part: Part, to: str, name: str = "", *, reply: bool = False, subject: str = "") -> bytes:
    r"""Return an e-mail that nobody has sent yet, for a mail program to open: RFC 5322, with ``X-Unsent``.

    Args:
        part: The text.
        to: Address; empty leaves it to the mail program.
        name: Of whom it goes to.
        reply: Whether it is a follow-up, whose subject begins with ``Re:``.
        subject: Instead of the part's own.

    Raises:
        InputError: A line break stands in what goes into the head of the e-mail, or the address is none.

    Example:
        >>> from outreach.owners.letter import Part
        >>> print(eml(Part("email", "Hi Tom,", "A topic"), "tom@example.org").decode().split("\r\n")[0])
        Subject: A topic

    """
    from email.message import EmailMessage
    from email.policy import SMTP

    title = subject or part.subject
    for what, value in (("the subject", title), ("the name", name), ("the address", to)):
        if _BREAKS.search(value):
            raise InputError(f"{what} of the e-mail contains a line break", hint="remove it: it would add a header")
    if to and not _ADDRESS.fullmatch(to):
        raise InputError("not an e-mail address", hint="write it like marina@example.org")
    made = EmailMessage(policy=SMTP)
    made["X-Unsent"] = "1"
    made.set_content(part.text, charset="utf-8")
    head = f"Subject: {_encoded(f'Re: {title}' if reply else title, 'Subject')}\r\n"
    if to:
        head += f"To: {f'{_phrase(name)} <{to}>'.strip()}\r\n"
    return head.encode("ascii") + made.as_bytes()


def _encoded(text: str, header: str) -> str:
    """Return a text for the head of an e-mail, folded.

    Not as EmailMessage folds it: between two encoded words that loses a space of the text now and then.
    """
    from email.header import Header

    if text.isascii() and "=?" not in text:
        return text
    return Header(text, "utf-8", header_name=header).encode(linesep="\r\n")


def _phrase(name: str) -> str:
    """Return a name before an address; nothing where it takes several encoded words, which readers part differently."""
    from email.utils import quote

    words = _encoded(name, "To")
    if words == name:
        return f'"{quote(name)}"' if name else ""
    return "" if "\n" in words else words


def parts_in(content: bytes, label: str, kind: str = "") -> list[Read]:
    """Return the texts of a letter in a file: Markdown of ours, an e-mail, or any text.

    A text whose first line is a subject is an e-mail, and so is one that is too long for a message.

    Args:
        content: Of the file.
        label: What messages call it.
        kind: What it is, where that is known.

    Raises:
        InputError: It is no text, or none of a letter.

    """
    if label.lower().endswith(".eml"):
        read = [_from_eml(content, label)]
    else:
        text = _decoded(content, label)
        read = [*_ours(text)] or [_from_text(text)]
    if any(len(one.text) > LONGEST for one in read):
        raise InputError("too long for a letter", where=label, hint="give the letter alone")
    if not any(one.text.strip() for one in read):
        raise InputError("no letter in it", where=label, hint="save its text as .txt, .md or .eml")
    return [Read(kind or one.kind, one.text, one.subject) for one in read if one.text.strip()]


def _decoded(content: bytes, label: str) -> str:
    from outreach.files.encodings import encoding_of

    if len(content) > LONGEST * 4:
        raise InputError("too long for a letter", where=label, hint="give the letter alone")
    try:
        text = content.decode(encoding_of(label, content).name)
    except (InputError, UnicodeDecodeError) as err:
        raise InputError("not a text", where=label, hint="save the letter as .txt, .md or .eml") from err
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _ours(text: str) -> Iterator[Read]:
    """Yield the texts of a page that :func:`page` wrote, edited or not; what stands in a block is no heading."""
    kinds = {title: kind for kind, title in TITLES.items()}
    kind, has_subject = "", False
    blocks: list[str] = []
    for part in (*_PARTS.finditer(text), None):
        if part is not None and part["block"] is not None:
            blocks.append(part["block"])
        elif part is not None and part["line"].strip() == SUBJECT:
            has_subject = not blocks
        else:
            if kind and blocks:
                yield Read(kind, blocks[-1], " ".join(blocks[0].split()) if has_subject and len(blocks) > 1 else "")
            kind, blocks, has_subject = kinds.get(part["line"][3:].strip(), "") if part else "", [], False


def _from_text(text: str) -> Read:
    first, _, rest = text.strip().partition("\n")
    head, colon, subject = first.partition(":")
    if colon and fold_letters(head) in words_of("letters.subject"):
        return Read("email", rest.strip(), subject.strip())
    return Read("email" if len(text.strip()) > MOST_IN_A_MESSAGE else "message", text.strip())


def _from_eml(content: bytes, label: str) -> Read:
    from email import message_from_bytes
    from email.errors import MessageError
    from email.message import EmailMessage
    from email.policy import default

    try:
        made = message_from_bytes(content[: LONGEST * 8], policy=default)
        body = made.get_body(("plain",)) if isinstance(made, EmailMessage) else None
        text = "" if body is None else body.get_content()
        subject = str(made.get("Subject", ""))
    except (MessageError, LookupError, ValueError, AttributeError, TypeError) as err:
        raise InputError("this e-mail cannot be read", where=label, hint="save its text as .txt") from err
    plain = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    is_reply = subject.casefold().startswith("re:")
    return Read("follow_up" if is_reply else "email", plain, subject)
