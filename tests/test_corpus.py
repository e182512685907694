"""The bundled world: the same bytes every time, the promised sizes, and nothing held out in any training text."""

import hashlib
import json
import re
from collections import Counter
from functools import lru_cache

import pytest

from minillm import corpus
from minillm.corpus import world
from minillm.corpus.documents import retold
from minillm.corpus.stories import BANKS, line_up, make_story, unseen
from minillm.corpus.world import ATTRIBUTES, CAST, HELD_OUT, LANGUAGES, Draw, fill


@lru_cache(maxsize=None)
def train() -> list[str]:
    return corpus.pretraining_documents(0)


@lru_cache(maxsize=None)
def train_dialogues() -> list[list[dict[str, str]]]:
    return corpus.dialogues(0)


@lru_cache(maxsize=None)
def questions() -> list[corpus.Question]:
    return [question for seed in range(3) for question in corpus.held_out_questions(seed)]


def family(name: str) -> list[corpus.Question]:
    return [question for question in questions() if question.family == name]


@lru_cache(maxsize=None)
def all_text() -> str:
    """Everything a model may train on."""
    turns = (message["content"] for dialogue in train_dialogues() for message in dialogue)
    return "\n".join([*train(), *turns])


def occurs(literal: str, pattern: str = "") -> list[str]:
    """The lines of training text that hold the literal and match the pattern."""
    if literal not in all_text():
        return []
    return [line for line in all_text().split("\n") if literal in line and re.search(pattern, line)]


def digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()[:16]


# --- the same bytes, the promised sizes ------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes():
    assert corpus.pretraining_documents(1, 0.1) == corpus.pretraining_documents(1, 0.1)
    assert corpus.pretraining_documents(1, 0.1) != corpus.pretraining_documents(2, 0.1)
    assert corpus.dialogues(1, 50) == corpus.dialogues(1, 50)
    assert corpus.held_out_questions(1) == corpus.held_out_questions(1)


def test_the_bytes_are_those_of_every_other_machine():
    """These change only when the banks change; then copy the new ones here."""
    assert digest(corpus.pretraining_documents(0, 0.2)) == DOCUMENTS
    assert digest(corpus.dialogues(0, 500)) == DIALOGUES
    assert digest([[q.family, q.language, q.messages, q.answer, q.choices] for q in corpus.held_out_questions(0)]) == QUESTIONS


DOCUMENTS = "a634e205319403c4"
DIALOGUES = "67864d5aa5f8f5ca"
QUESTIONS = "c354049f8f0aa119"


def test_sums_are_answered_by_counting_on():
    for question in family("sums"):
        x, y = map(int, re.findall(r"\d+", question.messages[-1]["content"]))
        steps = re.findall(r"(\d+) ?\((\d+)\)", question.answer)
        assert steps == [(str(max(x, y) + i), str(i)) for i in range(1, min(x, y) + 1)]
        assert re.search(rf"(?<!\d){x + y}[.。]$", question.answer)


def test_interviews_teach_every_family_before_fine_tuning():
    marks = {"facts": "favourite food?\nA: ", "sums": "A: Count on from", "memory": "A: Your pet is called", "echo": "Repeat after me: ",
             "rule": "吗?\n答：", "reading": "Q: Story: ", "translation": "A: The Chinese word for", "opposite": "A: The opposite of"}  # fmt: skip
    text = "\n".join(train())
    assert all(text.count(mark) > 80 for mark in marks.values()), {name: text.count(mark) for name, mark in marks.items()}


