"""Where the program begins: `pmkit`, or `python -m pmkit`."""

import signal


def main() -> None:
    """Runs the command line; until it can say so itself, Ctrl-C ends it without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from pmkit import cli

    cli.main()


if __name__ == "__main__":
    main()
