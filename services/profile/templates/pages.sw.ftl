### Kiswahili: watu na akaunti ya mtu mwenyewe.

profile-preview = { $name } yuko Nexgate.
profile-follows-you = Anakufuata
profile-counts = Wafuasi na anaowafuata
profile-followers = { $n ->
    [one] Mfuasi { $n }
   *[other] Wafuasi { $n }
}
profile-following = Anafuata { $n }
profile-follow = Fuata
profile-unfollow = Acha kufuata
profile-ask = Omba kufuata
profile-withdraw = Ondoa ombi
profile-requests-you = { $name } anaomba kukufuata.
profile-private = Binafsi
profile-muted = Umemnyamazisha
profile-mutuals = Wafuasi unaowafuata
profile-only-followers = Wafuasi pekee ndio wanaoona machapisho haya.
profile-keep-away = Punguza kumwona
profile-keep-away-hint = Hakuna anayeambiwa. Kunyamazisha huficha anachochapisha na taarifa zake. Ukimzuia, hamtaonana tena na hamtafuatana tena.
profile-mute = Nyamazisha
profile-unmute = Acha kunyamazisha
profile-block = Zuia
profile-unblock = Ondoa kizuizi
profile-log-in-to-follow = Ingia ili umfuate
profile-edit = Hariri wasifu wako
profile-posts = Machapisho
profile-see-posts = Tazama machapisho
profile-changed = Wasifu wako umebadilishwa.

profile-shop = Duka: { $shop }
profile-interests = Mapendeleo
preview-title = Onyesho la awali
preview-everyone = Hivi ndivyo kila mtu anavyokuona.
preview-follower = Hivi ndivyo wafuasi wako wanavyokuona.
preview-as-everyone = Tazama kama kila mtu anavyoona
preview-as-follower = Tazama kama anavyoona mfuasi
preview-end = Rudi kwenye ukurasa wako

portrait-avatar = Picha yako ya wasifu
portrait-cover = Picha yako ya jalada
portrait-now = Inayoonekana sasa
portrait-none = Iondoe
portrait-soon = Picha yako itaonekana muda si mrefu.
portrait-hint = Kila anayeliona jina lako huiona.

people-followers = Wanaomfuata { $name }
people-following = Anaowafuata { $name }
people-mutuals = Wafuasi wa { $name } unaowafuata
people-remove = Ondoa
people-back = Rudi kwa { $name }
people-no-followers = Hakuna anayekufuata bado. Chapisha kitu ili watu wakuone.
people-post = Andika chapisho
people-no-following = Humfuati mtu bado. Fuata watu unaowapenda, nao utawaona hapa.
people-feed = Nenda kwenye habari
people-nobody = Hakuna mtu bado.

own-requests = Maombi ya kufuata
own-asking = Kwako
own-asked = Kutoka kwako
own-asking-about = Wanataka kuona unachochapisha. Unayemkataa haambiwi.
own-asked-about = Wao huamua kama unaweza kuwafuata.
own-accept = Kubali
own-decline = Kataa
own-away = Uliowaweka mbali
own-blocks = Uliowazuia
own-mutes = Uliowanyamazisha
own-blocks-about = Hamwonani tena. Oda iliyo kati yenu hubaki wazi kwa wote wawili.
own-mutes-about = Huoni wanachofanya. Hawaambiwi.
away-blocked = Umemzuia. Hamwonani tena.
away-unblocked = Umeondoa kizuizi. Mfuate tena ukipenda.

