"""How mail programs introduce the mail they answer, in the languages of crews; signatures that nobody typed."""

from __future__ import annotations

import re
from typing import Final

_HEADS: Final = (
    # en, de, fr, es, it, cs/sk, nl, pl, pt, sv, da/no, fi, hu, ro, hr, ru, uk, el, tr
    "from|von|de|da|od|van|fra|från|lähettäjä|feladó|de la|šalje|pošiljatelj|от|від|από|kimden|gönderen|expéditeur|remitente|mittente|odesílatel"
    "|date|sent|to|cc|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado(?: el)?|para|asunto|fecha|inviato|data|a|oggetto"
    "|odesláno|odoslané|komu|předmět|predmet|kopie|verzonden|aan|onderwerp|wysłano|do|temat|dw|assunto|enviada(?: em)?|skickat|till"
    "|ämne|kopia|sendt|til|emne|lähetetty|vastaanottaja|aihe|elküldve|címzett|tárgy|trimis|către|subiect|reply-to"
    "|дата|кому|тема|отправлено|надіслано|στάλθηκε|προς|θέμα|gönderme tarihi|gönderilme|tarih|kime|konu|poslano|datum slanja|prima|primatelj|predmet|보낸 ?사람|보낸 ?날짜|받는 ?사람|참조|제목|날짜|差出人|日付|日期|寄件者|寄件日期|收件者|主旨|送信日時|宛先|件名|发件人|发送时间|收件人|主题"
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
    r"|^\s*-{3,}\s?\S.{5,120}\d.{0,120}<[^\s<>@]{1,64}@[^\s<>]{1,200}>.{0,40}-{3,}\s*$|^\s*-{3,} ?(?:original|原始邮件|原始郵件) ?-{3,}\s*$"  # Zoho, QQ
    r"|^\s*(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message transféré|inizio messaggio inoltrato)\s*:\s*$",
    re.IGNORECASE,
)
RULE: Final = re.compile(r"^\s*(?:_{10,}|-{20,})\s*$")

WROTE: Final = re.compile(
    r"(?:\bwrote|\bschrieb(?:\s.{1,200})?|\ba écrit|\bescribió|\bha scritto|\bescreveu(?:\s.{1,80})?|\bnapsala?|\bnapsal\(a\)|\bnapísala?|\bnapísal\(a\)|\bschreef(?:\s.{1,200})?"
    r"|\bpisze|\bnapisał\(?a?\)?|\bskrev(?:\s.{1,200})?|\bkirjoitti(?:\s.{1,200})?|\bírta(?:\s.{1,80})?|\ba scris|\bje (?:napisao|napisala)|\bнаписала?|\bnapisao/la|\bпише|\bέγραψε"
    r"|\bgeschrieben|\bgeschreven|\bşunu yazdı|\byazdı|\bđã viết|\bmenulis|\bkirjutas(?:\s.{1,200})?|\brakstīja|\bнаписао(?:/ла)?|\bпишет|เขียนว่า|نوشت|\brašė|\bнаписал\(а\)|작성|のメール|写道|於.{1,80}寫道)\s*[:：]\s*$",
    re.IGNORECASE,
)
"""The end of an attribution: `On Tue, 4 Nov 2025 at 10:12, The Salt Road <…> wrote:`."""

DATED: Final = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b(?:19|20)\d\d\b|\d年")
"""A year or a time of day: an attribution tells when the mail was written."""

