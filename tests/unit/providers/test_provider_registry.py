"""Which provider an export belongs to, and providers from other packages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from memlake.errors import ExportError, MemlakeError, UsageError
from memlake.model import Ignored
from memlake.provider import FileRule, FileShape, Match, Provider
from memlake.providers import identify, providers

PLUGIN = """
from memlake.model import Ignored
from memlake.provider import Provider

PROVIDER = Provider(
    name="{name}", title="Abacus", parser_version=1, rules=(), parse=lambda entity, data: Ignored("all"),
    guide="", prompts=dict(),
)
NOT_A_PROVIDER = 5
"""


def provider(name: str, key: str, *, is_proof: bool = True) -> Provider:
    """Return a provider that claims arrays of objects with one key."""

    def match(shape: FileShape) -> Match | None:
        return Match() if key in shape.keys else None

    rule = FileRule(entity="things", match=match, empty_names=("things*.json",), is_proof=is_proof)
    return Provider(
        name=name,
        title=name.title(),
        parser_version=1,
        rules=(rule,),
        parse=lambda _entity, _data: Ignored("nothing"),
        guide="",
        prompts={},
    )


def array(key: str) -> FileShape:
    """Return the shape of an array of objects with one key."""
    return FileShape(base_name=f"{key}.json", kind="array", keys=frozenset({key}))


EMPTY = FileShape(base_name="things-1.json", kind="empty")
ABACUS, BASALT = provider("abacus", "bead"), provider("basalt", "stone")


def install_plugin(folder: Path, monkeypatch: pytest.MonkeyPatch, entry: str, *, name: str = "abacus") -> None:
    """Put a package with an entry point on the path, as pip would."""
    metadata = folder / "abacus_plugin-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: abacus-plugin\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[memlake.providers]\nabacus = {entry}\n")
    module = f"abacus_plugin_{abs(hash(str(folder)))}"
    (folder / f"{module}.py").write_text(PLUGIN.format(name=name))
    (metadata / "entry_points.txt").write_text(f"[memlake.providers]\nabacus = {entry.replace('MODULE', module)}\n")
    monkeypatch.syspath_prepend(folder)


def test_built_in_providers_are_found_by_name() -> None:
    """Each module of the package is one; they are in the order of their names."""
    names = [found.name for found in providers()]

    assert "chatgpt" in names
    assert names == sorted(names)


@pytest.mark.parametrize("found", providers(), ids=lambda found: found.name)
def test_guide_fits_a_terminal(found: Provider) -> None:
    """Printed as it is, it has to be read in 80 columns."""
    assert max(map(len, found.guide.splitlines())) <= 80


def test_provider_of_another_package_is_one_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point is enough."""
    install_plugin(tmp_path, monkeypatch, "MODULE:PROVIDER")

    assert "abacus" in [found.name for found in providers()]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("no_such_module_anywhere:PROVIDER", "ModuleNotFoundError"),
        ("MODULE:MISSING", "AttributeError"),
        ("MODULE:NOT_A_PROVIDER", "is not a memlake.provider.Provider"),
    ],
)
def test_broken_plugin_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, reason: str) -> None:
    """The person reads which one it is, why, and how to be rid of it."""
    install_plugin(tmp_path, monkeypatch, entry)

    with pytest.raises(MemlakeError, match=f"plug-in abacus cannot be used: .*{reason}") as caught:
        providers()

    assert caught.value.hint == "update it or remove it: pip uninstall abacus-plugin"


def test_plugin_with_a_taken_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of two providers reads an export must not depend on chance."""
    install_plugin(tmp_path, monkeypatch, "MODULE:PROVIDER", name="chatgpt")

    with pytest.raises(MemlakeError, match="two providers are called chatgpt"):
        providers()


def test_export_belongs_to_the_provider_with_a_proof() -> None:
    """Other files do not matter."""
    assert identify([array("leaf"), EMPTY, array("stone")], among=[ABACUS, BASALT]) is BASALT


def test_export_without_a_proof_lists_what_was_seen() -> None:
    """A file that others have as well, or an empty one, proves nothing."""
    weak = provider("weak", "leaf", is_proof=False)
    many = [array("leaf"), EMPTY, *[array(f"x{number}") for number in range(9)]]

    with pytest.raises(ExportError, match=r"seen: leaf\.json, things-1\.json, .* and 3 more") as caught:
        identify(many, among=[weak])

    assert caught.value.hint is not None
    assert "--provider weak" in caught.value.hint


def test_export_with_nothing_readable_says_so() -> None:
    """Only pictures, say; the known providers are those that are installed."""
    with pytest.raises(ExportError, match="no JSON, HTML or text at all"):
        identify([])


def test_export_with_two_proofs_asks_which() -> None:
    """The person decides."""
    with pytest.raises(ExportError, match="exports of abacus and basalt") as caught:
        identify([array("bead"), array("stone")], among=[ABACUS, BASALT])

    assert caught.value.hint == "say which: --provider abacus or --provider basalt"


def test_named_provider_decides() -> None:
    """Also where only a name or an empty file speaks for it."""
    assert identify([array("bead"), array("stone")], name="basalt", among=[ABACUS, BASALT]) is BASALT
    assert identify([EMPTY], name="abacus", among=[ABACUS, BASALT]) is ABACUS


def test_named_provider_that_claims_nothing_is_refused() -> None:
    """Forcing cannot make sense of somebody else's files."""
    with pytest.raises(ExportError, match="nothing in here looks like an export of abacus") as caught:
        identify([array("leaf")], name="abacus", among=[ABACUS, BASALT])

    assert caught.value.hint == "pass an export as it was delivered, or a list of memories"


def test_named_provider_without_a_claim_gives_way_to_the_one_with_a_proof() -> None:
    """The hint says what to type in its place."""
    with pytest.raises(ExportError, match="nothing in here looks like an export of abacus") as caught:
        identify([array("stone")], name="abacus", among=[ABACUS, BASALT])

    assert caught.value.hint == "leave --provider out, or say --provider basalt"


@pytest.mark.parametrize("name", [None, "abacus"])
def test_refused_file_leads_to_what_can_be_read(name: str | None) -> None:
    """With the assistants for which somebody knows what to ask."""
    rule = FileRule(entity="things", match=lambda _shape: Match(refusal="a heap of beads"), is_proof=True)
    refusing = replace(ABACUS, rules=(rule,), prompts={"abacus": "Count."})
    asking = replace(BASALT, prompts={"basalt": "Tell."})

    with pytest.raises(ExportError, match=r"leaf\.json: a heap of beads") as caught:
        identify([array("leaf")], name=name, among=[refusing, asking])

    assert caught.value.hint == (
        "pass an export as it was delivered, or a list of memories; "
        "memlake prompt abacus (or basalt) prints what to ask"
    )


def test_unknown_provider_name_is_a_usage_error() -> None:
    """The hint lists the names there are."""
    with pytest.raises(UsageError, match="no provider is called quartz") as caught:
        identify([array("stone")], name="quartz", among=[ABACUS, BASALT])

    assert caught.value.hint == "choose one of: abacus, basalt"
