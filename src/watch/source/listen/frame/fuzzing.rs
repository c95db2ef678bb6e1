//! The way in for the fuzz target of framing, which is outside of this crate.

use super::Frames;

/// What came of a connection.
#[derive(Debug, PartialEq, Eq)]
pub struct Cut {
    /// The texts of its messages, and how long each was where only its head was kept.
    pub messages: Vec<(String, Option<u64>)>,
    /// Whether all of it could be cut.
    pub is_whole: bool,
}

/// Cuts the bytes of a connection, which came in these pieces and then ended.
pub fn cut(longest: usize, pieces: &[&[u8]]) -> Cut {
    let (mut frames, mut messages) = (Frames::new(longest), Vec::new());
    let is_whole = pieces.iter().all(|piece| frames.feed(piece, &mut messages).is_ok());
    if is_whole {
        messages.extend(frames.finish());
    }
    Cut { messages: messages.into_iter().map(|message| (message.text, message.cut_from)).collect(), is_whole }
}
