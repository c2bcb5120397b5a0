"""The coverage board: who stands behind every seat of every organisation. `reads` fetches, `reckoning` reckons."""
