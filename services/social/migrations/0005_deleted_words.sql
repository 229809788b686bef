-- What the hourly sweep looks for.
create index post_words_deleted on social.post (deleted_at) where deleted_at is not null and (text <> '' or pictures <> '{}');
