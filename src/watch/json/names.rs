//! What an object says, without the names of its members.

/// `line` without the names of members, at whatever depth; nothing where it is no object. What it says stays as it is spelled.
pub(in crate::watch) fn without_names(line: &str) -> Option<String> {
    line.trim_start().starts_with('{').then_some(())?;
    let mut said = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find('"') {
        let (before, text) = rest.split_at(open + 1);
        said.push_str(before);
        let end = end(text.as_bytes());
        let (text, behind) = text.split_at(end);
        // Only a name has a colon behind it.
        if !behind.strip_prefix('"').is_some_and(|behind| behind.trim_start().starts_with(':')) {
            said.push_str(text);
        }
        let closed = usize::from(!behind.is_empty());
        said.push_str(&behind[..closed]);
        rest = &behind[closed..];
    }
    said.push_str(rest);
    Some(said)
}

/// Where the text ends that begins behind a quotation mark.
fn end(text: &[u8]) -> usize {
    let mut escaped = false;
    let closes = |byte: &u8| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    };
    text.iter().position(closes).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::without_names;

    #[test]
    fn names_go_and_all_else_stays_as_it_is_spelled() {
        for (line, said) in [
            (r#"{"user": "root", "n":1}"#, r#"{"": "root", "":1}"#),
            (r#" {"a" : {"b":["c", {"d":"e"}]}}"#, r#" {"" : {"":["c", {"":"e"}]}}"#),
            (r#"{"a\"b":"c\"d: e\\"}"#, r#"{"":"c\"d: e\\"}"#),
            (r#"{"a":"b: c","d":"\u00e9"}"#, r#"{"":"b: c","":"\u00e9"}"#),
            (r#"{"a":"cut"#, r#"{"":"cut"#),
            (r#"{"cut"#, r#"{"cut"#),
            ("{}", "{}"),
        ] {
            assert_eq!(without_names(line).as_deref(), Some(said), "{line}");
        }
        for line in ["", "root", r#"app: {"a":1}"#, "\"a\":1"] {
            assert_eq!(without_names(line), None, "{line}");
        }
    }
}
