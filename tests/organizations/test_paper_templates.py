"""The Word templates of papers: those that come with the product, and the office's own."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from common.errors import NotAllowed, Refused
from common.papers import render
from organizations.actions import remove_paper_template, replace_paper_template
from organizations.models import PaperKind, PaperTemplate
from organizations.papers import SAMPLES, default_template, template_in_use
from organizations.scope import Right
from scripts.paper_templates import PAPERS
from tests import factories
from tests.files import PDF, text_of_word, upload, word

pytestmark = pytest.mark.django_db
ADD = reverse("admin:organizations_papertemplate_add")
LIST = reverse("admin:organizations_papertemplate_changelist")
SUBMISSION = PaperKind.SUBMISSION


def own(*paragraphs: str, name: str = "mẫu.docx"):
    return upload(word(*paragraphs), name)


def replaced(*paragraphs: str) -> PaperTemplate:
    """Return the office's own template of the submission."""
    return replace_paper_template(PaperTemplate(kind=SUBMISSION), upload=own(*paragraphs), by=factories.office())


@pytest.fixture
def administrator(client):
    client.force_login(factories.user(Role.ADMINISTRATOR, factories.organization()))
    return client


class TestOriginals:
    @pytest.mark.parametrize("kind", PaperKind.values)
    def test_each_is_written_with_the_names_that_it_may_use(self, kind):
        text = text_of_word(render(default_template(kind), SAMPLES[kind]))

        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
        assert "……………, ngày 05 tháng 02 năm 2026" in text
        assert "T/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn A" in text
        assert "{" not in text

    @pytest.mark.parametrize("kind", PaperKind.values)
    def test_each_is_what_its_script_builds(self, kind, tmp_path):
        PAPERS[kind]().save(str(tmp_path / "built.docx"))

        assert self.parts(default_template(kind)) == self.parts(tmp_path / "built.docx")

    def parts(self, path):
        with ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def test_every_paper_has_one(self):
        assert {path.stem for path in default_template(SUBMISSION).parent.iterdir()} == set(PaperKind.values)


class TestReplace:
    def test_the_paper_is_written_with_the_offices_own(self):
        assert template_in_use(SUBMISSION) == default_template(SUBMISSION)

        replaced("Của cơ quan: {{ kinh_gui }}")

        assert text_of_word(render(template_in_use(SUBMISSION), {"kinh_gui": "A"})) == "Của cơ quan: A"
        assert template_in_use(PaperKind.DECISION) == default_template(PaperKind.DECISION)

    def test_the_journal_names_the_act(self):
        entry = LogEntry.objects.get_for_object(replaced("x")).get()

        assert (entry.additional_data["act"], entry.actor) == ("Thay mẫu giấy tờ", factories.office())

    def test_a_newer_one_takes_its_place_and_the_older_is_thrown_away(self, django_capture_on_commit_callbacks):
        template = replaced("cũ")
        former = Path(template.content.path)

        with django_capture_on_commit_callbacks(execute=True):
            replace_paper_template(template, upload=own("mới"), by=factories.office())

        assert text_of_word(template_in_use(SUBMISSION)) == "mới"
        assert not former.exists()

    def test_taken_away_the_original_is_used_again(self, django_capture_on_commit_callbacks):
        template = replaced("x")
        stored = Path(template.content.path)

        with django_capture_on_commit_callbacks(execute=True):
            remove_paper_template(template, by=factories.office())

        assert template_in_use(SUBMISSION) == default_template(SUBMISSION)
        assert not stored.exists()

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            (upload(PDF, "a.pdf"), "không phải là DOCX"),
            (own("{{ khong_co }}"), "tên “khong_co” mà giấy tờ này không có"),
            (own("{{ nhan_su }}"), "tên “nhan_su” mà giấy tờ này không có"),  # another paper's
            (own("{% if not du_thao %}{{ khong_co }}{% endif %}"), "tên “khong_co”"),
            (own("{% if kem_theo == '' %}{{ khong_co }}{% endif %}"), "tên “khong_co”"),  # when nothing is there
            (own("{{ ''.__class__ }}"), "thẻ không được phép"),
            (own("{% for x in noi_dung %}"), "thẻ viết sai"),
        ],
    )
    def test_one_that_does_not_work_is_refused(self, sent, sentence):
        with pytest.raises(Refused, match=sentence):
            replace_paper_template(PaperTemplate(kind=SUBMISSION), upload=sent, by=factories.office())
        assert not PaperTemplate.objects.exists()

    def test_only_an_administrator_may(self):
        template = replaced("x")
        others = factories.holder_of(*set(Right) - {Right.ADMINISTER})

        with pytest.raises(NotAllowed):
            replace_paper_template(template, upload=own("y"), by=others)
        with pytest.raises(NotAllowed):
            remove_paper_template(template, by=others)


class TestAdministration:
    def test_an_administrator_puts_one_in_and_takes_it_away(self, administrator):
        response = administrator.post(ADD, {"kind": SUBMISSION, "upload": own("Của cơ quan")})
        assert response.status_code == 302, response.context["errors"]
        template = PaperTemplate.objects.get()
        assert "mẫu.docx" in administrator.get(LIST).content.decode()

        change = reverse("admin:organizations_papertemplate_change", args=[template.pk])
        assert administrator.post(change, {"upload": own("Mới hơn")}).status_code == 302
        assert text_of_word(template_in_use(SUBMISSION)) == "Mới hơn"

        delete = reverse("admin:organizations_papertemplate_delete", args=[template.pk])
        assert administrator.post(delete, {"post": "yes"}).status_code == 302
        assert not PaperTemplate.objects.exists()

    def test_several_are_taken_away_at_once(self, administrator):
        chosen = {"action": "delete_selected", "_selected_action": replaced("x").pk, "post": "yes"}

        assert administrator.post(LIST, chosen).status_code == 302
        assert not PaperTemplate.objects.exists()

    def test_a_faulty_one_gets_its_sentence(self, administrator):
        response = administrator.post(ADD, {"kind": SUBMISSION, "upload": own("{{ khong_co }}")})

        assert "Mẫu dùng tên “khong_co” mà giấy tờ này không có" in response.content.decode()
        assert not PaperTemplate.objects.exists()

    def test_a_second_one_of_a_paper_is_refused(self, administrator):
        replaced("x")

        response = administrator.post(ADD, {"kind": SUBMISSION, "upload": own("y")})

        assert "Giấy tờ này đã có mẫu riêng" in response.content.decode()

    def test_the_originals_can_be_fetched_to_start_from(self, administrator):
        page = administrator.get(ADD).content.decode()
        for kind in PaperKind.values:
            address = reverse("admin:paper_template_original", args=[kind])
            assert address in page
            assert administrator.get(address).getvalue() == default_template(kind).read_bytes()
        assert administrator.get(reverse("admin:paper_template_original", args=["khac"])).status_code == 404

    def test_the_own_one_can_be_fetched(self, administrator):
        template = replaced("Của cơ quan")

        response = administrator.get(reverse("admin:paper_template_own", args=[template.pk]))

        assert text_of_word(response.getvalue()) == "Của cơ quan"
