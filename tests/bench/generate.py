"""Write a big, realistic, wholly invented export, the same bytes in every run.

    python tests/bench/generate.py --size 50M --out .bench
    python tests/bench/generate.py --size 50M --out .bench --provider claude --changed 0.05

With `--changed` it is the same account's export one month later: that share of the conversations was
continued, a few are new, the others are byte for byte the same records.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import chatgpt_account
import claude_account
from account import STYLES, Account, ExportPlan, told_records

_UNITS = {"K": 10**3, "M": 10**6, "G": 10**9}
_SHARED_RECIPE = ("generate.py", "account.py", "vocabulary.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Generator:
    """How to invent one assistant's exports. `recipe`: the files of code that decide its bytes."""

    account: Callable[[ExportPlan], Account]
    export_name: Callable[[str, ExportPlan], str]
    recipe: tuple[str, ...]


_GENERATORS = {
    "chatgpt": _Generator(
        account=chatgpt_account.ChatGptAccount,
        export_name=chatgpt_account.export_name,
        recipe=chatgpt_account.RECIPE,
    ),
    "claude": _Generator(
        account=claude_account.ClaudeAccount,
        export_name=claude_account.export_name,
        recipe=claude_account.RECIPE,
    ),
}


def write_export(plan: ExportPlan, folder: Path) -> Path:
    """Write the export into a folder, unless it is already there, and return its path.

    Its name changes with the plan and with the code that carries it out. Memory holds one conversation.
    """
    generator = _GENERATORS[plan.provider]
    path = folder / generator.export_name(_digits(plan, generator.recipe), plan)
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    account = generator.account(plan)
    with zipfile.ZipFile(unfinished, "w") as archive:
        with archive.open(_member("conversations.json"), "w", force_zip64=plan.size_bytes > _UNITS["G"]) as member:
            member.write(b"[")
            for number, record in enumerate(told_records(plan, account)):
                member.write(record if number == 0 else b", " + record)
            member.write(b"]")
        for name, value in account.small_files().items():
            archive.writestr(_member(name), plan.encoded(value))
    unfinished.replace(path)
    return path


def parse_size(text: str) -> int:
    """Return the bytes that `50M`, `500M` or `2G` mean."""
    unit = text[-1:].upper()
    return int(float(text[:-1]) * _UNITS[unit]) if unit in _UNITS else int(text)


def _digits(plan: ExportPlan, recipe: tuple[str, ...]) -> str:
    code = b"".join(Path(__file__).with_name(name).read_bytes() for name in (*_SHARED_RECIPE, *recipe))
    return hashlib.sha256(code + repr(plan).encode()).hexdigest()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, date_time=(2026, 5, 1, 9, 30, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def main() -> None:
    """Write one export and print its path."""
    parser = argparse.ArgumentParser(description="Write a big, realistic, invented export.")
    parser.add_argument("--provider", choices=tuple(_GENERATORS), default="chatgpt", help="whose export")
    parser.add_argument("--size", type=parse_size, default=parse_size("50M"), help="of conversations.json: 50M, 2G")
    parser.add_argument("--out", type=Path, required=True, help="folder for the ZIP")
    parser.add_argument("--changed", type=float, default=0.0, help="next month's export, this share continued")
    parser.add_argument("--style", choices=STYLES, default="escaped", help="compact: raw UTF-8, no spaces")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    plan = ExportPlan(
        provider=options.provider,
        size_bytes=options.size,
        changed_share=options.changed,
        style=options.style,
        seed=options.seed,
    )
    sys.stdout.write(f"{write_export(plan, options.out)}\n")


if __name__ == "__main__":
    main()
