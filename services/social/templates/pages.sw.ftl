### Kiswahili: habari, machapisho, na kuandika.

feed-title = Habari
feed-empty = Hapa bado hakuna kitu. Fuata watu unaowapenda kwenye kurasa zao, na wanachochapisha kitaonekana hapa. Au andika chapisho la kwanza wewe mwenyewe.
feed-empty-people = Tafuta watu
feed-empty-write = Andika chapisho
feed-empty-profile = Tazama wasifu wangu

post-title = Chapisho la { $name }
post-edited = limehaririwa
post-read-on = Soma zaidi
post-sales = { $n ->
    [one] Imeuzwa { $n } kupitia chapisho hili
   *[other] Zimeuzwa { $n } kupitia chapisho hili
}
post-edit = Hariri
post-delete = Futa
post-delete-sure = Chapisho na maneno yake vitafutwa kabisa. Hakuna atakayeliona tena.
post-delete-now = Ndiyo, lifute
post-published = Chapisho lako limechapishwa.
post-saved = Mabadiliko yako yamehifadhiwa.
post-deleted = Chapisho lako limefutwa.
post-withheld = Ni wewe tu unayeona chapisho hili: msimamizi amelificha.
post-withheld-cases = Ripoti na maamuzi
post-is-withheld = Limefichwa
post-report = Ripoti

posts-title = Machapisho
posts-title-of = Machapisho ya { $name }
posts-none = Bado hakuna machapisho.
posts-none-own = Bado hujachapisha chochote.

offer-left = { $n ->
    [one] imebaki { $n }
   *[other] zimebaki { $n }
}
offer-sold-out = Zimeisha
offer-off-sale = Haiuzwi kwa sasa
offer-gone = Bidhaa hii haipo tena.
offer-unavailable = Bidhaa haiwezi kuonyeshwa kwa sasa.

compose-title = Chapisho jipya
compose-product = Bidhaa unayoichapisha
compose-without-product = Chapisha bila bidhaa
compose-text = Unataka kusema nini?
compose-post = Chapisha

edit-title = Hariri chapisho
edit-save = Hifadhi
edit-cancel = Liache lilivyokuwa

error-social-text_empty = Andika kitu, au weka picha.
error-social-text_too_long = Chapisho lina herufi zisizozidi 5,000.
error-social-text_unreadable = Maandishi yana alama zisizoweza kuonyeshwa. Yaandike upya.
error-social-media_unknown = Moja ya picha haipo tena. Ziache kisha uzichague upya.
error-social-product_missing = Chagua bidhaa unayotaka kuchapisha.
error-social-product_unwanted = Chapisho la aina hii halionyeshi bidhaa.
error-social-product_unknown = Bidhaa hii haipo tena. Chapisha bila bidhaa hiyo.
error-social-unknown_tab = Hakuna habari za aina hiyo.
error-social-account_locked = Akaunti hii imefungwa na haiwezi kuchapisha, kuhariri wala kufuta.
compose-choose-product = Chapisha bidhaa yako moja
