"""Which language short texts are in, and the words of a language that say nothing by themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cache

from memlake.lake.analysis import words_of

_FUNCTION_WORDS = {
    "da": "og i at det en den til er som på de med han af for ikke der var jeg et har vi kan skal hun sin fra om",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an er sie hat aus "
    "bei sind nach wie einer einen am war werden wird oder hatte um ihr ihre ihren seine seinen sein haben ich mein "
    "meine wir mir mich uns du dein aber nur noch so dass dann",
    "en": "the a an and or of to in on at for with is are was were be been being has have had do does did he she it "
    "they them his her hers their its him that this these those i me my mine we our us you your as by from but not no "
    "so if then than too very just also about into over out up down off can could will would should may might am who "
    "whom which what when where how there here i'm i've i'd i'll it's don't",
    "es": "el la los las de que y en un una es se no por con su sus para como está lo le les al del más pero o muy ya "
    "también ha son fue mi mis me yo tiene tengo estoy si cuando sobre entre desde hasta porque este esta",
    "fi": "ja on ei se että hän en ole oli mutta kun niin minä sinä joka mitä minun hänen ovat voi myös tai kuin",
    "fr": "le la les de des du et en un une est que qui dans pour pas sur au avec il elle ne se ce son sa ses par plus "
    "je mon ma mes me nous notre vous mais ou où si leur leurs aux cette très bien ai suis être avoir fait aussi l d c "
    "qu n s j y a",
    "hu": "a az és hogy nem is egy ez de van meg csak ha mint volt én ő már vagy még el fel ki be ami aki",
    "it": "il lo la i gli le di che e in un una è per non con si da del della dei al alla sono ho ha mi mio mia come "
    "ma più anche se suo sua suoi nel nella o io ci",
    "nl": "de het een en van in is dat op te met voor zijn er niet aan als ook die hij zij om bij door maar ik mijn je "
    "we wij naar heeft hebben uit over dan nog was",
    "no": "og i det en er til som på de med han av for ikke der var jeg et har vi kan skal hun sin fra om å",
    "pl": "i w na z nie się to jest że do jak ale po co tak za od jego jej ich mam ja mnie moja mój oraz dla przez już",
    "pt": "o a os as de que e em um uma do da dos das no na nos nas é não se por com para como seu sua seus suas mais "
    "mas ao à ou já também foi são está tem tenho eu meu minha me ele ela muito quando sobre entre pelo pela isso este "
    "esta pra",
    "ro": "și în de la cu pe un o este nu că se din pentru care mai sunt am a al ale lui ei sau dar fi eu mea meu",
    "ru": "и в не на я что он с как это по но она они мы к у за из от для его ее её их мой моя мне меня нас мы вы так "
    "же бы то все уже или о об до при есть был была были быть очень",
    "sv": "och i att det en som på är av för med den till inte han hon var jag har vi kan ska sin från om ett min mitt",
    "tr": "ve bir bu da de için ile çok daha ne gibi ben sen o biz benim onun var yok ama en mi mı olarak",
}

_COMMON_SHARE = 0.001
_SAID_SHARE = 1 / 3
_MOST_OWNERS = 2

_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
)

_FIRST_PERSON = (
    "i i'm i've i'd i'll my mine me myself we our us eu meu minha meus minhas nosso nossa yo mi mis nuestro nuestra je "
    "j mon ma mes moi nous notre ich mein meine meinen meinem meiner meines mich mir wir unser unsere unserem unseren "
    "unserer uns io mio mia ik mijn jag min mitt я мой моя моё мои мне меня мы наш наша наше наши нашего нашей нас"
)
_FIRST_PERSON_UNSPACED = re.compile("[我咱私僕俺]|うち|저는|제가|나는|내가|저희|우리|난 ")


def languages_of(texts: Sequence[str], words: Sequence[Sequence[str]]) -> list[str]:
    """Return the language of each text by its ISO 639-1 name; `words` are theirs, as the index spells them.

    Where too little tells it is that of most texts, else English. Good enough to choose a stemmer; a wrong guess
    costs some word forms, nothing else.
    """
    clear = [_clear_language(text, said) for text, said in zip(texts, words, strict=True)]
    counts = Counter(language for language in clear if language)
    usual = min(counts, key=lambda language: (-counts[language], language), default="en")
    return [language or usual for language in clear]


def _clear_language(text: str, words: Sequence[str]) -> str | None:
    """Return the language of a text if its script tells, or its small words do."""
    written = language_of_script(text)
    if written:
        return written
    counts = {language: sum(word in known for word in words) for language, known in _known_words().items()}
    best, second = sorted(counts.values(), reverse=True)[:2]
    return max(counts, key=lambda language: counts[language]) if best > second else None


def languages_said(frequency: Callable[[str], int], message_count: int) -> tuple[str, ...]:
    """Return the languages that an archive is in, English always, by how many messages say their small words."""
    common = max(1, message_count * _COMMON_SHARE)

    def is_said(language: str) -> bool:
        own = _own_words()[language]
        return sum(frequency(word) >= common for word in own) >= len(own) * _SAID_SHARE

    return tuple(language for language in _FUNCTION_WORDS if language == "en" or is_said(language))


def language_of_script(word: str) -> str | None:
    """Return the language that writes with the letters of a word, where they are of one language alone."""
    return next((language for language, script in _SCRIPTS if script.search(word)), None)


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the words of a language that say nothing by themselves, as the index spells them."""
    return frozenset(words_of(_FUNCTION_WORDS.get(language, "")))


def speaks_of_oneself(words: Collection[str], text: str) -> bool:
    """Tell whether a text is about its speaker; `words` are its own, as the index spells them."""
    return not _first_person_words().isdisjoint(words) or bool(_FIRST_PERSON_UNSPACED.search(text))


@cache
def _first_person_words() -> frozenset[str]:
    return frozenset(words_of(_FIRST_PERSON))


@cache
def _own_words() -> dict[str, frozenset[str]]:
    """Return for each language the small words that it has alone, or with one other: neighbours share nearly all."""
    counts = Counter(word for words in _known_words().values() for word in words)
    return {
        language: frozenset(word for word in words if counts[word] <= _MOST_OWNERS)
        for language, words in _known_words().items()
    }


@cache
def _known_words() -> dict[str, frozenset[str]]:
    return {language: function_words(language) for language in _FUNCTION_WORDS}
