"""Whole mails as mail programs, calendars and servers write them, to the letter of their MIME; who wrote them is made up.

Beside `replies`, where the words count, here it is the form: parts within parts, transfer encodings, marks of a
quote, what a server puts above or a person below, calendars' replies, reports of delivery and of reading.
"""

from __future__ import annotations

import base64
import quopri
import textwrap
from collections.abc import Callable, Iterator
from html import escape

from tests.mail.replies import OURS, Sample, Shop, all_, encoded, quoted

YES = all_("yes")
PNG = "Content-Type: image/png; name=logo.png\nContent-ID: <l@x>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
PHOTO = "Content-Type: image/jpeg\nContent-Disposition: attachment; filename=IMG_1.jpg\nContent-Transfer-Encoding: base64\n\n/9j/\n"
SIGNED = 'Content-Type: application/pkcs7-signature; name="smime.p7s"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nMIIF\n'


def part(kind: str, text: str, way: str = "quoted-printable", more: str = "") -> str:
    head = f'Content-Type: {kind}; charset="utf-8"{more}\nContent-Transfer-Encoding: {way}\n\n'
    if way == "base64":
        return head + base64.encodebytes(text.encode()).decode()
    return head + (text if way == "8bit" else quopri.encodestring(text.encode()).decode())


def multi(kind: str, *parts: str, more: str = "") -> str:
    mark = f"=_{kind}_{len(''.join(parts))}"
    return f'Content-Type: multipart/{kind}; boundary="{mark}"{more}\n\n' + "".join(
        f"--{mark}\n{one}\n" for one in parts
    ) + f"--{mark}--\n"  # fmt: skip


def mail(number: int, subject: str, body: str, sender: str, more: str = "") -> bytes:
    given = subject if subject.isascii() else encoded(subject)
    return (
        f"From: {sender}\nTo: The Salt Road <production@salt.example.com>\nSubject: {given}\nDate: Sat, 1 Nov 2025 10:{number // 60:02}:{number % 60:02} -0700\n"
        f"Message-ID: <client-{number}@program.example>\n{more}MIME-Version: 1.0\n{body}"
    ).encode()


def lines_in(tag: str, text: str) -> str:
    return "".join(f"<{tag}>{escape(line) or '<br>'}</{tag}>" for line in text.split("\n"))


