"""Replies as Gmail, Outlook, Apple Mail and phones write them, in several languages: made here, and put into a Maildir.

Every sample says what may be read of it: a reading in words, or nothing. Two thirds of them say yes in some
way that is no yes, or look like one.
"""

from __future__ import annotations

import email.header
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from html import escape
from pathlib import Path

OURS = """Dear Kay Moss,

We would like to know whether you are free as Grip on The Salt Road, on 10,
12-14 November. This is a question, not yet an offer.

    Mon 10 Nov   Route 9
    Wed 12 Nov   Route 9

    Answer by:  Tuesday 4 November, 18:00 (Los Angeles time)

Tap one of these, and send the mail that opens. Or simply reply to this
one, date by date if it differs. Reply YES or NO.

Yes: mailto:production@salt.example.com?subject=YES
"""
DATES = ("10 nov", "12 nov", "13 nov", "14 nov")


def all_(word: str) -> str:
    return f"{word} {', '.join(DATES)}"


@dataclass
class Sample:
    """A reply: how it was made, from whom, and what may be read of it (empty: nothing)."""

    name: str
    mail: bytes
    reads: str = ""
    kind: str = ""  # answer, review, unmatched, bounce, away; empty where it is not looked at


@dataclass
class Shop:
    """What replies are made of: our mail's id, the tokens, the subject of our letter."""

    thread: str
    token: str
    subject: str
    sender: str = "k-moss@salt.example.com"
    count: int = field(default=0)

    def mail(
        self, text: str, page: str = "", *, subject: str = "", thread: bool = True, sender: str = "", headers: tuple[tuple[str, str], ...] = (),
        charset: str = "utf-8", cte: str | None = None,
    ) -> bytes:  # fmt: skip
        self.count += 1
        mail = EmailMessage()
        mail["From"] = f"Kay Moss <{sender or self.sender}>"
        mail["To"] = "The Salt Road <production@salt.example.com>"
        mail["Subject"] = subject or f"Re: {self.subject}"
        mail["Date"] = f"Sat, 01 Nov 2025 10:{self.count // 60:02}:{self.count % 60:02} -0700"
        mail["Message-ID"] = f"<reply-{self.count}@phone.example>"
        if thread:
            mail["In-Reply-To"] = self.thread
            mail["References"] = self.thread
        for name, value in headers:
            mail[name] = value
        mail.set_content(text or "\n", charset=charset, cte=cte)
        if page:
            mail.add_alternative(page, subtype="html")
        return mail.as_bytes()

    def link(
        self, word: str, text: str, *, about: str | None = None, page: str = "", sender: str = "", prefix: str = ""
    ) -> bytes:
        subject = f"{prefix}{word} [pm:{self.token}] {self.subject if about is None else about}"
        return self.mail(text, page, subject=subject, thread=False, sender=sender)


def quoted(text: str = OURS) -> str:
    return "".join(f"> {line}\n" if line else ">\n" for line in text.split("\n"))


def gmail(own: str, line: str) -> tuple[str, str]:
    page = (
        f'<div dir="auto">{escape(own)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{escape(line)}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{escape(OURS).replace(chr(10), "<br>")}</blockquote></div>'
    )
    return f"{own}\n\n{line}\n\n{quoted()}", page


def outlook(
    own: str, heads: tuple[str, str, str, str], rule: str = "________________________________"
) -> tuple[str, str]:
    values = (
        "The Salt Road <production@salt.example.com>",
        "Friday, October 31, 2025 9:14 AM",
        "Kay Moss",
        "SALT: are you free?",
    )
    block = "\n".join(f"{head}: {value}" for head, value in zip(heads, values, strict=True))
    page = (
        f'<html><body><p class="MsoNormal">{escape(own)}</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">'
        f'<p class="MsoNormal"><b>{escape(block).replace(chr(10), "<br>")}</b></p></div><p>{escape(OURS)}</p></body></html>'
    )
    return f"{own}\n\n{rule}\n{block}\n\n{OURS}", page


