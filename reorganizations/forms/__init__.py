"""The form of a reorganisation: what is picked first, then what the kind asks for."""
