//! Rules and events of the shape of the public ones, for where these are not at hand: always the same, whoever makes them.
//!
//! As there, a third of the rules is about programs that start, most look for a part or an end of a text, some events
//! match, and most rules never do.

use std::fmt::Write as _;
use std::path::Path;

const RULES: usize = 3_000;
const EVENTS: usize = 40_000;

/// A kind of event: its hints, what Windows calls it, its fields, and how many of a hundred rules and events are of it.
struct Kind {
    category: &'static str,
    service: &'static str,
    channel: &'static str,
    number: u32,
    fields: &'static [&'static str],
    rules: u64,
    events: u64,
}

const SYSMON: &str = "Microsoft-Windows-Sysmon/Operational";

const KINDS: [Kind; 9] = [
    sysmon("process_creation", 1, &["Image", "CommandLine", "ParentImage", "OriginalFileName"], 42, 14),
    sysmon("network_connection", 3, &["Image", "DestinationHostname", "DestinationIp"], 4, 8),
    sysmon("image_load", 7, &["ImageLoaded", "Image", "Description"], 8, 12),
    sysmon("process_access", 10, &["SourceImage", "TargetImage", "CallTrace"], 3, 15),
    sysmon("file_event", 11, &["TargetFilename", "Image"], 12, 6),
    sysmon("registry_set", 13, &["TargetObject", "Details", "Image"], 12, 6),
    sysmon("dns_query", 22, &["QueryName", "Image"], 3, 3),
    windows("security", "Security", 4688, &["ServiceName", "ObjectName", "ProcessName", "ShareName"], 10, 28),
    windows("powershell", "Microsoft-Windows-PowerShell/Operational", 4104, &["ScriptBlockText", "Path"], 6, 8),
];

const fn sysmon(category: &'static str, number: u32, fields: &'static [&'static str], rules: u64, events: u64) -> Kind {
    Kind { category, service: "", channel: SYSMON, number, fields, rules, events }
}

const fn windows(
    service: &'static str,
    channel: &'static str,
    number: u32,
    fields: &'static [&'static str],
    rules: u64,
    events: u64,
) -> Kind {
    Kind { category: "", service, channel, number, fields, rules, events }
}

/// Programs that both rules and events name all the time.
const PROGRAMS: [&str; 14] = [
    "powershell.exe",
    "cmd.exe",
    "rundll32.exe",
    "svchost.exe",
    "wscript.exe",
    "regsvr32.exe",
    "explorer.exe",
    "services.exe",
    "mshta.exe",
    "lsass.exe",
    "chrome.exe",
    "winword.exe",
    "taskhostw.exe",
    "msiexec.exe",
];

const FOLDERS: [&str; 6] = [
    "C:\\Windows\\System32\\",
    "C:\\Windows\\SysWOW64\\",
    "C:\\Program Files\\Common Files\\",
    "C:\\Users\\a.durand\\AppData\\Local\\",
    "C:\\Program Files (x86)\\Google\\",
    "C:\\Windows\\WinSxS\\amd64\\",
];

/// Writes `rules/` and `windows-hinted.jsonl` and `windows-raw.jsonl` below `folder`, unless they are there.
pub(crate) fn write(folder: &Path) -> std::io::Result<()> {
    if folder.join("windows-raw.jsonl").exists() {
        return Ok(());
    }
    std::fs::create_dir_all(folder.join("rules"))?;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut rules = Vec::new();
    for number in 0..RULES {
        let rule = Rule::drawn(&mut dice, number);
        std::fs::write(folder.join(format!("rules/generated_{number:04}.yml")), &rule.text)?;
        rules.push(rule);
    }
    let (mut hinted, mut raw) = (String::new(), String::new());
    for number in 0..EVENTS {
        event(&mut dice, &rules, number, &mut hinted, &mut raw);
    }
    std::fs::write(folder.join("windows-hinted.jsonl"), hinted)?;
    std::fs::write(folder.join("windows-raw.jsonl"), raw)
}

