"""The check of what has landed of a pack: which answers it reads, what it says, and what it leaves where."""

from __future__ import annotations

import io
import json
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import orjson
import pytest
from support.archives import bytes_in, files_in
from support.chatgpt import conversation, message, user
from support.claude_delivery import parts
from support.commandline import memlake_here
from support.lakes import export_folder, memory
from support.packs import A_DAY_AFTER, PACKED_AT, answer_of, lake_with, pack_of
from support.samples import JANUARY
from support.zips import write_files, write_zip

import memlake
from memlake.errors import ExitCode, MemlakeError
from memlake.folders.files import sealed
from memlake.jobs.pack import PackOptions
from memlake.jobs.pack_check import PackCheck, pack_check
from memlake.jobs.progress import SilentProgress
from memlake.packs.items import TargetName

_TEXTS = (
    "User has two rescue greyhounds named Biscuit and Juno.",
    "User plays the concertina in a folk band.",
    "User gives a talk about diary studies in Utrecht on 14 May 2026.",
    "User grows tomatoes on an allotment.",
)
_REWORDED = "Ro keeps two greyhounds, Biscuit and Juno, both rescued."


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of four memories."""
    return lake_with(tmp_path_factory.mktemp("packs"), *_TEXTS)


@pytest.fixture
def pack(lake: Path, tmp_path: Path) -> Path:
    """Return the folder of a pack for Claude."""
    pack_of(lake, tmp_path / "pack")
    return tmp_path / "pack"


def checked(folder: Path, *answer: Path, at: datetime = A_DAY_AFTER, pasted: bytes | None = None) -> PackCheck:
    """Check a pack."""
    stream = None if pasted is None else io.BytesIO(pasted)
    return pack_check(folder, list(answer) or [Path("-")], clock=lambda: at, progress=SilentProgress(), pasted=stream)


def verdicts(check: PackCheck) -> list[str]:
    """Return what became of each item."""
    return [landed.verdict for landed in check.items]


def test_every_item_is_judged_and_what_is_missing_becomes_a_pack(pack: Path, tmp_path: Path) -> None:
    """The remainder is a pack as the first one was, in a folder inside."""
    check = checked(pack, answer_of(tmp_path, [_REWORDED, _TEXTS[1], "Enjoys crime novels from Iceland."]))

    assert verdicts(check) == ["reworded", "verbatim", "missing", "missing"]
    assert check.others == ("Enjoys crime novels from Iceland.",)
    assert check.exit_code == ExitCode.DIFFERENCES
    assert check.remainder == str(pack / "remainder")
    part = (pack / "remainder" / "part-1.txt").read_text(encoding="utf-8")
    assert part.splitlines()[2:] == [f"[2025-01-03] - {_TEXTS[2]}", f"[2025-01-04] - {_TEXTS[3]}"]


def test_an_answer_with_a_sentence_a_line_is_verbatim(tmp_path: Path) -> None:
    """As the question in the checklist asks for; nothing of it is somebody else's."""
    sentences = ("Zoe keeps bees on a roof.", "A neighbour takes half of the honey.", "Most of it goes into tea.")
    pack_of(lake_with(tmp_path, " ".join(sentences), *_TEXTS), tmp_path / "pack")

    check = checked(tmp_path / "pack", answer_of(tmp_path, [*sentences, *_TEXTS]))

    assert (set(verdicts(check)), check.others, check.exit_code) == ({"verbatim"}, (), ExitCode.OK)
    assert check.items[0].texts == sentences


def test_the_remainder_is_checked_as_any_pack(pack: Path, tmp_path: Path) -> None:
    """And goes when a later check of the whole finds all of it."""
    checked(pack, answer_of(tmp_path, _TEXTS[:2]))
    rest = checked(pack / "remainder", answer_of(tmp_path, _TEXTS))

    whole = checked(pack, answer_of(tmp_path, _TEXTS))

    assert (verdicts(rest), rest.exit_code) == (["verbatim", "verbatim"], ExitCode.OK)
    assert len(rest.others) == 2
    assert (whole.remainder, whole.exit_code, (pack / "remainder").exists()) == (None, ExitCode.OK, False)


