//! The design system: small accessible components on daisyUI's classes and the tokens of `style/app.css`.
//! A component knows nothing of clients, visits or the engine; it takes signals and gives callbacks.

mod avatar;
mod badge;
mod bound;
mod button;
mod chart;
mod chip;
mod confirm;
mod conflict;
mod copy;
mod each;
mod empty;
pub(crate) mod field;
mod fields;
mod form;
mod icon;
mod label;
mod list;
mod live;
mod page;
mod period;
mod qr;
mod records;
mod restored;
mod search;
mod segments;
mod shared_link;
mod sheet;
mod show;
mod split;
mod sync;
mod timeline;
mod title;
mod toast;
mod virtual_list;

pub(crate) use avatar::Avatar;
pub(crate) use badge::{Badge, Tone};
pub(crate) use bound::Bound;
pub(crate) use button::{Button, ButtonKind, IconButton, LinkButton, MainLink};
pub(crate) use chart::{BarChart, BarRow, ChartLine, ChartMark, LineChart, Shape};
pub(crate) use chip::Chip;
pub(crate) use confirm::ConfirmSheet;
pub(crate) use conflict::{ConflictField, Contested, Version};
pub(crate) use copy::use_copy_out;
pub(crate) use each::Each;
pub(crate) use empty::EmptyState;
pub(crate) use field::Field;
pub(crate) use fields::{
    CheckField, DateField, DecimalField, NewPasswordField, NumberField, PasswordField, SelectField,
    TagsField, TelField, TextArea, TextField, TimeField,
};
pub(crate) use form::{Form, use_past_the_form};
pub(crate) use icon::Icon;
pub(crate) use list::{List, ListRow, SectionTitle};
pub(crate) use live::live;
pub(crate) use page::Page;
pub(crate) use period::PeriodStepper;
#[cfg(feature = "gallery")]
pub(crate) use qr::QrCode;
pub(crate) use records::{RECORDS_STEP, Record, Records};
pub(crate) use restored::RestoredNote;
pub(crate) use search::SearchField;
pub(crate) use segments::SegmentedControl;
pub(crate) use shared_link::SharedLink;
pub(crate) use sheet::Sheet;
pub(crate) use show::Show;
pub(crate) use split::Split;
pub(crate) use sync::{SyncChip, SyncMark};
pub(crate) use timeline::{Timeline, TimelineEntry};
pub(crate) use title::provide_titles;
pub(crate) use toast::{ToastRegion, Toasts, provide_toasts, use_toasts};
pub(crate) use virtual_list::{RowFn, VirtualList};
