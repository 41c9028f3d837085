//! Chinese: what a calm clerk would say. No technical words, no blame, no exclamation marks.

use super::{
    App, Case, Filling, Finished, Home, Item, Mine, Offices, Picture, Pill, Place, Recording,
    Renewal, Review, Rows, Time, Trouble, Value, Wrong,
};

pub(super) static APP: App = App {
    name: "乡事通",
    service_of: |township| format!("{township}便民服务"),
    home: "办事",
    mine: "我的",
    public: "公开",
    back: "返回",
    close: "关上",
    try_again: "再试一次",
};

pub(super) static PILL: Pill = Pill {
    reading: "正在查看",
    nothing: "没有待送的",
    offline: "没有网，能填",
    delivered_at: |time| format!("全部已送达 {time}").trim_end().to_owned(),
    waiting: |count| format!("{count} 件待送"),
    waiting_offline: |count| format!("没有网 · {count} 件待送"),
    sending: |count| format!("正在送 · {count} 件"),
    attention: |count| format!("{count} 件要您看看"),
    trouble: "手机存不住了",
};

pub(super) static HOME: Home = Home {
    search: "想办什么事？",
    found: "找到的",
    nothing_found: "没有找到。换个说法试试，或者打电话问镇里。",
    call: "看各办公室的电话",
    help: "不会填、不知道办哪样，打电话问镇里",
    go_on: "接着填",
    first_load: "正在取镇里的办事目录",
    first_load_offline: "第一次用要连一次网，取镇里的办事目录。以后没有网也能填。",
};

pub(super) static ITEM: Item = Item {
    guide: "办之前看一眼",
    office: "哪里办",
    start: "开始填写",
    go_on: "接着填",
    start_another: "另填一份",
    offline: "没有网也能填，边填边存在这部手机里。",
    unknown: "这件事项现在办不了，可能镇里改过目录。请回到“办事”看看。",
};

pub(super) static FILLING: Filling = Filling {
    next: "下一步",
    back: "上一步",
    to_review: "好了，回去检查",
    skip: "先空着，往后填",
    optional: "可不填",
    now: "就是现在",
    choose: "请选",
    search: "打几个字找一找",
    done: "选好了",
    nothing_found: "没有这一项，换几个字试试",
    acknowledge: "我知道了",
    nothing_to_choose: "先回答上面的问题，这里才有可选的",
    progress: |percent| format!("填了百分之 {percent}"),
};

pub(super) static PROBLEM: Wrong = Wrong {
    fill: "这一项要填",
    choose: "请选一项",
    photograph: "这一项要拍照",
    record: "这一项要录音",
    whole_number: "请填整数，例如 3",
    number: "请填数字，例如 3.5",
    moment: "请填完整的日期和时间",
    unfit: "这里填得不对，请再看一眼",
    too_few_files: |least| format!("至少要 {least} 张"),
    too_many_files: |most| format!("最多 {most} 张，请删掉多的"),
    too_few_rows: |least| format!("至少要填 {least} 个"),
    too_many_rows: |most| format!("最多 {most} 个，请删掉多的"),
};

pub(super) static VALUE: Value = Value {
    between: "、",
    date: |year, month, day| format!("{year} 年 {month} 月 {day} 日"),
    place: |accuracy| match accuracy {
        Some(metres) => format!("已取位置，误差约 {metres} 米"),
        None => "已取位置".to_owned(),
    },
    pictures: |count| format!("{count} 张照片"),
    recording: "1 段录音",
    file: "1 个文件",
    acknowledged: "已勾选",
    none: "没填",
};

pub(super) static ROWS: Rows = Rows {
    add: |what| format!("添加{what}"),
    unnamed: |number| format!("第 {number} 个"),
    count: |count| format!("已有 {count} 个"),
    count_of: |count, most| format!("已有 {count} 个，最多 {most} 个"),
    full: |most| format!("已经有 {most} 个，不能再加了"),
    complete: "填好了",
    not_begun: "还没填",
    unfinished: |count| format!("还差 {count} 项"),
    remove: "删除",
    removed: |name| format!("已删除 {name}"),
    undo: "撤销",
    of: |place, count| format!("{place}/{count}"),
};

pub(super) static PICTURE: Picture = Picture {
    take: "拍照",
    choose: "选照片",
    count_of: |count, most| format!("{count} / {most} 张"),
    working: "正在存照片",
    remove: |number| format!("删掉第 {number} 张"),
    shown: |number| format!("第 {number} 张照片"),
    unreadable: "这张照片打不开，请换一张，或者重新拍",
    sign_here: "用手指在框里写名字",
    sign_keep: "写好了",
    sign_again: "重写",
    sign_photograph: "拍纸上的签名",
};

pub(super) static RECORDING: Recording = Recording {
    begin: "点一下，开始说",
    end: "说完了，点一下",
    how: "也可以按住说，松开就停",
    most: |seconds| format!("最长 {} 秒", seconds),
    left: |time| format!("还能说 {time}"),
    passed: |time| format!("已说 {time}"),
    recorded: "录好了，点开听一听",
    again: "重新录",
    choose: "选一段录音",
    refused: "没有打开话筒。您可以在浏览器设置里允许，或者选一段录音，也可以接着往下填。",
    impossible: "这个浏览器不能录音，请用手机自带的录音机录好，再选进来。",
};

pub(super) static PLACE: Place = Place {
    take: "取我现在的位置",
    again: "重新取",
    remove: "不用位置",
    working: "正在取位置，在屋外会快一些",
    why: "只在您点的时候取一次，帮工作人员找到地方。",
    refused: "没有允许取位置。不要紧，可以接着往下填。",
    unavailable: "现在取不到位置。可以到屋外再试，也可以接着往下填。",
};