/// Numbers that look like chance and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let at = self.below(all.len() as u64);
        all[usize::try_from(at).expect("smaller than a length")]
    }

    fn kind(&mut self, share: impl Fn(&Kind) -> u64) -> usize {
        let mut left = self.below(KINDS.iter().map(&share).sum());
        let over = |kind: &Kind| {
            let share = share(kind);
            let here = left < share;
            left = left.saturating_sub(share);
            here
        };
        KINDS.iter().position(over).expect("less than all shares")
    }

    /// A word that nothing but the rule it was made for knows.
    fn rare(&mut self) -> String {
        const PARTS: [&str; 16] =
            ["mi", "ka", "tz", "po", "wer", "du", "mp", "sha", "rp", "ho", "und", "xe", "lo", "ad", "inv", "ok"];
        let length = 3 + self.below(3);
        let mut word: String = (0..length).map(|_| self.one_of(&PARTS)).collect();
        write!(word, "{}", self.below(90)).expect("a text grows");
        word
    }

    fn path(&mut self) -> String {
        format!("{}{}", self.one_of(&FOLDERS), self.one_of(&PROGRAMS))
    }
}

/// A rule, and what an event has to say for it to match.
struct Rule {
    kind: usize,
    text: String,
    matched: Vec<(&'static str, String)>,
}

impl Rule {
    fn drawn(dice: &mut Dice, number: usize) -> Self {
        let at = dice.kind(|kind| kind.rules);
        let kind = &KINDS[at];
        let mut text = format!(
            "title: Generated {number}\nid: 00000000-0000-4000-8000-{number:012}\nstatus: test\nlevel: high\nlogsource:\n    product: windows\n"
        );
        if kind.category.is_empty() {
            writeln!(text, "    service: {}", kind.service).expect("a text grows");
        } else {
            writeln!(text, "    category: {}", kind.category).expect("a text grows");
        }
        text.push_str("detection:\n    selection:\n");
        let mut matched = Vec::new();
        let many = 1 + dice.below(kind.fields.len().min(3) as u64);
        for field in kind.fields.iter().take(usize::try_from(many).expect("few")) {
            let value = item(dice, field, &mut text);
            matched.push((*field, value));
        }
        // Only a rare word tells rules from what happens all day.
        if many == 1 || dice.below(2) == 0 {
            let last = kind.fields[kind.fields.len() - 1];
            let word = dice.rare();
            writeln!(text, "    filter:\n        {last}|contains: '{word}'\n    condition: selection and not filter")
                .expect("a text grows");
        } else {
            text.push_str("    condition: selection\n");
        }
        Self { kind: at, text, matched }
    }
}

/// Writes what a rule wants of a field, and gives a value that is so.
fn item(dice: &mut Dice, field: &str, text: &mut String) -> String {
    let list = |text: &mut String, words: &[String]| {
        for word in words {
            writeln!(text, "            - '{word}'").expect("a text grows");
        }
    };
    let of_program = matches!(field, "Image" | "ParentImage" | "SourceImage" | "TargetImage" | "ProcessName");
    let many = 1 + dice.below(5);
    let words: Vec<String> = (0..many).map(|_| dice.rare()).collect();
    match dice.below(100) {
        _ if of_program => {
            let programs: Vec<String> = (0..many).map(|_| format!("\\{}", dice.one_of(&PROGRAMS))).collect();
            writeln!(text, "        {field}|endswith:").expect("a text grows");
            list(text, &programs);
            format!("C:\\Windows\\System32{}", programs[0])
        }
        0..62 => {
            writeln!(text, "        {field}|contains:").expect("a text grows");
            list(text, &words);
            format!("cmd /c start {} quiet", words[0].to_uppercase())
        }
        62..78 => {
            // Of a single word, the other engine refuses to ask for all.
            let all = if many > 1 { "|all" } else { "" };
            writeln!(text, "        {field}|contains{all}:").expect("a text grows");
            list(text, &words);
            format!("begin {} end", words.join(" and "))
        }
        78..90 => {
            writeln!(text, "        {field}|endswith:").expect("a text grows");
            list(text, &words);
            format!("C:\\ProgramData\\{}", words[0])
        }
        90..97 => {
            writeln!(text, "        {field}|startswith:").expect("a text grows");
            list(text, &words);
            format!("{}\\more", words[0])
        }
        _ => {
            writeln!(text, "        {field}|re: '{}[0-9]{{2,4}}\\.dat$'", words[0]).expect("a text grows");
            format!("C:\\Temp\\{}123.dat", words[0])
        }
    }
}

/// Writes one event, with hints to one stream and as Windows says it to the other.
fn event(dice: &mut Dice, rules: &[Rule], number: usize, hinted: &mut String, raw: &mut String) {
    let at = dice.kind(|kind| kind.events);
    let kind = &KINDS[at];
    let rule = dice.one_of(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]) == 1;
    let rule = rule.then(|| &rules[usize::try_from(dice.below(rules.len() as u64)).expect("an index")]);
    let matched = rule.filter(|rule| rule.kind == at).map(|rule| &rule.matched);
    let mut fields = serde_json::Map::new();
    let (minute, second) = (number / 60 % 60, number % 60);
    fields
        .insert("@timestamp".into(), format!("2026-03-02T{:02}:{minute:02}:{second:02}Z", number / 3_600 % 24).into());
    fields.insert("Computer".into(), format!("poste{:03}.chu.example", dice.below(200)).into());
    fields.insert("EventID".into(), kind.number.into());
    fields.insert("RecordNumber".into(), (100_000 + number).into());
    fields.insert("ProcessId".into(), (dice.below(9_000) * 4).to_string().into());
    fields
        .insert("ProcessGuid".into(), format!("{{6a910b9d-{:04x}-5ee0-ca03-{:012x}}}", number & 0xffff, number).into());
    fields.insert("UserID".into(), "S-1-5-18".into());
    fields.insert("SourceName".into(), "Microsoft-Windows-Sysmon".into());
    fields.insert("Keywords".into(), "0x8000000000000000".into());
    fields.insert("RuleName".into(), "-".into());
    let mut message = format!("What happened:\r\nUtcTime: 2026-03-02 {minute:02}:{second:02}\r\n");
    for field in kind.fields {
        let value = matched.and_then(|matched| matched.iter().find(|(name, _)| name == field));
        let value = value.map_or_else(|| ordinary(dice, field), |(_, value)| value.clone());
        write!(message, "{field}: {value}\r\n").expect("a text grows");
        fields.insert((*field).into(), value.into());
    }
    let hash = |dice: &mut Dice| format!("{:016X}{:016X}", dice.below(u64::MAX), dice.below(u64::MAX));
    fields.insert("Hashes".into(), format!("SHA1={},MD5={}", hash(dice), hash(dice)).into());
    fields.insert("CurrentDirectory".into(), dice.one_of(&FOLDERS).into());
    let mut other = fields.clone();
    fields.insert("product".into(), "windows".into());
    for (name, value) in [("category", kind.category), ("service", kind.service)] {
        if !value.is_empty() {
            fields.insert(name.into(), value.into());
        }
    }
    other.insert("Channel".into(), kind.channel.into());
    other.insert("Message".into(), message.into());
    for (stream, fields) in [(hinted, fields), (raw, other)] {
        writeln!(stream, "{}", serde_json::Value::Object(fields)).expect("a text grows");
    }
}

