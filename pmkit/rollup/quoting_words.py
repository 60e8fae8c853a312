"""How mail programs introduce the mail they answer, in the languages of crews; signatures that nobody typed."""

from __future__ import annotations

import re
from typing import Final

_HEADS: Final = (
    # en, de, fr, es, it, cs/sk, nl, pl, pt, sv, da/no, fi, hu, ro, hr, ru, uk, el, tr
    "from|von|de|da|od|van|fra|från|lähettäjä|feladó|de la|šalje|от|від|από|kimden|expéditeur|remitente|mittente|odesílatel"
    "|date|sent|to|cc|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado(?: el)?|para|asunto|fecha|inviato|data|a|oggetto"
    "|odesláno|odoslané|komu|předmět|predmet|kopie|verzonden|aan|onderwerp|wysłano|do|temat|dw|assunto|enviada(?: em)?|skickat|till"
    "|ämne|kopia|sendt|til|emne|lähetetty|vastaanottaja|aihe|elküldve|címzett|tárgy|trimis|către|subiect|reply-to"
    "|дата|кому|тема|отправлено|надіслано|στάλθηκε|προς|θέμα|gönderme tarihi|kime|konu|差出人|送信日時|宛先|件名|发件人|发送时间|收件人|主题"
)
HEADER: Final = re.compile(rf"^[\s*_]*(?:{_HEADS})[\s*_]*[:：]", re.IGNORECASE)
"""A line of the header block that Outlook puts above what it answers: `From:`, `Von:`, `Od:` …"""

ORIGINAL: Final = re.compile(
    r"^\s*(?:-{2,}|_{5,}|={5,})\s*(?:original (?:message|appointment)|ursprüngliche nachricht|original-?nachricht|message d'origine"
    r"|message original|mensaje original|messaggio originale|původní (?:zpráva|e-?mail)|pôvodná správa|oorspronkelijk bericht"
    r"|wiadomość oryginalna|oryginalna wiadomość|mensagem original|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse"
    r"|opprinnelig melding|alkuperäinen viesti|eredeti üzenet|mesaj original|forwarded message|weitergeleitete nachricht"
    r"|message transféré|mensaje reenviado|messaggio inoltrato|přeposlaná zpráva|doorgestuurd bericht|исходное сообщение)"
    r"\s*(?:-{2,}|_{5,}|={5,})?\s*$"
    r"|^\s*(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message transféré|inizio messaggio inoltrato)\s*:\s*$",
    re.IGNORECASE,
)
RULE: Final = re.compile(r"^\s*(?:_{10,}|-{20,})\s*$")

WROTE: Final = re.compile(
    r"(?:\bwrote|\bschrieb(?:\s.{1,200})?|\ba écrit|\bescribió|\bha scritto|\bescreveu|\bnapsala?|\bnapsal\(a\)|\bnapísala?|\bnapísal\(a\)|\bschreef(?:\s.{1,200})?"
    r"|\bpisze|\bnapisał\(?a?\)?|\bskrev(?:\s.{1,200})?|\bkirjoitti(?:\s.{1,200})?|\bírta|\ba scris|\bje (?:napisao|napisala)|\bнаписала?|\bnapisao/la|\bпише|\bέγραψε"
    r"|\bşunu yazdı|\byazdı|のメール|写道|於.{1,80}寫道)\s*[:：]\s*$",
    re.IGNORECASE,
)
"""The end of an attribution: `On Tue, 4 Nov 2025 at 10:12, The Salt Road <…> wrote:`."""

DATED: Final = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b(?:19|20)\d\d\b|\d年")
"""A year or a time of day: an attribution tells when the mail was written."""

SENT_FROM: Final = re.compile(
    r"^\s*(?:sent (?:from|with|via|on)\s+(?:my|the|a|an)?\s*.{0,80}|sent from (?:mail|outlook|yahoo|proton|samsung).{0,60}|get outlook for .{0,40}"
    r"|(?:von|aus) mein[\w/]* .{1,60} gesendet|gesendet (?:von|mit|über) .{1,60}|envoyé (?:de(?:puis)?|à partir de|avec) .{1,60}|téléchargez outlook .{0,60}"
    r"|enviado (?:desde|do|de|a partir d[eo]) .{1,60}|obtener outlook para .{0,40}|obter o outlook para .{0,40}|inviato (?:da|dal|con) .{1,60}|scarica outlook .{0,40}"
    r"|odesláno (?:z|ze|pomocí|přes) .{1,60}|odoslané (?:z|zo) .{1,60}|získat outlook pro .{0,40}|(?:verzonden|verstuurd) (?:vanaf|met|via) .{1,60}|outlook voor .{0,40} downloaden"
    r"|wysłan[eoy] (?:z|ze|przez) .{1,60}|pobierz (?:aplikację )?outlook .{0,40}|skickat från .{1,60}|hämta outlook .{0,40}|sendt fra .{1,60}|lähetetty .{1,60}|elküldve .{1,60}|отправлено (?:с|из) .{1,60}|надіслано (?:з|із) .{1,60}"
    r"|trimis de pe .{1,60}|iphone(?:'|’)umdan gönderildi|iphoneから送信|发自我的.{1,40}|从我的.{1,40}发送)\s*$",
    re.IGNORECASE,
)
"""A line that a phone adds of itself."""

DELIMITER: Final = re.compile(r"^(?:--|—|–) ?$")
"""The line before a signature (RFC 3676)."""

CLOSING: Final = re.compile(
    r"(?:(?:with )?(?:many |kind |kindest |best |warm |warmest )?(?:thanks|regards|wishes)|thank you|thanks (?:a lot|so much|again)|cheers|best|all the best|sincerely|yours|ta"
    r"|(?:mit |viele |beste |liebe |schöne |freundliche[nm]? )*(?:freundlichen )?(?:grü(?:ß|ss)e?n?)|danke|vielen dank|mfg|lg|vg|(?:bien )?cordialement|bien à vous|merci|bonne journée"
    r"|(?:un )?(?:cordial(?:es)? )?saludos?(?: cordiales)?|gracias|(?:cordiali |distinti )?saluti|grazie|s pozdravem|děkuji|díky|zdravím|(?:met )?(?:vriendelijke )?groet(?:en|jes)?|bedankt|mvg"
    r"|pozdrawiam|(?:z poważaniem)|dziękuję|(?:com os melhores |melhores )?cumprimentos|obrigad[oa]|atenciosamente|abraço|(?:med )?(?:vänliga |bästa )?hälsningar|mvh|tack|(?:med )?(?:venlig )?hilsen|tak|takk|kiitos|terveisin)"
    r"[\s,.!]*",
    re.IGNORECASE,
)
"""A closing phrase that says nothing of its own."""
