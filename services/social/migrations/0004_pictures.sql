-- Pictures of posts: named by the post with their words, kept as a copy of what files told.

alter table social.post
    add column pictures uuid[] not null default '{}' constraint post_has_ten_pictures check (cardinality(pictures) <= 10),
    -- What each of them shows, in words; '' where nothing is said.
    add column alts text[] not null default '{}',
    add constraint post_has_an_alt_a_picture check (cardinality(alts) = cardinality(pictures)),
    drop constraint post_says_something,
    add constraint post_says_something
        check (type = 'product' or text <> '' or cardinality(pictures) > 0 or deleted_at is not null);

-- Erasing an author finds the pictures of what they deleted themselves too.
drop index social.post_deleted;
create index post_deleted on social.post (author) where deleted_at is not null and (text <> '' or pictures <> '{}');

-- Every picture anybody may see. A row without one stays: its version tells late news from new ones.
create table social.picture (
    media_id uuid primary key,
    owner uuid not null,
    version bigint not null,
    -- Read whole and never looked into, so it is kept as the text it is.
    picture json
);
