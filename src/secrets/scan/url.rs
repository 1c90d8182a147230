//! Credentials in URLs: the password, or a token in place of the user.

use std::ops::Range;

use crate::secrets::patterns::{is_weak, mixes, points_elsewhere};

/// Minimum lengths of a password, and of a token in place of the user.
const MIN_PASSWORD: usize = 4;
const MIN_TOKEN: usize = 16;

/// Maximum length of a signature.
const MAX_SIGNATURE: usize = 500;

/// The parts of URLs after which the path is a credential.
const WEBHOOKS: &[&str] = &[
    "hooks.slack.com/services/",
    "hooks.slack.com/workflows/",
    "hooks.slack.com/triggers/",
    "discord.com/api/webhooks/",
    "discordapp.com/api/webhooks/",
    "webhook.office.com/webhookb2/",
    "hooks.zapier.com/hooks/catch/",
];

/// The place of the credential in a URL, given the text after `://`. A password that equals the user name is for development.
pub(super) fn credential(rest: &str) -> Option<Range<usize>> {
    let end = rest.find(|c: char| c.is_whitespace() || "\"'`<>,".contains(c)).unwrap_or(rest.len());
    let url = &rest[..end];
    if let Some((at, before)) = WEBHOOKS.iter().find_map(|before| Some((url.find(before)?, before))) {
        return Some(at + before.len()..end);
    }
    let (userinfo, _) = url.rsplit_once('@')?;
    let (user, password) = userinfo.split_once(':').unwrap_or((userinfo, ""));
    if user.contains(['/', '?', '#', '@']) || is_port(password) {
        return None;
    }
    if password.is_empty() {
        let is_token = user.len() >= MIN_TOKEN && mixes(user) && !points_elsewhere(user);
        return is_token.then_some(0..user.len());
    }
    let is_real = password.len() >= MIN_PASSWORD
        && password != user
        && !points_elsewhere(password)
        && !is_weak(password);
    is_real.then_some(user.len() + 1..userinfo.len())
}

/// The place of the signature that gives access to a URL, after the parameter at `parameter`.
pub(super) fn signature(text: &str, parameter: Range<usize>) -> Option<Range<usize>> {
    let of_signature = |byte: &u8| byte.is_ascii_alphanumeric() || b"%-_+/=".contains(byte);
    let length = text.as_bytes()[parameter.end..]
        .iter()
        .take(MAX_SIGNATURE)
        .take_while(|byte| of_signature(byte))
        .count();
    let is_parameter = text[..parameter.start].ends_with(['?', '&', ';']);
    (is_parameter && length >= MIN_TOKEN).then_some(parameter.end..parameter.end + length)
}

/// Whether the text after a colon is a port, and the `@` is in the path after it.
fn is_port(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(['/', '?', '#'])
}
