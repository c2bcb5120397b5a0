"""Who signs in to the demonstration: one account for each role, and a few that show where a role ends."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.models import Assignment, User
from accounts.roles import Role
from organizations.models import Organization

DEMO_PASSWORD = "so-cap-uy-2026"  # published on purpose: it opens invented data only
INSTALLER = "caidat"
BLOC_CODE = "DEMO-KHOI"
CLERKS_ORGANIZATION = "CS-05"
LEADERS_ORGANIZATION = "CS-08"


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration and the one role that it holds."""

    username: str
    full_name: str
    role: str
    sees_plans: bool
    organization_code: str


DEMO_ACCOUNTS = (
    DemoAccount("quantri", "Phan Hoài Nam", Role.ADMINISTRATOR, False, BLOC_CODE),
    DemoAccount("bantochuc", "Đoàn Thị Thu Hiền", Role.ORGANIZATION_BOARD, False, BLOC_CODE),
    DemoAccount("chuany", "Lại Quốc Khánh", Role.CONFIRMER, False, BLOC_CODE),
    DemoAccount("kiemtra", "Mạc Văn Thiệp", Role.INSPECTION, False, BLOC_CODE),
    DemoAccount("coso", "Tạ Thị Bích Liên", Role.GRASSROOTS_CLERK, False, CLERKS_ORGANIZATION),
    DemoAccount("lanhdao", "Cao Xuân Thắng", Role.LEADER, True, BLOC_CODE),
    DemoAccount("lanhdao2", "Lưu Thị Ngọc Diệp", Role.LEADER, False, BLOC_CODE),
    DemoAccount("lanhdaocs", "Kiều Đức Vượng", Role.LEADER, False, LEADERS_ORGANIZATION),
)


def create_installer() -> User:
    """Create the account that lays the first organisation; nobody can sign in with it."""
    return User.objects.create(
        username=INSTALLER, full_name="Cài đặt hệ thống", is_superuser=True, password=make_password(None)
    )


def create_accounts(usernames: set[str], organizations: dict[str, Organization], password_hash: str) -> dict[str, User]:
    """Create the accounts named, each with its role; their organisations must stand already."""
    users = {}
    for account in DEMO_ACCOUNTS:
        if account.username not in usernames:
            continue
        user = User.objects.create(username=account.username, full_name=account.full_name, password=password_hash)
        Assignment.objects.create(
            user=user,
            role=account.role,
            organization=organizations[account.organization_code],
            sees_plans=account.sees_plans,
        )
        users[account.username] = user
    return users


def demo_accounts_exist() -> bool:
    """Whether the database holds the demonstration: its root organisation and every one of its accounts."""
    usernames = {account.username for account in DEMO_ACCOUNTS}
    found = User.objects.filter(username__in=usernames).count()
    return found == len(usernames) and Organization.objects.filter(code=BLOC_CODE).exists()
