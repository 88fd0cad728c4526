//! A file's bytes as pages in a persistent map: a copy is cheap, and zeros take no memory.

use std::sync::Arc;

use imbl::OrdMap;

/// What a disk writes whole or not at all is a sector; what the kernel writes is a page.
pub(super) const PAGE: usize = 4096;
pub(super) const SECTOR: usize = 512;

pub(super) type Page = Arc<[u8; PAGE]>;

/// The bytes of a file. A page that is absent is all zeros.
#[derive(Clone, Default)]
pub(super) struct Pages {
    pages: OrdMap<u64, Page>,
    len: u64,
}

impl Pages {
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    pub(super) fn page(&self, index: u64) -> Option<&Page> {
        self.pages.get(&index)
    }

    pub(super) fn set_page(&mut self, index: u64, page: Page) {
        self.pages.insert(index, page);
    }

    /// Grows the file with zeros; never cuts it.
    pub(super) fn extend(&mut self, len: u64) {
        self.len = self.len.max(len);
    }

    pub(super) fn read(&self, offset: u64, bytes: &mut [u8]) -> usize {
        let end = self.len.min(offset.saturating_add(bytes.len() as u64));
        let mut at = offset;
        while at < end {
            let (index, within) = (at / PAGE as u64, (at % PAGE as u64) as usize);
            let count = (PAGE - within).min((end - at) as usize);
            let done = (at - offset) as usize;
            let out = &mut bytes[done..done + count];
            match self.pages.get(&index) {
                Some(page) => out.copy_from_slice(&page[within..within + count]),
                None => out.fill(0),
            }
            at += count as u64;
        }
        end.saturating_sub(offset) as usize
    }

    /// Writes the bytes; returns the pages touched.
    pub(super) fn write(&mut self, offset: u64, bytes: &[u8]) -> std::ops::Range<u64> {
        let end = offset + bytes.len() as u64;
        let mut at = offset;
        while at < end {
            let (index, within) = (at / PAGE as u64, (at % PAGE as u64) as usize);
            let count = (PAGE - within).min((end - at) as usize);
            let mut page = self.pages.get(&index).map_or([0; PAGE], |page| **page);
            let done = (at - offset) as usize;
            page[within..within + count].copy_from_slice(&bytes[done..done + count]);
            self.pages.insert(index, Arc::new(page));
            at += count as u64;
        }
        self.extend(end);
        offset / PAGE as u64..end.div_ceil(PAGE as u64)
    }
}
