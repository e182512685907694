# Answers that the checks of 07 must refuse, each with a word of what they should say about it.

import torch


def back(w):
    place = torch.arange(w.shape[-1])
    return place[:, None] - place[None, :]


def favourite(w):
    return (torch.arange(w.shape[-1]) - w.argmax(dim=-1)).float().mean(dim=-1)


WRONG = {
    "check_merge_heads": [
        (lambda y: y.reshape(y.shape[0], y.shape[2], -1), "mixed up"),
        (lambda y: y.transpose(1, 2).view(y.shape[0], y.shape[2], -1), "reshape"),
        (lambda y: y.permute(0, 2, 3, 1).reshape(y.shape[0], y.shape[2], -1), "stay together"),
        (lambda y: y.transpose(1, 2), "(2, 3, 4, 2)"),
        (lambda y: y.flip(1).transpose(1, 2).reshape(y.shape[0], y.shape[2], -1), "order is not"),
    ],
    "check_mean_distance": [
        (lambda w: (w * back(w).T).sum(dim=-1).mean(dim=-1), "Sign"),
        (lambda w: (w * back(w)).sum(dim=(-1, -2)), "The sum"),
        (lambda w: (w * back(w)).mean(dim=(-1, -2)), "once too often"),
        (lambda w: (w * (back(w) + 1)).sum(dim=-1).mean(dim=-1), "One too far"),
        (lambda w: (w * back(w)).sum(dim=(-1, -2)) / (w.shape[-1] - 1), "T − 1"),
        (lambda w: (w * back(w)).sum(dim=-1), "(4, 4)"),
        (lambda w: (w * back(w) ** 2).sum(dim=-1).mean(dim=-1), "1.5"),
        (favourite, "favourite"),
    ],
    "check_entropy": [
        (lambda w: -(w * w.log()).sum(dim=-1), "NaN"),
        (lambda w: -torch.special.entr(w).sum(dim=-1), "Sign"),
        (lambda w: torch.special.entr(w).sum(dim=-1) / torch.tensor(2.0).log(), "bits"),
        (lambda w: torch.special.entr(w).sum(dim=-2), "Axis"),
        (lambda w: torch.special.entr(w).mean(dim=-1), "The mean"),
        (lambda w: torch.special.entr(w).sum(dim=(-1, -2)), "(3,)"),
        (lambda w: 1 - (w**2).sum(dim=-1), "ln 4"),
    ],
}
