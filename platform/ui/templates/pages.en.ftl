### English: what all pages share.

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
ago-now = just now
ago-minutes = { $n } min
ago-hours = { $n } h
ago-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}

skip-to-content = Skip to the content
nav = Main places
nav-feed = Feed
nav-orders = Orders
nav-post = Post
nav-notices = Notices
nav-me = Me
log-in = Log in
sign-up = Sign up
other-language = Kiswahili
data-low = Use less data
data-full = Show full pictures
part-failed = That didn't work. Check your connection and try again.
more = Show more
go-home = To the start

pictures = Pictures
pictures-hint = Up to 10, at most 25 MB each. Choose them before you write. The first one is shown in lists.
pictures-send = Send the pictures
pictures-going = How much of the pictures is sent
pictures-failed = The pictures didn't arrive. Check your connection and choose them again.
picture-alt = What does it show?
picture-without = Take out
picture-first = Put first

welcome-title = Buy from people you follow
welcome-text = Shopping, events and friends in one place. Your money waits in escrow until the goods are in your hands.
welcome-step-1 = Follow
welcome-step-1-why = people you like.
welcome-step-2 = Buy
welcome-step-2-why = straight from their posts.
welcome-step-3 = Hand over the code
welcome-step-3-why = when you hold the goods. Only then is the seller paid.
for-developers = For developers
api-viewer = API viewer
development-outbox = Development outbox: every message the platform sent

refused-not-found = Nothing here
refused-not-found-why = This page doesn't exist, or it isn't for you to see.
refused-forbidden = Not allowed
refused-forbidden-why = You may not do this.
refused-conflict = No longer possible
refused-conflict-why = Things have changed since you opened the page. Have a look at how they are now.
refused-invalid = That didn't work
refused-invalid-why = Something you sent can't be taken. Go back and check it.
refused-too-large = Too large
refused-too-large-why = What you sent is larger than we take.
refused-too-many = Too often
refused-too-many-why = Wait a little before you try again.
refused-busy = Just a moment
refused-busy-why = We are very busy right now. Try again in a few seconds.
refused-broken = Our fault
refused-broken-why = Something went wrong on our side. Nothing you did is lost; try again in a moment.

error-invalid = Check what you filled in.
error-form_stale = This page is out of date. Open it again and send the form once more.
error-cross_site = This form was sent from another site. Open the page here and try again.
error-invalid_cursor = This list has changed. Open it again from the start.
error-idempotency_key_in_use = This is still being done. Wait a second and look again.
error-unavailable = We are very busy right now. Try again in a few seconds.
error-wrong_type = Check what you filled in.
error-out_of_range = The number is too large or too small.
error-too_short = { $n ->
    [one] Fill this in.
   *[other] Too short: at least { $n }.
}
error-too_long = Too long: at most { $n } fit here.
error-too_small = It must be at least { $n }.
error-too_great = It may be at most { $n }.
error-must_be_positive = The amount must be more than zero.
error-unreadable_text = There is a character in it that can't be kept.
error-invalid_form = The form can't be read. Open the page again.
error-idempotency_key_reused = You have sent this form already. Open the page again to send another one.
error-money_overflow = The amount is too large.
error-currency_mismatch = The amounts are in different currencies.
badge-person = Verified person
badge-business = Verified business
badge-official = Official
