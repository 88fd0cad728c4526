//! What comes of asking listeners that answer well, slowly, endlessly, elsewhere, half, or not at all.

mod exchange;
mod listener;
mod tls;
