"""The Python side of the widgets: what they would send is what the model says."""

import asyncio
import copy
import io
import struct
from xml.etree import ElementTree

import pytest
import torch
import traitlets

from minillm.chat_format import prompt
from minillm.interpretability import token_label
from minillm.model import QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.sampling import token_probabilities
from minillm.tokenizer import CharTokenizer
from minillm.tokenizer_training import train_bpe
from minillm.widgets import (
    AttentionExplorer,
    ChatBox,
    SamplingPlayground,
    TokenizerPlayground,
    playgrounds,
)
from minillm.widgets.explorer import PAGE, script


@pytest.fixture(scope="module")
def tokenizer():
    return train_bpe(["the cat sat on the mat. 小企鹅住在岛上。" * 20], 280, progress=False)


@pytest.fixture(scope="module")
def model(tokenizer):
    torch.manual_seed(0)
    cfg = QdogBabyLearnConfig(
        num_hidden_layers=2, num_heads=3, emb_dim=24, context_size=32, vocab_size=280
    )
    return QdogBabyLearnLLM(cfg).eval()


@pytest.fixture
def explorer(model, tokenizer):
    return AttentionExplorer(model, tokenizer, "the cat sat")


def floats(data):
    return torch.tensor(struct.unpack(f"<{len(data) // 4}f", data))


def ask(explorer, what, **more):
    """What the page asks while it shows the explorer's own state."""
    asked = {"text": explorer.text, "off": explorer.off, **more}
    if what == "guesses":
        asked = {"position": explorer.position, **asked}
        asked |= {name: getattr(explorer, name) for name in ("temperature", "top_k", "top_p")}
    return explorer.answer(what, **asked)


def test_what_is_drawn_is_the_models_own(explorer, model):
    look, (small,) = ask(explorer, "look")
    _, (scores, weights, weighted) = ask(explorer, "head", layer=1, head=2, weighted=True)
    logits, all_weights = model.attention_weights(torch.tensor([explorer.ids]))
    T = len(explorer.ids)
    torch.testing.assert_close(floats(weights).view(T, T), all_weights[1, 0, 2], atol=1e-6, rtol=0)
    masked = floats(scores).view(T, T).masked_fill(torch.ones(T, T).triu(1).bool(), float("-inf"))
    torch.testing.assert_close(masked.softmax(-1), all_weights[1, 0, 2], atol=1e-6, rtol=0)
    assert len(small) == 2 * 3 * T * T
    assert list(look["side"]) == [T, T]
    assert look["rows"] == list(range(T))
    surprise = -logits[0, :-1].log_softmax(-1)[range(T - 1), explorer.ids[1:]]
    torch.testing.assert_close(torch.tensor(look["losses"]), surprise, atol=1e-6, rtol=0)
    best = logits[0, -1].softmax(-1).topk(6)
    rows = ask(explorer, "guesses")[0]["rows"]
    labels = [token_label(explorer.source.tokenizer, i) for i in best.indices.tolist()]
    assert [row["token"] for row in rows] == labels
    p = torch.tensor([row["p"] for row in rows])
    torch.testing.assert_close(p, best.values, atol=1e-6, rtol=0)
    assert look["next"] == labels[0]
    # |weight × value|: what this head alone would add with all its weight on one token
    block, seen = model.blocks[1], []
    hook = block.register_forward_pre_hook(lambda module, args: seen.append(args[0]))
    with torch.no_grad():
        model(torch.tensor([explorer.ids]))
        hook.remove()
        values = block.attn.W_value(block.ln1(seen[0]))[0]
        values[:, :16] = 0  # the other two heads
        added = (block.attn.out(values) - block.attn.out.bias).norm(dim=-1)
    expected = all_weights[1, 0, 2] * added
    torch.testing.assert_close(floats(weighted).view(T, T), expected, atol=1e-6, rtol=0)


