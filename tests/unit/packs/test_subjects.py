"""Whom or what a memory is about by the titles above it, where that is not the user."""

from __future__ import annotations

import pytest

from memlake.packs.categories import is_kin
from memlake.packs.subjects import Subject, subject_of, with_subject

_PROJECTS = {"p1": "Tidewatch"}


def subject(scope: str | None, section: str | None = None) -> Subject | None:
    """Return what a statement of an account is about whose user is called Noa."""
    return subject_of(scope, section, names={"Noa"}, projects=_PROJECTS)


@pytest.mark.parametrize(
    ("scope", "section", "expected"),
    [
        ("file:/people/tiago.md", "Tiago", Subject("Tiago", is_person=True)),
        ("file:/people/tiago-silva.md", "Tiago", Subject("Tiago", is_person=True)),
        ("file:/people/tiago.md", "Profile", Subject("Tiago", is_person=True)),
        ("file:/people/tiago_silva.md", None, Subject("Tiago Silva", is_person=True)),
        ("file:/people/tiago.md", "Work shifts", Subject("Tiago / Work shifts", is_person=True)),
        ("file:/people.md", "Rui", Subject("Rui", is_person=True)),
        ("file:/familie/elsa.md", "Elsa", Subject("Elsa", is_person=True)),
        ("file:/projects/tidewatch.md", "Tidewatch API", Subject("Tidewatch API", is_person=False)),
        ("account", "Family / Tiago", Subject("Tiago", is_person=True)),
        ("project:p1", "Current state", Subject("Tidewatch", is_person=False)),
        (None, "People / Tiago", Subject("Tiago", is_person=True)),
    ],
)
def test_titles_name_what_a_statement_is_about(scope: str | None, section: str | None, expected: Subject) -> None:
    """Those of the file or project, and of the headings."""
    assert subject(scope, section) == expected


@pytest.mark.parametrize(
    ("scope", "section"),
    [
        (None, None),
        (None, "Cooking"),
        ("account", "Personal context / At work"),
        ("account", None),
        ("account", "Brief history / Recent months"),
        ("file:/preferences.md", "Preferences"),
        ("file:/people/noa.md", "Noa Lindqvist"),
        ("file:/notes/2026-05.md", "Notizen"),
        ("project:p2", "Purpose & context"),
    ],
)
def test_what_is_about_the_user_has_no_subject(scope: str | None, section: str | None) -> None:
    """Their profile, what the assistant calls them, and what a list is sorted by."""
    assert subject(scope, section) is None


def test_a_subject_is_said_once() -> None:
    """Not where the words name it, which parts of other words do not."""
    told = [with_subject(*one) for one in ((None, "Tea"), ("Rui", "Likes ruins"), ("Rui", "Tea is what Rui likes"))]

    assert told == ["Tea", "Rui: Likes ruins", "Tea is what Rui likes"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Tiago Silva", "Lives with her partner Tiago."),
        ("Elsa", "Elsa, her sister, lives in Malmö."),
        ("Mum", "Likes tea."),
        ("Elsa", "Seine Schwester Elsa wohnt in Malmö."),
    ],
)
def test_family_is_known_by_the_word_beside_a_name(name: str, text: str) -> None:
    """Before it or behind it, or by the name itself."""
    assert is_kin(name, [text])


@pytest.mark.parametrize(
    "text", ["Her partner Tiago met Rui.", "Works with Rui. Has a sister.", "Likes ruins of family homes."]
)
def test_who_is_only_named_near_family_is_none(text: str) -> None:
    """Somebody else stands between, or no name does."""
    assert not is_kin("Rui", [text])


def test_a_title_with_family_in_it_is_none() -> None:
    """It may be of a project."""
    assert not is_kin("Family tree", ["Works on the family tree."])
