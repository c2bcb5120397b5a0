"""Users, the roles that they hold over parts of the tree, and how each of them likes to see lists."""

from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q

from accounts.querysets import AssignmentQuerySet, OwnListQuerySet
from accounts.roles import RIGHTS, Role
from common.journal import Journaled
from organizations.models import Organization
from organizations.scope import Right, Scope

# What the account made at installation may do, over the whole tree: enough to set the office up, no plan names.
INSTALLER_RIGHTS = (Right.VIEW, Right.ADMINISTER, Right.KEEP_REGISTER)


class User(AbstractBaseUser, Journaled):
    """Somebody who signs in. Rights come from assignments alone; Django's own permissions are not used."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng."},
    )
    full_name = models.CharField("họ và tên", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField(
        "được đăng nhập", default=True, help_text="Bỏ chọn thay vì xóa: nhật ký luôn cần tên người đã làm."
    )
    is_superuser = models.BooleanField(
        "người cài đặt", default=False, help_text="Lập tổ chức đầu tiên và phân quyền ban đầu; không xem quy hoạch."
    )
    date_joined = models.DateTimeField("ngày tạo", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("full_name",)

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ["username"]

    @property
    def is_staff(self) -> bool:
        """Whether the user may open the administration screens (asked by Django's admin)."""
        return self.is_active and self.scope.may(Right.ADMINISTER)

    @is_staff.setter
    def is_staff(self, value: bool) -> None:
        """Ignored: `UserManager` sets it, but the right to administer comes from an assignment."""

    @cached_property
    def scope(self) -> Scope:
        """The rights of this user over the tree. Kept for the life of this object, that is for one request."""
        if not self.is_active:
            return Scope()
        held = self.assignments.select_related(None).annotate(path=F("organization__versions__path"))
        grants = [(right, {each.path}) for each in held if each.path for right in each.rights]
        if self.is_superuser:
            grants += [(right, {"/"}) for right in INSTALLER_RIGHTS]
        return Scope.of(grants)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's admin asks this; administrators may do there what the admin classes allow."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    def __str__(self) -> str:
        return self.full_name or self.username


class Assignment(Journaled):
    """A role that a user holds over an organisation and all beneath it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments", verbose_name="người dùng")
    role = models.CharField("vai trò", max_length=30, choices=Role.choices)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name="phạm vi tổ chức"
    )
    sees_plans = models.BooleanField(
        "được xem danh sách quy hoạch",
        default=False,
        help_text="Dành cho lãnh đạo có trách nhiệm; các vai trò làm quy hoạch đã có sẵn quyền này.",
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân quyền"
        verbose_name_plural = "phân quyền"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organization"], name="one_assignment_of_a_role_over_an_organization"
            ),
        ]

    @property
    def rights(self) -> frozenset[Right]:
        return RIGHTS[self.role] | ({Right.VIEW_PLANS} if self.sees_plans else frozenset())

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} ({self.organization})"


class ListName(models.TextChoices):
    """A list of which each user chooses the columns and keeps filters by name; the value stands in addresses."""

    PEOPLE = "nhan-su", "Nhân sự"


class OwnList(models.Model):
    """What one user has chosen for one list. It says nothing of the register, so the journal does not hold it."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="người dùng")
    list_name = models.CharField("danh sách", max_length=30, choices=ListName.choices)

    objects = OwnListQuerySet.as_manager()

    class Meta:
        abstract = True


class ListPreference(OwnList):
    """The columns of the list that the user wants to see, by their keys, in order."""

    columns = models.JSONField("các cột")

    class Meta:
        verbose_name = "cách xem danh sách"
        verbose_name_plural = "cách xem danh sách"
        constraints = [
            models.UniqueConstraint(fields=["owner", "list_name"], name="one_choice_of_columns_for_a_list"),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {self.get_list_name_display()}"


class SavedFilter(OwnList):
    """A filter of the list, kept by name. `query` is the part of the list's address that follows the question mark."""

    name = models.CharField("tên", max_length=60)
    query = models.CharField("bộ lọc", max_length=1000)

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "list_name", "name"], name="one_saved_filter_of_a_name"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="saved_filter_has_a_name_and_a_filter"),
        ]

    def __str__(self) -> str:
        return self.name
