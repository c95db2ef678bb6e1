//! What a line says, one file for each log format.
