### Kiswahili: maduka, bidhaa, kununua, oda, na meza ya muuzaji.

save = Hifadhi

shop-open = Liko wazi
shop-closed = Limefungwa kwa sasa
shop-closed-why = Duka hili limefungwa kwa sasa. Rudi baadaye.
shop-owner = Wasifu wa mwenye duka
shop-products = Bidhaa
shop-empty = Bado hakuna bidhaa dukani. Rudi baada ya muda.
shop-empty-mine = Bado huna bidhaa dukani. Weka bidhaa ya kwanza, kisha uichapishe.
shop-change = Hariri duka
shop-changed = Duka lako limehifadhiwa.
shop-opened = Duka lako limefunguliwa. Weka bidhaa ya kwanza.
shop-name = Jina la duka
shop-description = Kuhusu duka
shop-description-hint = Unauza nini, uko wapi, unatuma lini.
shop-is-open = Duka liko wazi
shop-is-open-hint = Likifungwa, kila kitu kinaendelea kuonekana ila hakuna kinachoweza kununuliwa.
shop-handle = Jina fupi
shop-handle-hint = Kwa anwani ya duka: herufi, tarakimu na mistari ya chini 3 hadi 30, kama amina_fabrics. Haliwezi kubadilishwa baadaye.

sell-title = Maduka yangu
sell-text = Wauzie wanaokufuata. Mnunuzi analipa kwanza; pesa zinatunzwa salama na zinakuwa zako mzigo ukishakabidhiwa.
sell-orders = Oda za maduka yangu
sell-open-shop = Fungua duka
sell-add-product = Weka bidhaa
sell-shop-page = Ukurasa wa duka

product-picture = { $name }, picha ya { $n }
product-left = { $n ->
    [one] Imebaki { $n }
   *[other] Zimebaki { $n }
}
product-sold-out = Zimeisha
product-sold-out-why = Zote zimeuzwa au zimeshikiliwa. Zilizoshikiliwa zinarudi ndani ya dakika 15 zisipolipiwa.
product-off-shelf = Haiuzwi kwa sasa
product-digital = Ya kidijitali
product-physical = Utaletewa
product-quantity = Ngapi
product-buy = Nunua
product-escrow = Nunua kwa usalama: pesa zako zinashikiliwa, na muuzaji analipwa tu mzigo ukishafika mikononi mwako.
product-about = Maelezo
product-sold-by = Inauzwa na
product-yours = Bidhaa yako
product-post-it = Ichapishe
product-change = Hariri bidhaa
product-changed = Bidhaa imehifadhiwa.
product-added = Bidhaa yako iko dukani. Ichapishe ili wanaokufuata waione.
product-counted = Idadi imebadilishwa.
product-published = Bidhaa imerudi dukani.
product-archived = Bidhaa imeondolewa dukani.
product-name = Ni nini?
product-description = Maelezo
product-description-hint = Ukubwa, rangi, kitambaa: chochote mnunuzi angeuliza.
product-price = Bei kwa TZS
product-price-hint = Ya moja, kama 12,500.
product-price-kept = Anayelipa sasa hivi atalipa bei ya zamani.
product-stock = Ziko ngapi
product-stock-hint = Haziwezi kuuzwa zaidi ya hizi.
product-put-on-shelf = Weka dukani
product-archive = Iondoe dukani
product-publish = Irudishe dukani
product-pictures-none = Anza upya bila picha
product-pictures-there = { $n ->
    [one] Picha { $n } imeambatishwa.
   *[other] Picha { $n } zimeambatishwa.
}

stock-title = Idadi
stock-available = Zinazoweza kununuliwa
stock-held = Zilizoshikiliwa
stock-sold = Zilizouzwa
stock-change = Ongeza au punguza
stock-change-hint = 5 kuongeza tano, -2 kupunguza mbili.
stock-reason = Sababu
stock-count = Badilisha idadi

quote-title = Gharama
quote-shipping = Usafirishaji
quote-tax = Kodi
quote-discount = Punguzo
quote-total = Jumla

