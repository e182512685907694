# Answers that the checks of 09 must refuse, each with a word of what they should say about it.


def count(cfg, bias=True, norm=True, positions=True, tables=2, layers=None, rows=None):
    C, V = cfg.emb_dim, cfg.vocab_size
    block = 12 * C * C + 13 * C
    total = tables * V * C + (layers or cfg.num_hidden_layers) * block
    return total + bias * V + norm * 2 * C + positions * (rows or cfg.context_size) * C


def last(m, ids):
    return m(ids)[:, -1].detach()


WRONG = {
    "check_training_bytes": [
        (lambda m, o: 3 * m + 4 * o, "each has 4 bytes"),
        (lambda m, o: 4 * (m + o), "parameters alone"),
        (lambda m, o: 4 * m + 8 * o, "gradients are missing"),
        (lambda m, o: 8 * (m + o), "optimizer keeps something"),
        (lambda m, o: 8 * m + 12 * o, "Either"),
        (lambda m, o: 12 * (m + o), "AdamW keeps two"),
        (lambda m, o: 16 * (m + o), "Muon keeps one"),
        (lambda m, o: 16 * m + 12 * o, "Exchanged"),
        (lambda m, o: 96 * m + 128 * o, "bits"),
        (lambda m, o: 20 * (m + o), "3 numbers"),
    ],
    "check_count_parameters": [
        (lambda c: count(c, bias=False), "bias"),
        (lambda c: count(c, norm=False), "LayerNorm"),
        (lambda c: count(c, positions=False), "positions are missing"),
        (lambda c: count(c, tables=1), "two tables"),
        (lambda c: count(c, tables=1, bias=False), "head is missing"),
        (lambda c: count(c, layers=1), "One block"),
        (lambda c: count(c, rows=c.vocab_size), "each position"),
        (lambda c: count(c, layers=3), "left in it"),
        (lambda c: 0, "part by part"),
    ],
    "check_next_probabilities": [
        (lambda m, ids: m(ids).softmax(dim=-1), "every position"),
        (lambda m, ids: last(m, ids), "logits"),
        (lambda m, ids: last(m, ids).log_softmax(dim=-1), "logarithms"),
        (lambda m, ids: m(ids)[:, 0].softmax(dim=-1), "first token"),
        (lambda m, ids: m(ids)[:, -2].softmax(dim=-1), "too early"),
        (lambda m, ids: last(m, ids).softmax(dim=0), "each column"),
        (lambda m, ids: m(ids).mean(dim=1).softmax(dim=-1), "The mean"),
        (lambda m, ids: m(ids).softmax(dim=1)[:, -1], "positions"),
        (lambda m, ids: m(ids)[:, -1].softmax(dim=-1), "gradients"),
        (lambda m, ids: m(ids)[-1].softmax(dim=-1), "(4, 20)"),
        (lambda m, ids: last(m, ids).sigmoid(), "numbers are not"),
        (lambda m, ids: last(m, ids).tolist(), "list"),
    ],
}
