"""What the database itself refuses of imports."""
