//! `multipart/form-data` (RFC 7578), read in pieces of any size.
//!
//! ```text
//! --boundary CRLF  headers CRLF CRLF  value CRLF  --boundary CRLF … --boundary--
//! ```
//! What precedes the first boundary and what follows the last is passed over. The fields before the file are bounded together; the file is
//! not held: all but the bytes that could begin a boundary goes on at once. Tested by cutting a form at every byte, by properties, and by a
//! fuzz target.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use body::{Body, BodyError};
use bytes::{Buf, Bytes, BytesMut};
use futures_util::stream::Stream;
use memchr::memmem;

/// Bytes of everything before the file (S3: `MaxPostPreDataLengthExceeded` at 20 KB of fields), part headers included.
pub const FIELDS_BYTES_MAX: usize = 64 << 10;
/// Bytes of the headers of one part.
const PART_HEAD_BYTES_MAX: usize = 8 << 10;
/// Characters of a boundary (RFC 2046).
const BOUNDARY_CHARS_MAX: usize = 70;

/// Why a form cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormError {
    /// It is not a form.
    Malformed,
    /// What precedes the file is too large.
    TooLarge,
    /// It broke off.
    Broken,
}

/// The head of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The field's name.
    pub name: String,
    /// The name of the file.
    pub filename: Option<String>,
}

/// The boundary that a content type names.
pub fn boundary(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameter(parameters, "boundary")?;
    let fits = !boundary.is_empty()
        && boundary.len() <= BOUNDARY_CHARS_MAX
        && boundary.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    fits.then_some(boundary)
}

/// A parameter of a header: `; name="value"`. In a quoted value `\"` is a quote, as browsers write it; other backslashes stand for themselves
/// (Windows paths).
fn parameter(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([';', ' ', '\t']);
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (value, tail) = match after.strip_prefix('"') {
            Some(quoted) => unquote(quoted)?,
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim().to_owned(), &after[end..])
            }
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = tail;
    }
}

fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &text[at + 1..])),
            '\\' if letters.peek().is_some_and(|(_, next)| *next == '"') => {
                value.push('"');
                letters.next();
            }
            letter => value.push(letter),
        }
    }
    None
}

/// A form being read.
pub struct Form {
    body: Body,
    /// What has been read and not used.
    buffer: BytesMut,
    /// `CRLF --boundary`.
    delimiter: Vec<u8>,
    /// Bytes of the body that have been used.
    used: u64,
    length: Option<u64>,
    ended: bool,
}

impl Form {
    /// A form in a body, at its beginning.
    pub fn new(body: Body, boundary: &str) -> Self {
        // As if a line ended before the first boundary, so that all are alike.
        let buffer = BytesMut::from(&b"\r\n"[..]);
        let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
        let length = body.length();
        Self { body, buffer, delimiter, used: 0, length, ended: false }
    }

    /// Goes on to the next part. `None` at the form's end.
    pub async fn next(&mut self) -> Result<Option<Part>, FormError> {
        self.skip_to_delimiter().await?;
        // After the boundary: `--` at the end, else blanks and the line's end.
        self.fill(2).await?;
        if self.buffer.starts_with(b"--") {
            self.ended = true;
            return Ok(None);
        }
        let head = self.take_until(b"\r\n\r\n", PART_HEAD_BYTES_MAX).await?;
        let head = std::str::from_utf8(&head).map_err(|_| FormError::Malformed)?;
        let mut lines = head.split("\r\n");
        if !lines.next().is_some_and(|blank| blank.trim().is_empty()) {
            return Err(FormError::Malformed);
        }
        for line in lines {
            let Some((name, value)) = line.split_once(':') else { return Err(FormError::Malformed) };
            if name.trim().eq_ignore_ascii_case("content-disposition") {
                let parameters = value.split_once(';').map_or("", |(_, parameters)| parameters);
                let name = parameter(parameters, "name").ok_or(FormError::Malformed)?;
                return Ok(Some(Part { name, filename: parameter(parameters, "filename") }));
            }
        }
        Err(FormError::Malformed)
    }

