//! XML: bodies of REST-XML both ways, answers of Query.
//!
//! The reader takes well-formed XML 1.0 without a document type, compares local names, and lets elements come in any order. The
//! writer knows one namespace, that of the root, and `xsi` where a structure has an attribute of it.

mod read;
mod write;

pub(crate) use read::read_document;
pub(crate) use write::{DECLARATION, write_bare, write_element, write_query_output, write_root, write_text};

/// Nesting beyond this is refused (product bounds).
const DEPTH_MAX: usize = 64;
