//! Measures two ways of doing the same, in turns, so that what the machine does besides falls on both.

/// Rounds that count, after one that does not: in the first, each side still finds out what is asked of it.
const ROUNDS: usize = 5;

/// Processor time that this thread has used so far, in seconds.
pub(crate) fn spent() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells how long a thread ran");
    let nanoseconds: f64 = text.split(' ').next().and_then(|word| word.parse().ok()).expect("a number of nanoseconds");
    nanoseconds / 1e9
}

/// How long `work` keeps this thread busy.
pub(crate) fn timed(work: impl FnOnce() -> usize) -> (f64, usize) {
    let start = spent();
    let count = work();
    (spent() - start, count)
}

/// What came out of one lane.
pub(crate) struct Outcome {
    pub(crate) ours: f64,
    pub(crate) theirs: f64,
    pub(crate) ratio: f64,
    lowest: f64,
    highest: f64,
    first: (f64, f64),
    counts: (usize, usize),
}

/// Runs both in turns. The seconds of either are those of the middle round, the ratio is the middle of the rounds' ratios.
pub(crate) fn paired(mut ours: impl FnMut() -> (f64, usize), mut theirs: impl FnMut() -> (f64, usize)) -> Outcome {
    let (first, other) = (ours(), theirs());
    let (mut own, mut their, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (one, two) = if round % 2 == 0 {
            let one = ours();
            (one, theirs())
        } else {
            let two = theirs();
            (ours(), two)
        };
        own.push(one.0);
        their.push(two.0);
        ratios.push(two.0 / one.0);
    }
    let ratio = middle(&mut ratios);
    Outcome {
        ours: middle(&mut own),
        theirs: middle(&mut their),
        ratio,
        lowest: ratios[0],
        highest: ratios[ROUNDS - 1],
        first: (first.0, other.0),
        counts: (first.1, other.1),
    }
}

/// Puts in order, and gives the one in the middle.
pub(crate) fn middle(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// The head of the table.
pub(crate) fn head() {
    println!(
        "{:<34} {:>9} {:>11} {:>11} {:>7}  {:<13} {:>11} {:>15}",
        "lane", "events", "vigie/s", "rsigma/s", "ratio", "lowest-highest", "first pass", "matches"
    );
}

impl Outcome {
    /// Prints a line of the table.
    pub(crate) fn show(&self, lane: &str, events: usize) {
        #[expect(clippy::cast_precision_loss, reason = "no stream has 2^52 events")]
        let rate = |seconds: f64| events as f64 / seconds;
        println!(
            "{lane:<34} {events:>9} {:>11.0} {:>11.0} {:>6.2}x  {:>5.2}-{:<8.2} {:>10.2}x {:>15}",
            rate(self.ours),
            rate(self.theirs),
            self.ratio,
            self.lowest,
            self.highest,
            self.first.1 / self.first.0,
            format!("{}/{}", self.counts.0, self.counts.1)
        );
    }
}
