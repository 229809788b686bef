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
profile-edit = Edit your profile
profile-posts = Posts
profile-see-posts = See the posts
profile-changed = Your profile is changed.

profile-shop = Shop: { $shop }
profile-interests = Interests
preview-title = Preview
preview-everyone = This is what everybody sees of you.
preview-follower = This is what your followers see of you.
preview-as-everyone = See it as everybody does
preview-as-follower = See it as a follower
preview-end = Back to your page

portrait-avatar = Your picture
portrait-cover = Your cover picture
portrait-now = What is seen now
portrait-none = Take it away
portrait-soon = Your picture appears in a moment.
portrait-hint = Whoever sees your name sees it.

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

trust-of = How far { $name } can be trusted
trust-score = Trust { $score } of 100
trust-score-new = New seller
trust-new = New
trust-means = We are 95 % sure that at least { $score } of 100 deals go well.
trust-completed = { $n ->
    [one] { $n } completed deal counts.
   *[other] { $n } completed deals count.
}
trust-new-means = A number is shown from the fifth on.
trust-none = They have sold nothing here yet.
trust-made-of = What it is made of
trust-in-time = In time, or nobody said otherwise
trust-late = Late
trust-failed = Cancelled by the seller, or not sent in time
trust-deals = { $n ->
    [one] { $n } deal
   *[other] { $n } deals
}
trust-points = How much each kind changes the score. Newer and dearer deals count more, one buyer only so much, and money that had come from the seller counts for nothing.
trust-out-faded = Left out as long ago: { $mass }
trust-out-capped = Left out as one buyer had said enough: { $mass }
trust-out-strangers = Left out as the buyer has bought nowhere else: { $mass }
trust-out-circles = Left out as the money had come from the seller: { $mass }
trust-out-tiny = Left out as worth next to nothing: { $mass }
trust-by-price = Dearer deals alone
trust-from = From { $price }
trust-how = Made from facts alone, anew after every deal and every day. Nobody can buy it or write it.

suggestions-title = People to follow
suggestions-none = Nobody comes to mind yet. Say what you like, and follow somebody you know.
suggestions-interests = Say what you like
suggestions-mutuals = { $n ->
    [one] { $n } person you follow follows them
   *[other] { $n } people you follow follow them
}
suggestions-likes = Likes { $interests } too

privacy-title = Privacy
privacy-private = My account is private
privacy-private-hint = Whoever wants to follow you asks first. Only followers see what you post and tell of yourself, also where it says “Everybody” below.
privacy-waiting = { $n ->
    [one] { $n } person waits for your answer. If you go public now:
   *[other] { $n } people wait for your answer. If you go public now:
}
privacy-waiting-accept = Let them follow me
privacy-waiting-decline = Decline them
privacy-who-bio = Who may read about you
privacy-who-links = Who may see your links
privacy-who-interests = Who may see your interests
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
edit-bio-hint = 300 characters at most. Whoever you @mention is told.
edit-links = Links
edit-links-hint = Up to 5 addresses on the web, one a line.
edit-interests = Interests
edit-interests-hint = Up to 20, with commas between them.
edit-locale = Language of our messages to you
edit-locale-same = The one you signed up in
edit-locale-en = English
edit-locale-sw = Kiswahili
edit-time-zone = Time zone
edit-time-zone-hint = Notices give times in this zone.
edit-save = Save
edit-not-now = Leave it as it is

