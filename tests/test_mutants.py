"""Bugs that other projects have had, planted one by one: each has to make the tests beside it fail.

A bug is planted in the syntax tree of a copy of the package, so formatting and comments do not
matter. The copy is tested in a process of its own. A runner imports what is slow to import (torch
and pytest, not minillm) and forks for each bug, so that one costs about a second.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "minillm"
DEEP = pytest.mark.deep
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


# --- planting -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mutant:
    """In the definition `where`, the code `old` becomes `new`; then each of `tests` fails.

    where: a file of the package, and after "::" a function, a class or a method in it. old and new:
    two expressions, or two sequences of statements. tests: as pytest names them.
    """

    name: str
    where: str
    old: str
    new: str
    tests: tuple[str, ...]

    @property
    def file(self) -> str:
        return self.where.partition("::")[0]

    def planted(self, source: str) -> str:
        """The source of the file with the bug in it."""
        module = ast.parse(source)
        old, new = ast.parse(self.old).body, ast.parse(self.new).body
        if all(len(part) == 1 and isinstance(part[0], ast.Expr) for part in (old, new)):
            # Two expressions: what is sought may be a part of any statement.
            old, new = [old[0].value], [new[0].value]
        found = list(places(definition(module, self.where), old))
        assert len(found) == 1, f"{self.name}: {len(found)} times in {self.where}:\n{self.old}"
        parent, field, first = found[0]
        value = getattr(parent, field)
        if isinstance(value, list):
            value[first : first + len(old)] = new
        else:
            setattr(parent, field, new[0])
        return ast.unparse(module)


def definition(module: ast.Module, where: str) -> ast.AST:
    """The part of a module that `where` names."""
    node: ast.AST = module
    names = where.partition("::")[2]
    for name in names.split(".") if names else []:
        found = [child for child in node.body if getattr(child, "name", None) == name]
        assert len(found) == 1, f"{where}: {name} is defined {len(found)} times"
        node = found[0]
    return node


def places(tree: ast.AST, wanted: list[ast.AST]) -> Iterator[tuple[ast.AST, str, int]]:
    """Where such nodes stand one after the other: the parent, its field, the first one's index.

    Nodes are alike if their dumps are: these hold all of the code, but not its line and column.
    """
    dumps = [ast.dump(node) for node in wanted]
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            children = value if isinstance(value, list) else [value]
            forms = [ast.dump(child) if isinstance(child, ast.AST) else "" for child in children]
            for i in range(len(forms) - len(dumps) + 1):
                if forms[i : i + len(dumps)] == dumps:
                    yield parent, field, i


def bug(name: str, where: str, old: str, new: str, *tests: str) -> Mutant:
    """A mutant; "sampling::name" is short for "test_sampling.py::test_name"."""
    full = [test.split("::") for test in tests]
    return Mutant(name, where, old, new, tuple(f"test_{f}.py::test_{test}" for f, test in full))


# --- the bugs -----------------------------------------------------------------------------------

STOPPED = "training::stopped_in_any_step_and_resumed_is_as_never_stopped[4-0.2]"
WINDOW = "sampling::cached_and_uncached_are_equal_up_to_the_context_limit_and_past_it[7-3]"
PIECES = "model::with_a_cache_the_pieces_give_the_logits_of_the_whole[pieces2-3]"
FORMULA = "attention::attention_is_the_formula_written_in_three_loops"
NO_CONTEXT = '__import__("contextlib").nullcontext()'

MUTANTS = [
    # --- attention
    bug(
        "no causal mask in the formula",
        "attention.py::attention",
        'scores = scores + torch.zeros_like(mask, dtype=q.dtype).masked_fill(~mask, float("-inf"))',
        "pass",
        "attention::every_row_of_weights_sums_to_1_and_masked_weights_are_exactly_0",
        "model::a_token_never_changes_a_logit_before_it[bfloat16]",
    ),
    bug(
        "no causal mask in the fused path",
        "attention.py::MultiHeadAttention.forward",
        "F.scaled_dot_product_attention(q, k, v, dropout_p=dropout, is_causal=True)",
        "F.scaled_dot_product_attention(q, k, v, dropout_p=dropout)",
        "model::a_token_never_changes_a_logit_before_it[fused]",
    ),
    bug(
        "no causal mask in the bfloat16 path",
        "attention.py::MultiHeadAttention.forward",
        "attention(q, k, v, causal_mask(T, S), dropout)",
        "attention(q, k, v, None, dropout)",
        "model::a_token_never_changes_a_logit_before_it[bfloat16]",
    ),
    bug(
        "no causal mask in the weights that are shown",
        "attention.py::MultiHeadAttention.weights",
        "causal_mask(x.shape[1], x.shape[1], x.device)",
        "None",
        "model::the_explicit_path_gives_the_same_logits_and_every_heads_weights",
    ),
    bug(
        "mask off by one: sees the next token",
        "attention.py::causal_mask",
        "keys - queries",
        "keys - queries + 1",
        "attention::the_mask_lets_a_query_see_itself_and_what_came_before",
        "model::a_token_never_changes_a_logit_before_it[bfloat16]",
    ),
    bug(
        "mask off by one: does not see itself",
        "attention.py::causal_mask",
        "keys - queries",
        "keys - queries - 1",
        FORMULA,
    ),
    bug(
        "cache mask cut on the wrong side",
        "attention.py::causal_mask",
        "keys - queries",
        "0",
        "attention::the_queries_of_a_longer_row_of_keys_are_its_last_ones",
        PIECES,
    ),
    bug(
        "cached pieces use is_causal, which counts from the first key",
        "attention.py::MultiHeadAttention.forward",
        "F.scaled_dot_product_attention(q, k, v, causal_mask(T, S, x.device), dropout)",
        "F.scaled_dot_product_attention(q, k, v, None, dropout, True)",
        PIECES,
    ),
    bug(
        "no 1/sqrt(D)",
        "attention.py::attention",
        "q / q.shape[-1] ** 0.5",
        "q",
        FORMULA,
    ),
    bug(
        "scaled by D",
        "attention.py::attention",
        "q / q.shape[-1] ** 0.5",
        "q / q.shape[-1]",
        FORMULA,
    ),
    bug(
        "softmax on the wrong axis",
        "attention.py::attention",
        "scores.softmax(dim=-1)",
        "scores.softmax(dim=-2)",
        "attention::every_row_of_weights_sums_to_1_and_masked_weights_are_exactly_0",
        "attention::without_a_mask_every_key_is_seen",
    ),
    bug(
        "heads cut across tokens",
        "attention.py::MultiHeadAttention.split_heads",
        "x.view(*x.shape[:2], self.num_heads, self.head_dim).transpose(1, 2)",
        "x.view(len(x), self.num_heads, x.shape[1], self.head_dim)",
        "attention::fused_heads_are_separate_heads_in_loops_and_pytorchs_own",
    ),
    bug(
        "cache length not advanced",
        "attention.py::KVCache.append",
        "start, self.length = self.length, self.length + k.shape[2]",
        "start, self.length = 0, k.shape[2]",
        "attention::a_cache_returns_all_keys_and_values_so_far",
        PIECES,
        WINDOW,
    ),
    bug(
        "attention dropout stays on",
        "attention.py::MultiHeadAttention.forward",
        "self.dropout if self.training else 0.0",
        "self.dropout",
        "attention::dropout_drops_weights_while_training_only",
        "sampling::dropout_is_off_while_sampling_and_the_mode_comes_back",
    ),
    # --- model
    bug(
        "positions not offset by the cache",
        "model.py::QdogBabyLearnLLM.hidden",
        "cache[0].length if cache else 0",
        "0",
        PIECES,
        WINDOW,
    ),
    bug(
        "residual removed",
        "model.py::TransformerBlock.forward",
        "x + self.ff(self.ln2(x))",
        "self.ff(self.ln2(x))",
        "model::logits_are_the_sum_of_the_parts",
    ),
    bug(
        "LayerNorm without shift",
        "model.py::LayerNorm.forward",
        "F.layer_norm(x, self.scale.shape, self.scale, self.shift, self.eps)",
        "F.layer_norm(x, self.scale.shape, self.scale, None, self.eps)",
        "model::layer_norm_is_its_formula",
    ),
    bug(
        "last norm forgotten beside the attention weights",
        "model.py::QdogBabyLearnLLM.attention_weights",
        "self.norm(x)",
        "x",
        "model::the_explicit_path_gives_the_same_logits_and_every_heads_weights",
    ),
    bug(
        "attention weights of what was not normed",
        "model.py::QdogBabyLearnLLM.attention_weights",
        "block.ln1(x)",
        "x",
        "model::the_explicit_path_gives_the_same_logits_and_every_heads_weights",
    ),
    bug(
        "the other GELU",
        "model.py::FeedForward.__init__",
        'nn.GELU(approximate="tanh")',
        "nn.GELU()",
        "model::feed_forward_widens_four_times_and_bends_with_gpt2s_gelu",
    ),
    bug(
        "the position table does not train",
        "model.py::QdogBabyLearnLLM.embed",
        "self.pos_emb.weight[start:stop]",
        "self.pos_emb.weight[start:stop].detach()",
        "model::every_parameter_learns",
    ),
    bug(
        "GPT-2's start does not scale the residual projections",
        "model.py::QdogBabyLearnLLM.init_weights",
        "0.02 / math.sqrt(2 * self.cfg.num_hidden_layers)",
        "0.02",
        "model::weights_start_as_gpt2s",
    ),
    bug(
        "the mode is given back by the first of several that overlap",
        "model.py::evaluating",
        "entered > 1",
        "False",
        "model::evaluating_is_reentrant_and_gives_the_mode_back_in_any_order[order0-True]",
    ),
    bug(
        "training mode not given back",
        "model.py::evaluating",
        "model.train(training)",
        "pass",
        "sampling::the_mode_comes_back_when_a_stream_is_left_half_way_or_fails",
    ),
    # --- initialization
    bug(
        "rotation the wrong way",
        "initialization.py::rotation",
        "torch.stack([cos, sin, -sin, cos], dim=1)",
        "torch.stack([cos, -sin, sin, cos], dim=1)",
        "initialization::a_rotation_takes_every_position_the_same_number_of_steps_on[8-8]",
    ),
    # --- interpretability
    bug(
        "one number of a head is switched off, not all",
        "interpretability.py::heads_off",
        "kept[head * D : (head + 1) * D] = 0",
        "kept[head * D] = 0",
        "interpretability::a_head_off_adds_nothing_and_is_on_again",
    ),
    bug(
        "a head stays off",
        "interpretability.py::heads_off",
        "hook.remove()",
        "pass",
        "interpretability::a_head_off_adds_nothing_and_is_on_again",
        "interpretability::heads_off_refuses_what_is_not_there",
    ),
    bug(
        "the ledger's feed-forward parts read the stream without the heads",
        "interpretability.py::ledger",
        "x[:, -1] + attn.out(mixed.view(1, -1))",
        "x[:, -1]",
        "interpretability::the_ledger_adds_up_to_the_lead",
    ),
    bug(
        "a head is patched in one place only",
        "interpretability.py::patch_heads",
        "mixed[each, :, each] = theirs[layer][0].transpose(0, 1)",
        "mixed[each, -1, each] = theirs[layer][0][-1]",
        "interpretability::a_head_patched_is_its_numbers_of_the_other_run",
    ),
    bug(
        "induction looks before the twin",
        "interpretability.py::head_scores",
        "twins.roll(1, dims=1)",
        "twins.roll(-1, dims=1)",
        "interpretability::head_scores_are_means_over_tokens",
    ),
    bug(
        "a folded column holds only its first weight",
        "widgets/source.py::_fold",
        "taken[..., column].sum(dim=-1)",
        "taken[..., column[0]]",
        "widgets::the_frame_of_a_chat_is_one_column",
    ),
    bug(
        "an effect counts from the wrong end",
        "widgets/reasons.py::ModelSource.effects",
        "whole - without",
        "without - whole",
        "reasons::an_effect_is_the_lead_without_the_part[text]",
    ),
    # --- sampling
    bug(
        "dropout left on while sampling",
        "sampling.py::sample",
        "evaluating(model)",
        NO_CONTEXT,
        "sampling::dropout_is_off_while_sampling_and_the_mode_comes_back",
    ),
    bug(
        "temperature ignored",
        "sampling.py::token_probabilities",
        "(logits - best) / max(temperature, 1e-30)",
        "logits - best",
        "sampling::temperature_comes_first_then_top_k_then_top_p",
        "sampling::draws_come_as_often_as_their_probability[sampling1-expected1]",
    ),
    bug(
        "temperature 0 divides by 0",
        "sampling.py::token_probabilities",
        "temperature == 0",
        "temperature < 0",
        "sampling::temperature_0_puts_everything_on_the_best",
    ),
    bug(
        "top-k keeps ties",
        "sampling.py::keep_top_k",
        'torch.full_like(logits, float("-inf")).scatter(-1, best.indices, best.values)',
        'logits.masked_fill(logits < best.values[..., -1:], float("-inf"))',
        "sampling::top_k_keeps_exactly_k_of_equals",
    ),
    bug(
        "top-k larger than the vocabulary",
        "sampling.py::keep_top_k",
        "min(k, logits.shape[-1])",
        "k",
        "sampling::top_k_takes_more_than_there_are",
    ),
    bug(
        "top-p leaves out the token that crosses p",
        "sampling.py::keep_top_p",
        "probs.cumsum(dim=-1) - probs",
        "probs.cumsum(dim=-1)",
        "sampling::top_p_keeps_the_token_that_crosses_p_and_none_after_it[0.41-expected2]",
    ),
    bug(
        "top-p of 1 drops the unlikely",
        "sampling.py::keep_top_p",
        "p < 1",
        "True",
        "sampling::top_p_of_1_keeps_all_however_unlikely",
    ),
    bug(
        "top-p before top-k",
        "sampling.py::token_probabilities",
        "if top_k is not None: logits = keep_top_k(logits, top_k)\n"
        "if top_p is not None: logits = keep_top_p(logits, top_p)",
        "if top_p is not None: logits = keep_top_p(logits, top_p)\n"
        "if top_k is not None: logits = keep_top_k(logits, top_k)",
        "sampling::temperature_comes_first_then_top_k_then_top_p",
    ),
    bug(
        "window not slid",
        "sampling.py::window_start",
        "-(-(length - context_size) // step) * step",
        "0",
        WINDOW,
    ),
    bug(
        "cache kept when the window slides",
        "sampling.py::sample",
        "use_cache and cache[0].length < model.cfg.context_size",
        "use_cache",
        WINDOW,
    ),
    bug(
        "a token is decoded without its cache",
        "sampling.py::decode",
        "model.hidden(token[:, None], cache)",
        "model.hidden(token[:, None])",
        WINDOW,
    ),
    bug(
        "seed ignored",
        "sampling.py::sample",
        "generator.manual_seed(seed)",
        "generator.seed()",
        "sampling::a_seed_repeats_and_another_seed_does_not",
    ),
    bug(
        "the first row to stop stops all",
        "sampling.py::generate",
        "done.all()",
        "done.any()",
        "sampling::each_row_stops_for_itself_and_all_end_when_the_last_has",
    ),
    bug(
        "a stream shows the stop id",
        "sampling.py::stream",
        "if token_id in stop: return\nyield token_id",
        "yield token_id\nif token_id in stop: return",
        "sampling::a_stream_ends_before_a_stop_id",
    ),
    # --- data
    bug(
        "target not shifted",
        "data/batches.py::Batches._fill",
        "shifted = slice(start + 1, start + 1 + length)",
        "shifted = slice(start, start + length)",
        "batches::a_long_document_is_cut_into_pieces_that_touch",
    ),
    bug(
        "loss mask off by one",
        "data/batches.py::Batches._fill",
        "self.file.learn[shifted]",
        "self.file.learn[start : start + length]",
        "batches::with_a_mask_every_learned_pair_is_asked_for_once_and_no_other",
        "batches::conversations_of_any_length_lose_no_target_when_cut_into_rows[7]",
    ),
    bug(
        "padding learned",
        "data/batches.py::Batches._fill",
        "np.full_like(inputs, IGNORE)",
        "np.full_like(inputs, self.pad_id)",
        "batches::padding_is_never_a_target",
    ),
    bug(
        "what is left of a long document dropped",
        "data/batches.py::Batches.__init__",
        "-(-(ends - starts - 1) // context_size)",
        "(ends - starts - 1) // context_size",
        "batches::a_long_document_is_cut_into_pieces_that_touch",
        "batches::every_pair_is_asked_for_exactly_once_an_epoch",
    ),
    bug(
        "a full packer drops a row's number",
        "data/batches.py::pack",
        "room.pop(0)",
        "rows.pop(room.pop(0)[1])",
        "batches::rows_are_packed_full",
    ),
    bug(
        "each epoch in the same order",
        "data/batches.py::Batches.epoch_rows",
        "[self.seed, epoch]",
        "[self.seed]",
        "batches::every_epoch_is_shuffled_anew",
    ),
    bug(
        "the file appears before it is complete",
        "formats/files.py::new_folder",
        "place / path.name",
        "path",
        "token_files::writing_that_is_interrupted_leaves_nothing_under_the_name"
        "_and_can_be_repeated",
    ),
    bug(
        "characters counted as bytes",
        "data/encoding.py::_utf8_size",
        'len(text.encode("utf-8", "surrogatepass"))',
        "len(text)",
        "encoding::a_text_is_learned_from_its_first_token_to_its_end",
    ),
    bug(
        "a long text is cut anywhere",
        "data/documents.py::_last_cut",
        "found.start() if found else 0",
        "len(text) - 1",
        "encoding::a_long_text_in_chunks_has_the_ids_of_the_whole",
        "documents::no_token_reaches_across_a_cut",
    ),
    bug(
        "every chunk of a long text ends a document",
        "data/encoding.py::_encode",
        "encoded._replace(ids=ids, continues=not is_last)",
        "encoded._replace(ids=ids)",
        "encoding::a_long_text_in_chunks_has_the_ids_of_the_whole",
    ),
    bug(
        "jobs come back in the wrong order",
        "data/encoding.py::encode_documents",
        "if len(running) > 2 * workers: yield from running.popleft().result()",
        "if len(running) > 2 * workers: yield from running.pop().result()",
        "encoding::several_processes_write_the_file_of_one",
    ),
    bug(
        "validation text is trained on, too",
        "data/splits.py::Split._divide",
        "(document, None) if number % VALIDATION_EVERY else (None, document)",
        "(document, None if number % VALIDATION_EVERY else document)",
        "splits::each_20th_document_is_for_validation_and_none_is_in_both",
    ),
    # --- tokenizer
    bug(
        "merges from left to right, not by rank",
        "tokenizer.py::BPETokenizer._apply_merges",
        "min(ranks)",
        "next((rank for rank in ranks if rank < none), none)",
        "tokenizer::merges_are_applied_by_rank",
    ),
    # --- chat
    bug(
        "<|im_end|> not learned",
        "chat_format.py::render",
        '[message["role"] == "assistant"] * len(body)',
        '[message["role"] == "assistant"] * (len(body) - 1) + [False]',
        "chat_format::the_answer_and_its_end_are_learned_and_nothing_else[fish]",
        "chat_format::in_any_conversation_all_answers_with_their_ends_are_learned_and_nothing_else",
    ),
    bug(
        "user text learned",
        "chat_format.py::render",
        '[message["role"] == "assistant"] * len(body)',
        "[True] * len(body)",
        "chat_format::special_tokens_in_a_users_text_stay_text_and_are_never_learned",
    ),
    bug(
        "the header is learned",
        "chat_format.py::render",
        "[False] * len(head)",
        '[message["role"] == "assistant"] * len(head)',
        "chat_format::the_answer_and_its_end_are_learned_and_nothing_else[fish]",
    ),
    bug(
        "header and answer encoded as one string",
        "chat_format.py::render",
        'head = [tokenizer.im_start, *tokenizer.encode(message["role"] + "\\n")]\n'
        'body = [*tokenizer.encode(message["content"].strip()), tokenizer.im_end]',
        "head = [tokenizer.im_start]\n"
        'text = message["role"] + "\\n" + message["content"].strip()\n'
        "body = [*tokenizer.encode(text), tokenizer.im_end]",
        "chat_format::the_answer_and_its_end_are_learned_and_nothing_else[\\n\\n  x]",
    ),
    bug(
        "a session forgets the newest turns",
        "chat.py::ChatSession._prompt",
        "del self.messages[:2]",
        "del self.messages[-2:]",
        "chat::the_oldest_turns_are_forgotten_first_and_the_system_message_never",
    ),
    # --- training
    bug(
        "gradients are means of means",
        "training.py::train_step",
        "loss_sum(model, x, y) / count",
        "loss_sum(model, x, y) / max(1, int((y != IGNORE).sum())) * len(y) / cfg.batch_size",
        "training::micro_batches_of_any_size_give_the_gradient_of_the_whole_batch[2]",
    ),
    bug(
        "nothing to learn divides by 0",
        "training.py::train_step",
        "max(1, int((targets != IGNORE).sum()))",
        "(targets != IGNORE).sum()",
        "training::a_run_with_nothing_to_learn_has_no_nan",
    ),
    bug(
        "weight decay on vectors",
        "training.py::make_optimizers",
        '{"params": vectors, "weight_decay": 0.0}',
        '{"params": vectors, "weight_decay": cfg.weight_decay}',
        "training::weight_decay_is_for_matrices_only_and_no_parameter_is_forgotten",
    ),
    bug(
        "Muon is given the tables as well",
        "training.py::make_optimizers",
        "[p for block in model.blocks for p in block.parameters() if p.dim() == 2]",
        "[p for p in model.parameters() if p.dim() == 2]",
        "training::muon_takes_the_matrices_of_the_blocks_and_adamw_all_else",
    ),
    bug(
        "a Newton-Schulz step without its fifth power",
        "muon.py::newton_schulz",
        "-4.7750 * gram + 2.0315 * gram @ gram",
        "-4.7750 * gram",
        "muon::singular_values_move_to_about_1_and_the_vectors_stay[1.0-shape0]",
    ),
    bug(
        "Muon's matrices of one shape share a length",
        "muon.py::newton_schulz",
        "x.norm(dim=(-2, -1), keepdim=True)",
        "x.norm()",
        "muon::matrices_of_one_shape_move_each_alone",
    ),
    bug(
        "Muon's step depends on the shape",
        "muon.py::Muon.step",
        "-0.2 * max(shape) ** 0.5 * rate",
        "-rate",
        "muon::a_step_has_the_size_of_adamws_whatever_the_shape[shape1]",
        "muon::steps_are_those_of_pytorch_but_for_its_rounding[shape1]",
    ),
    bug(
        "traits dealt to he and she from one deck",
        "corpus/world.py::make_world",
        "f\"{attribute} {name.en.shapes['he']}\"",
        "attribute",
        "talk::no_trait_belongs_to_he_or_she[0]",
    ),
    bug(
        "the assistant takes over a wrong correction",
        "corpus/honesty.py::doubt",
        "talk.INSISTENCE[case]",
        "'You are right. {wrong}'",
        "talk::the_assistant_does_not_cave[en]",
        "talk::the_assistant_does_not_cave[zh]",
    ),
    bug(
        "held-out questions among the lessons on what is unknown",
        "corpus/honesty.py::ask_unknown",
        "questions.held_out if held_out else questions.train",
        "questions.held_out",
        "talk::held_out_unknowns_are_nowhere",
    ),
    bug(
        "a single row without its bias",
        "model.py::Linear.forward",
        "self.bias.view(self.parts, 1, -1)",
        "torch.zeros(self.parts, 1, 1)",
        "model::a_single_row_is_multiplied_as_many_are[64]",
    ),
    bug(
        "gradients never cleared",
        "training.py::train_step",
        "model.zero_grad()",
        "pass",
        STOPPED,
    ),
    bug(
        "validated with dropout on",
        "training.py::validation_loss",
        "evaluating(model)",
        NO_CONTEXT,
        "training::the_validation_loss_is_the_mean_over_all_targets_without_dropout",
    ),
    bug(
        "dropout differs after resuming",
        "training.py::train_step",
        "torch.manual_seed(cfg.seed * 1_000_003 + step + 7919 * processes.rank)",
        "pass",
        STOPPED,
    ),
    bug(
        "resume begins with the first data again",
        "training.py::train_step",
        "inputs, targets = batches.batch("
        "    range(step * cfg.batch_size, (step + 1) * cfg.batch_size))",
        'n = batches.calls = getattr(batches, "calls", -1) + 1\n'
        "inputs, targets = batches.batch(range(n * cfg.batch_size, (n + 1) * cfg.batch_size))",
        STOPPED,
    ),
    bug(
        "resume begins with the first step again",
        "formats/run_files.py::RunFiles.__init__",
        "self._load() if resume else TrainingState()",
        "TrainingState(best=self._load().best) if resume else TrainingState()",
        STOPPED,
    ),
    bug(
        "best never updated",
        "training.py::train.evaluate_and_save",
        "state.best is None or loss < state.best",
        "state.best is None",
        "training::the_best_weights_and_the_last_are_kept_apart[losses0-3]",
    ),
    bug(
        "best overwritten by what is worse",
        "training.py::train.evaluate_and_save",
        "state.best is None or loss < state.best",
        "True",
        "training::the_best_weights_and_the_last_are_kept_apart[losses0-3]",
    ),
    bug(
        "steps on with NaN",
        "training.py::train_step",
        "not math.isfinite(loss) or not math.isfinite(norm)",
        "False",
        "training::a_loss_that_is_no_number_stops_the_run_and_keeps_what_was_before[loss]",
    ),
    bug(
        "NaN gradients overlooked",
        "training.py::train_step",
        "not math.isfinite(loss) or not math.isfinite(norm)",
        "not math.isfinite(loss)",
        "training::a_loss_that_is_no_number_stops_the_run_and_keeps_what_was_before[gradient]",
    ),
    bug(
        "Ctrl-C in the last step is lost",
        "training.py::train",
        "processes.total(bool(signals))[0]",
        "processes.total(bool(signals))[0] and state.step < cfg.steps",
        "training::stopped_in_any_step_and_resumed_is_as_never_stopped[6-0.2]",
        "training::stopped_in_an_evaluation_and_resumed_is_as_never_stopped[7]",
    ),
    # --- files
    bug(
        "resume forgets the moments of AdamW",
        "formats/run_files.py::RunFiles._load",
        "assign(self._tensors(), tensors, path, self.processes.copy)",
        "assign(self._tensors(), tensors, path, self.processes.copy)\n"
        "self.optimizers[1].state.clear()",
        STOPPED,
        "run_files::model_optimizers_and_state_come_back_bit_for_bit",
    ),
    bug(
        "resume forgets the momentum of Muon",
        "formats/run_files.py::RunFiles._load",
        "assign(self._tensors(), tensors, path, self.processes.copy)",
        "assign(self._tensors(), tensors, path, self.processes.copy)\n"
        "self.optimizers[0].state.clear()",
        STOPPED,
        "run_files::model_optimizers_and_state_come_back_bit_for_bit",
    ),
    bug(
        "log not cut on resume",
        "formats/run_files.py::Log.__init__",
        '[line for line in read_log(path) if line["step"] <= step]',
        "read_log(path)",
        "run_files::a_log_is_cut_behind_the_step_that_a_run_goes_on_from",
        "training::a_failure_at_any_file_and_a_resume_is_as_never_failed",
    ),
    bug(
        "other settings passed over",
        "formats/run_files.py::load_state",
        "now.get(key) != then.get(key)",
        "False",
        "run_files::a_state_of_other_settings_is_refused_by_name",
    ),
    bug(
        "two writers in one place",
        "formats/files.py::_workplace",
        "_lock(_lock_of(path), path)",
        "suppress()",
        "files::of_two_writers_of_one_name_the_second_is_refused[replacing]",
        "files::of_two_writers_of_one_name_the_second_is_refused[new_folder]",
    ),
    bug(
        "a living writer's place removed",
        "formats/files.py::remove_partial",
        "_lock(_lock_of(path), path)",
        "suppress()",
        "files::what_killed_writers_left_is_removed_and_what_living_ones_make_is_not",
    ),
    bug(
        "a damaged line in the middle of a log passed over",
        "formats/run_files.py::read_log",
        "None in values",
        "False",
        "run_files::another_line_that_is_none_is_named_and_nothing_is_cut[{}]",
    ),
    bug(
        "a checkpoint written in place",
        "formats/files.py::save_tensors",
        "save_file(tensors, new, metadata)",
        "save_file(tensors, path, metadata)\nsave_file(tensors, new, metadata)",
        "files::a_save_that_fails_half_way_leaves_the_old_file_and_no_other",
    ),
    bug(
        "missing weights passed over",
        "formats/checkpoints.py::check_tensors",
        '[f"{name} is missing" for name in wanted if name not in tensors]',
        "[]",
        "checkpoints::weights_that_do_not_fit_are_refused_with_the_names_that_differ"
        "[<lambda>-norm.scale is missing]",
    ),
    bug(
        "names of version 0.1 not understood",
        "formats/checkpoints.py::renamed",
        "name.replace(old, new)",
        "name",
        "checkpoints::weights_of_version_0_1_load",
    ),
    bug(
        "a start is computed for weights that are loaded",
        "formats/checkpoints.py::model_with",
        "empty_model(cfg)",
        "QdogBabyLearnLLM(cfg)",
        "checkpoints::loading_draws_no_random_numbers_and_computes_no_start",
    ),
    # --- runs
    bug(
        "fine-tuning without text",
        "runs/recipe.py::fine_tuning_documents",
        "size // 2",
        "0",
        "recipe::fine_tuning_has_every_conversation_and_half_as_much_text_again",
    ),
    bug(
        "a folder that is not a run is taken over",
        "runs/stage.py::open_run",
        "folder.exists() and not path.exists() and any(not _is_early(p) for p in folder.iterdir())",
        "False",
        "stage::a_folder_of_other_things_is_not_taken_over",
    ),
    bug(
        "a run goes on with other settings",
        "runs/stage.py::open_run",
        '_check_settings(folder, read_json_object(path, "run"), settings)',
        "pass",
        "stage::a_run_is_come_back_to_with_its_own_settings_only",
    ),
    bug(
        "a run of another format is gone on with",
        "runs/stage.py::_check_settings",
        'then.get("format") != FORMAT',
        "False",
        "stage::a_run_of_the_format_before_is_refused_in_a_sentence",
    ),
    bug(
        "two commands write to one run",
        "runs/stage.py::open_run",
        "locked(folder)",
        NO_CONTEXT,
        "stage::two_commands_never_write_to_one_folder",
    ),
    bug(
        "a finished run is not marked",
        "runs/stage.py::open_run",
        "(folder / DONE).touch()",
        "pass",
        "stage::a_run_is_come_back_to_with_its_own_settings_only",
    ),
    bug(
        "a finished stage is not marked",
        "runs/stage.py::run_stage",
        "(folder / DONE).touch()",
        "pass",
        "stage::a_stage_leaves_its_files_and_is_done_once",
    ),
    bug(
        "a part with nothing to learn is accepted",
        "runs/stage.py::prepare_stage",
        "not file.info.bytes",
        "False",
        "stage::a_part_with_nothing_to_learn_is_refused[valid]",
    ),
]

# Those that `make test` plants, too; the others take minutes and are for `make test-all`.
ALWAYS = {
    "no causal mask in the fused path",
    "mask off by one: sees the next token",
    "positions not offset by the cache",
    "rotation the wrong way",
    "top-p leaves out the token that crosses p",
    "cache kept when the window slides",
    "target not shifted",
    "validation text is trained on, too",
    "the header is learned",
    "gradients are means of means",
    "resume begins with the first step again",
    "a checkpoint written in place",
}


# --- running them -------------------------------------------------------------------------------

# For each line of input, [folder, tests]: run them with that folder first on the path; answer with
# the exit code.
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
        plain = ["-c", "pytest.ini", "--rootdir", folder, "-p", "no:cacheprovider"]
        plain += ["-p", "no:nbval", "-q", "--tb=line"]
        code = pytest.main([*plain, *("tests/" + test for test in tests)])
        sys.stdout.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

# The copy's own conftest.py: an error here is an exit code that is neither "passed" nor "failed".
WITNESS = """
from pathlib import Path
import minillm.model
from hypothesis import Phase, settings
# The same examples each time; the first that fails is enough.
settings.register_profile("mutants", derandomize=True, phases=[Phase.explicit, Phase.generate])
settings.load_profile("mutants")
here = Path(__file__).resolve().parent / "minillm" / "model.py"
assert Path(minillm.model.__file__).resolve() == here, minillm.model.__file__
"""

SETTINGS = """[pytest]
markers =
    bench: measures speed
    deep: takes long
