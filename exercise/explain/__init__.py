"""Explanations: from a cell to its causes, from an order to who gave it, in a viewer's words."""
