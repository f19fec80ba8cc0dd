/// Why a message ended in its state: who sent it, when, and what was in it.
enum MailReason {
  static let empty = LocalizedText(zh: "邮件，没有附件", en: "a mail with nothing attached")

  /// - Parameter leftOut: Pictures of the text, cards and signatures that are not listed.
  static func holding(_ count: Int, leftOut: Int, _ message: MailMessage) -> LocalizedText {
    let day = message.received?.day
    let rest = leftOut > 0
    return LocalizedText(
      zh: "邮件\(day.map { "（\($0)收到）" } ?? "")，内含\(count)个文件，逐一列出\(rest ? "；另有正文图片、签名、名片等\(leftOut)个不列" : "")",
      en:
        "a mail\(day.map { " (received on \($0))" } ?? "") of \(count) file(s), each listed\(rest ? "; \(leftOut) picture(s), card(s) or signature(s) are not" : "")"
    )
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
