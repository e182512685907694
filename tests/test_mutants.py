"""Bugs that other projects have had, planted one by one: each has to make the tests named beside it fail.

A copy of the package with the bug is tested in a process of its own. A runner imports what is slow to import (torch,
pytest, not minillm) and forks for each bug, so that one costs half a second.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@dataclass(frozen=True)
class Mutant:
    """`old`, which occurs once in minillm/`file`, becomes `new`; then each of `tests` (file::name) fails."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def planted(self, source: str) -> str:
        assert source.count(self.old) == 1, f"{self.name}: {self.old!r} occurs {source.count(self.old)} times in {self.file}"
        return source.replace(self.old, self.new)


def bug(name: str, file: str, old: str, new: str, *tests: str) -> Mutant:
    return Mutant(name, file, old, new, tests)


A, M, S, D, C, T, K = (f"test_{name}.py::test_" for name in ("attention", "model", "sampling", "data", "chat", "training", "checkpoint"))
DOC, R = "test_documents.py::test_", "test_recipe.py::test_"
STOPPED = T + "stopped_in_any_step_and_resumed_is_as_never_stopped[4-0.2]"
WINDOW = S + "cached_and_uncached_are_equal_up_to_the_context_limit_and_past_it[7-3]"
PIECES = M + "with_a_cache_the_pieces_give_the_logits_of_the_whole[pieces2-3]"

