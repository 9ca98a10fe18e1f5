"""Whether the message before a recorded call asks for it: many phrases, many languages, few false alarms."""

from __future__ import annotations

import time

import pytest

from memlake.parsing.asking import asks_to_forget, asks_to_remember


@pytest.mark.parametrize(
    "text",
    [
        "Remember I have a beagle.",
        "remember to always use metric units",
        "OK, decided. Remember this: TypeScript for the API.",
        "I play the cello, please remember.",
        "I moved to Lyon last week, remember that.",
        "My sister is Elsa - remember her name!",
        "Hi! And also remember that I'm vegan. What's for lunch?",
        "Can you remember that I hate olives?",
        "Could you please remember my birthday, 3 May?",
        "I want you to remember that I work nights.",
        "You should remember that I am left-handed.",
        "Would you mind remembering this?",
        "Remember that I like tea, ok?",
        "Keep in mind that we are four.",
        "please keep this in mind: no nuts",
        "Bear in mind I'm colour-blind.",
        "Don’t forget I work nights.",
        "Never forget that I hate coriander.",
        "Note that I moved to Lyon.",
        "Make a note: the gate code changed.",
        "Save this to your memory: I am vegan.",
        "Add to memory that I'm vegan.",
        "Store that in memory.",
        "Can you add the following to your memory? I run.",
        "Commit the names of my dogs to your long-term memory.",
        "Update your memory: I live in Lyon now.",
        "Memorise my shoe size, 39.",
        "Please update that in your memory.",
        "I work in Porto now. Update this in memory.",
        "Kindly correct my job title in your saved memories.",
        "It is Ines, not Agnes; please fix the name in your memory!",
        "Could you update your memory about my job?",
        "Can you change that in your memory?",
        "I'd like you to update my address in your records.",
        "Please update your records.",
        "Add this to what you know about me.",
        "Please make a memory of this.",
        "Create a new memory: gate code 4711.",
        "Can you save this as a memory?",
        "Save that as a memory.",
        "From now on, answer in grams.",
        "Call me Noa from now on.",
        "I'd like you to use Celsius from now on",
        "From now on I want short answers.",
        "For future reference, I'm allergic to kiwi.",
        "In future chats use British spelling.",
        "A long quotation. " * 300 + "\n\nPlease remember this text.",
        "Remember this text:\n" + "A long quotation. " * 300,
    ],
)
def test_asking_in_english(text: str) -> None:
    """Commands at the start of a clause, wishes, polite questions, standing orders; also around what is pasted."""
    assert asks_to_remember(text)


@pytest.mark.parametrize(
    "text",
    [
        "Do you remember that I moved?",
        "Do you remember my dog's name?",
        "Remember that I moved?",
        "Remember when we talked about Bergen?",
        "Remember when we talked about Bergen.",
        "Remember the time in Bergen.",
        "Can you remember what I told you?",
        "Could you remember how we did it last time?",
        "What do you remember about me?",
        "You remember that I moved.",
        "I remember when he was a puppy.",
        "I remember that he was a puppy.",
        "I always remember birthdays.",
        "As far as I remember, it was red.",
        "I can't remember that song.",
        "I don't remember, sorry.",
        "I'll remember that, thanks.",
        "It is a name that is easy to say and remember",
        "Give me a trick to remember the notes.",
        "I always forget that it is closed on Mondays.",
        "I'll keep that in mind.",
        "She said she would never forget it.",
        "Store the results in memory and sort them.",
        "The file is in memory, not on disk.",
        "Update the counter in memory after each pass.",
        "Change the buffer that the driver keeps in memory.",
        "Fix the leak in your memory management.",
        "How do I update your memory?",
        "You updated that in your memory.",
        "Did you update that in your memory?",
        "Create a memory game for my nephew.",
        "Can you make a memory test?",
        "Make a memory card out of it.",
        "Add a memory of the sea to the poem.",
        "Keep it as it is.",
        "What do you know about me?",
        "Tell me what you know about me.",
        "Write down what you know about me.",
        "Write the scene from your memory.",
        "My mother said she would correct it from memory.",
        "I notice that it rains.",
        "From now on I work at the harbour.",
        "I will work in Lyon from now on.",
        "Miso is five today! He weighs 12.9 kg now.",
        "Ha! Sold.",
        "[image]",
        "A long page. " * 100 + "Remember that bread needs time. " + "A long page. " * 100,
    ],
)
def test_not_asking_in_english(text: str) -> None:
    """Questions about what is remembered, people's own memories, computers' memory, facts, and pasted pages."""
    assert not asks_to_remember(text)


