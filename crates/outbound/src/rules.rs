//! Which addresses may be reached.
//!
//! An address inside another (IPv4 in IPv6: mapped, NAT64, 6to4) is judged as what it leads to.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

/// Which addresses may be reached: public ones always, others as said here.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Rules {
    loopback: bool,
    allowed: Vec<Network>,
    authorities: Vec<CertificateDer<'static>>,
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rules")
            .field("loopback", &self.loopback)
            .field("allowed", &self.allowed)
            .field("authorities", &self.authorities.len())
            .finish()
    }
}

impl Rules {
    /// Public addresses only.
    pub fn public() -> Self {
        Self::default()
    }

    /// Loopback too: right while our own server listens on loopback alone.
    pub fn with_loopback(mut self, reachable: bool) -> Self {
        self.loopback = reachable;
        self
    }

    /// These ranges too, whatever they are.
    pub fn with_allowed(mut self, networks: impl IntoIterator<Item = Network>) -> Self {
        self.allowed.extend(networks);
        self
    }

    /// Certificates of these authorities too (PEM, one or more), beside the public ones. Fails, and says why, when there is none in it.
    pub fn with_authorities(mut self, pem: &[u8]) -> Result<Self, String> {
        let before = self.authorities.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|error| error.to_string())?;
            let mut roots = rustls::RootCertStore::empty();
            roots.add(certificate.clone()).map_err(|error| error.to_string())?;
            self.authorities.push(certificate);
        }
        if self.authorities.len() == before {
            return Err("there is no certificate in it".to_owned());
        }
        Ok(self)
    }

    pub(crate) fn authorities(&self) -> &[CertificateDer<'static>] {
        &self.authorities
    }

    /// Whether an address may be connected to.
    pub fn judge(&self, address: IpAddr) -> Result<(), Refusal> {
        let address = innermost(address);
        if self.allowed.iter().any(|network| network.contains(address)) {
            return Ok(());
        }
        match kind(address) {
            None => Ok(()),
            Some(Refusal::Loopback) if self.loopback => Ok(()),
            Some(refusal) => Err(refusal),
        }
    }
}

/// Why an address is not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// This machine itself.
    #[error("it is a loopback address, and the server listens beyond loopback")]
    Loopback,
    /// The segment it stands in; clouds serve credentials there.
    #[error("it is a link-local address")]
    LinkLocal,
    /// A network of its owner's.
    #[error("it is a private address")]
    Private,
    /// Multicast, documentation, "this network" and other addresses nobody can be asked at.
    #[error("it is a special-purpose address")]
    Special,
}

/// What an address is called under: what it leads to, when it holds another.
fn innermost(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    let segments = v6.segments();
    let v4_of = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        IpAddr::V4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // ::ffff:a.b.c.d (mapped), and NAT64's well-known prefix 64:ff9b::/96.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => v4_of(high, low),
        // 6to4.
        [0x2002, high, low, ..] => v4_of(high, low),
        _ => address,
    }
}

/// What speaks against an address; `None` for a public one.
fn kind(address: IpAddr) -> Option<Refusal> {
    match address {
        IpAddr::V4(v4) => kind_v4(v4),
        IpAddr::V6(v6) => kind_v6(v6),
    }
}

fn kind_v4(address: Ipv4Addr) -> Option<Refusal> {
    let [a, b, c, _] = address.octets();
    match (a, b, c) {
        (127, ..) => Some(Refusal::Loopback),
        (169, 254, _) => Some(Refusal::LinkLocal),
        (10, ..) | (172, 16..=31, _) | (192, 168, _) | (100, 64..=127, _) => Some(Refusal::Private),
        // "This network", protocol assignments, documentation, benchmarks, multicast, reserved, broadcast.
        (0, ..)
        | (192, 0, 0 | 2)
        | (198, 18..=19, _)
        | (198, 51, 100)
        | (203, 0, 113)
        | (192, 88, 99)
        | (224..=255, ..) => Some(Refusal::Special),
        _ => None,
    }
}

fn kind_v6(address: Ipv6Addr) -> Option<Refusal> {
    let segments = address.segments();
    match segments {
        [0, 0, 0, 0, 0, 0, 0, 1] => Some(Refusal::Loopback),
        [0xfe80..=0xfebf, ..] => Some(Refusal::LinkLocal),
        // Unique local, and site-local of old.
        [0xfc00..=0xfdff, ..] | [0xfec0..=0xfeff, ..] => Some(Refusal::Private),
        // Only 2000::/3 is handed out; of it Teredo (2001::/32) and documentation lead nowhere we should go.
        [0x2001, 0, ..] | [0x2001, 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => Some(Refusal::Special),
        [0x2000..=0x3fff, ..] => None,
        _ => Some(Refusal::Special),
    }
}

/// A range of addresses, as `10.0.0.0/8` or `fd00::/8`; a single address without the slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u8,
}

