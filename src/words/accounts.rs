//! What is said of accounts and PINs.

use super::words;

words! {
    /// Before an account is open.
    gate: GateWords {
        who = "谁在用这部手机？";
        pin = "输入密码";
        /// Whose.
        pin_of(name: &str) = "{name}，请输密码";
        opening = "正在打开";
        open = "打开";
        another = "换一个人";
        forgot = "忘了密码";
        forgot_how = "密码没有存在任何地方，谁也查不到。可以去掉这个账户从头来：没交的草稿和交过的记录会从这部手机删掉；封好的照样送到镇里。";
        can_help = "镇里能帮您设新密码，资料都还在";
        can_help_how = "这部手机登记给了镇里的工作人员。带着手机到镇里，或者打电话，报下面的本机编号。镇里点了同意，再按下面的按钮。";
        allowed = "镇里同意了，设新密码";
        asking = "正在问镇里";
        not_yet = "镇里还没有同意。报了编号，等一等再按。";
        not_given = "这部手机现在没有登记给谁，镇里帮不了。请先让镇里重新登记。";
        no_answer = "连不上镇里。到有网的地方再按。";
        remove = "去掉这个账户";
        remove_sure = "去掉就找不回来了";
        remove_really = "还是去掉";
        revoked = "这部手机被镇里停用了";
        revoked_how = "本机保存的内容已经清除。封好还没送到的，镇里也不会收。不是您报的停用，请打镇里的电话。";
        too_long = "太久没连网，本机内容清除了";
        too_long_how = "登记给镇里工作人员的手机，太久不连网会自动清除，免得丢了以后被人看。封好的会接着送。请找镇里重新登记。";
        understood = "知道了";
        must = "先设密码，再接着用";
        /// To whom the phone was given.
        must_how(whom: &str) = "这部手机登记给了{whom}，里面会有村民的资料，要设密码。";
    }
    /// Typing a PIN.
    pin: PinWords {
        label = "密码";
        phrase = "密码短句";
        /// How many digits were typed.
        typed(count: usize) = "输了 {count} 位";
        take_back = "删掉一位";
        wrong = "密码不对，再输一次。";
        /// How long.
        wait(time: &str) = "错的次数多了，过{time}再试。";
        minutes(count: u32) = " {count} 分钟";
        seconds(count: u32) = " {count} 秒";
        length = "要 6 位数字，或者 8 个字以上的一句话。";
        simple = "这个密码太好猜，换一个。";
        now = "先输现在的密码";
        choose = "输新密码，6 位数字";
        choose_phrase = "输一句话，8 个字以上";
        again = "再输一遍";
        differ = "两遍不一样，从头输。";
        use_phrase = "用一句话当密码";
        use_digits = "用 6 位数字";
        next = "下一步";
    }
    /// 账户密码.
    accounts: Accounts {
        title = "账户密码";
        /// Who has no name yet.
        first = "机主";
        why = "设了密码，别人拿到手机也看不到您填的。忘了密码没法找回。";
        why_given = "设了密码，别人拿到手机也看不到村民的资料。忘了密码，镇里能帮您设新的。";
        set = "设密码";
        change = "换密码";
        no_more = "不要密码了";
        is_set = "密码设好了。打开乡事通要输密码，2 分钟没人动会自己上锁。";
        is_gone = "密码去掉了。";
        finger = "用指纹或面容打开";
        finger_how = "不用每次输密码，密码照样能用";
        finger_again = "没认出来。再试一次，或者输密码。";
        finger_unable = "这部手机做不到，接着用密码。";
        hidden = "离开就上锁";
        hidden_how = "一换到别的应用就锁上";
        erase = "办完即清";
        erase_how = "镇里收到后，本机上的内容就删掉，适合几个人共用的手机";
        lock = "现在锁上";
        name = "您的称呼";
        name_how = "几个人用一部手机时，好认出自己。";
        keep_name = "记下";
        people = "这部手机上的人";
        locked = "有密码";
        add = "再加一个人";
        add_how = "每个人填的东西，别人看不到。";
        add_name = "他怎么称呼";
        add_really = "加上";
        device = "本机编号";
        device_how = "镇里登记或者停用这部手机时用。";
        /// To whom the phone was given.
        given_to(whom: &str) = "这部手机登记给了{whom}。";
        /// How many days.
        days_left(days: u32) = "{days} 天之内要连一次网，过期会清掉本机的内容。";
    }
}
