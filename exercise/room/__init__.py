"""What people do beside the rules: talk, ask, note, argue, keep time.

All of it is entries of the journal. Each shelf folds the kinds of entry that are its own into
what stands now, alike while an exercise runs, when it is taken up again and when it is read the
morning after. What a seat may see and do of a shelf is a *facet* of its desk, in the same file.
"""
