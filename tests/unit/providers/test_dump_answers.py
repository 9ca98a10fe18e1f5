"""What an assistant answers in place of its list, and lists that speak of what somebody cannot do."""

from __future__ import annotations

import pytest
from support.dumps import reason_of

from memlake.parsing.answered import HAS_NONE, IS_OFF, SHOWS_NONE
from memlake.providers.dump.answers import answer_without_list


@pytest.mark.parametrize(
    "text",
    [
        "As an AI language model I do not retain information between conversations.",
        "I don't have any memories about you. I can help you with:\n- Writing\n- Coding",
        "Sorry!\n\nI don't have anything stored about you yet.\n\n**What I can help with**\n- Writing\n- Coding",
        (
            "I don't have the ability to remember past chats. Each conversation starts fresh.\n\nIf you'd "
            "like, tell me about yourself!\nI can:\n- write\n- code"
        ),
        "I do not have persistent memory.",
        "I have no memory of you.",
        "Als KI-Sprachmodell kann ich mich nicht an frühere Gespräche erinnern.",
        "Je ne garde pas de souvenirs de nos échanges.",
        "我没有关于你的记忆。",
        "I currently don't have any saved memories. Here's what you can do:\n1. Turn on memory\n2. Tell me things",
    ],
)
def test_answer_that_it_has_no_memories_is_no_list(text: str) -> None:
    """Alone, or before a list of what it offers instead."""
    assert answer_without_list(text) == HAS_NONE


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry, but I can't share the contents of my memory with you.",
        "I currently don't have access to memories of our past chats.",
        "Ich kann nicht auf frühere Gespräche zugreifen.",
        "No puedo acceder a conversaciones anteriores.",
        "Je ne peux pas accéder aux conversations précédentes.",
        "I'm not able to access previous conversations.",
        "Ich habe keinen Zugriff auf gespeicherte Erinnerungen.",
        "I don't have access to any memories.",
        "Ich kann leider nicht auf meine Erinnerungen zugreifen.",
        "Lo siento, no puedo mostrar mis recuerdos.",
        "申し訳ありませんが、記憶の内容をお見せすることはできません。",
        "I'm unable to share that.",
        "Tut mir leid, darauf habe ich keinen Zugriff.",
        "Lo siento, no puedo mostrar eso.",
        "I can't do that.",
        "I cannot provide that information.",
        "I won't share that.",
        "I'm afraid I can't help with that request.",
        "Unfortunately, I don't have access to your personal data.",
        "I don't know anything about you yet.",
        "Sorry, I can't list my memories verbatim. Would you like a summary instead?",
        "Das kann ich leider nicht anzeigen.",
        "Leider kann ich diese Informationen nicht teilen.",
        "Ich weiß nichts über dich.",
        "Es tut mir leid, aber dabei kann ich dir nicht helfen.",
        "Désolé, je ne peux pas partager cela.",
        "Je suis désolé, mais je n'y ai pas accès.",
        "Je n'ai pas accès à ces informations.",
        "En tant qu'IA, je ne conserve pas d'informations entre les conversations.",
        "No tengo acceso a esa información.",
        "Lo siento, pero no puedo compartir eso contigo.",
        "No puedo mostrarte eso.",
        "No guardo información entre conversaciones.",
        "Desculpe, não posso mostrar isso.",
        "Não tenho acesso a essa informação.",
        "Sinto muito, mas não consigo partilhar isso.",
        "Não guardo informações entre conversas.",
        "Mi dispiace, non posso mostrarlo.",
        "Non ho accesso a queste informazioni.",
        "Non conservo informazioni tra una conversazione e l'altra.",
        "Het spijt me, dat kan ik niet laten zien.",
        "Ik heb daar geen toegang toe.",
        "Ik bewaar geen informatie tussen gesprekken.",
        "Przykro mi, nie mogę tego pokazać.",
        "Nie mam dostępu do tych informacji.",
        "Извините, я не могу этим поделиться.",
        "У меня нет доступа к этой информации.",
        "Üzgünüm, bunu paylaşamıyorum.",
        "申し訳ありませんが、その情報を共有することはできません。",
        "抱歉，我无法分享这些信息。",
        "죄송하지만 그 정보를 보여드릴 수 없습니다.",
        "عذرًا، لا أستطيع مشاركة ذلك.",
        (
            "I'm sorry, but as an AI language model, I don't have access to personal data about individuals "
            "unless it has been shared with me in the course of our conversation."
        ),
        (
            "Sorry, but I can't access that. You can find your memories in Settings:\n- open Settings\n- "
            "choose Personalization"
        ),
    ],
)
def test_answer_that_it_shows_none_is_no_list(text: str) -> None:
    """In many languages, with an apology or with the name of what it will not show."""
    assert answer_without_list(text) == SHOWS_NONE