SCANNED: Final = (
    r"virus-free\.? ?(?:<https?://[^\s<>]{1,200}> ?)?www\.(?:avast|avg)\.com(?: ?<https?://[^\s<>]{1,200}>)?"
    r"|this e-?mail has been checked for viruses by (?:avast|avg)[a-z ]{0,30}\.?(?: ?www\.(?:avast|avg)\.com)?"
    r"|diese e-?mail wurde von (?:avast|avg)[a-z -]{0,30} auf viren geprüft\.?(?: ?www\.(?:avast|avg)\.com)?"
)
"""What a program against viruses adds."""
SENT_FROM: Final = re.compile(
    rf"^\s*(?:{SCANNED}|"
    r"sent (?:from|with|via|on)\s+(?:my|the|a|an)?\s*.{0,80}|sent from (?:mail|outlook|yahoo|proton|samsung).{0,60}"
    r"|get (?:outlook|bluemail|proton ?mail|yahoo mail|gmail) for .{0,40}|(?:please )?(?:excuse|pardon|forgive) (?:my |any |the )?(?:brevity|typos?|errors)\b.{0,60}"
    r"|yahoo mail ?: .{1,60}|diese (?:nachricht|e-?mail|mail) wurde (?:von|mit|über) .{1,80} gesendet\.?|von unterwegs gesendet|outlook für .{1,30} (?:beziehen|herunterladen|holen)(?: ?<.{1,60}>)?"
    r"|(?:von|aus) mein[\w/]* .{1,60} gesendet|gesendet (?:von|mit|über) .{1,60}|envoyé (?:de(?:puis)?|à partir de|avec) .{1,60}|(?:téléchargez|télécharger|obtenez|obtenir) outlook .{0,60}"
    r"|enviado (?:desde|do|de|a partir d[eo]) .{1,60}|(?:obtener|descargar|consigue) outlook para .{0,40}|(?:obter|baixar) o outlook para .{0,40}|inviato (?:da|dal|con) .{1,60}|(?:scarica|ottieni) outlook .{0,40}"
    r"|odesláno (?:z|ze|pomocí|přes) .{1,60}|odoslané (?:z|zo) .{1,60}|získat outlook pro .{0,40}|(?:verzonden|verstuurd) (?:vanaf|met|via) .{1,60}|outlook voor .{0,40} downloaden(?: ?<.{1,60}>)?|download outlook voor .{0,40}"
    r"|wysłan[eoy] (?:z|ze|przez) .{1,60}|pobierz (?:aplikację )?outlook .{0,40}|skickat från .{1,60}|hämta outlook .{0,40}|sendt fra .{1,60}|lähetetty .{1,60}|elküldve .{1,60}|отправлено (?:с|из) .{1,60}|надіслано (?:з|із) .{1,60}"
    r"|trimis de pe .{1,60}|enviat des d.{1,60}|poslano (?:s|sa|z|iz) .{1,60}|(?:iphone|ipad|galaxy)(?:'|’)[uıi]mdan gönderildi|(?:iphone|ipad)-ról küldve|στάλθηκε από .{1,40}"
    r"|נשלח מה.{1,40}|(?:iphone|ipad|android|galaxy|xperia)から送信(?:しました)?|.{1,20}outlook.{0,10}を入手(?:する)?|(?:나의|내) .{1,30}에서 보냄|发自我的.{1,40}|[从從]我的.{1,40}(?:发送|傳送))\s*$",
    re.IGNORECASE,
)
"""A line that a phone adds of itself."""

BANNER: Final = re.compile(
    r"(?=.{25})\W{0,3}(?:(?:caution|warning|attention|external(?: e-?mail| sender)?)\W{1,4})?"
    r"(?:this (?:e-?mail|message) (?:originated|was sent|came|comes|is) from (?:an external (?:sender|source)|outside (?:of )?(?:the|your|our) (?:organi[sz]ation|company))\W{0,3})?"
    r"(?:(?:please )?(?:do not|don['’]t) click (?:on )?(?:any )?links or (?:open )?(?:any )?attachments unless you recogni[sz]e the sender(?: and know the content is safe)?\W{0,3})?"
    r"|(?:you|some people who received this message) don['’]t often get e-?mail from \S{1,100}@\S{1,100} learn why this is important\W{0,3}(?:https?://aka\.ms/\S{1,80})?"
    r"|sie erhalten nicht (?:oft|häufig) e-?mails? von \S{1,100}@\S{1,100} (?:weitere informationen, warum|erfahren sie, warum) dies wichtig ist\W{0,3}(?:https?://aka\.ms/\S{1,80})?"
    r"|\W{0,3}(?:(?:achtung|vorsicht|warnung)\W{1,4})?diese (?:e-?mail|nachricht) (?:stammt|kommt|wurde) von (?:einem externen absender|extern|außerhalb (?:der|ihrer|unserer) organisation)(?: gesendet)?\W{0,3}",
    re.IGNORECASE,
)
"""What our own server writes above a mail from elsewhere."""

