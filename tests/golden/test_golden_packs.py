"""What packs of the sample exports are, and what `pack` prints about them, to the byte, 100 columns wide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.commandline import memlake_here
from support.hostile import hostile_export, steering_characters
from support.lakes import lake_of
from support.packs import answer_of
from support.samples import CLASSIC_FOLDERS

from memlake.packs.targets import TARGETS

AssertGolden = Callable[[str, str], None]

PACKING = {
    "claude": ("pack", "claude"),
    "chatgpt": ("pack", "chatgpt", "--account", "chatgpt"),
    "dry-run": ("pack", "claude", "--dry-run", "--state", "active", "--state", "disabled", "--category", "personal"),
}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of the classic sample exports."""
    return lake_of(tmp_path_factory.mktemp("packs") / "lake", *CLASSIC_FOLDERS)


@pytest.mark.parametrize("name", PACKING)
def test_packing_the_samples(lake: Path, tmp_path: Path, assert_golden: AssertGolden, name: str) -> None:
    """What is in the pack, and what is not, and why."""
    done = memlake_here(*PACKING[name], cwd=tmp_path, lake=lake)

    assert (done.exit_code, done.stderr) == (0, "")
    assert_golden(f"cli_pack_{name}.txt", done.stdout.replace(str(lake), "LAKE"))


@pytest.mark.parametrize("target", TARGETS)
def test_packs_of_the_samples(lake: Path, tmp_path: Path, assert_golden: AssertGolden, target: str) -> None:
    """All of it, as it is pasted."""
    done = memlake_here("pack", target, "-", "--account", "chatgpt", cwd=tmp_path, lake=lake)

    assert done.exit_code == 0
    assert_golden(f"pack_{target}.txt", done.stdout)


@pytest.mark.parametrize("name", ["checklist.md", "manual-list.md"])
def test_papers_of_a_pack(lake: Path, tmp_path: Path, assert_golden: AssertGolden, name: str) -> None:
    """What a person does with it, and looks at afterwards."""
    memlake_here("pack", "claude", "pack", cwd=tmp_path, lake=lake)

    paper = (tmp_path / "pack" / name).read_text(encoding="utf-8")
    assert_golden(f"pack_{name}", paper.replace(str(tmp_path.resolve()), "/home/noa"))


def test_checking_a_pack_of_the_samples(lake: Path, tmp_path: Path, assert_golden: AssertGolden) -> None:
    """What the target's answer says of each memory."""
    memlake_here("pack", "claude", "pack", cwd=tmp_path, lake=lake)
    known = [
        "Noa's dog is Miso, a beagle who is six years old.",
        "Elsa, her sister, lives in Malmö and has twins.",
        "Prefers metric units and 24-hour times, and is moving from Porto to Lyon at the end of September 2025.",
        "User's sourdough starter is called Batata.",
        "Noa enjoys cooking for friends.",
    ]

    done = memlake_here("pack", "check", "pack", answer_of(tmp_path, known), cwd=tmp_path)

    assert (done.exit_code, done.stderr) == (3, "")
    shown = [line for line in done.stdout.splitlines() if not line.startswith(("pack  ", "too early  "))]
    assert_golden("cli_pack_check.txt", "\n".join(shown) + "\n")


@pytest.mark.parametrize(
    "words", [("claude",), ("claude", "-"), ("text", "-"), ("chatgpt", "--account", "chatgpt", "--json")]
)
def test_a_pack_of_a_hostile_export_is_inert(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Neither what is printed nor what is written steers a terminal or a reader."""
    lake = lake_of(tmp_path / "lake", hostile_export(tmp_path))

    done = memlake_here("pack", *words, cwd=tmp_path, lake=lake)

    assert done.exit_code == 0
    assert steering_characters(done.stdout + done.stderr) == set()
    for path in tmp_path.glob("pack-*/*"):
        assert steering_characters(path.read_text(encoding="utf-8")) == set(), path