    /// The value of the part that [`Form::next`] found.
    pub async fn value(&mut self) -> Result<Vec<u8>, FormError> {
        let delimiter = self.delimiter.clone();
        let mut searched = 0;
        loop {
            if let Some(at) = memmem::find(&self.buffer[searched..], &delimiter) {
                let end = searched + at;
                let value = self.buffer[..end].to_vec();
                self.advance(end);
                return Ok(value);
            }
            searched = self.buffer.len().saturating_sub(delimiter.len() - 1);
            self.more().await?;
        }
    }

    /// How long the part that [`Form::next`] found is, if it is the last one and the body's length is known.
    pub fn length_of_last(&self) -> Option<u64> {
        // CRLF --boundary-- CRLF follow.
        let around = self.delimiter.len() as u64 + 4;
        self.length?.checked_sub(self.used.saturating_sub(2))?.checked_sub(around)
    }

    /// The bytes of the part that [`Form::next`] found, as they come. What follows it is not looked at.
    pub fn into_last(self) -> Body {
        Body::from_stream(Last(self), None)
    }

    async fn skip_to_delimiter(&mut self) -> Result<(), FormError> {
        if self.ended {
            return Err(FormError::Malformed);
        }
        let delimiter = self.delimiter.clone();
        loop {
            if let Some(at) = memmem::find(&self.buffer, &delimiter) {
                self.advance(at + delimiter.len());
                return Ok(());
            }
            let passed = self.buffer.len().saturating_sub(delimiter.len() - 1);
            self.advance(passed);
            self.more().await?;
        }
    }

    /// Takes what comes before `end`, and `end`.
    async fn take_until(&mut self, end: &[u8], most: usize) -> Result<Vec<u8>, FormError> {
        loop {
            let window = &self.buffer[..self.buffer.len().min(most)];
            if let Some(at) = memmem::find(window, end) {
                let taken = self.buffer[..at].to_vec();
                self.advance(at + end.len());
                return Ok(taken);
            }
            if self.buffer.len() >= most {
                return Err(FormError::TooLarge);
            }
            self.more().await?;
        }
    }

    async fn fill(&mut self, bytes: usize) -> Result<(), FormError> {
        while self.buffer.len() < bytes {
            self.more().await?;
        }
        Ok(())
    }

    async fn more(&mut self) -> Result<(), FormError> {
        if self.used + self.buffer.len() as u64 > FIELDS_BYTES_MAX as u64 {
            return Err(FormError::TooLarge);
        }
        match self.body.next().await {
            Some(Ok(piece)) => {
                self.buffer.extend_from_slice(&piece);
                Ok(())
            }
            Some(Err(_)) => Err(FormError::Broken),
            None => Err(FormError::Malformed),
        }
    }

    fn advance(&mut self, bytes: usize) {
        self.buffer.advance(bytes);
        self.used += bytes as u64;
    }
}

/// The last part that is looked at, as a stream.
struct Last(Form);

