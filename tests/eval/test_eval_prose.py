"""The labelled prose: it is as it says, and what is found in it is measured right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from eval import evaluate_prose
from eval.prose_people import (
    Fact,
    Kind,
    Labelled,
    ProsePerson,
    Rewrite,
    Section,
    Text,
    TrueLink,
    load_prose_people,
    load_prose_person,
    markdown,
    prose_names,
)
from eval.prose_scoring import cut, judged_rewrites, measure_prose, prose_figures

_EACH = pytest.mark.parametrize("name", prose_names())


@_EACH
def test_statement_ids_are_unique(name: str) -> None:
    """Over all exports of a person, so that a link means one thing."""
    ids = [
        statement.key for export in load_prose_person(name).exports for text in export for statement in text.statements
    ]

    assert len(set(ids)) == len(ids)


@_EACH
def test_every_statement_is_in_one_link_or_none(name: str) -> None:
    """What is in no link was dropped or is new: nothing is left unsaid."""
    person = load_prose_person(name)

    for rewrite in person.rewrites:
        before = Counter([*rewrite.dropped, *(key for link in rewrite.links for key in link.before)])
        after = Counter([*rewrite.new, *(key for link in rewrite.links for key in link.after)])
        assert before == Counter(list(_places(person.exports[rewrite.before_place])))
        assert after == Counter(list(_places(person.exports[rewrite.after_place])))


@_EACH
def test_kind_of_each_link_is_what_the_texts_show(name: str) -> None:
    """The same is the same, a move is one, and only a changed link has a fact."""
    person = load_prose_person(name)

    for rewrite in person.rewrites:
        before, after = (_places(person.exports[at]) for at in (rewrite.before_place, rewrite.after_place))
        for link in rewrite.links:
            sizes = (min(len(link.before), 2), min(len(link.after), 2))
            assert sizes == {"merged": (2, 1), "split": (1, 2)}.get(link.kind, (1, 1))
            assert (link.kind == "changed") == (link.fact is not None)
            if sizes == (1, 1):
                assert _agrees(link.kind, before[link.before[0]], after[link.after[0]]), link


@_EACH
def test_texts_are_cut_as_they_are_labelled(name: str) -> None:
    """A new person's statements are what the splitter makes of them, or the measures mean nothing."""
    person = load_prose_person(name)

    for export in person.exports:
        found = cut(export, person.language)
        assert found.missed == []
        assert len(found.labelled) == len(found.placed)


def test_set_is_large_and_mixed_enough() -> None:
    """Four languages, a third of the people held out, every kind of link and of fact."""
    people = load_prose_people(prose_names())
    links = [link for person in people for rewrite in person.rewrites for link in rewrite.links]

    assert sum(len(link.pairs) for link in links) >= 300
    assert sum(len(person.rewrites) for person in people) >= 6
    assert len({person.language for person in people}) >= 4
    assert sum(person.is_held_out for person in people) * 3 == len(people)
    assert {link.kind for link in links} == {"same", "reworded", "moved", "changed", "merged", "split"}
    assert {link.fact for link in links} == {None, "number", "name", "negation", "word"}


def test_markdown_has_headings_paragraphs_and_bullets() -> None:
    """As exports write them; Japanese sentences stand together without spaces."""
    sections = (
        _section("**Work**", ()),
        _section("*Now*", ("Aか。", "B。")),
        _section("# Wishes", ("C",), bullets=True),
    )
    text = Text(scope="account", sections=sections)

    assert markdown(text, "ja") == "**Work**\n\n*Now*\n\nAか。B。\n\n# Wishes\n\n- C\n"
    assert "Aか。 B。" in markdown(text, "en")


def test_statement_that_is_cut_otherwise_is_no_labelled_one() -> None:
    """It is found by its text, each once, and takes part under a name of its own."""
    section = _section("**Work**", ("Keeps bees. Has a dog.", "Keeps bees."))

    found = cut((Text(scope="account", sections=(section,)),), "en")

    assert found.keys == ("Keeps bees. 1", "? 1", "? 2")
    assert [statement.text for statement in found.missed] == ["Keeps bees. Has a dog."]


def test_truth_that_is_found_measures_one() -> None:
    """A kept, a changed and a split statement."""
    measured = measure_prose(list(judged_rewrites(_person())))

    assert (measured.pair_count, measured.change_count) == (4, 1)
    assert (measured.match_precision, measured.match_recall, measured.match_f1) == (1, 1, 1)
    assert (measured.change_precision, measured.change_recall, measured.unchanged_silent) == (1, 1, 1)


def test_change_that_is_none_counts_against_precision_and_silence() -> None:
    """Labels that call the changed number a rewording: one of three unchanged links is not silent."""
    measured = measure_prose(list(judged_rewrites(_person(kind_of_second="reworded"))))

    assert (measured.change_precision, measured.change_recall) == (0, None)
    assert measured.unchanged_silent == pytest.approx(2 / 3)


def test_change_counts_as_found_only_where_its_statements_are_linked() -> None:
    """Labels that link other statements than the texts show."""
    measured = measure_prose(list(judged_rewrites(_person(second_after="It rains. 1"))))

    assert measured.change_recall == measured.change_precision == 0
    assert measured.match_precision == measured.match_recall == 0.75


def test_nothing_to_measure_gives_only_counts() -> None:
    """Shares of nothing are unknown, never 0 or 1."""
    assert prose_figures([]) == {"all": {"pair_count": 0, "change_count": 0}}


