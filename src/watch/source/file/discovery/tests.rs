//! What is found where, as files come, go and are renamed.

use tempfile::TempDir;

use super::*;

fn folder(names: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in names {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    folder
}

fn seen(folder: &TempDir, scan: &Scan) -> Vec<(String, bool)> {
    let name = |sight: &Sight| sight.path.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned();
    scan.sights.iter().map(|sight| (name(sight), sight.matched)).collect()
}

fn now(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn scan(folder: &TempDir, pattern: &str) -> Vec<(String, bool)> {
    let pattern = folder.path().join(pattern);
    let mut discovery = Discovery::new(pattern.to_str().unwrap());
    let log = folder.path().join("app.log");
    let logs = HashMap::from([(log.clone(), log)]);
    let found = discovery.scan(now(0), false, &logs);
    for sight in &found.sights {
        assert_eq!(discovery.names(&sight.path), sight.matched, "{}", sight.path.display());
    }
    seen(folder, &found)
}

#[test]
fn a_path_comes_with_the_files_that_look_rotated() {
    let folder = folder(&["app.log", "app.log.1", "app.log.2.gz", "app.log.audit", "other.log", "other.log.1"]);
    let expected = [("app.log".to_owned(), true), ("app.log.1".to_owned(), false)];
    assert_eq!(scan(&folder, "app.log"), expected);
}

#[test]
fn patterns_name_what_a_shell_would() {
    let folder = folder(&["app.log", "b/x1.log", "b/c/x2.log", "b/x1.log.gz", ".hidden.log", "d"]);
    for (pattern, expected) in [
        ("*.log", vec!["app.log"]),
        ("*/x?.log", vec!["b/x1.log"]),
        ("**/x[12].log", vec!["b/c/x2.log", "b/x1.log"]),
        ("b/../*.log", vec!["b/../app.log"]),
        ("nothing/*", vec![]),
    ] {
        let mut names: Vec<_> = scan(&folder, pattern).into_iter().map(|(name, _)| name).collect();
        names.sort();
        assert_eq!(names, expected, "{pattern}");
    }
}

#[test]
fn a_file_is_there_once_however_many_names_it_has() {
    let folder = folder(&["app.log"]);
    fs::hard_link(folder.path().join("app.log"), folder.path().join("b.log")).unwrap();
    assert_eq!(scan(&folder, "*.log").len(), 1);
}

#[test]
fn what_is_wrong_is_said() {
    let folder = folder(&["app.log"]);
    fs::create_dir(folder.path().join("z.log")).unwrap();
    std::os::unix::fs::symlink("loop.log", folder.path().join("loop.log")).unwrap();
    let faults = |pattern: &str| {
        let pattern = folder.path().join(pattern);
        Discovery::new(pattern.to_str().unwrap()).scan(now(0), false, &HashMap::new()).faults
    };
    assert_eq!(faults("z.log"), [(folder.path().join("z.log"), Fault::NotAFile)]);
    assert!(matches!(faults("loop.log")[0].1, Fault::Unreadable(_)));
    assert_eq!(faults("missing.log"), [(folder.path().join("missing.log"), Fault::Missing)]);
    assert_eq!(faults("missing*"), [(PathBuf::new(), Fault::Missing)]);
    assert!(matches!(faults("a[")[0].1, Fault::Pattern(_)));
    assert_eq!(faults("app.log"), []);
}

#[test]
fn a_directory_that_does_not_change_is_not_read_again() {
    let folder = folder(&["app.log", "app.log.1"]);
    let mut listings = HashMap::new();
    assert_eq!(list(&mut listings, folder.path(), now(0)).len(), 2);
    let listed = |listings: &HashMap<PathBuf, Listing>| listings[folder.path()].listed;
    list(&mut listings, folder.path(), now(0));
    list(&mut listings, folder.path(), now(2));
    assert_eq!(listed(&listings), now(2), "read again until its time of change can be believed");
    list(&mut listings, folder.path(), now(4));
    assert_eq!(listed(&listings), now(2));
    list(&mut listings, folder.path(), now(20));
    assert_eq!(listed(&listings), now(20), "but now and then all the same");
    list(&mut listings, folder.path(), now(-100));
    assert_eq!(listed(&listings), now(-100), "and when the clock was set back");
    fs::write(folder.path().join("new"), "").unwrap();
    assert_eq!(list(&mut listings, folder.path(), now(-90)).len(), 3);
}

#[test]
fn two_looks_agree_where_names_and_files_are_the_same() {
    let folder = folder(&["app.log", "app.log.1"]);
    let mut discovery = Discovery::new(folder.path().join("app*").to_str().unwrap());
    let before = discovery.scan(now(0), true, &HashMap::new());
    fs::write(folder.path().join("app.log"), "longer than before").unwrap();
    assert!(discovery.scan(now(0), true, &HashMap::new()).agrees(&before));
    fs::rename(folder.path().join("app.log.1"), folder.path().join("app.log.2")).unwrap();
    assert!(!discovery.scan(now(0), true, &HashMap::new()).agrees(&before));
}
