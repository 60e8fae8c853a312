"""Words that may stand below a mail's own words without saying anything: what phones add, and what people are by trade."""

from __future__ import annotations

from typing import Final

_MADE: Final = (
    "iphone iphone'a iphonu iphonie iphonesta ipad ipadu ipada android samsung galaxy xiaomi redmi poco huawei honor pixel motorola moto nokia oneplus sony xperia"
    " blackberry windows outlook ios"
)
BRANDS: Final = frozenset(_MADE.split())
"""What a number may follow that is a model's: `iPhone 13`."""
_THINGS: Final = (
    # devices and programs
    "k-9 email.cz seznam.cz orange sfr verizon t-mobile vodafone telekom xfinity"
    " mail mails gmail e-mail email yahoo proton protonmail aol spark thunderbird icloud libero fastmail gmx web.de app aplikace aplikaci aplikacji aplikację application"
    " bluemail mailbird fastmail edison courrier correo posta appareil l'application android-gerät"
    " phone mobile cell device tablet handy smartphone smartphonu telefon telefonu telefonem mobil mobilu mobiltelefon mobiltelefonem móvil movil celular"
    " téléphone telephone telefono teléfono cellulare telefone telemóvel gsm телефона телефон мобильного устройства zařízení zariadenia"
    " iphone-omról iphone-ul iphone'umdan ipad'imdan iphone-ról ipad-ról iphonea iphona galaxysta androida מה-iphone מה-ipad"
    " apple watch brevity typos typo unterwegs smartfon smartfonu galaxy-smartphone android-mobiltelefon huawei-mobiltelefon aqua aquamail zoho typeapp canary airmail newton superhuman mailspring client tutanota tuta"
    " macbook mac google poczta poczty pošty pošta почта почты яндекс mail.ru correio e-post e-mailem courriel puhelimesta telefoon mobiel apparaat tablette messagerie e-mail-app"
    " мобильной приложения смартфона пристрою ios용 android용"
)
_AROUND: Final = (
    " connect please excuse pardon and or any errors at t by pro max mini plus ultra note secure secured 5g 4g lte em using typed"
    # what stands around them: en de fr es it cs sk nl pl pt sv da no fi ru uk ro tr
    " sent from my the a an with via using on for get download von aus meinem meiner mein gesendet mit mobilen mobiler der dem vom über für diese nachricht wurde unterwegs beziehen herunterladen holen"
    " envoyé de depuis mon à partir avec téléchargez télécharger obtenez obtenir pour enviado desde mi obtener para un dispositivo el do meu da dal mio inviato con scarica ottieni per il"
    " odesláno odoslané z ze zo mého môjho získat pro pomocí přes mobilního verzonden verstuurd vanaf met mijn voor downloaden outlook"
    " wysłane wysłano mojego przez pobierz dla systemu o dla androida obter baixar descargar consigue partir skickat från min mitt hämta för sendt fra hent til lähetetty"
    " elküldve az iphone-omról отправлено с из моего надіслано із мого з trimis pe iphone-ul meu iphone'umdan ipad'imdan gönderildi enviat des del iphone-ról ipad-ról küldve poslano s sa iz mog iphonea iphona galaxysta"
    " στάλθηκε από το μου נשלח מה-iphone מה-ipad שלי"
    " dikirim dihantar dari daripada saya được gửi từ của tôi veuillez excuser ma brièveté por favor disculpa brevedad perdonate la brevità omluvte prosím moji stručnost excuseer beknoptheid s androidem"
    " sécurisée l'email sicura sichere sicheren correo electrónico seguro beveiligde se zabezpečeným obtenga baixe descarga skaffa program stáhnout získajte pre hanki скачать для загрузить отримати со"
    " 下载 获取 取得 版 用 を入手 から送信 版のメールから送信 다운로드 için uygulamasını edinin descărcați pentru λήψη του για auf su de provenance vanuit skickades mobil program"
)
_SENDS: Final = (
    "sent gesendet envoyé enviado inviato odesláno odoslané verzonden verstuurd wysłane wysłano skickat skickades sendt lähetetty elküldve küldve отправлено надіслано trimis gönderildi"
    " enviat poslano στάλθηκε נשלח dikirim dihantar gửi から送信 版のメールから送信 typed secured excuse pardon provenance outlook bluemail"
)
SENDS: Final = frozenset(_SENDS.split())
"""What such a line says was done: without one of these it may be a wish (`please phone`)."""
THINGS: Final = BRANDS | frozenset(_THINGS.split())
PHONE: Final = THINGS | frozenset(_AROUND.split())
"""The words of the lines that phones and mail programs add; what else stands in one was typed by a person."""

