//! What is said of things on their way, and of what became of them.

use super::words;

words! {
    /// The delivery state in the header.
    pill: Pill {
        reading = "正在查看";
        nothing = "没有待送的";
        offline = "没有网，能填";
        /// The time of the last receipt, where it was today.
        delivered_at(time: &str) = "全部已送达 {time}";
        waiting(count: usize) = "{count} 件待送";
        waiting_offline(count: usize) = "没有网 · {count} 件待送";
        sending(count: usize) = "正在送 · {count} 件";
        attention(count: usize) = "{count} 件要您看看";
        /// The phone cannot write down what it was told.
        trouble = "手机存不住了";
    }
    /// Sealed just now.
    finished: Finished {
        title = "已封好，还在这部手机里";
        waits = "等有网就送，不用您管。没有网的地方也不会丢。";
        arrived_title = "镇里收到了";
        arrived = "回执已经存在这部手机里。";
        next = "接下来";
        step_deliver = "手机连上网，打开乡事通，就会自己送到镇里";
        step_receipt = "镇里收到，这里会有办件编号和回执";
        /// The office's name.
        step_answer(office: &str) = "{office}办理，结果在“我的”里看";
        keep_phone = "送到之前，请不要删除乡事通，也不要清除浏览器数据。";
        see = "看这一件";
        home = "回到办事";
        erased = "本机上的内容删掉了";
        /// Of the case.
        erased_number(number: &str) = "办件编号 {number}，请抄下来，问的时候用得上。";
    }
    /// 邮袋.
    mailbag: Mailbag {
        title = "邮袋";
        what = "没有网，也能把申请送到镇里：装进邮袋，用 U 盘、微信或者别人的手机带去。带的人看不到里面写了什么。";
        out = "装进邮袋";
        nothing = "都送到了，没有要带的。";
        not_yet = "这部手机还没有连过镇里，先连一次网。";
        waiting(count: usize) = "有 {count} 件还没送到。";
        waiting_with(count: usize, size: &str) = "有 {count} 件还没送到，照片和录音 {size}。";
        proofs(count: usize) = "替别人带的 {count} 件，镇里收到了，有回执要带回去。";
        pack = "存成一个文件";
        pack_without_files = "只装申请，不装照片录音";
        show = "放给别的手机扫";
        show_how = "让对方打开乡事通的“邮袋”，点“扫别的手机”，对准这里，扫满为止。照片和录音不在里面，有网时再送。";
        /// What one sees, for those who do not.
        codes = "不停变换的二维码";
        too_long = "申请太多，扫不完，请存成文件。";
        film = "扫别的手机";
        film_how = "对准对方手机上的二维码，拿稳，等到扫满。";
        packed = "装好了。把这个文件带到镇里的窗口，或者发给要去有网地方的人。送到之前，这部手机里的不要删。";
        packed_proofs = "装好了。把这个文件交给托您带的人，在他的手机上打开。";
        not_saved = "这个浏览器存不了文件，请换手机自带的浏览器。";
        come = "收邮袋";
        come_how = "别人托您带的，或者镇里给的回执，在这里打开。";
        open = "打开邮袋文件";
        working = "正在打开";
        carried(count: usize) = "收下了 {count} 件，这部手机一连上网就替他们送。";
        proven(count: usize) = "镇里收到了 {count} 件，回执存好了。";
        files_damaged(count: usize) = "有 {count} 个照片或录音不完整，没有收，等本人的手机再送。";
        nothing_new = "这个邮袋里没有新的，先前都收过了。";
        other_file = "这个文件不是邮袋。邮袋文件的名字以 .xstbag 结尾。";
        damaged = "这个邮袋坏了，可能没有传完。请让对方再发一次。";
        newer = "这个邮袋是新版本装的，请先连网更新乡事通。";
        elsewhere = "这个邮袋是送给别的乡镇的，这部手机带不了。";
    }
    /// 我的.
    mine: Mine {
        drafts = "没填完的";
        stuck = "送不出去，要您看看";
        outbox = "还在手机里，等有网就送";
        mailbag = "等不到网？装进邮袋带去";
        cases = "已送到镇里";
        empty = "这里还没有东西。您填的、送的、办好的都会在这里。";
        start = "去办事";
        draft = "草稿";
        waiting = "待送";
        sending = "正在送";
        refused = "没收下";
        to_correct = "请补正";
        to_rate = "请评价";
        to_confirm = "请您回话";
        in_hand = "正在办";
        paused = "暂停着";
        done = "办结了";
        not_granted = "没有批准";
        taken_back = "已撤回";
        changed = "变了";
        to_visit = "等您去";
        damaged = "读不出来";
        damaged_how = "手机里的这一份损坏了，送不出去。它没有删掉；请打电话问镇里，或者拿手机到镇里看看。";
        files_left = "照片还没送完";
        held_short = "等 WiFi";
        held = "照片、录音在等 WiFi";
        held_how = "填的内容已经送到了。等连上 WiFi 自己送，不用您管；急的话，可以用流量现在送。";
        send_anyway = "用流量现在送";
        /// A draft that was only begun; when it was last changed.
        begun_at(time: &str) = "刚开始填 · {time}";
        /// How far the draft is, in percent, and when it was last changed.
        stopped_at(percent: u32, time: &str) = "填了 {percent}% · {time}";
        /// A draft that only waits for its review; when it was last changed.
        filled_at(time: &str) = "等您检查 · {time}";
        /// How many files, and bytes in all.
        files(count: usize, size: &str) = "照片、录音共 {count} 个 · {size}";
        delete = "删掉";
        delete_what = "删掉就找不回来了";
        delete_sure = "还是删掉";
        set_aside(count: usize) = "有 {count} 条记录读不出来";
        set_aside_how = "它们没有删掉，先放在一边，不影响别的。请拿手机到镇里看看。";
    }
    /// One application after it was sealed.
    case: Case {
        receipt = "回执";
        number = "办件编号";
        received_at = "镇里收到";
        digest = "校验码";
        query_code = "查询码";
        query = "凭编号和查询码，别的手机上、村里、窗口也能查";
        query_link = "查办件";
        files = "照片录音";
        files_complete(count: usize) = "{count} 个，全部送到";
        /// How many are missing, of how many.
        files_missing(missing: usize, count: usize) = "共 {count} 个，还有 {missing} 个没送到";
        no_files = "没有照片录音";
        office = "办理单位";
        sealed_at = "封好的时间";
        sent = "送去的内容";
        print = "打印或者截屏留底";
        still_here = "还在这部手机里";
        still_here_detail = "已在本机登记，还没有送到镇里。等有网就送，不用您管。";
        received = "镇里收到了";
        /// The same in one word.
        received_short = "已收到";
        /// The last digits of the case number.
        number_ends(end: &str) = "办件编号尾号 {end}";
        no_receipt = "还没有回执";
        send_again = "再送一次";
        refused = "镇里没有收下";
        refused_what_to_do = "内容还在这部手机里，没有丢。请按下面说的做，或者打电话问镇里。";
        unknown = "这部手机里没有这一件。";
        proof = "收到的时间以镇里的为准（电子签名法第十一条）。";
    }
    /// Times and sizes.
    time: Time {
        today(time: &str) = "今天 {time}";
        yesterday(time: &str) = "昨天 {time}";
        /// Month and day.
        day(month: u32, day: u32) = "{month} 月 {day} 日";
    }
}
