//! Uploading a photo in pieces: tus 1.0.0 (<https://tus.io/protocols/resumable-upload>), so that
//! standard clients work. These are the words of it that phone and center share.

/// Version of tus, and the value of [`RESUMABLE`].
pub const VERSION: &str = "1.0.0";
/// What the center offers beyond the core.
pub const EXTENSIONS: &str = "creation,creation-with-upload,checksum,termination,expiration";
/// How a piece may be hashed.
pub const ALGORITHMS: &str = "sha1,sha256";
/// Where uploads are created; one of them is `/v1/uploads/{id of the photo}`.
pub const PATH: &str = "/v1/uploads";
/// Media type of a piece.
pub const PIECE: &str = "application/offset+octet-stream";
/// Seconds an upload that isn't finished is kept after it was last heard of.
pub const KEPT_S: u32 = 7 * 86_400;

/// Every request and answer.
pub const RESUMABLE: &str = "tus-resumable";
/// Versions the center speaks.
pub const SPEAKS: &str = "tus-version";
/// [`EXTENSIONS`].
pub const EXTENSION: &str = "tus-extension";
/// Largest photo.
pub const MAX_SIZE: &str = "tus-max-size";
/// [`ALGORITHMS`].
pub const CHECKSUM_ALGORITHM: &str = "tus-checksum-algorithm";
/// Bytes of the whole.
pub const LENGTH: &str = "upload-length";
/// Bytes the center has.
pub const OFFSET: &str = "upload-offset";
/// `id` and `sha256` of the photo, both in base64 of their text.
pub const METADATA: &str = "upload-metadata";
/// Hash of a piece: algorithm, space, base64.
pub const CHECKSUM: &str = "upload-checksum";
/// When the center forgets what isn't finished.
pub const EXPIRES: &str = "upload-expires";
/// Ours: the photo is here, [`VERIFIED`] or [`UNCLAIMED`].
pub const STORED: &str = "linli-stored";
/// An accepted record names the very hash.
pub const VERIFIED: &str = "verified";
/// No accepted record names the photo yet.
pub const UNCLAIMED: &str = "unclaimed";