"""


@pytest.fixture(scope="module")
def runner():
    """Run tests on a copy of the package: `runner(folder, tests)` gives exit code and output."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTHONPATH", None)
    environment.pop("PYTEST_ADDOPTS", None)
    with subprocess.Popen(
        [sys.executable, "-c", RUNNER],
        cwd="/",
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def run(folder: Path, tests: Iterable[str]) -> tuple[int, str]:
            print(json.dumps([str(folder), list(tests)]), file=process.stdin, flush=True)
            answer = process.stdout.readline()
            assert answer, "the runner has died"
            return int(answer), (folder / "output.txt").read_text(encoding="utf-8")

        yield run
        process.stdin.close()


def copy_package(folder: Path, tests: Iterable[str]) -> None:
    """The package and these tests, in a folder that knows nothing of the repository."""
    left_out = shutil.ignore_patterns("__pycache__", "weights")
    shutil.copytree(PACKAGE, folder / "minillm", ignore=left_out)
    (folder / "tests").mkdir()
    for name in {"conftest.py", *(test.split("::")[0] for test in tests)}:
        shutil.copy(ROOT / "tests" / name, folder / "tests" / name)
    (folder / "conftest.py").write_text(WITNESS, encoding="utf-8")
    (folder / "pytest.ini").write_text(SETTINGS, encoding="utf-8")


def test_every_bug_can_be_planted():
    for mutant in MUTANTS:
        source = (PACKAGE / mutant.file).read_text(encoding="utf-8")
        compile(mutant.planted(source), mutant.file, "exec")


@pytest.mark.parametrize(
    "mutant",
    [
        pytest.param(mutant, id=mutant.name, marks=[] if mutant.name in ALWAYS else [DEEP])
        for mutant in MUTANTS
    ],
)
def test_a_planted_bug_is_caught(mutant, runner, tmp_path):
    copy_package(tmp_path, mutant.tests)
    path = tmp_path / "minillm" / mutant.file
    path.write_text(mutant.planted(path.read_text(encoding="utf-8")), encoding="utf-8")
    code, output = runner(tmp_path, mutant.tests)
    assert code == 1, output  # 0: not caught; 2 to 5: the tests could not be run
    assert f"{len(mutant.tests)} failed" in output, output
    assert "passed" not in output, output
    assert " error" not in output.splitlines()[-1], output


@DEEP  # as `make test` runs these tests anyway
def test_without_a_bug_the_same_tests_pass(runner, tmp_path):
    tests = sorted({test for mutant in MUTANTS for test in mutant.tests})
    copy_package(tmp_path, tests)
    for file in sorted({mutant.file for mutant in MUTANTS}):  # written as with a bug
        path = tmp_path / "minillm" / file
        path.write_text(ast.unparse(ast.parse(path.read_text(encoding="utf-8"))), encoding="utf-8")
    code, output = runner(tmp_path, tests)
    assert code == 0, output
    assert f"{len(tests)} passed" in output, output


# --- the machinery itself -----------------------------------------------------------------------

SOURCE = """
class A:
    def f(self):
        x = g(1,   # why
              2)
        y = 3
        return x + y

def f(): return 3
"""


@pytest.mark.parametrize(
    ("where", "old", "new", "line"),
    [
        ("m.py", "g(1, 2)", "0", "x = 0"),  # an expression, however it is laid out
        ("m.py::A.f", "y = 3\nreturn x + y", "return x", "return x"),  # statements in a row
        ("m.py::f", "3", "4", "return 4"),  # in this function only
        ("m.py::A", "x + y", "x - y", "return x - y"),
    ],
)
def test_a_bug_is_planted_by_structure(where, old, new, line):
    lines = bug("a name", where, old, new).planted(SOURCE).splitlines()
    before = ast.unparse(ast.parse(SOURCE)).splitlines()
    assert [text.strip() for text in lines if text not in before] == [line]


@pytest.mark.parametrize(
    ("where", "old", "message"),
    [
        ("m.py", "g(1, 3)", r"a name: 0 times in m.py"),
        ("m.py", "3", r"a name: 2 times in m.py"),
        ("m.py::A.g", "3", r"m.py::A.g: g is defined 0 times"),
    ],
)
def test_a_bug_that_fits_nowhere_or_twice_is_refused_by_name(where, old, message):
    with pytest.raises(AssertionError, match=message):
        bug("a name", where, old, "0").planted(SOURCE)


def test_a_test_that_does_not_exist_is_not_taken_for_a_catch(runner, tmp_path):
    copy_package(tmp_path, ["test_rules.py"])
    assert runner(tmp_path, ["test_rules.py::test_of_nothing"])[0] == 4


def test_the_copy_is_what_is_tested(runner, tmp_path):
    copy_package(tmp_path, ["test_rules.py"])
    (tmp_path / "minillm" / "model.py").unlink()
    # As the witness found no model, not even another.
    assert runner(tmp_path, ["test_rules.py"])[0] == 4


def test_every_mutant_has_a_name_of_its_own():
    names = {mutant.name for mutant in MUTANTS}
    assert len(names) == len(MUTANTS)
    assert names >= ALWAYS