PROGRAMS: dict[str, Callable[[str], str]] = {
    "Gmail": lambda text: multi("alternative", part("text/plain", f"{text}\n"), part("text/html", f'<div dir="ltr">{lines_in("div", text)}</div>')),
    "Outlook on the web": lambda text: multi("alternative", part("text/plain", f"{text}\n\n", "base64"), part("text/html", f'<html><head><style type="text/css" style="display:none;"> P {{margin-top:0}} </style></head><body dir="ltr">{lines_in("div", text)}</body></html>', "base64")),
    "Outlook": lambda text: part("text/html", f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {{margin:0cm}} --></style></head><body><div class="WordSection1">{lines_in("p", text)}<o:p></o:p></div></body></html>'),
    "iPhone": lambda text: multi("alternative", part("text/plain", f"{text}\n\nSent from my iPhone", "8bit"), part("text/html", f'<body dir="auto">{lines_in("div", text)}<div><br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Sent from my iPhone</div></div></body>')),
    "Thunderbird": lambda text: part("text/plain", f"{text}\n", "8bit", "; format=flowed; delsp=yes"),
    "Apple Mail with a logo": lambda text: multi("related", part("text/html", lines_in("div", text) + '<img src="cid:l@x">'), PNG),
    "S/MIME": lambda text: multi("signed", part("text/plain", f"{text}\n"), SIGNED, more='; protocol="application/pkcs7-signature"'),
}  # fmt: skip
WHOLE = (  # the link's words, and what says nothing
    "yes, all dates", "yes, all dates\n\nBest, Kay", "yes, all dates\n\nLG Kay", "yes, all dates\n\nKay Moss | Gaffer", "yes, all dates\n\nKay Moss\nOberbeleuchterin\nMoss Film GmbH\nwww.moss.example",
    "yes, all dates\n\n-- \nKay Moss\nChef machiniste\n+33 6 12 34 56 78", "yes, all dates\n\nSaludos,\nKay Moss\nDirectora de fotografía", "yes, all dates\n\nС уважением\nKay Moss", "yes, all dates\n\nよろしくお願いします。",
    "yes, all dates\n\nKay Moss (she/her)\nDirector of Photography, CSC\nT +1 760 555 0199 | M +1 760 555 0198\nE: kay@moss.example<mailto:kay@moss.example> | Web: www.moss.example",
    "yes, all dates\n\nSkaffa Outlook för Android", "yes, all dates\n\nWysłane z aplikacji Poczta dla Windows", "yes, all dates\n\nOdesláno z mého telefonu s Androidem pomocí pošty K-9 Mail. Omluvte prosím moji stručnost.",
    "yes, all dates\n\nFreue mich!\nGruß Kay", "yes, all dates\n\nMerci beaucoup,\nà bientôt\nKay", "yes, all dates\n\nMed vänlig hälsning\nKay Moss", "yes, all dates\n\nPlease excuse typos - sent from my phone", "yes, all dates\n\nОтправлено из мобильной Яндекс Почты", "yes, all dates\n\nKay\nTél. : 06 12 34 56 78", "yes, all dates\n\nVirus-free.www.avast.com", "yes, all dates\n\nOutlook für iOS beziehen<https://aka.ms/o0ukef>", "yes, all dates\n\nDiese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.", "yes, all dates\n\n나의 iPhone에서 보냄", "yes, all dates\n\nΣτάλθηκε από το iPhone μου",
    "CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless you recognize the sender and know the content is safe.\n\nyes, all dates",
    "You don't often get email from k-moss@example.com. Learn why this is important<https://aka.ms/LearnAboutSenderIdentification>\n\nyes, all dates",
)  # fmt: skip
ALTERED = (  # a word more
    "yes, all dates\n+10 12 14", "yes, all dates\n+10 11 12 13", "yes, all dates\n20251112 20251114", "yes, all dates\ncell 1200-1800", "yes, all dates\n650/700/800", "yes, all dates\nm 650 700 800", "yes, all dates\nhttps://moss.example/not-13",
    "yes, all dates\nhttps://docs.google.com/document/d/1", "yes, all dates\n-- \nwww.no-thursday.com", "yes, all dates\nSent from my iPhone 13th", "yes, all dates\n-- \nthirteenth out", "yes, all dates\n-- \nKay\ntřináctého jsem pryč",
    "yes, all dates\n-- \nKay Moss\nDonnerstags im Theater", "yes, all dates\n-- \nKay\nNemohu", "yes, all dates\nKay\n1st and 3rd", "yes, all dates\n-- \nKay\nSecond Pencil", "yes, all dates\nKay Moss\nProduction Pending", "yes, all dates\nThanks, Kay 13",
    "yes, all dates\nKay \N{CROSS MARK}", "yes, all dates\nKay \N{THUMBS DOWN SIGN}", "yes, all dates\nKay :(", "yes, all dates\nKay | not 13", "yes, all dates\noffice 1200-1800", "yes, all dates\n-- \nGaffer \N{CROSS MARK}",
    "yes, all dates\nfreue mich nicht", "yes, all dates\nlooking forward to Friday", "yes, all dates\nsee you then, not Thu", "yes, all dates\nmerci, non", "yes, all dates\nx", "yes, all dates\nplease phone", "yes, all dates\nSent by mail, please phone", "yes, all dates\nSent from my iPhone at 13",
    "yes, all dates\nDiese Mail wurde von mir nicht gesendet", "yes, all dates\nPlease excuse my errors, not the 13th", "CAUTION: This email originated from outside of the organization. Not the 13th.\n\nyes, all dates", "yes, all dates\n\n> but not 13",
    "yes, all dates\n\nFrom: me\nTo: you\nSubject: not 13", "yes, all dates\n\nOn 13 Nov 2025 10:00 x@y.example wrote:\nnot 13", "No.\n\nyes, all dates",
)  # fmt: skip
BARE = {  # an attribution, and the mail that is answered below it without any mark
    "Yahoo": "    On Friday, October 31, 2025 at 09:14:22 AM PDT, The Salt Road <production@salt.example.com> wrote:  ",
    "Yahoo de": "Am Freitag, 31. Oktober 2025 um 09:14:22 MEZ hat The Salt Road <production@salt.example.com> Folgendes geschrieben:",
    "Outlook on a Mac": 'On 31/10/2025, 09:14, "The Salt Road" <production@salt.example.com> wrote:',
    "Outlook on a Mac fr": "Le 31/10/2025 09:14, « The Salt Road » <production@salt.example.com> a écrit :",
    "wp.pl": "Dnia 31 października 2025 09:14 The Salt Road <production@salt.example.com> napisał(a):",
    "Zoho": "---- On Fri, 31 Oct 2025 09:14:22 -0700 The Salt Road <production@salt.example.com> wrote ----",
    "Zoho de": "---- Am Fr., 31 Okt. 2025 09:14:22 +0100 schrieb The Salt Road <production@salt.example.com> ----",
    "QQ": "------------------ Original ------------------\nFrom: The Salt Road <production@salt.example.com>\nDate: Fri\nSubject: SALT",
    "Gmail pt": "The Salt Road <production@salt.example.com> escreveu (sexta, 31/10/2025 à(s) 09:14):",
}
AWAY = (
    "Automatyczna odpowiedź: SALT", "자동 회신: SALT", "自动答复: SALT", "Resposta automàtica: SALT", "Kay Moss is out of the office (returning 17/11/2025)", "Kay Moss ist außer Haus.", "Kay Moss est absent(e) du bureau",
    "[EXT] Automatische Antwort: SALT", "I'm out of the office until 17 November", "Message d'absence : SALT",
)  # fmt: skip


def samples(shop: Shop) -> Iterator[Sample]:
    """Every sample, in order: the number of each stands in its Message-ID."""
    for number, (name, subject, body, reads, kind, more) in enumerate(_all(shop), 1):
        yield Sample(name, mail(number, subject, body, f"Kay Moss <{shop.sender}>", more), reads, kind)


def _all(shop: Shop) -> Iterator[tuple[str, str, str, str, str, str]]:
    link = f"YES [pm:{shop.token}] {shop.subject}"
    thread = f"In-Reply-To: {shop.thread}\nReferences: {shop.thread}\n"
    for program, made in PROGRAMS.items():
        for text in WHOLE:
            yield f"{program}: {text!r}", link, made(text), YES, "answer", ""
        for text in ALTERED:
            yield f"{program}: {text!r}", link, made(text), "", "review", ""
    plain = part("text/plain", "yes, all dates\n")
    for tag in ("[EXT] ", "[EXTERNAL EMAIL] ", "{External} ", "EXTERNAL: [EXT] "):
        yield f"tagged {tag}", f"{tag}{link}", plain, YES, "answer", ""
    for subject in (f"[EXT] Re: {link}", f"[EXTRA] {link}", f"[external but no] {link}", f"Recall: {link}"):
        yield f"subject {subject}", subject, plain, "", "answer", ""
    # Outlook reads a link by the machine's own letters, unless it is told not to; others write plain ones.
    for shown in (
        shop.subject.encode().decode("cp1250"),
        shop.subject.encode().decode("cp1252"),
        shop.subject.replace("–", "-"),
        shop.subject.replace("–", "?"),
    ):
        yield f"subject {shown}", f"YES [pm:{shop.token}] {shown}", plain, YES, "answer", ""
    for shown in (shop.subject.replace("–", ", "), shop.subject.replace("–", " not "), f"{shop.subject} нет"):
        yield f"subject {shown}", f"YES [pm:{shop.token}] {shown}", plain, "", "review", ""
    mark = PNG.replace("inline", "attachment; filename=image001.png")
    page = part("text/html", '<p>yes, all dates</p><img src="cid:l@x">')
    yield "a firm's mark that says it is attached", link, multi("related", page, mark), YES, "answer", ""
    for name, page in (
        ("a word behind a sign", "<p>yes, all dates < but not the 13th</p>"),
        ("a word between signs", "<p>yes, all dates < not 13 ></p>"),
        ("a head that is not closed", "<html><head><meta name=x><body>no way</body>"),
        ("a thumb that is a picture", '<p>yes, all dates <img alt="\N{THUMBS DOWN SIGN}" src="x"></p>'),
        ("a picture in the page itself", f'<p>yes, all dates</p><img src="data:image/png;base64,{"A" * 300_000}"><p>but no</p>'),
    ):  # fmt: skip
        yield name, link, part("text/html", page, "8bit"), "", "review", ""
    yield "a word far below", link, part("text/plain", f"yes, all dates\n{' ' * 300_000}\nbut no\n"), "", "review", ""
    yield "a photo attached", link, multi("mixed", plain, PHOTO), "", "review", ""
    yield "a picture alone", link, multi("related", part("text/html", '<img src="cid:l@x">'), PNG), "", "review", ""
    card = "Content-Type: text/x-amp-html\n\n<html amp4email>no</html>\n"
    yield "another version of it", link, multi("alternative", plain, card), "", "review", ""
    form = "Mon 10 Nov: yes\nWed 12 Nov: yes\nRate: \nNote: \nWed 12 Nov: no\n"
    yield "a date after the note", link.replace("YES", "SOME"), part("text/plain", form), "", "review", ""
    for program, line in BARE.items():
        text = f"Thursday is out\n\n{line}\n\n{OURS}"
        yield f"bare, {program}", f"Re: {shop.subject}", part("text/plain", text), "", "answer", thread
    wrapped = "\n".join(textwrap.wrap(BARE["Gmail pt"], 60))
    yield "quoted", f"Re: {shop.subject}", part("text/plain", f"Sim\n\n{wrapped}\n\n{quoted()}"), "", "answer", thread
    words = part("text/plain", "Can't do Thursday\n\nSent from my iPhone\n")
    yield (
        "words behind a picture",
        f"Re: {shop.subject}",
        multi("mixed", part("text/plain", "\n"), PHOTO, words),
        "",
        "answer",
        thread,
    )
    yield "no autoresponder", link, plain, YES, "answer", "X-Autoreply: no\n"
    for subject in AWAY:
        text = part("text/plain", "Yes, I read my mail on Monday.\n")
        yield f"away, {subject}", subject, text, "", "away", thread
    text = part("text/plain", "Ticket opened\n")
    yield "away, a help desk", f"Re: {shop.subject}", text, "", "away", f"{thread}X-FC-MachineGenerated: true\n"
    receipt = f"Content-Type: message/disposition-notification\n\nOriginal-Message-ID: {shop.thread}\nDisposition: manual-action/MDN-sent-manually; displayed\n"
    report = multi("report", part("text/plain", "yes, it was read"), receipt, more="; report-type=disposition-notification")  # fmt: skip
    yield "a receipt", f"Read: {shop.subject}", report, "", "away", thread
