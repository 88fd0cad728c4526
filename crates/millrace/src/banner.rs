//! What the process says when it has started: what runs, where, with which credentials, and how to point a client at it.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;

use base::{AccountId, Region};

use crate::settings::Credentials;

/// What is known once everything answers.
pub(crate) struct Banner {
    /// Where it listens.
    pub address: SocketAddr,
    /// The data directory; `None` if nothing is kept.
    pub data: Option<PathBuf>,
    /// Who may come in.
    pub access: Access,
    /// The account of the root.
    pub account: AccountId,
    /// The region of requests that name none.
    pub region: Region,
    /// The services that are there.
    pub services: Vec<&'static str>,
    /// What the user should know: foreign variables understood, switches that change behaviour.
    pub notes: Vec<String>,
}

/// Who may come in.
pub(crate) enum Access {
    /// `test`/`test`, since only this machine reaches the server.
    Conventional,
    /// The credentials of the settings.
    Given(String),
    /// Credentials made just now: shown here and never again.
    Fresh(Credentials),
    /// Credentials made by an earlier start.
    Kept(String),
}

impl Banner {
    /// Prints it, and the line that says that everything answers.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let url = format!("http://{}", self.address);
        writeln!(out, "millrace {}: {}", env!("CARGO_PKG_VERSION"), self.services.join(", "))?;
        writeln!(out, "  listening on  {url} (HTTP/1.1, HTTP/2 and TLS on this one port)")?;
        match &self.data {
            Some(data) => writeln!(out, "  data          {}", data.display())?,
            None => writeln!(out, "  data          ephemeral: nothing is kept when the server ends")?,
        }
        for note in &self.notes {
            writeln!(out, "  note          {note}")?;
        }
        writeln!(out, "  account       {}; any region", self.account)?;
        self.print_access(out)?;
        writeln!(out, "  to use it     export AWS_ENDPOINT_URL={}", self.client_url())?;
        writeln!(out, "                export AWS_DEFAULT_REGION={}", self.region)?;
        match &self.access {
            Access::Conventional => {
                writeln!(out, "                export AWS_ACCESS_KEY_ID=test")?;
                writeln!(out, "                export AWS_SECRET_ACCESS_KEY=test")?;
            }
            Access::Fresh(credentials) => {
                let secret = String::from_utf8_lossy(credentials.secret_access_key.expose());
                writeln!(out, "                export AWS_ACCESS_KEY_ID={}", credentials.access_key_id)?;
                writeln!(out, "                export AWS_SECRET_ACCESS_KEY={secret}")?;
            }
            Access::Given(id) | Access::Kept(id) => {
                writeln!(out, "                export AWS_ACCESS_KEY_ID={id}")?;
            }
        }
        writeln!(out, "Ready.")?;
        out.flush()
    }

    fn print_access(&self, out: &mut dyn Write) -> io::Result<()> {
        match &self.access {
            Access::Conventional => writeln!(
                out,
                "  credentials   test / test, as only this machine can reach it (a 12-digit access key id is that account's root)"
            ),
            Access::Given(_) => writeln!(out, "  credentials   those of the settings"),
            Access::Fresh(_) => writeln!(
                out,
                "  credentials   made for this data directory, since others can reach it. They are shown once, below; \
                 MILLRACE_ROOT_ACCESS_KEY_ID and MILLRACE_ROOT_SECRET_ACCESS_KEY set others"
            ),
            Access::Kept(_) => writeln!(
                out,
                "  credentials   those made and shown at this directory's first start (remove keys/root-credentials to have new ones made)"
            ),
        }
    }

    /// Where a client on this machine finds the server.
    fn client_url(&self) -> String {
        match self.address {
            address if address.ip().is_unspecified() => format!("http://localhost:{}", address.port()),
            address => format!("http://{address}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Secret;

    fn banner(address: &str, access: Access) -> String {
        let banner = Banner {
            address: address.parse().unwrap(),
            data: Some("./millrace-data".into()),
            access,
            account: AccountId::DEFAULT,
            region: Region::us_east_1(),
            services: vec!["s3", "sts"],
            notes: vec!["a note".to_owned()],
        };
        let mut out = Vec::new();
        banner.print(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn it_says_how_to_come_in_and_ends_with_ready() {
        let text = banner("127.0.0.1:4566", Access::Conventional);
        assert!(text.contains("export AWS_ENDPOINT_URL=http://127.0.0.1:4566\n"), "{text}");
        assert!(text.contains("export AWS_SECRET_ACCESS_KEY=test\n") && text.contains("a note\n"), "{text}");
        assert!(text.ends_with("\nReady.\n"));
    }

    #[test]
    fn a_secret_is_shown_only_when_fresh() {
        let fresh = Credentials { access_key_id: "AKIA1".to_owned(), secret_access_key: Secret::new("hush") };
        assert!(banner("0.0.0.0:80", Access::Fresh(fresh)).contains("export AWS_SECRET_ACCESS_KEY=hush\n"));
        let kept = banner("0.0.0.0:80", Access::Kept("AKIA1".to_owned()));
        assert!(!kept.contains("SECRET_ACCESS_KEY=") && kept.contains("AWS_ACCESS_KEY_ID=AKIA1"));
        assert!(kept.contains("AWS_ENDPOINT_URL=http://localhost:80\n"));
    }
}