checkout-title = Lipa
checkout-held = Umewekewa kwa muda wa:
checkout-until = hadi { $at }
checkout-paying = Malipo yako yako njiani na bado hatujapata jibu. Usilipe tena: hutatozwa zaidi ya mara moja. Yakishindikana, pesa zako zinabaki kwako.
checkout-look-again = Tazama tena
checkout-paid = Hii imeshalipwa.
checkout-to-order = Nenda kwenye oda yako
checkout-expired = Muda wa kulipa umekwisha. Hakuna pesa iliyotoka.
checkout-over = Ununuzi huu umefungwa. Kama kuna pesa iliyolipwa, inarudi kwenye pochi yako.
checkout-to-product = Rudi kwenye bidhaa
checkout-address = Mzigo unaenda wapi
checkout-address-first = Andika mzigo unapelekwa wapi, kisha utaweza kulipa.
checkout-address-change = Badilisha anwani
checkout-address-saved = Anwani imehifadhiwa. Sasa unaweza kulipa.
checkout-pay = Lipa kutoka kwenye pochi
checkout-wallet = Pochi yako
checkout-pay-now = Lipa { $amount } kutoka kwenye pochi yangu
checkout-short = Pesa kwenye pochi yako hazitoshi.
checkout-top-up = Ongeza pesa, kisha urudi
checkout-renew = Nahitaji muda zaidi
checkout-renewed = Umeongezewa dakika 15. Inawezekana mara moja tu.
checkout-cancel = Sinunui
checkout-cancelled = Hukununua. Hakuna pesa iliyotoka.

address-name = Jina la atakayepokea
address-phone = Simu
address-region = Mkoa
address-district = Wilaya
address-ward = Kata (kama ipo)
address-landmark = Alama ya karibu (kama ipo)
address-landmark-hint = Kilicho karibu: soko, shule, kituo cha basi.
address-note = Ujumbe kwa msafirishaji (ukipenda)
address-save = Hifadhi anwani

orders-title = Oda
orders-bought = Nilizonunua
orders-sold = Nilizouza
orders-none-bought = Bado hujanunua kitu. Tazama wanachouza watu unaowafuata.
orders-none-sold = Bado hakuna aliyenunua kwako. Chapisha bidhaa zako ili wanaokufuata wazione.

order-is-waiting = Inamsubiri muuzaji
order-is-accepted = Inaandaliwa
order-is-shipped = Iko njiani
order-is-delivered = Imefika
order-is-completed = Imekamilika
order-is-cancelled = Imeghairiwa

order-placed = Umelipa. Pesa zako zinashikiliwa mpaka mzigo ufike mikononi mwako.
order-accepted-now = Umeikubali oda. Itume kwa wakati.
order-shipped-now = Mnunuzi anajua kwamba mzigo uko njiani. Mwombe namba ya makabidhiano unapomkabidhi.
order-delivered-now = Umekabidhi. Pesa ziko njiani kuja kwako.
order-confirmed-now = Asante. Pesa zinaenda kwa muuzaji.
order-cancelled-now = Oda imeghairiwa. Pesa zinarudi kwa mnunuzi.
order-extended-now = Umeongezewa wiki moja.
order-code-made = Hii ndiyo namba yako mpya. Ya zamani haitumiki tena.

order-next-answer = Muuzaji ana muda hadi { $at } kujibu. Asipojibu, oda inaghairiwa na pesa zako zinarudi.
order-next-accept = Ikubali oda au utume mzigo kabla ya { $at }. La sivyo oda itaghairiwa, naye mnunuzi atarudishiwa pesa zake.
order-next-parcel = Muuzaji atatuma mzigo kabla ya { $at }. Asipotuma, oda inaghairiwa na pesa zako zinarudi.
order-next-ship = Tuma mzigo kabla ya { $at }. La sivyo oda itaghairiwa, naye mnunuzi atarudishiwa pesa zake.
order-next-receive = Mpe muuzaji namba ya makabidhiano ukiwa umeshika mzigo. Usiposema lolote hadi { $at }, mzigo utahesabiwa kuwa umefika, na muuzaji atalipwa.
order-next-hand-over = Kabidhi mzigo na uandike namba ya makabidhiano kutoka kwa mnunuzi; hapo utalipwa. Bila namba hiyo, mzigo utahesabiwa kuwa umefika { $at }, mnunuzi asipoomba muda zaidi.

order-code = Namba yako ya makabidhiano
order-code-warning = Itoe tu ukiwa umeshika mzigo mkononi. Mwenye namba hii ndiye anayepata pesa.
order-code-lost = Namba hii haiwezi kuonyeshwa tena. Tengeneza mpya.
order-code-renew = Tengeneza namba mpya
order-confirm = Mzigo ninao, ila sikutoa namba
order-confirm-why = Sema hivyo tu kama umeshika mzigo na uko sawa. Muuzaji analipwa papo hapo, na haiwezi kutenguliwa.
order-confirm-now = Ndiyo, mzigo ninao
order-extend = Mzigo bado haujafika
order-extend-why = Unaweza kuomba wiki moja zaidi kabla mzigo haujahesabiwa kuwa umefika. Inawezekana mara moja tu.
order-extend-now = Ongeza wiki moja
order-accept = Ikubali oda
order-ship = Tuma mzigo
order-ship-now = Umetumwa
order-carrier = Msafirishaji
order-carrier-hint = Basi, msafirishaji, au wewe mwenyewe.
order-tracking = Namba ya mzigo au ya gari
order-tracking-hint = Ili mnunuzi aweze kuuliza, kama ipo.
order-hand-over = Kabidhi mzigo
order-their-code = Namba ya makabidhiano
order-their-code-hint = Tarakimu sita kwenye ukurasa wa oda wa mnunuzi. Ikikosewa mara tano, mnunuzi anatengeneza namba mpya.
order-hand-over-now = Nimekabidhi
order-cancel = Ghairi oda
order-cancel-why = Mzigo unarudi dukani, na mnunuzi anarudishiwa pesa zote.
order-cancel-now = Ndiyo, ghairi

