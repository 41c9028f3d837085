//! A file that a page sends, after the token of its session.

use axum::extract::multipart::{Field, Multipart, MultipartError};

use super::session::SignedIn;

/// What is told of one that broke off.
pub(super) const BROKEN: &str = "文件没有传完，请再试一次。";

/// The file of this field, to be read as it comes; none where the form is not this session's: nothing is
/// read of somebody who does not have its token.
pub(super) async fn file<'f>(
    signed_in: &SignedIn,
    form: &'f mut Multipart,
    name: &str,
) -> Result<Option<Field<'f>>, &'static str> {
    let token = form.next_field().await.map_err(broken)?;
    let token = token.filter(|field| field.name() == Some("csrf"));
    let Some(token) = token else { return Ok(None) };
    if !signed_in.sent(&token.text().await.map_err(broken)?) {
        return Ok(None);
    }
    let field = form.next_field().await.map_err(broken)?;
    field.filter(|field| field.name() == Some(name)).ok_or(BROKEN).map(Some)
}

/// See [`BROKEN`].
pub(super) fn broken(_: MultipartError) -> &'static str {
    BROKEN
}
