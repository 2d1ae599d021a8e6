//! Finding clients and people by Chinese text, full pinyin, initials, a fragment of a phone
//! number or a tag; and telling names that sound alike (撞单). Knows no store: it makes keys and
//! compares them.

mod alike;
mod company;
mod haystack;
mod heteronym;
mod many;
mod query;
mod spelling;

pub use alike::{alike, similarity_key};
pub use haystack::HaystackBuilder;
pub use many::Haystacks;
pub use query::{Query, Rank};
pub use spelling::{Spelling, sort_key, spelling};
