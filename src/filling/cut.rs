//! What of a picture is seen through a frame: moved, zoomed, turned. The frame is always filled.

/// How far one can go in: more only shows single pixels.
const MOST_ZOOM: f64 = 8.0;

/// A picture behind a frame. Lengths are in pixels, of the picture or of the frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cut {
    picture: (f64, f64),
    frame: (f64, f64),
    /// Quarter turns, clockwise.
    turns: u8,
    /// 1 where the picture just fills the frame.
    zoom: f64,
    /// The point of the turned picture that is in the middle of the frame.
    middle: (f64, f64),
}

impl Cut {
    /// As much of the picture as the frame can show, its middle in the middle.
    pub(crate) fn new(picture: (u32, u32), frame: (u32, u32)) -> Self {
        let double = |(width, height): (u32, u32)| (f64::from(width), f64::from(height));
        let picture = double(picture);
        let middle = (picture.0 / 2.0, picture.1 / 2.0);
        Self { picture, frame: double(frame), turns: 0, zoom: 1.0, middle }
    }

    /// The picture is pushed by so many of the frame's pixels.
    pub(crate) fn moved(self, right: f64, down: f64) -> Self {
        let scale = self.scale();
        let middle = (self.middle.0 - right / scale, self.middle.1 - down / scale);
        Self { middle, ..self }.filled()
    }

    /// So many times as large.
    pub(crate) fn zoomed(self, times: f64) -> Self {
        Self { zoom: (self.zoom * times).clamp(1.0, MOST_ZOOM), ..self }.filled()
    }

    /// By a quarter, clockwise.
    pub(crate) fn turned(self) -> Self {
        let middle = (self.turned_size().1 - self.middle.1, self.middle.0);
        Self { turns: (self.turns + 1) % 4, middle, ..self }.filled()
    }

    /// Whether the picture has fewer pixels than the frame shows.
    pub(crate) fn is_blurred(&self) -> bool {
        self.scale() > 1.2
    }

    /// How the picture's coordinates become the frame's, as a canvas wants it: `x' = ax + cy + e`,
    /// `y' = bx + dy + f`.
    pub(crate) fn matrix(&self) -> [f64; 6] {
        let (width, height) = self.picture;
        let [a, b, c, d, e, f] = match self.turns {
            0 => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            1 => [0.0, 1.0, -1.0, 0.0, height, 0.0],
            2 => [-1.0, 0.0, 0.0, -1.0, width, height],
            _ => [0.0, -1.0, 1.0, 0.0, 0.0, width],
        };
        let scale = self.scale();
        let right = self.frame.0 / 2.0 - scale * self.middle.0;
        let down = self.frame.1 / 2.0 - scale * self.middle.1;
        [a * scale, b * scale, c * scale, d * scale, e * scale + right, f * scale + down]
    }

    fn turned_size(&self) -> (f64, f64) {
        let (width, height) = self.picture;
        if self.turns.is_multiple_of(2) { (width, height) } else { (height, width) }
    }

    /// The frame's pixels to one of the picture's.
    fn scale(&self) -> f64 {
        let (width, height) = self.turned_size();
        (self.frame.0 / width).max(self.frame.1 / height) * self.zoom
    }

    /// Nothing beside the picture is in the frame.
    fn filled(self) -> Self {
        let (scale, (width, height)) = (self.scale(), self.turned_size());
        let within = |at: f64, whole: f64, frame: f64| {
            let half = (frame / scale / 2.0).min(whole / 2.0);
            at.clamp(half, whole - half)
        };
        let middle = (
            within(self.middle.0, width, self.frame.0),
            within(self.middle.1, height, self.frame.1),
        );
        Self { middle, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a point of the picture is in the frame.
    fn at(cut: &Cut, (x, y): (f64, f64)) -> (i64, i64) {
        let [a, b, c, d, e, f] = cut.matrix();
        ((a * x + c * y + e).round() as i64, (b * x + d * y + f).round() as i64)
    }

    /// Whether the four corners of the frame are on the picture.
    fn is_filled(cut: &Cut) -> bool {
        let corners = [(0.0, 0.0), cut.picture].map(|corner| at(cut, corner));
        let (left, right) = (corners[0].0.min(corners[1].0), corners[0].0.max(corners[1].0));
        let (top, bottom) = (corners[0].1.min(corners[1].1), corners[0].1.max(corners[1].1));
        left <= 0 && top <= 0 && right >= cut.frame.0 as i64 && bottom >= cut.frame.1 as i64
    }

    #[test]
    fn at_first_the_frame_shows_the_middle() {
        let cut = Cut::new((2000, 1500), (352, 440));
        assert_eq!(at(&cut, (1000.0, 750.0)), (176, 220));
        assert_eq!(at(&cut, (1000.0, 0.0)).1, 0);
        assert!(is_filled(&cut));
    }

    #[test]
    fn a_push_moves_the_picture_and_stops_at_its_edge() {
        let cut = Cut::new((2000, 1500), (352, 440)).moved(-10.0, 0.0);
        assert_eq!(at(&cut, (1000.0, 750.0)), (166, 220));
        let far = cut.moved(-10_000.0, 10_000.0);
        assert_eq!(at(&far, (2000.0, 1500.0)), (352, 440));
    }

    #[test]
    fn a_turn_keeps_what_was_in_the_middle_there() {
        let cut = Cut::new((2000, 1500), (352, 440)).zoomed(3.0).moved(60.0, 20.0);
        let turned = cut.turned();
        // What was above the middle is right of it.
        assert!(at(&turned, (1000.0, 500.0)).0 > at(&turned, (1000.0, 900.0)).0);
        let back = turned.turned().turned().turned();
        assert_eq!(at(&back, (900.0, 700.0)), at(&cut, (900.0, 700.0)));
    }

    #[test]
    fn whatever_is_done_the_frame_is_filled() {
        let mut cut = Cut::new((700, 1900), (358, 441));
        for step in 0..200 {
            cut = match step % 5 {
                0 => cut.moved(f64::from(step) * 7.0 - 500.0, 90.0),
                1 => cut.zoomed(1.7),
                2 => cut.turned(),
                3 => cut.zoomed(0.3),
                _ => cut.moved(40.0, f64::from(step) * -9.0),
            };
            assert!(is_filled(&cut), "after step {step}: {cut:?}");
        }
        assert!(cut.zoomed(100.0).zoom <= MOST_ZOOM);
    }

    #[test]
    fn a_picture_with_too_few_pixels_is_told() {
        assert!(!Cut::new((2000, 1500), (352, 440)).is_blurred());
        assert!(Cut::new((200, 150), (352, 440)).is_blurred());
    }
}
