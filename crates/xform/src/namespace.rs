//! The namespaces of ODK XForms (specification, section "Namespaces"), and our own.

/// XForms.
pub(crate) const XFORMS: &str = "http://www.w3.org/2002/xforms";
/// XHTML: `h:html`, `h:head`, `h:title`, `h:body`.
pub(crate) const XHTML: &str = "http://www.w3.org/1999/xhtml";
/// JavaRosa: `jr:template`, `jr:count`, `jr:preload` …
pub(crate) const JAVAROSA: &str = "http://openrosa.org/javarosa";
/// OpenRosa: the `meta` block of instances, `orx:max-pixels`.
pub(crate) const OPENROSA: &str = "http://openrosa.org/xforms";
/// ODK: `odk:rank`, `odk:setgeopoint`, `odk:quality` …
pub(crate) const ODK: &str = "http://www.opendatakit.org/xforms";
/// ODK's entities.
pub(crate) const ENTITIES: &str = "http://www.opendatakit.org/xforms/entities";
/// Of attributes that only this project understands.
pub const OWN: &str = "https://xiangshitong.cn/xforms";

/// The prefixes of every XForm that is written here, in pyxform's order; then our own.
pub(crate) const PREFIXES: [(&str, &str); 8] = [
    ("h", XHTML),
    ("ev", "http://www.w3.org/2001/xml-events"),
    ("xsd", "http://www.w3.org/2001/XMLSchema"),
    ("jr", JAVAROSA),
    ("orx", OPENROSA),
    ("odk", ODK),
    ("entities", ENTITIES),
    ("xst", OWN),
];

/// The prefix under which attributes of a namespace are known here; none for strangers'.
pub(crate) fn prefix(uri: &str) -> Option<&'static str> {
    PREFIXES.iter().find(|(_, own)| *own == uri).map(|(prefix, _)| *prefix)
}
