-- Pictures of products: named by the product, kept as a copy of what files told.

alter table commerce.product
    add column pictures uuid[] not null default '{}' constraint product_has_ten_pictures check (cardinality(pictures) <= 10);
-- Nothing reads it any more; it goes with the next release, because nodes of the last one still write it.
alter table commerce.product alter column media_ids set default '{}';

-- Every picture anybody may see. A row without one stays: its version tells late news from new ones.
create table commerce.picture (
    media_id uuid primary key,
    owner uuid not null,
    version bigint not null,
    -- Read whole and never looked into, so it is kept as the text it is.
    picture json
);
