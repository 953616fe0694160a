"""How often a reader in an app's own browser is taken for a robot, and a robot for a reader.

Robots: the examples of crawler-user-agents, of which the list is made, and those of monitors, load tests and feed
readers that their documentation names. Readers: the forms that the networks document, on made-up devices.

    python benchmarks/robots.py
"""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path

from outreach.tracking.logs.bots import PERSON, kind_of

WATCHERS = (Path(__file__).parent / "agents" / "watchers.txt").read_text("utf-8").splitlines()
READERS = (Path(__file__).parent / "agents" / "readers.txt").read_text("utf-8").splitlines()


def main() -> None:
    """Print the four counts."""
    place = distribution("crawler-user-agents").locate_file("crawleruseragents/crawler-user-agents.json")
    listed = [text for one in json.loads(Path(str(place)).read_text("utf-8")) for text in one.get("instances", ())]
    for name, agents, people in (
        ("listed robots", listed, 0),
        ("watchers", WATCHERS, 0),
        ("readers in apps", READERS, 1),
    ):
        wrong = [agent for agent in agents if (kind_of(agent) == PERSON) != bool(people)]
        print(f"{name}: {len(agents)}, taken wrongly {len(wrong)} ({100 * len(wrong) / len(agents):.1f} %)")


if __name__ == "__main__":
    main()
