"""What people write in the weeks before: to the unit, and within it."""

SUGGESTIONS = (
    "Khu chờ nóng quá, đề nghị lắp thêm quạt.",
    "Tờ hướng dẫn khai sinh để ở cửa đã hết, đề nghị in thêm.",
    "Cán bộ quầy này giải thích rất dễ hiểu, đề nghị khen.",
    "Bãi gửi xe chật, sáng thứ Hai không còn chỗ.",
    "Tôi nộp hồ sơ đất đai phải bổ sung ba lần, đề nghị hướng dẫn một lần cho đủ.",
    "Nên ghi giờ làm việc buổi chiều ở cổng.",
    "Loa gọi số nhỏ, ngồi cuối phòng không nghe rõ.",
    "Đề nghị có chỗ cho người đi xe lăn gần quầy.",
    "Tôi chờ lấy kết quả lâu hơn giấy hẹn hai ngày mà không ai báo.",
    "Đề nghị để sẵn bút và kính lão ở bàn viết.",
    "Nên mở thêm quầy chứng thực vào đầu giờ sáng.",
    "Nhà vệ sinh cần dọn thường xuyên hơn.",
)
KINDS = ("suggestion", "report", "petition", "")
ANSWERS = (
    "Cảm ơn Ông/Bà đã góp ý. Trung tâm đã khắc phục trong tuần này.",
    "Trung tâm xin tiếp thu, đã nhắc bộ phận liên quan và sẽ kiểm tra lại vào cuối tháng.",
    "Trung tâm xin lỗi vì sự bất tiện. Cán bộ đã liên hệ và hướng dẫn đầy đủ cho Ông/Bà.",
    "Trung tâm đã đưa việc này vào kế hoạch quý sau và sẽ niêm yết kết quả tại sảnh.",
)
CHANGE = "Đã làm theo góp ý này, niêm yết tại sảnh."
TASKS = (
    "Rà soát hồ sơ chờ bổ sung quá 10 ngày và gọi điện cho người nộp.",
    "Soạn tờ hướng dẫn một trang cho thủ tục hay phải bổ sung nhất.",
    "Tổng hợp hồ sơ chưa số hóa của tháng trước.",
    "Kiểm tra biểu mẫu ở bàn viết, thay các mẫu đã hết hiệu lực.",
    "Đối chiếu kết quả chưa có người nhận, lập danh sách nhắc.",
)
REPORTED = "Đã làm xong, kết quả để trong thư mục chung của bộ phận."
NOTES = (
    ("praise", "Bình tĩnh, tận tình với người cao tuổi trong buổi sáng đông khách."),
    ("training", "Dự lớp tập huấn phần mềm hộ tịch vào tuần tới."),
    ("praise", "Chủ động hỗ trợ quầy bên cạnh khi đông người."),
    ("correction", "Nhớ ghi lý do khi tạm dừng quầy quá mười phút."),
)
NOTE_ANSWER = "Tôi đã đọc, xin cảm ơn và sẽ thực hiện."
PRESENCE = "Đi họp giao ban tại Ủy ban, hệ thống ghi là tạm nghỉ."
CONFIRMED = "Đã xem: máy của cán bộ gửi, để riêng."
RELEASED = "Đã hỏi lại người dân: đúng là lượt của họ."
