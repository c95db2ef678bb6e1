//! Names by which it is seen that an object says its fields in another way than by their names: as texts in an order, as
//! pairs of a name and a text, or as PowerShell writes its own objects.

/// The texts of an event in their order: of Fluent Bit, of `Get-EventLog`, of `Get-WinEvent`.
pub(crate) const TEXTS: [&str; 3] = ["StringInserts", "ReplacementStrings", "Properties.Value"];

/// What converters of XML call an attribute `Name`, and the text beside it.
pub(crate) const NAMES: [&str; 6] = ["@Name", "#attributes.Name", "_Name", "-Name", "$.Name", "Name"];
/// What they call the text.
pub(crate) const VALUES: [&str; 7] = ["#text", "text", "_text", "$text", "_", "$value", "value"];

/// Whether a field of this name shows that an object has to be unfolded.
pub(crate) fn is_folded(name: &str) -> bool {
    TEXTS.contains(&name) || name == "LogName" || is_pair(name)
}

/// Whether it is the name of a pair: `Event.EventData.Data.@Name`.
pub(crate) fn is_pair(name: &str) -> bool {
    let Some(at) = name.find("EventData.Data.").or_else(|| name.find("event_data.Data.")) else { return false };
    let (_, key) =
        name[at..].split_once("Data.Data.").or_else(|| name[at..].split_once("_data.Data.")).unwrap_or_default();
    NAMES.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_objects_are_known_by_a_name() {
        for name in [
            "StringInserts",
            "Properties.Value",
            "LogName",
            "Event.EventData.Data.@Name",
            "EventData.Data.#attributes.Name",
        ] {
            assert!(is_folded(name), "{name}");
        }
        for name in
            ["Data.Name", "Event.EventData.Data", "Event.EventData.Data.#text", "Event.EventData.Name", "Properties"]
        {
            assert!(!is_folded(name), "{name}");
        }
    }
}