@pytest.mark.parametrize(
    "text",
    [
        "Memory is turned off for this account.",
        "It looks like memory is disabled in your settings. You can turn it on under Settings > Personalization.",
        "You currently have memory turned off.",
        "Die Erinnerungsfunktion ist für dieses Konto deaktiviert.",
        "La mémoire est désactivée pour ce compte.",
        "La memoria está desactivada en esta cuenta.",
        "A memória está desativada nesta conta.",
        "La memoria è disattivata per questo account.",
        "Het geheugen is uitgeschakeld voor dit account.",
        "Память отключена.",
    ],
)
def test_answer_that_memory_is_off_is_no_list(text: str) -> None:
    """Whoever switched it off."""
    assert answer_without_list(text) == IS_OFF


@pytest.mark.parametrize(
    "text",
    [
        "- I'm unable to eat gluten\n- Can't share files from work laptop\n- User does not have access to a car",
        "I'm unable to eat gluten",
        "Can't share files from work laptop",
        "User does not have access to a car",
        "User can't share information about you know who.",
        "User does not remember names well.",
        "I'm unable to eat gluten\nI don't have a car\nI live in Lyon",
        "I don't have a good memory\nI live in Lyon\nI have a dog",
        "User has memory problems.\nUser cannot access the shared drive.",
        "[2025-05-02] - I can't share that.",
        "I can't show every word as it is stored. What I have:\n\n- User likes tea\n- User has a dog",
        "I can't access older chats, but here is what I have:\n- a b c\n- d e f",
        "I'm sorry, I can't give dates. Saved memories:\n- User likes tea",
        "I can't list dates for these.\n\n**Work**\n- Head gardener",
        "Memory foam pillow is what the user sleeps on.\nUser has a dog.",
        "Ich kann keine Nüsse essen.",
        "Ich habe keinen Zugriff auf ein Auto.",
        "Der Nutzer kann seine Daten nicht teilen.\nDer Nutzer mag Tee.",
        "Nutzer hat kein Auto",
        "Je ne mange pas de viande.",
        "L'utilisateur ne peut pas partager ses fichiers.",
        "No puedo comer gluten.",
        "El usuario no puede compartir su pantalla.",
        "Não posso comer glúten.",
        "O usuário não tem acesso a um carro.",
        "Non posso mangiare glutine.",
        "Ik kan geen noten eten.",
        "Nie mogę jeść orzechów.",
        "Я не ем мясо.",
        "Kullanıcı gluten yiyemiyor.",
        "ユーザーは車にアクセスできません。",
        "用户无法吃坚果。",
        "我不能吃坚果。",
        "사용자는 견과류를 먹을 수 없습니다.",
        "I don't eat meat",
        "I can't swim.",
        "I never drink coffee after noon.",
        "I don't want emojis.",
        "My sister can't eat nuts.",
        "Do not mention my divorce.",
        "Never share my address.",
        "User is sorry for nothing.",
        "I'm afraid of spiders and can't sleep in tents.",
        "I can't list my memories word for word.\n\n- User likes tea\n- User has a dog",
        "I have no dates for these memories, but here is what I know: you live in Lyon.",
        "User: sorry is not in my vocabulary, I can't say it",
    ],
)
def test_list_of_what_somebody_cannot_do_is_a_list(text: str) -> None:
    """The user's own limits, in the first person or the third, and a list below what it lacks."""
    assert answer_without_list(text) is None


def test_answer_beside_a_list_is_one_reject() -> None:
    """In a folder with a list it is read as well, and nothing in it becomes a memory."""
    assert reason_of("I'm unable to share that.") == SHOWS_NONE
