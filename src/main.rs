//! Starts the phone app.

fn main() {
    xiangshitong::start();
}
