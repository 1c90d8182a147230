//! Credentials in URLs: the password, a token in place of the user, and parameters.

use std::ops::Range;

use crate::secrets::generated::is_generated;
use crate::secrets::patterns::{is_weak, mixes, points_elsewhere};
use crate::secrets::scan::head;

/// Minimum lengths of a password, and of a token in place of the user.
const MIN_PASSWORD: usize = 4;
const MIN_TOKEN: usize = 16;

/// Minimum length of a credential in the query of a URL.
const MIN_PARAMETER: usize = 12;

/// Maximum length of a signature.
const MAX_SIGNATURE: usize = 500;

/// Maximum length of the user and password of an Oracle database.
const MAX_ORACLE: usize = 200;

/// The parts of URLs after which the path is a credential.
const WEBHOOKS: &[&str] = &[
    "hooks.slack.com/services/",
    "hooks.slack.com/workflows/",
    "hooks.slack.com/triggers/",
    "discord.com/api/webhooks/",
    "discordapp.com/api/webhooks/",
    "webhook.office.com/webhookb2/",
    "outlook.office.com/webhook/",
    "outlook.office365.com/webhook/",
    "hooks.zapier.com/hooks/catch/",
    "hooks.airtable.com/workflows/",
    "events.pagerduty.com/integration/",
    "maker.ifttt.com/trigger/",
    "open.feishu.cn/open-apis/bot/v2/hook/",
    "open.larksuite.com/open-apis/bot/v2/hook/",
    "hook.integromat.com/",
    "webhook.site/",
    "hc-ping.com/",
    "api.opsgenie.com/v1/json/cloudwatch?apiKey=",
    "alert.victorops.com/integrations/",
    "media.squadcast.com/",
    "chat.googleapis.com/v1/spaces/",
];

/// Parameters of URLs that are credentials if their value looks generated, besides those whose names reveal one.
const PARAMETERS: &[&str] = &["key", "sign", "code"];

/// The credentials in a URL, given the text after `://`.
pub(super) fn credentials(rest: &str) -> Vec<Range<usize>> {
    let end = rest.find(|c: char| c.is_whitespace() || "\"'`<>,".contains(c)).unwrap_or(rest.len());
    let url = &rest[..end];
    if let Some((at, before)) = WEBHOOKS.iter().find_map(|before| Some((url.find(before)?, before))) {
        let path = at + before.len()..end;
        let own = (!points_elsewhere(&url[path.clone()])).then_some(path);
        return own.into_iter().collect();
    }
    user(url).into_iter().chain(parameters(url)).collect()
}

/// The place of the password in a URL, or of a token in place of the user. A password that equals the user name is for
/// development.
fn user(url: &str) -> Option<Range<usize>> {
    let (userinfo, _) = url.rsplit_once('@')?;
    let (user, password) = userinfo.split_once(':').unwrap_or((userinfo, ""));
    // The name of a user may be an email address.
    let is_path = user.contains(['/', '?', '#']) || (password.is_empty() && user.contains('@'));
    if is_path || is_port(password) {
        return None;
    }
    let is_token = user.len() >= MIN_TOKEN && (mixes(user) || is_generated(user)) && !points_elsewhere(user);
    match password {
        "" => is_token.then_some(0..user.len()),
        _ if !is_real(password, user) => None,
        _ if is_token => Some(0..userinfo.len()),
        _ => Some(user.len() + 1..userinfo.len()),
    }
}

/// The credentials in the query of a URL, given its text: values of [`PARAMETERS`] that look generated.
fn parameters(url: &str) -> impl Iterator<Item = Range<usize>> {
    let query = url.find('?').map_or(url.len(), |at| at + 1);
    let place = |part: &str| part.as_ptr() as usize - url.as_ptr() as usize;
    url[query..].split(['&', ';', '#']).filter_map(move |pair| {
        let (name, value) = pair.split_once('=')?;
        let last = name.rsplit(['-', '_']).next().unwrap_or_default();
        let is_named = PARAMETERS.iter().any(|parameter| last.eq_ignore_ascii_case(parameter));
        let is_secret = is_named && value.len() >= MIN_PARAMETER && is_generated(value);
        is_secret.then(|| place(value)..place(value) + value.len())
    })
}

/// The signature that gives access to a URL, after the parameter at `parameter`.
pub(super) fn signature(text: &str, parameter: &Range<usize>) -> Option<Range<usize>> {
    let of_signature = |byte: &u8| byte.is_ascii_alphanumeric() || b"%-_+/=~".contains(byte);
    let rest = text.as_bytes()[parameter.end..].iter().take(MAX_SIGNATURE);
    let place = parameter.end..parameter.end + rest.take_while(|byte| of_signature(byte)).count();
    let is_short = text[parameter.clone()].starts_with('s');
    let is_parameter = !is_short || text[..parameter.start].ends_with(['?', '&', ';']);
    (is_parameter && place.len() >= MIN_TOKEN && is_generated(&text[place.clone()])).then_some(place)
}

/// The password of an Oracle database at an offset: `user/password@…`.
pub(super) fn oracle(text: &str, start: usize) -> Option<Range<usize>> {
    let (before, _) = head(&text[start..], MAX_ORACLE).split_once('@')?;
    let (user, password) = before.split_once('/')?;
    let at = start + user.len() + 1;
    let is_word = !before.contains(|c: char| c.is_whitespace() || "\"'`".contains(c));
    (is_word && is_real(password, user)).then_some(at..at + password.len())
}

fn is_real(password: &str, user: &str) -> bool {
    password.len() >= MIN_PASSWORD && password != user && !points_elsewhere(password) && !is_weak(password)
}

/// Whether the text after a colon is a port, and the `@` is in the path after it.
fn is_port(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(['/', '?', '#'])
}
