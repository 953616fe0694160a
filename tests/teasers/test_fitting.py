"""What a text gives up when it is too long, and in which order."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from outreach.teasers.fitting import Copy, fit
from outreach.teasers.lengths import Measured
from outreach.teasers.sentences import sentences

LINK = "https://a.example"
COPY = Copy("Lost?", "One here. Two there. Three.", "A list.", ("smm", "riga"))
NONE = Copy()
SHORT = Copy("Lo?", "One.", "List.")


class Text(str):
    """A text with a limit."""

    __slots__ = ("limit",)

    @property
    def measured(self):
        return Measured(len(self), self.limit, "code points", max(0, len(self) - self.limit))


def within(limit):
    def write(copy):
        text = Text(" ".join(filter(None, [copy.problem, copy.solution, LINK, copy.bonus, *copy.hashtags])))
        text.limit = limit
        return text

    return write


def fitted(limit, short=NONE, **more):
    found = fit(COPY, short, within(limit), **more)
    return str(found.written).replace(LINK, "@"), found.dropped, found.shorten


def test_what_fits_stays_whole():
    """Nothing is given up without need."""
    text = "Lost? One here. Two there. Three. @ A list. smm riga"
    assert fitted(len(text) - 1 + len(LINK)) == (text, (), "")


def test_each_thing_goes_in_its_turn():
    """Hashtags, sentences of the solution, the short texts, the solution, the bonus; never half a sentence."""
    steps = [
        ("Lost? One here. Two there. Three. @ A list. smm", ("1 hashtag",)),
        ("Lost? One here. Two there. Three. @ A list.", ("hashtags",)),
        ("Lost? One here. Two there. @ A list.", ("hashtags", "1 sentence of the solution")),
        ("Lost? One here. @ A list.", ("hashtags", "2 sentences of the solution")),
        ("Lo? One. @ List.", ("hashtags", "long problem, solution, bonus: [short] instead")),
        ("Lo? @ List.", ("hashtags", "long problem, solution, bonus: [short] instead", "solution")),
        ("Lo? @", ("hashtags", "long problem, solution, bonus: [short] instead", "solution", "bonus")),
    ]
    for text, dropped in steps:
        assert fitted(len(text) - 1 + len(LINK), SHORT) == (text, dropped, "")


def test_without_short_texts_the_solution_goes_before_the_bonus():
    """The bonus is the last to go, the problem and the link never do."""
    assert fitted(len("Lost?  A list.") + len(LINK))[1] == ("hashtags", "solution")
    assert fitted(len("Lost? ") + len(LINK))[:2] == ("Lost? @", ("hashtags", "solution", "bonus"))


def test_too_long_to_the_last():
    """Then it says what has to become shorter; nothing is cut."""
    assert fitted(len(LINK) + 2)[::2] == ("Lost? @", "problem")
    assert fitted(len(LINK) + 2, SHORT)[::2] == ("Lo? @", "problem in [short]")
    assert fitted(3)[2] == "problem and address"
    assert fitted(3, kept="disclosure and address")[2] == "problem, disclosure and address"


def candidates(copy, short):
    """Every copy from the fullest to the shortest, one by one."""
    yield copy
    for kept in reversed(range(len(copy.hashtags))):
        yield replace(copy, hashtags=copy.hashtags[:kept])
    bare = replace(copy, hashtags=())
    yield from cut(bare)
    given_short = {name: getattr(short, name) for name in ("problem", "solution", "bonus") if getattr(short, name)}
    if given_short:
        bare = replace(bare, **given_short)
        yield bare
        yield from cut(bare)
    yield replace(bare, solution="")
    yield replace(bare, solution="", bonus="")


def cut(copy):
    parts = sentences(copy.solution)
    for kept in reversed(range(1, len(parts))):
        yield replace(copy, solution="".join(parts[:kept]).rstrip())


solutions = st.lists(st.sampled_from(["One.", "Two of them.", "And number three!"]), max_size=5).map(" ".join)
copies = st.builds(
    Copy,
    st.sampled_from(["Lost?", "Where do they all go?"]),
    solutions,
    st.sampled_from(["", "A list."]),
    st.lists(st.sampled_from(["smm", "riga"]), max_size=3).map(tuple),
)
shorts = st.builds(
    Copy, st.sampled_from(["", "Lo?"]), st.sampled_from(["", "One.", "One. 2."]), st.sampled_from(["", "L"])
)


@given(copies, shorts, st.integers(0, 150))
def test_the_fullest_text_that_fits_is_found(copy, short, limit):
    """The same as trying every copy from the fullest on."""
    write = within(limit)
    found = fit(copy, short, write)
    fits = next((one for one in candidates(copy, short) if not write(one).measured.over), None)
    assert (found.copy if not found.shorten else None) == fits
    assert LINK in found.written
    assert found.written.measured.over == 0 or found.shorten


def test_many_sentences_take_few_tries():
    """A long solution is not written a thousand times."""
    tries = []

    def write(copy):
        tries.append(copy)
        return within(500)(copy)

    fit(Copy("Lost?", "One more. " * 5000), Copy(), write)
    assert len(tries) < 30