report-title = Report
report-user = Report this profile
report-post = Report this post
report-product = Report this product
report-shop = Report this shop
report-about = Moderators look at it. Its owner isn't told who reported it.
report-reason = What is wrong?
report-words = Say more
report-words-hint = 1,000 characters at most. Needed if you chose “Something else”.
report-send = Send the report
report-sent = Thank you. You will be told what comes of it.
reason-spam = Spam
reason-scam = A scam, or money asked for outside Nexgate
reason-counterfeit = A counterfeit
reason-prohibited = May not be sold here
reason-harassment = Harassment
reason-hate = Hate
reason-violence = Violence, or a threat
reason-sexual = Sexual content
reason-child_safety = Harms a child
reason-self_harm = Self-harm
reason-impersonation = Pretends to be somebody else
reason-other = Something else
thing-user = A profile
thing-post = A post
thing-product = A product
thing-shop = A shop
outcome-kept = Breaks no rule
outcome-warned = A warning
outcome-withheld = Hidden
party-owner = by the owner
party-reporter = by who reported it
cases-title = Reports and decisions
cases-about = What you reported, and what moderators decided about what is yours.
cases-none = Nothing yet.
case-waits = Waiting
case-you-reported = You reported
case-decision = Decision
case-rule = Rule:
case-see = See it
case-moderator = The moderator says:
case-waiting = Moderators will look at it.
case-appealed = Another moderator will look again: asked for on { $at }.
case-appeal = Ask for another look
case-appeal-until = Another moderator decides. You can ask until { $until }.
case-appeal-words = Why should it be decided otherwise?
case-appeal-send = Ask another moderator
case-appeal-sent = Another moderator will look again.
queue-title = Moderation
queue-waiting = Waiting
queue-mine = Mine
queue-empty = Nothing is waiting.
queue-urgent = Urgent
queue-appeal = Appeal
queue-reports = { $n ->
    [one] 1 report
   *[other] { $n } reports
}
moderate-earlier = { $n ->
    [0] nothing decided against them before
    [one] 1 decision against them before
   *[other] { $n } decisions against them before
}
moderate-exhibit = As it was reported
moderate-pictures = Show its pictures
moderate-picture = A picture of it
moderate-forgotten = It isn't kept any more.
moderate-take = Take this case
moderate-release = Leave it to somebody else
moderate-decide = Decide
moderate-until = It is yours until { $until }.
moderate-outcome = What is decided?
moderate-rule = Which rule does it break?
moderate-no-rule = None
moderate-statement = To the owner
moderate-statement-hint = They read it with the decision.
moderate-note = To other moderators
moderate-note-hint = Nobody else reads it.
moderate-decided = Decided. Everybody it concerns is told.
moderate-log = What was done
deed-reported = Reported
deed-took = Taken
deed-released = Left to others
deed-decided = Decided
deed-appealed = Appealed
deed-decided_again = Decided again
profile-withheld = Nobody but you sees your profile: a moderator has hidden it.
profile-report = Report
me-cases-what = What you reported, and decisions about what is yours
me-moderation-what = Reports that wait for a decision

verification-title = Verification
verification-about = A badge beside your name shows others that moderators have seen your papers. It is for the name you have then, and isn’t shown under another one.
verification-kept = Documents are encrypted. Only the moderator who decides opens them, and they are deleted 90 days after the decision.
verify-person = Verified person
verify-business = Verified business
verify-official = Official account
verify-ask = Ask for it
badge-none = Not yet
badge-for = For the name “{ $name }”
verify-name = Name on your papers
verify-name-hint = As it is written there.
verify-words = Anything moderators should know
verify-papers = Documents
verify-papers-person = Your national ID, passport or driving licence, both sides, and a photo of you holding it. 1 to 4 files, 10 MB each: JPEG, PNG, WebP or PDF.
verify-papers-business = The certificate of registration, the tax number and the licence. 1 to 4 files, 10 MB each: JPEG, PNG, WebP or PDF.
verify-papers-official = A signed letter of your institution that names this account. 1 to 4 files, 10 MB each: JPEG, PNG, WebP or PDF.
verify-send = Send to the moderators
petition-sent = Moderators will look at it. You will be told what they decide.
petition-withdrawn = Taken back. What you handed in is deleted.
petition-see = See it
petition-submitted = Waiting
petition-approved = Approved
petition-rejected = Rejected
petition-revoked = Taken away
petition-taken-back = Taken back
petition-waits = Moderators will look at it.
petition-withdraw = Take it back
petition-documents = { $n ->
    [one] 1 document is kept.
   *[other] { $n } documents are kept.
}
petition-documents-until = Until { $until }.
petition-struck = { $n ->
    [one] 1 deal doesn’t count any more.
   *[other] { $n } deals don’t count any more.
}
petition-unreadable = The documents can’t be read
petition-incomplete = Something is missing
petition-mismatch = The documents have another name
petition-expired = The documents have expired
petition-forged = It isn’t true
petition-misused = It was used to mislead others
petition-not_eligible = It isn’t for you
petition-other = Another reason
petition-approve = Approve
petition-reject = Reject
petition-decided = Decided. They are told.
petition-deed-submitted = Submitted
petition-deed-withdrew = Taken back
petition-deed-opened = Opened document
petitions-title = Verification and trust
queue-decided = Decided
desk-name = Name on the papers
desk-take = Take it
desk-open-why = Why do you open document { $place }?
desk-open = Open
desk-open-hint = The reason is written down. Documents aren’t for keeping.
desk-badge-for = The badge is for the name “{ $name }”, and isn’t shown under another one.
desk-strike = Which don’t count any more?
desk-reason = Why not?
desk-statement = To them
desk-revoke = Take it away
desk-earlier = What else they asked
deal-late = Late
deal-failed = Cancelled
deal-struck = Doesn’t count
review-title = Have deals looked at
review-about = If a deal counts against you that wasn’t your doing, a moderator can take it out of your trust.
review-none = No deal counts against you.
review-deals = Which deals? At most 20.
review-asked = Asked
review-words = What happened?
review-papers = Whatever shows it: up to 4 files, 10 MB each: JPEG, PNG, WebP or PDF.
review-send = Send to the moderators
trust-struck = { $n ->
    [one] 1 deal doesn’t count: a moderator has looked at it.
   *[other] { $n } deals don’t count: a moderator has looked at them.
}
moderate-now = As it is now
moderate-unchanged = It hasn’t changed since.
moderate-gone = It isn’t there any more.
me-urgent = { $n ->
    [one] 1 urgent
   *[other] { $n } urgent
}
badge-hidden = Under your present name it isn’t shown.
deal-see = See the order
me-verification-what = A badge beside your name

