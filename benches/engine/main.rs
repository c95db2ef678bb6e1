//! How many events a second vigie's engine looks at, beside another engine, on the same rules and events.
//!
//!     VIGIE_SIGMAHQ=… VIGIE_STREAM=… cargo bench --bench engine [-- LANE…]
//!     cargo bench --bench engine -- generate FOLDER
//!     cargo bench --bench engine -- log-ins FOLDER
//!     cargo bench --bench engine -- work WORKLOAD PASSES
//!
//! Where the variables do not say where the public rules and the streams are, a generated set serves. Figures are
//! processor time of one thread, but where two threads are compared with one. That both engines find the same is looked
//! at before anything is measured.

#![expect(clippy::print_stdout, reason = "figures are for whoever runs this")]

mod counting;
mod engines;
mod generated;
mod measure;
mod work;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use vigie::watch::format::Format;
use vigie::watch::sigma::{Engine, Matcher};

use self::counting::As;
use self::engines::{Found, Setting};
use self::measure::{middle, paired, timed};

/// Rules and both streams.
struct Set {
    rules: PathBuf,
    hinted: String,
    raw: String,
}

impl Set {
    /// The public set where it is at hand, else the generated one.
    fn open() -> Self {
        let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
        let (rules, streams) = if let (Some(rules), Some(streams)) = (folder("VIGIE_SIGMAHQ"), folder("VIGIE_STREAM")) {
            println!("the public rules and streams");
            (rules.join("rules"), streams)
        } else {
            println!("a generated set: VIGIE_SIGMAHQ and VIGIE_STREAM do not say where the public one is");
            Self::generated()
        };
        let read = |name: &str| std::fs::read_to_string(streams.join(name)).expect("a stream");
        Self { rules, hinted: read("windows-hinted.jsonl"), raw: read("windows-raw.jsonl") }
    }

    fn generated() -> (PathBuf, PathBuf) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated");
        generated::write(&folder).expect("the generated set can be written");
        (folder.join("rules"), folder)
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate", folder] => generated::write(Path::new(folder)).expect("the generated set can be written"),
        ["log-ins", folder] => counting::write(Path::new(folder)).expect("log-ins can be written"),
        ["work", workload, passes] => work::run(workload, passes.parse().expect("a number of passes")),
        ref lanes => run(&|lane| lanes.is_empty() || lanes.contains(&lane)),
    }
}

/// Measures the lanes that are wanted.
fn run(wanted: &dyn Fn(&str) -> bool) {
    let set = Set::open();
    let (loading, engine) = loaded(|| engines::ours(&set.rules));
    let (other, theirs) = loaded(|| engines::theirs(&set.rules, Setting::Routed));
    println!("rules loaded in {loading:.2} s of processor time, by rsigma in {other:.2} s");
    let hinted: Vec<&str> = set.hinted.lines().collect();
    let found = engines::found_by_us(&engine, &hinted);
    let mut their = engines::found_by_them(&theirs, &hinted);
    engines::strict(&engine, &hinted, &mut their);
    let more = engines::agree("hinted", &hinted, &found, &their);
    let pick = |matched: bool| {
        let both = hinted.iter().zip(&found).filter(move |(_, found)| found.is_empty() != matched);
        both.map(|(line, _)| *line).collect::<Vec<&str>>()
    };
    let (quiet, matching) = (pick(false), pick(true));
    println!(
        "both find the same in {} events, {} of which match; vigie finds more in {more}",
        hinted.len() - more,
        matching.len()
    );
    measure::head();
    let lanes = [("hinted", &hinted), ("quiet", &quiet), ("busy", &busy(&quiet, &matching))];
    for (name, lines) in lanes {
        if wanted(name) {
            beside(name, &engine, &theirs, lines);
        }
    }
    if wanted("bloom") {
        beside("bloom", &engine, &engines::theirs(&set.rules, Setting::Bloom), &hinted);
    }
    if wanted("correlation") {
        correlation();
    }
    if wanted("words") {
        words();
    }
    if wanted("threads") {
        threads(&engine, &hinted);
    }
    if wanted("raw") {
        raw(&set, &engine, &found);
    }
}

/// How long it took to load rules.
fn loaded<T>(load: impl FnOnce() -> T) -> (f64, T) {
    let start = measure::spent();
    let loaded = load();
    (measure::spent() - start, loaded)
}