trust-of = Uaminifu wa { $name }
trust-score = Uaminifu { $score } kati ya 100
trust-score-new = Muuzaji mpya
trust-new = Mpya
trust-means = Tuna uhakika wa asilimia 95 kuwa angalau oda { $score } kati ya 100 huenda vizuri.
trust-completed = { $n ->
    [one] Oda { $n } iliyokamilika inahesabiwa.
   *[other] Oda { $n } zilizokamilika zinahesabiwa.
}
trust-new-means = Alama huonyeshwa kuanzia oda ya tano.
trust-none = Bado hajauza chochote hapa.
trust-made-of = Inatokana na nini
trust-in-time = Kwa wakati, au hakuna aliyesema vinginevyo
trust-late = Zilizochelewa
trust-failed = Zilizoghairiwa na muuzaji, au hazikutumwa kwa wakati
trust-deals = Oda { $n }
trust-points = Kiasi ambacho kila aina inabadilisha alama. Oda mpya na za bei kubwa huhesabiwa zaidi, za mnunuzi mmoja kwa kiasi tu, na pesa zilizotoka kwa muuzaji mwenyewe hazihesabiwi.
trust-out-faded = Kilichoachwa kwa kuwa ni cha zamani: { $mass }
trust-out-capped = Kilichoachwa kwa kuwa mnunuzi mmoja ameshasema vya kutosha: { $mass }
trust-out-strangers = Kilichoachwa kwa kuwa mnunuzi hajanunua kwingine: { $mass }
trust-out-circles = Kilichoachwa kwa kuwa pesa zilitoka kwa muuzaji: { $mass }
trust-out-tiny = Kilichoachwa kwa kuwa thamani ni ndogo mno: { $mass }
trust-by-price = Oda za bei kubwa peke yake
trust-from = Kuanzia { $price }
trust-how = Hutokana na mambo yaliyotokea tu, na huhesabiwa upya baada ya kila oda na kila siku. Hakuna anayeweza kuinunua wala kuiandika.

suggestions-title = Watu unaoweza kuwafuata
suggestions-none = Bado hakuna wa kukupendekezea. Taja unachopenda, na umfuate mtu unayemjua.
suggestions-interests = Taja unachopenda
suggestions-mutuals = { $n ->
    [one] Mtu { $n } unayemfuata anamfuata
   *[other] Watu { $n } unaowafuata wanamfuata
}
suggestions-likes = Pia hupenda { $interests }

privacy-title = Faragha
privacy-private = Akaunti yangu ni binafsi
privacy-private-hint = Anayetaka kukufuata huomba kwanza. Wafuasi pekee ndio wanaoona unachochapisha na unayoeleza kukuhusu, hata palipoandikwa “Kila mtu” hapa chini.
privacy-waiting = { $n ->
    [one] Mtu { $n } anasubiri jibu lako. Ukiifanya akaunti yako ionekane na wote sasa:
   *[other] Watu { $n } wanasubiri jibu lako. Ukiifanya akaunti yako ionekane na wote sasa:
}
privacy-waiting-accept = Waruhusu wanifuate
privacy-waiting-decline = Wakatae
privacy-who-bio = Nani asome kuhusu wewe
privacy-who-links = Nani aone viungo vyako
privacy-who-interests = Nani aone mambo unayopenda
privacy-who-followers = Nani aone wanaokufuata
privacy-who-following = Nani aone unaowafuata
privacy-everyone = Kila mtu
privacy-followers = Wafuasi wako
privacy-me = Wewe tu
privacy-changed = Faragha yako imebadilishwa.
privacy-back = Rudi kwenye akaunti yako

me-privacy-what = Nani huona unachochapisha na unaowafuata
me-public = Tazama ukurasa wako unaoonekana na wote
me-wallet = Pochi
me-wallet-what = Ulichonacho, na kuongeza pesa
me-orders = Ulivyonunua
me-shop = Maduka yangu
me-sales = Ulivyouza
me-sessions = Mahali ulipoingia
me-sessions-what = Tazama vifaa vyako, na uviondoe
me-reading = Lugha, na kurasa zinazotumia data kidogo, unazichagua chini ya kila ukurasa.
me-log-out = Toka

edit-name = Jina
edit-name-hint = Herufi 1 hadi 50, kama wengine wanavyoliona.
edit-username = Jina la mtumiaji
edit-username-hint = Herufi, tarakimu na mistari ya chini, 3 hadi 30. Linaanza na herufi.
edit-username-free = Haya yanapatikana: { $names }
edit-bio = Kuhusu wewe
edit-bio-hint = Herufi zisizozidi 300. Utakayemtaja kwa @ ataarifiwa.
edit-links = Viungo
edit-links-hint = Hadi anwani 5 za mtandao, moja kwa kila mstari.
edit-interests = Mambo unayopenda
edit-interests-hint = Hadi 20, yatenganishwe kwa mkato.
edit-locale = Lugha tunayokuandikia
edit-locale-same = Uliyojisajili nayo
edit-locale-en = English
edit-locale-sw = Kiswahili
edit-time-zone = Ukanda wa saa
edit-time-zone-hint = Arifa hutaja saa za ukanda huu.
edit-save = Hifadhi
edit-not-now = Acha yalivyo

