### English: shops, products, buying, orders, and the seller's desk.

save = Save

shop-open = Open
shop-closed = Closed for now
shop-closed-why = This shop is closed at the moment. Come back later.
shop-owner = The owner's profile
shop-products = Products
shop-empty = Nothing on the shelves yet. Come back soon.
shop-empty-mine = Nothing on your shelves yet. Add your first product, then post it.
shop-change = Change the shop
shop-changed = Your shop is saved.
shop-opened = Your shop is open. Add your first product.
shop-name = Name of the shop
shop-description = About the shop
shop-description-hint = What you sell, where you are, when you send.
shop-is-open = Open for business
shop-is-open-hint = Closed, everything stays to be seen and nothing can be bought.
shop-handle = Short name
shop-handle-hint = For the shop's address: 3 to 30 letters, digits and underscores, like amina_fabrics. It can't be changed later.

sell-title = My shops
sell-text = Sell to the people who follow you. Buyers pay first; the money is kept safe and is yours when the goods are handed over.
sell-orders = Orders from my shops
sell-open-shop = Open a shop
sell-add-product = Add a product
sell-shop-page = The shop's page

product-picture = { $name }, picture { $n }
product-left = { $n ->
    [one] { $n } left
   *[other] { $n } left
}
product-sold-out = Sold out
product-sold-out-why = Everything is sold or reserved. Reserved ones come back within 15 minutes if they aren't paid.
product-off-shelf = Not for sale
product-digital = Digital
product-physical = Will be sent to you
product-quantity = How many
product-buy = Buy
product-escrow = Safe to buy: your money is held in escrow, and the seller is paid only when the goods are in your hands.
product-about = About it
product-sold-by = Sold by
product-yours = Your product
product-post-it = Post it
product-change = Change the product
product-changed = The product is saved.
product-added = Your product is on the shelf. Post it, so that your followers see it.
product-counted = The stock is counted.
product-published = The product is back on the shelf.
product-archived = The product is off the shelf.
product-name = What is it?
product-description = Description
product-description-hint = Size, colour, material: whatever a buyer would ask.
product-price = Price in TZS
product-price-hint = For one, like 12,500.
product-price-kept = Whoever is paying now pays the old price.
product-stock = How many there are
product-stock-hint = No more than these can be sold.
product-put-on-shelf = Put it on the shelf
product-archive = Take it off the shelf
product-publish = Put it back on the shelf
product-pictures-none = Start again without pictures
product-pictures-there = { $n ->
    [one] { $n } picture is attached.
   *[other] { $n } pictures are attached.
}

stock-title = Stock
stock-available = Can be bought
stock-held = Reserved
stock-sold = Sold
stock-change = More or fewer
stock-change-hint = 5 for five more, -2 for two fewer.
stock-reason = Why
stock-count = Count

quote-title = What it costs
quote-shipping = Shipping
quote-tax = Tax
quote-discount = Discount
quote-total = Total

checkout-title = Pay
checkout-held = Reserved for you:
checkout-until = until { $at }
checkout-paying = Your payment is on its way and we don't have the answer yet. Don't pay again: you are charged once at most. If it fails, your money stays yours.
checkout-look-again = Look again
checkout-paid = This is paid.
checkout-to-order = To your order
checkout-expired = The time to pay has run out. No money moved.
checkout-over = This checkout is over. Whatever was paid for it comes back to your wallet.
checkout-to-product = Back to the product
checkout-address = Where it goes
checkout-address-first = Say where the goods go, then you can pay.
checkout-address-change = Change the address
checkout-address-saved = The address is saved. Now you can pay.
checkout-pay = Pay from your wallet
checkout-wallet = Your wallet
checkout-pay-now = Pay { $amount } from my wallet
checkout-short = There isn't enough money in your wallet.
checkout-top-up = Top up, and come back
checkout-renew = I need more time
checkout-renewed = You have 15 minutes more. That works once.
checkout-cancel = Don't buy
checkout-cancelled = You didn't buy it. No money moved.

address-name = Name of who receives it
address-phone = Phone
address-region = Region
address-district = District
address-ward = Ward (if there is one)
address-landmark = Landmark (if there is one)
address-landmark-hint = What is nearby: a market, a school, a bus stop.
address-note = Note for the courier (if you like)
address-save = Save the address

orders-title = Orders
orders-bought = Bought
orders-sold = Sold
orders-none-bought = You haven't bought anything yet. Look what people you follow are selling.
orders-none-sold = Nobody has bought from you yet. Post your products, so that your followers see them.

order-is-waiting = Waiting for the seller
order-is-accepted = Being prepared
order-is-shipped = On its way
order-is-delivered = Delivered
order-is-completed = Completed
order-is-cancelled = Cancelled

order-placed = Paid. Your money is held until the goods are in your hands.
order-accepted-now = You accepted the order. Send it in time.
order-shipped-now = The buyer knows that it is on its way. Ask for their code when you hand it over.
order-delivered-now = Handed over. The money is on its way to you.
order-confirmed-now = Thank you. The money goes to the seller.
order-cancelled-now = The order is cancelled. The money goes back to the buyer.
order-extended-now = You have a week more.
order-code-made = This is your new code. The old one doesn't count any more.

