//! The process: how it starts, what it says, how it ends.

use std::net::TcpListener;
use std::time::Duration;

use conformance::{Client, Server, sign::Credentials};
use rustix::process::Signal;

#[test]
fn it_is_ready_soon_says_where_it_is_and_stops_with_zero() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("data"), &[]);
    // The bound for a release build on a quiet machine is 0.3 s (`cargo xtask bench`); this is a debug build beside other tests.
    assert!(server.ready_after < Duration::from_secs(3), "{:?}", server.ready_after);
    let banner = server.banner.join("\n");
    for part in ["millrace", "data", "test", "AWS_ENDPOINT_URL"] {
        assert!(banner.contains(part), "`{part}` is missing from {banner}");
    }
    assert_eq!(server.stop(Signal::TERM), Some(0));
    let again = Server::start(&dir.path().join("data"), &[]);
    assert_eq!(again.stop(Signal::INT), Some(0));
}

#[test]
fn a_port_in_use_is_one_clear_line() {
    let dir = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ended = Server::ends(&dir.path().join("data"), &["--listen", &address]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains(&address) && ended.err.contains("in use"), "{ended:?}");
    assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
    assert!(!ended.out.contains("Ready."));
}

#[test]
fn a_data_directory_in_use_is_one_clear_line() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let _server = Server::start(&data, &[]);
    let ended = Server::ends(&data, &["--listen", "127.0.0.1:0"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("in use"), "{ended:?}");
    assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
}

#[test]
fn a_directory_of_a_newer_format_is_refused_with_a_hint() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    Server::start(&data, &[]).stop(Signal::TERM);
    let path = data.join("FORMAT");
    let text = std::fs::read_to_string(&path).unwrap();
    let newer = text.replacen(char::is_numeric, "9", 1);
    assert_ne!(text, newer, "the format's number stands in {text:?}");
    let file = std::fs::File::options().write(true).truncate(true).open(&path).unwrap();
    std::io::Write::write_all(&mut &file, newer.as_bytes()).unwrap();
    let ended = Server::ends(&data, &["--listen", "127.0.0.1:0"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("newer"), "{ended:?}");
    assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
}

#[test]
fn an_ephemeral_server_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Server::start(&data, &["--ephemeral"]);
    assert!(server.banner.join("\n").contains("nothing is kept"));
    let client = server.client();
    client.s3("PUT", "/kept", &[], b"").unwrap().ok();
    assert_eq!(server.stop(Signal::TERM), Some(0));
    assert!(!data.exists());
}

#[test]
fn settings_can_be_looked_at_and_wrong_ones_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let shown = Server::ends(&data, &["--limits", "strict", "config", "show", "--origin"]);
    assert_eq!(shown.code, Some(0));
    assert!(
        shown
            .out
            .lines()
            .any(|line| line.starts_with("limits = \"strict\"") && line.contains("command line"))
    );
    let wrong = Server::ends(&data, &["--limits", "most"]);
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.err.contains("limits") && wrong.err.contains("most"), "{wrong:?}");
    assert!(!data.exists(), "neither may touch the data directory");
}

#[test]
fn verify_reads_a_stopped_directory() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Server::start(&data, &[]);
    server.client().s3("PUT", "/bucket", &[], b"").unwrap().ok();
    server.client().s3("PUT", "/bucket/key", &[], &vec![7; 300_000]).unwrap().ok();
    server.stop(Signal::TERM);
    let ended = Server::ends(&data, &["verify"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn beyond_loopback_the_conventional_credentials_open_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Server::start(&data, &["--listen", "0.0.0.0:0"]);
    let shown = |name: &str| {
        let line =
            server.banner.iter().find(|line| line.contains(name)).expect("fresh credentials are shown");
        line.split('=').nth(1).unwrap().trim().to_owned()
    };
    let (id, secret) = (shown("AWS_ACCESS_KEY_ID"), shown("AWS_SECRET_ACCESS_KEY"));
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], server.address.port()));
    let form = "Action=GetCallerIdentity&Version=2011-06-15";
    assert_eq!(Client::new(address).query("sts", form).unwrap().status, 403);
    Client::with(address, Credentials::new(&id, &secret)).query("sts", form).unwrap().ok();
    server.stop(Signal::TERM);

    let again = Server::start(&data, &["--listen", "0.0.0.0:0"]);
    assert!(!again.banner.join("\n").contains(&secret), "a secret is shown once");
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], again.address.port()));
    Client::with(address, Credentials::new(&id, &secret)).query("sts", form).unwrap().ok();
}