@pytest.mark.parametrize(
    ("asking", "telling"),
    [
        ("Lembra-te que vivo em Braga.", "Lembras-te de onde vivo?"),
        ("Não te esqueças: sou alérgico a nozes.", "Não me lembro do nome."),
        ("Por favor, guarda isto na tua memória.", "Ela esquece tudo."),
        ("A partir de agora, responde em português.", "A partir de agora trabalho em Lyon."),
        ("Podes lembrar-te de que sou vegana?", "Lembra aquela vez em Braga?"),
        ("Recuerda que vivo en Vigo.", "¿Recuerdas dónde vivo?"),
        ("Ten en cuenta que soy zurdo.", "No recuerdo su nombre."),
        ("Por favor no olvides que trabajo de noche.", "Recuérdame comprar leche."),
        ("Merk dir bitte, dass ich Cello spiele.", "Merkst du dir eigentlich alles?"),
        ("Vergiss nicht, dass ich nachts arbeite.", "Ich erinnere mich nicht."),
        ("Kannst du dir merken, dass ich Veganerin bin?", "Erinnerst du dich an Bergen?"),
        ("Ab jetzt bitte kurze Antworten.", "Ab jetzt arbeite ich in Lyon."),
        ("Souviens-toi que j’habite à Brest.", "Tu te souviens de Brest ?"),
        ("S’il te plaît, retiens que je suis végane.", "Je retiens mal les noms."),
        ("N’oublie pas : pas de noix.", "J'oublie toujours les noms."),
        ("Désormais, réponds en grammes.", "Désormais je travaille à Lyon."),
        ("Ricordati che abito a Bari.", "Ti ricordi dove abito?"),
        ("Tieni presente che sono mancino.", "Non ricordo il nome."),
        ("D'ora in poi usa i grammi.", "D'ora in poi lavoro a Bari."),
        ("Onthoud dat ik in Gent woon.", "Ik onthoud nooit namen."),
        ("Kun je onthouden dat ik veganist ben?", "Weet je nog wat ik zei?"),
        ("Vergeet niet dat ik 's nachts werk.", "Ik vergeet altijd namen."),
        ("Zapamiętaj, że mieszkam w Gdyni.", "Pamiętasz, gdzie mieszkam?"),
        ("Proszę, pamiętaj: bez orzechów.", "Nie pamiętam imienia."),
        ("İzmir'de yaşadığımı hatırla.", "Nerede yaşadığımı hatırlıyor musun?"),
        ("Fındığa alerjim var, unutma.", "Adını unuttum."),
        ("Запомни: я живу в Омске.", "Ты помнишь, где я живу?"),
        ("Пожалуйста, не забудь, что я веган.", "Я не помню имени."),
        ("Имей в виду, что я левша.", "Он всё забыл."),
        ("请记住我住在里昂。", "你还记得我住在哪里吗？"),
        ("我对坚果过敏，别忘了。", "我记得那首歌。"),
        ("能记住我是素食者吗？", "我没记住他的名字。"),
        ("从现在开始，用中文回答。", "从现在开始我在里昂工作。"),
        ("リヨンに住んでいることを覚えておいて。", "どこに住んでいるか覚えていますか？"),
        ("ナッツアレルギーです。忘れないでね。", "名前を覚えていません。"),
        ("ビーガンだと覚えてくれますか？", "あの歌を覚えてる？"),
        ("나는 리옹에 살아. 기억해줘.", "내가 어디 사는지 기억나?"),
        ("견과류 알레르기 있으니까 잊지 마.", "이름이 기억 안 나."),
        ("앞으로는 한국어로 대답해.", "앞으로 나는 리옹에서 일해."),
        ("Atualiza isso na tua memória.", "Atualizaste a tua memória?"),
        ("Actualízalo en tu memoria, por favor.", "Actualiza la memoria del servidor."),
        ("Aggiorna questo nella tua memoria.", "Hai aggiornato la tua memoria?"),
        ("Corrige ça dans ta mémoire.", "Il faut changer la barrette de mémoire."),
        ("Bitte aktualisiere das in deinem Gedächtnis.", "Hast du das in deinem Gedächtnis aktualisiert?"),
        ("Werk dit bij in je geheugen.", "Het geheugen van mijn laptop is vol."),
        ("Zaktualizuj to w swojej pamięci.", "Zmień kość pamięci."),
        ("Исправь это в своей памяти.", "Измени размер памяти."),
        ("请在你的记忆中更新。", "我的记忆不好。"),
        ("メモリを更新してください。", "メモリを更新しましたか？"),
        ("메모리 업데이트해줘.", "메모리가 부족해."),
    ],
)
def test_asking_and_telling_in_other_languages(asking: str, telling: str) -> None:
    """A command asks; a question or a story with the same word does not."""
    assert asks_to_remember(asking)
    assert not asks_to_remember(telling)


@pytest.mark.parametrize(
    "text",
    [
        "Please forget the half marathon training, that chapter is closed.",
        "Forget that.",
        "I no longer live in Porto, forget it.",
        "Can you forget my old address?",
        "I want you to forget everything about me",
        "Delete all memories.",
        "Remove that from your memory!",
        "You can forget the flat now.",
        "Stop remembering my shoe size.",
        "Don't remember my address.",
        "Esquece a meia maratona.",
        "Olvida mi dirección.",
        "Vergiss bitte meine alte Adresse.",
        "Oublie mon adresse.",
        "Dimentica il mio indirizzo.",
        "Vergeet mijn adres.",
        "Zapomnij mój adres.",
        "Adresimi unut.",
        "Забудь мой адрес.",
        "忘掉我的地址。",
        "住所を忘れてください。",
        "내 주소 잊어줘.",
    ],
)
def test_asking_to_forget(text: str) -> None:
    """A forget call follows: any order to delete counts."""
    assert asks_to_forget(text)


@pytest.mark.parametrize(
    "text",
    [
        "Don't forget my address.",
        "I always forget names.",
        "Did you forget my address?",
        "The half marathon is over.",
        "Vergiss nicht, dass ich nachts arbeite.",
        "Vergeet niet dat ik werk.",
        "Не забудь мой адрес.",
        "别忘了我的地址。",
        "住所を忘れないで。",
    ],
)
def test_not_asking_to_forget(text: str) -> None:
    """To remind, to tell and to wonder is not to ask for it."""
    assert not asks_to_forget(text)


@pytest.mark.parametrize(
    "piece", ["\n", ", ", "and, ", "- ", "remember when ", "i want ", "from now on i ", "save it ", "!"]
)
def test_no_text_takes_long(piece: str) -> None:
    """Whatever somebody pastes."""
    text = (piece * 2_000)[:2_000]

    started = time.perf_counter()
    asks_to_remember(text)
    asks_to_forget(text)

    assert time.perf_counter() - started < 1
