"""Finds the procedure that somebody means, by everyday words: with or without accents, mistyped, spoken, English.

Each way to say a procedure is a phrase of syllables and of pairs of neighbours. A query is compared with every phrase:
what of the query the phrase covers counts most, what of the phrase the query covers counts less. Pure.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from msgspec import Struct

from motcua.procedures.model import EverydayWords, Procedure
from motcua.procedures.rules.folding import fold, fold_last, list_shorter, make_sound_key, split_accented, undo_typing

WARD = "ward"
_LIGHT = 0.18
_PAIR = 0.75
_OFFICIAL, _NAME, _SAYING = 0.8, 1.0, 1.0
_OF_QUERY, _OF_PHRASE, _OF_ALL = 0.68, 0.32, 0.3
_WARD_BONUS = 0.12
_ELSEWHERE = 0.85
_ACCENTS = 0.2
_RANKED_ANEW = 40
_UNKNOWN_WEIGHT = 3.0
_CORRECTED = 0.9
_LEAST = 0.22
_SHORTEST_SLIP = 4
_LONGEST_PIECE = 11
_USUAL_PAIR = 0.6
_TONES = "sfrxj12345"
_MOST_COMPLETIONS = 40


class _Phrase(Struct, frozen=True):
    document: int
    weight: float
    total: float


@dataclass
class SearchIndex:
    """Procedures prepared for `search`. Made once by `build_index`."""

    procedures: list[Procedure]
    light: frozenset[str]
    same: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    longest: int = 1
    phrases: list[_Phrase] = field(default_factory=list)
    by_feature: dict[str, list[int]] = field(default_factory=dict)
    documents: dict[str, list[int]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    syllables: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    usual: set[str] = field(default_factory=set)
    sounds: dict[str, list[str]] = field(default_factory=dict)
    shorter: dict[str, list[str]] = field(default_factory=dict)
    accented: list[frozenset[str]] = field(default_factory=list)


def _rewrite(index: SearchIndex, words: list[str]) -> list[str]:
    """Return `words` with each known way of saying a thing written as the index has it, the longest first."""
    result: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(index.longest, len(words) - at), 0, -1):
            other = index.same.get(tuple(words[at : at + size]))
            if other is not None:
                result.extend(other)
                at += size
                break
        else:
            result.append(words[at])
            at += 1
    return result


def _list_pairs(words: list[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(words)]


def _list_features(words: list[str]) -> list[str]:
    """Return the syllables and pairs of `words`, each once."""
    return list(dict.fromkeys([*words, *_list_pairs(words)]))


def build_index(procedures: Iterable[Procedure], everyday: EverydayWords) -> SearchIndex:
    """Return what `search` reads, for `procedures` in the order in which equals are listed."""
    index = SearchIndex(list(procedures), frozenset(word for light in everyday.light for word in fold(light)))
    index.same = {tuple(fold(saying)): tuple(fold(meaning)) for saying, meaning in everyday.same.items()}
    index.longest = max(map(len, index.same), default=1)
    spoken: list[tuple[int, float, list[str]]] = []
    for number, item in enumerate(index.procedures):
        sayings = (*item.words, *everyday.sayings.get(item.code, ()), everyday.english.get(item.code, ""))
        texts = [(item.name, _NAME), (item.official_name, _OFFICIAL), *((text, _SAYING) for text in sayings)]
        if item.field:
            texts.append((item.field, _OFFICIAL))
        index.accented.append(frozenset(word for text, _weight in texts for word in split_accented(text)))
        seen: set[tuple[str, ...]] = set()
        for text, weight in texts:
            written = fold(text)
            index.counts.update(written)
            words = _rewrite(index, written)
            if not words or tuple(words) in seen:
                continue
            seen.add(tuple(words))
            index.counts.update(words)
            if item.level == WARD:
                index.usual.update(_list_pairs(written))
            spoken.append((number, weight, _list_features(words)))
    for saying in index.same:
        index.counts.update(saying)
        index.usual.update(_list_pairs(list(saying)))
    _weigh(index, spoken)
    _prepare_spelling(index)
    return index


def _weigh(index: SearchIndex, spoken: list[tuple[int, float, list[str]]]) -> None:
    """Give each syllable and pair the weight of how few procedures have it."""
    holders: dict[str, set[int]] = {}
    for number, _weight, features in spoken:
        for feature in features:
            holders.setdefault(feature, set()).add(number)
    count = len(index.procedures)
    for feature, numbers in holders.items():
        parts = feature.split()
        light = sum(part in index.light for part in parts) / len(parts)
        share = _PAIR if len(parts) > 1 else 1.0
        index.weights[feature] = share * (1 - light * (1 - _LIGHT)) * log(1 + count / len(numbers))
        index.documents[feature] = sorted(numbers)
    for number, weight, features in spoken:
        total = sum(index.weights[feature] for feature in features)
        for feature in features:
            index.by_feature.setdefault(feature, []).append(len(index.phrases))
        index.phrases.append(_Phrase(number, weight, total))


def _prepare_spelling(index: SearchIndex) -> None:
    index.syllables = sorted(index.counts)
    for word in index.syllables:
        if word.isalpha():
            index.sounds.setdefault(make_sound_key(word), []).append(word)
            if len(word) >= _SHORTEST_SLIP - 1:
                for form in list_shorter(word):
                    index.shorter.setdefault(form, []).append(word)


# --- spelling ---------------------------------------------------------------------------------------------------------


def _cut(index: SearchIndex, word: str) -> list[str]:
    """Return `word` cut into known syllables where its blanks are missing, [] where it cannot be cut.

    Few pieces are better than many, and pieces that people say together better than others.
    """
    best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for begin in range(max(0, end - _LONGEST_PIECE), end):
            before, piece = best[begin], fold_last(word[begin:end])
            if before is None or piece not in index.counts or (end - begin == 1 and piece not in "oiy"):
                continue
            cost, pieces = before
            is_usual = bool(pieces) and f"{pieces[-1]} {piece}" in index.usual
            cost += 1.0 - (_USUAL_PAIR if is_usual else 0.0)
            here = best[end]
            if here is None or cost < here[0]:
                best[end] = (cost, [*pieces, piece])
    whole = best[-1]
    return whole[1] if whole else []


def _mend(index: SearchIndex, word: str) -> list[str]:
    """Return `word` as known syllables where a typing method or a missing blank explains it, else as it is."""
    if word in index.counts:
        return [word]
    bare = undo_typing(word)
    if bare in index.counts:
        return [bare]
    for text in (word, word[:-1] if word[-1] in _TONES else "", bare):
        pieces = _cut(index, text) if len(text) > _SHORTEST_SLIP else []
        if pieces:
            return pieces
    return [word]


def _list_similar(index: SearchIndex, word: str) -> list[str]:
    """Return known syllables that sound like `word` or are one slip of the finger from it, the usual ones first."""
    similar = set(index.sounds.get(make_sound_key(word), ()))
    if word not in index.counts and len(word) >= _SHORTEST_SLIP - 1:
        for form in list_shorter(word):
            similar.update(index.shorter.get(form, ()))
    similar.discard(word)
    return sorted(similar, key=lambda other: (-index.counts[other], other))


def _list_completions(index: SearchIndex, word: str, before: str | None) -> list[str]:
    """Return syllables that begin with `word`, which is still being typed."""
    begin = bisect_left(index.syllables, word)
    completions: list[str] = []
    for other in index.syllables[begin:]:
        if not other.startswith(word):
            break
        if before is None or f"{before} {other}" in index.usual or f"{before} {other}" in index.weights:
            completions.append(other)
    return sorted(completions, key=lambda other: (-index.counts[other], other))[:_MOST_COMPLETIONS]


def _correct(index: SearchIndex, words: list[str]) -> list[str]:
    """Return `words` where syllables that make no sense beside their neighbours are written as those that do."""
    result = list(words)
    for at, word in enumerate(words):
        before = result[at - 1] if at else None
        after = words[at + 1] if at + 1 < len(words) else None
        fits = [pair for pair in (f"{before} {word}", f"{word} {after}") if pair in index.usual]
        if fits:
            continue
        is_last = after is None
        others = _list_similar(index, word)
        if is_last:
            others = [*_list_completions(index, word, before), *others]
        chosen = next(
            (other for other in others if f"{before} {other}" in index.usual or f"{other} {after}" in index.usual), None
        )
        if chosen is None and word not in index.counts and others:
            chosen = others[0]
        if chosen is not None:
            result[at] = chosen
    return result


# --- the search -------------------------------------------------------------------------------------------------------


def _score(index: SearchIndex, words: list[str]) -> dict[int, float]:
    """Return how well each procedure answers `words`, 0 to about 1.4; only those that share a syllable."""
    features = {name: index.weights[name] for name in _list_features(words) if name in index.weights}
    if not features:
        return {}
    total = sum(features.values()) + _UNKNOWN_WEIGHT * sum(word not in index.weights for word in words)
    phrases: dict[int, float] = {}
    documents: dict[int, float] = {}
    for feature, weight in features.items():
        for number in index.by_feature[feature]:
            phrases[number] = phrases.get(number, 0.0) + weight
        for number in index.documents[feature]:
            documents[number] = documents.get(number, 0.0) + weight
    best: dict[int, float] = {}
    for number, covered in phrases.items():
        phrase = index.phrases[number]
        score = phrase.weight * (_OF_QUERY * covered / total + _OF_PHRASE * covered / phrase.total)
        if score > best.get(phrase.document, 0.0):
            best[phrase.document] = score
    return {number: score + _OF_ALL * documents[number] / total for number, score in best.items()}


def _find_by_code(index: SearchIndex, query: str) -> list[Procedure]:
    digits = "".join(letter for letter in query if letter.isdigit())
    is_code = len(digits) >= _SHORTEST_SLIP and all(letter.isdigit() or letter in ". -" for letter in query)
    return [item for item in index.procedures if is_code and item.code.replace(".", "").startswith(digits)]


def search(index: SearchIndex, query: str, limit: int = 10) -> list[Procedure]:
    """Return at most `limit` procedures that `query` may mean, best first; those of the ward before equals."""
    by_code = _find_by_code(index, query[:20].strip())
    if by_code:
        return by_code[:limit]
    words = [piece for word in fold(query) for piece in _mend(index, word)]
    scores = _score(index, _rewrite(index, words))
    corrected = _correct(index, words)
    if corrected != words:
        for number, score in _score(index, _rewrite(index, corrected)).items():
            scores[number] = max(scores.get(number, 0.0), _CORRECTED * score)
    ranked = sorted(
        (-(score + _WARD_BONUS if index.procedures[number].level == WARD else score * _ELSEWHERE), number)
        for number, score in scores.items()
        if score > _LEAST
    )
    written = set(split_accented(query))
    if written:
        nearest = [
            (score - _ACCENTS * len(written & index.accented[number]) / len(written), number)
            for score, number in ranked[:_RANKED_ANEW]
        ]
        ranked = sorted(nearest) + ranked[_RANKED_ANEW:]
    return [index.procedures[number] for _score_of, number in ranked[:limit]]
