"""The renderer of Word papers: values are text, templates reach nothing but their values."""

import pytest

from common.papers import BadTemplate, render
from tests.files import PDF, text_of_word, word

NASTY = "Nguyễn & <b>Văn</b> \"A\" 'B' {{ mat }} {% x %}"


def test_values_come_out_as_they_are():
    made = render(word("Đồng chí {{ ten }}"), {"ten": NASTY})

    assert text_of_word(made) == f"Đồng chí {NASTY}"


def test_values_in_lists_come_out_as_they_are():
    template = word("{%p for dong in ds %}", "{{ dong.ten }}", "{%p endfor %}")

    assert text_of_word(render(template, {"ds": [{"ten": NASTY}, {"ten": "<&>"}]})) == f"{NASTY}\n<&>"


def test_what_xml_cannot_hold_is_left_out():
    made = render(word("{{ ten }}"), {"ten": "Nguyễn\x00\x0b Văn\x07 A\ufffe\ud800"})

    assert text_of_word(made) == "Nguyễn Văn A"


@pytest.mark.parametrize(
    ("tag", "sentence"),
    [
        ("{{ khac }}", "tên “khac” mà giấy tờ này không có"),
        ("{{ nguoi.tuoi }}", "tên “tuoi” mà giấy tờ này không có"),
        ("{% if khac %}a{% endif %}", "tên “khac” mà giấy tờ này không có"),
        ("{{ range(3) }}", "tên “range” mà giấy tờ này không có"),
        ("{{ ''.__class__ }}", "thẻ không được phép"),
        ("{{ nguoi.__class__.__mro__ }}", "thẻ không được phép"),
        ("{{ ten|attr('__class__') }}", "thẻ không được phép"),
        ("{{ '{0.__class__}'.format(ten) }}", "thẻ không được phép"),
        ("{{ ds.append(1) }}", "thẻ không được phép"),
        ("{{ ten", "thẻ viết sai, gần chỗ “{{ ten”"),
        ("{% for x in ds %}", "thẻ viết sai"),
        ("{{ ten | khong_co }}", "thẻ viết sai"),
        ("{{ ten + 1 }}", "thẻ không dùng được"),
        ("{{ 1 / 0 }}", "thẻ không dùng được"),
        ("{% include 'x' %}", "thẻ không dùng được"),
    ],
)
def test_a_faulty_template_is_refused_in_a_sentence(tag, sentence):
    with pytest.raises(BadTemplate, match=sentence):
        render(word("Kính gửi", tag), {"ten": "A", "nguoi": {"ten": "A"}, "ds": []})


@pytest.mark.parametrize("content", [b"", PDF, b"PK\x03\x04 not an archive"])
def test_what_is_no_word_file_is_no_template(content):
    with pytest.raises(BadTemplate, match="không mở được bằng Word"):
        render(content, {})
