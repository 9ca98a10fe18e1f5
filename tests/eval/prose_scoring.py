"""How good prose history is: the labelled links of two exports against what is found in their texts.

Every measure is a share from 0 to 1, or `None` where it has nothing to count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from eval.prose_people import Labelled, ProsePerson, Rewrite, Text, TrueLink, markdown

from memlake.history.prose.alignment import Group, Link, Placed, align, groups
from memlake.history.prose.facts import Context, fact_change
from memlake.parsing.prose import statements

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One export's statements as they are cut; `keys`: which labelled one each is, a new name for one that is none."""

    placed: tuple[Placed, ...]
    keys: tuple[str, ...]
    labelled: tuple[Labelled, ...]

    @property
    def texts(self) -> dict[str, str]:
        """Every statement by its key: those that are cut, and those that are labelled and not cut like that."""
        cut_texts = {key: one.text for key, one in zip(self.keys, self.placed, strict=True)}
        return {one.key: one.text for one in self.labelled} | cut_texts

    @property
    def missed(self) -> list[Labelled]:
        """The labelled statements that are not cut as labelled."""
        return [one for one in self.labelled if one.key not in self.keys]


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Statements that were found to be one memory, with what is said to have changed about it."""

    pairs: frozenset[Pair]
    before: str
    after: str
    change: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRewrite:
    """Two exports with the truth about them and what was found."""

    language: str
    links: tuple[TrueLink, ...]
    found_pairs: frozenset[Pair]
    memories: tuple[Memory, ...]
    cuts: tuple[Cut, Cut]

    @property
    def true_pairs(self) -> frozenset[Pair]:
        """All pairs of statements that are one."""
        return frozenset(pair for link in self.links for pair in link.pairs)

    @property
    def changed_links(self) -> list[TrueLink]:
        """What is linked and says another thing than before."""
        return [link for link in self.links if link.kind == "changed"]

    @property
    def flagged(self) -> list[Memory]:
        """Memories of which a fact is said to have changed."""
        return [memory for memory in self.memories if memory.change]

    def is_flagged(self, link: TrueLink) -> bool:
        """Tell whether a fact of some statements that were found to be one is said to have changed."""
        return any(link.pairs & memory.pairs for memory in self.flagged)

    def is_right(self, memory: Memory) -> bool:
        """Tell whether a memory holds a pair of which a fact changed."""
        return any(link.pairs & memory.pairs for link in self.changed_links)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseMeasures:
    """What is found in some rewrites: statements, their pairs, and the memories of which a fact changed."""

    pair_count: int
    change_count: int
    cut_accuracy: float | None
    match_precision: float | None
    match_recall: float | None
    match_f1: float | None
    change_precision: float | None
    change_recall: float | None
    unchanged_silent: float | None


def judged_rewrites(person: ProsePerson) -> Iterator[JudgedRewrite]:
    """Yield each rewrite of a person with what is found in the texts alone."""
    for rewrite in person.rewrites:
        before = cut(person.exports[rewrite.before_place], person.language)
        after = cut(person.exports[rewrite.after_place], person.language)
        yield _judged(rewrite, person.language, before, after)


def cut(texts: Sequence[Text], language: str) -> Cut:
    """Cut an export's texts into statements, and find the labelled ones among them."""
    placed: list[Placed] = []
    keys: list[str] = []
    for text in texts:
        waiting = list(text.statements)
        for statement in statements(markdown(text, language)):
            known = next((one for one in waiting if one.text == statement.content), None)
            if known:
                waiting.remove(known)
            keys.append(known.key if known else f"? {len(keys)}")
            placed.append(Placed(text=statement.content, scope=text.scope, section=statement.section))
    labelled = tuple(statement for text in texts for statement in text.statements)
    return Cut(placed=tuple(placed), keys=tuple(keys), labelled=labelled)


def measure_prose(rewrites: Sequence[JudgedRewrite]) -> ProseMeasures:
    """Return all measures over some rewrites, each statement counting alike."""
    true_count = sum(len(one.true_pairs) for one in rewrites)
    found_count = sum(len(one.found_pairs) for one in rewrites)
    right_count = sum(len(one.true_pairs & one.found_pairs) for one in rewrites)
    changed = [one.is_flagged(link) for one in rewrites for link in one.changed_links]
    flagged = [one.is_right(memory) for one in rewrites for memory in one.flagged]
    silent = [not one.is_flagged(link) for one in rewrites for link in one.links if link.kind != "changed"]
    labelled_count = sum(len(each.labelled) for one in rewrites for each in one.cuts)
    missed_count = sum(len(each.missed) for one in rewrites for each in one.cuts)
    return ProseMeasures(
        pair_count=true_count,
        change_count=len(changed),
        cut_accuracy=_share(labelled_count - missed_count, labelled_count),
        match_precision=_share(right_count, found_count),
        match_recall=_share(right_count, true_count),
        match_f1=_share(2 * right_count, true_count + found_count),
        change_precision=_share(sum(flagged), len(flagged)),
        change_recall=_share(sum(changed), len(changed)),
        unchanged_silent=_share(sum(silent), len(silent)),
    )


def prose_figures(rewrites: Sequence[JudgedRewrite]) -> dict[str, dict[str, float]]:
    """Return the measures that have a value, over all rewrites and by language."""
    languages = sorted({one.language for one in rewrites})
    chosen = {"all": rewrites} | {
        f"language {language}": [one for one in rewrites if one.language == language] for language in languages
    }
    return {name: _values(measure_prose(some)) for name, some in chosen.items()}


def _judged(rewrite: Rewrite, language: str, before: Cut, after: Cut) -> JudgedRewrite:
    links = align(before.placed, after.placed)
    context = Context.of([one.text for one in (*before.placed, *after.placed)])
    return JudgedRewrite(
        language=language,
        links=rewrite.links,
        found_pairs=frozenset((before.keys[link.before], after.keys[link.after]) for link in links),
        memories=tuple(_memory(group, links, before, after, context) for group in groups(links)),
        cuts=(before, after),
    )


def _memory(group: Group, links: Sequence[Link], before: Cut, after: Cut, context: Context) -> Memory:
    former = " ".join(before.placed[place].text for place in group.before)
    latter = " ".join(after.placed[place].text for place in group.after)
    inside = [link for link in links if link.before in group.before]
    return Memory(
        pairs=frozenset((before.keys[link.before], after.keys[link.after]) for link in inside),
        before=former,
        after=latter,
        change=fact_change(former, latter, context),
    )


def _values(measures: ProseMeasures) -> dict[str, float]:
    values = {field.name: getattr(measures, field.name) for field in fields(measures)}
    return {name: value for name, value in values.items() if value is not None}


def _share(counted: int, total: int) -> float | None:
    return counted / total if total else None
