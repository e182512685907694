"""Refusals, ways of typing, talks and tales: `python benchmarks/answers.py [MODEL]`.

Shares are percent of held-out questions, of the first world. A file of lines (`--lines`) is
answered line by line, to be read; ` || ` parts the turns of one conversation.
"""

import argparse
import io
import re
import sys
from dataclasses import replace
from pathlib import Path

import minillm
from minillm import corpus
from minillm.chat import ChatSession
from minillm.chat_format import prompt
from minillm.corpus.as_typed import WAYS
from minillm.corpus.tales import ask_tale
from minillm.corpus.talk import TALKS
from minillm.corpus.world import LANGUAGES, WorldDraw
from minillm.evaluation import answer_all, exact_match
from minillm.model import QdogBabyLearnLLM
from minillm.tokenizer import BPETokenizer

HONEST = tuple(talk.HONEST for talk in TALKS.values())
# As people type: not what has to be copied to the letter, and not stories, which come from a page.
TYPED = ("facts", "wording", "sums", "opposites", "translation", "unknown", "small talk", "why")


def share(right: int, of: int) -> str:
    return f"{100 * right / max(1, of):5.1f}% of {of}"


def families(model: QdogBabyLearnLLM, tokenizer: BPETokenizer) -> None:
    """Each family, and how often what is known is refused."""
    questions = corpus.held_out_questions()
    answers = answer_all(model, tokenizer, questions)
    for family, (right, asked) in exact_match(questions, answers).items():
        print(f"  {family:14} {share(right, asked)}")
    known = [
        answer
        for question, answer in zip(questions, answers)
        if not question.answer.startswith(HONEST)
    ]
    print(f"  refused though known: {share(sum(a.startswith(HONEST) for a in known), len(known))}")


def beside(
    model: QdogBabyLearnLLM,
    tokenizer: BPETokenizer,
    changed: list[corpus.Question],
    clean: list[corpus.Question],
) -> str:
    """How many are right, as a share of those right of the same questions as they stand."""
    counts = []
    for questions in (changed, clean):
        scores = exact_match(questions, answer_all(model, tokenizer, questions))
        counts.append(sum(right for right, _ in scores.values()))
    return f"{100 * counts[0] / max(1, counts[1]):5.1f}% of the clean score"


def ways_of_typing(model: QdogBabyLearnLLM, tokenizer: BPETokenizer) -> None:
    """Each way of typing, as a share of the score on the same questions as they stand."""
    draw = WorldDraw("ways of typing")
    asked = [q for q in corpus.held_out_questions() if q.family in TYPED]

    for name, way in WAYS.items():
        clean, typed = [], []
        for question in asked:
            *earlier, last = question.messages
            text = way(draw, question.language, last["content"])
            if text != last["content"]:
                clean.append(question)
                messages = (*earlier, {"role": "user", "content": text})
                typed.append(replace(question, messages=messages))
        print(f"  {name:14} {beside(model, tokenizer, typed, clean)}")


def later_in_a_talk(model: QdogBabyLearnLLM, tokenizer: BPETokenizer) -> None:
    """Questions after others and their right answers, as a share of the score without these."""
    draw = WorldDraw("later in a talk")
    asked = [q for q in corpus.held_out_questions() if q.family in TYPED and len(q.messages) == 1]
    room = ChatSession(model, tokenizer).prompt_size  # a chat drops what does not fit
    for turns in (1, 2, 3):  # more seldom fit
        clean, later = [], []
        for question in asked:
            others = [q for q in draw.sample(asked, turns + 1) if q is not question][:turns]
            asked_later = after(question, others)
            if len(prompt(list(asked_later.messages), tokenizer)) <= room:
                clean.append(question)
                later.append(asked_later)
        rate = beside(model, tokenizer, later, clean)
        print(f"  after {turns} others {rate} ({len(later)} questions fit)")


def after(question: corpus.Question, others: list[corpus.Question]) -> corpus.Question:
    """The question, asked when the others have been asked and answered."""
    earlier: list[dict[str, str]] = []
    for other in others:
        earlier += [*other.messages, {"role": "assistant", "content": other.answer}]
    return replace(question, messages=(*earlier, *question.messages))


def tales(model: QdogBabyLearnLLM, tokenizer: BPETokenizer, temperature: float, show: int) -> None:
    """Tales on request, by their form; whether they are good is for a reader to say."""
    texts = corpus.pretraining_documents()
    trained = "\n".join([*texts, *(m["content"] for d in corpus.dialogues() for m in d)])
    count = {"asked parts": 0, "ends": 0, "repeats": 0, "is trained": 0, "sentences": 0, "known": 0}
    for i in range(60):
        language = LANGUAGES[i % 2]
        turn, names = ask_tale(WorldDraw("asked tale", i), language, held_out=True)
        session = ChatSession(model, tokenizer, temperature=temperature, seed=i, max_new_tokens=160)
        text = session.ask(turn.user)
        sentences = [s for s in re.split(r"(?<=[.!?。！？])[\"”]?\s*", text) if len(s) > 5]
        count["asked parts"] += all(name in text for name in names)
        count["ends"] += len(tokenizer.encode(text)) < 160
        count["repeats"] += len(set(sentences)) < len(sentences)
        count["is trained"] += text in trained
        count["sentences"] += len(sentences)
        count["known"] += sum(sentence in trained for sentence in sentences)
        if i < show:
            print(f"  > {turn.user}\n    {text}")
    for name in ("asked parts", "ends", "repeats", "is trained"):
        print(f"  {name:14} {share(count[name], 60)}")
    print(
        f"  sentences that stand in the training text {share(count['known'], count['sentences'])}"
    )


def answer_lines(
    model: QdogBabyLearnLLM, tokenizer: BPETokenizer, file: Path, temperature: float, seed: int
) -> None:
    """Each line of a file and what is answered to it."""
    for line in file.read_text("utf-8").splitlines():
        session = ChatSession(
            model, tokenizer, temperature=temperature, seed=seed, max_new_tokens=160
        )
        answers = (session.ask(text) for text in line.split(" || "))
        print(f"{line}\n    → " + "\n    → ".join(answers))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?", help="folder; the model that comes along if left out")
    parser.add_argument("--lines", type=Path, help="file of lines to answer instead")
    parser.add_argument("--temperature", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, help="tales to print")
    args = parser.parse_args()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # also into a file, on Windows
    model, tokenizer = minillm.load(args.model)
    if args.lines:
        answer_lines(model, tokenizer, args.lines, args.temperature, args.seed)
        return
    print("held-out questions")
    families(model, tokenizer)
    print("as people type")
    ways_of_typing(model, tokenizer)
    print("later in a talk")
    later_in_a_talk(model, tokenizer)
    print("tales")
    tales(model, tokenizer, args.temperature, args.show)


if __name__ == "__main__":
    main()
