"""Messages as the sentences that users see."""

from outreach.messages import describe


def described(messages):
    return tuple(map(describe, messages))
