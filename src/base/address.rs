//! Addresses of machines, by whichever of their spellings.

use std::borrow::Cow;
use std::net::Ipv6Addr;

/// An IPv4 address that is written as a part of IPv6 (`::ffff:10.0.0.1`) as what it is; any other text as it stands.
pub(crate) fn in_short(text: &str) -> Cow<'_, str> {
    let mapped = || text.parse::<Ipv6Addr>().ok()?.to_ipv4_mapped();
    // Nearly no text begins so, and to read each as an address would cost far more.
    let may_be = text.starts_with("::") || text.starts_with("0:") || text.starts_with("0000:");
    may_be.then(mapped).flatten().map_or(Cow::Borrowed(text), |address| address.to_string().into())
}
