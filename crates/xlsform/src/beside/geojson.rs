//! Places as GeoJSON (RFC 7946): the properties of each feature, its `id`, and its `geometry` as an
//! ODK form writes places.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::{Growing, Table, check_size};

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    id: Option<Value>,
    geometry: Option<Geometry>,
    properties: Option<Properties>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Value,
}

/// In the order in which they are written: the columns have it too.
struct Properties(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Properties;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Properties, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Properties(pairs))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

pub(super) fn read(text: &str) -> Result<Table, String> {
    let collection: Collection = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut growing = Growing::default();
    for feature in collection.features {
        growing.begin_row();
        let id = feature.id.as_ref().map(written);
        if let Some(id) = &id {
            growing.put("id", id.clone());
        }
        for (name, value) in feature.properties.into_iter().flat_map(|Properties(all)| all) {
            growing.put(&name, written(&value));
        }
        growing.put("name", id.unwrap_or_default());
        growing.put("geometry", feature.geometry.as_ref().map(place).unwrap_or_default());
    }
    check_size(growing.size())?;
    Ok(growing.table())
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// `lat lon 0 0`, several with `;` between. Of an area the outer edge.
fn place(geometry: &Geometry) -> String {
    let points = |value: &Value| -> String {
        let points = value.as_array().into_iter().flatten().filter_map(point);
        points.collect::<Vec<_>>().join("; ")
    };
    match geometry.kind.as_str() {
        "Point" => point(&geometry.coordinates).unwrap_or_default(),
        "LineString" => points(&geometry.coordinates),
        "Polygon" => geometry.coordinates.get(0).map(points).unwrap_or_default(),
        _ => String::new(),
    }
}

fn point(value: &Value) -> Option<String> {
    let (longitude, latitude) = (value.get(0)?.as_f64()?, value.get(1)?.as_f64()?);
    Some(format!("{latitude} {longitude} 0 0"))
}
