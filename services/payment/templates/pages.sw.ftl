### Kiswahili: pochi.

wallet-title = Pochi
wallet-available = Unaweza kutumia
wallet-held = Zinakuja kwako:
wallet-held-why = Umezipata kwa mauzo. Unaweza kuzitumia saa 48 baada ya oda kukamilika.
wallet-top-up = Ongeza pesa
wallet-history = Miamala
wallet-empty = Hakuna kilichotokea bado. Ongeza pesa, kisha unaweza kununua papo hapo.
balance-sentence = Una { $amount } kwenye pochi yako.

line-top-up = Umeongeza pesa
line-payment = Umelipa: { $title }
line-sale = Umeuza: { $title }, baada ya ada yetu
line-refund = Umerudishiwa pesa: { $title }
line-see-order = Tazama oda
line-see-top-up = Maelezo

top-up-title = Kuongeza pesa
top-up-amount = Kiasi kwa shilingi
top-up-amount-hint = Kwa mfano 12,500.
top-up-method = Unalipaje?
method-sandbox = Pesa za majaribio
method-sandbox-hint = Huu ni mfumo wa majaribio: hakuna pesa halisi. Kiasi kinachoishia .01 hakifanikiwi; kinachoishia .04 hakijibiwi kamwe.
top-up-nowhere = Bado haiwezekani kuongeza pesa hapa.
top-up-not-now = Si sasa
top-up-pending = Tunasubiri
top-up-pending-why = Tunasubiri jibu la mtoa huduma. Huchukua muda mfupi; ukiondoka kwenye ukurasa huu hakuna kinachopotea.
top-up-look-again = Tazama tena
top-up-settled = Tayari
top-up-settled-why = Pesa zimeingia kwenye pochi yako.
top-up-go-on = Endelea ulipoishia
top-up-failed = Haikufanikiwa
top-up-failed-why = Hakuna pesa iliyoingia kwenye pochi yako.
top-up-again = Jaribu tena
top-up-to-wallet = Nenda kwenye pochi

error-payment-insufficient_funds = Salio la pochi yako halitoshi. Ongeza pesa kwanza.
error-payment-currency_mismatch = Bei na pochi lazima ziwe za sarafu moja.
error-payment-account_locked = Akaunti hii haiwezi kulipa sasa. Andikia huduma kwa wateja.
error-payment-escrow_closed = Pesa za oda hii zimeshaenda upande mwingine.
error-payment-reference_reused = Malipo haya yameshatumika kwa kitu kingine.
error-payment-amount_invalid = Kiasi hiki hakiwezi kushikiliwa.
error-payment-currency_unsupported = Haiwezekani kuongeza pesa kwa sarafu hii.
error-payment-top_up_too_large = Hiki ni zaidi ya kiasi unachoweza kuongeza mara moja. Weka kiasi kidogo zaidi.
error-payment-method_unavailable = Chagua mojawapo ya njia za kulipa zilizopo hapa.
error-payment-webhook_signature = Taarifa hii haina sahihi ya mtoa huduma.
error-payment-webhook_body = Hii si taarifa ya mtoa huduma.
error-payment-declined = Mtoa huduma amekataa.
error-payment-amount_mismatch = Kiasi kilichofika si kile ulichoomba.
error-wrong_type = Andika kiasi kama 12,500.
