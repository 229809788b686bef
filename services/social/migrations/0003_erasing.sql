-- Erasing an author finds the words of what they deleted themselves; `post_by_author` finds the rest.
create index post_deleted on social.post (author) where deleted_at is not null and text <> '';
