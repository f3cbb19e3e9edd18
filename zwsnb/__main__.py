"""`python -m zwsnb` is the command line."""

import sys

from zwsnb.commands.cli import main

if __name__ == "__main__":
    sys.exit(main())
