//! The door over real sockets, before a toy room.

mod bodies;
mod connections;
mod requests;
mod support;
