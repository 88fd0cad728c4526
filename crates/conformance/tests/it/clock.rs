//! The movable clock.

use conformance::Server;
use rustix::process::Signal;

#[test]
fn the_clock_moves_only_when_allowed_and_stays_moved() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Server::start(&data, &[]);
    assert!(!(200..300).contains(&server.client().advance_clock("1d").unwrap().status));
    server.stop(Signal::TERM);

    let server = Server::start(&data, &["--movable-clock"]);
    let moved = server.client().advance_clock("30d").unwrap().ok();
    assert!(moved.text().contains("2592000"), "{moved:?}");
    for nonsense in ["", "30", "-1d", "soon", "99999999999999999999d"] {
        assert_eq!(server.client().advance_clock(nonsense).unwrap().status, 400, "`{nonsense}`");
    }
    server.kill();

    let refused = Server::ends(&data, &["--listen", "127.0.0.1:0"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("--movable-clock"), "{refused:?}");
    let server = Server::start(&data, &["--movable-clock"]);
    let moved = server.client().advance_clock("1h").unwrap().ok();
    assert!(moved.text().contains(&(2_592_000 + 3_600).to_string()), "{moved:?}");
}
