//! How the lists are written: what must go stands between `«` and `»`, a letter may be written by its number (`\u{a0}`), and a
//! line that begins with `#` and a blank is a remark.

/// The texts of a list with the parts that must go.
pub(crate) fn list(text: &str) -> Vec<(String, Vec<String>)> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(|line| marked(&spelled(line))).collect()
}

/// A line with its letters that are written as numbers.
fn spelled(line: &str) -> String {
    let mut parts = line.split("\\u{");
    let mut spelled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').unwrap();
        spelled.push(u32::from_str_radix(number, 16).ok().and_then(char::from_u32).unwrap());
        spelled.push_str(rest);
    }
    spelled
}

fn marked(line: &str) -> (String, Vec<String>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for (number, part) in line.split(['«', '»']).enumerate() {
        text.push_str(part);
        if number % 2 == 1 {
            marks.push(part.to_owned());
        }
    }
    (text, marks)
}
