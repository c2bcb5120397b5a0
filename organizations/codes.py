"""Codes of organisations: which will do."""

UNADDRESSABLE = "Mã “{code}” không dùng được: mã không có dấu gạch chéo và không chỉ gồm dấu chấm."


def is_addressable(code: str) -> bool:
    """Whether the code can stand in the address of a page, as that of every organisation does."""
    return not set(code) & {"/", "\\"} and bool(code.strip("."))
