//! What is held against one event, and whoever does it: detections, their selections and values. Knows no rule file, and
//! remembers nothing from event to event.

pub(super) mod calendar;
pub(super) mod comparison;
pub(super) mod condition;
pub(super) mod detection;
pub(super) mod expression;
pub(super) mod eye;
pub(super) mod facts;
mod list;
pub(super) mod logsource;
pub(super) mod pattern;
pub(super) mod selection;
pub(super) mod template;