report-title = Ripoti
report-user = Ripoti wasifu huu
report-post = Ripoti chapisho hili
report-product = Ripoti bidhaa hii
report-shop = Ripoti duka hili
report-about = Wasimamizi watatazama. Mwenyewe hataambiwa nani ameripoti.
report-reason = Kuna tatizo gani?
report-words = Eleza zaidi
report-words-hint = Herufi zisizozidi 1,000. Inahitajika kama hakuna sababu inayofaa hapo juu.
report-send = Tuma ripoti
report-sent = Asante. Utaambiwa matokeo.
reason-spam = Ujumbe taka
reason-scam = Utapeli, au pesa kuombwa nje ya Nexgate
reason-counterfeit = Bidhaa bandia
reason-prohibited = Hairuhusiwi kuuzwa hapa
reason-harassment = Usumbufu
reason-hate = Chuki
reason-violence = Vurugu au vitisho
reason-sexual = Maudhui ya ngono
reason-child_safety = Inadhuru mtoto
reason-self_harm = Kujidhuru
reason-impersonation = Anajifanya mtu mwingine
reason-other = Kingine
thing-user = Wasifu
thing-post = Chapisho
thing-product = Bidhaa
thing-shop = Duka
outcome-kept = Hakuna kanuni iliyovunjwa
outcome-warned = Onyo
outcome-withheld = Kufichwa
party-owner = na mwenyewe
party-reporter = na aliyeripoti
cases-title = Ripoti na maamuzi
cases-about = Ulichoripoti, na maamuzi ya wasimamizi kuhusu vitu vyako.
cases-none = Bado hakuna kitu.
case-waits = Linasubiri
case-you-reported = Uliripoti
case-decision = Uamuzi
case-rule = Kanuni:
case-see = Tazama
case-moderator = Msimamizi anasema:
case-waiting = Wasimamizi watatazama.
case-appealed = Msimamizi mwingine atatazama tena: iliombwa { $at }.
case-appeal = Kata rufaa
case-appeal-until = Msimamizi mwingine ataamua. Unaweza kuomba hadi { $until }.
case-appeal-words = Kwa nini uamuzi ubadilike?
case-appeal-send = Kata rufaa
case-appeal-sent = Msimamizi mwingine atatazama tena.
queue-title = Usimamizi
queue-waiting = Yanayosubiri
queue-mine = Yangu
queue-empty = Hakuna kinachosubiri.
queue-urgent = Haraka
queue-appeal = Rufaa
queue-reports = { $n ->
    [one] Ripoti 1
   *[other] Ripoti { $n }
}
moderate-earlier = { $n ->
    [0] hakuna uamuzi dhidi yake awali
    [one] uamuzi 1 dhidi yake awali
   *[other] maamuzi { $n } dhidi yake awali
}
moderate-exhibit = Jinsi ilivyoripotiwa
moderate-pictures = Onyesha picha zake
moderate-picture = Picha yake
moderate-forgotten = Haihifadhiwi tena.
moderate-take = Chukua shauri hili
moderate-release = Mwachie mwingine
moderate-decide = Amua
moderate-until = Ni lako hadi { $until }.
moderate-outcome = Uamuzi ni upi?
moderate-rule = Kanuni gani imevunjwa?
moderate-no-rule = Hakuna
moderate-statement = Kwa mwenyewe
moderate-statement-hint = Atausoma pamoja na uamuzi.
moderate-note = Kwa wasimamizi wengine
moderate-note-hint = Hakuna mwingine anayesoma.
moderate-decided = Limeamuliwa. Wahusika wote wanaambiwa.
moderate-log = Yaliyofanyika
deed-reported = Limeripotiwa
deed-took = Limechukuliwa
deed-released = Limeachwa
deed-decided = Limeamuliwa
deed-appealed = Limekatiwa rufaa
deed-decided_again = Limeamuliwa tena
profile-withheld = Ni wewe tu unayeona wasifu wako: msimamizi ameuficha.
profile-report = Ripoti
me-cases-what = Ulichoripoti, na maamuzi kuhusu vitu vyako
me-moderation-what = Ripoti zinazosubiri uamuzi

