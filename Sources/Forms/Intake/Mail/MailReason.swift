/// Why a message ended in its state: who sent it, when, and what was in it.
enum MailReason {
  static let empty = LocalizedText(zh: "邮件，没有附件", en: "a mail with nothing attached")

  static func holding(_ count: Int, _ message: MailMessage) -> LocalizedText {
    let day = message.received?.day
    return LocalizedText(
      zh: "邮件\(day.map { "（\($0)收到）" } ?? "")，内含\(count)个文件，逐一列出",
      en: "a mail\(day.map { " (received on \($0))" } ?? "") of \(count) file(s), each listed")
  }

  static func notice(_ notice: MailMessage.Notice) -> LocalizedText {
    switch notice {
    case .readReceipt: LocalizedText(zh: "已读回执", en: "a read receipt")
    case .undelivered:
      LocalizedText(
        zh: "退信：我方发出的邮件没有送达，请核对收件地址", en: "a message of ours was not delivered; check the address")
    }
  }
}
