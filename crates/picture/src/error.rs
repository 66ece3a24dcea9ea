/// Why a file is no picture for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// There is nothing in it.
    #[error("an empty file")]
    Empty,
    /// Not a picture of any kind we know.
    #[error("not a picture")]
    NotAPicture,
    /// A picture or film of a kind that isn't read here, such as `HEIC`.
    #[error("a {0} file, which is not read here")]
    OtherKind(&'static str),
    /// It would not fit a cheap phone's memory.
    #[error("too large a picture")]
    TooLarge,
    /// It ends before the picture does.
    #[error("the picture is not all there")]
    Incomplete,
    /// A finished picture could not be written.
    #[error("the picture could not be written")]
    Unwritable,
}
