"""The files of reports: what each carries in its head, Excel and Word, and how a long one is made."""
