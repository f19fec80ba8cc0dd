/// What is attached to a message, its text where a table stands in it, and the pictures in the text.
struct MailContainer: FileContainer {
  let message: MailMessage

  /// How many cards, signatures and pieces of text hang on the message that no person attached.
  var leftOut: Int { message.attachments.count { Self.isOfTheMailer($0.name) } }

  func forEach(_ body: (ContainedFile) throws -> Void) throws {
    var names = UniqueNames()
    let pages = message.pages.map { PastedPage($0) }
    var pictures: [ContainedFile] = []
    for attachment in message.attachments {
      if Self.isOfTheMailer(attachment.name) { continue }
      if case .message(let inner) = attachment.content {
        try body(
          ContainedFile(name: names.name(Self.name(of: inner, named: attachment.name)), message: inner))
        continue
      }
      let name = attachment.name.isEmpty ? Self.unnamed : Self.safe(attachment.name)
      var file = ContainedFile(name: names.name(name)) { try attachment.bytes() }
      if let id = attachment.identifier, attachment.isPicture, pages.contains(where: { $0.shows(id) }) {
        file.role = .picture
        pictures.append(file)
      } else {
        try body(file)
      }
    }
    for page in pages where page.hasTable {
      if let own = page.beforeQuotation {
        var file = ContainedFile(name: names.name("正文.html")) { own }
        file.role = .text
        try body(file)
      }
      let name = page.beforeQuotation == nil ? "正文.html" : "正文（含引用的邮件）.html"
      var file = ContainedFile(name: names.name(name)) { page.bytes }
      file.role = .text
      try body(file)
    }
    for picture in pictures { try body(picture) }
  }

  /// A page up to what it quotes.
  static func withoutQuotation(_ page: [UInt8]) -> [UInt8] { PastedPage(page).own }

  /// How a message is called that has no file of its own.
  static func name(of message: MailMessage, named name: String = "") -> String {
    let subject = String(safe(message.subject.replacing("/", with: "／")).prefix(60)).trimmingSpaces
    let name = name.isEmpty ? subject.isEmpty ? "邮件" : subject : safe(name)
    let ending = name.suffix(4).lowercased()
    return ending == ".eml" || ending == ".msg" ? name : name + ".eml"
  }

  private static let unnamed = "未命名附件"

  /// The name without the folders that old mailers left in front of it.
  private static func safe(_ name: String) -> String {
    let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
    return last == "." || last == ".." ? "" : last.onOneLine.trimmingSpaces
  }

  /// Pieces of text that servers hang onto a message between its attachments (Exchange: ATT00001.txt), signatures and cards.
  private static func isOfTheMailer(_ name: String) -> Bool {
    let name = name.lowercased()
    if name.hasPrefix("att"), let dot = name.lastIndex(of: "."),
      ["txt", "htm", "html", "c", "dat", "bin"].contains(name[name.index(after: dot)...])
    {
      let number = name[name.index(name.startIndex, offsetBy: 3)..<dot]
      if number.count >= 4, number.allSatisfy({ $0.isASCII && $0.isNumber }) { return true }
    }
    return [".p7s", ".vcf", ".ics", ".asc"].contains { name.hasSuffix($0) } || name == "signature.sig"
  }
}

/// A page of HTML as a message carries it: above a quotation of earlier messages stands what the sender wrote himself.
private struct PastedPage {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var hasTable: Bool { bytes.firstRange(ofASCII: "<table") != nil }

  /// What stands above the first mark of a quotation, if a table is there; `nil` where nothing is quoted.
  var beforeQuotation: [UInt8]? {
    let own = own
    return own.count == bytes.count || own.firstRange(ofASCII: "<table") == nil ? nil : own
  }

  var own: [UInt8] {
    let end = Self.marks.compactMap { bytes.firstRange(ofASCII: $0)?.lowerBound }.min()
    return end.map { Array(bytes[..<$0]) } ?? bytes
  }

  /// How mailers set off what they quote: QQ邮箱 and Foxmail, 网易 (163), Outlook, Gmail, Thunderbird and Apple Mail.
  private static let marks = [
    "<blockquote", "<includetail", "id=\"isreplycontent\"", "id=\"isforwardcontent\"", "id=\"divrplyfwdmsg\"",
    "id=\"appendonsend\"", "class=\"gmail_quote", "class=\"moz-cite-prefix", "class=\"moz-forward-container",
    "class=\"foxdiv", "-----original message-----", "---------- forwarded message", "name=\"_mailoriginal\"",
  ]

  /// Whether the page shows the picture of a `Content-ID`.
  func shows(_ id: String) -> Bool { bytes.firstRange(ofASCII: "cid:" + id) != nil }
}

extension [UInt8] {
  /// Where a text of ASCII characters first stands, capitals or not.
  ///
  /// - Complexity: O(bytes × length of the text) at worst
  func firstRange(ofASCII text: String) -> Range<Int>? {
    let wanted = text.utf8.map { Self.folded($0) }
    guard let first = wanted.first, count >= wanted.count else { return nil }
    return withUnsafeBufferPointer { bytes in
      var start = 0
      let last = bytes.count - wanted.count
      while start <= last {
        if Self.folded(bytes[start]) == first,
          wanted.indices.allSatisfy({ Self.folded(bytes[start + $0]) == wanted[$0] })
        {
          return start..<(start + wanted.count)
        }
        start += 1
      }
      return nil
    }
  }

  private static func folded(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }
}
