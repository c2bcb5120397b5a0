"""The leaders' dashboard: `asked` what it is of, `course` the year and those before, `stock` reads the day, `places`,
`coming` and `structure` reckon with that, `pictures` draws, `board` puts the page together."""
