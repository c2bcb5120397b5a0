"""Pictures drawn on the server, each with a table that says the same."""
