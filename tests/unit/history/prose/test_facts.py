"""Which rewritings of a statement say another thing: yes where it was no, another number, another name."""

from __future__ import annotations

import pytest

from memlake.history.prose.facts import Context, fact_change

_CANCELLED = 'denied now: "was cancelled"'
_NO_LONGER = 'denied now: "no longer"'

# Some statements of each account beside the pair, which show its language and how common its words are.
_OTHERS = {
    "en": ("She plays the cello with two friends.", "Their house is near the river.", "He has a boat for fishing."),
    "de": ("Sie spielt Cello mit zwei Freunden.", "Das Haus liegt am Fluss.", "Er hat ein Boot und angelt gern."),
    "pt": ("Ela toca violoncelo com duas amigas.", "A casa fica perto do rio.", "Tem um barco para pescar."),
    "es": ("Toca el violonchelo con dos amigas.", "La casa está cerca del río.", "Tiene un barco para pescar."),
    "fr": ("Elle joue du violoncelle avec deux amies.", "La maison est près de la rivière.", "Il a un bateau."),
    "it": ("Suona il violoncello con due amiche.", "La casa è vicino al fiume.", "Ha una barca per pescare."),
    "nl": ("Zij speelt cello met twee vrienden.", "Het huis staat bij de rivier.", "Hij heeft een boot om te vissen."),
    "ja": ("友人二人とチェロを弾く。", "家は川の近くにある。", "釣り用の船を持っている。"),
    "zh": ("她和两个朋友一起拉大提琴。", "他们的房子在河边。", "他有一艘钓鱼船。"),
    "ko": ("친구 두 명과 첼로를 연주한다.", "집은 강 근처에 있다.", "낚시용 배가 있다."),
}
_DENIED = ("denied now: ", "no longer denied: ", "preferred: ")