verification-title = Uthibitisho
verification-about = Beji karibu na jina lako huonyesha kwamba wasimamizi wameona hati zako. Ni ya jina ulilo nalo wakati huo, na haionekani kwa jina lingine.
verification-kept = Hati husimbwa kwa siri. Msimamizi anayeamua pekee ndiye anayezifungua, na hufutwa siku 90 baada ya uamuzi.
verify-person = Mtu aliyethibitishwa
verify-business = Biashara iliyothibitishwa
verify-official = Akaunti rasmi
verify-ask = Omba
badge-none = Bado
badge-for = Kwa jina “{ $name }”
verify-name = Jina kwenye hati zako
verify-name-hint = Kama lilivyoandikwa hapo.
verify-words = Lolote ambalo wasimamizi wajue
verify-papers = Hati
verify-papers-person = Kitambulisho cha taifa, pasipoti au leseni ya udereva, pande zote mbili, na picha yako ukiishika. Faili 1 hadi 4, MB 10 kila moja: JPEG, PNG, WebP au PDF.
verify-papers-business = Cheti cha usajili, namba ya mlipakodi na leseni. Faili 1 hadi 4, MB 10 kila moja: JPEG, PNG, WebP au PDF.
verify-papers-official = Barua iliyosainiwa ya taasisi yako inayotaja akaunti hii. Faili 1 hadi 4, MB 10 kila moja: JPEG, PNG, WebP au PDF.
verify-send = Tuma kwa wasimamizi
petition-sent = Wasimamizi wataangalia. Utaambiwa watakachoamua.
petition-withdrawn = Umeondoa ombi. Ulichowasilisha kimefutwa.
petition-see = Tazama
petition-submitted = Linasubiri
petition-approved = Limekubaliwa
petition-rejected = Limekataliwa
petition-revoked = Limebatilishwa
petition-taken-back = Umeliondoa
petition-waits = Wasimamizi wataangalia.
petition-withdraw = Ondoa ombi
petition-documents = { $n ->
    [one] Hati 1 imehifadhiwa.
   *[other] Hati { $n } zimehifadhiwa.
}
petition-documents-until = Hadi { $until }.
petition-struck = { $n ->
    [one] Oda 1 haihesabiwi tena.
   *[other] Oda { $n } hazihesabiwi tena.
}
petition-unreadable = Hati hazisomeki
petition-incomplete = Kuna kinachokosekana
petition-mismatch = Hati zina jina lingine
petition-expired = Hati zimeisha muda
petition-forged = Si kweli
petition-misused = Ilitumika kupotosha wengine
petition-not_eligible = Si kwa ajili yako
petition-other = Sababu nyingine
petition-approve = Kubali
petition-reject = Kataa
petition-decided = Imeamuliwa. Ameambiwa.
petition-deed-submitted = Liliwasilishwa
petition-deed-withdrew = Liliondolewa
petition-deed-opened = Ilifunguliwa hati
petitions-title = Uthibitisho na uaminifu
queue-decided = Yaliyoamuliwa
desk-name = Jina kwenye hati
desk-take = Lichukue
desk-open-why = Kwa nini unafungua hati ya { $place }?
desk-open = Fungua
desk-open-hint = Sababu huandikwa. Hati si za kuhifadhi.
desk-badge-for = Beji ni ya jina “{ $name }”, na haionekani kwa jina lingine.
desk-strike = Zipi zisihesabiwe tena?
desk-reason = Kwa nini hapana?
desk-statement = Kwa mwombaji
desk-revoke = Iondoe
desk-earlier = Mengine aliyoomba
deal-late = Imechelewa
deal-failed = Imefutwa
deal-struck = Haihesabiwi
review-title = Omba oda ziangaliwe
review-about = Kama oda inahesabiwa dhidi yako na halikuwa kosa lako, msimamizi anaweza kuiondoa kwenye uaminifu wako.
review-none = Hakuna oda inayohesabiwa dhidi yako.
review-deals = Oda zipi? Zisizidi 20.
review-asked = Umeomba
review-words = Nini kilitokea?
review-papers = Chochote kinachoonyesha: faili hadi 4, MB 10 kila moja: JPEG, PNG, WebP au PDF.
review-send = Tuma kwa wasimamizi
trust-struck = { $n ->
    [one] Oda 1 haihesabiwi: msimamizi ameiangalia.
   *[other] Oda { $n } hazihesabiwi: msimamizi ameziangalia.
}
moderate-now = Kilivyo sasa
moderate-unchanged = Hakijabadilika tangu hapo.
moderate-gone = Hakipo tena.
me-urgent = { $n ->
    [one] 1 la haraka
   *[other] { $n } ya haraka
}
badge-hidden = Kwa jina lako la sasa haionekani.
deal-see = Tazama oda
me-verification-what = Beji karibu na jina lako