MUTANTS = [
    # --- attention
    bug("no causal mask in the formula", "attention.py",
        'scores = scores + torch.zeros_like(mask, dtype=q.dtype).masked_fill(~mask, float("-inf"))', "pass",
        A + "every_row_of_weights_sums_to_1_and_masked_weights_are_exactly_0", M + "a_token_never_changes_a_logit_before_it[explicit]"),
    bug("no causal mask in the fused path", "attention.py",
        "dropout_p=dropout, is_causal=True)", "dropout_p=dropout)", M + "a_token_never_changes_a_logit_before_it[fused]"),
    bug("no causal mask in the bfloat16 path", "attention.py",
        "attention(q, k, v, causal_mask(T, S), dropout)", "attention(q, k, v, None, dropout)",
        M + "a_token_never_changes_a_logit_before_it[bfloat16]"),
    bug("mask off by one: sees the next token", "attention.py",
        ".tril(diagonal=keys - queries)", ".tril(diagonal=keys - queries + 1)",
        A + "the_mask_lets_a_query_see_itself_and_what_came_before", M + "a_token_never_changes_a_logit_before_it[explicit]"),
    bug("mask off by one: does not see itself", "attention.py",
        ".tril(diagonal=keys - queries)", ".tril(diagonal=keys - queries - 1)",
        A + "attention_is_the_formula_written_in_three_loops"),
    bug("cache mask cut on the wrong side", "attention.py",
        ".tril(diagonal=keys - queries)", ".tril()", A + "the_queries_of_a_longer_row_of_keys_are_its_last_ones", PIECES),
    bug("cached pieces use is_causal, which counts from the first key", "attention.py",
        "F.scaled_dot_product_attention(q, k, v, causal_mask(T, S, x.device), dropout)",
        "F.scaled_dot_product_attention(q, k, v, dropout_p=dropout, is_causal=True)", PIECES),
    bug("no 1/sqrt(D)", "attention.py", " / q.shape[-1] ** 0.5 @", " @", A + "attention_is_the_formula_written_in_three_loops"),
    bug("scaled by D", "attention.py", "/ q.shape[-1] ** 0.5", "/ q.shape[-1]", A + "attention_is_the_formula_written_in_three_loops"),
    bug("softmax on the wrong axis", "attention.py",
        "scores.softmax(dim=-1)", "scores.softmax(dim=-2)",
        A + "every_row_of_weights_sums_to_1_and_masked_weights_are_exactly_0", A + "without_a_mask_every_key_is_seen"),
    bug("heads cut across tokens", "attention.py",
        "q = self.W_query(x).view(split).transpose(1, 2)", "q = self.W_query(x).view(B, self.num_heads, T, self.head_dim)",
        A + "fused_heads_are_separate_heads_in_loops_and_pytorchs_own"),
    bug("cache length not advanced", "attention.py",
        "start, self.length = self.length, self.length + k.shape[2]", "start, self.length = 0, k.shape[2]",
        A + "a_cache_returns_all_keys_and_values_so_far", PIECES, WINDOW),
    bug("attention dropout stays on", "attention.py",
        "dropout = self.dropout if self.training else 0.0", "dropout = self.dropout",
        A + "dropout_drops_weights_while_training_only", S + "dropout_is_off_while_sampling_and_the_mode_comes_back"),
    # --- model
    bug("positions not offset by the cache", "model.py",
        "start = cache[0].length if cache else 0", "start = 0", PIECES, WINDOW),
    bug("residual removed", "model.py",
        "x = x + self.ff(self.ln2(x))", "x = self.ff(self.ln2(x))", M + "logits_are_the_sum_of_the_parts"),
    bug("LayerNorm without shift", "model.py",
        "F.layer_norm(x, self.scale.shape, self.scale, self.shift, self.eps)", "F.layer_norm(x, self.scale.shape, self.scale, None, self.eps)",
        M + "layer_norm_is_its_formula"),
    bug("last norm forgotten in the explicit path", "model.py",
        "return self.out(self.norm(x)), torch.stack(layers)", "return self.out(x), torch.stack(layers)",
        M + "the_explicit_path_gives_the_same_logits_and_every_heads_weights"),
    bug("the other GELU", "model.py", 'nn.GELU(approximate="tanh")', "nn.GELU()", M + "feed_forward_widens_four_times_and_bends_with_gpt2s_gelu"),
    bug("residual branches start loud", "model.py",
        "block.ff.layers[2].weight /= math.sqrt(2 * len(self.blocks))", "pass",
        M + "weights_start_as_loud_as_the_width_asks_for_and_feed_forward_quieter_by_the_root_of_2l"),
    bug("heads start looking ahead", "model.py", "torch.stack([cos, sin, -sin, cos], dim=1)", "torch.stack([cos, -sin, sin, cos], dim=1)",
        M + "a_turn_takes_every_position_the_same_number_of_steps_on[8-8]", M + "up_to_half_of_the_first_heads_start_looking_one_two_and_three_tokens_back[mini]"),
    bug("heads hand on into each other's shares", "model.py", "nn.init.orthogonal_(first.W_value.weight)", "pass",
        M + "heads_start_handing_on_shares_that_do_not_overlap_and_only_the_first_block_looks_for_its_like"),
    bug("a head's share is another in every block", "model.py", "block.attn.W_value.weight.copy_(first.W_value.weight)", "pass",
        M + "heads_start_handing_on_shares_that_do_not_overlap_and_only_the_first_block_looks_for_its_like",
        M + "queries_meet_keys_values_meet_the_way_out_and_tokens_their_names_at_the_start_and_part_later"),
    bug("a token looks for its like in no block", "model.py", "first.W_key.weight.copy_(first.W_query.weight)", "pass",
        M + "heads_start_handing_on_shares_that_do_not_overlap_and_only_the_first_block_looks_for_its_like",
        M + "queries_meet_keys_values_meet_the_way_out_and_tokens_their_names_at_the_start_and_part_later"),
    bug("tokens write over the positions", "model.py", "self.tok_emb.weight[:, :size] = 0", "pass",
        M + "up_to_half_of_the_first_heads_start_looking_one_two_and_three_tokens_back[mini]"),
    bug("the head starts loud", "model.py", "self.tok_emb.weight * 0.35", "self.tok_emb.weight", M + "the_first_loss_of_every_preset_is_ln_v[nano]"),
    bug("the position table does not train", "model.py",
        "self.pos_emb.weight[start:stop]", "self.pos_emb.weight[start:stop].detach()",
        M + "the_position_table_starts_at_the_sinusoids_and_trains"),
    # --- sampling
    bug("dropout left on while sampling", "sampling.py",
        "    model.eval()\n", "", S + "dropout_is_off_while_sampling_and_the_mode_comes_back"),
    bug("training mode not given back", "sampling.py",
        "model.train(training)", "pass", S + "the_mode_comes_back_when_a_stream_is_left_half_way_or_fails"),
    bug("temperature ignored", "sampling.py",
        " / max(temperature, 1e-30)", "", S + "temperature_comes_first_then_top_k_then_top_p", S + "draws_come_as_often_as_their_probability[how1-expected1]"),
    bug("temperature 0 divides by 0", "sampling.py",
        "if temperature == 0:\n        return", "if temperature < 0:\n        return", S + "temperature_0_puts_everything_on_the_best"),
    bug("top-k keeps ties", "sampling.py",
        'return torch.full_like(logits, float("-inf")).scatter(-1, best.indices, best.values)',
        'return logits.masked_fill(logits < best.values[..., -1:], float("-inf"))', S + "top_k_keeps_exactly_k_of_equals"),
    bug("top-k larger than the vocabulary", "sampling.py",
        "logits.topk(min(k, logits.shape[-1]), dim=-1)", "logits.topk(k, dim=-1)", S + "top_k_takes_more_than_there_are"),
    bug("top-p leaves out the token that crosses p", "sampling.py",
        "before = probs.cumsum(dim=-1) - probs", "before = probs.cumsum(dim=-1)",
        S + "top_p_keeps_the_token_that_crosses_p_and_none_after_it[0.41-expected2]"),
    bug("top-p of 1 drops the unlikely", "sampling.py", "if p < 1:", "if True:", S + "top_p_of_1_keeps_all_however_unlikely"),
    bug("top-p before top-k", "sampling.py",
        "    if top_k is not None:\n        logits = keep_top_k(logits, top_k)\n    if top_p is not None:\n        logits = keep_top_p(logits, top_p)\n",
        "    if top_p is not None:\n        logits = keep_top_p(logits, top_p)\n    if top_k is not None:\n        logits = keep_top_k(logits, top_k)\n",
        S + "temperature_comes_first_then_top_k_then_top_p"),
    bug("window not slid", "sampling.py", "return -(-(length - context_size) // step) * step", "return 0", WINDOW),
    bug("cache kept when the window slides", "sampling.py",
        "cache, unread = model.make_cache(len(ids)), ids[:, start:]",
        "cache, unread = (model.make_cache(len(ids)), ids[:, start:]) if cache is None else (cache, unread)", WINDOW),
    bug("seed ignored", "sampling.py",
        "random.seed() if seed is None else random.manual_seed(seed)", "random.seed()", S + "a_seed_repeats_and_another_seed_does_not"),
    bug("the first row to stop stops all", "sampling.py",
        "done.all()", "done.any()", S + "each_row_stops_for_itself_and_all_end_when_the_last_has"),
    bug("a stream shows the stop id", "sampling.py",
        "        if (i := token.item()) in stop:\n            return\n        yield i\n", "        yield (i := token.item())\n        if i in stop:\n            return\n",
        S + "a_stream_ends_before_a_stop_id"),
    # --- data
    bug("target not shifted", "data.py",
        "shifted = slice(start + 1, start + 1 + length)", "shifted = slice(start, start + length)",
        D + "a_long_document_is_cut_into_pieces_that_touch"),
    bug("loss mask off by one", "data.py",
        "np.where(self.file.learn[shifted], target, IGNORE)", "np.where(self.file.learn[start : start + length], target, IGNORE)",
        D + "with_a_mask_every_learned_pair_is_asked_for_once_and_no_other",
        C + "conversations_of_any_length_lose_no_target_when_cut_into_rows[7]"),
    bug("padding learned", "data.py",
        "targets = np.full_like(inputs, IGNORE)", "targets = np.full_like(inputs, self.pad_id)", C + "padding_is_never_a_target"),
    bug("what is left of a long document dropped", "data.py",
        "counts = -(-(ends - starts - 1) // context_size)", "counts = (ends - starts - 1) // context_size",
        D + "a_long_document_is_cut_into_pieces_that_touch", D + "every_pair_is_asked_for_exactly_once_an_epoch"),
    bug("a full packer drops a row's number", "data.py",
        "                room.pop(0)\n", "                rows.pop(room.pop(0)[1])\n", D + "rows_are_packed_full"),
    bug("each epoch in the same order", "data.py",
        "default_rng([self.seed, epoch])", "default_rng([self.seed])", D + "every_epoch_is_shuffled_anew"),
    bug("characters counted as bytes", "data.py",
        'tokenizer.end_id], None, len(text.encode("utf-8", "surrogatepass"))', "tokenizer.end_id], None, len(text)",
        D + "a_text_is_learned_from_its_first_token_to_its_end"),
    bug("the file appears before it is whole", "data.py",
        'partial = folder.with_name(folder.name + ".partial")', "partial = folder",
        D + "writing_that_is_interrupted_leaves_nothing_under_the_name_and_can_be_repeated"),
    # --- tokenizer
    bug("merges from left to right, not by rank", "tokenizer.py",
        "while (rank := min(ranks)) < none:\n            i = ranks.index(rank)",
        "while min(ranks) < none:\n            rank, i = next((r, i) for i, r in enumerate(ranks) if r < none)",
        "test_tokenizer.py::test_merges_are_applied_by_rank"),
    # --- chat
    bug("<|im_end|> not learned", "chat.py",
        '[message["role"] == "assistant"] * len(body)', '[message["role"] == "assistant"] * (len(body) - 1) + [False]',
        C + "the_answer_and_its_end_are_learned_and_nothing_else[fish]", C + "in_any_conversation_all_answers_with_their_ends_are_learned_and_nothing_else"),
    bug("user text learned", "chat.py",
        '[message["role"] == "assistant"] * len(body)', "[True] * len(body)",
        C + "special_tokens_in_a_users_text_stay_text_and_are_never_learned"),
    bug("the frame is learned", "chat.py",
        "learn += [False] * len(head)", 'learn += [message["role"] == "assistant"] * len(head)',
        C + "the_answer_and_its_end_are_learned_and_nothing_else[fish]"),
    bug("frame and answer encoded as one string", "chat.py",
        'head = [tokenizer.im_start, *tokenizer.encode(message["role"] + "\\n")]\n        body = [*tokenizer.encode(message["content"]), tokenizer.im_end]',
        'head = [tokenizer.im_start]\n        body = [*tokenizer.encode(message["role"] + "\\n" + message["content"]), tokenizer.im_end]',
        C + "the_answer_and_its_end_are_learned_and_nothing_else[\\n\\n  x]"),
    bug("a session forgets the newest turns", "chat.py",
        "del self.messages[:2]", "del self.messages[-2:]", C + "the_oldest_turns_are_forgotten_first_and_the_system_message_never"),
    # --- training
    bug("gradients are means of means", "training.py",
        " / count\n            (loss * group.size)", " / max(1, int((targets[part] != IGNORE).sum())) * len(targets[part]) / cfg.batch_size\n            (loss * group.size)",
        T + "micro_batches_of_any_size_give_the_gradient_of_the_whole_batch[2]"),
    bug("nothing to learn divides by 0", "training.py",
        "count = max(1, int((targets != IGNORE).sum()))", "count = (targets != IGNORE).sum()", T + "a_run_with_nothing_to_learn_has_no_nan"),
    bug("weight decay on vectors", "training.py",
        '{"params": vectors, "weight_decay": 0.0}', '{"params": vectors, "weight_decay": cfg.weight_decay}',
        T + "weight_decay_is_for_matrices_only_and_no_parameter_is_forgotten"),
    bug("gradients never cleared", "training.py", "optimizer.zero_grad(set_to_none=True)", "pass", STOPPED),
    bug("validated with dropout on", "training.py",
        "    model.eval()\n    total = count = 0", "    total = count = 0",
        T + "the_validation_loss_is_the_mean_over_all_targets_without_dropout"),
    bug("dropout differs after resuming", "training.py", "torch.manual_seed(cfg.seed * 1_000_003 + step + 7919 * group.rank)", "pass", STOPPED),
    bug("resume begins with the first data again", "training.py",
        "inputs, targets = batches.batch(range(step * cfg.batch_size, (step + 1) * cfg.batch_size))",
        'n = batches.n = getattr(batches, "n", -1) + 1\n    inputs, targets = batches.batch(range(n * cfg.batch_size, (n + 1) * cfg.batch_size))',
        STOPPED),
    bug("resume begins with the first step again", "training.py",
        'for step in range(state["step"], cfg.steps):', "for step in range(cfg.steps):", STOPPED),
    bug("best never updated", "training.py",
        'if state["best"] is None or loss < state["best"]:', 'if state["best"] is None:', T + "the_best_weights_and_the_last_are_kept_apart[losses0-3]"),
    bug("best overwritten by what is worse", "training.py",
        'if state["best"] is None or loss < state["best"]:', "if True:", T + "the_best_weights_and_the_last_are_kept_apart[losses0-3]"),
    bug("steps on with NaN", "training.py",
        "if not math.isfinite(total) or not math.isfinite(norm):", "if False:",
        T + "a_loss_that_is_no_number_stops_the_run_and_keeps_what_was_before[loss]"),
    bug("NaN gradients overlooked", "training.py",
        "if not math.isfinite(total) or not math.isfinite(norm):", "if not math.isfinite(total):",
        T + "a_loss_that_is_no_number_stops_the_run_and_keeps_what_was_before[gradient]"),
    # --- checkpoint
    bug("resume forgets the optimizer's moments", "checkpoint.py",
        "    assign(into, tensors, path)\n    return state", "    assign(into, tensors, path)\n    optimizer.state.clear()\n    return state",
        STOPPED, K + "model_optimizer_and_state_come_back_bit_for_bit"),
    bug("log not cut on resume", "checkpoint.py",
        '[line for line in read_log(path) if line["step"] <= step]', "read_log(path)",
        K + "a_log_is_cut_behind_the_step_that_a_run_goes_on_from", T + "a_failure_at_any_file_and_a_resume_is_as_never_failed"),
    bug("a checkpoint written in place", "checkpoint.py",
        "save_file(tensors, room / path.name, metadata)", "save_file(tensors, path, metadata); save_file(tensors, room / path.name, metadata)",
        K + "a_save_that_fails_half_way_leaves_the_old_file_and_no_other"),
    bug("missing weights passed over", "checkpoint.py",
        'wrong = [f"{name} is missing" for name in into if name not in tensors]', "into, wrong = {name: into[name] for name in into if name in tensors}, []",
        K + "weights_that_do_not_fit_are_refused_with_the_names_that_differ[<lambda>-norm.scale is missing]"),
    bug("other settings passed over", "checkpoint.py",
        "        if differ:\n", "        if False:\n", K + "a_state_of_other_settings_is_refused_by_name"),
    # --- documents, recipe
    bug("a long text is cut anywhere", "documents.py",
        "return found.start() if found else 0", "return len(text) - 1",
        DOC + "a_long_text_in_pieces_has_the_ids_of_the_whole", DOC + "no_token_reaches_across_a_cut"),
    bug("every piece of a long text ends a document", "documents.py",
        "out.append((ids, learn, size, not last))", "out.append((ids, learn, size, False))", DOC + "a_long_text_in_pieces_has_the_ids_of_the_whole"),
    bug("pieces come back in the wrong order", "documents.py",
        "if len(asked) > 2 * workers:  # so that neither text nor ids pile up\n                    yield from asked.popleft()",
        "if len(asked) > 2 * workers:\n                    yield from asked.pop()", DOC + "several_processes_write_the_file_of_one"),
    bug("validation text is trained on, too", "documents.py",
        "return (document, None) if number % EVERY else (None, document)", "return (document, None if number % EVERY else document)",
        DOC + "each_20th_document_is_held_for_validation_and_none_is_in_both"),
    bug("fine-tuning without the text again", "recipe.py",
        "room //= 2", "room = 0", R + "fine_tuning_has_every_conversation_and_half_as_much_text_again"),
    bug("another run's folder is taken over", "recipe.py",
        '    elif folder.exists() and any(p.name != "run.json.tmp" for p in folder.iterdir()):', "    elif False:", R + "a_run_is_come_back_to_with_its_own_settings_only"),
]  # fmt: skip


