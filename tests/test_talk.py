"""Tales, small talk and honesty: what a visitor meets. Tables fit, nothing held out is trained."""

import re
from collections import Counter, defaultdict
from functools import cache

import pytest

from minillm import corpus
from minillm.corpus import mixture, tales
from minillm.corpus.as_typed import WAYS, as_typed, plain
from minillm.corpus.exchanges import ask_about, ask_two, ask_whether, ask_who, made_up_word
from minillm.corpus.held_out import is_held_out
from minillm.corpus.honesty import ask_any_sum, ask_unknown, doubt, nobody
from minillm.corpus.sentences import BANKS
from minillm.corpus.talk import TALES, TALKS
from minillm.corpus.templates import Choice, Part, Slot, Turn, _parse, fill
from minillm.corpus.words import NAMES, RUDE
from minillm.corpus.world import (
    ATTRIBUTES,
    CAST_SIZE,
    FACT_CONCEPTS,
    LANGUAGES,
    THINGS,
    WorldDraw,
    make_world,
)


@cache
def train_dialogues() -> list[list[dict[str, str]]]:
    return corpus.dialogues()


@cache
def train_lines() -> frozenset[str]:
    """Every line that a model may train on."""
    texts = [*corpus.pretraining_documents()]
    texts += [message["content"] for dialogue in train_dialogues() for message in dialogue]
    lines = (line for text in texts for line in text.split("\n"))
    return frozenset(re.sub("^(Q: |A: |问：|答：)", "", line) for line in lines)


@cache
def said_in_training() -> Counter[str]:
    """How often users say what in training dialogues."""
    return Counter(m["content"] for chat in train_dialogues() for m in chat if m["role"] == "user")


@cache
def asked_in_training() -> frozenset[str]:
    """Everything that users say in training dialogues, as `plain` has it."""
    return frozenset(map(plain, said_in_training()))


def questions(family: str) -> list[corpus.Question]:
    return [q for seed in range(2) for q in corpus.held_out_questions(seed) if q.family == family]


def written_out(parts: tuple[Part, ...]) -> list[str]:
    """Every text that a template can become, its slots as they stand."""
    texts = [""]
    for part in parts:
        if isinstance(part, Choice):
            options = [text for option in part.options for text in written_out(option)]
        else:
            options = [f"{{{part.name}}}" if isinstance(part, Slot) else part]
        texts = [text + option for text in texts for option in options]
    return texts


# --- worlds ---------------------------------------------------------------------------------------


def test_worlds_differ_and_repeat():
    casts = [tuple(friend.en for friend in make_world(seed).cast) for seed in range(30)]
    assert len({frozenset(cast) for cast in casts}) == 30
    assert all(len(set(cast)) == CAST_SIZE for cast in casts)
    make_world.cache_clear()
    again = make_world(7)
    assert tuple(friend.en for friend in again.cast) == casts[7]
    facts = [
        tuple(friend.facts[attribute].en for friend in make_world(seed).cast)
        for seed in range(30)
        for attribute in FACT_CONCEPTS
    ]
    assert len(set(facts)) == len(facts)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_trait_belongs_to_he_or_she(seed):
    """Of those called she and of those called he, equally many sing, wear pink, live in a cave."""
    cast = make_world(seed).cast
    called = Counter(friend.en.shapes["he"] for friend in cast)
    assert abs(called["she"] - called["he"]) <= (0 if seed == 0 else 16)
    for attribute, concepts in FACT_CONCEPTS.items():
        for concept in concepts:
            having = [f.en.shapes["he"] for f in cast if f.facts[attribute] is concept]
            share = {pronoun: having.count(pronoun) for pronoun in called}
            expected = {pronoun: n / len(concepts) for pronoun, n in called.items()}
            assert all(abs(share[p] - expected[p]) < 1 for p in called), (concept.en, share)


def test_another_world_tells_of_others():
    texts = corpus.pretraining_documents(megabytes=0.3, world_seed=5)
    names = {friend.en for friend in make_world(5).cast}
    strangers = {friend.en for friend in make_world(0).cast} - names
    words = set(re.findall(r"[A-Z][a-z]+", " ".join(texts)))
    assert len(names & words) > 55
    assert len(strangers) > 15
    assert not strangers & words
    assert {q.answer for q in corpus.held_out_questions(world_seed=5)} != {
        q.answer for q in corpus.held_out_questions()
    }


# --- talks of several families --------------------------------------------------------------------


