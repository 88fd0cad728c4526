//! What a function writes: whole lines to its log, the last of it to whoever asks for the tail.

use std::collections::VecDeque;

/// Bytes of the tail (facts section 4.3).
const TAIL_BYTES: usize = 4_096;
/// Bytes of one line; a longer one is cut into several. CloudWatch takes 256 KiB.
const LINE_BYTES_MAX: usize = 256 << 10;
/// Bytes of log that one invocation may write; what comes after is dropped and told. AWS has no such bound, this machine's disk has.
const INVOCATION_BYTES_MAX: usize = 16 << 20;

/// Cuts bytes into lines and remembers the last.
#[derive(Debug, Default)]
pub struct Lines {
    open: Vec<u8>,
    tail: VecDeque<u8>,
    written: usize,
    dropped: usize,
}

impl Lines {
    /// A new invocation begins.
    pub fn begin(&mut self) {
        self.tail.clear();
        self.written = 0;
        self.dropped = 0;
    }

    /// Takes what came out of the pipe; `line` gets every line that is whole.
    pub fn take(&mut self, mut bytes: &[u8], mut line: impl FnMut(String)) {
        self.keep_tail(bytes);
        let left = INVOCATION_BYTES_MAX.saturating_sub(self.written);
        self.written = self.written.saturating_add(bytes.len());
        if bytes.len() > left {
            self.dropped += bytes.len() - left;
            bytes = &bytes[..left];
        }
        while let Some(at) = bytes.iter().position(|byte| *byte == b'\n') {
            self.open.extend_from_slice(&bytes[..=at]);
            bytes = &bytes[at + 1..];
            self.cut(&mut line);
        }
        self.open.extend_from_slice(bytes);
        while self.open.len() >= LINE_BYTES_MAX {
            let rest = self.open.split_off(LINE_BYTES_MAX);
            self.cut(&mut line);
            self.open = rest;
        }
    }

    /// What was begun is a line too; and so is that something was dropped.
    pub fn finish(&mut self, mut line: impl FnMut(String)) {
        if !self.open.is_empty() {
            self.cut(&mut line);
        }
        if self.dropped > 0 {
            line(format!("[WARNING] {} more bytes of this invocation's log were dropped", self.dropped));
            self.dropped = 0;
        }
    }

    /// A line of ours: the tail has it too.
    pub fn own(&mut self, text: &str) {
        self.keep_tail(text.as_bytes());
        self.keep_tail(b"\n");
    }

    /// The last bytes of this invocation's log.
    pub fn tail(&self) -> Vec<u8> {
        self.tail.iter().copied().collect()
    }

    fn cut(&mut self, line: &mut impl FnMut(String)) {
        let bytes = std::mem::take(&mut self.open);
        line(String::from_utf8_lossy(&bytes).into_owned());
    }

    fn keep_tail(&mut self, bytes: &[u8]) {
        let bytes = &bytes[bytes.len().saturating_sub(TAIL_BYTES)..];
        let over = (self.tail.len() + bytes.len()).saturating_sub(TAIL_BYTES);
        self.tail.drain(..over);
        self.tail.extend(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(pieces: &[&[u8]]) -> Vec<String> {
        let (mut lines, mut all) = (Lines::default(), Vec::new());
        for piece in pieces {
            lines.take(piece, |line| all.push(line));
        }
        lines.finish(|line| all.push(line));
        all
    }

    #[test]
    fn lines_come_whole_whatever_the_pieces() {
        assert_eq!(lines_of(&[b"a", b"b\nc\n", b"d"]), ["ab\n", "c\n", "d"]);
    }

    #[test]
    fn a_flood_is_cut_and_told() {
        let piece = vec![b'x'; LINE_BYTES_MAX];
        let pieces: Vec<&[u8]> = std::iter::repeat_n(&piece[..], 100).collect();
        let all = lines_of(&pieces);
        assert_eq!(all.len(), INVOCATION_BYTES_MAX / LINE_BYTES_MAX + 1);
        assert!(all.last().unwrap().contains("were dropped"));
    }

    #[test]
    fn the_tail_is_the_end() {
        let mut lines = Lines::default();
        lines.take(&vec![b'a'; TAIL_BYTES], |_| {});
        lines.own("END");
        let tail = lines.tail();
        assert!(tail.len() == TAIL_BYTES && tail.ends_with(b"aEND\n"));
    }
}