# --- running them ------------------------------------------------------------------------------------------------------

# For each line of input, [folder, tests]: run them with that folder first on the path; answer with the exit code.
RUNNER = """
import json, os, signal, sys
import hypothesis, numpy, pytest, regex, safetensors.torch, torch, tqdm.auto
torch.optim.AdamW([torch.zeros(1)])  # this too imports much
assert "minillm" not in sys.modules
for line in sys.stdin:
    folder, tests = json.loads(line)
    child = os.fork()
    if child == 0:
        signal.alarm(300)
        os.chdir(folder)
        output = os.open("output.txt", os.O_WRONLY | os.O_CREAT)
        os.dup2(output, 1), os.dup2(output, 2)
        sys.path.insert(0, folder)
        plain = ["-c", "pytest.ini", "--rootdir", folder, "-p", "no:cacheprovider", "-p", "no:nbval", "-q", "--tb=line"]
        code = pytest.main([*plain, *(["tests/" + test for test in tests])])
        sys.stdout.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

# The copy's own conftest.py: an error here is an exit code that is neither "passed" nor "failed".
WITNESS = """
from pathlib import Path
import minillm.model
assert Path(minillm.model.__file__).resolve() == Path(__file__).resolve().parent / "minillm" / "model.py", minillm.model.__file__
"""


@pytest.fixture(scope="module")
def runner():
    """Run tests on a copy of the package: `runner(folder, tests)` gives the exit code and the output."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTHONPATH", None)
    environment.pop("PYTEST_ADDOPTS", None)
    with subprocess.Popen([sys.executable, "-c", RUNNER], cwd="/", env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def run(folder: Path, tests: list[str]) -> tuple[int, str]:
            print(json.dumps([str(folder), tests]), file=process.stdin, flush=True)
            answer = process.stdout.readline()
            assert answer, "the runner has died"
            return int(answer), (folder / "output.txt").read_text()

        yield run
        process.stdin.close()


def copy_package(folder: Path, tests: list[str]) -> None:
    """The package and these tests, in a folder that knows nothing of the repository."""
    left_out = shutil.ignore_patterns("__pycache__", "weights", "*.js", "*.css")
    shutil.copytree(ROOT / "minillm", folder / "minillm", ignore=left_out)
    (folder / "tests").mkdir()
    for name in {"conftest.py", *(test.split("::")[0] for test in tests)}:
        shutil.copy(ROOT / "tests" / name, folder / "tests" / name)
    (folder / "conftest.py").write_text(WITNESS)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = bench: measures speed\n")


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_bug_is_caught(mutant, runner, tmp_path):
    copy_package(tmp_path, mutant.tests)
    path = tmp_path / "minillm" / mutant.file
    path.write_text(mutant.planted(path.read_text(encoding="utf-8")), encoding="utf-8")
    code, output = runner(tmp_path, mutant.tests)
    assert code == 1, output  # 0: not caught; 2 to 5: the tests could not be run
    assert f"{len(mutant.tests)} failed" in output and "passed" not in output and " error" not in output.splitlines()[-1], output


def test_without_a_bug_the_same_tests_pass(runner, tmp_path):
    tests = sorted({test for mutant in MUTANTS for test in mutant.tests})
    copy_package(tmp_path, tests)
    code, output = runner(tmp_path, tests)
    assert code == 0 and f"{len(tests)} passed" in output, output


def test_a_test_that_does_not_exist_is_not_taken_for_a_catch(runner, tmp_path):
    copy_package(tmp_path, ["test_rules.py"])
    assert runner(tmp_path, ["test_rules.py::test_of_nothing"])[0] == 4


def test_the_copy_is_what_is_tested(runner, tmp_path):
    copy_package(tmp_path, ["test_rules.py"])
    (tmp_path / "minillm" / "model.py").unlink()
    assert runner(tmp_path, ["test_rules.py"])[0] == 4  # as the witness found no model, not even another


def test_every_mutant_has_a_name_of_its_own():
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
