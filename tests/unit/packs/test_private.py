"""What is private in a memory: secrets, health and money, and what a person's own patterns say."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from memlake.errors import UsageError
from memlake.packs.private import CLASSES, Detector, PrivateSpan, apart, read_patterns

DETECTOR = Detector()


def found(text: str, label: str) -> list[str]:
    """Return the parts of a text that are private in one way."""
    return [text[span.start : span.end] for span in DETECTOR.find(text, [label])]


@pytest.mark.parametrize(
    "secret",
    [
        "AKIA" + "Z7ZNI4UXLZT64G3R",
        "ghp_" + "Km6PcB8hBAWqEwRPHwkSfUK60R0jOVRcsk0t",
        "github_pat_" + "11AAAAAAA0aBcDeFgHiJkL_mNoPqRsTuVwXyZ",
        "glpat-" + "eXjW_BHPDFgzI5BSDhGI",
        "sk-proj-" + "QvFCTK5h4W1IfVdS49dUpB3ecNtN",
        "sk-ant-api03-" + "L6RfByArIQeZBsP_kWmBhlUbQUIDyQ",
        "hf_" + "6eBbk4Ta6UoBXR46esGWVohTaGRybqVBlX",
        "AIza" + "SyKJFjp_3fy_iJgdM20YAZfGvYZzsKfiSXk",
        "sk_live_" + "mvWI66yB2cyy3f0TUYazKipv",
        "xoxb-" + "246919637891-3815212586946-0gm3gme1",
        "SG." + "MD11SSe6rBpXH_1wrwkmXH.mXeXb2UClV-co8hJSLiBGCmq",
        "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiI3MzIyMTAifQ.ZtLaHnMj6SjyRHWA841",
        "5271633313:" + "AAZwZfFqMI9sLXXMBY_7i58FDjEBeH0700s",
        "https://hooks.slack.com/services/" + "TK4LU7SWBYA/BL3IFP55B2L/GcdRzoCG",
        "npm_" + "8GkWq2LzX7vBn4MtYc1RpDsEa6HfUj3Ko9Ti",
        "vWC9rMrfbhiQBsJNT4qX/L89FT/MzJw9DUi5PW0E",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEAQusi\n-----END RSA PRIVATE KEY-----",
    ],
)
def test_a_key_is_known_by_its_form(secret: str) -> None:
    """In the middle of prose, whatever is said about it."""
    assert found(f"Remember {secret}, for later.", "passwords") == [secret]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgres://ledger:Tr0utBarley@db.example.net:5432/ledger is the database", "Tr0utBarley"),
        ("It calls https://example.org/hook?id=7&token=abcd1234&x=1 every hour", "abcd1234"),
        ('curl -H "Authorization: Bearer 0a1b2c3d4e5f" https://example.org', "0a1b2c3d4e5f"),
        ("Set DB_PASSWORD=swordfish before it starts", "swordfish"),
        ("the lab is jdoe + Marsh.Owl.3", "Marsh.Owl.3"),
        ("wifi up at the shed: network SHED, pw mudd1er-than-thou", "mudd1er-than-thou"),
        ('Login: user tm, passphrase "seven otters juggling"', "seven otters juggling"),
        ("Das Passwort für den Server lautet Kreide!Schwamm7.", "Kreide!Schwamm7"),
        ("La contraseña es perejil.", "perejil"),
        ("Le mot de passe du wifi est soleil-levant", "soleil-levant"),
        ("A senha do wifi é cafezinho123", "cafezinho123"),
        ("パスワードはRingo-no-ki88、店用。", "Ringo-no-ki88"),
        ("合言葉は「さかさまの富士」、金庫用", "さかさまの富士"),
        ("Netflix is on mum's account, password bananabread", "bananabread"),
        ("Password to the zip: correct horse battery staple", "correct horse battery staple"),
        ("Remember: Twelve Geese Fly Backwards is my passphrase for the disk", "Twelve Geese Fly Backwards"),
        ("API key for maps: 9f8a7b6c5d4e", "9f8a7b6c5d4e"),
        ("License key is 3b1f0e2d-77aa-4c1e-9d30-aa12bb34cc56", "3b1f0e2d-77aa-4c1e-9d30-aa12bb34cc56"),
        ("Log in as admin / Fr4me-by-Fr4me!", "Fr4me-by-Fr4me!"),
        ("Meldet sich im Portal mit Pottwal&Plankton an.", "Pottwal&Plankton"),
        ("NASにはeditorとCut&Print7で入る。", "Cut&Print7"),
        ("ssh into the pi with pi / raspberry", "raspberry"),
        ("Bank card PIN 3308, since I forget it", "3308"),
        ("Gate to the top field opens with 4-1-9-6.", "4-1-9-6"),
        ("Mum's tablet unlocks with 1947", "1947"),
        ("Med room keypad is C2468Y", "C2468Y"),
        ("Haustürcode ist 0815#44", "0815#44"),
        ("Para entrar se marca 5590*", "5590*"),
        ("薬品庫は1357Eで開く", "1357E"),
        ("Alarma: 8042; si salta hay que decir “membrillo”", "membrillo"),
        ("Recovery codes: k3fd-92mw, x7qa-10pz", "x7qa-10pz"),
        ("バックアップコードは7702-5518と3046-9921。", "3046-9921"),
        (
            "seed phrase - glimpse orchard tunnel velvet pony canyon ribbon lava frost ticket mango salute",
            "glimpse orchard tunnel velvet pony canyon ribbon lava frost ticket mango salute",
        ),
    ],
)
def test_a_secret_is_known_by_what_is_said_before_it(text: str, secret: str) -> None:
    """Passwords, PINs, codes, keys and phrases, in many words and languages."""
    assert secret in " | ".join(found(text, "passwords"))


@pytest.mark.parametrize(
    "text",
    [
        "Uses Bitwarden for all logins.",
        "Uses 1Password and KeePass2 for every password.",
        "Regression came in with commit 9f2c41b7e0a6d8835bb1c4e27f90d3a1165e8c02.",
        "Record 6f1e2b94-7c05-4d0e-a1bb-3e9a7725c8d1 was wrong.",
        "The token of record 6f1e2b94-7c05-4d0e-a1bb-3e9a7725c8d1 in the log",
        "Counts tokens with tiktoken before sending transcripts.",
        "Prefers pieces in the key of E flat.",
        "Brand palette is #2E4057, #F6C28B and #FFFDF7.",
        "Wants a password strength meter in the form.",
        "The password is stored in the environment.",
        "Default port is 5432, dev password is read from the environment.",
        "The museum's door is from 1620.",
        "The lock was changed in 2021.",
        "The alarm is set for 0630 on weekdays.",
        "Error code 4040 is back; código postal 28013.",
        "Backups of the keys are kept since 2024-05-01 in the safe, says https://example.org/a/b2c3d4e5f6",
        "The lock planner has 200 ms for an answer.",
        "Gate 14 at 17:35, seat 22C",
        "The plot turns on a safe whose combination nobody remembers.",
        "La clave del cuento es que nadie contesta.",
        "Recovery codes are in the drawer.",
        "Wrote the seed phrase down.",
        "Login page uses OAuth2, React18 and admin roles on Windows11",
        "admin a.b@example.org",
        "鍵盤は88鍵",
    ],
)
def test_what_only_looks_like_a_secret_is_none(text: str) -> None:
    """Hashes, ids, colours, music, managers of passwords, years, hours and other codes."""
    assert found(text, "passwords") == []


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("Teaches pottery. Was diagnosed with asthma. Likes tea.", ["Was diagnosed with asthma."]),
        ("Seit dem Schlaganfall geht er am Stock", ["Seit dem Schlaganfall geht er am Stock"]),
        ("Toma sertralina. Vive en Jaén.", ["Toma sertralina."]),
        ("A du diabète", ["A du diabète"]),
        ("Tem asma", ["Tem asma"]),
        ("ユーザーはうつ病で休職中。猫が好き。", ["ユーザーはうつ病で休職中。"]),
        ("my blood pressure is 160/95", ["my blood pressure is 160/95"]),
        ("Knee hurts, the doctor gave her pills", ["Knee hurts, the doctor gave her pills"]),
        ("Teaches nursing students.", []),
        ("Writes a novel about a doctor with depression.", []),
        ("Health checks are at /healthz.", []),
        ("Programmer in a hospital.", []),
    ],
)
def test_a_sentence_about_health_is_private_as_a_whole(text: str, private: list[str]) -> None:
    """Not those beside it, nor what is only about a story, a lesson or a machine."""
    assert found(text, "health") == private


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("Earns $84,500. Likes tea.", ["Earns $84,500."]),
        ("Verdient 3.450 € netto", ["Verdient 3.450 € netto"]),
        ("Debe 23.000 € del préstamo", ["Debe 23.000 € del préstamo"]),
        ("Gagne 2 000 euros par mois", ["Gagne 2 000 euros par mois"]),
        ("Tem uma hipoteca", ["Tem uma hipoteca"]),
        ("年収は620万円。猫が好き。", ["年収は620万円。"]),
        ("My account is GB29 NWBK 6016 1331 9268 19. Likes tea.", ["My account is GB29 NWBK 6016 1331 9268 19."]),
        ("It is GB29NWBK60161331926819 as ever", ["GB29NWBK60161331926819"]),
        ("It was 4111 1111 1111 1111 yesterday", ["4111 1111 1111 1111"]),
        ("Works as a test engineer at a bank.", []),
        ("Game jam: each team has a budget of 100 points.", []),
        ("It was 4111 1111 1111 1112 yesterday", []),
        ("It is GB29NWBK60161331926818 as ever", []),
        ("Parcel 00340434161094015902", []),
    ],
)
def test_a_sentence_about_money_is_private_as_a_whole(text: str, private: list[str]) -> None:
    """Numbers of accounts and cards count where their check digits are right, by themselves if nothing is said."""
    assert found(text, "finance") == private


def test_a_sentence_may_be_private_in_two_ways() -> None:
    """It is found for each of them, and once for both."""
    text = "Owes the clinic 6,000 euros for the operation on his knee."
    assert found(text, "health") == found(text, "finance") == [text]
    assert [(span.start, span.end) for span in DETECTOR.find(text)] == [(0, len(text))]


def test_spans_are_in_order_and_never_overlap() -> None:
    """Also where classes claim the same: together they cover all that either does."""
    text = "Has asthma and the PIN 4711. Owes 500 €. Password: tulip77! My IBAN is DE89 3704 0044 0532 0130 00."
    spans = DETECTOR.find(text)

    assert [span.label for span in spans] == ["health", "finance", "passwords", "finance"]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.reason for span in spans)


def test_overlapping_spans_become_one() -> None:
    """The first, as far as the last of them goes."""
    spans = [
        PrivateSpan(4, 9, "b", ""),
        PrivateSpan(0, 5, "a", ""),
        PrivateSpan(1, 2, "c", ""),
        PrivateSpan(9, 10, "d", ""),
    ]
    assert apart(spans) == [PrivateSpan(0, 9, "a", ""), PrivateSpan(9, 10, "d", "")]


def test_lines_and_odd_spaces_do_not_hide_a_sentence() -> None:
    """A remark in brackets that was cut off belongs to its sentence."""
    text = "Likes tea.\n\nHas  asthma.   [stated]"
    assert "asthma" in "".join(found(text, "health"))
    assert not "".join(found(text, "health")).startswith("Likes")


def test_own_patterns_are_classes_of_their_own(tmp_path: Path) -> None:
    """Regular expressions in any case; a known name adds to what is known."""
    file = tmp_path / "mine.toml"
    file.write_text('clients = ["Acme", "glob\\\\w+"]\nhealth = ["my knee"]\n', encoding="utf-8")
    detector = Detector(read_patterns(file))
    text = "ACME and Globex know about my knee."

    assert detector.labels == (*CLASSES, "clients")
    assert [(text[span.start : span.end], span.label) for span in detector.find(text)] == [
        ("ACME", "clients"),
        ("Globex", "clients"),
        ("my knee", "health"),
    ]
    assert detector.find(text, ["passwords"]) == []


def test_a_pattern_that_may_fit_nothing_finds_nothing_there() -> None:
    """An empty place is no part of a text."""
    assert Detector({"x": [re.compile("b*(?=c)")]}).find("ac") == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('clients = ["("]', "no regular expression"),
        ("clients = [7]", "fits nothing"),
        ('clients = [""]', "fits nothing"),
        ('clients = ["x*"]', "fits nothing, or everything"),
        ('clients = "Acme"', "no class with a list"),
        ("clients = []", "no class with a list"),
        ('"two words" = ["a"]', "no class with a list"),
        ("clients = [", "cannot be read"),
    ],
)
def test_a_bad_file_of_patterns_is_refused_by_name(tmp_path: Path, content: str, words: str) -> None:
    """With the file, the class and the pattern, and how to write it."""
    file = tmp_path / "mine.toml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(UsageError, match=words) as refused:
        read_patterns(file)

    assert str(file) in refused.value.message
    assert refused.value.hint
    assert ("clients" in refused.value.message) == ("clients" in content and "cannot" not in words)


def test_a_file_of_patterns_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """So is one that is no text."""
    with pytest.raises(UsageError, match="cannot be read"):
        read_patterns(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="cannot be read"):
        read_patterns(tmp_path / "bytes.toml")