order-next-answer = The seller has until { $at } to answer. If they don't, the order is cancelled and your money comes back.
order-next-accept = Accept the order or send it by { $at }. Otherwise it is cancelled and the buyer gets the money back.
order-next-parcel = The seller sends it by { $at }. If they don't, the order is cancelled and your money comes back.
order-next-ship = Send it by { $at }. Otherwise the order is cancelled and the buyer gets the money back.
order-next-receive = Give the seller your code when you hold the goods. If you say nothing until { $at }, the order counts as delivered and the seller is paid.
order-next-hand-over = Hand the goods over and type in the buyer's code; then you are paid. Without it, the order counts as delivered on { $at }, unless the buyer asks for more time.

order-code = Your hand-over code
order-code-warning = Give it only with the goods in your hand. Whoever has this code gets the money.
order-code-lost = This code can't be shown any more. Make a new one.
order-code-renew = Make a new code
order-confirm = I have the goods, but gave no code
order-confirm-why = Only say so if you hold the goods and all is well. The seller is paid at once, and that can't be undone.
order-confirm-now = Yes, I have the goods
order-extend = The goods haven't come yet
order-extend-why = You can ask for a week more before the order counts as delivered. That works once.
order-extend-now = Give it a week more
order-accept = Accept the order
order-ship = Send it
order-ship-now = It is sent
order-carrier = Who carries it
order-carrier-hint = A bus, a courier, or yourself.
order-tracking = Number or plate
order-tracking-hint = So that the buyer can ask after it, if there is one.
order-hand-over = Hand it over
order-their-code = The buyer's code
order-their-code-hint = Six digits on the buyer's order page. After five wrong ones the buyer has to make a new code.
order-hand-over-now = Handed over
order-cancel = Cancel the order
order-cancel-why = The goods go back on the shelf, and the buyer gets all the money back.
order-cancel-now = Yes, cancel

order-way = What happened
order-not-yet = not yet
order-step-placed = Ordered and paid
order-step-accepted = Taken on by the seller
order-step-shipped = Sent
order-step-delivered = Delivered
order-step-completed = Seller paid
order-step-cancelled = Cancelled
order-step-refunded = Money back at the buyer

order-money = Money
order-money-held = Your money is held until the goods are in your hands. Nobody else can touch it.
order-money-held-for-you = The buyer has paid. The money is held and is yours when the goods are handed over.
order-money-leaving = The goods are with you; your money is going to the seller.
order-money-coming = The money is on its way to your wallet.
order-money-paid-out = The seller has been paid.
order-money-yours = The money is yours, less the platform's fee. You can spend it 48 hours after the order's end; your wallet shows how much it is.
order-money-returning = Your money is on its way back to your wallet.
order-money-returning-to-buyer = The money is on its way back to the buyer.
order-money-back = Your money is back in your wallet.
order-money-back-at-buyer = The buyer has their money back.

order-delivery = Delivery
order-shop = Shop
order-buyer = Buyer
order-buyer-profile = The buyer's profile
order-product = Product
order-number = Order number

error-commerce-account_locked = Your account is locked and can't sell or buy.
error-commerce-media_unknown = One of the pictures can't be used. Send it again.
error-commerce-handle_taken = Another shop has this short name. Take another one.
error-commerce-handle_invalid = Use 3 to 30 letters, digits and underscores, beginning with a letter.
error-commerce-own_shop = You can't buy from your own shop.
error-commerce-shop_closed = The shop is closed at the moment.
error-commerce-not_on_sale = This is no longer on sale.
error-commerce-sold_out = There aren't that many left.
error-commerce-stock_short = Reserved and sold ones can't be taken away.
error-commerce-too_many_holds = You have too many reserved already. Pay or cancel one first: they are on the page of your orders.
error-commerce-address_missing = Say where the goods go before you pay.
error-commerce-checkout_expired = The time to pay has run out. No money moved.
error-commerce-checkout_over = This checkout is over.
error-commerce-checkout_paying = The payment is on its way. Look again in a moment.
error-commerce-already_renewed = You have had more time already. That works once.
error-commerce-already_extended = You have had a week more already. That works once.
error-commerce-handover_wrong = This isn't the code of this order. Ask the buyer to read it from the order's page.
error-commerce-handover_locked = The code was wrong too often and doesn't count any more. Ask the buyer to make a new one.
error-commerce-not_your_move = The other side of the order does this.
error-commerce-order_moved_on = The order is past this already, or not there yet. Here is how it stands.
error-wrong_type = Type in a number, like 3 or 12,500.
order-is-waiting-for-you = Waiting for you
orders-to-pay = Waiting to be paid
orders-to-pay-until = Pay by { $at }
orders-being-paid = Your payment is on its way
checkout-add-money = Add money to the wallet
sell-aside = Not for sale now
