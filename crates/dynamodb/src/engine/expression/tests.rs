//! What expressions say, and what is refused with which words.