def change(language: str, before: str, after: str) -> str | None:
    """Return what is told about a pair, and make sure that both directions agree that there is a change or none."""
    context = Context.of([before, after, *_OTHERS[language]])
    found, reverse = fact_change(before, after, context), fact_change(after, before, context)

    assert (found is None) == (reverse is None)
    return found


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "She drinks coffee in the morning.", "She no longer drinks coffee in the morning."),
        ("en", "The bank has not yet confirmed the loan.", "The bank has now confirmed the loan."),
        ("en", "He can't work without music.", "He can work without music."),
        ("en", "She smokes and drinks.", "She neither smokes nor drinks."),
        ("en", "He plans to buy a second press in Leeds.", "He decided against a second press in Leeds."),
        ("en", "[stated] Wants diffs instead of whole files", "[stated] Wants whole files instead of diffs"),
        ("en", "Prefers tea over coffee.", "Prefers coffee over tea."),
        ("de", "Er isst jeden Tag Fleisch.", "Er isst jeden Tag kein Fleisch."),
        ("de", "Er trinkt morgens Kaffee.", "Er trinkt morgens keinen Kaffee mehr."),
        ("de", "Das Angebot hat er noch nicht unterschrieben.", "Das Angebot hat er jetzt unterschrieben."),
        ("de", "Gedämmt wird mit Hanf statt Wolle.", "Gedämmt wird mit Wolle statt Hanf."),
        ("pt", "Ela bebe café de manhã.", "Ela já não bebe café de manhã."),
        ("pt", "Fala com os vizinhos.", "Não fala com nenhum dos vizinhos."),
        ("es", "Bebe café por la mañana.", "Ya no bebe café por la mañana."),
        ("es", "Habla con los vecinos del barrio.", "No habla nunca con los vecinos del barrio."),
        ("es", "Fuma en el balcón de su casa.", "Ha dejado de fumar en el balcón de su casa."),
        ("es", "Prefiere té en vez de café.", "Prefiere café en vez de té."),
        ("fr", "Elle boit du café le matin.", "Elle ne boit plus de café le matin."),
        ("fr", "Il aime les réunions du matin.", "Il n'aime pas les réunions du matin."),
        ("fr", "Il parle à ses voisins du dessous.", "Il ne parle à aucun de ses voisins du dessous."),
        ("fr", "Préfère le thé au lieu du café.", "Préfère le café au lieu du thé."),
        ("it", "Beve caffè la mattina.", "Non beve più caffè la mattina."),
        ("it", "Parla con i vicini di casa.", "Non parla mai con i vicini di casa."),
        ("it", "Preferisce tè invece di caffè.", "Preferisce caffè invece di tè."),
        ("nl", "Zij drinkt koffie in de ochtend.", "Zij drinkt geen koffie meer in de ochtend."),
        ("nl", "Hij heeft het contract nog niet getekend.", "Hij heeft het contract nu getekend."),
        ("nl", "Wil thee in plaats van koffie.", "Wil koffie in plaats van thee."),
        ("ja", "朝はコーヒーを飲む。", "朝はもうコーヒーを飲まない。"),
        ("ja", "契約書にまだ署名していない。", "契約書にすでに署名した。"),
        ("ja", "紅茶ではなく珈琲", "珈琲ではなく紅茶"),
        ("zh", "她早上喝咖啡。", "她早上不喝咖啡。"),
        ("ko", "아침에 커피를 마신다.", "아침에 커피를 마시지 않는다."),
    ],
)
def test_what_is_denied_now_is_a_change(language: str, before: str, after: str) -> None:
    """No longer, not yet, neither, decided against; two words that deny once; what is wanted instead of what."""
    assert (change(language, before, after) or "").startswith(_DENIED)


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "She does not drink coffee because it gives her palpitations.", "She avoids coffee: palpitations."),
        ("en", "She does not eat any meat.", "She is vegetarian."),
        ("en", "Dislikes emojis in business texts [stated]", "No emojis in business writing [stated]"),
        ("en", "He cannot work without music at all.", "Music is what he works with."),
        ("en", "He not only sails, he also rows.", "He sails, and he also rows."),
        ("en", "Sings in choir no. 5 of the town.", "Sings in choir 5 of the town."),
        ("en", "Neither smokes nor drinks.", "Does not smoke or drink."),
        ("en", "He quit running, which was no fun.", "He no longer runs."),
        ("en", "He never eats fish.", "He stopped eating fish."),
        ("en", "He writes no code and paints well.", "A painter without a pen or code, he never programs."),
        ("en", "He swims.", "Swims he does not."),
        ("de", "Der Mietvertrag fehlt nicht mehr.", "Der Mietvertrag ist jetzt da."),
        (
            "de",
            "Mit dem Chor hat sie aufgehört: zu viel Lärm.",
            "Sie singt nicht mehr im Chor, ohne Lärm geht es nicht.",
        ),
        ("de", "Sie isst kein Fleisch.", "Sie ist Vegetarierin."),
        ("de", "Dämmung mit Hanf, nicht mit Wolle.", "Gedämmt wird mit Hanf statt mit Wolle."),
        ("de", "Er trinkt nicht nur Tee, sondern auch Kaffee.", "Er trinkt Tee und auch Kaffee."),
        ("pt", "Não come marisco porque é alérgica.", "É alérgica a marisco e por isso evita-o."),
        ("pt", "Não fala com ninguém antes do café.", "Antes do café não fala."),
        ("es", "No come carne.", "Es vegetariana y evita la carne."),
        ("es", "Vive en el campo; sin embargo, trabaja en la ciudad.", "Vive en el campo y trabaja en la ciudad."),
        ("es", "No bebe ni fuma.", "Ni bebe ni fuma."),
        ("fr", "Il n'aime pas les réunions longues.", "Il déteste les réunions qui durent."),
        ("fr", "Il ne parle jamais de son travail.", "De son travail, il ne parle pas."),
        ("fr", "Elle viendra sans doute en train.", "Elle viendra en train."),
        ("fr", "Il ne mange que du poisson.", "Il mange seulement du poisson."),
        ("it", "Non mangia carne.", "È vegetariana ed evita la carne."),
        ("it", "Non parla mai con nessuno al mattino.", "Al mattino non parla."),
        ("it", "Mangia in piedi, non da solo.", "In piedi mangia, e non da solo."),
        ("it", "Non solo nuota, ma corre anche.", "Nuota e corre anche."),
        ("nl", "Eet geen vlees.", "Is vegetarisch en vermijdt vlees."),
        ("nl", "Hij rookt noch drinkt noch gokt.", "Hij rookt niet, en drinken of gokken is er evenmin bij."),
        ("nl", "Niet alleen zwemt zij, zij fietst ook.", "Zij zwemt, en zij fietst ook."),
        ("ja", "回答は箇条書きより文章がよい [stated]", "箇条書きではなく文章での回答を好む [stated]"),
        ("ja", "動的メモリ確保は禁止", "メモリを動的に確保しない"),
        ("ja", "毎日薬を飲まなければならない。", "薬を毎日飲む必要がある。"),
        ("ja", "来年は引っ越すかもしれない。", "来年、引っ越す可能性がある。"),
        ("zh", "她不吃肉。", "她吃素食。"),
    ],
)
def test_same_thing_in_other_words_is_no_change(language: str, before: str, after: str) -> None:
    """What avoids, excludes or forbids may stand for a denial, and some words only look like one."""
    assert change(language, before, after) is None


