use leptos::prelude::*;

use crate::ui::*;

#[component]
pub(super) fn Controls() -> impl IntoView {
    let text = RwSignal::new("上海云帆智能科技有限公司".to_owned());
    let phone = RwSignal::new("13800".to_owned());
    let (day, time) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let grade = RwSignal::new("b".to_owned());
    let tags = RwSignal::new(vec![
        "制造业".to_owned(),
        "VIP".to_owned(),
        "سلام".to_owned(),
    ]);
    let agreed = RwSignal::new(true);
    let word = RwSignal::new(String::new());
    let (sheet, confirm) = (RwSignal::new(false), RwSignal::new(false));
    let toasts = use_toasts();
    let grades = || {
        vec![
            ("a".to_owned(), "A".to_owned()),
            ("b".to_owned(), "B".to_owned()),
            ("c".to_owned(), "C".to_owned()),
        ]
    };
    view! {
        <div class="flex flex-col gap-4 p-4">
            <div class="flex flex-wrap gap-2">
                <Button label="保存" kind=ButtonKind::Main />
                <Button label="取消" />
                <Button label="Edit" kind=ButtonKind::Quiet icon=icondata_lu::LuPencil />
                <Button label="删除" kind=ButtonKind::Danger on_press=move || confirm.set(true) />
                <Button label="Disabled" kind=ButtonKind::Main disabled=true />
                <IconButton label="More" icon=icondata_lu::LuEllipsis on_press=move || sheet.set(true) />
                <Button label="Toast" on_press=move || toasts.say_with_undo("已归档 3 位客户", || {}) />
            </div>
            <SearchField label="姓名、拼音、电话、标签" word />
            <SegmentedControl label="Grade" bind=grade options=Signal::derive(grades) />
            <TextField label="客户名称" hint="全称，与营业执照一致" bind=text required=true />
            <TelField label="电话" error="手机号应为 11 位，还差 6 位" bind=phone />
            <div class="grid grid-cols-2 gap-4">
                <DateField label="日期" bind=day />
                <TimeField label="时间" bind=time />
            </div>
            <SelectField label="等级" bind=grade options=Signal::derive(grades) />
            <TagsField label="标签" hint="回车或逗号添加" bind=tags />
            <TextArea label="备注" bind=text />
            <CheckField label="记录本次拜访的位置" hint="只在签到与签退时读取" bind=agreed />
            <Sheet open=sheet title="更多">
                <List>
                    <ListRow title="共享给同事" icon=icondata_lu::LuShare2 on_press=move || sheet.set(false) />
                    <ListRow title="移入公海" icon=icondata_lu::LuWaves on_press=move || sheet.set(false) />
                </List>
            </Sheet>
            <ConfirmSheet
                open=confirm
                title="归档这位客户"
                body="客户会从列表中移走，往来记录都会保留，随时可以恢复。"
                verb="归档"
                danger=true
                on_confirm=move || toasts.say("已归档")
            />
        </div>
    }
}
