//! What is said about pictures.

use super::words;
use crate::device::pictures::Unreadable;

words! {
    /// A picture that is made small and kept.
    photo: Photo {
        unknown = "这张照片打不开，请换一张，或者重新拍";
        heic = "这张是 HEIC 格式，这个浏览器打不开。请点“拍照”重新拍；或者在手机相机的设置里把格式改成“兼容性最佳”（JPG）再拍";
    }
    /// A QR code or a bar code.
    code: CodeWords {
        scan = "扫一扫";
        photo = "从照片里认";
        title = "把码放进框里";
        how = "对准、拿稳，认出来就自己填上。认不出来，就关上，照着打字。";
        light = "开灯、关灯";
        working = "正在准备";
        none = "这张照片里没认出码。靠近一点、拍清楚再试，或者照着打字";
        refused = "手机没让用相机。可以在手机设置里打开；或者用“从照片里认”，也可以照着打字";
        impossible = "相机打不开。可以用“从照片里认”，也可以照着打字";
        missing = "认码的部分还没下到手机里。等有网再试，或者照着打字";
    }
    /// A thumbprint in place of a name.
    thumbprint: Thumbprint {
        thumb = "按手印，拍下来";
        witness = "不会写字，就在白纸上按手印，再拍下来。请一位见证人在旁边看着，纸上写上见证人的名字。";
    }
    /// A photo that is cut for a certificate.
    crop: CropWords {
        white = "要白底、正面、不戴帽子的近照。";
        pixels(width: u32, height: u32) = "选好以后裁成 {width}×{height} 像素。";
        between(least: u32, most: u32) = "大小自动调到 {least}–{most} KB，不用自己改。";
        at_most(most: u32) = "大小自动调到 {most} KB 以内，不用自己改。";
        title = "把头和肩放进框里";
        how = "用手指拖动，或者点下面的按钮";
        /// For those who listen, or have keys.
        frame = "框里的照片。方向键挪动，加号放大，减号缩小，R 键转一下";
        left = "往左挪";
        up = "往上挪";
        down = "往下挪";
        right = "往右挪";
        smaller = "缩小";
        larger = "放大";
        turn = "转一下";
        turn_sign = "转";
        blurred = "照片太小，放这么大会糊。请缩小一点，或者换一张清楚的";
        working = "正在调到合适的大小";
        keep = "就用这张";
        /// In kB.
        too_large(least: usize) = "再怎么压也有 {least} KB，比要求的大。请换一张背景干净的照片";
    }
}

impl Photo {
    /// Why a picture cannot be had, and what helps.
    pub(crate) fn unreadable(self, why: Unreadable) -> &'static str {
        match why {
            Unreadable::Unknown => self.unknown(),
            Unreadable::Heic => self.heic(),
        }
    }
}
