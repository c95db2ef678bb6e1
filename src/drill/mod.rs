//! A script becomes an exercise becomes a report.