def test_a_talk_goes_on_to_other_things_and_back_to_what_was_told(monkeypatch):
    def told(draw, language):
        return [Turn("I am Lily.", "Hello!"), Turn("Who am I?", "Lily.")]

    def of(*turns):
        return lambda draw, language: [Turn(*turn) for turn in turns]

    not_told = TALKS["en"].UNKNOWN["user_private"].answers[0]
    others = of(("a1", "."), ("a2", ".")), of(("b", "."), ("Where am I?", not_told)), of(("c", "."))
    monkeypatch.setattr(mixture, "memory", told)
    monkeypatch.setattr(mixture, "FAMILY_SHARES", tuple((1.0, m) for m in (told, *others)))
    talks = [[turn.user for turn in mixture.long_talk(WorldDraw("t", n), "en")] for n in range(200)]
    assert all(len(set(talk)) == len(talk) for talk in talks)  # no family twice
    assert sum({"b", "c"} <= set(talk) for talk in talks) > 50
    with_told = [talk for talk in talks if "Who am I?" in talk]
    assert not any("Where am I?" in talk for talk in with_told)
    assert any("Where am I?" in talk for talk in talks)
    begun = [talk for talk in with_told if talk[0] == "I am Lily."]
    assert begun
    assert all(talk[-1] == "Who am I?" for talk in begun)
    assert all(talk.index("a2") == talk.index("a1") + 1 for talk in talks if "a1" in talk)


# --- tales ----------------------------------------------------------------------------------------


def test_both_languages_tell_the_same_plots():
    english, chinese = TALES["en"], TALES["zh"]
    assert english.TALES.keys() == chinese.TALES.keys()
    assert len(english.TALES) >= 20
    for plot, beats in english.TALES.items():
        assert len(beats) == len(chinese.TALES[plot]) >= 5, plot
    things = {thing.en for thing in THINGS}
    assert english.THING_DOES.keys() == chinese.THING_DOES.keys() == things


@pytest.mark.parametrize("language", LANGUAGES)
def test_tales_have_what_was_asked_for_and_repeat_nothing(language):
    draw, end = WorldDraw("tales", language), r"(?<=[.!?。！？])[\"”]?\s*"
    short = {"en": 12, "zh": 8}[language]  # a word that is called out
    for _ in range(1500):
        turn, names = tales.ask_tale(draw, language)
        assert all(name in turn.assistant for name in names), (names, turn)
        assert all(name in turn.user for name in names), (names, turn)
        sentences = [s for s in re.split(end, turn.assistant) if len(s) > short]
        assert len(sentences) >= 3, turn.assistant
        assert len(set(sentences)) == len(sentences), turn.assistant
        assert len(turn.assistant) <= tales.MOST_CHARACTERS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tale_names_its_hero_before_the_friend(language):
    """Who asks for a tale names the hero; where the friend came first, one name was both."""
    for plot, (beginning, *_) in TALES[language].TALES.items():
        for wording in beginning:
            names = re.findall(r"{(hero|friend)", wording.lower())
            assert names[0] == "hero", (plot, wording)


def test_the_main_characters_carry_the_tales():
    draw = WorldDraw("heroes")
    heroes = Counter(tales.tale_parts(draw)["hero"].en for _ in range(2000))
    main = sum(heroes[friend.en] for friend in draw.world.main)
    assert 0.7 < main / 2000 < 0.9


@pytest.mark.parametrize("held_out", [False, True])
def test_parts_of_tales_are_held_out_together(held_out):
    draw = WorldDraw("parts", held_out)
    for _ in range(300):
        parts = tales.tale_parts(draw, held_out)
        key = " ".join(("tale", *(parts[name].en for name in ("hero", "thing", "place"))))
        assert is_held_out(key) == held_out


# --- small talk -----------------------------------------------------------------------------------


