-- An address goes when its checkout ends without an order, and with its buyer's account.
update commerce.checkout
   set address = null
 where state in ('cancelled', 'expired')
   and address is not null;
create index checkout_buyer on commerce.checkout (buyer);
