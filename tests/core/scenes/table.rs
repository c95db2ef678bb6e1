//! Tables of scenes, as they are written: what is set up, what happens when, which messages come, and when it ends.
//!
//! ```text
//! GA-01  Whoever does not answer in time is followed by the next.
//!   steps  {notify: ann, by: [mail], ack: 30m} {notify: bob, by: [sms], ack: 30m}
//!   0:00   attack u
//!   0:00   > ann mail turn
//!   30:00  > bob sms turn
//!   59:00  end
//! ```

/// One scene.
#[derive(Debug)]
pub(super) struct Scene {
    /// The rows of the table that it plays.
    pub(super) ids: Vec<String>,
    pub(super) title: String,
    pub(super) set_up: Vec<String>,
    pub(super) happens: Vec<(Span, String)>,
    pub(super) comes: Vec<Expected>,
}

/// Milliseconds since the beginning: from, to.
pub(super) type Span = (i64, i64);

/// Messages that must come.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    pub(super) span: Span,
    /// How many alike.
    pub(super) count: usize,
    /// The alert; any where it is `A*`.
    pub(super) alert: String,
    /// To whom, by which channel, why.
    pub(super) what: String,
    /// What it says, among others.
    pub(super) says: String,
}

impl Scene {
    /// All scenes of a table, in its order.
    pub(super) fn all(table: &str) -> Vec<Self> {
        let mut scenes: Vec<Self> = Vec::new();
        for line in table.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            if !line.starts_with(' ') {
                scenes.push(Self::headed(line));
                continue;
            }
            let scene = scenes.last_mut().expect("a table begins with the head of a scene");
            scene.add(line.trim());
        }
        scenes
    }

    fn headed(line: &str) -> Self {
        let (ids, title) = line.split_once("  ").expect("ids, two spaces, a title");
        let ids = ids.split_whitespace().map(str::to_owned).collect();
        let title = title.trim().to_owned();
        Self { ids, title, set_up: Vec::new(), happens: Vec::new(), comes: Vec::new() }
    }

    fn add(&mut self, line: &str) {
        let (first, rest) = line.split_once(' ').expect("a time or a word, and what it says");
        let rest = rest.trim();
        match (span(first), rest.strip_prefix("> ")) {
            (None, _) => self.set_up.push(line.to_owned()),
            (Some(span), Some(message)) => self.comes.push(expected(span, message)),
            (Some(span), None) => self.happens.push((span, rest.to_owned())),
        }
    }
}

fn expected(span: Span, message: &str) -> Expected {
    let (message, says) = message.split_once('"').unwrap_or((message, ""));
    let mut words: Vec<&str> = message.split_whitespace().collect();
    let count = words[0].strip_suffix('x').and_then(|count| count.parse().ok());
    if count.is_some() {
        words.remove(0);
    }
    let alert = if words[0].starts_with('A') { words.remove(0) } else { "A1" };
    let says = says.trim_end_matches('"').to_owned();
    Expected { span, count: count.unwrap_or(1), alert: alert.to_owned(), what: words.join(" "), says }
}

/// `10:00`, or `10:00..10:30` where it may be any instant between.
fn span(text: &str) -> Option<Span> {
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    Some((instant(from)?, instant(to)?))
}

/// `m:ss`, `h:mm:ss`, and parts of seconds behind a point, as milliseconds.
fn instant(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<i64> = whole.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let seconds = parts.iter().fold(0, |sum, part| sum * 60 + part);
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    (parts.len() > 1).then_some(seconds * 1000 + part)
}