pub(super) static REVIEW: Review = Review {
    title: "检查一遍",
    good: "都填好了。看一遍，没错就点完成。",
    missing: |count| format!("还有 {count} 处要看"),
    change: "修改",
    finish: "完成，封好",
    mend: "去补第一处",
    sealing: "正在封好",
    promise: "封好以后不能再改，谁也看不到里面的内容，只有镇里能打开。",
};

pub(super) static RENEWAL: Renewal = Renewal {
    title: "镇里更新了这张表",
    all_goes: "您填过的都会带到新表里，一样不少。",
    most_goes: "您填过的会带到新表里，不用重填。",
    some_stays: |count| format!("只有这 {count} 项带不过去"),
    old_is_good: "不换也行，旧表镇里照样收。",
    take: "用新表接着填",
    keep: "还用旧表",
    see: "看看新表",
    taken: "已经换成新表",
    all_went: "您填过的都带过来了。",
    some_stayed: |count| format!("换成新表时，有 {count} 项没带过来"),
    stayed_how: "这是您以前填的：",
    understood: "知道了",
    back_what: "换表后填的带不回去",
    back_sure: "换回旧表",
    gone: "新表不问这一项了",
    another_kind: "新表换了填法，请重新填",
    not_offered: "新表没有这个选项，请重新选",
    no_row: "新表里没有地方放这一项",
    given: "这一项新表已经定好了",
    not_asked: "先留着，新表问到时自动填上",
};

pub(super) static FINISHED: Finished = Finished {
    title: "已封好，还在这部手机里",
    waits: "等有网就送，不用您管。没有网的地方也不会丢。",
    arrived_title: "镇里收到了",
    arrived: "回执已经存在这部手机里。",
    next: "接下来",
    step_deliver: "手机连上网，打开乡事通，就会自己送到镇里",
    step_receipt: "镇里收到，这里会有办件编号和回执",
    step_answer: |office| format!("{office}办理，结果在“我的”里看"),
    keep_phone: "送到之前，请不要删除乡事通，也不要清除浏览器数据。",
    see: "看这一件",
    home: "回到办事",
};

pub(super) static MINE: Mine = Mine {
    drafts: "没填完的",
    stuck: "送不出去，要您看看",
    outbox: "还在手机里，等有网就送",
    cases: "已送到镇里",
    empty: "这里还没有东西。您填的、送的、办好的都会在这里。",
    start: "去办事",
    draft: "草稿",
    waiting: "待送",
    sending: "正在送",
    refused: "没收下",
    damaged: "读不出来",
    damaged_how: "手机里的这一份损坏了，送不出去。它没有删掉；请打电话问镇里，或者拿手机到镇里看看。",
    files_left: "照片还没送完",
    stopped_at: |percent, time| match percent {
        0 => format!("刚开始填 · {time}"),
        100 => format!("等您检查 · {time}"),
        _ => format!("填了 {percent}% · {time}"),
    },
    size: |files, size| match files {
        0 => size.to_owned(),
        count => format!("{count} 个照片录音 · {size}"),
    },
    delete: "删掉",
    delete_what: "删掉就找不回来了",
    delete_sure: "还是删掉",
    set_aside: |count| format!("有 {count} 条记录读不出来"),
    set_aside_how: "它们没有删掉，先放在一边，不影响别的。请拿手机到镇里看看。",
};

pub(super) static CASE: Case = Case {
    receipt: "回执",
    number: "办件编号",
    received_at: "镇里收到",
    digest: "校验码",
    files: "照片录音",
    files_complete: |count| format!("{count} 个，全部送到"),
    files_missing: |missing, count| format!("共 {count} 个，还有 {missing} 个没送到"),
    no_files: "没有照片录音",
    office: "办理单位",
    sealed_at: "封好的时间",
    sent: "送去的内容",
    print: "打印或者截屏留底",
    still_here: "还在这部手机里",
    still_here_detail: "已在本机登记，还没有送到镇里。等有网就送，不用您管。",
    received: "镇里收到了",
    received_short: "已收到",
    number_ends: |end| format!("办件编号尾号 {end}"),
    no_receipt: "还没有回执",
    send_again: "再送一次",
    refused: "镇里没有收下",
    refused_what_to_do: "内容还在这部手机里，没有丢。请按下面说的做，或者打电话问镇里。",
    unknown: "这部手机里没有这一件。",
    proof: "收到的时间以镇里的为准（电子签名法第十一条）。",
};

pub(super) static OFFICES: Offices = Offices {
    title: "各办公室",
    lead: "不知道找谁，打第一个电话就行。",
    call: |office| format!("给{office}打电话"),
};

pub(super) static TROUBLE: Trouble = Trouble {
    cannot_open: "现在打不开",
    still_there: "以前填好的内容还在这部手机里，没有丢。",
    not_kept: "刚才填的还没有存住",
    gone: "这份表不能接着填",
    gone_how: "它可能已经封好了，或者删掉了。请到“我的”看看。",
    on_its_way: "正在打开……",
    not_loaded: "这一部分还没有下载完",
    not_loaded_how: "网络可能断了。填好的都在手机里，不会丢；有网了再点一次；还不行，就关掉再打开。",
};

pub(super) static TIME: Time = Time {
    today: |time| format!("今天 {time}"),
    yesterday: |time| format!("昨天 {time}"),
    day: |month, day| format!("{month} 月 {day} 日"),
};