def test_a_new_pack_takes_the_remainder_of_the_former_one_away(lake: Path, tmp_path: Path) -> None:
    """It is said; the same pack again leaves it, and so does a rehearsal."""
    folder = tmp_path / "pack"
    pack_of(lake, folder)
    checked(folder, answer_of(tmp_path, _TEXTS[:2]))
    other = PackOptions(max_items=2)

    pack_of(lake, folder)
    pack_of(lake, folder, options=replace(other, is_dry_run=True))
    was_left = (folder / "remainder" / "pack.json").exists()
    found = pack_of(lake, folder, options=other)

    assert (was_left, found.is_remainder_cleared, (folder / "remainder").exists()) == (True, True, False)


def test_notes_in_a_remainder_stay(pack: Path, tmp_path: Path) -> None:
    """What somebody wrote there is theirs, though the pack goes."""
    checked(pack, answer_of(tmp_path, _TEXTS[:2]))
    (pack / "remainder" / "notes.txt").write_text("mine", encoding="utf-8")

    checked(pack, answer_of(tmp_path, _TEXTS))

    assert bytes_in(pack / "remainder") == {"notes.txt": b"mine"}


def test_a_lost_sentence_is_in_the_remainder(tmp_path: Path) -> None:
    """The rest of its item has landed."""
    long = "The garden in Porto has twelve lemon trees and a well. Abel comes on Fridays."
    pack_of(lake_with(tmp_path, long, *_TEXTS), tmp_path / "pack")

    check = checked(tmp_path / "pack", answer_of(tmp_path, [long.partition(" Abel")[0], *_TEXTS]))

    assert [one.text for one in check.left_over] == ["Abel comes on Fridays."]
    assert check.exit_code == ExitCode.DIFFERENCES


def test_another_fact_has_not_landed(pack: Path, tmp_path: Path) -> None:
    """The memory goes into the remainder as it was; the terminal tells it apart from what is missing."""
    changed = _TEXTS[2].replace("14 May", "15 May")
    answer = answer_of(tmp_path, [*_TEXTS[:2], changed])

    check = checked(pack, answer)
    done = memlake_here("pack", "check", pack, answer, cwd=tmp_path)

    assert verdicts(check) == ["verbatim", "verbatim", "changed", "missing"]
    assert [one.text for one in check.left_over] == [*_TEXTS[2:]]
    assert check.exit_code == done.exit_code == ExitCode.DIFFERENCES
    assert "2 of 4 memories have landed: 1 missing, 1 with another fact" in done.stdout


def test_what_has_landed_in_part_is_not_called_all(tmp_path: Path) -> None:
    """A lost sentence is something left."""
    pack_of(
        lake_with(tmp_path, "The garden in Porto has twelve lemon trees and a well. Abel comes on Fridays."), tmp_path
    )
    answer = answer_of(tmp_path, ["The garden in Porto has twelve lemon trees and a well."])

    done = memlake_here("pack", "check", tmp_path, answer, cwd=tmp_path)

    assert "the memory has landed in part" in done.stdout


def test_a_memory_that_was_cut_is_in_the_remainder_as_a_whole(pack: Path, tmp_path: Path) -> None:
    """Its first half is not it; the terminal says what went."""
    answer = answer_of(tmp_path, ["User gives a talk about diary studies", *_TEXTS[:2], _TEXTS[3]])

    done = memlake_here("pack", "check", pack, answer, cwd=tmp_path)
    check = checked(pack, answer)

    assert (check.counts["partial"], check.exit_code) == (1, ExitCode.DIFFERENCES)
    assert [one.text for one in check.left_over] == [_TEXTS[2]]
    assert "3 of 4 memories have landed: 1 in part" in done.stdout
    assert "lost: Utrecht, 14, May, 2026" in done.stdout


def test_within_a_day_it_is_too_early(pack: Path, tmp_path: Path) -> None:
    """What is missing may still come; what has landed has landed."""
    early = PACKED_AT + timedelta(hours=23, minutes=59)

    some = checked(pack, answer_of(tmp_path, _TEXTS[:2]), at=early)
    everything = checked(pack, answer_of(tmp_path, _TEXTS), at=early)

    assert (some.wait_until, some.exit_code) == (A_DAY_AFTER, ExitCode.PARTLY_READ)
    assert (some.remainder, (pack / "remainder").exists()) == (None, False)
    assert everything.exit_code == ExitCode.OK


