"""How soon a password is guessed.

Who guesses tries first what many choose: known passwords, words, names, dates, rows of keys.

The estimate is that of `zxcvbn` (D. L. Wheeler, USENIX Security 2016). It knows lists of passwords and words,
keyboards, dates, repetition and letters written as figures. What is Vietnamese, and what belongs to this desk, is
added here.
"""

import re
import unicodedata
from collections.abc import Iterable

ENOUGH = 8.0
"""So many guesses, as a power of ten, hold out: from here on `zxcvbn` calls a password safe where it is hashed
slowly and tries are slowed. A shorter password (a setting) needs one less than chance would give.
"""
SEEN_MAX = 40
"""So many characters are looked at: the estimate takes long for more, and enough is reached before."""
ABOUT_MAX = 60

_WORDS = (
    "matkhau mat khau matma dangnhap motcua mot cua bophanmotcua bophan xinchao chao xin camon vietnam viet nam "
    "hanoi ha noi "
    "saigon sai gon hochiminh danang haiphong cantho hue phuong xa quan huyen tinh thanhpho thanh pho ubnd uyban "
    "nhandan "
    "hanhchinh hanh chinh phucvu phuc vu trungtam trung tam congan canbo can bo congchuc cong chuc lanhdao lanh "
    "dao quantri "
    "tri quanly giamdoc chutich tuphap hotich chungthuc quay so phieu kiosk maytinh anhyeuem emyeuanh yeuem "
    "anhyeu toiyeu "
    "toiyeuvietnam yeu anh em con me gia dinh giadinh hanhphuc tinhyeu mayman anhhung docladoc doclap tudo bacho "
    "hoasen "
    "hoahong songlong thangloi chienthang khongbiet khongco boiroi bimat bi nguyen tran le pham hoang huynh phan "
    "vo dang bui "
    "do ho ngo duong ly van thi minh hoa an binh hung dung lan mai hong linh tuan hai ba bon sau bay chin muoi "
    "khong nghin "
    "tram thang ngay gio ty suu dan mao thin mui than dau tuat hoi trang xanh den vang tim quantrivien vien nguoidung "
    "khachhang "
)


def is_guessed(text: str, about: Iterable[str] = ()) -> bool:
    """Say whether the password `text` is guessed soon.

    `about` are names that belong to it: the person's, the desk's.
    """
    from zxcvbn import zxcvbn

    plain = _plain(text)
    words = [*_names(about), *_WORDS.split()]
    ways = dict.fromkeys(way[:SEEN_MAX] for way in (plain, re.sub(r"[\s_.-]+", "", plain)) if way)
    return (
        any(float(zxcvbn(way, words, max_length=SEEN_MAX)["guesses_log10"]) < min(ENOUGH, len(way) - 1) for way in ways)
        or not ways
    )


def _plain(text: str) -> str:
    """Return `text` without marks: whoever types `mật khẩu` chooses as many do."""
    return (
        "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
        .replace("đ", "d")
        .replace("Đ", "D")
    )


def _names(about: Iterable[str]) -> list[str]:
    """Return each name as one word, each of its words, and its initials."""
    names: dict[str, None] = {}
    for name in about:
        words = re.findall(r"\w+", _plain(name).lower())
        for word in ("".join(words), *words, "".join(word[0] for word in words)):
            if len(word) > 1:
                names[word] = None
    return list(names)[:ABOUT_MAX]
