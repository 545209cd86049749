"""What each head is told of its mistakes, per word of the batch, so that a data set weighs as much as it has words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from training.batches import Batch, sentences_of, value_rows
from training.items import ALLOWED, NONE
from training.labels import CHAINS, OFFSETS, VALUES
from training.model import WIDTH, Network

#: What is taken off a tag's logit: barred, allowed, unlikely (one in fifty).
LOWERED = (-1e4, 0.0, math.log(0.02))
SIZES = {OFFSETS[name]: len(held) for name, held in VALUES.items()}


def losses(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """The loss of every head that the batch has labels for, summed over its words and divided by all words.

    Args:
        words: the trunk's state of each word, shape (windows, words, width).
    """
    found = {
        **_syntax(network, batch, words),
        **_names(network, batch, words),
        **_attribution(network, batch, words),
        **_findings(network, batch, words),
    }
    total = float(batch.words.sum())
    return {name: loss / total for name, loss in found.items()}


def _syntax(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    upos = batch.padded([item.upos for item in batch.items], NONE, dtype=torch.long)
    lemmas = batch.padded([item.lemmas for item in batch.items], NONE, dtype=torch.long)
    sentences = sentences_of(batch)
    found: dict[str, Tensor] = {}
    if bool((upos >= 0).any()):
        silver = torch.tensor([0.1 if item.data == "polnear" else 1.0 for item in batch.items], device=upos.device)
        told = upos >= 0
        each = F.cross_entropy(network.syntax.upos(words)[told].float(), upos[told], reduction="none")
        found["upos"] = (each * silver[:, None].expand_as(upos)[told]).sum()
    told = lemmas >= 0
    if bool(told.any()):
        found["lemma"] = F.cross_entropy(network.syntax.lemma(words[told]).float(), lemmas[told], reduction="sum")
    if sentences is None:
        return found
    held = words[sentences.row[:, None], sentences.word] * sentences.mask[:, :, None]
    _, _, arcs = network.syntax(held, sentences.mask)
    told = sentences.heads >= 0
    found["arcs"] = F.cross_entropy(arcs[told], sentences.heads[told], reduction="sum")
    told = told & (sentences.relations >= 0)
    padded = torch.cat((torch.zeros_like(held[:, :1]), held), 1)
    governors = padded.gather(1, sentences.heads.clamp(min=0)[:, :, None].expand(-1, -1, WIDTH))
    logits = network.relations(held[told], governors[told]).float()
    found["relations"] = F.cross_entropy(logits, sentences.relations[told], reduction="sum")
    return found


def _names(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """The probability of all tags that a word may have, where a data set leaves more than one open."""
    rows = [row for row, item in enumerate(batch.items) if item.outer is not None]
    if not rows:
        return {}
    outer, inner = network.names(words[rows], batch.words[rows])
    weigh = torch.tensor([0.4 if batch.items[row].data == "polnear" else 1.0 for row in rows], device=words.device)
    found: dict[str, Tensor] = {"names": _allowed(batch, outer, rows, [batch.items[row].outer for row in rows], weigh)}
    nesting = [at for at, row in enumerate(rows) if batch.items[row].inner is not None]
    if nesting:
        chosen = [rows[at] for at in nesting]
        inside = [batch.items[row].inner for row in chosen]
        found["inner names"] = _allowed(batch, inner[nesting], chosen, inside, weigh[nesting])
    return found


def _allowed(batch: Batch, logits: Tensor, rows: list[int], allowed: Sequence[object], weigh: Tensor) -> Tensor:
    logits = logits.float()
    lowered = torch.tensor(LOWERED, device=logits.device)
    some = torch.logsumexp(logits + lowered[batch.padded(allowed, ALLOWED, dtype=torch.long)], 2)
    each = torch.logsumexp(logits, 2) - some
    loss: Tensor = (each * batch.words[rows] * weigh[:, None]).sum()
    return loss


def _attribution(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    rows = [row for row, item in enumerate(batch.items) if item.attribution is not None]
    if not rows:
        return {}
    emissions, links = network.attribution(words[rows], batch.words[rows])
    tags = batch.padded([batch.items[row].attribution for row in rows], 0, dtype=torch.long)
    loss = network.attribution_chain.loss(emissions[:, :, None], tags[:, :, None], batch.words[rows])
    picked, cues, right = [], [], []
    for at, row in enumerate(rows):
        item = batch.items[row]
        order = {cue: number for number, cue in enumerate(item.cues)}
        for role, word, cue in item.links:
            picked.append((at, role, word))
            cues.append(item.cues)
            right.append(order.get(cue, len(item.cues)))
    found = {"attribution": loss.sum()}
    if picked:
        found["links"] = _linked(links, picked, cues, right)
    return found


def _linked(links: Tensor, picked: list[tuple[int, int, int]], cues: list[tuple[int, ...]], right: list[int]) -> Tensor:
    """Each word of a source or content picks its cue among the cues of the window, or none (score 0)."""
    most = max(len(held) for held in cues) + 1
    index = torch.zeros(len(picked), most, dtype=torch.long)
    scored = torch.full((len(picked), most), -1e4)
    device = links.device
    for at, held in enumerate(cues):
        index[at, : len(held)] = torch.tensor(held, dtype=torch.long)
        scored[at, : len(held)] = 0
    rows = torch.tensor(picked, device=device)
    chosen = links[rows[:, 0], rows[:, 1], rows[:, 2]].gather(1, index.to(device)) + scored.to(device)
    none = torch.tensor([len(held) for held in cues], device=device)
    chosen = chosen.scatter(1, none[:, None], 0.0)
    return F.cross_entropy(chosen, torch.tensor(right, device=device), reduction="sum")


def _findings(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    rows = [row for row, item in enumerate(batch.items) if item.chains is not None]
    if not rows:
        return {}
    mask = batch.words[rows]
    sentence = batch.padded([item.sentence for item in batch.items], NONE, dtype=torch.long)[rows]
    tags, verdicts, roles, values = network.findings(words[rows], mask, sentence)
    gold = batch.padded([batch.items[row].chains for row in rows], 0, dtype=torch.long)
    found = {"findings": network.findings_chain.loss(tags, gold, mask).sum()}
    same = ((sentence[:, :, None] == sentence[:, None, :]) & (mask[:, None, :] > 0)).float()
    holds = (same @ (gold > 0).float() > 0).float()
    each = F.binary_cross_entropy_with_logits(verdicts, holds, reduction="none") * mask[:, :, None]
    found["verdicts"] = each.sum() * (9 / len(CHAINS))
    pairs = [(at, batch.items[row].roles) for at, row in enumerate(rows)]
    logits, fills = [], []
    for at, held in pairs:
        if held is not None and len(held.role):
            indices = (torch.from_numpy(held.role), torch.from_numpy(held.anchor), torch.from_numpy(held.mention))
            logits.append(roles[at][tuple(index.to(roles.device) for index in indices)])
            fills.append(torch.from_numpy(held.fills).to(roles.device))
    if logits:
        found["roles"] = F.binary_cross_entropy_with_logits(torch.cat(logits), torch.cat(fills), reduction="sum")
    means, told = value_rows(batch)
    if told:
        place = {row: at for at, row in enumerate(rows)}
        pooled = torch.einsum("nw,nwv->nv", means, values[[place[row] for row, _, _ in told]])
        each_value = [
            F.cross_entropy(pooled[at, start : start + SIZES[start]], torch.tensor(value, device=pooled.device))
            for at, (_, start, value) in enumerate(told)
        ]
        found["values"] = torch.stack(each_value).sum()
    return found
