use caravan_domain::{mark::Mark, time::Instant};
use caravan_port::view::{Connection, SyncLine};
use leptos::prelude::*;

use crate::{format::now, ui::*};

#[component]
pub(super) fn States() -> impl IntoView {
    let at = untrack(now).plus_millis(-40 * 60_000);
    let marks = [
        Mark::Saved,
        Mark::Sent,
        Mark::Received(Some(at)),
        Mark::NeedsAttention,
    ];
    let versions = vec![
        Version {
            value: "021-6888 1234".to_owned(),
            attribution: "王晓敏 · 13:58".to_owned(),
        },
        Version {
            value: String::new(),
            attribution: "Li Wei · 14:02".to_owned(),
        },
    ];
    let toasts = use_toasts();
    view! {
        <div class="flex flex-col gap-4 py-4">
            <div class="flex flex-wrap gap-4 px-4">
                {marks.into_iter().map(|mark| view! { <SyncMark mark=mark /> }).collect_view()}
            </div>
            <div class="flex flex-wrap gap-4 px-4">
                {lines(at).into_iter().map(|line| view! { <SyncChip line=line /> }).collect_view()}
            </div>
            <div class="flex flex-wrap gap-4 px-4">
                <Badge label="已核实" tone=Tone::Good />
                <Badge label="未核实" tone=Tone::Warning />
                <Badge label="无效" tone=Tone::Bad />
                <Badge label="计划中" tone=Tone::Info />
                <Badge label="已归档" />
                <Chip label="公海" />
            </div>
            <ConflictField label="电话" versions=versions on_pick=move |_| toasts.say("已保留") />
            <List label="Clients">
                <ListRow title="上海云帆智能科技有限公司（华东大区总部暨研发中心）第一分公司筹备处" detail="3 天后回访 · 距离 1.2 公里" href="/gallery">
                    <Badge label="A" />
                </ListRow>
                <ListRow title="\u{202e}evil\u{202c} شركة القافلة" detail="no visits yet" href="/gallery" />
            </List>
            <Timeline label="往来">
                <TimelineEntry title="电话：确认样品规格" attribution="王晓敏 · 今天 13:58">"客户希望下周三前收到样品。"</TimelineEntry>
                <TimelineEntry title="拜访" attribution="Li Wei · 昨天 10:20" />
            </Timeline>
            <div class="px-4">
                <QrCode text="https://caravan.example/join#0123456789abcdef" label="QR" />
            </div>
            <EmptyState icon=icondata_lu::LuUsers title="还没有客户" body="从名片新建一位，或把现有的表格导入。">
                <Button label="新建客户" kind=ButtonKind::Main />
                <Button label="导入表格" />
            </EmptyState>
        </div>
    }
}

fn lines(at: Instant) -> [Option<SyncLine>; 4] {
    let quiet = SyncLine {
        connection: Connection::Live,
        waiting: 0,
        needs_attention: 0,
        last_received_at: Some(at),
        remaining: 0,
        copied: false,
        lost: None,
    };
    [
        None,
        Some(quiet),
        Some(SyncLine {
            connection: Connection::Offline,
            waiting: 3,
            ..quiet
        }),
        Some(SyncLine {
            needs_attention: 1,
            ..quiet
        }),
    ]
}
