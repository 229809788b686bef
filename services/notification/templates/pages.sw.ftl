### Kiswahili: kurasa. Yale watu wanayoambiwa yako sw.ftl.

notices-title = Taarifa
notices-empty = Hakuna jipya. Mtu akikufuata, au oda yako ikibadilika, utaona hapa.
notices-to-feed = Nenda kwenye habari
notices-read-all = Weka alama zote zimesomwa
notices-all-read = Taarifa zote zimesomwa.
notice-new = Mpya
notice-delete = Futa
notice-deleted = Taarifa imefutwa.

outbox-title = Kisanduku cha majaribio
outbox-text = Kila ujumbe uliotumwa na mfumo, mpya kwanza. Hautoki kwenye mashine hii isipokuwa NEXGATE_SMTP_URL au NEXGATE_SMS_URL imewekwa.
outbox-to = Barua pepe au simu
outbox-filter = Onyesha hizi tu
outbox-empty = Hakuna kilichotumwa bado.
