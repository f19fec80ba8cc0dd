/// Attachments that are none: the mailer put the file on a server, and the message has a link to it.
struct MailLinks {
  /// What people call the service, and the names of the files as far as the message tells them.
  struct Link: Equatable {
    var service: String
    var names: [String]
  }

  private let services: [DocumentWords.LinkService]

  init(_ services: [DocumentWords.LinkService]) { self.services = services }

  /// The links of a message.
  ///
  /// - Parameter quoted: Whether what is quoted counts too: in an answer it may be the office's own.
  func links(of message: MailMessage, quoted: Bool) -> [Link] {
    let pages = message.pages.map { page in
      Array((quoted ? page : MailContainer.withoutQuotation(page)).prefix(Self.longestText))
    }
    let text = Array(
      (quoted ? message.text : Self.withoutQuotation(message.text)).utf8.prefix(Self.longestText))
    let places = (pages + [text]).filter { $0.firstRange(ofASCII: "http") != nil }
    guard !places.isEmpty else { return [] }
    var texts = pages.map { HTMLText($0).text }
    texts.append(String(decoding: text, as: UTF8.self))
    var found: [Link] = []
    for service in services {
      let isThere = service.marks.contains { mark in places.contains { $0.firstRange(ofASCII: mark) != nil } }
      guard isThere else { continue }
      var names: [String] = []
      for text in texts {
        for name in Self.fileNames(in: text) where !names.contains(name) && names.count < Self.mostNames {
          names.append(name)
        }
      }
      found.append(Link(service: service.name, names: names))
    }
    // A mailer of two names has one set of files.
    return Array(found.prefix(1))
  }

  /// Bytes of a text that are looked at.
  private static let longestText = 256 << 10
  private static let mostNames = 20
  private static let endings = [
    "xlsx", "xls", "xlsm", "et", "docx", "doc", "wps", "zip", "rar", "7z", "csv", "ods", "pdf", "ofd", "pptx",
    "ppt", "mp4",
    "mov", "jpg", "png",
  ]

  /// Whether a name is that of pictures, films or slides.
  static func isNoForm(_ name: String) -> Bool {
    ["pptx", "ppt", "mp4", "mov", "jpg", "png"].contains { name.lowercased().hasSuffix("." + $0) }
  }

  /// Words that end like files.
  private static func fileNames(in text: String) -> [String] {
    text.split { $0.isWhitespace || "<>\"'/\\:;,，；：|*?".contains($0) }.compactMap { word in
      guard let dot = word.lastIndex(of: "."), dot != word.startIndex else { return nil }
      let ending = word[word.index(after: dot)...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
      guard endings.contains(ending.lowercased()) else { return nil }
      return String(word[..<ending.endIndex]).onOneLine
    }
  }

  /// A text up to the first line that quotes.
  private static func withoutQuotation(_ text: String) -> String {
    var own = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let start = line.drop { $0.isWhitespace || $0 == "-" }
      if line.hasPrefix(">") || start.hasPrefix("原始邮件") || start.lowercased().hasPrefix("original message") {
        break
      }
      own += line + "\n"
    }
    return own
  }

  /// The text of a page without its tags.
  private struct HTMLText {
    let text: String

    init(_ page: [UInt8]) {
      var bytes: [UInt8] = []
      var isTag = false
      for byte in page {
        if byte == UInt8(ascii: "<") {
          isTag = true
          bytes.append(0x20)
        } else if byte == UInt8(ascii: ">") {
          isTag = false
        } else if !isTag {
          bytes.append(byte)
        }
      }
      text = TextDecoding.text(of: bytes[...]) ?? ""
    }
  }
}