def test_table_has_a_row_for_each_language_and_tells_the_goals() -> None:
    """Over all people, and apart; a measure with nothing to count is an empty cell."""
    printed = evaluate_prose.prose_table({"all": {"pair_count": 4, "match_f1": 0.94}, "language ja": {}})

    assert [line.split(" | ")[0] for line in printed.splitlines()[2:4]] == ["| all", "| language ja"]
    assert "| all | 4 |  |" in printed
    assert "missed: match_f1 0.940, goal 0.95" in printed


def test_errors_are_told_in_the_words_of_the_statements() -> None:
    """Whoever improves the aligner sees what it missed and what it made up."""
    (found,) = judged_rewrites(_person(second_after="It rains. 1"))

    told = list(evaluate_prose.errors(found))

    assert [line.split("\n")[0] for line in told] == [
        "match - Leads a team of 12 people.",
        "match + Leads a team of 12 people.",
        "change - (number) Leads a team of 12 people.",
        "change + (number: 12 → 60) Leads a team of 12 people.",
    ]


def test_statement_that_is_cut_otherwise_is_named_among_the_errors() -> None:
    """Its pair was not found, and what was found instead is told in the words of its own export."""
    before = _export("Keeps bees. Has a dog.")
    after = _export("Keeps bees.", "Has a cat.")
    link = _link("Keeps bees. Has a dog. 0", "Keeps bees. 0", kind="reworded")
    rewrite = Rewrite(before_place=0, after_place=1, links=(link,), dropped=(), new=())
    kim = ProsePerson(name="kim", language="en", is_held_out=False, exports=(before, after), rewrites=(rewrite,))

    told = [line for (found,) in [judged_rewrites(kim)] for line in evaluate_prose.errors(found)]

    assert told[:3] == [
        "cut - Keeps bees. Has a dog.",
        "match - Keeps bees. Has a dog.\n        Keeps bees.",
        "match + Keeps bees.\n        Keeps bees.",
    ]


def test_program_compares_the_development_people_with_the_baseline(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was written a moment ago is no fall; without a baseline nothing was checked."""
    baseline = tmp_path / "baseline.json"

    codes = [
        evaluate_prose.main(["--baseline", str(baseline), *more]) for more in ([], ["--update-baseline"], ["--json"])
    ]

    assert codes == [1, 0, 0]
    assert "--update-baseline writes them" in capsys.readouterr().err


def test_chosen_people_are_compared_with_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A part of the people has other figures; its errors are told where they are asked for."""
    assert evaluate_prose.main(["--people", "kenji", "haruka", "--errors"]) == 0

    printed = capsys.readouterr().out
    assert "| language ja |" in printed
    assert "| language en |" not in printed


@pytest.mark.parametrize(
    "arguments",
    [
        ("--people", "gwen"),
        ("--held-out", "--errors"),
        ("--held-out", "--people", "mara"),
        ("--people", "mara", "--update-baseline"),
    ],
)
def test_held_out_people_are_never_shown(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Nor does a part of the figures become the baseline."""
    with pytest.raises(SystemExit) as stopped:
        evaluate_prose.main(arguments)

    assert stopped.value.code == 2
    assert "error: " in capsys.readouterr().err


def _places(export: tuple[Text, ...]) -> dict[str, tuple[str, str, str]]:
    """Return each statement's text, scope and heading by its id."""
    return {
        statement.key: (statement.text, text.scope, section.heading)
        for text in export
        for section in text.sections
        for statement in section.statements
    }


def _agrees(kind: Kind, before: tuple[str, str, str], after: tuple[str, str, str]) -> bool:
    is_same_text, is_same_place = before[0] == after[0], before[1:] == after[1:]
    return {
        "same": is_same_text and is_same_place,
        "moved": not is_same_place,
        "reworded": is_same_place and not is_same_text,
    }.get(kind, not is_same_text)


def _section(heading: str, texts: tuple[str, ...], *, bullets: bool = False) -> Section:
    labelled = tuple(Labelled(key=f"{text} {number}", text=text) for number, text in enumerate(texts))
    return Section(heading=heading, style="bullets" if bullets else "sentences", statements=labelled)


def _export(*texts: str) -> tuple[Text, ...]:
    return (Text(scope="account", sections=(_section("**Work**", texts),)),)


def _person(*, kind_of_second: Kind = "changed", second_after: str = "Leads a team of 60 people. 2") -> ProsePerson:
    """Return somebody of whom one statement is kept, one changed and one split, and one dropped for another."""
    before = _export(
        "Keeps bees.", "Leads a team of 12 people.", "Plays the cello and studies Portuguese.", "Owns a van."
    )
    after = _export(
        "Keeps bees.", "It rains.", "Leads a team of 60 people.", "Plays the cello on Sundays.", "Studies Portuguese."
    )
    fact: Fact | None = "number" if kind_of_second == "changed" else None
    links = (
        _link("Keeps bees. 0", "Keeps bees. 0", kind="same"),
        TrueLink(before=("Leads a team of 12 people. 1",), after=(second_after,), kind=kind_of_second, fact=fact),
        _link(
            "Plays the cello and studies Portuguese. 2",
            "Plays the cello on Sundays. 3",
            "Studies Portuguese. 4",
            kind="split",
        ),
    )
    rewrite = Rewrite(before_place=0, after_place=1, links=links, dropped=(), new=())
    return ProsePerson(name="kim", language="en", is_held_out=False, exports=(before, after), rewrites=(rewrite,))


def _link(before: str, *after: str, kind: Kind) -> TrueLink:
    return TrueLink(before=(before,), after=after, kind=kind, fact=None)