/// What a field says on an ordinary day.
fn ordinary(dice: &mut Dice, field: &str) -> String {
    const WORDS: [&str; 20] = [
        "-k",
        "netsvcs",
        "-p",
        "--type=renderer",
        "/c",
        "start",
        "-s",
        "Schedule",
        "update",
        "report",
        "patient",
        "print",
        "http://intranet.chu.example/",
        "{4ba1-77}",
        "--lang=fr",
        "-Embedding",
        "/quiet",
        "status",
        "config",
        "local",
    ];
    match field {
        "DestinationIp" => format!("10.{}.{}.{}", dice.below(4), dice.below(256), dice.below(256)),
        "DestinationHostname" | "QueryName" => format!("srv{}.chu.example", dice.below(900)),
        "CallTrace" => {
            let calls: Vec<String> = (0..10).map(|_| format!("{}+{:x}", dice.path(), dice.below(1 << 20))).collect();
            calls.join("|")
        }
        "ScriptBlockText" | "CommandLine" => {
            let many = if field == "CommandLine" { 6 } else { 80 };
            let words: Vec<&str> = (0..many).map(|_| dice.one_of(&WORDS)).collect();
            format!("{} {}", dice.path(), words.join(" "))
        }
        "TargetObject" => format!("HKLM\\System\\CurrentControlSet\\Services\\{}\\Start", dice.one_of(&WORDS)),
        "Description" | "Details" => dice.one_of(&WORDS).to_owned(),
        _ => dice.path(),
    }
}
