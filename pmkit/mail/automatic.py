"""Mail that no person wrote: bounces, out-of-office replies, lists. None of it is an answer.

RFC 3834 (Auto-Submitted), RFC 3464 (delivery status), and the words that older programs put instead.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from pmkit.mail.mime import Post

Kind = Literal["", "bounce", "away", "automatic"]
OUR_ID: Final = re.compile(r"<pmkit\.([0-9a-f]{16})@[A-Za-z0-9.-]{1,253}>")
_AWAY: Final = re.compile(
    r"^\s*(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|ooo\b|automatische antwort|abwesenheit"
    r"|abwesend|r[ée]ponse automatique|absence du bureau|absent(?:e)? du bureau|respuesta autom[áa]tica|fuera de (?:la )?oficina"
    r"|risposta automatica|fuori (?:sede|ufficio)|automatick[áa] odpov[ěe][dď]|nep[řr][íi]tomnost|mimo kancel[áa][řr]"
    r"|automatisch antwoord|afwezig|autoodpowied[źz]|odpowied[źz] automatyczna|nieobecno[śs][ćc]|resposta autom[áa]tica"
    r"|fora do escrit[óo]rio|autosvar|automatiskt svar|fr[åa]nvaro|automatisk svar|frav[æa]r|automaattinen vastaus"
    r"|automatikus v[áa]lasz|h[áa]zon k[íi]v[üu]l|poza biurem|r[ăa]spuns automat|automatski odgovor|odsutan|otomatik yan[ıi]t"
    r"|автоответ|автоматический ответ|автоматична відповідь|αυτόματη απάντηση|自動応答|自動返信|自动回复|自動回覆|不在通知)",
    re.IGNORECASE,
)
_DAEMON: Final = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon)@", re.IGNORECASE)


class Bounce(NamedTuple):
    """What a delivery report says of one of our mails: its key, `failed` or `delayed`, and the reason."""

    key: str
    action: str
    words: str


def kind_of(post: Post) -> Kind:
    """Whether a mail is a bounce, an out-of-office reply, or otherwise sent by a machine."""
    submitted = post.get("auto-submitted").lower()
    returned = post.raw("return-path").strip()
    sender = post.get("from")
    if any(part.type == "message/delivery-status" for part in post.parts) or post.get("x-failed-recipients"):
        return "bounce"
    if _DAEMON.search(sender) and (returned in ("<>", "") or submitted not in ("", "no")):
        return "bounce"
    if post.type == "multipart/report":
        return "automatic"
    precedence = post.get("precedence").lower()
    said = any(post.get(name) for name in ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from"))
    if _AWAY.search(post.get("subject")) or said or submitted.startswith("auto-replied") or precedence == "auto_reply":
        return "away"
    if submitted and not re.match(r"no\b", submitted):
        return "automatic"
    if returned == "<>" or precedence in ("bulk", "junk", "list") or post.get("list-id"):
        return "automatic"
    return ""


def bounced(post: Post) -> Bounce | None:
    """Which of our mails a bounce is about; None when it names none of ours."""
    action = words = status = ""
    for part in post.parts:
        if part.type == "message/delivery-status":
            told = _fields(part.text())
            action = action or told.get("action", "").lower()
            status = status or told.get("status", "")
            words = words or told.get("diagnostic-code", "") or told.get("status", "")
    keys = _keys(post)
    if len(keys) != 1:
        return None
    if not action:  # a program that writes its reports in prose
        action = "failed" if post.get("x-failed-recipients") or _DAEMON.search(post.get("from")) else "delayed"
        words = words or post.get("subject")
    if action == "failed" and status.startswith(("2.", "4.")) and not status.startswith("4.4.7"):
        action = "delayed" if status.startswith("4.") else "delivered"
    words = re.sub(r"^\s*(?:smtp|x-[a-z0-9-]+)\s*;\s*", "", words, flags=re.IGNORECASE)
    return Bounce(keys[0], action, " ".join(words.split())[:200])


def _keys(post: Post) -> list[str]:
    """The keys of our mails that a bounce sends back, or answers to; none where it sends back another's mail."""
    found: dict[str, None] = {}
    another = False
    for part in post.parts:
        if part.type in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            head = part.data[: 64 * 1024].decode("utf-8", "replace")
            own = re.search(r"^message-id:\s*(<[^<>\s]{1,300}>)", head, re.IGNORECASE | re.MULTILINE)
            key = OUR_ID.fullmatch(own[1]) if own is not None else None
            if key is not None:
                found[key[1]] = None
            another = another or (own is not None and key is None)
    if another and not found:
        return []
    if not found:
        found.update(dict.fromkeys(OUR_ID.findall(f"{post.raw('in-reply-to')} {post.raw('references')}")))
    if not found:
        for part in post.parts[:3]:
            if part.type == "text/plain":
                found.update(dict.fromkeys(OUR_ID.findall(part.text())))
    return list(found)[:2]


def _fields(text: str) -> dict[str, str]:
    """The fields of a delivery report, those of the recipient over those of the message."""
    found: dict[str, str] = {}
    name = ""
    for line in text.split("\n")[:500]:
        if line[:1] in (" ", "\t") and name:
            found[name] = f"{found[name]} {line.strip()}"[:1000]
            continue
        key, colon, value = line.partition(":")
        name = key.strip().lower() if colon else ""
        if name and name not in found:
            found[name] = value.strip()
        elif name:
            name = ""
    return found