_JOBS: Final = (
    # en
    "grip grips gaffer electrician spark sparks dolly rigging lighting camera cinematographer cameraman camerawoman"
    " operator assistant focus puller loader dit director directing photography dop dp steadicam drone pilot sound mixer boom recordist audio art production designer decorator"
    " dresser props prop master buyer construction carpenter painter costume costumes wardrobe stylist supervisor make-up makeup hair artist sfx vfx stunt stunts coordinator"
    " performer actor actress script continuity editor editing post colourist colorist composer manager scout producer executive accountant"
    " runner pa driver transport transportation captain catering chef medic nurse officer intimacy teacher film films tv television"
    " filmmaker studio studios pictures productions asc bsc bvk afc csc acs soc ace iatse sag-aftra bectu"
    # de
    " kamera kameramann kamerafrau kameraassistent kameraassistentin kameraassistenz bühne bühnenmann grip oberbeleuchter oberbeleuchterin beleuchter beleuchterin licht ton tonmeister tonmeisterin"
    " tonassistent tonassistentin regie regisseur regisseurin regieassistent regieassistentin regieassistenz maske maskenbildner maskenbildnerin kostüm kostümbildner kostümbildnerin"
    " garderobe requisite requisiteur requisiteurin szenenbild szenenbildner szenenbildnerin ausstattung aufnahmeleiter aufnahmeleiterin aufnahmeleitung herstellungsleitung"
    " produktionsleiter produktionsleiterin produktion filmproduktion schnitt cutter cutterin fahrer fahrerin schauspieler schauspielerin filmgeschäftsführung freie freier"
    # fr
    " chef cheffe machiniste machino électricien électricienne électro opérateur opératrice cadreur cadreuse image directeur directrice photographie photo son ingénieur ingénieure"
    " preneur perchman perchiste réalisateur réalisatrice assistante mise scène scripte décor décors décorateur décoratrice accessoiriste costumière costumier habilleuse maquilleuse"
    " maquilleur coiffeuse coiffeur régisseur régisseuse régie général générale monteur monteuse montage production chargé chargée comédien comédienne chauffeur cinéma premier première"
    # es it pt
    " maquinista eléctrico eléctrica operador operadora cámara ayudante dirección fotografía director directora sonido sonidista microfonista vestuario maquillaje maquilladora peluquería"
    " arte producción producciones productor productora jefe jefa montaje actor actriz conductor cine macchinista elettricista operatore operatrice macchina direttore direttrice della"
    " fotografia fonico suono microfonista regista aiuto regia scenografia scenografo scenografa costumista trucco truccatrice parrucchiera produzione organizzatore montatore attore"
    " attrice autista eletricista câmera câmara som figurino maquiagem maquilhagem cabelo diretor diretora realizador produção montador ator atriz motorista cinema"
    # cs sk pl nl sv da no
    " kameraman kameramanka kamera asistent asistentka osvětlovač švenkr zvuk zvukař režie režisér režisérka maskér maskérka kostýmy kostymérka rekvizitář produkce produkční vedoucí střih střihač"
    " herec herečka řidič operator kamery oświetleniowiec oświetlacz dźwięk dźwiękowiec reżyser kierownik produkcji charakteryzacja charakteryzatorka kostiumy scenografia montażysta"
    " cameraman cameravrouw belichter geluid geluidsman geluidstechnicus regisseur regieassistent visagist visagiste kleding kostuums productieleider productie acteur actrice"
    " fotograf ljud ljudtekniker ljus passare regissör scripta smink maskör kostym rekvisita produktionsledare klippare skådespelare belysning lys lyd tonemester instruktør sminkør"
    " filmfotograf produksjon produktion skuespiller"
)
TRADE: Final = frozenset(_JOBS.split())
"""What people are by trade: a line of a signature that tells it has one of these words at least."""
_SMALL: Final = (
    "of the and for at to & und für der die des im et de du la le les l d y e del della di da do das dos a i van het en för og och"
    " 1st 2nd 3rd first second third unit key best boy set on-set light location locations line main freelance freelancer freie freier film films"
)
JOINING: Final = frozenset(_SMALL.split())
"""What else stands in such a line: `Director of Photography`, `2nd Unit Key Grip`."""
_FIRMS: Final = "ltd limited llc inc corp plc gmbh kg ug sarl sas srl s.r.o a.s bv aps oy"
FIRM: Final = frozenset(_FIRMS.split())
"""What a firm's name ends with."""
