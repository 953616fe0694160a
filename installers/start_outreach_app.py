"""What the program without a terminal starts."""

from outreach.__main__ import app

if __name__ == "__main__":
    app()
