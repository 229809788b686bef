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
profile-ask = Ask to follow
profile-withdraw = Don't ask any more
profile-requests-you = { $name } asks to follow you.
profile-private = Private
profile-muted = Muted
profile-mutuals = Followers you follow
profile-only-followers = Only followers see what is posted here.
profile-keep-away = See less of them
profile-keep-away-hint = Nobody is told. Muting hides what they post and the notices about them. Blocking hides you from each other and ends what tied you.
profile-mute = Mute
profile-unmute = Unmute
profile-block = Block
profile-unblock = Unblock
profile-log-in-to-follow = Log in to follow
profile-own = This is how others see you.
profile-edit = Edit your profile
profile-posts = Posts
profile-see-posts = See the posts
profile-changed = Your profile is changed.

people-followers = Who follows { $name }
people-following = Whom { $name } follows
people-mutuals = Followers of { $name } whom you follow
people-remove = Remove
people-back = Back to { $name }
people-no-followers = Nobody follows you yet. Post something, so that people find you.
people-post = Write a post
people-no-following = You follow nobody yet. Follow people you like, and see here who they are.
people-feed = To the feed
people-nobody = Nobody yet.

own-requests = Requests to follow
own-asking = To you
own-asked = From you
own-asking-about = They want to see what you post. Who is declined isn't told.
own-asked-about = They decide whether you may follow them.
own-accept = Accept
own-decline = Decline
own-away = Whom you keep away
own-blocks = Blocked
own-mutes = Muted
own-blocks-about = You and they aren't there for each other. An order between you stays open to both.
own-mutes-about = You don't see what they do. They aren't told.
away-blocked = Blocked. You aren't there for each other any more.
away-unblocked = Unblocked. Follow again if you like.

privacy-title = Privacy
privacy-private = My account is private
privacy-private-hint = Whoever wants to follow you asks first, and only followers see what you post.
privacy-waiting = { $n ->
    [one] { $n } person waits for your answer. If you go public now:
   *[other] { $n } people wait for your answer. If you go public now:
}
privacy-waiting-accept = Let them follow me
privacy-waiting-decline = Decline them
privacy-who-followers = Who may see who follows you
privacy-who-following = Who may see whom you follow
privacy-everyone = Everybody
privacy-followers = Your followers
privacy-me = Only you
privacy-changed = Your privacy is changed.
privacy-back = Back to your account

me-privacy-what = Who sees what you post and whom you follow
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
error-profile-oneself = You can't do that to yourself.
error-profile-requests_waiting = Say what becomes of the people who wait for your answer.
error-profile-list_hidden = They keep this list to themselves.
error-profile-mutes_nothing = Say what you want to mute.
