-- Shops, what they sell, what is held for whom, and the orders that come of it.

-- What auth told of the people here: a locked seller's shop counts as closed. At version 0 nothing was told yet.
create table commerce.account (
    user_id uuid primary key,
    state text not null default 'open' check (state in ('open', 'locked', 'erased')),
    version bigint not null default 0
);

create table commerce.shop (
    id uuid primary key,
    owner uuid not null,
    -- Always lower case, like usernames.
    handle text not null constraint shop_handle_key unique check (handle = lower(handle)),
    name text not null,
    description text not null default '',
    state text not null default 'open' check (state in ('open', 'holiday', 'erased')),
    opened_at timestamptz not null
);
create index shop_owner on commerce.shop (owner);

-- Whether a shop in this state, of this owner, sells anything now.
create function commerce.is_open(state text, owner uuid) returns boolean
    stable language sql
    return state = 'open'
       and not exists (select 1
                         from commerce.account
                        where account.user_id = owner
                          and account.state <> 'open');

create table commerce.product (
    id uuid primary key,
    shop uuid not null references commerce.shop,
    name text not null,
    description text not null,
    kind text not null check (kind in ('physical', 'digital')),
    price bigint not null check (price > 0),
    currency text not null,
    media_ids text[] not null,
    state text not null default 'active' check (state in ('active', 'archived'))
);
create index product_shop on commerce.product (shop, id desc) where state = 'active';

-- The shelf: `held` waits for somebody's payment, `sold` is gone.
create table commerce.variant (
    id uuid primary key,
    product uuid not null references commerce.product,
    capacity bigint not null,
    held bigint not null default 0,
    sold bigint not null default 0,
    constraint stock_not_oversold check (held >= 0 and sold >= 0 and held + sold <= capacity)
);
create index variant_product on commerce.variant (product);

-- Every change of the shelf, as differences: they sum to the shelf. Nobody changes or removes a line.
create table commerce.movement (
    seq bigint generated always as identity primary key,
    variant uuid not null references commerce.variant,
    verb text not null check (verb in ('stock', 'hold', 'release', 'sell', 'unsell')),
    capacity bigint not null,
    held bigint not null,
    sold bigint not null,
    reason text not null default '',
    at timestamptz not null
);
create index movement_variant on commerce.movement (variant);
revoke update, delete on commerce.movement from nexgate_commerce;

create table commerce.checkout (
    id uuid primary key,
    buyer uuid not null,
    seller uuid not null,
    shop uuid not null references commerce.shop,
    product uuid not null references commerce.product,
    variant uuid not null references commerce.variant,
    post uuid,
    title text not null,
    quantity bigint not null check (quantity > 0),
    -- What was quoted, whatever the price becomes (C6).
    quote jsonb not null,
    address jsonb,
    state text not null check (state in ('open', 'paying', 'paid', 'cancelled', 'expired')),
    -- The order this attempt to pay becomes: payment's reference for its money.
    order_id uuid,
    renewals bigint not null default 0 constraint checkout_renewed_once check (renewals between 0 and 1),
    expires_at timestamptz not null,
    constraint checkout_order check ((order_id is not null) = (state in ('paying', 'paid')))
);

-- Units held for a checkout. The slots are what keeps a person to so many holds (X5).
create table commerce.hold (
    checkout uuid primary key references commerce.checkout,
    variant uuid not null references commerce.variant,
    holder uuid not null,
    quantity bigint not null check (quantity > 0),
    person_slot bigint not null check (person_slot between 1 and 10),
    item_slot bigint not null check (item_slot between 1 and 3),
    -- Null while the payment is on its way: such a hold waits for the answer.
    expires_at timestamptz,
    constraint hold_person_slot_key unique (holder, person_slot),
    constraint hold_item_slot_key unique (holder, variant, item_slot)
);
create index hold_variant on commerce.hold (variant, expires_at);

-- Units that can be bought at a moment: holds that have run out are free, swept or not (X4).
create function commerce.available(it commerce.variant, moment timestamptz) returns bigint
    stable language sql
    return it.capacity - it.sold - it.held
         + coalesce((select sum(hold.quantity)
                       from commerce.hold
                      where hold.variant = it.id
                        and hold.expires_at <= moment), 0)::bigint;

create table commerce.orders (
    id uuid primary key,
    -- The id as it stands at the doors: payment knows the order's escrow by it.
    reference text not null constraint orders_reference_key unique,
    checkout uuid not null constraint orders_checkout_key unique references commerce.checkout,
    version bigint not null default 1,
    buyer uuid not null,
    seller uuid not null,
    shop uuid not null references commerce.shop,
    product uuid not null references commerce.product,
    variant uuid not null references commerce.variant,
    post uuid,
    title text not null,
    quantity bigint not null check (quantity > 0),
    quote jsonb not null,
    address jsonb,
    state text not null default 'open' check (state in ('open', 'completed', 'cancelled')),
    payment text not null default 'held' check (payment in ('held', 'released', 'refunded')),
    fulfilment text not null default 'waiting' check (fulfilment in ('waiting', 'accepted', 'shipped', 'delivered')),
    dispute text not null default 'none' check (dispute in ('none')),
    carrier text,
    tracking text,
    -- The hand-over code, sealed; there from shipping to delivery.
    code bytea,
    misses bigint not null default 0 check (misses between 0 and 5),
    placed_at timestamptz not null,
    accept_by timestamptz not null,
    -- From acceptance on.
    ship_by timestamptz,
    shipped_at timestamptz,
    confirm_by timestamptz,
    extended_at timestamptz,
    delivered_at timestamptz,
    closed_at timestamptz,
    constraint orders_buyer_is_not_seller check (buyer <> seller)
);
create index orders_buyer on commerce.orders (buyer, id desc);
create index orders_seller on commerce.orders (seller, id desc);
create index orders_completed on commerce.orders (seller) where state = 'completed';
