### Kiswahili. Kila ujumbe ni kichwa na maelezo yake; jina linaishia na toleo la kile unachohitaji.

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

open = Fungua Nexgate

auth-code_register-v1 = Namba yako ya Nexgate
    .body = { $code } ni namba yako ya kujiunga na Nexgate. Inatumika hadi saa { $until }. Usimpe mtu yeyote.
auth-code_login-v1 = Namba yako ya kuingia
    .body = { $code } ni namba yako ya kuingia Nexgate. Inatumika hadi saa { $until }. Usimpe mtu yeyote.
auth-welcome-v1 = Karibu Nexgate, { $name }
    .body = Akaunti yako iko tayari. Fuata watu unaowapenda, au fungua duka lako.
profile-new_follower-v1 = { $name } anakufuata
    .body = { $name } ameanza kukufuata. Tazama wasifu wake.
profile-new_followers-v1 = { $count ->
        [one] Una mfuasi mpya
        [1000] Una wafuasi wapya elfu moja na zaidi
       *[other] Una wafuasi wapya { $count }
    }
    .body = { $count ->
        [one] Mtu mmoja zaidi ameanza kukufuata tangu barua ya mwisho kama hii.
        [1000] Watu elfu moja na zaidi wameanza kukufuata tangu barua ya mwisho kama hii.
       *[other] Watu { $count } wameanza kukufuata tangu barua ya mwisho kama hii.
    } Hutapata zaidi ya moja kwa siku.
profile-follow_request-v1 = { $name } anaomba kukufuata
    .body = { $name } anataka kuona unachochapisha. Mkubalie, au mkatalie: hataambiwa.
profile-request_accepted-v1 = { $name } amekubali ombi lako
    .body = Sasa unamfuata { $name }. Anachochapisha kitaonekana kwenye Habari zako.
profile-mention-v1 = { $name } amekutaja
    .body = { $name } amekutaja kwenye wasifu wake. Utazame.
profile-case_withheld-v1 = { $thing ->
        [post] Chapisho lako limefichwa
        [product] Bidhaa yako imefichwa
        [shop] Duka lako limefichwa
       *[other] Wasifu wako umefichwa
    }
    .body = Kuna kanuni iliyovunjwa, kwa hiyo ni wewe tu unayeona. Soma sababu. Unaweza kuomba msimamizi mwingine atazame tena.
profile-case_warned-v1 = { $thing ->
        [post] Onyo kuhusu chapisho lako
        [product] Onyo kuhusu bidhaa yako
        [shop] Onyo kuhusu duka lako
       *[other] Onyo kuhusu wasifu wako
    }
    .body = Kuna kanuni iliyovunjwa. Safari hii hakuna kilichofichwa. Soma sababu. Unaweza kuomba msimamizi mwingine atazame tena.
profile-case_kept-v1 = { $thing ->
        [post] Chapisho lako halivunji kanuni
        [product] Bidhaa yako haivunji kanuni
        [shop] Duka lako halivunji kanuni
       *[other] Wasifu wako hauvunji kanuni
    }
    .body = Msimamizi mwingine ametazama tena na hakuona kosa.
profile-report_kept-v1 = Tumetazama ulichoripoti
    .body = Tumeona hakivunji kanuni yoyote. Kama huoni hivyo, omba msimamizi mwingine atazame tena.
profile-case_withheld-last-v1 = { $thing ->
        [post] Chapisho lako limefichwa
        [product] Bidhaa yako imefichwa
        [shop] Duka lako limefichwa
       *[other] Wasifu wako umefichwa
    }
    .body = Kuna kanuni iliyovunjwa, kwa hiyo ni wewe tu unayeona. Soma sababu. Msimamizi mwingine ametazama tena, na uamuzi unabaki.
profile-case_warned-last-v1 = { $thing ->
        [post] Onyo kuhusu chapisho lako
        [product] Onyo kuhusu bidhaa yako
        [shop] Onyo kuhusu duka lako
       *[other] Onyo kuhusu wasifu wako
    }
    .body = Kuna kanuni iliyovunjwa. Safari hii hakuna kilichofichwa. Soma sababu. Msimamizi mwingine ametazama tena, na uamuzi unabaki.
profile-report_kept-last-v1 = Tumetazama ulichoripoti
    .body = Tumeona hakivunji kanuni yoyote. Msimamizi mwingine ametazama tena, na uamuzi unabaki.
profile-report_acted-v1 = Asante: tumechukua hatua
    .body = Tumeona ulichoripoti kinavunja kanuni, na tumechukua hatua.
profile-verified-v1 = { $thing ->
        [business] Wewe ni biashara iliyothibitishwa
        [official] Wewe ni akaunti rasmi
       *[other] Wewe ni mtu aliyethibitishwa
    }
    .body = Msimamizi ameona hati zako. Wengine wataona beji karibu na jina lako.
