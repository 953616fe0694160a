"""What a survey and a comparison say, in the five languages."""

import pytest

from outreach.messages import LANGUAGES, describe, message
from outreach.reporting.survey import index_message, score_message
from outreach.surveys import Survey
from outreach.surveys.estimates import mean_share, net_promoter_score

FOUND = Survey(None, net_promoter_score(7, 2, 12), 7, 3, 2, mean_share([0.5, 0.75, 1.0]), (), (), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_it(language):
    """With its numbers, and each in its own words."""
    score, index = score_message(FOUND), index_message(FOUND)
    assert all(number in describe(score, language) for number in ("42", "-6", "72", "12"))
    assert "75" in describe(index, language)
    nothing = message("compare-nothing", percent=31)
    assert "31 %" in describe(nothing, language)
    for code, values in (("compare-found", {"places": 2}), ("compare-none", {}), ("compare-hint", {})):
        assert describe(message(code, **values), language)
        assert language == "en" or describe(message(code, **values), language) != describe(message(code, **values))


def test_ranges_that_cannot_be_given():
    """All answers equal, and one customer, are told apart; nothing asked is nothing said."""
    equal = Survey(None, None, 0, 0, 0, mean_share([0.5, 0.5]), (), (), ())
    assert describe(index_message(equal)).endswith("all answers are equal, so no range can be given")
    one = Survey(None, None, 0, 0, 0, mean_share([0.5]), (), (), ())
    assert describe(index_message(one)) == "Satisfaction index 50 of 100 by one customer: no range can be given"
    nobody = Survey(None, None, 0, 0, 0, None, (), (), ())
    assert score_message(nobody) is index_message(nobody) is None
