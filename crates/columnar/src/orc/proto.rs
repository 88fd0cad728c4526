//! Protocol buffers, as far as ORC's footers need them: written, never read.

/// A message that is being written.
#[derive(Debug, Default, Clone)]
pub struct Message(Vec<u8>);

impl Message {
    /// A number. Zero is written too: some of ORC's fields are required.
    pub fn number(&mut self, field: u32, value: u64) {
        self.key(field, 0);
        varint(&mut self.0, value.into());
    }

    /// A signed number (`sint64`).
    pub fn signed(&mut self, field: u32, value: i64) {
        self.number(field, zigzag(value));
    }

    /// A `double`.
    pub fn double(&mut self, field: u32, value: f64) {
        self.key(field, 1);
        self.0.extend(value.to_le_bytes());
    }

    /// Text or bytes.
    pub fn text(&mut self, field: u32, text: &[u8]) {
        self.key(field, 2);
        varint(&mut self.0, text.len() as u128);
        self.0.extend_from_slice(text);
    }

    /// A message in it.
    pub fn message(&mut self, field: u32, message: Message) {
        self.text(field, &message.0);
    }

    /// Numbers in one field.
    pub fn packed(&mut self, field: u32, values: impl Iterator<Item = u64>) {
        let mut packed = Vec::new();
        values.for_each(|value| varint(&mut packed, value.into()));
        self.text(field, &packed);
    }

    /// Its bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn key(&mut self, field: u32, wire: u32) {
        varint(&mut self.0, u128::from(field << 3 | wire));
    }
}

/// A number, seven bits a byte, the lowest first.
pub fn varint(bytes: &mut Vec<u8>, mut value: u128) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Signed to unsigned, small to small.
pub fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}
