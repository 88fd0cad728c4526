//! Identity: who is calling. The room of AWS's Security Token Service, and the ring of access keys behind the door's gate.
//!
//! ```text
//! src/keyring.rs    which access keys there are: ports::Principals for the door
//! src/shapes/       wire shapes of STS, generated
//! src/ops.rs        the contents page of STS
//! src/ops/fault.rs  how STS words a refusal
//! ```
//! There are no users and roles yet, hence no engine and no tables: the only principals are account roots, and the roles that services say
//! they act under. IAM itself, AssumeRole and policies arrive here, behind the same traits.
//!
//! Differs from AWS: the root may be known by the conventional credentials `test`/`test` while only this machine reaches the server.

mod keyring;
mod ops;
pub mod shapes;

pub use keyring::Keyring;
pub use ops::{Sts, room};
