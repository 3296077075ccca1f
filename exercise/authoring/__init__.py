"""What authors and facilitators make on paper: slips, briefs, cards, the reference."""