def test_the_frame_of_a_chat_is_one_column(model, tokenizer):
    explorer = AttentionExplorer(model, tokenizer, "cat", chat=True)
    look, _ = ask(explorer, "look")
    _, (scores, weights) = ask(explorer, "head", layer=0, head=1)
    rows, columns, T = look["rows"], look["columns"], len(explorer.ids)
    said = explorer.source.answer_ids("cat")
    words = len(tokenizer.encode("cat")) + len(said)
    assert len(rows) == len(columns) == words + 1  # the frame; the place where the answer begins
    assert sorted(t for column in columns for t in column) == list(range(T))
    weights = floats(weights).view(len(rows), -1)
    torch.testing.assert_close(weights.sum(dim=1), torch.ones(len(rows)), atol=1e-6, rtol=0)
    whole = explorer.activations().weights[0, 1]
    frame = whole[rows][:, columns[0]].sum(dim=1)
    torch.testing.assert_close(weights[:, 0], frame, atol=1e-6, rtol=0)
    later = torch.tensor([column[0] for column in columns]) > torch.tensor(rows)[:, None]
    masked = floats(scores).view(len(rows), -1).masked_fill(later, float("-inf"))
    torch.testing.assert_close(masked.softmax(dim=1), weights, atol=1e-6, rtol=0)


def test_the_answer_is_what_the_model_says(model, tokenizer):
    source = AttentionExplorer(model, tokenizer, "the cat", chat=True).source
    asked = prompt([{"role": "user", "content": "the cat"}], tokenizer)
    ids = list(asked)
    for _ in range(min(48, 32 - len(asked))):
        best = int(model(torch.tensor([ids]))[0, -1].argmax())
        if best == tokenizer.im_end:
            break
        ids.append(best)
    assert source.ids("the cat") == ids
    off = [[0, 1], [1, 0]]
    look, _ = source.look("the cat", off)
    assert look["tokens"] == [token_label(tokenizer, i) for i in ids]  # that of all heads
    assert look["changed"] == (source.answer_ids("the cat", off) != source.answer_ids("the cat"))


def test_sampling_is_the_packages_over_the_whole_vocabulary(explorer, model):
    explorer.temperature, explorer.top_k, explorer.top_p = 0.7, 5, 0.9
    guesses, _ = ask(explorer, "guesses")
    q = token_probabilities(model(torch.tensor([explorer.ids]))[0, -1], 0.7, 5, 0.9)
    assert guesses["kept"] == int((q > 0).sum()) <= 5
    assert guesses["of"] == len(q)
    drawn = torch.tensor([row["q"] for row in guesses["rows"]])
    torch.testing.assert_close(drawn, q.topk(6).values, atol=1e-6, rtol=0)


def test_a_head_off_is_a_head_zeroed_with_a_hook(explorer, model):
    def zero_the_second(module, args):
        zeroed = args[0].clone()
        zeroed[..., 8:16] = 0
        return (zeroed,)

    with torch.no_grad():
        on = model(torch.tensor([explorer.ids]))[0]
        hook = model.blocks[1].attn.out.register_forward_pre_hook(zero_the_second)
        zeroed = model(torch.tensor([explorer.ids]))[0]
        hook.remove()
    explorer.off = [[1, 1]]
    torch.testing.assert_close(explorer.activations().logits, zeroed, atol=1e-6, rtol=0)
    torch.testing.assert_close(
        explorer.source.activations(explorer.text).logits, on, atol=1e-6, rtol=0
    )
    assert not torch.allclose(on, zeroed)
    look, _ = ask(explorer, "look")
    assert look["before"] != look["losses"]
    torch.testing.assert_close(model(torch.tensor([explorer.ids]))[0], on)  # nothing is left behind


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 1), ("😀", None), ("小企鹅", None), ("the cat " * 60, 32), ("<|im_end|>", None)],
)
def test_any_prompt(model, tokenizer, text, count):
    explorer = AttentionExplorer(model, tokenizer, text)
    look, _ = ask(explorer, "look")
    assert len(look["tokens"]) == len(explorer.ids)
    assert count in (None, len(explorer.ids))
    assert bool(look["note"]) == (len(tokenizer.encode(text)) > 32)
    assert tokenizer.im_end not in explorer.ids


