### English: the wallet.

wallet-title = Wallet
wallet-available = You can spend
wallet-held = On its way to you:
wallet-held-why = You earned this. You can spend it 48 hours after the order was finished.
wallet-top-up = Add money
wallet-history = What happened
wallet-empty = Nothing happened here yet. Add money, and you can buy at once.
balance-sentence = You have { $amount } in your wallet.

line-top-up = You added money
line-payment = Paid: { $title }
line-sale = Sold: { $title }, after our fee
line-refund = Money back: { $title }
line-see-order = See the order
line-see-top-up = Details

top-up-title = Adding money
top-up-amount = Amount in shillings
top-up-amount-hint = For example 12,500.
top-up-method = How do you pay?
method-sandbox = Play money
method-sandbox-hint = This is a development node: no real money moves. An amount that ends in .01 fails; one that ends in .04 is never answered.
top-up-nowhere = Money can't be added here yet.
top-up-not-now = Not now
top-up-pending = Waiting
top-up-pending-why = We wait for the provider's answer. That takes a moment; nothing is lost if you leave this page.
top-up-look-again = Look again
top-up-settled = Done
top-up-settled-why = The money is in your wallet.
top-up-go-on = Go on where you were
top-up-failed = Didn't work
top-up-failed-why = No money came into your wallet.
top-up-again = Try again
top-up-to-wallet = To the wallet

error-payment-insufficient_funds = Your wallet doesn't have that much. Add money first.
error-payment-currency_mismatch = Price and wallet must be in one currency.
error-payment-account_locked = This account may not pay now. Write to support.
error-payment-escrow_closed = The money of this order has already gone the other way.
error-payment-reference_reused = This was already paid for something else.
error-payment-amount_invalid = This amount can't be held.
error-payment-currency_unsupported = Money can't be added in this currency.
error-payment-top_up_too_large = This is more than you can add at once. Take a smaller amount.
error-payment-method_unavailable = Choose one of the ways to pay that are offered here.
error-payment-webhook_signature = This report wasn't signed by the provider.
error-payment-webhook_body = This isn't a report of the provider.
error-payment-declined = The provider said no.
error-payment-amount_mismatch = Another amount arrived than you asked for.
error-wrong_type = Write an amount like 12,500.
