"""Writes docs/ALMANAC.md, what is known of the bundled world: `python docs/almanac.py`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from minillm.corpus.held_out import is_held_out_sum
from minillm.corpus.sentences import BANKS
from minillm.corpus.world import (
    ATTRIBUTES,
    COLOURS,
    FOODS,
    HOBBIES,
    HOMES,
    NUMBERS,
    OPPOSITES,
    PLACES,
    SPECIES,
    THINGS,
    TRANSLATIONS,
    Character,
    Concept,
    World,
    make_world,
)

PAGE = Path(__file__).parent / "ALMANAC.md"
HEAD = ("name", "名字", "animal", "home", "favourite food", "hobby", "scarf", "best friend")

INTRODUCTION = """\
# The almanac of the island

The bundled world of this course is a small island in the sea. On it live {cast} animals, eight of
them the main characters of its tales, and QdogBaby, the penguin who answers you. A program makes
every training text, English or Chinese, from tables of words and sentences. Everything about the
island that stays true from one text to the next stands on this page; what happens in a story holds
in that story only. Asked for anything that is not here, the model has to say that it does not know:
if it answers all the same, it has invented the answer. `minillm train --world-seed 7` makes another
island: the places are the same, the cast and all facts about it are others.

![A map of the island. In the north an ice house, a castle, a cave and a hill; in the middle a lake,
from which a river runs south under a bridge to the sea; in the west woods with a tree house, a
hollow tree and a mushroom house; in the south-west fields with a barn, an orchard and a watermill;
in the east a village with a clock tower, a school and a market. A railway goes all round. There is
a lighthouse in the north-east, an old ship off the south-west, a beach in the south, and a pier in
the south-east, with a blue house at its end.](../images/island.svg)

Where things stand on the map is for your eyes: no text says it, so the model does not know it.

**QdogBaby** is a little penguin and lives in a blue house at the end of the pier
(码头尽头的蓝房子). It likes fish, and its favourite colour is blue. When it was very small, it knew
one rule only: take 吗? away and put ! there. It still obeys it, where
it has nothing better to say.
"""

MAIN = """\
## The eight main characters

Most tales are about them. Each wants something, and each has a weakness that gets in the way.
"""

OTHERS = """\
## The other {others}

In tales they have the same eight wishes and weaknesses. The last column says whose: “{name}” means
that this one, too, wanted {want}, but {flaw}.

**{held_out} of them are held out**: they stand at the end and have a ✱. The texts tell every fact
about them, but no training question asks for one by name (who shares a home, a food or a hobby is
asked). So what is said of one of them was not learned as an answer: it has to come from what the
model read. `minillm evaluate` asks for
these facts (`facts`).
"""

PLACES_HEAD = """\
## The {places} places

Anybody may go anywhere. A story that stops to look around says one of the two sentences.
"""

HOMES_HEAD = """\
## The {homes} homes
"""

REST = """\
## What else it knows

- **Sums** of two numbers from 1 to 20, in either order. Of the {sums} pairs, {held_out_sums} are in
  no training text: these it has to work out. Its numbers end at {most}, and it has not learned to
  take away or to multiply.
- **Opposites**: {opposites_en} pairs in English and {opposites_zh} in Chinese, of which
  {held_out_en} and {held_out_zh} are stated in texts and never asked for in training.
- **Translations**: {translations} words, in both directions, of which {held_out_translations} are
  stated and never asked for.
- **Things** to find, to lose and to give away: {things}; the last list of this page has them.
- **Talk**: greetings, jokes, riddles about the eight, and a tale about whom and what you like.
- **What you tell it**: your name, a story, a secret language, for as long as the conversation
  lasts.
- **That it does not know**: capitals and presidents, tomorrow's weather, anybody's age, family or
  telephone number, and everybody whose name is not on this page.

The opposites and translations stand in [minillm/corpus/words.py](../minillm/corpus/words.py).
"""

CHINESE = """\
## 中文一览

