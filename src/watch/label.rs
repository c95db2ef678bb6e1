//! Marks a line as part of an exercise, and knows such a line again.