def test_both_languages_talk_of_the_same():
    assert TALKS["en"].SMALLTALK.keys() == TALKS["zh"].SMALLTALK.keys()
    assert TALKS["en"].UNKNOWN.keys() == TALKS["zh"].UNKNOWN.keys()
    assert TALKS["en"].HELD_OUT_UNKNOWN == TALKS["zh"].HELD_OUT_UNKNOWN
    assert set(TALKS["en"].HELD_OUT_UNKNOWN) < TALKS["en"].UNKNOWN.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_that_asks_for_two_things(language):
    """What users say belongs to one table only, capitals and marks aside."""
    talk, bank = TALKS[language], BANKS[language]
    tables = {topic: small_talk.user for topic, small_talk in talk.SMALLTALK.items()}
    tables |= {kind: unknown.questions for kind, unknown in talk.UNKNOWN.items()}
    tables |= {f"asked for {kind}": told.questions for kind, told in bank.MEMORY.items()}
    for name in ("DOUBTS", "RIDDLE_REQUESTS", "TALE_REQUESTS", "ABOUT", "WANTS", "FLAWS"):
        tables[name] = getattr(talk, name)
    templates = {name: (*asked.train, *asked.held_out) for name, asked in tables.items()}
    templates |= {f"told {kind}": told.statements for kind, told in bank.MEMORY.items()}
    said: dict[str, set[str]] = defaultdict(set)
    for name, wordings in templates.items():
        for text in (text for wording in wordings for text in written_out(_parse(wording))):
            said[plain(text)].add(name)
    assert {text: tables for text, tables in said.items() if len(tables) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_replies_belong_to_one_topic(language):
    replies = [r for talk in TALKS[language].SMALLTALK.values() for r in talk.assistant]
    assert len(set(replies)) == len(replies)


HELP = {"en": "someone|somebody|person|adult|help|emergency", "zh": "人|求助|急救"}
UNKIND = {"en": r"\byou are (stupid|ugly|bad)", "zh": "你(很|就是|真)(笨|丑|坏)"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_despair_is_met_with_help_and_self_doubt_never_affirmed(language):
    table = TALKS[language].SMALLTALK
    assert len(table["despair"].user.train) >= 20
    for topic in ("despair", "harm"):
        assert all(re.search(HELP[language], reply) for reply in table[topic].assistant)
    assert all(re.search("emergency number|紧急电话", r) for r in table["emergency"].assistant)
    assert len(table["self_doubt"].user.train) >= 25
    for topic in ("self_doubt", "insult", "sad", "despair", "harm", "emergency"):
        for reply in table[topic].assistant:
            assert not re.search(UNKIND[language], reply.lower())


def test_held_out_talk_is_nowhere():
    held_out = {
        text
        for talk in TALKS.values()
        for small_talk in talk.SMALLTALK.values()
        for text in small_talk.user.held_out
    }
    assert len(held_out) > 500
    assert not held_out & train_lines()
    for talk in TALKS.values():
        train = {
            plain(text)
            for small_talk in talk.SMALLTALK.values()
            for template in small_talk.user.train
            for text in written_out(_parse(template))
        }
        assert not train & set(map(plain, held_out))
    for question in questions("small talk"):
        assert question.messages[-1]["content"] in held_out
        assert question.answer in question.accepted


def test_what_visitors_type_first_is_said_often():
    """As they type it: of one `hi` among all greetings nothing was learned."""
    for text in ("hi", "hello", "hey", "thanks", "bye", "你好", "谢谢", "你是谁"):
        assert said_in_training()[text] >= 5, (text, said_in_training()[text])


def test_no_held_out_question_is_asked_in_training():
    """Not even in small letters or without its mark. (What one was told is asked of all alike.)"""
    for question in corpus.held_out_questions():
        if question.family != "memory":
            assert plain(question.messages[-1]["content"]) not in asked_in_training(), question


def test_made_up_words_are_no_rude_ones():
    draw = WorldDraw("rude")
    for language in LANGUAGES:
        made_up = " ".join(made_up_word(draw, language) for _ in range(20_000))
        assert not [part for part in RUDE[language] if part in made_up]


def test_users_and_their_people_do_not_live_on_the_island():
    cells = {cell.strip() for line in NAMES.strip().splitlines() for cell in line.split("|")}
    for bank in BANKS.values():
        assert not cells & {*bank.TRAIN_NAMES, *bank.HELD_OUT_NAMES}


# --- honesty --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_unknown_is_said_to_be(language):
    draw, honest = WorldDraw("unknown", language), TALKS[language].HONEST
    for _ in range(1500):
        assert ask_unknown(draw, language).assistant.startswith(honest)


PARTLY = ("doubt",)  # of a refusal, too


def test_only_what_is_unknown_is_refused():
    """No lesson is answered by "I don't know", so a refusal of one is never right."""
    honest = tuple(talk.HONEST for talk in TALKS.values())
    for question in corpus.held_out_questions():
        refused = question.answer.startswith(honest)
        assert refused == question.family.startswith("unknown") or question.family in PARTLY


def test_nobody_is_somebody():
    draw, names = WorldDraw("nobody"), {f[lang] for f in make_world().cast for lang in LANGUAGES}
    for i in range(2000):
        assert nobody(draw, LANGUAGES[i % 2], held_out=i % 3 == 0) not in names


def test_held_out_unknowns_are_nowhere():
    lines = train_lines()
    for family in ("unknown", "unknown kinds"):
        for question in questions(family):
            assert question.messages[-1]["content"] not in lines
            assert question.is_right(question.answer)
            assert not question.is_right("Kiki is a seal.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_assistant_does_not_cave(language):
    """Doubted or corrected, it says again what it said."""
    draw = WorldDraw("doubt", language)
    for _ in range(400):
        *_, said, last = doubt(draw, language)
        if said.assistant.startswith(TALKS[language].HONEST):
            assert last.assistant == TALKS[language].SOURCES["unknown"]
        elif re.match(r"Count on|从\d+往后数", said.assistant):  # a sum: its last number stays
            assert last.assistant[:-1].endswith(re.findall(r"\d+", said.assistant)[-1])
        else:
            assert last.assistant.endswith(said.assistant)


def test_the_wrong_opposite_is_of_another_pair():
    """Float is the opposite of sink: nobody is corrected with what is right."""
    draw = WorldDraw("wrong opposites")
    for _ in range(4000):
        said, objected = doubt(draw, "en")[-2:]
        if (right := re.match(r"The opposite of (.*) is (.*)\.", said.assistant)) and (
            wrong := re.search(r"the opposite of (.*) is (.*)\.", objected.user)
        ):
            assert {*right.groups()} != {*wrong.groups()}, objected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sum_beyond_its_range_may_be_refused(language):
    """Operands are of every size, so that there is no hole between what is counted and refused."""
    draw, seen = WorldDraw("big sums", language), set()
    for _ in range(12_000):
        if found := re.search(r"(\d+) ?(?:\+|plus|加) ?(\d+)", ask_unknown(draw, language).user):
            a, b = map(int, found.groups())
            assert max(a, b) > 20
            seen |= {(min(a, b) > 20, max(a, b) > 40, a > b)}
    assert len(seen) == 8


def test_nobody_says_please_who_asks_for_nothing():
    draw = WorldDraw("asks for nothing")
    for _ in range(500):
        said = as_typed(draw, "en", "I had soup.", asks=False).lower()
        assert not re.search("please|thank|excuse|sorry", said), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_numbers_tell_whether_a_sum_is_counted(language):
    draw, refused = WorldDraw("any sum", language), 0
    for _ in range(1000):
        turn = ask_any_sum(draw, language)
        x, y = map(int, re.findall(r"\d+", turn.user))
        honest = turn.assistant.startswith(TALKS[language].HONEST)
        assert honest == (max(x, y) > 20), turn
        refused += honest
    assert 150 < refused < 250


# --- questions that are put in other ways ---------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_of_whom_it_is_true_is_named(language):
    draw = WorldDraw("who", language)
    for _ in range(300):
        answer = ask_who(draw, language).assistant
        named = {f for f in draw.world.cast if re.search(rf"(?<![A-Za-z]){f[language]}", answer)}
        shared = [
            {f for f in draw.world.cast if f.facts[a] is concept} for a in FACT_CONCEPTS
            for concept in FACT_CONCEPTS[a] if concept[language].bare in answer.lower()
        ]  # fmt: skip
        assert named in shared, answer


def test_two_questions_get_two_answers():
    draw = WorldDraw("two")
    for i in range(400):
        language = LANGUAGES[i % 2]
        turn = ask_two(draw, language)
        sentences = [s for s in re.split(r"(?<=[.。])\s*", turn.assistant) if s]
        assert len(sentences) == 2, turn
        about = re.split(r"(?<=[.。])\s*", ask_about(draw, language).assistant)
        assert len([sentence for sentence in about if sentence]) == 4


def test_people_type_in_every_way_and_half_of_them_in_none():
    draw = WorldDraw("typed")
    question = 'Where does Kiki live, and what\'s "her" favourite food?'
    typed = [as_typed(draw, "en", question) for _ in range(1000)]
    assert 0.45 < typed.count(question) / 1000 < 0.65
    careless = [text for text in typed if text == text.lower() and text[-1] not in "?？"]
    assert len(careless) / 1000 > 0.1  # "where does kiki live": how most people begin
    found = {name: WAYS[name](draw, "en", question) for name in WAYS}
    assert found["lower case"] == question.lower()
    assert found["no mark"] == question[:-1]
    assert found["other mark"] == question[:-1] + "？"
    assert found["other quotes"] == "Where does Kiki live, and what’s “her” favourite food?"
    assert found["greeting first"].endswith(question)
    assert question in found["please"]
    assert sum(a != b for a, b in zip(found["typo"].split(), question.split())) == 1
    assert WAYS["typo"](draw, "zh", "琪琪住在哪里？") != "琪琪住在哪里？"
    assert WAYS["other mark"](draw, "zh", "琪琪住在哪里？") == "琪琪住在哪里?"


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_or_no_is_answered_with_the_fact(language):
    draw, facts, so = WorldDraw("whether", language), BANKS[language].FACT_ANSWERS, Counter()
    told = {
        fill(draw, facts[name], friend.slots(language)): friend.facts[name][language].bare
        for name in ATTRIBUTES
        for friend in draw.world.train
    }
    for _ in range(400):
        question, answer = ask_whether(draw, language)
        so[told[answer] in question] += 1
    assert min(so.values()) > 100


def test_attributes_have_follow_ups():
    for talk in TALKS.values():
        assert talk.FOLLOW_UPS.keys() == set(ATTRIBUTES)
        assert talk.WHO.keys() == talk.WHO_ANSWERS.keys() == FACT_CONCEPTS.keys()
