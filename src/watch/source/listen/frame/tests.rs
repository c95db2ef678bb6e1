//! Whatever a sender puts around its messages, and whatever comes instead of them.

use proptest::prelude::*;

use super::*;

const LONGEST: usize = 100;

/// What comes of `bytes` in pieces of `piece`: the texts, and what stopped it.
fn cut(bytes: &[u8], piece: usize) -> (Vec<String>, Option<Garbage>) {
    let (mut frames, mut messages) = (Frames::new(LONGEST), Vec::new());
    let fed = bytes.chunks(piece).try_for_each(|piece| frames.feed(piece, &mut messages));
    if fed.is_ok() {
        messages.extend(frames.finish());
    }
    (messages.into_iter().map(|message| message.text).collect(), fed.err())
}

#[test]
fn each_frame_says_how_it_ends() {
    for (bytes, wanted) in [
        (&b"<13>a\n<13>b\n"[..], &["<13>a", "<13>b"][..]),
        (b"5 <13>a7 <13>b\nc", &["<13>a", "<13>b\nc"]),
        (b"5 <13>a<13>b\n5 <13>c", &["<13>a", "<13>b", "<13>c"]),
        (b"<13>a\r\n\n\0<13>b\0\n", &["<13>a", "<13>b"]),
        (b"5 <13>a\n5 <13>b\n", &["<13>a", "<13>b"]),
        (b"2026-11-30T01:02:03Z host a: b\n12345678901 x\n", &["2026-11-30T01:02:03Z host a: b", "12345678901 x"]),
        (b"\xe9t\xe9\n", &["\u{e9}t\u{e9}"]),
        (b"", &[]),
        (b"\n\r\n\0", &[]),
    ] {
        for piece in 1..=bytes.len().max(1) {
            assert_eq!(
                cut(bytes, piece),
                (wanted.iter().map(ToString::to_string).collect(), None),
                "{bytes:?} {piece}"
            );
        }
    }
}

#[test]
fn what_is_there_of_a_message_at_the_end_of_a_connection_is_kept() {
    let ends = |bytes: &[u8]| {
        let (mut frames, mut messages) = (Frames::new(LONGEST), Vec::new());
        frames.feed(bytes, &mut messages).unwrap();
        frames.finish()
    };
    assert_eq!(ends(b"<13>a\n<13>b"), Some(Message { text: "<13>b".to_owned(), cut_from: None }));
    assert_eq!(ends(b"20 <13>half"), Some(Message { text: "<13>half".to_owned(), cut_from: Some(20) }));
    assert_eq!((ends(b"<13>a\n"), ends(b"5 <13>a")), (None, None));
}

#[test]
fn a_wrong_count_and_what_is_no_text_stop_it_and_what_came_before_is_kept() {
    for (bytes, kept, why) in [
        (&b"4 <13>a5 <13>b"[..], &["<13>"][..], Garbage::Count),
        (b"6 <13>a5 <13>b", &["<13>a5"], Garbage::Count),
        (b"9999999999 <13>a", &[], Garbage::Count),
        (b"5 <13>a12x", &["<13>a"], Garbage::Count),
        (b"\x16\x03\x01\x02\x00", &[], Garbage::NoText),
        (b"<13>a\n\x01\n", &["<13>a"], Garbage::NoText),
    ] {
        assert_eq!(cut(bytes, 3), (kept.iter().map(ToString::to_string).collect(), Some(why)), "{bytes:?}");
    }
}

#[test]
fn a_long_message_is_cut_and_the_next_is_whole() {
    let long = "x".repeat(3 * LONGEST);
    for bytes in [format!("<1>{long}\n<1>b\n"), format!("303 <1>{long}4 <1>b")] {
        for piece in [1, 7, 64, 1000] {
            let (mut frames, mut messages) = (Frames::new(LONGEST), Vec::new());
            bytes.as_bytes().chunks(piece).for_each(|piece| frames.feed(piece, &mut messages).unwrap());
            let cut: Vec<_> = messages.iter().map(|message| (message.text.len(), message.cut_from)).collect();
            assert_eq!(cut, [(LONGEST, Some(303)), (4, None)], "{piece}");
        }
    }
}

proptest! {
    /// However a stream is cut into pieces, the messages are those that were sent.
    #[test]
    fn messages_come_out_as_they_went_in(
        sent in prop::collection::vec(("<[0-9]{1,3}>[ -~é]{0,40}", any::<bool>()), 0..20),
        piece in 1..60usize,
    ) {
        let mut bytes = Vec::new();
        for (text, counted) in &sent {
            let framed = if *counted { format!("{} {text}", text.len()) } else { format!("{text}\n") };
            bytes.extend(framed.into_bytes());
        }
        let texts: Vec<String> = sent.into_iter().map(|(text, _)| text).collect();
        prop_assert_eq!(cut(&bytes, piece), (texts, None));
    }

    /// Whatever comes, it ends, and no message is longer than it may be.
    #[test]
    fn anything_can_be_fed(bytes in prop::collection::vec(any::<u8>(), 0..500), piece in 1..60usize) {
        let (texts, _) = cut(&bytes, piece);
        prop_assert!(texts.iter().all(|text| text.chars().count() <= LONGEST));
    }
}
