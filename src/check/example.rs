//! The hospital that does not exist: `examples/valmont`, inside vigie, for the demonstration and for rehearsals without
//! a site.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::House;
use crate::site;
use crate::text::diagnostic::has_errors;
use crate::text::source::Source;
use crate::watch::sigma::Engine;

static VALMONT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/valmont");

/// The example hospital, opened where it is; nothing is written.
pub fn example() -> Option<(House, Engine)> {
    let open = |name: &str| {
        let text = VALMONT.get_file(name).and_then(|file| file.contents_utf8());
        let text = text.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))?;
        Ok(Source::new(format!("builtin/valmont/{name}"), text))
    };
    let mut found = Vec::new();
    let site = site::load_with(Path::new("builtin/valmont"), &open, &mut found);
    let opened = super::furnish(site, &mut found)?;
    (!has_errors(&found)).then_some(opened)
}

/// Writes the example hospital's files into `folder`.
pub fn write_example(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    VALMONT.extract(folder)
}