error-profile-username_taken = Somebody has this username, or one that looks like it. Take another one.
error-profile-username_invalid = Take 3 to 30 letters, digits and underscores, starting with a letter. Some words nobody can have.
error-profile-follows_oneself = You can't follow yourself.
error-profile-account_locked = This account is locked and can't change anything.
error-profile-oneself = You can't do that to yourself.
error-profile-requests_waiting = Say what becomes of the people who wait for your answer.
error-profile-list_hidden = They keep this list to themselves.
error-profile-mutes_nothing = Say what you want to mute.
error-profile-usernames_held = You have changed your username three times in 14 days. Take an earlier one again, or wait.
error-profile-link_invalid = A link is the address of a page on the web, like https://example.com.
error-profile-too_many_links = At most 5 links.
error-profile-interest_invalid = An interest has at most 30 letters and digits, with spaces between words.
error-profile-too_many_interests = At most 20 interests.
error-profile-time_zone_unknown = A time zone has a name like Africa/Dar_es_Salaam.
error-profile-media_unknown = There is no such picture of yours.
error-profile-reports_oneself = You can't report what is yours.
error-profile-too_many_reports = You have reported 30 things in 24 hours. Moderators look at those first.
error-profile-words_missing = Say it in your own words.
error-profile-case_settled = There is nothing to decide here.
error-profile-case_own = You have decided this case before. Another moderator does now.
error-profile-case_taken = Another moderator is working on this case.
error-profile-case_not_taken = Take the case first. It is yours for 24 hours, and then free again.
error-profile-rule_missing = Say what is wrong with it.
error-profile-rule_unneeded = What is kept breaks no rule.
error-profile-outcome_missing = Say what is decided.
error-profile-no_appeal = You can't appeal this decision, or not any more.
error-profile-bad_form = The form can’t be read. Open the page again.
error-profile-badge_missing = Say as what.
error-profile-name_missing = Write the name on your papers.
error-profile-documents_missing = Choose 1 to 4 documents that show it.
error-profile-too_many_documents = At most 4 documents.
error-profile-document_too_large = A document has at most 10 MB. Choose them again.
error-profile-document_unfit = A document is a whole JPEG, PNG, WebP or PDF file. Choose them again.
error-profile-deals_missing = Choose at least one deal.
error-profile-too_many_deals = At most 20 deals.
error-profile-deal_unknown = One of these deals doesn’t count against you.
error-profile-deal_questioned = One of these deals waits for a moderator already, or was taken out.
error-profile-badge_held = You have this badge already.
error-profile-petition_waits = You have asked for it already. Moderators haven’t decided yet.
error-profile-too_many_petitions = You have asked for this three times in 30 days, or sent too many documents in an hour. Come back later.
error-profile-petition_settled = There is nothing to decide here.
error-profile-petition_own = You have decided against the last one. Another moderator decides this one.
error-profile-petition_taken = Another moderator is working on it.
error-profile-petition_not_taken = Take it first. It is yours for 24 hours, and then free again.
error-profile-reason_missing = Say why.
error-profile-reason_unneeded = What is approved needs no reason.
error-profile-name_changed = They are called something else by now. Look at the profile again.
