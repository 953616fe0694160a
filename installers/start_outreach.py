"""What the program of the terminal starts."""

from outreach.__main__ import main

if __name__ == "__main__":
    main()
