//! The public rules over real events.
