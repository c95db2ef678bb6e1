//! The log "Windows PowerShell" says everything in one text of `Name=value` lines.

use std::ops::Range;

/// Fields of one text, at most.
const PAIRS: usize = 64;

/// The names in a text, and where in it their values are, in its order. A value goes on over lines that name nothing.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let line = line(rest);
            let Some((name, first)) = named(line) else {
                at += line.len() + 1;
                continue;
            };
            let (start, end) = (at + line.len() - first.len(), at + value_end(rest, line.len()));
            at = end + 1;
            let value = &text[start..end];
            let start = end - value.trim_start().len();
            return Some((name, start..start + value.trim().len()));
        }
        None
    })
    .take(PAIRS)
}

/// The first line of a text.
fn line(text: &str) -> &str {
    memchr::memchr(b'\n', text.as_bytes()).map_or(text, |end| &text[..end])
}

/// Where the value that starts in the first line of `text`, `first` bytes long, ends.
fn value_end(text: &str, first: usize) -> usize {
    let mut end = first;
    while let Some(after) = text.get(end + 1..) {
        let line = line(after);
        if line.trim().is_empty() || named(line).is_some() {
            break;
        }
        end += 1 + line.len();
    }
    end
}

/// Name and value of a line that begins with a tab, as these lines do; the first line of a text may lack it.
fn named(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix('\t')?.split_once('=')?;
    let is_name = !name.is_empty() && name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_pairs_of_a_classic_event() {
        let text = "Engine state is changed from None to Available. \r\n\r\nDetails: \r\n\tNewEngineState=Available\r\n\t\
                    PreviousEngineState=None\r\n\r\n\tHostApplication=powershell.exe -c a=b\r\nGet-Item é\r\n\t\
                    EngineVersion=2.0\r\n\tCommandPath=\r\n\tCommandLine=";
        let read: Vec<_> = pairs(text).map(|(name, value)| (name, &text[value])).collect();
        assert_eq!(
            read,
            [
                ("NewEngineState", "Available"),
                ("PreviousEngineState", "None"),
                ("HostApplication", "powershell.exe -c a=b\r\nGet-Item é"),
                ("EngineVersion", "2.0"),
                ("CommandPath", ""),
                ("CommandLine", ""),
            ]
        );
    }

    #[test]
    fn texts_without_pairs_have_none() {
        for text in ["", "\n", "Available", "a=b", "\t=x", "\tTwo words=x"] {
            assert_eq!(pairs(text).count(), 0, "{text:?}");
        }
        assert_eq!(pairs(&"\ta=b\n".repeat(1000)).count(), PAIRS);
    }
}