DELIMITER: Final = re.compile(r"^(?:--|—|–) ?$")
"""The line before a signature (RFC 3676)."""

CLOSING: Final = re.compile(
    r"(?:(?:with )?(?:many |kind |kindest |best |warm |warmest )?(?:thanks|regards|wishes)|thank you|thanks (?:a lot|so much|again)|cheers|best|all the best|sincerely|yours|ta"
    r"|(?:mit |viele |beste |liebe |schöne |freundliche[nm]? )*(?:freundlichen )?(?:grü(?:ß|ss)e?n?)|danke|vielen dank|mfg|lg|vg|(?:bien )?cordialement|bien à vous|merci|bonne journée|bises|amicalement|(?:sincères |meilleures )?salutations"
    r"|(?:un )?(?:cordial(?:es)? )?saludos?(?: cordiales)?|gracias|(?:un )?abrazos?|atentamente|(?:cordiali |distinti )?saluti|grazie|s pozdravem|děkuji|díky|zdravím|(?:met )?(?:vriendelijke )?groet(?:en|jes)?|bedankt|mvg"
    r"|pozdrawiam|(?:z poważaniem)|dziękuję|(?:com os melhores |melhores )?cumprimentos|obrigad[oa]|atenciosamente|abraço|(?:med )?(?:vänliga |bästa )?hälsningar|mvh|tack|(?:med )?(?:venlig )?hilsen|tak|takk|kiitos|terveisin"
    r"|üdvözlettel|üdv|köszönöm|cu stimă|mulțumesc|(?:srdačan |lijep )?pozdrav|hvala|s pozdravom|ďakujem|saygılarımla|teşekkürler|с уважением|спасибо|з повагою|дякую|με εκτίμηση|ευχαριστώ"
    r"|(?:all )?my best|take care|thanks a million|(?:yours )?(?:sincerely|truly|faithfully)|respectfully|cordially|xx|xo|thx|(?:thanks|thank you) very much|thanks in advance|kr|br|rgds"
    r"|see you (?:soon|then)|looking forward(?: to it)?|have a (?:great|nice|good) (?:day|evening|weekend)|(?:vielen dank|danke) und (?:viele |beste |liebe )?grüße|(?:mit )?(?:herzliche[nm]?|besten) (?:grü(?:ß|ss)e?n?|dank)|gr(?:u|ü)(?:ß|ss)"
    r"|bis bald|danke dir|(?:ich )?freue mich|très cordialement|bonne soirée|à bientôt|merci (?:beaucoup|d['’]avance)|(?:muchas|mil) gracias|hasta pronto|cordialmente|a presto|grazie mille|un saluto|buona (?:giornata|serata)"
    r"|s (?:přátelským pozdravem|úctou)|zdraví|díky moc|hezký den|z (?:wyrazami szacunku|pozdrowieniami)|pozdrowienia|dziękuję bardzo|dzięki|hartelijke groet(?:en)?|fijne dag|(?:um )?abraços?|muito obrigad[oa]"
    r"|vänligen|med (?:vänlig hälsning|vennlig hilsen)|(?:de )?bedste hilsner|vh|ystävällisin terveisin|köszi|iyi günler|どうぞよろしくお願いします。?|ありがとうございます。?|此致敬礼|祝好"
    r"|よろしくお願い(?:いた|致)?します[。]?|敬具|谢谢|謝謝|此致|감사합니다)"
    r"[\s,.!]*",
    re.IGNORECASE,
)
"""A closing phrase that says nothing of its own."""
