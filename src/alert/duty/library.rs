//! All duties that vigie knows: the files inside the binary, read once.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use super::country::Country;
use super::definition::Duty;
use super::file;
use crate::text::source::Source as Document;

/// The files inside vigie.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/alert/duty/law");

/// All duties vigie knows, by country and name.
pub(crate) fn all() -> &'static [Duty] {
    static ALL: LazyLock<Vec<Duty>> = LazyLock::new(|| {
        // That each of them can be read is tested: what could not would be missing here.
        let mut all: Vec<Duty> = documents().iter().filter_map(|file| file::read(file, &mut Vec::new())).collect();
        all.sort_by(|one, other| (&one.country, &one.id).cmp(&(&other.country, &other.id)));
        all
    });
    &ALL
}

/// The duty called `id`.
pub(crate) fn find(id: &str) -> Option<&'static Duty> {
    all().iter().find(|duty| duty.id.as_str() == id)
}

/// Those of a country.
pub(crate) fn of(country: &Country) -> impl Iterator<Item = &'static Duty> {
    all().iter().filter(move |duty| duty.country == *country)
}

/// The files, as documents.
pub(super) fn documents() -> Vec<Document> {
    let files = FILES.dirs().flat_map(Dir::files);
    files.filter_map(|file| Some(Document::new(file.path().to_str()?, file.contents_utf8()?))).collect()
}