profile-verification_rejected-v1 = Hukuthibitishwa
    .body = Msimamizi ameona hati zako na hawezi kukuthibitisha kwa hizo. Soma sababu. Unaweza kuomba tena.
profile-verification_revoked-v1 = Beji yako imeondolewa
    .body = Msimamizi ameondoa beji iliyo karibu na jina lako. Soma sababu. Unaweza kuiomba tena.
profile-trust_mended-v1 = Uaminifu wako umehesabiwa upya
    .body = Msimamizi ameziangalia oda zako. Baadhi hazihesabiwi tena dhidi yako.
profile-trust_kept-v1 = Oda zako zimeangaliwa
    .body = Msimamizi ameziangalia oda zako. Zinahesabiwa kama zamani. Soma sababu.
profile-trust_restored-v1 = Oda zako zinahesabiwa tena
    .body = Msimamizi ameamua kwamba oda ulizouliza zinahesabiwa. Soma sababu.

commerce-order_placed-buyer-v1 = Oda yako imepokelewa
    .body = Umeagiza { $item } kutoka { $shop } kwa { $amount } tarehe { $at }. Pesa zinashikiliwa mpaka mzigo ufike mikononi mwako.
commerce-order_placed-seller-v1 = Oda mpya: { $item }
    .body = Mteja ameagiza { $item } kwa { $amount } tarehe { $at }. Tuma mzigo kwa wakati.
commerce-order_shipped-v1 = Oda yako iko njiani
    .body = { $tracking ->
        [none] { $item } kutoka { $shop } imetumwa kwa { $carrier }.
       *[other] { $item } kutoka { $shop } imetumwa kwa { $carrier }, namba ya ufuatiliaji { $tracking }.
    } Toa namba ya makabidhiano ukiwa tu umeshika mzigo mkononi.
commerce-handover_code-v1 = Namba yako ya makabidhiano
    .body = { $item } kutoka { $shop } iko njiani. Namba ya makabidhiano: { $code }. Itoe ukiwa tu umeshika mzigo mkononi.
commerce-order_delivered-v1 = Oda yako imefika
    .body = { $item } kutoka { $shop } imefika tarehe { $at }.
commerce-order_cancelled-buyer-v1 = Oda yako imeghairiwa
    .body = Oda ya { $item } kutoka { $shop } imeghairiwa. { $amount } zinarudishwa kwako.
commerce-order_cancelled-seller-v1 = Oda imeghairiwa: { $item }
    .body = Oda ya { $item } kwa { $amount } imeghairiwa. Usitume mzigo.
commerce-payment_received-v1 = Malipo yanashikiliwa: { $amount }
    .body = Mnunuzi wa { $item } amelipa { $amount }. Pesa zinashikiliwa, na zitakuwa zako mzigo ukishafika.

payment-payment_successful-order-v1 = Umelipa { $amount }
    .body = Malipo yako ya { $amount } yamefanikiwa tarehe { $at }. Pesa zinashikiliwa mpaka mzigo ufike mikononi mwako.
payment-payment_successful-top_up-v1 = { $amount } zimeingia kwenye pochi yako
    .body = Umeongeza { $amount } kwenye pochi yako tarehe { $at }.
payment-payment_failed-order-v1 = Malipo yako ya { $amount } hayakufanikiwa
    .body = Hakuna pesa iliyotoka. { $reason ->
        [insufficient_funds] Salio la pochi yako halitoshi: ongeza pesa kisha ulipe tena.
        [account_locked] Akaunti yako imefungwa.
       *[other] Tafadhali jaribu tena.
    }
    .sms = Malipo yako ya { $amount } hayakufanikiwa. Hakuna pesa iliyotoka. { $reason ->
        [insufficient_funds] Salio la pochi yako halitoshi: ongeza pesa kisha ulipe tena.
        [account_locked] Akaunti yako imefungwa.
       *[other] Tafadhali jaribu tena.
    }
payment-payment_failed-top_up-v1 = Kuongeza { $amount } hakukufanikiwa
    .body = Hakuna pesa iliyoingia kwenye pochi yako. Tafadhali jaribu tena.
    .sms = Kuongeza { $amount } hakukufanikiwa. Hakuna pesa iliyoingia kwenye pochi yako. Tafadhali jaribu tena.
payment-escrow_released-v1 = { $amount } ni zako
    .body = { $amount } zimeachiliwa kwako tarehe { $at }, baada ya ada ya { $fee }. Unaweza kuzitumia baada ya saa 48.
payment-refund_processed-v1 = { $amount } zimerudi kwako
    .body = Umerudishiwa { $amount } tarehe { $at }.