def test_a_chat_prompt_is_the_chat_form(model, tokenizer):
    explorer = AttentionExplorer(model, tokenizer, "cat", chat=True)
    asked = prompt([{"role": "user", "content": "cat"}], tokenizer)
    assert explorer.source.asked("cat") == explorer.ids[: len(asked)] == asked


@pytest.mark.parametrize("words", [2, 20, 21, 22, 200])
def test_a_long_question_keeps_the_form_of_the_chat(model, tokenizer, words):
    explorer = AttentionExplorer(model, tokenizer, "小" * words, chat=True)
    whole = prompt([{"role": "user", "content": explorer.text}], tokenizer)
    frame = prompt([{"role": "user", "content": ""}], tokenizer)
    after = len(tokenizer.encode("assistant\n")) + 3  # <|im_end|>, line end, <|im_start|>
    asked = explorer.source.asked(explorer.text)
    assert len(asked) == min(32, len(whole))
    assert asked[-after:] == frame[-after:]
    look, _ = ask(explorer, "look")
    assert ("is cut" in look["note"]) == (len(whole) > 32)


def test_changed_weights_are_drawn_at_once(tokenizer, model):
    changed = copy.deepcopy(model)
    explorer = AttentionExplorer(changed, tokenizer, "the cat sat")
    before = explorer.activations().weights
    with torch.no_grad():
        changed.blocks[0].attn.W_query.weight.mul_(30)
    ids = torch.tensor([explorer.ids])
    weights = changed.attention_weights(ids)[1][:, 0]
    torch.testing.assert_close(explorer.activations().weights, weights, atol=1e-6, rtol=0)
    assert not torch.allclose(before, weights)
    changed.bfloat16()
    assert not torch.equal(explorer.activations().weights, weights)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_a_model_of_half_precision_is_drawn(tokenizer, model, dtype):
    explorer = AttentionExplorer(copy.deepcopy(model).to(dtype), tokenizer, "the cat sat")
    _, (_, weights) = ask(explorer, "head", layer=0, head=0)
    T = len(explorer.ids)
    own = AttentionExplorer(model, tokenizer, "the cat sat").activations().weights[0, 0]
    torch.testing.assert_close(floats(weights).view(T, T), own, atol=0.02, rtol=0)


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("layer", 2, "from 0 to 1"),
        ("head", -1, "from 0 to 2"),
        ("off", [[0, 3]], "2 layers with 3 heads"),
        ("off", [1], "2 layers with 3 heads"),
        ("off", [[0, 1.5]], "2 layers with 3 heads"),
        ("temperature", -1.0, "0 or more"),
        ("top_k", 0, "at least 1"),
        ("top_p", 1.5, "up to 1"),
        ("scale", 9.0, "from 0.5 to 4"),
        ("view", "map", "'look', 'why', 'swap', 'compare'"),
    ],
)
def test_bad_values_are_named(explorer, name, value, word):
    with pytest.raises(traitlets.TraitError, match=word):
        setattr(explorer, name, value)


@pytest.fixture
def sent(explorer, monkeypatch):
    """What the browser is sent."""
    sent = []
    monkeypatch.setattr(explorer, "send", lambda content, buffers: sent.append((content, buffers)))
    return sent


def test_questions_are_answered_in_order(explorer, sent):
    here = {"text": "a cat", "off": []}
    head = {"what": "head", **here, "layer": 1, "head": 0}
    questions = [{"what": "look", **here}, head]
    explorer._handle_custom_msg({"number": 7, "questions": questions}, [])  # as the browser does
    ((content, buffers),) = sent
    assert content["number"] == 7
    look, scores = content["answers"]
    assert (look["buffers"], scores["buffers"], len(buffers)) == (1, 2, 3)
    assert buffers[1:] == explorer.answer(**head)[1]
    assert look["T"] == len(explorer.source.tokenizer.encode("a cat"))


