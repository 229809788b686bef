### Kiswahili: kutuma picha.

uploads-ready = { $n ->
    [one] Picha { $n } iko tayari.
   *[other] Picha { $n } ziko tayari.
}
uploads-left-out = Imeachwa: { $why }

error-files-empty = Faili hili ni tupu. Chagua lingine.
error-files-too_large = Picha hii inazidi MB 25. Chagua ndogo zaidi.
error-files-unknown_format = Hii si picha tunayoweza kuonyesha. Chagua JPEG, PNG, WebP au GIF.
error-files-polyglot = Faili hili limeficha kitu kingine pamoja na picha. Piga picha upya.
error-files-too_many_pixels = Picha hii ina pikseli nyingi mno. Chagua ndogo zaidi.
error-files-damaged = Faili hili limeharibika. Lichague tena, au piga picha nyingine.
error-files-too_slow = Picha hii ni ngumu mno kuishughulikia. Chagua nyingine.
error-files-active_content = Hati hii ina kitu kinachojiendesha chenyewe. Ihifadhi bila kitu hicho.
error-files-not_a_picture = Hii ni hati. Chagua picha.
error-files-document_is_private = Hati haiwezi kuonyeshwa kwa kila mtu. Chagua picha.
error-files-too_many_files = Chagua picha zisizozidi 10 kwa mara moja.
error-files-quota_exceeded = Nafasi yako ya kuhifadhi picha imejaa.
error-files-not_worked_on = Kuna hitilafu upande wetu. Tuma picha mara nyingine.
error-files-bad_form = Picha hazikufika zote. Kagua mtandao wako kisha uzitume tena.
error-files-no_file = Chagua angalau picha moja.
error-files-unknown_visibility = Fungua ukurasa tena kisha utume picha mara nyingine.
error-files-not_ready = Picha haiko tayari bado. Subiri kidogo.
error-files-account_locked = Akaunti hii imefungwa na haiwezi kutuma picha.
