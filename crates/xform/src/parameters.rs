//! Where an XForm says what the `parameters` column says: pyxform's attributes.

/// The element that has an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The `bind`.
    Bind,
    /// The control in the body.
    Control,
}

/// Parameters, where they stand, and the attributes that say them.
pub(crate) const TABLE: [(&str, Place, &str); 16] = [
    ("quality", Place::Bind, "odk:quality"),
    ("allow-mock-accuracy", Place::Bind, "odk:allow-mock-accuracy"),
    ("track-changes", Place::Bind, "odk:track-changes"),
    ("track-changes-reasons", Place::Bind, "odk:track-changes-reasons"),
    ("identify-user", Place::Bind, "odk:identify-user"),
    ("location-max-age", Place::Bind, "odk:location-max-age"),
    ("location-min-interval", Place::Bind, "odk:location-min-interval"),
    ("location-priority", Place::Bind, "odk:location-priority"),
    ("capture-accuracy", Place::Control, "accuracyThreshold"),
    ("warning-accuracy", Place::Control, "unacceptableAccuracyThreshold"),
    ("incremental", Place::Control, "incremental"),
    ("rows", Place::Control, "rows"),
    ("autoplay", Place::Control, "autoplay"),
    ("app", Place::Control, "intent"),
    ("tick_interval", Place::Control, "odk:tick-interval"),
    ("placeholder", Place::Control, "odk:placeholder"),
];

/// The list whose labels stand at a range's ticks: the range's `itemset`.
pub(crate) const TICK_LABELS: &str = "tick_labelset";

/// The attribute for the parameters that no attribute of others is for.
pub(crate) const REST: &str = "xst:parameters";

/// The attribute that says a parameter, at a place.
pub(crate) fn attribute(parameter: &str, place: Place) -> Option<&'static str> {
    let mut own = TABLE.iter().filter(|(_, own, _)| *own == place);
    own.find(|(name, _, _)| *name == parameter).map(|(_, _, attribute)| *attribute)
}

/// The parameter that an attribute says, at a place.
pub(crate) fn parameter(attribute: &str, place: Place) -> Option<&'static str> {
    let mut own = TABLE.iter().filter(|(_, own, _)| *own == place);
    own.find(|(_, _, own)| *own == attribute).map(|(name, _, _)| *name)
}

/// The value of a parameter.
pub(crate) fn value<'p>(parameters: &'p [(String, String)], name: &str) -> Option<&'p str> {
    parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

/// Parameters that neither an attribute of others nor an element is for, as one text: `a=b c=d`.
pub(crate) fn rest(parameters: &[(String, String)]) -> Option<String> {
    let known = |name: &str| name == TICK_LABELS || TABLE.iter().any(|(own, _, _)| *own == name);
    let rest = parameters.iter().filter(|(name, _)| !known(name));
    let pairs: Vec<_> =
        rest.map(|(name, value)| format!("{}={}", masked(name), masked(value))).collect();
    (!pairs.is_empty()).then(|| pairs.join(" "))
}

/// What [`rest`] wrote.
pub(crate) fn from_rest(text: &str) -> Vec<(String, String)> {
    let pairs = text.split(' ').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (unmasked(name), unmasked(value))).collect()
}

const MASKED: [(char, &str); 6] =
    [('%', "%25"), (' ', "%20"), ('=', "%3D"), ('\n', "%0A"), ('\t', "%09"), ('\r', "%0D")];

fn masked(text: &str) -> String {
    MASKED.iter().fold(text.to_owned(), |text, (c, mask)| text.replace(*c, mask))
}

fn unmasked(text: &str) -> String {
    MASKED.iter().rev().fold(text.to_owned(), |text, (c, mask)| text.replace(mask, &c.to_string()))
}
