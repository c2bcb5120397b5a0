"""The office's own words for a report: a small language of texts with fields, checked on save, rendered with links."""