impl Stream for Last {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let form = &mut self.0;
        loop {
            if form.ended {
                return Poll::Ready(None);
            }
            if let Some(at) = memmem::find(&form.buffer, &form.delimiter) {
                form.ended = true;
                let last = form.buffer.split_to(at).freeze();
                return Poll::Ready((!last.is_empty()).then_some(Ok(last)));
            }
            // What could begin a boundary waits for more.
            let safe = form.buffer.len().saturating_sub(form.delimiter.len() - 1);
            if safe > 0 {
                return Poll::Ready(Some(Ok(form.buffer.split_to(safe).freeze())));
            }
            match ready!(form.body.poll_next(context)) {
                Some(Ok(piece)) => form.buffer.extend_from_slice(&piece),
                Some(Err(error)) => {
                    form.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    form.ended = true;
                    return Poll::Ready(Some(Err(BodyError::Incomplete)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use proptest::prelude::*;

    use super::*;

    fn body(pieces: Vec<Vec<u8>>) -> Body {
        let length = pieces.iter().map(|piece| piece.len() as u64).sum();
        Body::from_stream(stream::iter(pieces.into_iter().map(|piece| Ok(Bytes::from(piece)))), Some(length))
    }

    type Read = (Vec<(String, Vec<u8>)>, Option<(Part, Option<u64>, Vec<u8>)>);

    /// Reads all of a form; the part `file` as a stream.
    async fn read(pieces: Vec<Vec<u8>>) -> Result<Read, FormError> {
        let mut form = Form::new(body(pieces), "xx");
        let mut fields = Vec::new();
        while let Some(part) = form.next().await? {
            if part.name == "file" {
                let length = form.length_of_last();
                let bytes = form.into_last().collect(u64::MAX).await.map_err(|_| FormError::Broken)?;
                return Ok((fields, Some((part, length, bytes.to_vec()))));
            }
            fields.push((part.name, form.value().await?));
        }
        Ok((fields, None))
    }

    fn form(file: &[u8]) -> Vec<u8> {
        let head = "--xx\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na\r\n--xx\r\nContent-Disposition: form-data; \
                    name=\"file\"; filename=\"C:\\dir\\a \\\"b\\\".txt\"\r\nContent-Type: text/plain\r\n\r\n";
        [head.as_bytes(), file, b"\r\n--xx--\r\n"].concat()
    }

    #[tokio::test]
    async fn a_form_cut_anywhere_reads_the_same() {
        let whole = form(b"text\r\n--x\r\n-xx\r\n");
        for cut in 0..whole.len() {
            let pieces = vec![whole[..cut].to_vec(), whole[cut..].to_vec()];
            let (fields, file) = read(pieces).await.unwrap();
            assert_eq!(fields, [("key".to_owned(), b"a".to_vec())]);
            let (part, length, bytes) = file.unwrap();
            assert_eq!(part.filename.as_deref(), Some("C:\\dir\\a \"b\".txt"));
            assert_eq!(
                (length, bytes.as_slice()),
                (Some(16), &b"text\r\n--x\r\n-xx\r\n"[..]),
                "cut at {cut}"
            );
        }
    }

    #[tokio::test]
    async fn a_form_that_breaks_off_is_refused() {
        let whole = form(b"text");
        for end in 0..whole.len() - 4 {
            assert!(read(vec![whole[..end].to_vec()]).await.is_err(), "{end} bytes");
        }
    }

    #[tokio::test]
    async fn what_is_no_form_is_refused() {
        let refused = async |text: &[u8]| read(vec![text.to_vec()]).await.unwrap_err();
        assert_eq!(refused(b"").await, FormError::Malformed);
        assert_eq!(refused(b"--xx\r\n\r\n\r\nvalue\r\n--xx--").await, FormError::Malformed);
        assert_eq!(
            refused(b"--xxy\r\nContent-Disposition: form-data; name=a\r\n\r\n").await,
            FormError::Malformed
        );
        let endless = [b"--xx\r\n", &[b'a'; PART_HEAD_BYTES_MAX + 1][..]].concat();
        assert_eq!(refused(&endless).await, FormError::TooLarge);
        let field = b"--xx\r\nContent-Disposition: form-data; name=a\r\n\r\n";
        let mut pieces = vec![field.to_vec()];
        pieces.extend(std::iter::repeat_n(vec![b'a'; 8 << 10], 20));
        assert_eq!(read(pieces).await.unwrap_err(), FormError::TooLarge);
    }

    #[test]
    fn a_boundary_is_found_in_the_content_type() {
        assert_eq!(boundary("multipart/form-data; boundary=abc"), Some("abc".to_owned()));
        assert_eq!(boundary("Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b\""), Some("a b".to_owned()));
        assert_eq!(boundary("multipart/form-data"), None);
        assert_eq!(boundary("multipart/form-data; boundary="), None);
        assert_eq!(boundary("text/plain; boundary=abc"), None);
    }

    proptest! {
        #[test]
        fn any_file_comes_through(file: Vec<u8>, sizes in prop::collection::vec(1_usize..40, 1..20)) {
            prop_assume!(memmem::find(&file, b"\r\n--xx").is_none());
            let whole = form(&file);
            let mut pieces = Vec::new();
            let mut rest = whole.as_slice();
            for size in sizes.iter().cycle() {
                if rest.is_empty() { break }
                let (piece, tail) = rest.split_at((*size).min(rest.len()));
                pieces.push(piece.to_vec());
                rest = tail;
            }
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let (_, read_file) = runtime.block_on(read(pieces)).unwrap();
            prop_assert_eq!(read_file.unwrap().2, file);
        }

        #[test]
        fn anything_is_answered(bytes: Vec<u8>) {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let _ = runtime.block_on(read(vec![bytes]));
        }
    }
}
