//! Bytes into lines, however they are cut.

use proptest::prelude::*;

use super::*;

/// Feeds `bytes` in pieces of `size`, offering again what was not taken.
fn cut(bytes: &[u8], size: usize) -> (Vec<Line>, Splitter) {
    let mut splitter = Splitter::new(0, None);
    let mut lines = Vec::new();
    let mut end = 0;
    while end < bytes.len() {
        end = (end + size).min(bytes.len());
        let at = usize::try_from(splitter.at()).unwrap();
        splitter.feed(&bytes[at..end], usize::MAX, &mut lines);
    }
    (lines, splitter)
}

fn texts(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn line_endings_are_taken_off_and_half_a_line_is_held() {
    for size in [1, 2, 3, 100] {
        let (lines, mut splitter) = cut(b"one\r\ntwo\n\nlo\rne\nhalf", size);
        assert_eq!(texts(&lines), ["one", "two", "", "lo\rne"], "in pieces of {size}");
        assert_eq!(lines.iter().map(|line| line.offset).collect::<Vec<_>>(), [0, 5, 9, 10]);
        assert_eq!((splitter.start(), splitter.at()), (16, 20));
        assert_eq!(splitter.finish().unwrap().text, "half");
        assert_eq!(splitter.finish(), None);
    }
}

#[test]
fn a_mark_at_the_start_is_not_part_of_the_first_line() {
    for size in [1, 2, 100] {
        assert_eq!(texts(&cut(b"\xEF\xBB\xBF{\"a\":1}\nx\n", size).0), ["{\"a\":1}", "x"]);
    }
}

#[test]
fn utf16_is_read_even_byte_by_byte() {
    let text = "2026-11-21 Ouverture échouée\r\nĊ€ suite\r\n";
    let little = [&b"\xFF\xFE"[..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat();
    let big = [&b"\xFE\xFF"[..], &text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()].concat();
    for bytes in [little, big] {
        for size in [1, 3, 1000] {
            assert_eq!(texts(&cut(&bytes, size).0), ["2026-11-21 Ouverture échouée", "Ċ€ suite"]);
        }
    }
}

#[test]
fn nuls_are_passed_over() {
    let bytes = [&b"before\n"[..], &[0; 5000], b"af\0ter\nend\0\0\n"].concat();
    for size in [1, 7, 4096, 10_000] {
        let (lines, _) = cut(&bytes, size);
        assert_eq!(texts(&lines), ["before", "after", "end"]);
        assert_eq!(lines[1].offset, 5007, "in pieces of {size}");
    }
}

#[test]
fn a_hole_does_not_hold_the_start_back() {
    let (lines, splitter) = cut(&[0; 9000], 4096);
    assert_eq!((lines.len(), splitter.start()), (0, 9000));
}

#[test]
fn a_long_line_keeps_its_head_and_leaves_its_neighbours_alone() {
    for (length, ending) in [(LONGEST + 1, "\n"), (LONGEST + 1, "\r\n"), (3_000_000, "\n"), (3_000_000, "\r\n")] {
        let bytes = format!("before{ending}{}{ending}after{ending}", "x".repeat(length));
        for size in [4096, bytes.len()] {
            let (lines, _) = cut(bytes.as_bytes(), size);
            assert_eq!((texts(&lines)[0], texts(&lines)[2], lines.len()), ("before", "after", 3));
            assert_eq!((lines[1].text.len(), lines[1].cut_from), (LONGEST, Some(length as u64)));
        }
    }
}

#[test]
fn the_longest_line_is_not_cut() {
    for ending in ["\n", "\r\n"] {
        for size in [4096, 200_000] {
            let (lines, _) = cut(format!("{}{ending}", "x".repeat(LONGEST)).as_bytes(), size);
            assert_eq!((lines[0].text.len(), lines[0].cut_from), (LONGEST, None));
        }
    }
}

#[test]
fn a_line_without_an_end_takes_little_memory() {
    let mut splitter = Splitter::new(0, None);
    let mut lines = Vec::new();
    let piece = vec![b'x'; 65536];
    for _ in 0..160 {
        assert_eq!(splitter.feed(&piece, 10, &mut lines), piece.len());
    }
    assert!(splitter.kept.capacity() < 4 * LONGEST);
    assert_eq!((splitter.start(), splitter.at()), (0, 160 * 65536));
}

#[test]
fn no_more_lines_than_there_is_room_for() {
    let mut splitter = Splitter::new(0, None);
    let mut lines = Vec::new();
    assert_eq!(splitter.feed(b"a\nb\nc\n", 2, &mut lines), 4);
    assert_eq!((texts(&lines), splitter.start()), (vec!["a", "b"], 4));
}

proptest! {
    #[test]
    fn pieces_change_nothing(bytes in prop::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), Just(0), any::<u8>()], 0..400), size in 1_usize..50) {
        let (whole, _) = cut(&bytes, 1000);
        let (pieces, _) = cut(&bytes, size);
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn plain_lines_come_out_as_they_went_in(lines in prop::collection::vec("[a-zé0-9 ]{0,40}", 1..20), size in 1_usize..50) {
        let bytes = lines.iter().flat_map(|line| format!("{line}\n").into_bytes()).collect::<Vec<_>>();
        let (read, splitter) = cut(&bytes, size);
        prop_assert_eq!(texts(&read), lines);
        prop_assert_eq!(splitter.start(), bytes.len() as u64);
        for line in read {
            prop_assert!(bytes[usize::try_from(line.offset).unwrap()..].starts_with(line.text.as_bytes()));
        }
    }
}
