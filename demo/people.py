"""The people: party members with full records, spread over the organisations and their cells."""

from datetime import date

from demo import names
from demo.elders import ELDERS
from demo.organizations import SUBORDINATE
from demo.world import World
from personnel.actions import register_people
from personnel.models import Education, Gender, PoliticalTheory, Precision

PEOPLE_OF_A_COMMITTEE = 27
PEOPLE_OF_A_GRASSROOTS_CELL = 14
PEOPLE_OF_A_SUBORDINATE_CELL = 8
FIELDS_OF_STUDY = names.listed(
    "Luật|Kinh tế|Quản lý công|Kế toán|Công nghệ thông tin|Y khoa|Dược học|Kỹ thuật xây dựng|Nông học|Sư phạm Ngữ văn|"
    "Sư phạm Toán|Quản trị kinh doanh|Kỹ thuật điện|Môi trường|Báo chí|Tài chính - Ngân hàng",
    "|",
)
POSTS_BY_SENIORITY = (
    (1974, ("Giám đốc", "Phó Giám đốc", "Trưởng phòng", "Chánh Văn phòng")),
    (1986, ("Trưởng phòng", "Phó Trưởng phòng", "Phó Chánh Văn phòng", "Chuyên viên chính")),
    (2001, ("Phó Trưởng phòng", "Chuyên viên", "Chuyên viên", "Cán bộ Công đoàn", "Bí thư Đoàn Thanh niên")),
)


def register_all(world: World) -> None:
    """Enter the people of every organisation, and with them who leaves a committee by retiring within the term."""
    for code, organization in list(world.organizations.items()):
        if "." in code or not code.startswith("CS-"):
            continue
        cells = len(SUBORDINATE.get(code, "").split("|")) if code in SUBORDINATE else 0
        if cells:
            for number in range(1, cells + 1):
                register_members(world, f"{code}.{number}", PEOPLE_OF_A_SUBORDINATE_CELL)
            of_cells = [world.members[f"{code}.{number}"] for number in range(1, cells + 1)]
            world.members[code] = [person for row in zip(*of_cells, strict=True) for person in row]
        else:
            is_cell = organization.name.startswith("Chi bộ")
            register_members(world, code, PEOPLE_OF_A_GRASSROOTS_CELL if is_cell else PEOPLE_OF_A_COMMITTEE)
        register_elder(world, code)


def register_members(world: World, code: str, count: int, member_from: date = date(2018, 1, 1)) -> None:
    """Enter `count` people as members of the organisation."""
    records = [_record(world) for _ in range(count)]
    world.members[code] = register_people(
        organization=world.organizations[code],
        people=records,
        member_from=member_from,
        by=world.users["bantochuc"],
    )


def register_elder(world: World, code: str) -> None:
    """Enter the person who retires within the term from the committee of the organisation, where there is one."""
    if code not in ELDERS:
        return
    record = _record(world, Gender.MALE, ELDERS[code].born)
    record |= {"birth_precision": Precision.DAY, "present_post": "Giám đốc"}
    place = f"{code}.1" if code in SUBORDINATE else code
    [world.elders[code]] = register_people(
        organization=world.organizations[place],
        people=[record],
        member_from=date(2018, 1, 1),
        by=world.users["bantochuc"],
    )


def _record(world: World, gender: str | None = None, born: date | None = None) -> dict[str, object]:
    rng = world.rng
    gender = gender or rng.choices((Gender.MALE, Gender.FEMALE), (3, 2))[0]
    born, precision = (born, Precision.DAY) if born else _birth(world, gender)
    joined = date(born.year + rng.randint(21, 31), rng.randint(1, 12), rng.randint(1, 28))
    joined = min(joined, date(2016, rng.randint(1, 12), rng.randint(1, 28)))
    joined = max(joined, date(born.year + 18, 2, 3))
    education = rng.choices(Education.values, (2, 4, 60, 30, 4))[0]
    world.cards += 1
    return {
        "full_name": names.full_name(rng, gender),
        "birth_date": born,
        "birth_precision": precision,
        "gender": gender,
        "ethnic_group": rng.choice(names.ETHNIC_GROUPS),
        "hometown": names.hometown(rng),
        "joined_party_on": joined,
        "official_on": joined.replace(year=joined.year + 1),  # never 29 February: days go up to 28
        "card_number": f"99.{world.cards:06d}",
        "education": education,
        "field_of_study": rng.choice(FIELDS_OF_STUDY),
        "political_theory": _theory(rng, born.year),
        "present_post": _post(rng, born.year),
    }


def _birth(world: World, gender: str) -> tuple[date, str]:
    """Return a day of birth of somebody who works beyond 2026, and how much of it the file knows."""
    earliest = 1966 if gender == Gender.MALE else 1971
    born = date(world.rng.randint(earliest, 1997), world.rng.randint(1, 12), world.rng.randint(1, 28))
    precision = world.rng.choices(Precision.values, (92, 5, 3))[0]
    if precision == Precision.MONTH:
        return born.replace(day=1), precision
    if precision == Precision.YEAR:
        return born.replace(month=1, day=1), precision
    return born, precision


def _theory(rng, year: int) -> str:
    if year < 1970 and rng.random() < 0.1:
        return PoliticalTheory.BACHELOR
    weights = (1, 3, 6) if year < 1978 else (3, 6, 2) if year < 1988 else (7, 3, 0)
    return rng.choices(("elementary", "intermediate", "advanced"), weights)[0]


def _post(rng, year: int) -> str:
    return rng.choice(next(posts for before, posts in POSTS_BY_SENIORITY if year < before))
