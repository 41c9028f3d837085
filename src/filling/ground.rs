//! A way or a piece of ground, by the places at its corners (ODK XForms, `geotrace`, `geoshape`).
//!
//! It is measured on a flat map around its first corner: within a village that is right to far less
//! than what a phone knows of its own place.

use form::expression::Number;

/// Metres to a degree of latitude, on JavaRosa's sphere, as `area()` and `distance()` have it.
const METRES: f64 = 6_378_100.0 * core::f64::consts::PI / 180.0;
/// Square metres to a 亩.
const MU: f64 = 2000.0 / 3.0;
/// What few corners span at least on a sketch, in metres: a phone does not know them better.
const LEAST_SPAN: f64 = 10.0;

/// A place at which somebody stood.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Corner {
    /// As it is stored: latitude, longitude, altitude, accuracy.
    text: String,
    latitude: f64,
    longitude: f64,
    /// Metres that it may be off, where the phone knew.
    pub(crate) accuracy: Option<u32>,
}

impl Corner {
    /// Reads a `geopoint`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split_whitespace().map(Number::parse);
        let (latitude, longitude) = (numbers.next()??.double(), numbers.next()??.double());
        let accuracy = numbers.nth(1).flatten().map(|metres| metres.double().round() as u32);
        Some(Self { text: text.trim().to_owned(), latitude, longitude, accuracy })
    }
}

/// Corners in the order in which somebody went from one to the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Ground {
    /// The corners, each once.
    pub(crate) corners: Vec<Corner>,
    /// Whether the last leads back to the first.
    pub(crate) is_closed: bool,
}

impl Ground {
    /// Reads an answer.
    pub(crate) fn read(value: &str) -> Self {
        let mut corners: Vec<Corner> = value.split(';').filter_map(Corner::read).collect();
        let is_closed = corners.len() > 3 && corners.first() == corners.last();
        if is_closed {
            corners.pop();
        }
        Self { corners, is_closed }
    }

    /// As it is stored: a closed one ends with its first corner.
    pub(crate) fn text(&self) -> String {
        let back = self.corners.first().filter(|_| self.is_closed);
        let all = self.corners.iter().chain(back);
        all.map(|corner| corner.text.as_str()).collect::<Vec<_>>().join(";")
    }

    /// With one more corner, at the end.
    pub(crate) fn with(mut self, corner: Corner) -> Self {
        self.is_closed = false;
        self.corners.push(corner);
        self
    }

    /// Without what was done last: closing it, or its last corner.
    pub(crate) fn without_last(mut self) -> Self {
        if !core::mem::take(&mut self.is_closed) {
            self.corners.pop();
        }
        self
    }

    /// Whether it can be closed.
    pub(crate) fn can_close(&self) -> bool {
        !self.is_closed && self.corners.len() > 2
    }

    /// Leading back to its first corner.
    pub(crate) fn closed(mut self) -> Self {
        self.is_closed = self.corners.len() > 2;
        self
    }

    /// Metres east and north of the first corner.
    fn flat(&self) -> Vec<(f64, f64)> {
        let Some(first) = self.corners.first() else { return Vec::new() };
        let to_east = METRES * first.latitude.to_radians().cos();
        let flat = |corner: &Corner| {
            let east = (corner.longitude - first.longitude) * to_east;
            (east, (corner.latitude - first.latitude) * METRES)
        };
        self.corners.iter().map(flat).collect()
    }

    /// How long the way is, in metres; around it, where it is closed.
    pub(crate) fn length(&self) -> f64 {
        let flat = self.flat();
        let next = flat.iter().skip(1).chain(flat.first().filter(|_| self.is_closed));
        flat.iter().zip(next).map(|(one, other)| (other.0 - one.0).hypot(other.1 - one.1)).sum()
    }

    /// How large it is, in square metres.
    pub(crate) fn area(&self) -> f64 {
        let flat = self.flat();
        let next = flat.iter().cycle().skip(1);
        let twice: f64 = flat.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
        twice.abs() / 2.0
    }

