-- Erasing a seller archives every product of theirs, not only those that are on sale.
create index product_of_shop on commerce.product (shop);
