"""Tables of the lists of planning, by subject."""
