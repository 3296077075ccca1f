"""Looking at an exercise that has been played; nothing here needs the rules."""
