### English: people and one's own account.

profile-preview = { $name } is on Nexgate.
profile-follows-you = Follows you
profile-counts = Followers and following
profile-followers = { $n ->
    [one] { $n } follower
   *[other] { $n } followers
}
profile-following = { $n } following
profile-follow = Follow
profile-unfollow = Stop following
profile-log-in-to-follow = Log in to follow
profile-own = This is how others see you.
profile-edit = Edit your profile
profile-posts = Posts
profile-see-posts = See the posts
profile-changed = Your profile is changed.

people-followers = Who follows { $name }
people-following = Whom { $name } follows
people-back = Back to { $name }
people-no-followers = Nobody follows you yet. Post something, so that people find you.
people-post = Write a post
people-no-following = You follow nobody yet. Follow people you like, and see here who they are.
people-feed = To the feed
people-nobody = Nobody yet.

me-public = See your public page
me-wallet = Wallet
me-wallet-what = What you have, and adding money
me-orders = What you bought
me-shop = My shops
me-sales = What you sold
me-sessions = Where you are logged in
me-sessions-what = Look through your devices, and log them out
me-reading = You choose the language, and pages that use less data, at the bottom of every page.
me-log-out = Log out

edit-name = Name
edit-name-hint = 1 to 50 characters, as others see it.
edit-username = Username
edit-username-hint = 3 to 30 letters, digits and underscores. It starts with a letter.
edit-username-free = These are free: { $names }
edit-bio = About you
edit-bio-hint = 300 characters at most.
edit-save = Save
edit-not-now = Leave it as it is

error-profile-username_taken = Somebody has this username. Take another one.
error-profile-username_invalid = Take 3 to 30 letters, digits and underscores, starting with a letter. Some words nobody can have.
error-profile-follows_oneself = You can't follow yourself.
error-profile-account_locked = This account is locked and can't change anything.
