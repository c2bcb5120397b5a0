"""The organisations: a bloc committee, the grassroots organisations that stood beneath it, and cells beneath these."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from demo.accounts import BLOC_CODE
from demo.names import listed
from demo.world import World
from organizations.actions import establish_organization
from organizations.models import Organization, OrganizationKind

FOUNDED = date(2010, 1, 1)

# CS-01 to CS-40.
COMMITTEES = listed(
    "Sở Nội vụ|Sở Tài chính|Sở Kế hoạch và Đầu tư|Sở Nông nghiệp|Sở Công Thương|Sở Xây dựng|Sở Giao thông vận tải|"
    "Sở Tài nguyên và Môi trường|Sở Giáo dục và Đào tạo|Sở Y tế|Sở Lao động|Sở Văn hóa và Thể thao|"
    "Sở Khoa học và Công nghệ|Sở Thông tin và Truyền thông|Sở Tư pháp|Thanh tra tỉnh|Văn phòng Ủy ban nhân dân tỉnh|"
    "Viện Kiểm sát nhân dân|Tòa án nhân dân|Cục Thuế|Cục Thống kê|Kho bạc Nhà nước|Bảo hiểm xã hội|"
    "Bệnh viện Đa khoa|Bệnh viện Y học cổ truyền|Bệnh viện Sản Nhi|Trường Cao đẳng Kỹ thuật|Trường Cao đẳng Y tế|"
    "Trường Cao đẳng Sư phạm|Trường Chính trị|Đài Phát thanh và Truyền hình|Công ty cổ phần Cấp nước|Công ty Điện lực|"
    "Công ty cổ phần Môi trường đô thị|Công ty Khai thác công trình thủy lợi|Công ty cổ phần Vận tải|"
    "Công ty Xổ số kiến thiết|Công ty cổ phần May xuất khẩu|Trung tâm Kiểm soát bệnh tật|Chi cục Kiểm lâm",
    "|",
)

# CS-41 to CS-73; the last of them was established in 2021, one more (CS-74) in 2023.
CELLS = listed(
    "Cơ quan Đảng ủy Khối|Trung tâm Lưu trữ|Trung tâm Khuyến nông|Hội Chữ thập đỏ|Hội Nhà báo|Hội Văn học Nghệ thuật|"
    "Liên minh Hợp tác xã|Hội Luật gia|Hội Người cao tuổi|Hội Đông y|Bảo tàng|Thư viện|Ban Quản lý các khu công nghiệp|"
    "Ban Dân tộc|Quỹ Đầu tư phát triển|Trung tâm Dịch vụ việc làm|Trung tâm Giám định y khoa|Trung tâm Pháp y|"
    "Nhà hát Nghệ thuật|Trung tâm Huấn luyện thể thao|Trung tâm Công nghệ thông tin|Trung tâm Trợ giúp pháp lý|"
    "Trung tâm Quan trắc môi trường|Trung tâm Đăng kiểm|Công ty cổ phần In|Công ty cổ phần Sách và Thiết bị trường học|"
    "Công ty cổ phần Dược phẩm|Công ty Đấu giá tài sản|Trung tâm Giống cây trồng|Trung tâm Bảo trợ xã hội|"
    "Hiệp hội Doanh nghiệp|Ban Quản lý dự án Giao thông|Trung tâm Xúc tiến đầu tư",
    "|",
)

OFFICE = "Văn phòng|Phòng Tổ chức - Hành chính|Phòng Kế hoạch - Tài chính|Phòng Nghiệp vụ|Chi cục trực thuộc"
HOSPITAL = "Khối Hành chính|Khoa Nội|Khoa Ngoại|Khoa Cấp cứu|Khoa Khám bệnh"
SCHOOL = "Phòng Đào tạo|Khoa Cơ bản|Khoa Chuyên ngành|Phòng Công tác học sinh, sinh viên"
COMPANY = "Văn phòng Công ty|Xí nghiệp số 1|Xí nghiệp số 2|Phòng Kỹ thuật"
SUBORDINATE = {
    "CS-02": OFFICE,
    "CS-04": OFFICE,
    "CS-05": OFFICE,
    "CS-07": OFFICE,
    "CS-09": OFFICE,
    "CS-10": OFFICE,
    "CS-20": OFFICE,
    "CS-24": HOSPITAL,
    "CS-26": HOSPITAL,
    "CS-27": SCHOOL,
    "CS-28": SCHOOL,
    "CS-32": COMPANY,
    "CS-33": COMPANY,
    "CS-34": COMPANY,
}
# Section committees stand between a grassroots committee and some of its cells (the numbers of the cells).
SECTIONS = {
    "CS-20": ("Đảng bộ bộ phận các Chi cục", (4, 5)),
    "CS-24": ("Đảng bộ bộ phận khối Lâm sàng", (2, 3, 4)),
    "CS-33": ("Đảng bộ bộ phận khối Sản xuất", (2, 3)),
}


@dataclass(frozen=True)
class Plan:
    """An organisation to establish."""

    code: str
    name: str
    kind: str
    parent: str
    valid_from: date = FOUNDED


def grassroots() -> Iterator[Plan]:
    """Yield the grassroots organisations that stood before 2021."""
    for number, name in enumerate(COMMITTEES, start=1):
        yield Plan(f"CS-{number:02d}", f"Đảng bộ {name}", OrganizationKind.GRASSROOTS_COMMITTEE, BLOC_CODE)
    for number, name in enumerate(CELLS[:-1], start=len(COMMITTEES) + 1):
        yield Plan(f"CS-{number}", f"Chi bộ {name}", OrganizationKind.GRASSROOTS_CELL, BLOC_CODE)


def beneath_grassroots() -> Iterator[Plan]:
    """Yield section committees and subordinate cells, each after what it stands beneath."""
    for parent, names in SUBORDINATE.items():
        section_name, in_section = SECTIONS.get(parent, ("", ()))
        if section_name:
            yield Plan(f"{parent}.BP", section_name, OrganizationKind.SECTION_COMMITTEE, parent)
        owner = COMMITTEES[int(parent[-2:]) - 1]
        for number, name in enumerate(names.split("|"), start=1):
            above = f"{parent}.BP" if number in in_section else parent
            yield Plan(f"{parent}.{number}", f"Chi bộ {name}, {owner}", OrganizationKind.SUBORDINATE_CELL, above)


def establish_bloc(world: World) -> None:
    """Lay the first organisation; it must stay the first, for the office's own is the oldest at the top of the tree."""
    world.organizations[BLOC_CODE] = establish_organization(
        code=BLOC_CODE,
        name="Đảng bộ Khối",
        short_name="Khối",
        kind=OrganizationKind.BLOC,
        valid_from=date(2005, 1, 1),
        by=world.users["caidat"],
    )


def establish_others(world: World) -> None:
    """Enter every organisation that stood in 2020, as the organisation board."""
    for plan in [*grassroots(), *beneath_grassroots()]:
        establish(world, plan)


def establish(world: World, plan: Plan, decision=None) -> Organization:
    """Enter one organisation."""
    organization = establish_organization(
        code=plan.code,
        name=plan.name,
        kind=plan.kind,
        parent=world.organizations[plan.parent],
        valid_from=plan.valid_from,
        decision=decision,
        by=world.users["bantochuc"],
    )
    world.organizations[plan.code] = organization
    return organization