    /// Drawn into so many units, north above.
    pub(crate) fn sketch(&self, width: i32, height: i32, margin: i32) -> Sketch {
        let flat = self.flat();
        let (east, north) = (span(flat.iter().map(|at| at.0)), span(flat.iter().map(|at| at.1)));
        let room = |all: i32| f64::from(all - 2 * margin);
        let wide = (east.1 - east.0).max(LEAST_SPAN);
        let high = (north.1 - north.0).max(LEAST_SPAN);
        let scale = (room(width) / wide).min(room(height) / high);
        let middle = ((east.0 + east.1) / 2.0, (north.0 + north.1) / 2.0);
        let drawn = |at: &(f64, f64)| {
            let x = f64::from(width) / 2.0 + (at.0 - middle.0) * scale;
            let y = f64::from(height) / 2.0 - (at.1 - middle.1) * scale;
            (x.round() as i32, y.round() as i32)
        };
        let bar = bar(f64::from(width) / 3.0 / scale);
        Sketch {
            points: flat.iter().map(drawn).collect(),
            bar,
            bar_width: (f64::from(bar) * scale).round() as i32,
        }
    }
}

/// How [`Ground`] looks on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sketch {
    /// Where its corners are, from the upper left.
    pub(crate) points: Vec<(i32, i32)>,
    /// How many metres the scale bar stands for.
    pub(crate) bar: u32,
    /// How wide the scale bar is.
    pub(crate) bar_width: i32,
}

/// Square metres in 亩, to one place.
pub(crate) fn mu(area: f64) -> String {
    Number::from(area / MU).rounded(1).text()
}

/// The least and the greatest; both nothing where there is none.
fn span(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let least = values.clone().fold(f64::INFINITY, f64::min);
    let most = values.fold(f64::NEG_INFINITY, f64::max);
    if least <= most { (least, most) } else { (0.0, 0.0) }
}

/// The greatest of 1, 2, 5, 10, 20 … metres that is no more than `most`.
fn bar(most: f64) -> u32 {
    let mut bar = 1;
    for power in 0..7 {
        let of = |times: u32| times * 10u32.pow(power);
        let fits = [of(1), of(2), of(5)].into_iter().rfind(|bar| f64::from(*bar) <= most);
        bar = fits.unwrap_or(bar);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Corners of a field of 100 by 50 metres, at 26° north, from its south-west.
    fn field() -> Ground {
        let corner = |east: f64, north: f64| {
            let latitude = 26.0 + north / METRES;
            let longitude = 103.0 + east / (METRES * 26f64.to_radians().cos());
            Corner::read(&format!("{latitude:.7} {longitude:.7} 0.0 4.6")).unwrap()
        };
        [(0.0, 0.0), (100.0, 0.0), (100.0, 50.0), (0.0, 50.0)]
            .into_iter()
            .fold(Ground::default(), |ground, (east, north)| ground.with(corner(east, north)))
    }

    #[test]
    fn a_field_is_measured_and_stored_as_other_tools_read_it() {
        let field = field().closed();
        assert!((field.area() - 5000.0).abs() < 5.0, "{}", field.area());
        assert!((field.length() - 300.0).abs() < 0.2, "{}", field.length());
        assert_eq!(mu(field.area()), "7.5");
        let text = field.text();
        let corners: Vec<&str> = text.split(';').collect();
        assert_eq!((corners.len(), corners[0]), (5, corners[4]));
        assert_eq!(corners[0], "26.0000000 103.0000000 0.0 4.6");
        assert_eq!(Ground::read(&text), field);
        assert_eq!(field.corners[0].accuracy, Some(5));
    }

    #[test]
    fn what_was_done_last_is_undone_first() {
        let open = field().closed().without_last();
        assert!(!open.is_closed && open.can_close() && open.corners.len() == 4);
        assert!((open.length() - 250.0).abs() < 0.2, "{}", open.length());
        let three = open.without_last();
        assert_eq!(three.corners.len(), 3);
        assert!(!three.without_last().closed().is_closed, "two corners are no ground");
    }

    #[test]
    fn a_sketch_has_north_above_fills_its_sheet_and_knows_its_scale() {
        let sketch = field().sketch(3200, 2200, 200);
        assert_eq!(sketch.points, [(200, 1800), (3000, 1800), (3000, 400), (200, 400)]);
        assert_eq!((sketch.bar, sketch.bar_width), (20, 560));
        let alone = Ground::read("26 103 0 4").sketch(3200, 2200, 200);
        assert_eq!(alone.points, [(1600, 1100)]);
        assert_eq!(Ground::read("").sketch(3200, 2200, 200).points, []);
    }
}
