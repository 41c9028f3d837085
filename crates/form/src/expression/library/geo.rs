//! Places on the earth: `lat lon alt accuracy`, several of them with `;` between.

use std::borrow::Cow;

use super::super::{Evaluation, Expression, Number, Outcome};

/// The radius of the sphere that JavaRosa takes the earth for, in metres.
const RADIUS: f64 = 6_378_100.0;

/// A place, in degrees.
#[derive(Clone, Copy, PartialEq)]
struct Point {
    lat: f64,
    lon: f64,
}

/// None where one of them is no place.
fn points<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Vec<Point>> {
    let written = texts.into_iter().flat_map(|text| text.split(';'));
    written.map(str::trim).filter(|text| !text.is_empty()).map(point).collect()
}

fn point(text: &str) -> Option<Point> {
    let mut numbers = text.split_whitespace().map(|part| Number::parse(part).map(Number::double));
    let (lat, lon) = (numbers.next()??, numbers.next()??);
    let fits = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
    (fits && numbers.all(|rest| rest.is_some())).then_some(Point { lat, lon })
}

fn all<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Option<Vec<Point>> {
    let texts: Vec<Cow<'a, str>> = e.texts(a);
    points(texts.iter().map(|text| &**text))
}

/// By the sphere's own formula for the area between a line and the equator.
pub(super) fn area<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let Some(points) = all(e, a) else { return Outcome::Number(Number::NAN) };
    let next = points.iter().cycle().skip(1);
    let sum: f64 = points
        .iter()
        .zip(next)
        .map(|(one, other)| {
            (other.lon - one.lon).to_radians()
                * (2.0 + one.lat.to_radians().sin() + other.lat.to_radians().sin())
        })
        .sum();
    let area = if points.len() < 3 { 0.0 } else { (sum * RADIUS * RADIUS / 2.0).abs() };
    Outcome::Number(Number::from(area))
}

/// By the great circle.
pub(super) fn distance<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let Some(points) = all(e, a) else { return Outcome::Number(Number::NAN) };
    let legs = points.windows(2).map(|leg| between(leg[0], leg[1]));
    Outcome::Number(Number::from(legs.sum::<f64>()))
}

fn between(one: Point, other: Point) -> f64 {
    let (a, b) = (one.lat.to_radians(), other.lat.to_radians());
    let along = (one.lon - other.lon).to_radians();
    let cosine = a.sin() * b.sin() + a.cos() * b.cos() * along.cos();
    if one == other { 0.0 } else { cosine.clamp(-1.0, 1.0).acos() * RADIUS }
}

/// By counting how often a line to the east crosses the shape's edge.
pub(super) fn geofence<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let (place, shape) = (all(e, &a[..1]), all(e, &a[1..]));
    let is_inside = match (place.as_deref(), shape) {
        (Some([place]), Some(shape)) if shape.len() > 2 => is_inside(*place, &shape),
        _ => false,
    };
    Outcome::Truth(is_inside)
}

fn is_inside(place: Point, shape: &[Point]) -> bool {
    let edges = shape.iter().zip(shape.iter().cycle().skip(1));
    let crossed = edges.filter(|(one, other)| {
        (one.lat > place.lat) != (other.lat > place.lat) && {
            let part = (place.lat - one.lat) / (other.lat - one.lat);
            place.lon < one.lon + part * (other.lon - one.lon)
        }
    });
    crossed.count() % 2 == 1
}

pub(super) fn intersects<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    Outcome::Truth(all(e, a).is_some_and(|points| crosses_itself(&points)))
}

fn crosses_itself(points: &[Point]) -> bool {
    let edges: Vec<_> = points.windows(2).map(|edge| (edge[0], edge[1])).collect();
    let is_closed = points.first() == points.last();
    edges.iter().enumerate().any(|(place, one)| {
        edges.iter().enumerate().skip(place + 2).any(|(later, other)| {
            let are_neighbours = is_closed && place == 0 && later + 1 == edges.len();
            !are_neighbours && cross(*one, *other)
        })
    })
}

fn cross(one: (Point, Point), other: (Point, Point)) -> bool {
    let side = |line: (Point, Point), point: Point| {
        (line.1.lon - line.0.lon) * (point.lat - line.0.lat)
            - (line.1.lat - line.0.lat) * (point.lon - line.0.lon)
    };
    let apart = |line, points: (Point, Point)| side(line, points.0) * side(line, points.1);
    apart(one, other) <= 0.0 && apart(other, one) <= 0.0
}