def test_a_remainder_can_be_had_early(pack: Path, tmp_path: Path) -> None:
    """Whoever wants to go on at once says so."""
    answer = [answer_of(tmp_path, _TEXTS[:2])]

    check = pack_check(pack, answer, clock=lambda: PACKED_AT, progress=SilentProgress(), is_never_too_early=True)

    assert (check.exit_code, check.remainder) == (ExitCode.PARTLY_READ, str(pack / "remainder"))


@pytest.mark.parametrize("answer", [b"", b" \n", b"[]", b"{}"])
def test_an_empty_answer_tells_nothing(pack: Path, tmp_path: Path, answer: bytes) -> None:
    """No remainder is written of it, pasted or in a file."""
    (tmp_path / "answer.txt").write_bytes(answer)

    for check in (checked(pack, tmp_path / "answer.txt"), checked(pack, pasted=answer)):
        assert (check.why_unsure, check.exit_code) == ("the answer is empty", ExitCode.PARTLY_READ)
        assert (verdicts(check), set(check.counts.values()), check.remainder) == ([], {0}, None)
    assert not (pack / "remainder").exists()


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (b"I'm sorry, but I cannot share what I remember about you.", "cannot show what it remembers"),
        (b"My memory is turned off, so I have nothing to list. You can turn it on in Settings.", "its memory is off"),
    ],
)
def test_a_refusal_tells_nothing(pack: Path, refusal: bytes, said: str) -> None:
    """It is said as what it is; nothing is scored or written."""
    check = checked(pack, pasted=refusal)

    assert said in str(check.why_unsure)
    assert (check.exit_code, check.items, check.remainder) == (ExitCode.PARTLY_READ, (), None)
    assert not (pack / "remainder").exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I don't have access to any memories.", "cannot show"),
        ("Ich kann leider nicht auf meine Erinnerungen zugreifen.", "cannot show"),
        ("Lo siento, no puedo mostrar mis recuerdos.", "cannot show"),
        ("申し訳ありませんが、記憶の内容をお見せすることはできません。", "cannot show"),
        ("Sorry, something went wrong. Please try again.", "nothing of the pack"),
        ("Hello! How can I help you today?", "nothing of the pack"),
        ("Hallo! Wie kann ich dir heute helfen?", "nothing of the pack"),
        ("¡Hola! ¿En qué puedo ayudarte?", "nothing of the pack"),
        ("こんにちは。あなたのお手伝いをします。", "nothing of the pack"),
    ],
)
def test_a_text_without_a_list_and_anything_of_the_pack_tells_nothing(pack: Path, said: str, told: str) -> None:
    """A refusal, an error or a greeting: nothing is missing by it, and no remainder is written."""
    check = checked(pack, pasted=said.encode())

    assert told in str(check.why_unsure)
    assert (check.exit_code, check.items, check.others, check.remainder) == (ExitCode.PARTLY_READ, (), (), None)
    assert not (pack / "remainder").exists()


def test_the_next_step_asks_all_that_the_checklist_asks(tmp_path: Path) -> None:
    """For ChatGPT that is more than the prompt for an export: its custom instructions count as well."""
    pack_of(lake_with(tmp_path, *_TEXTS), tmp_path / "pack", "chatgpt")

    done = memlake_here("pack", "check", tmp_path / "pack", answer_of(tmp_path, _TEXTS[:1]), cwd=tmp_path)

    assert "prompt chatgpt" not in done.stdout
    assert "what to ask, in a new chat; also in checklist.md" in done.stdout
    assert "custom instructions" in done.stdout


def test_a_list_without_anything_of_the_pack_is_an_answer(pack: Path, tmp_path: Path) -> None:
    """The assistant remembers other things."""
    check = checked(pack, answer_of(tmp_path, ["Enjoys crime novels from Iceland."]))

    assert (set(verdicts(check)), check.exit_code) == ({"missing"}, ExitCode.DIFFERENCES)


