"""What scenarios and people say, followed through every exit of the program."""
