"""Namesakes who were looked at and found to be two people, so that nobody is asked about them again."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from common.journal import Journaled
from organizations.scope import Scope
from personnel.models.people import Person


class DistinctPeopleQuerySet(models.QuerySet):
    """Pairs of people who are not one."""

    def visible_to(self, scope: Scope) -> Self:
        """Return the pairs of which the scope may see both."""
        people = Person.objects.visible_to(scope)
        return self.filter(Exists(people.filter(pk=OuterRef("first"))), Exists(people.filter(pk=OuterRef("second"))))


class DistinctPeople(Journaled):
    """Two records that look like one person and are two people ("không trùng"); the older record comes first."""

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="đồng chí")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="đồng chí kia")
    said_on = models.DateField("ngày xác định")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người xác định"
    )

    objects = DistinctPeopleQuerySet.as_manager()

    class Meta:
        verbose_name = "cặp hồ sơ không trùng"
        verbose_name_plural = "các cặp hồ sơ không trùng"
        ordering = ["first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_people_are_told_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="older_of_two_people_comes_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
