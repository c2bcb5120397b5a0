"""Plans as Excel workbooks: the list out, people to introduce in, in the columns of the office's extract list."""
