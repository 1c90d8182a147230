//! Reads the messages of the client. tower-lsp stops reading at the first message that it cannot parse, so only messages
//! that it can parse are passed on. For any other, a request with the name [`MALFORMED`] is, and [`refusal`] answers it.

use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader,
};
use tower_lsp::jsonrpc::{Error, ErrorCode, Request, Response};

/// The method of a request that takes the place of a malformed message.
const MALFORMED: &str = "ecslint/malformed";

/// Maximum length of a message in bytes. Files have at most 64 MiB, and escapes lengthen them.
const MAX_LENGTH: u64 = 512 << 20;

/// Maximum length of a header in bytes.
const MAX_HEADER: u64 = 64 << 10;

const LENGTH: &str = "content-length:";

/// Passes on all messages until the input ends, or until a message has no valid length, after which it is not known where
/// the next one begins.
pub(super) async fn forward(input: impl AsyncRead + Unpin, mut output: impl AsyncWrite + Unpin) {
    let mut input = BufReader::new(input);
    while let Some(length) = header(&mut input).await {
        let Some(length) = length else {
            // The server may have ended; then nobody reads the answer.
            let _ = write(&mut output, &malformed(ErrorCode::ParseError, &Value::Null)).await;
            return;
        };
        let mut body = Vec::new();
        let read = (&mut input).take(length).read_to_end(&mut body).await;
        if read.ok().and_then(|read| u64::try_from(read).ok()) != Some(length) {
            return;
        }
        if let Err((code, id)) = judge(&body) {
            body = malformed(code, &id);
        }
        if write(&mut output, &body).await.is_err() {
            return;
        }
    }
}

/// Reads a header. Returns the length of the message, `Some(None)` if it is missing or invalid, and `None` at the end of
/// the input. Everything else in a header is ignored.
async fn header(input: &mut (impl AsyncBufRead + Unpin)) -> Option<Option<u64>> {
    let mut lines = input.take(MAX_HEADER);
    let mut length = None;
    let mut is_empty = true;
    loop {
        let mut line = Vec::new();
        let read = lines.read_until(b'\n', &mut line).await.ok()?;
        let line = String::from_utf8_lossy(&line).to_ascii_lowercase();
        match line.trim() {
            _ if read == 0 => return if lines.limit() == 0 { Some(None) } else { None },
            "" if is_empty => {}
            "" => return Some(length.filter(|length| *length <= MAX_LENGTH)),
            line => {
                is_empty = false;
                if let Some((_, text)) = line.rsplit_once(LENGTH) {
                    length = text.trim().parse().ok();
                }
            }
        }
    }
}

/// Whether a message can be passed on. Otherwise, the error, and the ID of the message or null.
fn judge(body: &[u8]) -> Result<(), (ErrorCode, Value)> {
    let is_object = body.trim_ascii_start().starts_with(b"{");
    // A response is parsed as a request without a method.
    let has_meaning =
        |request: &Request| !request.method().is_empty() || serde_json::from_slice::<Response>(body).is_ok();
    match serde_json::from_slice::<Request>(body) {
        Ok(request) if is_object && has_meaning(&request) => Ok(()),
        Err(error) if !error.is_data() => Err((ErrorCode::ParseError, Value::Null)),
        _ => {
            let message = serde_json::from_slice::<Identified>(body);
            Err((ErrorCode::InvalidRequest, message.map(|message| message.id).unwrap_or_default()))
        }
    }
}

/// The ID of a message.
#[derive(Deserialize)]
struct Identified {
    #[serde(default, deserialize_with = "valid")]
    id: Value,
}

/// A string or an integer; null for anything else.
fn valid<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    let id = Value::deserialize(deserializer)?;
    Ok(if id.is_string() || id.is_i64() { id } else { Value::Null })
}

/// The request that takes the place of a malformed message.
fn malformed(code: ErrorCode, id: &Value) -> Vec<u8> {
    let request = json!({ "jsonrpc": "2.0", "method": MALFORMED, "id": id, "params": [code.code()] });
    request.to_string().into_bytes()
}

async fn write(output: &mut (impl AsyncWrite + Unpin), body: &[u8]) -> std::io::Result<()> {
    output.write_all(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).await?;
    output.write_all(body).await
}

/// The answer to a malformed message; `None` for any other.
pub(super) fn refusal(request: &Request) -> Option<Response> {
    let id = request.id().filter(|_| request.method() == MALFORMED)?;
    let code = request.params().and_then(|params| params.get(0)?.as_i64()).unwrap_or_default();
    let error =
        if code == ErrorCode::ParseError.code() { Error::parse_error() } else { Error::invalid_request() };
    Some(Response::from_error(id.clone(), error))
}
