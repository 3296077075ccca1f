"""`python -m exercise` is the `exercise` command."""

from exercise.cli import main

main()
