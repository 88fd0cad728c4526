//! `millrace operations`: every operation of every service's model and whether it is built, one a line: `service operation yes|no`.

use std::io::{self, Write};
use std::sync::Arc;

use base::{AccountId, Clock, Random, Secret, Timestamp};
use identity::Keyring;
use service::AnyRoom;

use crate::rooms;
use crate::settings::Settings;

/// Asks the rooms themselves, over a store in memory.
pub(crate) async fn print(settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    let clock = Clock::manual(Timestamp::EPOCH);
    let random = Random::seeded(0);
    let rooms = rooms::open(rooms::Parts {
        settings,
        store: storage::Model::new(clock.clone(), random.clone()),
        clock,
        random,
        masters: s3::Masters::new(&Secret::new([0; 32])),
        token_key: Secret::new([0; 32]),
        access_key_secrets: Secret::new([0; 32]),
        kms_root: Secret::new([0; 32]),
        glue_secrets: Secret::new([0; 32]),
        endpoint: None,
        keyring: Keyring::Conventional { account: AccountId::DEFAULT },
    });
    let mut sorted: Vec<&Arc<dyn AnyRoom>> = rooms.all.iter().collect();
    sorted.sort_by_key(|room| room.service().name);
    for room in sorted {
        let service = room.service();
        for operation in service.operations {
            let there = if room.implements(operation.name) { "yes" } else { "no" };
            writeln!(out, "{} {} {there}", service.name, operation.name)?;
        }
    }
    Ok(())
}
