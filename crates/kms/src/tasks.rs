//! Background work: what is due to keys is done, and when they were used is written down.

use std::sync::Arc;

use service::Tasks;

use crate::engine::Kms;

/// Starts it: what is due at every due time of the movable clock, and whenever a change may have brought one forward.
pub(crate) fn start(kms: &Arc<Kms>, tasks: &Tasks) {
    let timer = tasks.timer().clone();
    let (users, user_timer) = (kms.clone(), timer.clone());
    tasks.start("kms uses", move |stop| {
        let (kms, timer) = (users.clone(), user_timer.clone());
        async move { Ok(kms.write_uses(timer, stop).await?) }
    });
    let kms = kms.clone();
    tasks.start("kms due", move |stop| {
        let (kms, timer) = (kms.clone(), timer.clone());
        async move {
            while !stop.is_asked() {
                let next = kms.do_due().await?;
                let until = async {
                    match next {
                        Some(next) => timer.sleep_until(next).await,
                        None => std::future::pending().await,
                    }
                };
                let wake = async {
                    tokio::select! {
                        () = until => {}
                        () = kms.something_due() => {}
                    }
                };
                if stop.unless(wake).await.is_none() {
                    break;
                }
            }
            Ok(())
        }
    });
}
