### English. Each message is a title with its body; the name ends in the version of what it needs.

moment = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }, { $time }

open = Open in Nexgate

auth-code_register-v1 = Your Nexgate code
    .body = { $code } is your code to join Nexgate. It is good until { $until }. Give it to nobody.
auth-code_login-v1 = Your code to sign in
    .body = { $code } is your code to sign in to Nexgate. It is good until { $until }. Give it to nobody.
auth-welcome-v1 = Welcome to Nexgate, { $name }
    .body = Your account is ready. Follow people you like, or open a shop of your own.
profile-new_follower-v1 = { $name } follows you
    .body = { $name } has begun to follow you. Have a look at their profile.
profile-new_followers-v1 = { $count ->
        [one] Somebody has begun to follow you
        [1000] A thousand people and more have begun to follow you
       *[other] { $count } people have begun to follow you
    }
    .body = { $count ->
        [one] One more person has begun to follow you since the last of these letters.
        [1000] A thousand people and more have begun to follow you since the last of these letters.
       *[other] { $count } people have begun to follow you since the last of these letters.
    } You get at most one of them a day.
profile-follow_request-v1 = { $name } asks to follow you
    .body = { $name } wants to see what you post. Let them, or decline: they aren't told.
profile-request_accepted-v1 = { $name } accepted your request
    .body = You follow { $name } now. What they post is in your feed.
profile-mention-v1 = { $name } mentions you
    .body = { $name } mentions you on their profile. Have a look.
profile-case_withheld-v1 = { $thing ->
        [post] Your post is hidden
        [product] Your product is hidden
        [shop] Your shop is hidden
       *[other] Your profile is hidden
    }
    .body = It breaks a rule, so nobody but you sees it. Read why. You can ask another moderator to look again.
profile-case_warned-v1 = { $thing ->
        [post] A warning about your post
        [product] A warning about your product
        [shop] A warning about your shop
       *[other] A warning about your profile
    }
    .body = It breaks a rule. It stays this time. Read why. You can ask another moderator to look again.
profile-case_kept-v1 = { $thing ->
        [post] Your post breaks no rule
        [product] Your product breaks no rule
        [shop] Your shop breaks no rule
       *[other] Your profile breaks no rule
    }
    .body = Another moderator has looked again, and found nothing wrong.
profile-report_kept-v1 = We looked at what you reported
    .body = We found that it breaks no rule. If you see it otherwise, ask another moderator to look again.
profile-case_withheld-last-v1 = { $thing ->
        [post] Your post is hidden
        [product] Your product is hidden
        [shop] Your shop is hidden
       *[other] Your profile is hidden
    }
    .body = It breaks a rule, so nobody but you sees it. Read why. Another moderator has looked again, so it stays so.
profile-case_warned-last-v1 = { $thing ->
        [post] A warning about your post
        [product] A warning about your product
        [shop] A warning about your shop
       *[other] A warning about your profile
    }
    .body = It breaks a rule. It stays this time. Read why. Another moderator has looked again, so it stays so.
profile-report_kept-last-v1 = We looked at what you reported
    .body = We found that it breaks no rule. Another moderator has looked again, so it stays so.
profile-report_acted-v1 = Thank you: we acted on your report
    .body = We found that what you reported breaks a rule, and did something about it.
profile-verified-v1 = { $thing ->
        [business] You are a verified business
        [official] You are an official account
       *[other] You are a verified person
    }
    .body = A moderator has seen your papers. Others see the badge beside your name.
profile-verification_rejected-v1 = You weren't verified
    .body = A moderator has seen your papers and can't verify you with them. Read why. You can ask again.
profile-verification_revoked-v1 = Your badge was taken away
    .body = A moderator has taken away the badge beside your name. Read why. You can ask for it again.
profile-trust_mended-v1 = Your trust is made anew
    .body = A moderator has looked at your deals. Some don't count against you any more.
profile-trust_kept-v1 = Your deals were looked at
    .body = A moderator has looked at your deals. They count as before. Read why.
profile-trust_restored-v1 = Your deals count again
    .body = A moderator has decided that the deals you asked about count after all. Read why.

commerce-order_placed-buyer-v1 = Your order is placed
    .body = You ordered { $item } from { $shop } for { $amount } on { $at }. The money is held until the goods are in your hands.
commerce-order_placed-seller-v1 = New order: { $item }
    .body = Somebody ordered { $item } for { $amount } on { $at }. Ship it in time.
commerce-order_shipped-v1 = Your order is on its way
    .body = { $tracking ->
        [none] { $item } from { $shop } was sent with { $carrier }.
       *[other] { $item } from { $shop } was sent with { $carrier }, tracking { $tracking }.
    } Give the hand-over code only with the goods in your hand.
commerce-handover_code-v1 = Your hand-over code
    .body = { $item } from { $shop } is on its way. Hand-over code: { $code }. Give it only with the goods in your hand.
commerce-order_delivered-v1 = Your order has arrived
    .body = { $item } from { $shop } arrived on { $at }.
commerce-order_cancelled-buyer-v1 = Your order is cancelled
    .body = The order of { $item } from { $shop } is cancelled. { $amount } goes back to you.
commerce-order_cancelled-seller-v1 = Order cancelled: { $item }
    .body = The order of { $item } for { $amount } is cancelled. Don't ship it.
commerce-payment_received-v1 = Payment held: { $amount }
    .body = The buyer of { $item } has paid { $amount }. The money is held, and becomes yours when the goods have arrived.

payment-payment_successful-order-v1 = You paid { $amount }
    .body = Your payment of { $amount } succeeded on { $at }. The money is held until the goods are in your hands.
payment-payment_successful-top_up-v1 = { $amount } is in your wallet
    .body = You added { $amount } to your wallet on { $at }.
payment-payment_failed-order-v1 = Your payment of { $amount } failed
    .body = No money moved. { $reason ->
        [insufficient_funds] There isn't enough in your wallet: top it up and pay again.
        [account_locked] Your account is locked.
       *[other] Please try again.
    }
    .sms = Your payment of { $amount } failed. No money moved. { $reason ->
        [insufficient_funds] There isn't enough in your wallet: top it up and pay again.
        [account_locked] Your account is locked.
       *[other] Please try again.
    }
payment-payment_failed-top_up-v1 = Your top-up of { $amount } failed
    .body = Nothing was added to your wallet. Please try again.
    .sms = Your top-up of { $amount } failed. Nothing was added to your wallet. Please try again.
payment-escrow_released-v1 = { $amount } is yours
    .body = { $amount } was released to you on { $at }, after a fee of { $fee }. You can spend it after 48 hours.
payment-refund_processed-v1 = { $amount } came back to you
    .body = Your refund of { $amount } was made on { $at }.
