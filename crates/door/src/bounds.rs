//! Every bound of the door, each with its source.

use std::time::Duration;

/// A request's line and headers together (product page, security item 6).
pub const HEAD_BYTES_MAX: usize = 32 << 10;
/// Headers of a request (product page; hyper's own bound on HTTP/1).
pub const HEADERS_MAX: usize = 100;
/// The request target: presigned STS calls with a session token reach 16 KiB (wire facts section 13).
pub const TARGET_BYTES_MAX: usize = 24 << 10;
/// From a head's first byte to its last.
pub const HEAD_TIME_MAX: Duration = Duration::from_secs(30);
/// Between two requests on one connection, and before the first. SDKs close theirs after a minute.
pub const IDLE_TIME_MAX: Duration = Duration::from_secs(300);
/// A body that is not coming.
pub const BODY_IDLE_TIME_MAX: Duration = Duration::from_secs(60);
/// A TLS handshake.
pub const HANDSHAKE_TIME_MAX: Duration = Duration::from_secs(10);
/// A peer that does not acknowledge what it is sent.
pub const SEND_TIME_MAX: Duration = Duration::from_secs(60);
/// Connections at once; 10,000 idle ones must be no trouble (product page, figures).
pub const CONNECTIONS_MAX: usize = 20_000;

/// What HTTP/1 reads at once while a body streams. It begins at 8 KiB and doubles only when reads fill it, so that idle connections stay
/// small.
pub const READ_BUFFER_BYTES_MAX: usize = 256 << 10;
/// Bytes of one HTTP/2 stream under way.
pub const STREAM_WINDOW_BYTES: u32 = 1 << 20;
/// Bytes of all streams of one HTTP/2 connection under way.
pub const CONNECTION_WINDOW_BYTES: u32 = 4 << 20;
/// The largest HTTP/2 frame taken.
pub const FRAME_BYTES_MAX: u32 = 64 << 10;
/// HTTP/2 streams at once: the JavaScript and Java SDKs open up to a hundred.
pub const STREAMS_MAX: u32 = 256;
/// An HTTP/2 connection is asked whether it still lives.
pub const PING_INTERVAL: Duration = Duration::from_secs(60);

/// A document whose service says nothing else (product page, security item 6).
pub const DOCUMENT_BYTES_MAX: u64 = 1 << 20;
/// A document that comes compressed, once unpacked: CloudWatch takes 1 MB of gzip, which metrics make of some ten times as much.
pub const UNPACKED_BYTES_MAX: usize = 16 << 20;
/// A request to a function's URL: the event that it becomes is at most 6 MiB (Lambda's quota).
pub const FUNCTION_URL_BYTES_MAX: u64 = 6 << 20;
/// All documents held at once; beyond it requests are told to slow down.
pub const DOCUMENTS_BYTES_MAX: usize = 256 << 20;
/// Memory given to a declared length before its bytes have come.
pub const DOCUMENT_BYTES_TRUSTED: usize = 1 << 20;

/// A refused body that is read to its end, so that the connection can be used again.
pub const DRAIN_BYTES_MAX: u64 = 1 << 20;
/// How long such reading goes on.
pub const DRAIN_TIME_MAX: Duration = Duration::from_secs(5);
/// A larger refused body is read and dropped for this many bytes after the answer, so that the answer is not lost to a reset.
pub const LINGER_BYTES_MAX: u64 = 64 << 20;
/// How long a closing connection lingers.
pub const LINGER_TIME_MAX: Duration = Duration::from_secs(5);