GMAIL = {
    "en": "On Fri, Oct 31, 2025 at 9:14 AM The Salt Road <production@salt.example.com> wrote:",
    "de": "Am Fr., 31. Okt. 2025 um 09:14 Uhr schrieb The Salt Road <production@salt.example.com>:",
    "fr": "Le ven. 31 oct. 2025 à 09:14, The Salt Road <production@salt.example.com> a écrit :",
    "es": "El vie, 31 oct 2025 a las 9:14, The Salt Road (<production@salt.example.com>) escribió:",
    "it": "Il giorno ven 31 ott 2025 alle ore 09:14 The Salt Road <production@salt.example.com> ha scritto:",
    "cs": "pá 31. 10. 2025 v 9:14 odesílatel The Salt Road <production@salt.example.com> napsal:",
    "nl": "Op vr 31 okt 2025 om 09:14 schreef The Salt Road <production@salt.example.com>:",
    "pl": "pt., 31 paź 2025 o 09:14 The Salt Road <production@salt.example.com> napisał(a):",
    "pt": "Em sex., 31 de out. de 2025 às 09:14, The Salt Road <production@salt.example.com> escreveu:",
    "sv": "Den fre 31 okt. 2025 kl 09:14 skrev The Salt Road <production@salt.example.com>:",
    "da": "Den fre. 31. okt. 2025 kl. 09.14 skrev The Salt Road <production@salt.example.com>:",
    "fi": "pe 31. lokak. 2025 klo 9.14 The Salt Road (production@salt.example.com) kirjoitti:",
    "hu": "The Salt Road <production@salt.example.com> ezt írta (időpont: 2025. okt. 31., P, 9:14):",
    "ru": "пт, 31 окт. 2025 г. в 09:14, The Salt Road <production@salt.example.com>:",
    "ro": "În vin., 31 oct. 2025 la 09:14, The Salt Road <production@salt.example.com> a scris:",
    "tr": "The Salt Road <production@salt.example.com>, 31 Eki 2025 Cum, 09:14 tarihinde şunu yazdı:",
    "el": "Στις Παρ 31 Οκτ 2025 στις 9:14 π.μ., ο/η The Salt Road <production@salt.example.com> έγραψε:",
    "ja": "2025年10月31日(金) 9:14 The Salt Road <production@salt.example.com>:",
    "ko": "2025년 10월 31일 (금) 오전 9:14, The Salt Road <production@salt.example.com>님이 작성:",
}
OUTLOOK = {
    "en": ("From", "Sent", "To", "Subject"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "fr": ("De", "Envoyé", "À", "Objet"),
    "es": ("De", "Enviado el", "Para", "Asunto"),
    "it": ("Da", "Inviato", "A", "Oggetto"),
    "cs": ("Od", "Odesláno", "Komu", "Předmět"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "pl": ("Od", "Wysłano", "Do", "Temat"),
    "pt": ("De", "Enviada em", "Para", "Assunto"),
    "sv": ("Från", "Skickat", "Till", "Ämne"),
    "da": ("Fra", "Sendt", "Til", "Emne"),
    "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "hu": ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    "ru": ("От", "Отправлено", "Кому", "Тема"),
    "ro": ("De la", "Trimis", "Către", "Subiect"),
    "tr": ("Gönderen", "Gönderilme", "Kime", "Konu"),
    "el": ("Από", "Στάλθηκε", "Προς", "Θέμα"),
    "ja": ("差出人", "送信日時", "宛先", "件名"),
    "ko": ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
}
OWN = {
    "en": "No problem, but only the Wednesday.",
    "de": "Ja gern, aber erst ab Mittwoch.",
    "fr": "Oui, mais pas le 13.",
    "es": "Sí, pero solo el 12.",
    "it": "Sì, ma solo mercoledì.",
    "cs": "Ano, ale jen ve středu.",
    "nl": "Ja, maar alleen woensdag.",
    "pl": "Tak, ale tylko w środę.",
    "pt": "Sim, mas só na quarta.",
    "sv": "Ja, men bara på onsdag.",
    "da": "Ja, men kun onsdag.",
    "fi": "Kyllä, mutta vain keskiviikkona.",
    "hu": "Igen, de csak szerdán.",
    "ru": "Да, но только в среду.",
    "ro": "Da, dar numai miercuri.",
    "tr": "Evet, ama sadece çarşamba.",
    "el": "Ναι, αλλά μόνο την Τετάρτη.",
    "ja": "はい、水曜だけです。",
    "ko": "네, 수요일만 됩니다.",
}
APPLE = {
    "en": "> On 31 Oct 2025, at 9:14, The Salt Road <production@salt.example.com> wrote:",
    "de": "> Am 31.10.2025 um 09:14 schrieb The Salt Road <production@salt.example.com>:",
    "fr": "> Le 31 oct. 2025 à 09:14, The Salt Road <production@salt.example.com> a écrit :",
    "es": "> El 31 oct 2025, a las 9:14, The Salt Road <production@salt.example.com> escribió:",
    "cs": "> 31. 10. 2025 v 9:14, The Salt Road <production@salt.example.com>:",
}
PHONE = {
    "en": "Sent from my iPhone", "de": "Von meinem iPhone gesendet", "fr": "Envoyé de mon iPhone", "es": "Enviado desde mi iPhone",
    "cs": "Odesláno z iPhonu",
}  # fmt: skip
FREE = (
    "Yes", "yes!", "YES", "Yep all good", "No problem", "no problem at all, count me in", "Yes but only if the hotel is paid", "not yes",
    "Oh sure, as if I had nothing better to do. Yes, of course, for free too.", "Yes. No. I mean no.", "I can't say yes yet",
    "Would love to say yes, alas I am in Reno", "yes?", "Yes to the 12th, no to the rest", "👍", "👎", "Sure thing, what's the rate?",
    "Yes, at 650/day", "Tentatively yes", "Reply YES or NO", "I never said yes", "nein", "Ja", "Oui", "Sí", "Ano", "ok", "OK but no nights",
    "My answer is the same as last time", "yes\nbut not the 13th", "yes\n\n\n\nP.S. Not before noon on any of them", "n/a", "No, thanks", "Nope",
    "I'd be happy to, unless the other show calls me first", "Confirmed", "Call me", "", "¿Sí? No lo sé", "Jein",
)  # fmt: skip


PARTS = {
    "a picture": "Content-Type: image/png\nContent-Disposition: inline\n\nx", "a second text": "Content-Type: text/plain\n\nexcept Thursday",
    "a second page": "Content-Type: text/html\n\n<p>except Thursday</p>", "a recording": "Content-Type: audio/mp4\n\nx",
    "a paper": 'Content-Type: application/pdf\nContent-Disposition: attachment; filename="my conditions.pdf"\n\nx',
}  # fmt: skip
BELOW = (  # what stands below a link's own words, and takes something of them back
    "\nEnviado desde mi móvil. El 13 imposible", "\nOdesláno z mobilu, 13. nemůžu", "\nWysłano z telefonu, 13 odpada", "\nSendt fra min mobil, kan ikke 13",
    "\nОтправлено с телефона, 13-го занят", "\nTrimis de pe telefon, pe 13 nu pot", "\nOdoslané z mobilu okrem 13.", "\n发自我的iPhone,13号不行",
    "\nSent from my iPhone (Fri is out)", "\nSent from my iPhone w/o Friday", "\nSent from my phone until Friday", "\nGesendet vom Handy, der 13. fällt aus",
    "\nLähetetty puhelimesta, 13. ei käy", "\nVerzonden vanaf mijn telefoon, de 13e lukt niet", "\niPhoneから送信。13日は無理です", "(12.11.-13.11.)", "m 12.11. 13.11.", "t 10.11 12.11", "0900 - 1300",
    "\n-- \nKay\n13. nemůžu", "\n-- \nKay\nfredag går ikke", "\n-- \nKay Moss\nbez pátku", "\n-- \nKay\nvrijdag lukt me wel iets later", "\n--\n13日は無理", "\n—\nKay · bez 13. 11.",
    "No Moss", "+ my assistant", "Cheers, but Fri", "\u200b\nexcept Friday",
)  # fmt: skip
MACHINES = (  # what programs add of themselves
    "Sent from my iPhone 13", "Sent from Outlook for Android<https://aka.ms/AAb9ysg>", "Gesendet mit der mobilen Mail App", "Hämta Outlook för iOS",
    "Pobierz aplikację Outlook dla systemu iOS", "Wysłane z iPhone'a", "Lähetetty iPhonesta", "Отправлено с iPhone", "iPhoneから送信", "发自我的 iPhone",
    "Sent from Yahoo Mail on Android", "Sent with Proton Mail secure email.", "Mit freundlichen Grüßen\nKay Moss", "Thanks,\nKay\n(310) 555-0199",
    "-- \nSent from my Android device with K-9 Mail. Please excuse my brevity.", "Sent with [Proton Mail](https://proton.me/mail/home) secure email.",
    "Von meinem/meiner Galaxy gesendet", "Elküldve az iPhone-omról", "Sent from my Verizon, Samsung Galaxy smartphone", "Odesláno z aplikace Email.cz",
)  # fmt: skip


def samples(shop: Shop) -> Iterator[Sample]:
    """Every sample, in order."""
    yield from _links(shop)
    yield from _free(shop)
    yield from _machines(shop)


def _links(shop: Shop) -> Iterator[Sample]:
    yes, no, maybe = all_("yes"), all_("no"), all_("maybe")
    for word, text, reads in (
        ("YES", "yes, all dates\r\n", yes),
        ("NO", "no, all dates\r\n", no),
        ("MAYBE", "maybe, all dates\n", maybe),
    ):
        yield Sample(f"link {word}", shop.link(word, text), reads, "answer")
        yield Sample(
            f"link {word} gmail", shop.link(word, text, page=f'<div dir="ltr">{text.strip()}</div>'), reads, "answer"
        )
        for language, line in PHONE.items():
            yield Sample(f"link {word} phone {language}", shop.link(word, f"{text}\n{line}\n"), reads, "answer")
    for line in MACHINES:
        yield Sample(f"link YES by {line[:20]}", shop.link("YES", f"yes, all dates\n\n{line}\n"), yes, "answer")
    for name, part in PARTS.items():
        mail = shop.link("YES", "yes, all dates\n")
        head, _, body = mail.partition(b"\n\n")
        plain = 'Content-Type: text/plain; charset="utf-8"'
        head = b"\n".join(line for line in head.split(b"\n") if not line.startswith(b"Content-"))
        whole = f"\nContent-Type: multipart/mixed; boundary=B\n\n--B\n{plain}\n\nyes, all dates\n--B\n{part}\n--B--\n"
        assert body
        reads, kind = (yes, "answer") if name == "a picture" else ("", "review")
        yield Sample(f"link YES with {name}", head + whole.encode(), reads, kind)
    for page in (
        "<s>yes, all dates</s>",
        "<del>yes, all dates</del> no",
        "<i style='text-decoration:line-through'>yes, all dates</i>",
    ):
        yield Sample(
            f"link YES struck {page}", shop.link("YES", "yes, all dates\n", page=f"<p>{page}</p>"), "", "review"
        )
    yield Sample("link emptied", shop.link("YES", "\n"), yes, "answer")
    yield Sample("link signed", shop.link("YES", "yes, all dates\n\nThanks,\nKay\n+1 760 555 0199\n"), yes, "answer")
    yield Sample(
        "link signed with a rule", shop.link("YES", "yes, all dates\n-- \nKay Moss\nKey Grip\n"), yes, "answer"
    )
    yield Sample("link without the subject's rest", shop.link("YES", "yes, all dates\n", about=""), yes, "answer")
    for text in (
        "no, all dates", "yes, all dates but the 13th", "yes, all dates\nbut the 13th I can't", "not yes", "maybe", "Yes, if the rate is 600",
        "yes, all dates\n\n-- \nKay Moss\n(but not on the 13th)", "yes, all dates\n> is this a trick?\nno", "Just kidding, no", "yes, both dates",
        "yes, all dates\n\nSent from my hotel, which I cannot leave on the 13th\nso not that one", "yes, all dates\n\nSent from my phone, the 13th is impossible", "yes, all dates\n\nSent from Reno where I am stuck on the 13th",
        "yes, all dates\n-- \nKay\nPS: 13th impossible", "yes, all dates\n12.11.-13.11.", "yes, all dates\n2025-11-13", "yes, all dates\nThanks but no",
        "yes, all dates 👎", "yes, all dates?", "y no",
        "yes, all dates\n" + "\n" * 210 + "no, sorry",
        *(f"yes, all dates\n{below}" for below in BELOW),
    ):  # fmt: skip
        yield Sample(f"link YES contradicted: {text[:30]!r}", shop.link("YES", f"{text}\n"), "", "review")
    yield Sample(
        "link subject edited",
        shop.link("YES", "yes, all dates\n", about=f"{shop.subject} - not the 13th"),
        "",
        "review",
    )
    yield Sample("link subject edited to no", shop.link("NO", "yes, all dates\n"), "", "review")
    yield Sample("link word edited", shop.link("YES but", "yes, all dates\n"), "")
    yield Sample("link forwarded", shop.link("YES", "yes, all dates\n", prefix="Fwd: "), "")
    yield Sample("answer to a link", shop.link("YES", "On reflection: no\n", prefix="Re: "), "", "answer")
    yield Sample("two versions", shop.link("YES", "yes, all dates\n", page="<p>no, sorry</p>"), "", "review")
    yield Sample("another sender", shop.link("YES", "yes, all dates\n", sender="someone@else.example"), yes, "review")
    form = "(yes, no or maybe after each date)\n\nMon 10 Nov: {}\nWed 12 Nov: {}\nThu 13 Nov: {}\nFri 14 Nov: {}\nRate: {}\nNote: {}\n"
    for values, reads, kind in (
        (("yes", "no", "maybe", "", "", ""), "yes 10 nov; no 12 nov; maybe 13 nov", "answer"),
        (("Yes", "YES.", "n", "ok", "650/day", ""), "counter 10 nov, 12 nov, 14 nov; no 13 nov; 650/day", "answer"),
        (("ja", "nein", "vielleicht", "oui", "", ""), "yes 10 nov, 14 nov; no 12 nov; maybe 13 nov", "answer"),
        (("yes", "yes", "yes", "yes", "", "only with a hotel"), yes, "review"),
        (("yes if dry", "no", "no", "no", "", ""), "", "review"),
        (("yes", "no", "sure, why not", "", "", ""), "", "review"),
        (("yes", "", "", "", "six hundred", ""), "", "review"),
        (("yes", "", "", "", "yes 12", ""), "", "review"),
        (("yes", "", "", "", "650/day from 10am", ""), "", "review"),
        (("", "", "", "", "", ""), "", "review"),
        (("", "", "", "", "", "yes to all"), "", "review"),
    ):
        yield Sample(f"form {values}", shop.link("SOME", form.format(*values)), reads, kind)
    yield Sample("form without its dates", shop.link("SOME", "all of them please\n"), "", "review")
    yield Sample("form, another weekday", shop.link("SOME", "Thu 12 Nov: yes\n"), "", "review")
    yield Sample("form, a date not asked", shop.link("SOME", "Tue 11 Nov: yes\n"), "", "review")


def _free(shop: Shop) -> Iterator[Sample]:
    for language, line in GMAIL.items():
        yield Sample(f"gmail {language}", shop.mail(*gmail(OWN[language], line)), "", "answer")
        yield Sample(f"gmail {language}, HTML alone", _html_only(shop, gmail(OWN[language], line)[1]), "", "answer")
    for language, heads in OUTLOOK.items():
        yield Sample(f"outlook {language}", shop.mail(*outlook(OWN[language], heads)), "", "answer")
        yield Sample(
            f"outlook {language}, HTML alone", _html_only(shop, outlook(OWN[language], heads)[1]), "", "answer"
        )
    for language, line in APPLE.items():
        text = f"{OWN[language]}\n\n{PHONE[language]}\n\n{line}\n> \n{quoted()}"
        yield Sample(f"iphone {language}", shop.mail(text), "", "answer")
    for own in FREE:
        yield Sample(f"free {own[:24]!r}", shop.mail(gmail(own, GMAIL["en"])[0]), "", "answer")
        yield Sample(f"free, alone {own[:24]!r}", shop.mail(own), "", "answer")
    inline = quoted("Mon 10 Nov   Route 9") + "yes\n" + quoted("Wed 12 Nov   Route 9") + "no, sorry\n"
    hebrew = "\u202bבתאריך יום ו׳, 31 באוק׳ 2025 ב-9:14 מאת \u202aThe Salt Road\u202c\u200f <\u202aproduction@salt.example.com\u202c\u200f>:\u202c"
    yield Sample("gmail he", shop.mail(gmail("כן, חוץ מיום חמישי", hebrew)[0]), "", "answer")
    yield Sample("inline", shop.mail(f"{GMAIL['en']}\n\n{inline}"), "", "answer")
    yield Sample("below the quote", shop.mail(f"{GMAIL['en']}\n{quoted()}\nYes from Wednesday\n"), "", "answer")
    yield Sample("only our own words", shop.mail(quoted()), "", "answer")
    yield Sample("latin-1", shop.mail("Sí, mañana no", charset="iso-8859-1"), "", "answer")
    yield Sample("utf-16", shop.mail("yes", charset="utf-16"), "", "answer")
    lying = shop.mail("Mañana sí").replace(b'charset="utf-8"', b'charset="punycode"')
    yield Sample("a character set that lies", lying, "", "answer")


def _html_only(shop: Shop, page: str) -> bytes:
    mail = shop.mail("x")
    head, _, _ = mail.partition(b"\n\n")
    head = head.replace(b"text/plain", b"text/html").replace(b"7bit", b"8bit")
    return head + b"\n\n" + page.encode()


def _machines(shop: Shop) -> Iterator[Sample]:
    away = f"I am out of the office until the 10th. YES, I read mails.\n\n{quoted()}"
    yield Sample("away, RFC 3834", shop.mail(away, headers=(("Auto-Submitted", "auto-replied"),)), "", "away")
    yield Sample("away, by its subject", shop.mail(away, subject="Automatische Antwort: SALT"), "", "away")
    for subject in (
        "Automatikus válasz: SALT", "Автоматический ответ: SALT", "Автоматична відповідь: SALT", "自動応答: SALT", "自动回复: SALT",
        "Răspuns automat: SALT", "Otomatik yanıt: SALT", "Αυτόματη απάντηση: SALT", "Réponse automatique : SALT", "Nieobecność: SALT",
    ):  # fmt: skip
        yield Sample(
            f"away, {subject[:12]}", shop.mail("Yes, all mails are read on Monday.", subject=subject), "", "away"
        )
    yield Sample("away, Outlook", shop.mail(away, subject=f"Automatic reply: {shop.subject}"), "", "away")
    yield Sample("a list", shop.mail("yes", headers=(("Precedence", "list"), ("List-Id", "<x.example>"))), "", "away")
    away_link = shop.link("YES", "yes, all dates\n").replace(
        b"MIME-Version", b"Auto-Submitted: auto-replied\nMIME-Version"
    )
    yield Sample("a link, answered by a machine", away_link, "", "away")


def bounce(thread: str, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A delivery report as Postfix writes it."""
    return (
        "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example.com>\nTo: production@salt.example.com\n"
        "Subject: Undelivered Mail Returned to Sender\nDate: Sat, 01 Nov 2025 10:00:00 -0700\nMessage-ID: <b1@mx.example.com>\n"
        'Auto-Submitted: auto-replied\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nI'm sorry. YES, really.\n--B\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; k-moss@salt.example.com\n"
        f"Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 5.1.1 no such\n user here\n\n"
        f"--B\nContent-Type: text/rfc822-headers\n\nFrom: The Salt Road <production@salt.example.com>\nMessage-ID: {thread}\n\n--B--\n"
    ).encode()


def maildir(path: Path, mails: list[bytes]) -> Path:
    """A Maildir with these mails, some read, some new."""
    for name in ("cur", "new", "tmp"):
        (path / name).mkdir(parents=True, exist_ok=True)
    for number, mail in enumerate(mails):
        where = f"cur/{number:05}.x:2,S" if number % 2 else f"new/{number:05}.x"
        (path / where).write_bytes(mail)
    return path


def encoded(text: str) -> str:
    return email.header.Header(text, "utf-8").encode()
