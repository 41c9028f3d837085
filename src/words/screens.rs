//! What is said on the ways in and out: what many screens say, the start, whom to ask, trouble.

use super::words;

words! {
    /// What many screens say.
    app: App {
        name = "乡事通";
        /// The township's name, for the title of the home page.
        /// Where the line is too short, it breaks between the two.
        service_of(township: &str) = "{township}\u{200b}便民服务";
        home = "办事";
        mine = "我的";
        public = "公开";
        back = "返回";
        close = "关上";
        try_again = "再试一次";
    }
    /// 办事.
    home: Home {
        search = "想办什么事？";
        found = "找到的";
        nothing_found = "没有找到。换个说法试试，或者打电话问镇里。";
        call = "看各办公室的电话";
        help = "不会填、不知道办哪样，打电话问镇里";
        go_on = "接着填";
        offline = "没有网怎么用，怎么放到桌面";
        certificates = "要开证明？先看看用不用开";
        elder = "长辈版";
        usual = "标准版";
        settings = "设置";
        first_load = "正在取镇里的办事目录";
        first_load_offline = "第一次用要连一次网，取镇里的办事目录。以后没有网也能填。";
    }
    /// One item.
    item: Item {
        bring = "带上";
        takes = "多久、多少钱";
        steps = "交了以后";
        who = "谁能办";
        know = "要知道";
        office = "哪里办";
        start = "开始填写";
        go_on = "接着填";
        start_another = "另填一份";
        offline = "没有网也能填，边填边存在这部手机里。";
        unknown = "这件事项现在办不了，可能镇里改过目录。请回到“办事”看看。";
    }
    /// 公开.
    offices: Offices {
        title = "各办公室";
        lead = "不知道找谁，打第一个电话就行。";
        /// Over a drawing.
        way(offices: &str) = "怎么走：{offices}";
    }
    /// 没有网怎么用.
    offline: Offline {
        title = "没有网怎么用";
        ready = "这部手机";
        forms = "办事目录和所有的表";
        app = "乡事通本身";
        there = "有了";
        coming = "连上网就取";
        /// How much more can be kept, and about how many photos that is.
        room(size: &str, photos: u32) = "还能存 {size}，大约 {photos} 张照片";
        /// The same, where that is little.
        little_room(size: &str, photos: u32) = "只能再存 {size}，大约 {photos} 张照片。出门以前，先删掉些不要的照片、视频或应用。";
        works = "没有网能做的";
        fill = "找事项、填表，边填边存";
        photograph = "拍照、录音、签名";
        seal = "填好封起来，等有网自己送";
        look_up = "看带什么、多久办好、各办公室电话";
        needs = "要连一次网的";
        first = "第一次打开，取办事目录和表";
        send = "送到镇里，拿回执";
        answer = "看办到哪一步";
        installed = "已经放在桌面上了，没有网也能打开。";
        install_title = "放到桌面";
        install_why = "像别的应用一样点开，浏览器也不会随便清掉您填的东西。";
        install = "放到桌面";
        android = "点浏览器右上角三个点，再点“添加到主屏幕”。";
        harmony = "点浏览器下边的四个点，再点“添加至桌面”。";
        ios = "用 Safari 打开，点下边的分享，再点“添加到主屏幕”。";
    }
    /// What is not certified any more.
    certificates: Certificates {
        title = "不用开的证明";
        search = "要开什么证明？";
        nothing_found = "不在不用开的清单里。打电话问问镇里。";
        /// Who can tell instead.
        instead(whom: &str) = "找{whom}";
    }
    /// 设置.
    settings: Settings {
        title = "设置";
        elder = "长辈版";
        elder_how = "字大，一次一题，能念给您听";
        letters = "字的大小";
        usual = "标准";
        large = "大";
        largest = "最大";
        aloud = "念题目";
        in_elder = "长辈版里念";
        always = "都念";
        never = "不念";
        no_voice = "这部手机没有装语音，念不了。可以在手机设置里装一个“文字转语音”。";
        light = "明暗";
        like_phone = "自动";
        day = "白天";
        dark = "夜里";
        sun = "太阳底下";
        files = "照片、录音怎么送";
        any_link = "有网就送";
        free_link = "等 WiFi 再送";
        free_link_how = "用流量时只送填的内容。照片、录音等连上 WiFi 自己送，不用您管。";
        language = "语言";
        law_is_chinese = "法律、规定和表里的条文以中文为准。";
    }
    /// What went wrong with the phone.
    trouble: Trouble {
        cannot_open = "现在打不开";
        still_there = "以前填好的内容还在这部手机里，没有丢。";
        not_kept = "刚才填的还没有存住";
        gone = "这份表不能接着填";
        gone_how = "它可能已经封好了，或者删掉了。请到“我的”看看。";
        on_its_way = "正在打开……";
        not_loaded = "这一部分还没有下载完";
        not_loaded_how = "网络可能断了。填好的都在手机里，不会丢；有网了再点一次；还不行，就关掉再打开。";
    }
    /// What the phone could not do.
    error: Errors {
        full = "手机空间不够，刚才的内容没有存下。请删掉一些照片或应用，再点一次";
        blocked = "浏览器不允许保存资料。请关闭无痕模式，或在浏览器设置里允许保存网站数据，再打开";
        outdated = "乡事通已在另一个窗口更新。请关掉这个窗口，重新打开";
        damaged = "这一条记录损坏了，打不开。它还留在手机里，没有删除；请带手机到镇里求助";
        gone = "找不到这一条，可能已经删除";
        delivered = "已经送到镇里，手机里不再留着";
        finished = "这一份已经提交过了";
        file_missing = "有一张照片或一段录音不见了，请回去重新添加";
        /// What the database said.
        no_answer = "手机的存储没有回应。请再试一次；还不行就关掉再打开";
        failed(reason: &str) = "没有存成。请再试一次；还不行就关掉再打开（{reason}）";
        form_missing = "这张表还没有下载过，请连网后再打开一次";
        form_too_new = "这张表要用新版的乡事通打开，请关掉再重新打开";
        insecure = "这个网址不安全，无法加密资料。请用 https 开头的网址打开";
        broken = "内容已经损坏，无法打开";
        no_cryptography = "浏览器无法加密，请换用新版浏览器";
    }
}