@pytest.mark.parametrize(
    "words",
    [
        'The list is not complete; write "continue" for the rest.',
        "Die Liste ist noch nicht vollständig.",
        'La lista no está completa; escribe "continuar".',
        "リストはまだ続きがあります。",
    ],
)
def test_an_answer_that_goes_on_is_called_a_part(pack: Path, tmp_path: Path, words: str) -> None:
    """What is missing may stand in the rest."""
    answer = answer_of(tmp_path, _TEXTS[:2])
    whole = checked(pack, answer)
    answer.write_text(f"```\n{answer.read_text(encoding='utf-8')}```\n{words}\n", encoding="utf-8")

    part = checked(pack, answer)
    done = memlake_here("pack", "check", pack, answer, cwd=tmp_path)

    assert (whole.remarks, part.counts["missing"]) == ((), 2)
    assert "the answer says that it is not complete" in part.remarks[0]
    assert "not complete: ask for the rest" in done.stdout


def test_an_answer_in_another_language_is_called_one(pack: Path, tmp_path: Path) -> None:
    """Nobody translates here."""
    german = ["Die Nutzerin hat zwei Windhunde.", "Sie spielt in einer Band.", "Das ist der Garten mit Tomaten."]
    japanese = ["二匹の犬を飼っている。", "庭でトマトを育てている。"]

    for texts in (german, japanese):
        assert "translations are not recognised" in checked(pack, answer_of(tmp_path, texts)).remarks[0]
    assert checked(pack, answer_of(tmp_path, ["She is of the opinion that it rains."])).remarks == ()


def test_one_paragraph_of_prose_about_somebody_is_an_answer(pack: Path) -> None:
    """It names them, and speaks to nobody; something of the pack is in it."""
    told = (
        f"{_REWORDED} Ro plays the concertina in a folk band. Ro grows tomatoes on an allotment. The weather is fine."
    )

    check = checked(pack, pasted=told.encode())

    assert [verdict != "missing" for verdict in verdicts(check)] == [True, True, False, True]


def test_a_refusal_in_the_terminal_names_what_to_ask(pack: Path, tmp_path: Path) -> None:
    """The pack's own target, and as JSON the same verdict."""
    (tmp_path / "answer.txt").write_text("I'm sorry, but I cannot share what I remember about you.", encoding="utf-8")

    shown = memlake_here("pack", "check", pack, "answer.txt", cwd=tmp_path)
    told = orjson.loads(memlake_here("pack", "check", pack, "answer.txt", "--json", cwd=tmp_path).stdout)

    assert (shown.exit_code, "prompt claude" in shown.stdout) == (ExitCode.PARTLY_READ, True)
    assert ("cannot show" in told["why_unsure"], told["exit_code"], told["items"]) == (True, 3, [])


def test_no_memories_at_all_means_that_nothing_has_landed(pack: Path) -> None:
    """That is an answer: all of it is to be brought in again, once it is late enough to say so."""
    none = b"I don't have any memories about you yet."

    late = checked(pack, pasted=none)
    early = checked(pack, pasted=none, at=PACKED_AT)

    assert (verdicts(late), late.exit_code) == (["missing"] * 4, ExitCode.DIFFERENCES)
    assert len(late.left_over) == 4
    assert (late.why_unsure, late.remainder) == (None, str(pack / "remainder"))
    assert (verdicts(early), early.exit_code) == (["missing"] * 4, ExitCode.PARTLY_READ)


@pytest.mark.parametrize("is_pasted", [True, False])
def test_an_answer_in_prose_is_read_as_sentences(pack: Path, tmp_path: Path, is_pasted: bool) -> None:  # noqa: FBT001
    """There it is known to be an answer, whatever a list looks like."""
    told = (
        "Of course. I know that you play the concertina in a folk band. I also know that you grow tomatoes on an "
        "allotment. And there are your two rescue greyhounds, named Biscuit and Juno."
    )
    (tmp_path / "answer.txt").write_text(told, encoding="utf-8")

    check = checked(pack, pasted=told.encode()) if is_pasted else checked(pack, tmp_path / "answer.txt")

    assert [verdict != "missing" for verdict in verdicts(check)] == [True, True, False, True]
    assert check.exit_code == ExitCode.DIFFERENCES


