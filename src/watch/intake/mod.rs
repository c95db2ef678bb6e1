//! Where lines come from, one file for each kind of source.
