"""The save: a hash chain of entries, kept in one SQLite file that one process opens at a time."""