def test_a_text_about_something_else_is_no_answer(pack: Path) -> None:
    """It speaks to nobody."""
    essay = b"The tide is high at noon. The harbour was built in 1902. Its stone is from a quarry. Boats lie in it."

    with pytest.raises(MemlakeError, match="no memory list") as error:
        checked(pack, pasted=essay)

    assert "an export of Claude" in str(error.value.hint)


def test_what_is_no_answer_is_refused_with_the_target_named(pack: Path) -> None:
    """Also within a day, when it may be too early besides."""
    chat = b"You said:\nWhat do you know?\n\nClaude said:\nMuch.\n\nYou said:\nTell me.\n"

    with pytest.raises(MemlakeError, match="a whole chat") as late:
        checked(pack, pasted=chat)
    with pytest.raises(MemlakeError, match="a whole chat") as early:
        checked(pack, pasted=chat, at=PACKED_AT)

    assert "an export of Claude, or its answer" in str(late.value.hint)
    assert "wait until 2026-03-02 12:00 UTC" in str(early.value.hint)


@pytest.mark.parametrize("name", ["pack", "pack/part-1.txt", "pack/checklist.md", "pack/pack.json", "copy.txt"])
def test_the_pack_itself_is_no_answer(pack: Path, tmp_path: Path, name: str) -> None:
    """Whoever passes a file of it, or its folder, is told so by name."""
    (tmp_path / "copy.txt").write_bytes((pack / "part-1.txt").read_bytes())
    (pack / "checklist.md").write_bytes((pack / "checklist.md").read_bytes().replace(b"[ ]", b"[x]"))

    done = memlake_here("pack", "check", pack, name, cwd=tmp_path)

    assert (done.exit_code, f"{name} is " in done.stderr) == (ExitCode.USAGE, True)
    assert "not an answer" in done.stderr or "is a pack" in done.stderr
    assert "the question in checklist.md" in done.stderr


def test_a_part_of_the_pack_that_is_pasted_is_no_answer(pack: Path) -> None:
    """It would land as a whole, whatever the assistant knows."""
    with pytest.raises(MemlakeError, match=r"part-1\.txt of the pack itself"):
        checked(pack, pasted=(pack / "part-1.txt").read_bytes())


def test_an_answer_may_lie_in_the_folder_of_the_pack(pack: Path) -> None:
    """It is a good place for it."""
    assert set(verdicts(checked(pack, answer_of(pack, _TEXTS)))) == {"verbatim"}


def test_an_answer_that_is_not_there_is_no_matter_of_waiting(pack: Path, tmp_path: Path) -> None:
    """The path is wrong."""
    with pytest.raises(MemlakeError, match="does not exist") as error:
        checked(pack, tmp_path / "nowhere.txt", at=PACKED_AT)

    assert "wait" not in str(error.value.hint)


def test_an_answer_is_read_as_ingest_reads_it(pack: Path) -> None:
    """With headings, fences and other words around the list."""
    answer = f"""Here is what I remember about you:

```
## Personal
[2026-03-01] - {_TEXTS[1]}
[unknown] - {_TEXTS[3]}
```
Is there anything else?
"""

    assert verdicts(checked(pack, pasted=answer.encode())) == ["missing", "verbatim", "missing", "verbatim"]


def test_the_next_export_of_claude_is_read_with_all_its_parts(pack: Path, tmp_path: Path) -> None:
    """What it remembers is prose, cut into statements; a part that is missing is no whole answer."""
    prose = f"**Personal context**\n\n{_REWORDED} {_TEXTS[1]}"
    for name, held in parts(text=prose).items():
        write_zip(tmp_path / "export" / name, dict(held))

    whole = checked(pack, tmp_path / "export")
    (tmp_path / "export" / "conversations-000.zip").unlink()
    rest = checked(pack, tmp_path / "export")

    assert verdicts(whole) == verdicts(rest) == ["reworded", "verbatim", "missing", "missing"]
    assert "User lives in Lyon" in whole.others
    assert (whole.why_unsure, rest.why_unsure) == (None, "the answer could be read in part only")


