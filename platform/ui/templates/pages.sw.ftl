### Kiswahili: yale ambayo kurasa zote zinashiriki.

moment = { $day } { $month ->
    [1] Januari
    [2] Februari
    [3] Machi
    [4] Aprili
    [5] Mei
    [6] Juni
    [7] Julai
    [8] Agosti
    [9] Septemba
    [10] Oktoba
    [11] Novemba
   *[12] Desemba
} { $year }, { $time }
ago-now = sasa hivi
ago-minutes = { $n ->
    [one] dakika { $n } iliyopita
   *[other] dakika { $n } zilizopita
}
ago-hours = { $n ->
    [one] saa { $n } lililopita
   *[other] saa { $n } zilizopita
}
ago-days = { $n ->
    [one] siku { $n } iliyopita
   *[other] siku { $n } zilizopita
}

skip-to-content = Ruka hadi kwenye maudhui
nav = Sehemu kuu
nav-feed = Habari
nav-orders = Oda
nav-post = Chapisha
nav-notices = Taarifa
nav-me = Mimi
log-in = Ingia
sign-up = Jisajili
other-language = English
data-low = Tumia data kidogo
data-full = Onyesha picha kamili
part-failed = Haikufanikiwa. Kagua mtandao wako kisha ujaribu tena.
more = Onyesha zaidi
go-home = Rudi mwanzo

pictures = Picha
pictures-hint = Zisizozidi 10, kila moja isizidi MB 25. Zichague kabla ya kuandika. Ya kwanza ndiyo inayoonekana kwenye orodha.
pictures-send = Tuma picha
pictures-going = Kiasi cha picha kilichotumwa
pictures-failed = Picha hazikufika. Kagua mtandao wako kisha uzichague tena.
picture-alt = Inaonyesha nini?
picture-without = Ondoa
picture-first = Weka ya kwanza

welcome-title = Nunua kwa watu unaowafuata
welcome-text = Ununuzi, matukio na marafiki mahali pamoja. Pesa zako zinashikiliwa mpaka mzigo ufike mikononi mwako.
welcome-step-1 = Fuata
welcome-step-1-why = watu unaowapenda.
welcome-step-2 = Nunua
welcome-step-2-why = moja kwa moja kutoka kwenye machapisho yao.
welcome-step-3 = Toa namba ya makabidhiano
welcome-step-3-why = ukiwa umeshika mzigo. Hapo ndipo muuzaji analipwa.
for-developers = Kwa watengenezaji
api-viewer = Kitazamaji cha API
development-outbox = Kisanduku cha majaribio: kila ujumbe uliotumwa

refused-not-found = Hakuna kitu hapa
refused-not-found-why = Ukurasa huu haupo, au si wako kuuona.
refused-forbidden = Hairuhusiwi
refused-forbidden-why = Huwezi kufanya hivi.
refused-conflict = Haiwezekani tena
refused-conflict-why = Mambo yamebadilika tangu ulipofungua ukurasa. Tazama yalivyo sasa.
refused-invalid = Haikufanikiwa
refused-invalid-why = Kuna kitu ulichotuma ambacho hakikubaliki. Rudi ukikague.
refused-too-large = Kubwa mno
refused-too-large-why = Ulichotuma ni kikubwa kuliko tunachopokea.
refused-too-many = Mara nyingi mno
refused-too-many-why = Subiri kidogo kabla ya kujaribu tena.
refused-busy = Subiri kidogo
refused-busy-why = Tuna kazi nyingi sana sasa hivi. Jaribu tena baada ya sekunde chache.
refused-broken = Kosa letu
refused-broken-why = Kuna hitilafu upande wetu. Hakuna ulichofanya kilichopotea; jaribu tena baada ya muda mfupi.

error-invalid = Kagua ulichojaza.
error-form_stale = Ukurasa huu umepitwa na wakati. Ufungue tena kisha utume fomu mara nyingine.
error-cross_site = Fomu hii ilitumwa kutoka tovuti nyingine. Fungua ukurasa hapa kisha ujaribu tena.
error-invalid_cursor = Orodha hii imebadilika. Ifungue tena kuanzia mwanzo.
error-idempotency_key_in_use = Hii bado inafanyika. Subiri sekunde moja kisha utazame tena.
error-unavailable = Tuna kazi nyingi sana sasa hivi. Jaribu tena baada ya sekunde chache.
error-wrong_type = Kagua ulichojaza.
error-out_of_range = Namba ni kubwa au ndogo mno.
error-too_short = { $n ->
    [one] Jaza hapa.
   *[other] Fupi mno: angalau { $n }.
}
error-too_long = Ndefu mno: haiwezi kuzidi { $n }.
error-too_small = Lazima iwe angalau { $n }.
error-too_great = Haiwezi kuzidi { $n }.
error-must_be_positive = Kiasi lazima kizidi sifuri.
error-unreadable_text = Kuna herufi ambayo haiwezi kuhifadhiwa.
error-invalid_form = Fomu haisomeki. Fungua ukurasa tena.
error-idempotency_key_reused = Umeshatuma fomu hii. Fungua ukurasa tena ili utume nyingine.
error-money_overflow = Kiasi ni kikubwa mno.
error-currency_mismatch = Viasi viko katika sarafu tofauti.
badge-person = Mtu aliyethibitishwa
badge-business = Biashara iliyothibitishwa
badge-official = Rasmi