order-way = Yaliyotokea
order-not-yet = bado
order-step-placed = Imeagizwa na kulipwa
order-step-accepted = Muuzaji ameikubali
order-step-shipped = Imetumwa
order-step-delivered = Imefika
order-step-completed = Muuzaji amelipwa
order-step-cancelled = Imeghairiwa
order-step-refunded = Pesa zimerudi kwa mnunuzi

order-money = Pesa
order-money-held = Pesa zako zinashikiliwa mpaka mzigo ufike mikononi mwako. Hakuna mwingine anayeweza kuzigusa.
order-money-held-for-you = Mnunuzi amelipa. Pesa zinashikiliwa na zinakuwa zako mzigo ukishakabidhiwa.
order-money-leaving = Mzigo uko nawe; pesa zako zinaenda kwa muuzaji.
order-money-coming = Pesa ziko njiani kuja kwenye pochi yako.
order-money-paid-out = Muuzaji amelipwa.
order-money-yours = Pesa ni zako, baada ya kutoa ada ya Nexgate. Unaweza kuzitumia saa 48 baada ya oda kukamilika; pochi yako inaonyesha kiasi.
order-money-returning = Pesa zako ziko njiani kurudi kwenye pochi yako.
order-money-returning-to-buyer = Pesa ziko njiani kurudi kwa mnunuzi.
order-money-back = Pesa zako zimerudi kwenye pochi yako.
order-money-back-at-buyer = Mnunuzi amerudishiwa pesa zake.

order-delivery = Usafirishaji
order-shop = Duka
order-buyer = Mnunuzi
order-buyer-profile = Wasifu wa mnunuzi
order-product = Bidhaa
order-number = Namba ya oda

error-commerce-account_locked = Akaunti yako imefungwa na haiwezi kuuza wala kununua.
error-commerce-media_unknown = Moja ya picha haiwezi kutumika. Itume tena.
error-commerce-handle_taken = Duka lingine lina jina fupi hili. Chagua lingine.
error-commerce-handle_invalid = Tumia herufi, tarakimu na mistari ya chini 3 hadi 30, ukianza na herufi.
error-commerce-own_shop = Huwezi kununua kwenye duka lako mwenyewe.
error-commerce-shop_closed = Duka limefungwa kwa sasa.
error-commerce-not_on_sale = Bidhaa hii haiuzwi tena.
error-commerce-sold_out = Hazijabaki nyingi kiasi hicho.
error-commerce-stock_short = Zilizoshikiliwa na zilizouzwa haziwezi kuondolewa.
error-commerce-too_many_holds = Umeshikilia nyingi mno tayari. Lipia au ghairi moja kwanza: ziko kwenye ukurasa wa oda.
error-commerce-address_missing = Andika mzigo unapelekwa wapi kabla ya kulipa.
error-commerce-checkout_expired = Muda wa kulipa umekwisha. Hakuna pesa iliyotoka.
error-commerce-checkout_over = Ununuzi huu umefungwa.
error-commerce-checkout_paying = Malipo yako njiani. Tazama tena baada ya muda mfupi.
error-commerce-already_renewed = Ulishaongezewa muda. Inawezekana mara moja tu.
error-commerce-already_extended = Ulishaongezewa wiki moja. Inawezekana mara moja tu.
error-commerce-handover_wrong = Hii si namba ya makabidhiano ya oda hii. Mwombe mnunuzi aisome kwenye ukurasa wa oda.
error-commerce-handover_locked = Namba ya makabidhiano imekosewa mara nyingi mno na haitumiki tena. Mwombe mnunuzi atengeneze mpya.
error-commerce-not_your_move = Hili linafanywa na upande wa pili wa oda.
error-commerce-order_moved_on = Oda imeshapita hatua hii, au bado haijaifikia. Hivi ndivyo ilivyo sasa.
error-wrong_type = Andika namba, kama 3 au 12,500.
order-is-waiting-for-you = Inakusubiri wewe
orders-to-pay = Zinazosubiri malipo
orders-to-pay-until = Lipa kabla ya { $at }
orders-being-paid = Malipo yako njiani
checkout-add-money = Ongeza pesa kwenye pochi
sell-aside = Zisizouzwa kwa sasa
