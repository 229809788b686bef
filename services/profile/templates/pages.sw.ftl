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
profile-log-in-to-follow = Ingia ili umfuate
profile-own = Hivi ndivyo wengine wanavyokuona.
profile-edit = Hariri wasifu wako
profile-posts = Machapisho
profile-see-posts = Tazama machapisho
profile-changed = Wasifu wako umebadilishwa.

people-followers = Wanaomfuata { $name }
people-following = Anaowafuata { $name }
people-back = Rudi kwa { $name }
people-no-followers = Hakuna anayekufuata bado. Chapisha kitu ili watu wakuone.
people-post = Andika chapisho
people-no-following = Humfuati mtu bado. Fuata watu unaowapenda, nao utawaona hapa.
people-feed = Nenda kwenye habari
people-nobody = Hakuna mtu bado.

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
edit-bio-hint = Herufi zisizozidi 300.
edit-save = Hifadhi
edit-not-now = Acha yalivyo

error-profile-username_taken = Jina hili lina mwenyewe. Chagua jingine.
error-profile-username_invalid = Tumia herufi, tarakimu na mistari ya chini, 3 hadi 30, ukianza na herufi. Baadhi ya majina hayaruhusiwi.
error-profile-follows_oneself = Huwezi kujifuata mwenyewe.
error-profile-account_locked = Akaunti hii imefungwa na haiwezi kubadilisha chochote.
