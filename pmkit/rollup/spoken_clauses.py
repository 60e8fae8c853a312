"""A spoken answer as clauses: each word with the dates it is said of, whichever of the two comes first."""

from __future__ import annotations

import datetime as dt
import itertools
import re

from pmkit.problems import Fault
from pmkit.rollup.spoken_words import Token


class Clause:
    """One word and the dates it is said of, with the terms that follow it."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.days: list[dt.date] = []
        self.every = self.rest = self.only = False
        self.since: int | None = None  # how many days it had when its heads were said
        self.timed: int | None = None  # and when its times were
        self.spans = 0  # how many days or stretches of days were named
        self.loose = False  # whether times follow days that were named one by one
        self.terms: dict[str, object] = {}

    @property
    def empty(self) -> bool:
        """Whether no dates have been said of it."""
        return not (self.days or self.every or self.rest)

    @property
    def torn(self) -> str:
        """The term that may be of some of the dates or of all: between dates, or after several; empty for none."""
        if self.loose:
            return "times"
        for term, count in (("heads", self.since), ("times", self.timed)):
            if count is not None and ((count and len(self.days) > count) or (self.every and self.days)):
                return term
        return ""


def unclear(message: str) -> Fault:
    """What was said and can be read in two ways, or not at all, with how to say it."""
    return Fault(message, "say: yes, no, maybe 8, yes 5-7 oct, yes except 8, 450/day; free words after a colon")


def exceptions(found: list[Token]) -> list[Token]:
    """`all but 8` and `yes but 8` make an exception; any other `but` joins what is said, and says nothing."""
    kept: list[Token] = []
    for number, token in enumerate(found):
        if token.kind != "but":
            kept.append(token)
            continue
        before, behind = found[number - 1] if number else None, found[number + 1 :]
        on = bool(behind) and behind[0].kind == "days"
        word = next((one for one in behind if one.kind not in ("days", "from", "until", "rate")), None)
        every = before is not None and before.kind == "every"
        if on and (every or word is None or word.kind != "word"):
            kept.append(Token("except", True, token.text))
    return kept


def clauses_of(found: list[Token]) -> list[Clause] | Fault:
    """The words with their dates: `yes 5-7, no 8`, or `5-7 yes, 8 no`; never a mixture of the two."""
    clauses = _clauses(found)
    torn = "" if isinstance(clauses, Fault) else next((clause.torn for clause in clauses if clause.torn), "")
    if not torn:
        return clauses
    message = f"it is not clear of which dates the {torn} are"
    return Fault(message, "say yes before each: yes 5, yes 6-7 from 10am; yes 5 12 heads, yes 6 10 heads")


def _clauses(found: list[Token]) -> list[Clause] | Fault:
    for one, other in itertools.pairwise(found):
        wide = other.kind in ("every", "only") or (other.kind == "word" and other.value in ("no", "maybe"))
        if one.kind == "word" and wide and re.match(r"not|can|won", one.text, re.IGNORECASE) and one.value == "no":
            return unclear(f"{f'{one.text} {other.text}'!r} can be read in two ways")
    kinds = [
        token.kind for token in found if token.kind in ("word", "days", "every", "rest", "only", "heads", "except")
    ]
    if not kinds:
        return []
    if "word" not in kinds:
        # `all`, `10 people on 8`, `only 5-7`, `all except 8`, `first hold 5-7` say yes; dates alone say nothing.
        if not {"every", "heads", "only"} & set(kinds) and not any(token.kind == "rank" for token in found):
            return unclear("dates are named, and neither yes, no nor maybe")
        return _word_first([Token("word", "yes", ""), *found])
    first = next(kind for kind in kinds if kind != "only")
    if first == "word" or kinds[0] == "only":
        return _word_first(found if kinds[0] == "word" else [Token("word", "yes", ""), *found])
    exception = kinds.index("except") if "except" in kinds else len(kinds)
    if kinds.index("word") > exception:  # `all except maybe 8`, `all but 8 yes`
        last = found[-1]
        if kinds[exception + 1] != "word":
            if kinds.count("word") > 1 or last.kind != "word" or last.value != "yes":
                return unclear("it is not clear what the exception is from")
            found = found[:-1]
        return _word_first([Token("word", "yes", ""), *found])
    return _word_after(found)


def _word_first(found: list[Token]) -> list[Clause] | Fault:
    clauses: list[Clause] = []
    before = ""
    word = next(number for number, token in enumerate(found) if token.kind == "word")
    for token in (found[word], *found[:word], *found[word + 1 :]):  # `from 10am yes`: terms may come before
        if token.kind == "word" and before == "rest" and clauses[-1].rest:  # `no 5, the rest yes`
            clauses[-1].rest = False
            clauses.append(Clause(str(token.value)))
            clauses[-1].rest = True
        elif token.kind == "word" and before == "except":  # `all except maybe 8`
            clauses[-1].word = str(token.value)
        elif token.kind == "word":
            clauses.append(Clause(str(token.value)))
        elif token.kind in ("rate", "rank", "challenge"):
            continue  # of the whole
        elif token.kind == "except":
            if clauses[-1].empty:
                clauses[-1].every = True
            clauses.append(Clause("yes" if clauses[-1].word == "no" else "no"))
        else:
            _take(clauses, token)
        before = token.kind
    if len({clause.word for clause in clauses}) == 1:
        return [clause for clause in clauses if not clause.empty] or clauses[:1]  # `yes 5-7 ok`: said twice
    empty = [one for one, other in itertools.pairwise([*clauses, Clause("")]) if one.empty and one.word != other.word]
    if not empty:
        return [clause for clause in clauses if not clause.empty]  # `yes, free 5-7, no 8`
    return unclear(f"it is not clear which dates {empty[0].word!r} is about")


def _word_after(found: list[Token]) -> list[Clause] | Fault:
    clauses: list[Clause] = []
    waiting = [Clause("")]
    for token in found:
        if token.kind == "word":
            if all(clause.empty for clause in waiting):
                return unclear(f"it is not clear which dates {token.text!r} is about")
            for clause in waiting:
                clause.word = str(token.value)
            clauses += waiting
            waiting = [Clause("")]
        elif token.kind == "except":
            return unclear("it is not clear what the exception is from")
        else:
            terms = token.kind in ("from", "until", "heads")
            _take(clauses if clauses and terms and waiting[-1].empty else waiting, token)
    if any(not clause.empty for clause in waiting):
        return unclear("the last dates have no answer")
    return clauses


def _take(clauses: list[Clause], token: Token) -> None:
    """Dates and terms of the clause that is being said; other heads begin a clause of their own."""
    clause = clauses[-1]
    match token.kind:
        case "days":
            assert isinstance(token.value, tuple)
            clause.days += token.value
            clause.spans += 1
        case "every":
            clause.every = True
        case "rest":
            clause.rest = True
        case "only":
            clause.only = True
        case "heads" if clause.since is not None:
            other = Clause(clause.word)
            if clause.since:  # `5-7 12 heads, 8 10 heads`: what was named since has these
                other.days, clause.days = clause.days[clause.since :], clause.days[: clause.since]
            other.since, other.terms["heads"] = clause.since and len(other.days), token.value
            clauses.append(other)
        case "from" | "until" | "heads":
            clause.terms[token.kind] = token.value
            if token.kind == "heads":
                clause.since = len(clause.days)
            elif clause.timed is None:
                clause.timed, clause.loose = len(clause.days), clause.spans > 1
