"""Pages of reorganisations: listed, told, planned in a form and previewed, taken back."""
