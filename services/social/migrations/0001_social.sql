-- What people post, whom they follow (a copy of profile's), and what was sold from a post.

-- One row a person who posted, or whose account told something: posts need their author to be open.
create table social.author (
    user_id uuid primary key,
    -- 'locked' while the account is, 'erased' for good.
    state text not null default 'open' check (state in ('open', 'locked', 'erased')),
    -- The newest version of the account's own facts that was applied here.
    account_version bigint not null default 0
);

create table social.post (
    id uuid primary key,
    author uuid not null references social.author,
    type text not null check (type in ('standard', 'product')),
    text text not null check (char_length(text) <= 5000),
    product_id uuid,
    published_at timestamptz not null,
    edited_at timestamptz,
    -- Deleted rows stay: a sale may still come in for them.
    deleted_at timestamptz,
    sales bigint not null default 0,
    -- Counts the changes of the text.
    version bigint not null default 1,
    constraint post_has_its_product check ((type = 'product') = (product_id is not null)),
    constraint post_says_something check (type = 'product' or text <> '' or deleted_at is not null)
);
-- The order of every list, one author at a time: feeds read this and nothing else.
create index post_by_author on social.post (author, published_at desc, id desc) where deleted_at is null;

-- A pair's row stays after unfollowing: its version tells late news from new ones.
create table social.follow (
    follower uuid not null,
    followee uuid not null,
    active boolean not null,
    version bigint not null,
    primary key (follower, followee)
);

-- An order that was counted for a post; its key is what counts it once.
create table social.sale (
    order_id uuid primary key,
    post_id uuid not null references social.post,
    at timestamptz not null
);