def test_an_export_without_a_list_tells_nothing(tmp_path: Path) -> None:
    """Most exports of ChatGPT have none."""
    pack_of(lake_with(tmp_path, *_TEXTS), tmp_path / "pack", "chatgpt")
    export = export_folder(tmp_path, "next", conversations=[conversation("c1", user("Hello."))], user="someone")

    check = checked(tmp_path / "pack", export)

    assert (check.why_unsure, check.exit_code) == ("the export holds no list of memories", ExitCode.PARTLY_READ)
    assert check.remainder is None


def test_an_export_with_an_empty_list_tells_nothing(tmp_path: Path) -> None:
    """Memory may be off, or it is too early."""
    pack_of(lake_with(tmp_path, *_TEXTS), tmp_path / "pack", "chatgpt")

    check = checked(tmp_path / "pack", export_folder(tmp_path, "next", memories=[], user="someone"))

    assert (check.why_unsure, check.exit_code) == ("there are no memories in the answer", ExitCode.PARTLY_READ)


@pytest.mark.parametrize("name", ["chatgpt-2026-02-27", "chatgpt-2026-02-28", "chatgpt-2026-03-01", "next"])
def test_an_export_from_before_the_pack_tells_nothing(tmp_path: Path, name: str) -> None:
    """Its memories came from elsewhere; a day may end twelve hours later in the west. Both dates are said."""
    pack_of(lake_with(tmp_path, *_TEXTS), tmp_path / "pack", "chatgpt")
    memories = [memory(f"x{number}", text) for number, text in enumerate(_TEXTS)]

    check = checked(tmp_path / "pack", export_folder(tmp_path / "new", name, memories=memories, user="someone"))

    is_before = name == "chatgpt-2026-02-27"
    said = "it was made before the pack, on 2026-02-27, and the pack on 2026-03-01" if is_before else None
    assert (check.why_unsure, check.items == ()) == (said, is_before)
    assert check.exit_code == (ExitCode.PARTLY_READ if is_before else ExitCode.OK)


def test_a_dated_answer_from_before_the_pack_tells_nothing(pack: Path, tmp_path: Path) -> None:
    """Its name says when it was given; no remainder is written."""
    early = checked(pack, answer_of(tmp_path, _TEXTS[:2], "claude-2026-02-01.txt"))
    late = checked(pack, answer_of(tmp_path, _TEXTS, "claude-2026-03-02.txt"))

    assert "made before the pack, on 2026-02-01" in str(early.why_unsure)
    assert (early.exit_code, early.remainder, late.exit_code) == (ExitCode.PARTLY_READ, None, ExitCode.OK)


def test_custom_instructions_count_as_remembered(tmp_path: Path) -> None:
    """Where a pack for ChatGPT goes first."""
    pack_of(lake_with(tmp_path, *_TEXTS), tmp_path / "pack", "chatgpt")
    about = (tmp_path / "pack" / "about-you.txt").read_text(encoding="utf-8")
    context = {"content_type": "user_editable_context", "user_profile": about, "user_instructions": ""}
    instructed = conversation("c1", message("user", context), user("Hello."))
    export = export_folder(
        tmp_path, "next", conversations=[instructed], memories=[memory("x1", "Likes tea.")], user="someone"
    )

    check = checked(tmp_path / "pack", export)

    assert set(verdicts(check)) == {"verbatim"}
    assert check.others == ("Likes tea.",)


def test_deleted_memories_do_not_count(tmp_path: Path) -> None:
    """Only what is remembered now has landed; switched off is still there."""
    pack_of(lake_with(tmp_path, *_TEXTS), tmp_path / "pack", "chatgpt")
    memories = [memory("x1", _TEXTS[0]), memory("x2", _TEXTS[1], enabled=False)]

    check = checked(tmp_path / "pack", export_folder(tmp_path, "next", memories=memories, user="someone"))

    assert verdicts(check) == ["verbatim", "verbatim", "missing", "missing"]


def test_an_export_of_another_assistant_is_refused(pack: Path) -> None:
    """The words are wrong; an answer is taken for whom the pack is, whatever its title says."""
    with pytest.raises(MemlakeError, match="is of chatgpt, and the pack is for claude") as error:
        checked(pack, JANUARY)

    assert error.value.exit_code == ExitCode.USAGE
    answer = f"Memories imported from ChatGPT:\n\n- {_TEXTS[0]}\n- {_TEXTS[1]}\n"
    assert verdicts(checked(pack, pasted=answer.encode()))[:2] == ["verbatim", "verbatim"]


