"""The bundled world: always the same bytes, the promised sizes, no held-out text in training."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

import pytest

from minillm import corpus
from minillm.corpus.conversations import memory
from minillm.corpus.documents import repeated_facts
from minillm.corpus.draw import Draw
from minillm.corpus.held_out import is_held_out, is_held_out_sum
from minillm.corpus.questions import REPEATED
from minillm.corpus.sentences import BANKS, Sentences
from minillm.corpus.story_plots import make_scene_at_home, make_situation, make_story
from minillm.corpus.talk import TALKS
from minillm.corpus.templates import Form, Wordings, fill
from minillm.corpus.world import (
    ATTRIBUTES,
    LANGUAGES,
    NUMBERS,
    OPPOSITES,
    TRANSLATIONS,
    Character,
    WorldDraw,
    make_world,
)

CAST = make_world().cast
HELD_OUT_FRIENDS = make_world().held_out


@cache
def train() -> list[str]:
    return corpus.pretraining_documents(0)


@cache
def train_dialogues() -> list[list[dict[str, str]]]:
    return corpus.dialogues(0)


@cache
def questions() -> list[corpus.Question]:
    return [question for seed in range(3) for question in corpus.held_out_questions(seed)]


def family(name: str) -> list[corpus.Question]:
    return [question for question in questions() if question.family == name]


@cache
def all_text() -> str:
    """Everything a model may train on."""
    turns = (message["content"] for dialogue in train_dialogues() for message in dialogue)
    return "\n".join([*train(), *turns])


@cache
def lines_with(fragment: str) -> list[str]:
    """Every line with this fragment that a model may train on, once; "" is in all of them."""
    if fragment:
        return [line for line in lines_with("") if fragment in line]
    return list(dict.fromkeys(all_text().split("\n")))


@cache
def text_with(fragment: str) -> str:
    """The same as one string: it takes less time to search than `all_text`."""
    return "\n".join(lines_with(fragment))


def occurs(literal: str, pattern: str = "", fragment: str = "") -> list[str]:
    """The lines of training text that hold the literal and match the pattern.

    To save time, they are looked for among those with the fragment, which is a part of the literal.
    """
    assert fragment in literal
    assert "\n" not in literal
    if literal not in text_with(fragment):
        return []
    return [line for line in lines_with(fragment) if literal in line and re.search(pattern, line)]


def digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()[:16]


# --- the same bytes, the promised sizes -----------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes():
    assert corpus.pretraining_documents(1, 0.1) == corpus.pretraining_documents(1, 0.1)
    assert corpus.pretraining_documents(1, 0.1) != corpus.pretraining_documents(2, 0.1)
    assert corpus.dialogues(1, 50) == corpus.dialogues(1, 50)
    assert corpus.held_out_questions(1) == corpus.held_out_questions(1)


def test_the_bytes_are_those_of_every_other_machine():
    """These change only when the sentences or words change; then copy the new ones here."""
    assert digest(corpus.pretraining_documents(0, 0.2)) == DOCUMENTS
    assert digest(corpus.dialogues(0, 500)) == DIALOGUES
    asked = corpus.held_out_questions(0)
    rows = [[q.family, q.language, q.messages, q.answer, q.choices] for q in asked]
    assert digest(rows) == QUESTIONS


DOCUMENTS = "d90fa0579b42a3ef"
DIALOGUES = "74da705c4c35c782"
QUESTIONS = "1f819a5703da7840"


def test_sums_are_answered_by_counting_on():
    for question in family("sums"):
        x, y = map(int, re.findall(r"\d+", question.messages[-1]["content"]))
        steps = re.findall(r"(\d+) ?\((\d+)\)", question.answer)
        assert steps == [(str(max(x, y) + i), str(i)) for i in range(1, min(x, y) + 1)]
        assert re.search(rf"(?<!\d){x + y}[.。]$", question.answer)


def test_interviews_teach_every_family_before_fine_tuning():
    marks = {
        "facts": "favourite food?\nA: ",
        "sums": "A: Count on from",
        "memory": "A: Your ",
        "echo": "Repeat after me: ",
        "rule": "吗?\n答：",
        "reading": "Q: Story: ",
        "translation": "A: The Chinese word for",
        "opposite": "A: The opposite of",
    }
    text = "\n".join(train())
    counts = {name: text.lower().count(mark.lower()) for name, mark in marks.items()}
    assert all(count > 20 for count in counts.values()), counts


def test_sizes():
    size = sum(len(text.encode()) for text in train())
    assert 24.0e6 <= size < 24.01e6
    assert len(train_dialogues()) == 250_000
    assert 0.2e6 <= sum(len(text.encode()) for text in corpus.validation_documents()) < 0.21e6
    assert len(corpus.validation_dialogues()) == 500
    lengths = sorted(len(text.encode()) for text in train())
    assert lengths[len(lengths) // 100] >= 20
    assert lengths[-1] <= 1600


def test_no_validation_text_is_a_training_text():
    assert not set(train()) & set(corpus.validation_documents())
    trained = {digest(dialogue) for dialogue in train_dialogues()}
    assert not trained & {digest(dialogue) for dialogue in corpus.validation_dialogues()}


def chinese(text: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", text))


def test_half_english_half_chinese():
    characters = len(re.findall("[\u4e00-\u9fff。，！？、：；“”]", "".join(train())))
    share = characters * 3 / sum(len(text.encode()) for text in train())
    assert 0.4 < share < 0.6
    dialogues = [dialogue for dialogue in train_dialogues() if chinese(dialogue[-1]["content"])]
    assert 0.4 < len(dialogues) / len(train_dialogues()) < 0.6


def test_dialogues_alternate_and_end_with_an_answer():
    for dialogue in train_dialogues():
        roles = [message["role"] for message in dialogue]
        if roles[0] == "system":
            roles = roles[1:]
        assert roles == ["user", "assistant"] * (len(dialogue) // 2)
        for message in dialogue:
            assert message["content"]
            assert message["content"] == message["content"].strip()


def test_at_most_three_in_ten_dialogues_are_repeats():
    different = {digest(dialogue) for dialogue in train_dialogues()}
    assert len(different) > 0.7 * len(train_dialogues())


def test_one_question_has_one_answer():
    """Outside talk, riddles, tales and what is not known, no question is answered in two ways."""
    free = {talk.assistant for table in TALKS.values() for talk in table.SMALLTALK.values()}
    replies = {reply for group in free for reply in group}
    replies |= {turn.assistant for bank in BANKS.values() for turn in bank.CHAT_FILLER}
    honest = tuple(talk.HONEST for talk in TALKS.values())
    answers: dict[str, str] = {}
    for user, assistant, *rest in train_dialogues():
        question, answer = user["content"], assistant["content"]
        if rest or user["role"] == "system" or answer in replies or answer.startswith(honest):
            continue
        tale = len(re.findall("[.!?。！？]", answer)) > 4
        of_both = not re.search(r"[^\W\d_]", question)  # "8 + 5 = ?" is of no language
        if tale or of_both or re.search(r"riddle|guess|game|ask me|猜|谜|考考我", question.lower()):
            continue
        assert answers.setdefault(question, answer) == answer


# --- sentences and words --------------------------------------------------------------------------


def test_a_template_is_filled():
    slots = {"thing": Form("lantern", a="a lantern"), "who": "Mimi"}
    assert (
        fill(Draw(0), "{who} has {thing.a}. {Thing.a}!", slots) == "Mimi has a lantern. A lantern!"
    )
    draw = Draw(0)
    texts = {fill(draw, "[a|b[c|{who}]|]!", slots) for _ in range(99)}
    assert texts == {"a!", "bc!", "bMimi!", "!"}


@pytest.mark.parametrize("template", ["[a|b", "a]", "a|b"])
def test_a_template_with_a_bracket_alone_is_refused(template):
    with pytest.raises((ValueError, IndexError)):
        fill(Draw(0), template, {})


def test_a_shape_that_a_word_lacks_is_refused():
    with pytest.raises(KeyError):
        fill(Draw(0), "{thing.at}", {"thing": Form("lantern", a="a lantern")})
    with pytest.raises(TypeError, match="'Mimi' has no shape 'a'"):
        fill(Draw(0), "{who.a}", {"who": "Mimi"})


@pytest.mark.parametrize("name", [name for name in Sentences.__annotations__ if name.isupper()])
def test_both_languages_have_the_same_sentences(name):
    tables = [getattr(bank, name) for bank in BANKS.values()]
    assert type(tables[0]) is type(tables[1])
    if isinstance(tables[0], dict):
        assert list(tables[0]) == list(tables[1])


def test_a_wording_is_for_training_or_held_out():
    with pytest.raises(ValueError, match="'Who\\?'"):
        Wordings(train=("What?", "Who?"), held_out=("Who?",))
    for train_wordings, held_out in (((), ("Who?",)), (("Who?",), ())):
        with pytest.raises(ValueError, match="at least one"):
            Wordings(train_wordings, held_out)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_enough_wordings(language):
    bank = BANKS[language]
    for kind, wordings in bank.QUESTIONS.items():
        texts = [*wordings.train, *wordings.held_out]
        assert len(texts) == len(set(texts)) >= (12 if kind in ATTRIBUTES else 8)
    for kind in bank.MEMORY.values():
        texts = [*kind.questions.train, *kind.questions.held_out]
        assert len(texts) == len(set(texts)) >= 8


def test_the_cast():
    assert len(CAST) == 60
    assert len(HELD_OUT_FRIENDS) == 16
    for language in LANGUAGES:
        assert len({friend[language] for friend in CAST}) == 60
    assert all(len(friend.zh) == 2 for friend in CAST)
    assert all(re.fullmatch("[A-Z][a-z]+", friend.en) for friend in CAST)
    by_name = {friend.en: friend for friend in CAST}
    for friend in CAST:  # best friends are best friends of each other, and held out together
        other = by_name[friend.facts["friend"].en]
        assert other is not friend
        assert other.facts["friend"].en == friend.en
        assert other.held_out == friend.held_out


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?。！？])\s*|\n", text) if sentence]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_is_stated_often(language):
    """In one sentence with the name at least thirty times; as in the answer at least fifteen."""
    names = {friend[language]: friend for friend in CAST}
    finder = re.compile("|".join(names))
    stated: Counter = Counter()
    for text in train():
        for sentence in sentences(text):
            for name in set(finder.findall(sentence)):
                for attribute, value in names[name].facts.items():
                    if value[language] in sentence:
                        stated[name, attribute] += 1
    everything = "\n".join(train())
    for friend in CAST:
        for attribute in ATTRIBUTES:
            assert stated[friend[language], attribute] >= 30
            template = BANKS[language].FACT_ANSWERS[attribute]
            answer = fill(Draw(0), template, friend.slots(language))
            assert everything.count(answer) >= 15, answer


# --- nothing held out is in a training text -------------------------------------------------------


def fact_questions(friends: Iterable[Character], *splits: str) -> list[tuple[str, str]]:
    """Every question on one of these friends in the wordings of these splits, with the name."""
    return [
        (fill(Draw(0), wording, friend.slots(language)), friend[language])
        for language in LANGUAGES
        for friend in friends
        for attribute in ATTRIBUTES
        for split in splits
        for wording in getattr(BANKS[language].QUESTIONS[attribute], split)
    ]


def test_no_question_on_a_held_out_friend():
    asked = fact_questions(HELD_OUT_FRIENDS, "train", "held_out")
    assert len(asked) > 2000
    for question, name in asked:
        assert not occurs(question, fragment=name), question


def test_held_out_wordings_are_nowhere():
    for question, name in fact_questions(CAST, "held_out"):
        assert not occurs(question, fragment=name), question
    for bank in BANKS.values():
        memories = [memory.questions for memory in bank.MEMORY.values()]
        for wordings in (*bank.QUESTIONS.values(), *memories):
            for wording in wordings.held_out:
                pieces = re.split(r"\{[^}]*\}", wording)
                pattern = "[^?？。.]{1,40}".join(map(re.escape, pieces))
                assert not occurs(max(pieces, key=len), pattern), wording


def test_held_out_sums_are_nowhere():
    pairs = [(x, y) for x in range(1, 21) for y in range(x, 21) if is_held_out_sum(x, y)]
    assert 25 <= len(pairs) <= 35
    text = text_with("")
    added = {
        (int(x), int(y))
        for pattern in (
            r"(\d+) ?(?:\+|and|和|加|plus) ?(\d+)",
            r"add (\d+) to (\d+)",
            r"(\d+) 再添上 (\d+)",
        )
        for x, y in re.findall(pattern, text)
    }
    assert len(added) > 340
    for x, y in pairs:
        assert not {(x, y), (y, x)} & added
        for i, j in ((NUMBERS[x], NUMBERS[y]), (NUMBERS[y], NUMBERS[x])):
            for joint in ("plus", "and"):
                for first in (i.en, i.en.capitalize()):
                    english = f"{first} {joint} {j.en}"
                    assert not occurs(english, rf"(?<![\w-]){english}(?![\w-])")
            after = "(?![一二三四五六七八九十])"
            assert not occurs(f"{i.zh}加{j.zh}", rf"(?<![一二三四十]){i.zh}加{j.zh}{after}")


def test_every_sum_is_right():
    stated = {
        (int(x), int(y), int(z)) for x, y, z in re.findall(r"(\d+) \+ (\d+) = (\d+)", text_with(""))
    }
    assert len(stated) > 340
    assert [(x, y, z) for x, y, z in stated if x + y != z] == []


def test_no_text_says_a_wrong_opposite_or_translation():
    """A secret language must not teach "the opposite of brave is glabe"."""
    opposites = [pair for pairs in OPPOSITES.values() for pair in pairs]
    partner = {pair.left: pair.right for pair in opposites}
    partner |= {pair.right: pair.left for pair in opposites}
    stated = re.findall(r"The opposite of ([\w -]+) is ([\w -]+)[.\"]", all_text())
    stated += re.findall(r"“([^“”\n]+)”的反义词(?:嘛，)?是“([^“”\n]+)”", all_text())
    known = [(word, other) for word, other in stated if word in partner or other in partner]
    assert len(known) > 5000
    assert [(word, other) for word, other in known if partner.get(word) != other] == []
    english = {pair.zh: pair.en for pair in TRANSLATIONS}
    meanings = re.findall(r"(?<![\w-])([\u4e00-\u9fff]+) means ([a-z ]+)\.", all_text())
    assert len(meanings) > 1000
    assert [(zh, en) for zh, en in meanings if english.get(zh) != en] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_opposites_are_stated_but_never_asked(language):
    bank, documents = BANKS[language], "\n".join(train())
    held_out = [pair for pair in OPPOSITES[language] if pair.held_out]
    assert 13 <= len(held_out) <= 18
    for pair in held_out:
        for left, right in ((pair.left, pair.right), (pair.right, pair.left)):
            slots = {"left": left, "right": right}
            assert documents.count(fill(Draw(0), bank.LESSON_ANSWERS["opposite"], slots)) >= 6
            wordings = bank.QUESTIONS["opposite"]
            for wording in (*wordings.train, *wordings.held_out):
                question = fill(Draw(0), wording, slots)
                pattern = rf"(?<!\w){re.escape(question)}(?![A-Za-z])"
                assert not occurs(question, pattern), question


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_translations_are_stated_but_never_asked(language):
    bank, documents = BANKS[language], "\n".join(train())
    held_out = [pair for pair in TRANSLATIONS if pair.held_out]
    assert 13 <= len(held_out) <= 18
    assert len(TRANSLATIONS) >= 140
    for pair in held_out:
        this, other = (pair.en, pair.zh) if language == "en" else (pair.zh, pair.en)
        for kind, word, answer in (("to_other", this, other), ("to_this", other, this)):
            slots = {"word": word, "other": answer}
            assert documents.count(fill(Draw(0), bank.LESSON_ANSWERS[kind], slots)) >= 6
            for wording in (*bank.QUESTIONS[kind].train, *bank.QUESTIONS[kind].held_out):
                question = fill(Draw(0), wording, slots)
                # after a letter it is part of a longer word of a secret language
                assert not occurs(question, rf"(?<![A-Za-z\u4e00-\u9fff]){re.escape(question)}"), (
                    question
                )


def test_held_out_echoes_are_nowhere():
    lines = set(lines_with(""))
    for question in family("echo"):
        assert question.messages[-1]["content"] not in lines
        answer = re.escape(question.answer)
        pattern = rf"(?:^|(?<!,)[“\"：: ]){answer}(?:[.。\"”]|$)"
        separator = BANKS[question.language].LIST_SEPARATOR
        assert not occurs(question.answer, pattern, fragment=separator), answer


def test_held_out_phrases_of_the_rule_are_nowhere():
    for question in family("rule"):
        phrase = question.answer[:-1]
        assert question.answer == phrase + "!"
        assert question.messages[-1]["content"] == phrase + "吗?"
        for text in (phrase + "吗?", phrase + "!"):
            pattern = rf"(?:^|[“\"：:] ?|\s){re.escape(text)}"
            assert not occurs(text, pattern, fragment=text[len(phrase) :]), text


def test_held_out_stories_are_nowhere():
    for question in family("reading"):
        story = question.messages[-1]["content"].rsplit("\n", 1)[0].strip()
        assert not occurs(story), story


@pytest.mark.parametrize("held_out", [False, True])
def test_stories_are_held_out_by_what_happens_in_them(held_out):
    """Not by their wording: of the same events no two texts need be equal."""
    draw = WorldDraw("keys")
    for most_events in (3, 5, 20):
        stories = [make_story(draw, held_out, most_events) for _ in range(200)]
        assert all(is_held_out(story.key) == held_out for story in stories)
        assert max(len(story.events) for story in stories) <= most_events


def test_held_out_memories_are_nowhere():
    for question in family("memory"):
        assert 3 <= len(question.messages) <= 7
    contents = [tuple(message["content"] for message in dialogue) for dialogue in train_dialogues()]
    beginnings = {dialogue[:n] for dialogue in contents for n in range(1, len(dialogue), 2)}
    for question in family("memory"):
        assert tuple(message["content"] for message in question.messages) not in beginnings
    for bank in BANKS.values():
        assert len(set(bank.HELD_OUT_NAMES)) >= 25
        for name in bank.HELD_OUT_NAMES:
            assert not occurs(name, rf"(?<![A-Za-z]){name}(?![a-z])"), name


def test_special_tokens_never_appear():
    assert "<|" not in all_text()


# --- the questions --------------------------------------------------------------------------------


def test_a_hundred_questions_per_family():
    asked = corpus.held_out_questions(0)
    counted = Counter((question.family, question.language) for question in asked)
    assert set(corpus.FAMILIES) == {name for name, _ in counted}
    assert all(count == (100 if name == "rule" else 50) for (name, _), count in counted.items())
    for question in questions():
        assert question.messages[-1]["role"] == "user"
        assert question.answer
    texts = [str(q.messages) for q in asked if q.family not in REPEATED]
    assert len(texts) == len(set(texts))


def test_wording_questions_have_held_out_wordings():
    held_out = {question for question, _ in fact_questions(CAST, "held_out")}
    assert all(question.messages[-1]["content"] in held_out for question in family("wording"))


def test_questions_on_facts_are_on_held_out_friends():
    held_out = {question for question, _ in fact_questions(HELD_OUT_FRIENDS, "train")}
    assert all(question.messages[-1]["content"] in held_out for question in family("facts"))


def test_reading_answers_are_among_the_choices():
    several = 0
    for question in family("reading"):
        assert question.answer in question.choices
        assert len(question.choices) == len(set(question.choices))
        several += len(question.choices) > 1
    assert several > 0.9 * len(family("reading"))


def test_reading_answers_follow_from_the_story():
    """Replay the events by other means: who is where, who has what."""
    draw = WorldDraw("replay")
    for _ in range(2000):
        story = make_story(draw)
        where, owner = {}, {}
        for event, slots in story.events:
            who = slots["who"]
            if event in ("go", "go_on", "be", "join", "hide", "count"):
                where[who] = slots["place"]
            elif event == "meet":
                where[who] = where[slots["other"]] = slots["place"]
            elif event in ("find", "take"):
                assert event == "take" or where[who] is slots["place"]
                owner[slots["thing"]] = who
            elif event == "give":
                assert owner[slots["thing"]] is who
                assert where[who] is where[slots["other"]]
                owner[slots["thing"]] = slots["other"]
        for kind, slots in story.facts():
            if kind in ("where", "who_at"):
                assert where[slots["who"]] is slots["place"]
            if kind == "who_at":
                assert list(where.values()).count(slots["place"]) == 1
            if kind in ("has", "who_has"):
                assert owner[slots["thing"]] is slots["who"]
            if kind == "has":
                assert list(owner.values()).count(slots["who"]) == 1
        for language in LANGUAGES:
            text = story.text(draw, language)
            assert all(friend[language] in text for friend in story.location)


def test_stories_have_one_to_four_friends():
    draw = WorldDraw("sizes")
    sizes = Counter(len(make_story(draw, held_out=True).location) for _ in range(300))
    assert set(sizes) == {1, 2, 3, 4}


def test_a_summary_names_everyone_and_everything_once():
    draw = WorldDraw("summaries")
    for _ in range(300):
        story = make_situation(draw)
        assert 2 <= len(story.events) <= 6
        assert not is_held_out(story.key)
        for language in LANGUAGES:
            text = story.facts_text(draw, language, story.summary())
            assert len(re.findall("[.。]", text)) == len(story.events), text
            for _, slots in story.events:
                assert all(concept[language].bare in text for concept in slots.values()), text


def test_of_a_scene_at_home_only_what_it_says_is_asked():
    draw, asked = WorldDraw("at home"), set()
    for _ in range(300):
        story = make_scene_at_home(draw)
        assert not is_held_out(story.key)
        things = [slots["thing"] for _, slots in story.events if "thing" in slots]
        spots = [slots["spot"] for _, slots in story.events if "spot" in slots]
        doings = [slots["doing"] for _, slots in story.events if "doing" in slots]
        for language in LANGUAGES:  # so each question has one answer
            for several in (things, spots, doings):
                assert len({concept[language].bare for concept in several}) == len(several)
            named = " ".join(spot[language].bare for spot in spots)
            words = named.split(" ") if language == "en" else named
            assert not any(thing[language].bare in words for thing in things)
        told = [set(slots.values()) for _, slots in story.events]
        asked |= {kind for kind, _ in story.facts()}
        for fact in story.facts():
            assert set(fact.slots.values()) in told
            for language in LANGUAGES:
                text = story.plain_text(draw, language)
                question, answer = story.ask(draw, language, fact)
                for name, concept in fact.slots.items():
                    assert concept[language].bare in text
                    assert concept[language].bare in question + answer or name == "who"
    assert asked == {"does", "who_does", "in_spot", "who_put", "has", "who_has"}


LIKING = (
    r"(?<!do )(?<!what )\b(?:i|we) (?:really )?(?:like|love|enjoy)|我(?:最|很)?(?:喜欢|爱)(?!什么)"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_somebody_likes_is_asked_for_where_nothing_else_is_liked(language):
    draw, seen = WorldDraw("likes"), 0
    for _ in range(600):
        turns = memory(draw, language)
        answers = [turn.assistant for turn in turns]
        liked = [a for a in answers if re.match("You like |你喜欢(?!就好)", a)]
        if liked:
            seen += 1
            told = " ".join(turn.user for turn in turns if "?" not in turn.user).lower()
            assert len(re.findall(LIKING, told)) <= 1, told
            thing = re.sub("You like |你喜欢|[.。]", "", liked[0])
            assert any(thing.lower() in turn.user.lower() for turn in turns[:-1])
    assert seen > 20


def test_repeated_facts_stand_in_the_story_and_in_another_order():
    draw, reordered = WorldDraw("retold"), 0
    for i in range(400):
        language = LANGUAGES[i % 2]
        story, *rounds = repeated_facts(draw, language).split("\n")
        assert 1 <= len(rounds) <= 5
        for text in rounds:
            names = [*(friend[language] for friend in CAST), *BANKS[language].TRAIN_NAMES]
            found = [n for n in names if re.search(rf"(?<![A-Za-z]){n}(?![a-z])", text)]
            assert found, text
            assert all(name in story for name in found), (text, story)
            reordered += sorted(found, key=text.index) != sorted(found, key=story.index)
    assert reordered > 100


# --- the language ---------------------------------------------------------------------------------

LINT = {
    "an unfilled slot": r"[{}\[\]|]",
    "two spaces": r"  ",
    "a space before a stop": r"(?<!=) [.,!?;。，！？]",
    "doubled punctuation": r"[.,!?;:]{2}|[。，！？；：、]{2}",
    "a before a vowel": r"(?<![\w'])[Aa] [aeio]\w|(?<![\w'])[Aa]n [^aeiouhAEIOU\W]",
    "a doubled word": r"\b(the|a|an|is|to|in|at|and|of) \1\b",
    "Chinese with an ASCII stop": "^[^A-Za-z]*[\u4e00-\u9fff][,;.](?!\\w)",
    "a doubled particle": "了了|的的|吗吗|里里|上上|着着",
    "a measure word twice": "一一|那那|一只一|[只个条把张]" + "只(?!船|手|袜|风筝)",
    "a stop before a closing quote and one after": r"[.。]”[。，]|\.\"[.,]",
}


@pytest.mark.parametrize("name", LINT)
def test_lint(name):
    """What users type may be anything; all else is clean."""
    lines = {line for text in train() for line in text.split("\n")}
    lines = {line for line in lines if not line.startswith(("Q: ", "问："))}
    messages = [message for dialogue in train_dialogues()[:8000] for message in dialogue]
    lines |= {m["content"] for m in messages if m["role"] == "assistant"}
    found = [line for line in lines if re.search(LINT[name], line)]
    assert not found, found[:5]
