### English: the pages. What people are told stands in en.ftl.

notices-title = Notices
notices-empty = Nothing new. When somebody follows you, or an order of yours moves, it stands here.
notices-to-feed = To the feed
notices-read-all = Mark all as read
notices-all-read = All are marked as read.
notice-new = New
notice-delete = Delete
notice-deleted = The notice is gone.

outbox-title = Development outbox
outbox-text = Every message the platform sent, newest first. Only with NEXGATE_SMTP_URL or NEXGATE_SMS_URL does any of it leave this machine.
outbox-to = E-mail or phone
outbox-filter = Show only these
outbox-empty = Nothing was sent yet.