def test_any_assistant_may_answer_for_a_plain_pack(lake: Path, tmp_path: Path) -> None:
    """Nobody said where it would go."""
    pack_of(lake, tmp_path / "pack", "text")
    export = export_folder(tmp_path, "next", memories=[memory("x1", _TEXTS[0])], user="someone")

    assert verdicts(checked(tmp_path / "pack", export))[0] == "verbatim"
    assert verdicts(checked(tmp_path / "pack", answer_of(tmp_path, _TEXTS[:2])))[:2] == ["verbatim", "verbatim"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"pack_version": 1}'])
def test_a_damaged_record_is_named(pack: Path, tmp_path: Path, damage: bytes) -> None:
    """Nothing is compared with what may be anything."""
    (pack / "pack.json").write_bytes(damage)

    done = memlake_here("pack", "check", pack, answer_of(tmp_path, _TEXTS), cwd=tmp_path)

    assert (done.exit_code, "pack.json is damaged" in done.stderr) == (1, True)


def test_a_record_that_somebody_changed_is_named(pack: Path, tmp_path: Path) -> None:
    """Its own hash tells."""
    read = (pack / "pack.json").read_text(encoding="utf-8")
    (pack / "pack.json").write_text(read.replace("concertina", "accordion"), encoding="utf-8")

    done = memlake_here("pack", "check", pack, answer_of(tmp_path, _TEXTS), cwd=tmp_path)

    assert (done.exit_code, "pack.json is damaged" in done.stderr) == (1, True)


def test_a_record_of_other_types_is_damaged(pack: Path, tmp_path: Path) -> None:
    """Even if somebody wrote its own hash anew."""
    record = orjson.loads((pack / "pack.json").read_bytes())
    record["items"][0]["number"] = "one"
    (pack / "pack.json").write_bytes(
        sealed({name: value for name, value in record.items() if name != "pack_sha256"}, "pack_sha256")
    )

    done = memlake_here("pack", "check", pack, answer_of(tmp_path, _TEXTS), cwd=tmp_path)

    assert (done.exit_code, "pack.json is damaged" in done.stderr) == (1, True)