error-profile-username_taken = Jina hili, au linalofanana nalo, lina mwenyewe. Chagua jingine.
error-profile-username_invalid = Tumia herufi, tarakimu na mistari ya chini, 3 hadi 30, ukianza na herufi. Baadhi ya majina hayaruhusiwi.
error-profile-follows_oneself = Huwezi kujifuata mwenyewe.
error-profile-account_locked = Akaunti hii imefungwa na haiwezi kubadilisha chochote.
error-profile-oneself = Huwezi kujifanyia hivyo mwenyewe.
error-profile-requests_waiting = Sema la kufanya na watu wanaosubiri jibu lako.
error-profile-list_hidden = Haonyeshi orodha hii kwa wengine.
error-profile-mutes_nothing = Sema unachotaka kunyamazisha.
error-profile-usernames_held = Umebadilisha jina la mtumiaji mara tatu ndani ya siku 14. Rudia la awali, au subiri.
error-profile-link_invalid = Kiungo ni anwani ya ukurasa wa mtandao, kama https://example.com.
error-profile-too_many_links = Viungo visizidi 5.
error-profile-interest_invalid = Kila unachopenda kiwe na herufi na tarakimu zisizozidi 30, nafasi kati ya maneno.
error-profile-too_many_interests = Yasizidi 20.
error-profile-time_zone_unknown = Ukanda wa saa una jina kama Africa/Dar_es_Salaam.
error-profile-media_unknown = Hakuna picha yako kama hiyo.
error-profile-reports_oneself = Huwezi kuripoti kitu chako mwenyewe.
error-profile-too_many_reports = Umeripoti vitu 30 ndani ya saa 24. Wasimamizi watatazama hivyo kwanza.
error-profile-words_missing = Eleza kwa maneno yako.
error-profile-case_settled = Shauri hili halisubiri uamuzi.
error-profile-case_own = Uliamua shauri hili awali. Sasa msimamizi mwingine ataamua.
error-profile-case_taken = Msimamizi mwingine anashughulikia shauri hili.
error-profile-case_not_taken = Chukua shauri kwanza. Ni lako kwa saa 24, kisha linaachwa huru.
error-profile-rule_missing = Sema kuna tatizo gani.
error-profile-rule_unneeded = Kisichovunja kanuni hakina kanuni ya kutaja.
error-profile-outcome_missing = Sema uamuzi ni upi.
error-profile-no_appeal = Huwezi kukata rufaa dhidi ya uamuzi huu, au muda umepita.
error-profile-bad_form = Fomu haisomeki. Fungua ukurasa tena.
error-profile-badge_missing = Sema kama nani.
error-profile-name_missing = Andika jina lililo kwenye hati zako.
error-profile-documents_missing = Chagua hati 1 hadi 4 zinazoonyesha.
error-profile-too_many_documents = Hati zisizidi 4.
error-profile-document_too_large = Hati isizidi MB 10. Chagua tena.
error-profile-document_unfit = Hati ni faili kamili ya JPEG, PNG, WebP au PDF. Chagua tena.
error-profile-deals_missing = Chagua angalau oda moja.
error-profile-too_many_deals = Oda zisizidi 20.
error-profile-deal_unknown = Mojawapo ya oda hizi haihesabiwi dhidi yako.
error-profile-deal_questioned = Mojawapo ya oda hizi inasubiri msimamizi tayari, au imeondolewa.
error-profile-badge_held = Una beji hii tayari.
error-profile-petition_waits = Umeomba tayari. Wasimamizi hawajaamua bado.
error-profile-too_many_petitions = Umeomba hili mara tatu ndani ya siku 30, au umetuma hati nyingi ndani ya saa moja. Rudi baadaye.
error-profile-petition_settled = Hakuna la kuamua hapa.
error-profile-petition_own = Ulikataa lililopita. Msimamizi mwingine ataamua hili.
error-profile-petition_taken = Msimamizi mwingine analishughulikia.
error-profile-petition_not_taken = Lichukue kwanza. Ni lako kwa saa 24, kisha huru tena.
error-profile-reason_missing = Sema kwa nini.
error-profile-reason_unneeded = Lililokubaliwa halihitaji sababu.
error-profile-name_changed = Sasa anaitwa jina lingine. Angalia wasifu tena.