def test_sizes():
    size = sum(len(text.encode()) for text in train())
    assert 8.0e6 <= size < 8.01e6
    assert len(train_dialogues()) == 85000
    assert 0.2e6 <= sum(len(text.encode()) for text in corpus.validation_documents()) < 0.21e6
    assert len(corpus.validation_dialogues()) == 500
    lengths = sorted(len(text.encode()) for text in train())
    assert lengths[len(lengths) // 100] >= 20 and lengths[-1] <= 1600


def test_validation_texts_are_fresh():
    assert not set(train()) & set(corpus.validation_documents())
    told = {digest(dialogue) for dialogue in train_dialogues()}
    assert not told & {digest(dialogue) for dialogue in corpus.validation_dialogues()}


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
        assert [message["role"] for message in dialogue] == ["user", "assistant"] * (len(dialogue) // 2)
        assert all(message["content"] and message["content"] == message["content"].strip() for message in dialogue)


def test_at_most_three_in_ten_dialogues_are_repeats():
    assert len({digest(dialogue) for dialogue in train_dialogues()}) > 0.7 * len(train_dialogues())


def test_one_question_has_one_answer():
    """No single-turn question outside smalltalk is ever answered in two ways."""
    talk = {question for bank in BANKS.values() for wordings, _ in bank.SMALLTALK for question in wordings}
    answers: dict[str, str] = {}
    for user, assistant, *rest in train_dialogues():
        if not rest and user["content"] not in talk:
            assert answers.setdefault(user["content"], assistant["content"]) == assistant["content"]


# --- the world -------------------------------------------------------------------------------------------------------


def test_the_cast():
    assert len(CAST) == 60 and len(HELD_OUT) == 16
    for language in LANGUAGES:
        assert len({friend[language] for friend in CAST}) == 60
    assert all(len(friend.zh) == 2 and re.fullmatch("[A-Z][a-z]+", friend.en) for friend in CAST)
    by_name = {friend.en: friend for friend in CAST}
    for friend in CAST:  # best friends are best friends of each other, and held out together
        other = by_name[friend.facts["friend"].en]
        assert other is not friend and other.facts["friend"].en == friend.en and other.held_out == friend.held_out


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?。！？])\s*|\n", text) if sentence]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_is_stated_often(language):
    """In one sentence with the name, at least forty times; in the very words of the answer at least twenty."""
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
            assert stated[friend[language], attribute] >= 40
            answer = fill(Draw(0), BANKS[language].ANSWERS[attribute], friend.slots(language))
            assert everything.count(answer) >= 20, answer


# --- nothing held out is in a training text ----------------------------------------------------------------------------


def fact_questions(friends, wordings) -> set[str]:
    return {
        fill(Draw(0), wording, friend.slots(language))
        for language in LANGUAGES
        for friend in friends
        for attribute in ATTRIBUTES
        for wording in wordings(BANKS[language].QUESTIONS[attribute])
    }


def test_no_question_on_a_held_out_friend():
    for question in fact_questions(HELD_OUT, lambda wordings: wordings):
        assert question not in all_text(), question


def test_held_out_wordings_are_nowhere():
    for question in fact_questions(CAST, unseen):
        assert question not in all_text(), question
    for language in LANGUAGES:
        for key, wordings in BANKS[language].QUESTIONS.items():
            assert len(wordings) == len(set(wordings)) >= (12 if key in ATTRIBUTES else 8)
            for wording in unseen(wordings):
                pieces = re.split(r"\{[^}]*\}", wording)
                pattern = "[^?？。.]{1,40}".join(map(re.escape, pieces))
                assert not occurs(max(pieces, key=len), pattern), wording


def test_held_out_sums_are_nowhere():
    pairs = [(x, y) for x in range(1, 21) for y in range(x, 21) if world.held_out_sum(x, y)]
    assert 25 <= len(pairs) <= 35
    text = all_text()
    added = set(re.findall(r"(\d+) (?:\+|and|和|加|plus) (\d+)", text)) | set(re.findall(r"add (\d+) to (\d+)", text))
    added |= set(re.findall(r"(\d+) 再添上 (\d+)", text))
    added = {(int(x), int(y)) for x, y in added}
    assert len(added) > 340
    for x, y in pairs:
        assert not {(x, y), (y, x)} & added
        for i, j in ((x, y), (y, x)):
            i, j = world.NUMBERS[i], world.NUMBERS[j]
            for joint in ("plus", "and"):
                for first in (i.en, i.en.capitalize()):
                    assert not occurs(f"{first} {joint} {j.en}", rf"(?<![\w-]){first} {joint} {j.en}(?![\w-])")
            assert not occurs(f"{i.zh}加{j.zh}", rf"(?<![一二三四十]){i.zh}加{j.zh}(?![一二三四五六七八九十])")
    for problem in re.findall(r"[^\n]*? (?:\d+) [^\n]*", "\n".join(train())):  # word problems say their sum outright
        for x, y, z in re.findall(r"(\d+) \+ (\d+) = (\d+)", problem):
            assert int(x) + int(y) == int(z)


