"""Plain mode: every role as a conversation, line by line, for screen readers, pipes and slow links.

Nothing here moves the cursor, colours or draws. A line in is a command, an order or the number
of something that was listed; what comes out is one statement a line. All of it is asked of desks.
"""