/// Three events that match to two that do not, as many as there are lines.
fn busy<'a>(quiet: &[&'a str], matching: &[&'a str]) -> Vec<&'a str> {
    let (mut quiet, mut matching) = (quiet.iter().cycle(), matching.iter().cycle());
    let pick = |number: usize| if number % 5 < 3 { matching.next() } else { quiet.next() };
    (0..40_000).map_while(pick).copied().collect()
}

/// Both engines over the same lines, one thread.
fn beside(lane: &str, engine: &Engine, theirs: &rsigma_eval::Engine, lines: &[&str]) {
    let mut matcher = engine.matcher();
    let ours = || timed(|| engines::pass_ours(&mut matcher, Format::Json, lines));
    paired(ours, || timed(|| engines::pass_theirs(theirs, lines))).show(lane, lines.len());
}

fn correlation() {
    let lines = counting::log_ins(counting::LOG_INS);
    for (lane, suppress) in [("correlation", None), ("correlation, rsigma suppressing", Some(300))] {
        let ours = || timed(counting::count_ours(&lines, true));
        paired(ours, || timed(counting::count_theirs(&lines, suppress))).show(lane, lines.len());
    }
}

fn words() {
    let lines = counting::plain_lines(200_000);
    // The line alone is an engine called by hand; `plain` is decoder and engine, as in `vigie scan --format plain`. The
    // other engine gets the line alone each time.
    for (lane, way) in
        [("words, plain line", As::Line), ("words, as plain", As::Plain), ("words, as syslog", As::Syslog)]
    {
        let (ours, theirs) = (counting::words_ours(&lines, way), counting::words_theirs(&lines));
        paired(|| timed(&ours), || timed(&theirs)).show(lane, lines.len());
    }
}

/// Two threads with half of the lines each beside one with all: on the wall, and by the processor time of the one that
/// needs more, which is what there is to gain where nothing else runs.
fn threads(engine: &Engine, lines: &[&str]) {
    // Lines go around in blocks, as where logs are looked through, so that both have the same work.
    let blocks = || lines.chunks(256).enumerate();
    let turn = |odd: usize| blocks().filter(move |(at, _)| at % 2 == odd).flat_map(|(_, block)| block.iter().copied());
    let (first, second): (Vec<&str>, Vec<&str>) = (turn(0).collect(), turn(1).collect());
    let pass = |matcher: &mut Matcher, lines: &[&str]| timed(|| engines::pass_ours(matcher, Format::Json, lines)).0;
    let (mut whole, mut one, mut two) = (engine.matcher(), engine.matcher(), engine.matcher());
    let (mut walls, mut busies) = (Vec::new(), Vec::new());
    for round in 0..6 {
        let (alone, busy) = on_the_wall(|| pass(&mut whole, lines));
        let (wall, halves) = on_the_wall(|| {
            std::thread::scope(|scope| {
                // As where logs are looked through: a matcher lives on its thread, and not beside another.
                let half = |mut matcher: Matcher, lines| scope.spawn(move || (pass(&mut matcher, lines), matcher));
                [half(one, &first), half(two, &second)].map(|half| half.join().expect("it ends"))
            })
        });
        let [(own, matcher), (other, another)] = halves;
        (one, two) = (matcher, another);
        if round > 0 {
            walls.push(alone / wall);
            busies.push(busy / f64::max(own, other));
        }
    }
    println!("two threads: {:.2}x one on the wall, {:.2}x by processor time", middle(&mut walls), middle(&mut busies));
}

fn on_the_wall<T>(work: impl FnOnce() -> T) -> (f64, T) {
    #[expect(clippy::disallowed_methods, reason = "nothing but the wall tells what two threads gain")]
    let start = std::time::Instant::now();
    let done = work();
    (start.elapsed().as_secs_f64(), done)
}

/// The stream as Windows writes it, where the other engine has to be told what the events are.
fn raw(set: &Set, engine: &Engine, truth: &[Found]) {
    let lines: Vec<&str> = set.raw.lines().collect();
    assert_eq!(lines.len(), truth.len(), "both streams have the same events");
    let judged = |name: &str, found: &[Found]| {
        let both = || found.iter().zip(truth);
        let right: usize = both().map(|(found, truth)| found.intersection(truth).count()).sum();
        let wrong: usize = both().map(|(found, truth)| found.difference(truth).count()).sum();
        println!("raw, {name}: {right} true matches, {wrong} others");
    };
    let own = engines::found_by_us(engine, &lines);
    if std::env::var_os("VIGIE_MISSING").is_some() {
        missing(&lines, &own, truth);
    }
    let by_hand = engines::theirs(&set.rules, Setting::ByHand);
    beside("raw, rsigma set by hand", engine, &by_hand, &lines);
    judged("vigie", &own);
    judged("rsigma set by hand", &engines::found_by_them(&by_hand, &lines));
    let plain = engines::theirs(&set.rules, Setting::Default);
    judged("rsigma by itself", &engines::found_by_them(&plain, &lines));
    let all: usize = truth.iter().map(Found::len).sum();
    println!("raw: {all} matches are true, those that both engines find in the stream with hints");
}

/// Says which true matches are missing, and an event of each.
fn missing(lines: &[&str], found: &[Found], truth: &[Found]) {
    let mut rules: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for ((line, found), truth) in lines.iter().zip(found).zip(truth) {
        for rule in truth.difference(found) {
            rules.entry(rule).or_insert((0, line)).0 += 1;
        }
    }
    for (rule, (times, line)) in rules {
        println!("missing {times} times: {rule} in {line}");
    }
}
