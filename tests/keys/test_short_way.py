"""The short way of an address gives what the long one gives, on forms of public lists and what typing makes of them."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from outreach.keys.identify import identify, identify_any
from tests.examples import examples
from tests.keys.test_public_forms import CASES

ADDRESSES = sorted({address for _, address in CASES})
PIECES = st.sampled_from(
    [
        "/", "//", "/./", "/../", "..", ".", "?", "?u=https%3A%2F%2Ft.me%2Fx_y_z", "?next=//vk.com/a_b", "?to=/x", "#",
        "#!/", "www.", "m.", "https://", "http://", "HTTP", "%2F", "%20", "&amp;", "@", "+", "-", "_", "=", "&", "~",
        "0", "000", ":443", "undefined", "__deleted__", " ", "б", "\\", ")", "\u200b", "\n", "name/", "club1", "A",
    ]
)  # fmt: skip
PLATFORMS = st.sampled_from([None, "telegram", "bluesky", "web", "mastodon", "vk", "facebook", "other"])


@st.composite
def typed(draw):
    """Return an address of the lists in which something was typed, lost, or joined from another."""
    address = draw(st.sampled_from(ADDRESSES))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(address)))
        before, behind = address[:at], address[at:]
        match draw(st.integers(0, 3)):
            case 0:
                address = before + draw(PIECES) + behind
            case 1:
                address = before + behind[1:]
            case 2:
                address = before + behind[:5].swapcase() + behind[5:]
            case _:
                address = before + draw(st.sampled_from(ADDRESSES))[-at:]
    return address


@settings(max_examples=examples(4000))
@given(typed(), PLATFORMS)
@example("https://l.facebook.com/l.php?u=t.me/smm_riga", None)
@example("google.com/url?q=https%3A%2F%2Fvk.com%2Fclub7", None)
@example("https://127.0.0.1/a", None)
@example("t.me/s", "telegram")
def test_the_short_way_gives_what_the_long_one_gives(address, platform):
    """Key and reason, whatever platform is chosen."""
    assert identify(address, platform) == identify_any(address, platform)
