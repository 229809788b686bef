### Kiswahili: kujisajili na kuingia.

sign-up-title = Jiunge na Nexgate
your-name = Jina lako
your-name-hint = Kama wengine watakavyoliona.
contact = Barua pepe au simu
contact-hint = Kwa simu: 0712 000 001, au pamoja na namba ya nchi.
birth-date = Tarehe ya kuzaliwa
birth-date-hint = Hakuna atakayeiona. Unahitaji kuwa na umri wa miaka 13 au zaidi.
password = Nywila
new-password-hint = Maneno matatu au manne yasiyohusiana yanafaa. Bila nywila utaingia kwa namba ya siri.
send-code = Nitumie namba
have-account = Una akaunti tayari?
no-account = Mgeni hapa?

log-in-title = Karibu tena
log-in-by-code = Nitumie namba badala yake

verify-title = Andika namba
verify-text = Tumetuma tarakimu sita kwenye simu au barua pepe yako. Zinatumika kwa dakika 10.
code = Namba
verify = Endelea
send-again = Tuma namba nyingine
code-sent-again = Namba nyingine iko njiani.

sessions-title = Mahali ulipoingia
sessions-text = Funga usichokitambua. Inafanyika ndani ya sekunde chache.
this-session = Kifaa hiki
last-seen = Kilionekana: { $at }
end-session = Funga
end-others = Toka kwingine kote
log-out = Toka hapa
session-ended = Kipindi hicho kimefungwa.
others-ended = Umetoka kwingine kote.

error-auth-contact_invalid = Weka barua pepe, au namba ya simu pamoja na namba ya nchi.
error-auth-one_contact_expected = Weka barua pepe au namba ya simu.
error-auth-birth_date_invalid = Weka siku uliyozaliwa.
error-auth-too_young = Unahitaji kuwa na umri wa miaka 13 au zaidi ili kujisajili.
error-auth-password_weak = Nywila hii ni rahisi kukisiwa. Chagua ndefu zaidi.
error-auth-wrong_credentials = Jina au nywila si sahihi.
error-auth-throttled = Umejaribu mara nyingi mno. Subiri, au ingia kwa namba.
error-auth-code_wrong = Namba hii si sahihi. Tazama ujumbe mpya zaidi.
error-auth-code_expired = Muda wa namba hii umekwisha. Omba nyingine.
error-auth-code_locked = Namba imekosewa mara nyingi mno. Omba nyingine.
error-auth-code_used = Namba hii imeshatumika. Ingia tena.
error-auth-code_too_soon = Subiri nusu dakika kabla ya kuomba namba nyingine.
error-auth-account_locked = Akaunti hii imefungwa. Andikia huduma kwa wateja.
error-auth-account_state = Hali ya akaunti hairuhusu hili.
error-auth-refresh_invalid = Kipindi chako kimekwisha. Ingia tena.
error-auth-refresh_reused = Kipindi chako kimefungwa kwa usalama. Ingia tena.
error-auth-session_revoked = Kipindi chako kimekwisha. Ingia tena.
error-auth-busy = Watu wengi wanaingia sasa hivi. Jaribu tena baada ya muda mfupi.
