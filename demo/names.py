"""Invented names of people and places. Nobody known bears one, and no real province is named."""

from random import Random

from common.vietnamese import search_key
from personnel.models import Gender


def listed(text: str, separator: str = " ") -> list[str]:
    """Return the items of a list written in one string: one item on a line would fill pages."""
    return text.split(separator)


FAMILY = listed(
    "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Lê Phạm Phạm Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương "
    "Lý Đinh Đoàn Lâm Trịnh Mai Đào Cao Hà Tạ Lương Thái Châu Quách Tô Kiều Lưu Vương La Khuất Nghiêm Doãn Mạc Ông Ưng"
)
MIDDLE = {
    Gender.MALE: listed(
        "Văn Văn Văn Đức Hữu Quang Minh Công Xuân Đình Thanh Ngọc Duy Thế Trọng Quốc Anh Mạnh Khắc Viết"
    ),
    Gender.FEMALE: listed(
        "Thị, Thị, Thị Thu, Thị Ngọc, Thị Bích, Thị Kim, Thị Hồng, Thị Thanh, Ngọc, Thanh, Thu, Hoài, Diệu, Minh", ", "
    ),
}
GIVEN = {
    Gender.MALE: listed(
        "An Ân Bách Bảo Bình Cảnh Chiến Chung Cường Đạt Điền Đông Đức Dũng Duy Giáp Hải Hậu Hiệp Hoan Hoàng Hưng Huy "
        "Khải Khánh Khoa Kiên Lâm Lân Lộc Long Lực Mạnh Nam Nghĩa Nhân Ninh Phong Phú Phúc Quân Quý Sáng Sơn Tài Tân "
        "Thái Thắng Thành Thịnh Thuận Tiến Toàn Trí Trung Tú Tuấn Tùng Việt Vinh Vượng Ước Ý"
    ),
    Gender.FEMALE: listed(
        "An Ánh Bình Châu Chi Cúc Dung Duyên Đào Giang Hà Hải Hạnh Hằng Hiền Hoa Hòa Huệ Hương Hường Khuê Lan Lệ "
        "Liên Linh Loan Ly Mai Mận Minh My Nga Ngà Ngân Nguyệt Nhung Oanh Phượng Quyên Quỳnh Sen Tâm Thảo Thơ Thoa Thu "
        "Thủy Trang Trâm Tuyết Uyên Vân Xuân Yến"
    ),
}
KNOWN_PEOPLE = frozenset(
    search_key(name)
    for name in listed(
        "Hồ Chí Minh, Võ Nguyên Giáp, Lê Duẩn, Phạm Văn Đồng, Nguyễn Văn Linh, Đỗ Mười, Lê Khả Phiêu, Nông Đức "
        "Mạnh, Nguyễn Phú Trọng, Tô Lâm, Lương Cường, Phạm Minh Chính, Trần Thanh Mẫn, Nguyễn Xuân Phúc, Vương "
        "Đình Huệ, Võ Văn Thưởng, Trương Thị Mai, Trần Cẩm Tú, Nguyễn Thị Kim Ngân, Trần Đức Lương, Nguyễn Minh "
        "Triết, Trương Tấn Sang, Nguyễn Tấn Dũng, Trần Đại Quang, Phan Văn Khải, Võ Văn Kiệt, Nguyễn Sinh Hùng, "
        "Lê Hồng Anh, Phan Đình Trạc, Nguyễn Hòa Bình, Phan Văn Giang, Lê Minh Hưng, Bùi Thanh Sơn, Nguyễn Trọng "
        "Nghĩa, Đỗ Văn Chiến, Nguyễn Văn Nên, Đinh Tiến Dũng, Phạm Bình Minh, Vũ Đức Đam, Hoàng Trung Hải, Đinh "
        "La Thăng, Nguyễn Thiện Nhân, Nguyễn Xuân Thắng, Trần Quốc Vượng, Ngô Xuân Lịch, Nguyễn Văn Bình, Trần "
        "Tuấn Anh, Lê Hoài Trung, Nguyễn Chí Dũng, Lê Thành Long, Trần Hồng Hà, Lê Văn Thành, Nguyễn Duy Ngọc, "
        "Trần Lưu Quang, Nguyễn Thanh Nghị, Lương Tam Quang, Nguyễn Mạnh Hùng, Đào Ngọc Dung, Trần Sỹ Thanh, "
        "Nguyễn Thanh Long, Nguyễn Kim Sơn, Nguyễn Văn Hùng, Nguyễn Văn Thể, Nguyễn Hồng Diên, Lê Minh Hoan, "
        "Huỳnh Thành Đạt, Nguyễn Thị Hồng, Trần Văn Sơn, Nguyễn Văn Thắng, Nguyễn Đức Chung, Nguyễn Thị Định, "
        "Nguyễn Thị Bình, Lê Quang Đạo, Nguyễn Văn Cừ, Hà Huy Tập, Lê Hồng Phong, Trần Phú, Trường Chinh, Tôn Đức "
        "Thắng, Lý Tự Trọng, Võ Thị Sáu",
        ", ",
    )
)

ETHNIC_GROUPS = ["Kinh"] * 44 + ["Tày", "Tày", "Thái", "Mường", "Nùng", "Khmer", "Hoa", "Chăm", "Ê Đê"]
PLACE_FIRST = listed("An Tân Đông Xuân Mỹ Trung Minh Nhân Đại Kim Liên Thượng")
PLACE_SECOND = listed("Khê Lộc Lạc Thịnh Hội Sơn Tiến Đồng Trạch Thạnh Viên Cát")


def full_name(rng: Random, gender: str) -> str:
    """Return an invented name; two people may share one, as in life, but none shares a known person's."""
    while True:
        name = f"{rng.choice(FAMILY)} {rng.choice(MIDDLE[gender])} {rng.choice(GIVEN[gender])}"
        if len(set(name.split())) == len(name.split()) and search_key(name) not in KNOWN_PEOPLE:
            return name


def hometown(rng: Random) -> str:
    """Return an invented commune and district."""
    commune = f"{rng.choice(PLACE_FIRST)} {rng.choice(PLACE_SECOND)}"
    district = f"{rng.choice(PLACE_FIRST)} {rng.choice(PLACE_SECOND)}"
    return f"{rng.choice(('xã', 'xã', 'xã', 'phường', 'thị trấn'))} {commune}, huyện {district}"