def test_what_goes_wrong_is_sent_to_be_shown(explorer, sent, monkeypatch):
    monkeypatch.setattr(explorer.source, "guesses", lambda **_: 1 / 0)
    asked = {"what": "swap", "text": "a cat", "other": "a cat sat"}
    explorer._handle_custom_msg({"number": 1, "questions": [{"what": "guesses"}, asked]}, [])
    ((content, _),) = sent
    wrong, unequal = (answer["error"] for answer in content["answers"])
    assert wrong == "ZeroDivisionError: division by zero"
    assert unequal.startswith("The first has ")


def test_its_repr_says_its_state(explorer):
    explorer.off = [[0, 1]]
    assert repr(explorer).startswith("AttentionExplorer('the cat sat', ")
    assert "off [(0, 1)]" in repr(explorer)


def test_little_is_saved_and_the_script_is_small(explorer):
    state = dict(explorer.get_state())
    del state["_esm"], state["_css"]
    assert len(repr(state)) < 3000
    assert sum(path.stat().st_size for path in PAGE.glob("*.js")) <= 60_000
    assert "import(" not in script()
    assert "http" not in script()


def test_the_exported_files_hold_everything(explorer, tmp_path):
    explorer.save_html(tmp_path / "a.html")
    explorer.save_svg(tmp_path / "a.svg")
    page, svg = (tmp_path / "a.html").read_text("utf-8"), (tmp_path / "a.svg").read_text("utf-8")
    assert "/*DATA*/" not in page
    assert "http" not in page.replace("http://www.w3.org", "")
    T = len(explorer.ids)
    assert svg.count("<rect") == T * (T + 1) // 2 + 72  # ground, legend and its hatch
    for words in ("Layer 0, head 0", "takes from", "forbidden", "the cat sat"):
        assert words in svg
    explorer.off = [[0, 0], [1, 2]]
    explorer.save_svg(tmp_path / "a.svg")
    svg = (tmp_path / "a.svg").read_text("utf-8")
    assert "switched off" in svg
    assert "heads off: 0.0, 1.2" in svg
    ElementTree.fromstring(svg)
    assert explorer.position == -1


def test_a_prompt_cannot_end_the_exported_script(model, tokenizer, tmp_path):
    AttentionExplorer(model, tokenizer, "</script><b>").save_html(tmp_path / "a.html")
    AttentionExplorer(model, tokenizer, "</text><script>\0\x1b").save_svg(tmp_path / "a.svg")
    ElementTree.parse(tmp_path / "a.svg")  # controls, too, are no XML
    assert (tmp_path / "a.html").read_text("utf-8").count("</script>") == 1
    assert "<script>" not in (tmp_path / "a.svg").read_text("utf-8")


# --- the playgrounds


def test_what_the_tokenizer_lacks_is_never_shown(tokenizer):
    torch.manual_seed(0)
    cfg = QdogBabyLearnConfig(
        num_hidden_layers=1, num_heads=1, emb_dim=8, context_size=16, vocab_size=300
    )
    larger = QdogBabyLearnLLM(cfg).eval()
    with torch.no_grad():
        larger.out.bias[280:] += 100
    assert ask(AttentionExplorer(larger, tokenizer, "the cat"), "guesses")[0]["of"] == 280
    assert SamplingPlayground(larger, tokenizer, "the cat").probabilities().shape == (280,)


def test_the_tokenizer_playground(tokenizer):
    tokenizers = {"characters": CharTokenizer("a <b>"), "BPE": tokenizer}
    playground = TokenizerPlayground(tokenizers, "a <b>")
    assert [word for _, word in playground.cuts()["characters"]] == ["a", "␣", "<", "b", ">"]
    assert "<b></span>" not in playground.shown.value
    assert "&lt;" in playground.shown.value
    playground.text.value = "the cat"
    count = len(tokenizer.encode("the cat"))
    assert repr(playground) == f"TokenizerPlayground(characters: 7 tokens, BPE: {count} tokens)"


