//! Detection rules: read, compiled, matched. Pure.
