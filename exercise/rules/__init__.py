"""The alliance systems, one file each; they name each other's fields and never import one another."""