def test_no_text_says_a_wrong_opposite_or_translation():
    """A secret language must not teach "the opposite of brave is glabe"."""
    partner = {word: other for pairs in world.OPPOSITES.values() for pair in pairs for word, other in (pair[:2], pair[1::-1])}
    english = {zh: en for en, zh, _ in world.TRANSLATIONS}
    said = re.findall(r"The opposite of ([\w -]+) is ([\w -]+)[.\"]", all_text()) + re.findall(r"“([^“”\n]+)”的反义词(?:嘛，)?是“([^“”\n]+)”", all_text())
    known = [(word, other) for word, other in said if word in partner or other in partner]
    assert len(known) > 5000 and [pair for pair in known if partner.get(pair[0]) != pair[1]] == []
    meant = re.findall(r"(?<![\w-])([\u4e00-\u9fff]+) means ([a-z ]+)\.", all_text())
    assert len(meant) > 1000 and [pair for pair in meant if english.get(pair[0]) != pair[1]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_opposites_are_stated_but_never_asked(language):
    bank, documents = BANKS[language], "\n".join(train())
    held_out = [pair for pair in world.OPPOSITES[language] if pair[2]]
    assert 13 <= len(held_out) <= 18
    for left, right, _ in held_out:
        for slots in ({"left": left, "right": right}, {"left": right, "right": left}):
            assert documents.count(fill(Draw(0), bank.LESSON_ANSWERS["opposite"], slots)) >= 10
            for wording in bank.QUESTIONS["opposite"]:
                question = fill(Draw(0), wording, slots)
                assert not occurs(question, rf"(?<!\w){re.escape(question)}(?![A-Za-z])"), question


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_translations_are_stated_but_never_asked(language):
    bank, documents = BANKS[language], "\n".join(train())
    held_out = [pair for pair in world.TRANSLATIONS if pair[2]]
    assert 13 <= len(held_out) <= 18 and len(world.TRANSLATIONS) >= 140
    for en, zh, _ in held_out:
        this, other = (en, zh) if language == "en" else (zh, en)
        for kind, word, answer in (("to_other", this, other), ("to_this", other, this)):
            slots = {"word": word, "other": answer}
            assert documents.count(fill(Draw(0), bank.LESSON_ANSWERS[kind], slots)) >= 10
            for wording in bank.QUESTIONS[kind]:
                question = fill(Draw(0), wording, slots)
                assert not occurs(question, rf"(?<![A-Za-z]){re.escape(question)}"), question  # of a secret language "riduck" may be


def test_held_out_echoes_phrases_and_stories_are_nowhere():
    text = all_text()
    lines = set(text.split("\n"))
    for question in family("echo"):
        assert question.messages[-1]["content"] not in lines
        assert not occurs(question.answer, rf"(?:^|(?<!,)[“\"：: ]){re.escape(question.answer)}(?:[.。\"”]|$)")
    for question in family("rule"):
        assert question.answer[:-1] + "吗?" == question.messages[-1]["content"]
        phrase = question.answer[:-1]
        for text_ in (phrase + "吗?", phrase + "!"):
            assert not occurs(text_, rf"(?:^|[“\"：:] ?|\s){re.escape(text_)}"), text_
    for question in family("reading"):
        story = question.messages[-1]["content"].rsplit("\n", 1)[0]
        assert story.strip() not in text


def test_held_out_memories_are_nowhere():
    for question in family("memory"):
        told = [message["content"] for message in question.messages]
        assert 3 <= len(told) <= 7
    contents = [tuple(message["content"] for message in dialogue) for dialogue in train_dialogues()]
    begun = {dialogue[:n] for dialogue in contents for n in range(1, len(dialogue), 2)}
    for question in family("memory"):
        assert tuple(message["content"] for message in question.messages) not in begun
    for bank in BANKS.values():
        assert len(set(bank.NEW_NAMES)) >= 25
        for name in bank.NEW_NAMES:
            assert not occurs(name, rf"(?<![A-Za-z]){name}(?![a-z])"), name


def test_special_tokens_never_appear():
    assert "<|" not in all_text()


# --- the questions ---------------------------------------------------------------------------------------------------


def test_a_hundred_questions_per_family():
    counted = Counter((question.family, question.language) for question in corpus.held_out_questions(0))
    assert set(corpus.FAMILIES) == {name for name, _ in counted}
    assert all(count == (100 if name == "rule" else 50) for (name, _), count in counted.items())
    for question in questions():
        assert question.messages[-1]["role"] == "user" and question.answer
    texts = [str(question.messages) for question in corpus.held_out_questions(0)]
    assert len(texts) == len(set(texts))


def test_reading_answers_are_among_the_choices():
    several = 0
    for question in family("reading"):
        assert question.answer in question.choices
        assert len(question.choices) == len(set(question.choices))
        several += len(question.choices) > 1
    assert several > 0.9 * len(family("reading"))


def test_reading_answers_follow_from_the_story():
    """Replay the events by other means: who is where, who has what."""
    draw = Draw("replay")
    for _ in range(2000):
        story = make_story(draw)
        where, holder = {}, {}
        for event, slots in story.events:
            if event in ("go", "go_on", "be", "join", "hide", "count"):
                where[slots["who"]] = slots["place"]
            elif event == "meet":
                where[slots["who"]] = where[slots["other"]] = slots["place"]
            elif event in ("find", "take"):
                assert event == "take" or where[slots["who"]] is slots["place"]
                holder[slots["thing"]] = slots["who"]
            elif event == "give":
                assert holder[slots["thing"]] is slots["who"] and where[slots["who"]] is where[slots["other"]]
                holder[slots["thing"]] = slots["other"]
        for kind, slots in story.facts():
            if kind in ("where", "who_at"):
                assert where[slots["who"]] is slots["place"]
            if kind == "who_at":
                assert list(where.values()).count(slots["place"]) == 1
            if kind in ("has", "who_has"):
                assert holder[slots["thing"]] is slots["who"]
            if kind == "has":
                assert list(holder.values()).count(slots["who"]) == 1
        for language in LANGUAGES:
            text = story.text(draw, language)
            assert all(friend[language] in text for friend in story.place)


def test_stories_have_one_to_four_friends():
    draw = Draw("sizes")
    sizes = Counter(len(make_story(draw, held_out=True).place) for _ in range(300))
    assert set(sizes) == {1, 2, 3, 4}


def test_a_summary_names_everyone_and_everything_once():
    draw = Draw("summaries")
    for _ in range(300):
        story = line_up(draw)
        assert 2 <= len(story.events) <= 6 and not world.reserved(story.key)
        for language in LANGUAGES:
            said = story.say(draw, language, story.summary())
            assert len(re.findall("[.。]", said)) == len(story.events), said
            for _, slots in story.events:
                assert all(getattr(concept[language], "bare", concept[language]) in said for concept in slots.values()), said


def test_what_is_retold_stands_in_the_story_and_in_another_order():
    draw, orders = Draw("retold"), 0
    for i in range(400):
        language = LANGUAGES[i % 2]
        story, *rounds = retold(draw, language).split("\n")
        assert 1 <= len(rounds) <= 5
        for said in rounds:
            named = [friend[language] for friend in CAST if re.search(rf"(?<![A-Za-z]){friend[language]}(?![a-z])", said)]
            assert named and all(name in story for name in named), (said, story)
            orders += sorted(named, key=said.index) != sorted(named, key=story.index)
    assert orders > 100


# --- the language ----------------------------------------------------------------------------------------------------

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
    texts = [line for text in train() for line in text.split("\n")]
    texts += [message["content"] for dialogue in train_dialogues()[:8000] for message in dialogue]
    found = [(re.search(LINT[name], text), text) for text in texts if re.search(LINT[name], text)]
    assert not found, found[:5]