@pytest.mark.parametrize("name", ["nowhere", "empty", "file.txt", "odd"])
def test_a_wrong_folder_is_named(tmp_path: Path, name: str) -> None:
    """There is no pack in it."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "odd" / "pack.json").mkdir(parents=True)
    (tmp_path / "file.txt").write_text("mine", encoding="utf-8")

    done = memlake_here("pack", "check", name, answer_of(tmp_path, _TEXTS), cwd=tmp_path)

    assert (done.exit_code, "pack.json" in done.stderr, "the folder of a pack" in done.stderr) == (1, True, True)


def test_nothing_but_the_remainder_is_written(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack stays as it is, no lake is made, and the folder of the comparison is gone."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    before = files_in(pack)

    checked(pack, answer_of(tmp_path, _TEXTS[:1]))

    after = files_in(pack)
    assert {name: after[name] for name in before} == before
    assert {Path(name).parts[0] for name in after.keys() - before.keys()} == {"remainder"}
    assert list(scratch.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.txt", "pack", "scratch"]


def test_the_terminal_tells_it_all(pack: Path, tmp_path: Path) -> None:
    """How each has landed, what is missing, what else is known, and what to ask next."""
    answer = answer_of(tmp_path, [_REWORDED, _TEXTS[1], "Enjoys crime novels from Iceland."])

    done = memlake_here("pack", "check", pack, answer, cwd=tmp_path)

    assert (done.exit_code, done.stderr) == (ExitCode.DIFFERENCES, "")
    assert "2 of 4 memories have landed: 2 missing" in done.stdout
    assert f"now: {_REWORDED}" in done.stdout
    assert "Enjoys crime novels from Iceland." in done.stdout
    assert "prompt claude" in done.stdout


def test_the_terminal_is_short_where_all_is_well(tmp_path: Path) -> None:
    """One line says it; there is nothing to do next."""
    for count, said in ((1, "the memory has landed"), (2, "all 2 memories have landed")):
        folder = tmp_path / str(count)
        pack_of(lake_with(folder, *_TEXTS[:count]), folder / "pack")

        done = memlake_here("pack", "check", folder / "pack", answer_of(folder, _TEXTS[:count]), cwd=tmp_path)

        assert (done.exit_code, said in done.stdout) == (0, True)
        assert "next" not in done.stdout
        assert "too early" not in done.stdout


def test_the_terminal_says_why_nothing_can_be_told(pack: Path, tmp_path: Path) -> None:
    """And lists nothing as missing."""
    (tmp_path / "answer.txt").write_text("", encoding="utf-8")

    done = memlake_here("pack", "check", pack, "answer.txt", cwd=tmp_path)

    assert (done.exit_code, "the answer is empty" in done.stdout) == (3, True)
    assert "concertina" not in done.stdout


def test_the_terminal_shows_lost_sentences_and_the_first_of_many_others(tmp_path: Path) -> None:
    """A plain pack has no command that prints what to ask, so the question is there."""
    long = "The garden in Porto has twelve lemon trees and a well. Abel comes on Fridays."
    pack_of(lake_with(tmp_path, long, *_TEXTS), tmp_path / "pack", "text")
    others = [f"Owns painting number {n} of a harbour in winter." for n in range(30)]

    done = memlake_here(
        "pack", "check", "pack", answer_of(tmp_path, [long.partition(" Abel")[0], *others]), cwd=tmp_path
    )

    assert "lost: Abel comes on Fridays." in done.stdout
    assert "and 10 more (--json)" in done.stdout
    assert "List everything that you know about me" in done.stdout


def test_json_holds_every_item(pack: Path, tmp_path: Path) -> None:
    """With the counts and the exit code."""
    done = memlake_here("pack", "check", pack, answer_of(tmp_path, _TEXTS), "--json", cwd=tmp_path)

    told = orjson.loads(done.stdout)
    assert told["counts"] == {"verbatim": 4, "reworded": 0, "merged": 0, "partial": 0, "changed": 0, "missing": 0}
    assert (told["exit_code"], done.exit_code, told["items"][0]["item"]["text"]) == (0, 0, _TEXTS[0])
    assert told["question"].startswith("Show me everything")


def test_python_checks_a_pack(pack: Path, tmp_path: Path) -> None:
    """The command is a thin layer over it."""
    assert memlake.pack_check(pack, answer_of(tmp_path, _TEXTS)).exit_code == ExitCode.OK


def test_several_answers_are_one(pack: Path, tmp_path: Path) -> None:
    """An assistant may need more than one turn to write everything out."""
    first = answer_of(tmp_path, _TEXTS[:2], "first.txt")
    second = answer_of(tmp_path, _TEXTS[2:], "second.txt")

    assert set(verdicts(checked(pack, first, second))) == {"verbatim"}


def test_an_answer_that_is_cut_short_is_no_whole_one(tmp_path: Path) -> None:
    """What is missing may be in the part that is gone."""
    pack_of(lake_with(tmp_path, *_TEXTS), tmp_path / "pack", "chatgpt")
    whole = json.dumps([memory(f"x{n}", text) for n, text in enumerate(_TEXTS)]).encode()
    export = write_files(tmp_path / "next", {"memory.json": whole[: -len(whole) // 3]})

    check = checked(tmp_path / "pack", export)

    assert (check.why_unsure, check.exit_code) == ("the answer could be read in part only", ExitCode.PARTLY_READ)


@pytest.mark.parametrize("target", ["claude", "chatgpt", "gemini", "text"])
def test_a_pack_that_comes_back_as_it_went_has_landed(lake: Path, tmp_path: Path, target: TargetName) -> None:
    """Whatever the target, its parts pasted as an answer are all of it."""
    found = pack_of(lake, tmp_path / "pack", target)
    lines = [line for part in found.parts for line in part.text.splitlines() if line.startswith(("[", "- "))]

    check = checked(tmp_path / "pack", pasted="\n".join(f"- {line.removeprefix('- ')}" for line in lines).encode())

    assert verdicts(check) == ["verbatim"] * 4
