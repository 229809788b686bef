//! Files of every kind, and what `sniff` says of them.
