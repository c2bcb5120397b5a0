"""Names in Vietnamese order, and searches that forgive accents, case and spelling."""

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.vietnamese import normalize, search_key, sort_key, text_sort_key
from personnel.models import Person
from tests import factories

NAMES = (Path(__file__).parent.parent / "acceptance" / "vietnamese_names_sorted.txt").read_text("utf-8").splitlines()
VIETNAMESE = st.text(alphabet=sorted({letter for name in NAMES for letter in name} | set("ĐđÐð-'.,0123456789")))


def shuffled(texts, seed=1):
    return random.Random(seed).sample(texts, len(texts))


def people_named(*names):
    """Store people of these names and nothing else about them worth knowing."""
    for name in names:
        Person(full_name=name, birth_date="1975-05-20", gender="male").save()


class TestOrder:
    @pytest.mark.parametrize("seed", range(5))
    def test_four_hundred_names_come_back_to_their_own_order(self, seed):
        assert sorted(shuffled(NAMES, seed), key=sort_key) == NAMES

    @pytest.mark.django_db
    def test_the_database_lists_them_in_the_same_order(self):
        Person.objects.bulk_create(
            Person(
                full_name=name,
                sort_key=sort_key(name),
                search_key=search_key(name),
                birth_date="1975-05-20",
                gender="male",
            )
            for name in shuffled(NAMES)
        )

        listed = Person.objects.in_name_order().values_list("full_name", flat=True)

        assert list(listed) == NAMES

    def test_given_name_goes_before_family_name_and_middle_names(self):
        names = ["Trần Văn An", "Nguyễn Thị Bình", "Nguyễn Văn Bình", "Trần Bình"]

        assert sorted(shuffled(names), key=sort_key) == names

    def test_tone_decides_between_words_of_the_same_letters(self):
        words = ["ma", "mà", "mả", "mã", "má", "mạ"]

        assert sorted(shuffled(words), key=sort_key) == words

    def test_letters_decide_before_tones(self):
        assert sort_key("Mạ") < sort_key("Mai") < sort_key("Mă") < sort_key("Mâ") < sort_key("Mb")

    def test_d_with_stroke_follows_every_d(self):
        assert sort_key("Dũng") < sort_key("Dy") < sort_key("Đan")

    def test_organisations_are_listed_from_their_first_word(self):
        names = ["Chi bộ Văn phòng", "Đảng bộ Sở Tài chính", "Đảng bộ Sở Y tế"]

        assert sorted(shuffled(names), key=text_sort_key) == names

    @given(VIETNAMESE)
    def test_sort_keys_are_made_of_digits_alone(self, text):
        assert sort_key(text).isdigit() or sort_key(text) == ""


class TestSearchKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Nguyễn Văn Á", "nguyen van a"),
            ("Nguyễn Văn Á", "NGUYỄN  VĂN Á"),
            ("Đặng", "Ðặng"),  # the second begins with eth (U+00D0), not with Đ (U+0110)
            ("đặng", "ðặng"),
            ("uỷ", "ủy"),
            ("Hoà", "Hòa"),
            ("Thuý", "Thúy"),
        ],
    )
    def test_spellings_that_mean_the_same_have_one_key(self, one, other):
        assert search_key(one) == search_key(other)

    def test_different_letters_have_different_keys(self):
        assert search_key("Nguyễn Văn A") != search_key("Nguyễn Văn Ba")

    @given(st.text(max_size=40))
    def test_it_is_idempotent(self, text):
        assert search_key(search_key(text)) == search_key(text)

    @given(st.text(max_size=40) | VIETNAMESE)
    def test_composed_and_decomposed_text_have_one_key(self, text):
        composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

        assert search_key(composed) == search_key(decomposed)
        assert sort_key(composed) == sort_key(decomposed)

    @given(st.text(max_size=40) | VIETNAMESE)
    def test_normalizing_twice_changes_nothing_more(self, text):
        assert normalize(normalize(text)) == normalize(text)


@pytest.mark.django_db
class TestSearch:
    @pytest.mark.parametrize(
        ("stored", "typed"),
        [
            ("Nguyễn Văn Á", "nguyen van a"),
            ("Nguyễn Văn Á", "NGUYỄN VĂN Á"),
            ("Nguyễn Văn Á", "văn nguyễn"),
            ("Nguyễn Văn Á", unicodedata.normalize("NFD", "Nguyễn Văn Á")),
            (unicodedata.normalize("NFD", "Nguyễn Văn Á"), "Nguyễn Văn Á"),
            ("Ðặng Thị Lan", "Đặng"),
            ("Đặng Thị Lan", "Ðặng"),
            ("Đặng Thị Lan", "dang"),
            ("Lê Thị Thuỷ", "Thủy"),
            ("Trần Hoà", "hòa"),
        ],
    )
    def test_a_name_is_found_however_it_is_typed(self, stored, typed):
        people_named(stored, "Phạm Quốc Việt")

        [found] = Person.objects.matching(typed)

        assert found.full_name == normalize(stored)

    def test_names_are_stored_composed_with_the_right_d(self):
        people_named(unicodedata.normalize("NFD", "  Ðặng   Thị Lan "))

        assert Person.objects.get().full_name == "Đặng Thị Lan"

    def test_every_word_must_be_there(self):
        people_named("Nguyễn Văn An")

        assert not Person.objects.matching("nguyen binh").exists()

    def test_a_card_number_finds_its_owner_alone(self):
        people_named("Nguyễn Văn An", "Trần Văn Bình")
        Person.objects.filter(full_name="Trần Văn Bình").update(card_number="12.345678")

        assert [found.full_name for found in Person.objects.matching(" 12.345678 ")] == ["Trần Văn Bình"]

    def test_no_words_find_everybody(self):
        people_named("Nguyễn Văn An", "Trần Văn Bình")

        assert Person.objects.matching("  ").count() == 2

    def test_punctuation_alone_finds_nobody(self):
        people_named("Nguyễn Văn An")

        assert not Person.objects.matching("?!").exists()

    def test_organisations_are_found_by_words_of_name_and_code(self):
        health = factories.organization(name="Đảng bộ Sở Y tế", code="SYT")
        factories.organization(name="Đảng bộ Sở Tài chính", code="STC")

        for typed in ("so y te", "syt", "Y TẾ Đảng"):
            assert list(type(health).objects.matching(typed)) == [health]