impl Network {
    /// Whether an address lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                let ignored = u32::from(32 - self.bits.min(32));
                u32::from(first).checked_shr(ignored) == u32::from(address).checked_shr(ignored)
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                let ignored = u32::from(128 - self.bits.min(128));
                u128::from(first).checked_shr(ignored) == u128::from(address).checked_shr(ignored)
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

/// A text is no range of addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no range of addresses such as `10.0.0.0/8`")]
pub struct NetworkError(String);

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let wrong = || NetworkError(text.to_owned());
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let first: IpAddr = address.parse().map_err(|_| wrong())?;
        let bits_max = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(bits_max);
        if bits > bits_max {
            return Err(wrong());
        }
        Ok(Self { first, bits })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn judged(rules: &Rules, address: &str) -> Result<(), Refusal> {
        rules.judge(address.parse().unwrap())
    }

    #[test]
    fn public_addresses_alone_are_reached_unless_said_otherwise() {
        let rules = Rules::public();
        for address in ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "192.0.1.1"] {
            assert_eq!(judged(&rules, address), Ok(()), "{address}");
        }
        for (address, why) in [
            ("127.0.0.1", Refusal::Loopback),
            ("127.255.255.254", Refusal::Loopback),
            ("::1", Refusal::Loopback),
            ("::ffff:127.0.0.1", Refusal::Loopback),
            ("169.254.169.254", Refusal::LinkLocal),
            ("::ffff:169.254.169.254", Refusal::LinkLocal),
            ("64:ff9b::a9fe:a9fe", Refusal::LinkLocal),
            ("2002:a9fe:a9fe::1", Refusal::LinkLocal),
            ("fe80::1", Refusal::LinkLocal),
            ("10.1.2.3", Refusal::Private),
            ("172.16.0.1", Refusal::Private),
            ("172.31.255.255", Refusal::Private),
            ("192.168.1.1", Refusal::Private),
            ("100.64.0.1", Refusal::Private),
            ("fd00:ec2::254", Refusal::Private),
            ("fec0::1", Refusal::Private),
            ("0.0.0.0", Refusal::Special),
            ("255.255.255.255", Refusal::Special),
            ("224.0.0.1", Refusal::Special),
            ("::", Refusal::Special),
            ("ff02::1", Refusal::Special),
            ("2001::1", Refusal::Special),
            ("::127.0.0.1", Refusal::Special),
        ] {
            assert_eq!(judged(&rules, address), Err(why), "{address}");
        }
    }

    #[test]
    fn loopback_opens_loopback_alone() {
        let rules = Rules::public().with_loopback(true);
        assert_eq!(judged(&rules, "127.0.0.1"), Ok(()));
        assert_eq!(judged(&rules, "::1"), Ok(()));
        assert_eq!(judged(&rules, "169.254.169.254"), Err(Refusal::LinkLocal));
        assert_eq!(judged(&rules, "10.0.0.1"), Err(Refusal::Private));
    }

    #[test]
    fn allowed_networks_are_allowed_exactly() {
        let networks = ["10.1.0.0/16", "fd12::/16", "192.168.7.7"].map(|text| text.parse().unwrap());
        let rules = Rules::public().with_allowed(networks);
        for address in ["10.1.255.255", "fd12::9", "192.168.7.7", "::ffff:10.1.0.1"] {
            assert_eq!(judged(&rules, address), Ok(()), "{address}");
        }
        for address in ["10.2.0.0", "fd13::1", "192.168.7.8", "127.0.0.1"] {
            assert!(judged(&rules, address).is_err(), "{address}");
        }
        let everything: Network = "0.0.0.0/0".parse().unwrap();
        assert!(everything.contains("9.9.9.9".parse().unwrap()));
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "a/8", "10.0.0.0/", "10.0.0.0/-1"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_address_inside_another_is_judged_alike(v4: u32, loopback: bool) {
            let v4 = Ipv4Addr::from(v4);
            let rules = Rules::public().with_loopback(loopback);
            prop_assert_eq!(rules.judge(v4.into()), rules.judge(v4.to_ipv6_mapped().into()));
        }
    }
}