岛上住着 {cast} 位动物朋友，还有住在码头尽头蓝房子里的小企鹅 QdogBaby。\
岛上的事，这一页写着的，模型可以知道；这一页没有的，它应该说“我不知道”。
"""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def both(concepts: Iterable[Concept]) -> str:
    """Words in both languages, in a row."""
    return ", ".join(f"{concept.en.bare} {concept.zh.bare}" for concept in concepts)


def row(friend: Character) -> list[str]:
    name = f"**{friend.en}**" + (" ✱" if friend.held_out else "")
    facts = (friend.facts[attribute].en.bare for attribute in ATTRIBUTES)
    return [name, friend.zh, *facts]


def wish(friend: Character) -> str:
    want, flaw, better = (friend.trait[part].en for part in ("want", "flaw", "better"))
    he = friend.en.shapes["he"]
    return f"- **{friend.en}** wanted {want}, but {he} {flaw}. In the end {he} {better}.\n"


def chinese_wish(friend: Character) -> str:
    want, flaw, better = (friend.trait[part].zh for part in ("want", "flaw", "better"))
    animal = friend.facts["species"].zh
    return f"- **{friend.zh}**（{friend.en}，{animal}）想{want}，可是{flaw}，最后{better}。\n"


def residents(world: World, home: Concept) -> str:
    return ", ".join(friend.en for friend in world.cast if friend.facts["home"] is home)


def almanac() -> str:
    world = make_world(0)
    others = world.cast[len(world.main) :]
    whose = {friend.trait["want"]: friend.en for friend in world.main}
    first = world.main[0]
    details, chinese_details = (BANKS[language].DETAILS for language in ("en", "zh"))
    pairs = [(x, y) for x in range(1, 21) for y in range(x, 21)]
    held_out_opposites = {
        language: sum(pair.held_out for pair in pairs_) for language, pairs_ in OPPOSITES.items()
    }
    friends = (f"{a.zh} {a.en} 和 {b.zh} {b.en}" for a, b in zip(world.cast[::2], world.cast[1::2]))
    parts = [
        INTRODUCTION.format(cast=len(world.cast)),
        MAIN,
        table(HEAD, map(row, world.main)),
        "".join(map(wish, world.main)),
        OTHERS.format(
            others=len(others),
            name=first.en,
            want=first.trait["want"].en,
            flaw=first.trait["flaw"].en,
            held_out=len(world.held_out),
        ),
        table(
            (*HEAD, "wish of"),
            ([*row(friend), whose[friend.trait["want"]]] for friend in others),
        ),
        PLACES_HEAD.format(places=len(PLACES)),
        table(
            ("place", "地方", "what is there", "那里有什么"),
            (
                (
                    f"**{place.en.bare}**",
                    place.zh,
                    " ".join(details[place.en.bare]),
                    "".join(chinese_details[place.en.bare]),
                )
                for place in PLACES
            ),
        ),
        HOMES_HEAD.format(homes=len(HOMES)),
        table(
            ("home", "住处", "who lives there"),
            ((f"**{home.en.bare}**", home.zh, residents(world, home)) for home in HOMES),
        ),
        REST.format(
            sums=len(pairs),
            held_out_sums=sum(is_held_out_sum(x, y) for x, y in pairs),
            most=len(NUMBERS) - 1,
            opposites_en=len(OPPOSITES["en"]),
            opposites_zh=len(OPPOSITES["zh"]),
            held_out_en=held_out_opposites["en"],
            held_out_zh=held_out_opposites["zh"],
            translations=len(TRANSLATIONS),
            held_out_translations=sum(pair.held_out for pair in TRANSLATIONS),
            things=len(THINGS),
        ),
        CHINESE.format(cast=len(world.cast)),
        "".join(map(chinese_wish, world.main)),
        f"**最好的朋友**：{'；'.join(friends)}。\n",
        f"**动物**：{both(SPECIES)}\n",
        f"**爱吃的**：{both(FOODS)}\n",
        f"**爱好**：{both(HOBBIES)}\n",
        f"**围巾**：{both(COLOURS)}\n",
        f"**东西**：{both(THINGS)}\n",
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(almanac(), encoding="utf-8", newline="\n")