def test_the_sampling_playground(model, tokenizer):
    playground = SamplingPlayground(model, tokenizer, "the cat")
    logits = model(torch.tensor([tokenizer.encode("the cat")]))[0, -1]
    torch.testing.assert_close(playground.probabilities(), logits.softmax(-1), atol=1e-6, rtol=0)
    playground.top_k.value = 3
    assert "3 of 280 tokens" in playground.shown.value
    playground.temperature.value = 0
    assert "1 of 280 tokens" in playground.shown.value
    playground.text.value = ""
    assert playground.probabilities().sum().item() == pytest.approx(1)


def test_the_chat_box(model, tokenizer, monkeypatch):
    box = ChatBox(model, tokenizer, max_new_tokens=4, seed=1)
    box.text.value = "half a sen"  # and the mouse goes elsewhere
    assert not box.session.messages
    box.text._handle_custom_msg({"event": "submit"}, [])  # Enter, and then its line
    box.text.value = "<b>hi</b>"
    assert box.text.value == ""
    assert len(box.session.messages) == 2
    assert "&lt;b&gt;hi" in box.shown.value
    assert "<b>hi" not in box.shown.value
    box.text.value = "again"
    box.send.click()
    assert "again" in box.shown.value
    box.text.value = "left and come back to"

    async def enter():
        box.text._handle_custom_msg({"event": "submit"}, [])
        await asyncio.sleep(0.05)

    monkeypatch.setattr(playgrounds, "ENTER", 0.01)
    asyncio.run(enter())
    assert "left and come back to" in box.shown.value
    shown = box.shown.value
    box.send.click()  # nothing is written
    assert box.shown.value == shown
    box.new.click()
    assert repr(box) == "ChatBox(0 turns)"
    assert "hi" not in box.shown.value


def test_what_a_widget_answers_while_a_cell_runs_changes_nothing_there(model, tokenizer):
    """Heads and dropout are off in modules of the widget's own, on the same weights."""
    explorer = AttentionExplorer(model, tokenizer, "the cat", off=[(0, 0)])
    sampler, box = SamplingPlayground(model, tokenizer), ChatBox(model, tokenizer)
    seen = []
    model.train()

    def hooks(*_):
        found = [m._forward_hooks or m._forward_pre_hooks for m in model.modules()]
        seen.append((model.training, sum(map(len, found))))

    hook = explorer.source.model.blocks[-1].register_forward_hook(hooks)
    try:
        for own in (explorer.source.model, sampler.model, box.session.model):
            assert own is not model
            assert all(a is b for a, b in zip(own.parameters(), model.parameters()))
        explorer.source.guesses("the cat", -1, [(0, 0)])
        explorer.source.effects("the cat", -1, 5, ["head 0.1", "feed-forward 0"])
    finally:
        hook.remove()
        model.eval()
    assert len(seen) >= 4
    assert set(seen) == {(True, 0)}


def test_weights_that_are_damaged_are_told(model, tokenizer):
    damaged = copy.deepcopy(model)
    with torch.no_grad():
        damaged.out.weight[0] = float("nan")
    for chat in (False, True):
        explorer = AttentionExplorer(damaged, tokenizer, "the cat", chat=chat)
        with pytest.raises(ValueError, match="weights are damaged"):
            explorer.answer("look", text="the cat")


def test_a_page_of_a_position_that_is_not_there_holds_the_end_of_the_prompt(
    model, tokenizer, tmp_path
):
    AttentionExplorer(model, tokenizer, "the cat", position=999).save_html(tmp_path / "page.html")
    assert '"position": -1, "off"' in (tmp_path / "page.html").read_text("utf-8")


@pytest.mark.parametrize("texts", ["the cat", [3], ["the cat", None]])
def test_texts_are_texts(model, tokenizer, texts):
    with pytest.raises(ValueError, match="is not a list of texts"):
        AttentionExplorer(model, tokenizer, "the cat", texts=texts)


@pytest.mark.parametrize("text", [r"$\frac$", "costs $5 and $6", "a\r\nb\x01"])
def test_a_title_is_no_mathematics(model, tokenizer, text, recwarn):
    AttentionExplorer(model, tokenizer, text).figure().savefig(io.BytesIO())
    assert [str(w.message) for w in recwarn if "lyph" in str(w.message)] == []
