"""`python -m pmkit`."""

from pmkit.cli import main

if __name__ == "__main__":
    main()