@pytest.mark.parametrize(
    ("language", "before", "after", "told"),
    [
        ("en", "Leads a team of 12 people.", "Leads a team of 60 people.", "number: 12 → 60"),
        ("es", "Dirige un equipo de doce personas.", "Dirige un equipo de 60 personas.", "number: doce → 60"),
        ("fr", "L'audit est en mai.", "L'audit est en juin.", "date: mai → juin"),
        ("it", "Ha due figli.", "Ha tre figli.", "number: due → tre"),
        ("nl", "De audit is in mei.", "De audit is in juni.", "date: mei → juni"),
        ("en", "He lives in Lyon.", "He lives in Porto.", "name: Lyon → Porto"),
        ("en", "Coffee twice a day, not after 14:00.", "She no longer drinks coffee.", 'denied now: "no longer"'),
        ("en", "The loan is not yet signed.", "The loan is now signed.", 'no longer denied: "is not yet"'),
        ("de", "Er raucht.", "Früher schon, doch er raucht nicht mehr.", 'denied now: "nicht mehr"'),
        ("pt", "Ela fuma.", "Ela já NÃO fuma.", 'denied now: "já NÃO"'),
        ("en", "Prefers tea over coffee.", "Prefers coffee over tea.", "preferred: tea → coffee"),
        ("en", "Has two dogs.", "Has a dog.", "number: 2 dogs → a dog"),
        ("en", "Has one son and two daughters.", "Two sons, one daughter.", "number: one son → 2 sons"),
        ("en", "Has two dogs, a collie and a pug.", "Has a dog, and a pug of two.", None),
        ("en", "It is on 27 March.", "It is on 3 April.", "number: 27 → 3; date: March → April"),
        ("en", "Won 12 000 000 000 000 000 dong.", "Won 5 dong.", "number: 12000000000000000 → 5"),
        ("ja", "会議は月曜日だ。", "会議は水曜日だ。", "date: 月曜 → 水曜"),
        ("ja", "三人で働く。", "40人で働く。", "number: 三 → 40"),
        ("en", "Whether to sell is open to him.", "He decided to sell.", 'decided: "decided"'),
        ("en", "He has sold the boat.", "He is considering a sale of the boat.", 'no longer decided: "sold"'),
        ("de", "Vegetarier ist er seit der Jugend.", "Seit der Jugend ohne, isst er wieder Fleisch.", None),
        ("de", "Er lebt vegetarisch.", "Er hat vegetarisch gelebt und isst wieder Fleisch.", 'so again: "wieder"'),
        ("en", "He can drive again.", "A cataract prevents him: he may hardly drive.", 'no longer so again: "again"'),
        ("en", "He has been to Ghana again.", "He is back from a trip to Ghana again.", None),
        ("en", "He paints again.", "He paints.", None),
        ("en", "The contract with Tolland is signed.", "The contract with Tolland was cancelled.", _CANCELLED),
        ("en", "Bows are not sold, so Bath gets them.", "Bows are now sold, so Bath no longer gets them.", _NO_LONGER),
        ("en", "Plays chess on a board at home.", "At home, plays draughts on a board.", "word: chess → draughts"),
        ("de", "Sie besucht einen Töpferkurs.", "Besucht wird von ihr ein Nähkurs.", "word: Töpferkurs → Nähkurs"),
        ("en", "The plum tree behind the fence is old.", "The pear tree behind the fence is old.", None),
        ("ja", "駅前の商店街で寿司屋を営んでいる。", "駅前の商店街で蕎麦屋を営んでいる。", "word: 寿司 → 蕎麦"),
        ("ja", "駅で寿司を売る。", "駅で酒を売る。", None),
        ("pt", "Custa cinco mil e trezentos reais.", "Fica em R$ 5.300.", None),
        ("pt", "Custa cinco mil e trezentos reais.", "Fica em R$ 5.400.", "number: cinco mil e trezentos → 5.400"),
        ("en", "The rent goes from £1,450 to £1,900.", "The rent goes up by £450 to £1,900.", None),
        ("pt", "Não faz descontos a grupos.", "Ela dá descontos a grupos.", 'no longer denied: "Não"'),
        ("en", "The plum is red.", "The pear is red.", None),
        ("en", "Perhaps she takes on the choir.", "She accepted the choir.", 'decided: "accepted"'),
        ("en", "Works from 8:30 on, 3 days.", "Works from 9:15 on, all 3 days.", "number: 8:30 → 9:15"),
        ("en", "Is considering a bench for the garden.", "Has never decided on a bench for the garden.", None),
        ("de", "Er schwankt beim Umzug.", "Der Umzug ist nie entschieden worden.", None),
        ("en", "In her second year.", "In her third year.", "number: second → third"),
        ("en", "About 70 % are repairs.", "Seven tenths are repairs.", None),
        ("en", "Leads a team of 12.", "Heads a 12-person team.", None),
        ("es", "Tiene 32 años.", "Es una persona de treinta y dos años.", None),
        ("fr", "Elle a trois enfants.", "Mère de 3 enfants, elle est très occupée.", None),
        ("it", "Ha venticinque alveari.", "I suoi alveari sono 25.", None),
        ("nl", "Heeft vijfentwintig bijenkasten.", "Zijn bijenkasten zijn er 25.", None),
    ],
)
def test_change_is_told_in_a_few_words(language: str, before: str, after: str, told: str | None) -> None:
    """The number or name before and after; the first sort of change that is found."""
    assert change(language, before, after) == told


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "Drinks tea, never coffee.", "Drinks coffee, never tea."),
        ("en", "Prefers Python over Java.", "Prefers Java over Python."),
        ("en", "Moved from Porto to Lyon.", "Moved from Lyon to Porto."),
        ("en", "Wants tabs, not spaces.", "Wants spaces, not tabs."),
        ("en", "Uses PostgreSQL instead of MySQL.", "Uses MySQL instead of PostgreSQL."),
        ("en", "Likes dogs more than cats.", "Likes cats more than dogs."),
        ("en", "Her train goes from Bonn to Trier at nine.", "At nine her train goes from Trier to Bonn."),
        ("en", "Reports to Anna, not to Ben.", "Reports to Ben, not to Anna."),
        ("de", "Trinkt Tee, nie Kaffee.", "Trinkt Kaffee, nie Tee."),
        ("de", "Bevorzugt Python gegenüber Java.", "Bevorzugt Java gegenüber Python."),
        ("de", "Ist von Porto nach Lyon gezogen.", "Ist von Lyon nach Porto gezogen."),
        ("de", "Will Tabs statt Leerzeichen.", "Will Leerzeichen statt Tabs."),
        ("de", "Mag Hunde lieber als Katzen.", "Mag Katzen lieber als Hunde."),
        ("es", "Bebe té, nunca café.", "Bebe café, nunca té."),
        ("es", "Prefiere Python a Java.", "Prefiere Java a Python."),
        ("es", "Se mudó de Oporto a Lyon.", "Se mudó de Lyon a Oporto."),
        ("es", "Quiere tabuladores en vez de espacios.", "Quiere espacios en vez de tabuladores."),
        ("es", "Le gustan más los perros que los gatos.", "Le gustan más los gatos que los perros."),
        ("ja", "紅茶を飲み、コーヒーは飲まない。", "コーヒーを飲み、紅茶は飲まない。"),
        ("ja", "JavaよりPythonを好む。", "PythonよりJavaを好む。"),
        ("ja", "ポルトからリヨンに引っ越した。", "リヨンからポルトに引っ越した。"),
        ("ja", "スペースではなくタブを使う。", "タブではなくスペースを使う。"),
        ("en", "Drinks coffee, never tea.", "Noa drinks tea, never coffee."),
    ],
)
def test_two_things_that_changed_places_are_a_change(language: str, before: str, after: str) -> None:
    """The words are all the same: which of them is denied, comes first or is more is not."""
    assert str(change(language, before, after)).startswith(("order: ", "preferred: "))


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "Drinks tea, never coffee.", "Never drinks coffee, but tea."),
        ("en", "Prefers Python over Java.", "Python is preferred over Java."),
        ("en", "Prefers Python over Java.", "Over Java she prefers Python."),
        ("en", "Moved from Porto to Lyon.", "Moved to Lyon from Porto."),
        ("en", "Wants tabs, not spaces.", "Does not want spaces but tabs."),
        ("en", "Wants tabs, not spaces.", "Not spaces, tabs are wanted."),
        ("en", "Uses PostgreSQL instead of MySQL.", "Instead of MySQL she uses PostgreSQL."),
        ("en", "Likes dogs more than cats.", "Likes dogs and music more than cats."),
        ("en", "Reports to Anna, not to Ben.", "Her boss is Anna, not Ben; she reports to Anna."),
        ("en", "Has a dog and a cat.", "Has a cat and a dog."),
        ("en", "Works with Anna and Ben.", "Works with Ben and Anna."),
        ("de", "Trinkt Tee, nie Kaffee.", "Trinkt nie Kaffee, sondern Tee."),
        ("de", "Ist von Porto nach Lyon gezogen.", "Ist nach Lyon gezogen, von Porto."),
        ("de", "Will Tabs statt Leerzeichen.", "Statt Leerzeichen will sie Tabs."),
        ("de", "Mag Hunde lieber als Katzen.", "Hunde mag sie lieber als Katzen."),
        ("es", "Bebe té, nunca café.", "Nunca bebe café, sino té."),
        ("es", "Se mudó de Oporto a Lyon.", "Se mudó a Lyon desde Oporto."),
        ("es", "Quiere tabuladores en vez de espacios.", "En vez de espacios quiere tabuladores."),
        ("ja", "紅茶を飲み、コーヒーは飲まない。", "コーヒーは飲まないが、紅茶は飲む。"),
        ("ja", "JavaよりPythonを好む。", "PythonをJavaより好む。"),
        ("ja", "ポルトからリヨンに引っ越した。", "リヨンにポルトから引っ越した。"),
        ("ja", "スペースではなくタブを使う。", "タブを使い、スペースは使わない。"),
        ("en", "Moved from Porto to Lyon in 2025.", "In 2025 Noa moved from Porto to Lyon."),
        ("en", "In May she travels to Porto by train for a week.", "She took the train to Porto for a week in May."),
        ("en", "From 2014 to 2018 he was a contractor for banks.", "He contracted for banks from 2014 to 2018."),
        ("en", "Never migrate data and code in the same release", "Code and data migrations never share a release"),
    ],
)
def test_another_order_of_words_alone_is_no_change(language: str, before: str, after: str) -> None:
    """Each thing is still on its own side of what orders them."""
    assert change(language, before, after) is None


def test_other_subject_is_no_denial() -> None:
    """Two statements with next to nothing in common do not deny each other, though only one has a "not"."""
    assert change("en", "Keeps bees behind the old mill.", "Does not want emojis in answers.") is None


def test_nothing_to_compare_is_no_change() -> None:
    """The same text, and texts without a word."""
    assert change("en", "Keeps 3 bees.", "Keeps 3 bees.") is None
    assert fact_change("no", "!", Context.of([])) is None


def test_side_without_words_is_not_reversed() -> None:
    """Only punctuation before or behind "not"."""
    assert change("en", "Tea — not …", "Tea, surely, for breakfast.") is None
