//! The field that a rule may have meant, where an event does not have the one that it names.

use crate::text::diagnostic::nearest;

/// One of `fields` that is called `name` behind another prefix (`data.srcip` for `srcip`), or is spelled nearly like it.
pub(super) fn alike<'f>(name: &str, fields: &[&'f str]) -> Option<&'f str> {
    let others = || fields.iter().copied().filter(|field| *field != name);
    let is_under_another = |field: &&str| own(field).eq_ignore_ascii_case(own(name));
    let behind_a_prefix = others().filter(is_under_another).min_by_key(|field| field.len());
    behind_a_prefix.or_else(|| nearest(name, others())).or_else(|| {
        let nearly = nearest(own(name), others().map(own))?;
        others().find(|field| own(field) == nearly)
    })
}

/// A name without what collectors and objects put before it: `winlog.event_data.Image`, `_Image` and `@Image` are `Image`.
fn own(name: &str) -> &str {
    name.rsplit(['.', '/', ':']).next().unwrap_or(name).trim_start_matches(['_', '@', '#'])
}

#[cfg(test)]
mod tests {
    use super::alike;

    /// S12 of issue 11.
    #[test]
    fn a_field_is_found_behind_any_prefix_and_before_one_that_is_only_spelled_alike() {
        for (name, fields, wanted) in [
            ("srcip", &["rule.srcip", "srcap"][..], Some("rule.srcip")),
            ("srcip", &["data.win.srcip", "data.srcip"], Some("data.srcip")),
            ("winlog.event_data.Image", &["Image", "Event.Image"], Some("Image")),
            ("User", &["user"], Some("user")),
            ("Image", &["_Image", "time"], Some("_Image")),
            ("missin", &["missing", "a.b"], Some("missing")),
            ("CommandLine", &["process.CommndLine"], Some("process.CommndLine")),
            ("srcip", &["srcip"], None),
            ("srcip", &["host", "message"], None),
            ("srcip", &[], None),
        ] {
            assert_eq!(alike(name, fields), wanted, "{name} among {fields:?}");
        }
    }
}
