/// Reads messages as servers and mailers store them: .eml (RFC 5322, RFC 2045–2049), .emlx of Apple Mail.
struct MIMEReader {
  /// Parts within parts; mailers write three or four.
  private static let depthLimit = 20
  /// Parts of a message, those of messages inside it too.
  private static let partLimit = 1_000

  private var message = MailMessage()
  private var partCount = 0

  static func message(_ bytes: ArraySlice<UInt8>) -> MailMessage {
    var reader = MIMEReader()
    return reader.read(MailSignature.withoutFrame(bytes), depth: 0)
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>, depth: Int) -> MailMessage {
    let outer = message
    defer { message = outer }
    let (header, body) = MailHeader.split(bytes)
    message = MailMessage(
      subject: header.text("subject") ?? "", sender: header.text("from") ?? header.text("sender") ?? "",
      // Each server adds its line on top, so the first one is the last server's.
      received: header.texts("received").lazy.compactMap(MailDate.init).first
        ?? header.text("date").flatMap(MailDate.init))
    readPart(header, body, depth: depth)
    return message
  }

  private mutating func readPart(_ header: MailHeader, _ body: ArraySlice<UInt8>, depth: Int) {
    partCount += 1
    guard partCount <= Self.partLimit, depth <= Self.depthLimit else {
      message.isCutShort = true
      return
    }
    let type = header.parameterized("content-type")
    let kind = type?.value ?? "text/plain"
    if kind == "multipart/report" { message.notice = Self.notice(type?["report-type"], body) }
    if kind == "multipart/encrypted" {
      message.attachments.append(.init(name: "", content: .missing(.sealedMail)))
      return
    }
    if kind.hasPrefix("multipart/"), let boundary = Self.boundary(type?["boundary"], body) {
      for part in Self.parts(of: body, boundary: boundary) {
        let (header, body) = MailHeader.split(part)
        readPart(header, body, depth: depth + 1)
      }
      return
    }
    let disposition = header.parameterized("content-disposition")
    let encoding = header.text("content-transfer-encoding") ?? ""
    var name = Self.better(disposition?["filename"], type?["name"])
    if name.isEmpty, let described = header.text("content-description"), described.contains(".") {
      name = described
    }
    if kind == "message/rfc822" || kind == "message/global" {
      let content = TransferEncoding.decoded(body, encoding)
      let inner = read(content[...], depth: depth + 1)
      message.attachments.append(.init(name: name, content: .message(inner)))
      return
    }
    let isAttached = !name.isEmpty || disposition?.value == "attachment" || !kind.hasPrefix("text/")
    guard isAttached, !kind.hasPrefix("multipart/") else {
      readText(kind, charset: type?["charset"], TransferEncoding.decoded(body, encoding))
      return
    }
    if let problem = Self.problem(of: kind) {
      message.attachments.append(.init(name: name, content: .missing(problem)))
      return
    }
    guard !kind.hasPrefix("message/"), !Self.isOfTheMailer(kind) else { return }
    if kind == "application/ms-tnef" || name.lowercased() == "winmail.dat" {
      if let inner = TNEFReader.message(of: TransferEncoding.decoded(body, encoding)[...]) {
        message.attachments += inner.attachments
        message.pages += inner.pages
        return
      }
    }
    let identifier = header.text("content-id").map { $0.filter { $0 != "<" && $0 != ">" } }
    message.attachments.append(
      .init(
        name: name, content: .encoded(body, encoding),
        identifier: identifier.flatMap { $0.isEmpty ? nil : $0 },
        isPicture: kind.hasPrefix("image/")))
  }

  private mutating func readText(_ kind: String, charset: String?, _ content: [UInt8]) {
    guard kind == "text/html" else {
      if kind.hasPrefix("text/") { message.text += MailText.text(content[...], charset: charset) + "\n" }
      return
    }
    // A page tells its own character set, or is in UTF-8 or GB18030, as any file; others are turned into UTF-8.
    let isOther = charset.map { MailText.isForeign($0) } ?? false
    message.pages.append(isOther ? Array(MailText.text(content[...], charset: charset).utf8) : content)
  }

  /// Of the two places where mailers write a name, the one in which no character got lost.
  private static func better(_ first: String?, _ second: String?) -> String {
    func lost(_ name: String) -> Int { name.count { $0 == "\u{FFFD}" || $0 == "?" } }
    guard let first, !first.isEmpty else { return second ?? "" }
    guard let second, !second.isEmpty else { return first }
    return lost(second) < lost(first) ? second : first
  }

  /// What a report of a program tells (RFC 3462): that a message was read (RFC 8098) or that it did not arrive (RFC 3464).
  private static func notice(_ type: String?, _ body: ArraySlice<UInt8>) -> MailMessage.Notice? {
    switch type?.lowercased() {
    case "disposition-notification": .readReceipt
    case "delivery-status": .undelivered
    default: nil
    }
  }

  /// Why there is nothing behind a part: it is sealed, was deleted, is a piece of a message or only points to a place.
  private static func problem(of kind: String) -> IntakeProblem? {
    switch kind {
    case "application/pkcs7-mime", "application/x-pkcs7-mime": .sealedMail
    case "text/x-moz-deleted":
      IntakeProblem(zh: "附件已从邮件中删除，请单位重发", en: "it was deleted from the mail; ask for it again")
    case "message/partial", "message/external-body":
      IntakeProblem(
        zh: "邮件被拆成几封发送或附件不在邮件里，请单位重发", en: "the mail is one of several pieces; ask for it again")
    default: nil
    }
  }

  /// Signatures and receipts that programs add, no files of people.
  private static func isOfTheMailer(_ kind: String) -> Bool {
    [
      "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
      "text/calendar", "text/x-vcard", "text/vcard",
    ]
    .contains(kind)
  }

  /// The boundary that the header names; where it names none, the first line that looks like one.
  private static func boundary(_ named: String?, _ body: ArraySlice<UInt8>) -> [UInt8]? {
    if let named, !named.isEmpty { return Array(named.utf8) }
    for line in body.prefix(4_096).split(separator: 0x0A) where line.starts(with: [0x2D, 0x2D]) {
      let mark = line.dropFirst(2).filter { $0 > 0x20 }
      if mark.count >= 8 { return mark }
    }
    return nil
  }

  /// The parts between lines `--boundary`, up to `--boundary--` or the end (RFC 2046, 5.1.1).
  private static func parts(of body: ArraySlice<UInt8>, boundary: [UInt8]) -> [ArraySlice<UInt8>] {
    let mark = [0x2D, 0x2D] + boundary
    var result: [ArraySlice<UInt8>] = []
    var start: Int?
    var index = body.startIndex
    while index < body.endIndex {
      let end = body.endOfLine(from: index)
      if body[index] == 0x2D, body[index..<end].starts(with: mark) {
        let rest = body[index..<end].dropFirst(mark.count)
        let isLast = rest.starts(with: [0x2D, 0x2D])
        if isLast || rest.allSatisfy({ $0 <= 0x20 }) {
          if let start { result.append(withoutLastBreak(body[start..<index])) }
          start = end
          if isLast { return result }
        }
      }
      index = end
    }
    if let start, start < body.endIndex { result.append(body[start...]) }
    return result
  }

  /// The line break before a boundary belongs to the boundary.
  private static func withoutLastBreak(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard part.last == 0x0A else { return part }
    return part.dropLast().last == 0x0D ? part.dropLast(2) : part.dropLast()
  }
}
