import XLSX

/// Attachments out of `winmail.dat`, in which Outlook wraps them for servers of its own kind ([MS-OXTNEF]).
enum TNEFReader {
  /// Messages inside one another.
  private static let depthLimit = 10

  /// The attachments; `nil` for bytes that are none of that format.
  static func attachments(of bytes: [UInt8]) -> [MailMessage.Attachment]? {
    message(of: bytes[...], depth: 0)?.attachments
  }

  /// The message; `nil` for bytes that are none of that format.
  static func message(of bytes: ArraySlice<UInt8>, depth: Int = 0) -> MailMessage? {
    let reader = ByteReader(bytes)
    guard reader.uint32(at: 0) == 0x223E_9F78, depth < depthLimit else { return nil }
    var message = MailMessage()
    var codePage: Int?
    // Level, id, length, content, checksum (2.1.3.1).
    var position = 6
    while let level = reader.slice(at: position, count: 1)?.first, let id = reader.uint32(at: position + 1),
      let length = reader.uint32(at: position + 5),
      let content = reader.slice(at: position + 9, count: length)
    {
      position += 9 + length + 2
      let last = message.attachments.indices.last
      switch (level, id) {
      case (1, 0x0006_9007): codePage = ByteReader(content).uint32(at: 0)
      case (1, 0x0001_8004): message.subject = MAPIText.narrow(content, codePage: codePage)
      case (1, 0x0006_9003):
        if let page = page(MAPIProperties.values(content)) { message.pages.append(page) }
      case (2, 0x0006_9002): message.attachments.append(.init(name: "", content: .bytes([])))
      case (2, 0x0001_8010):
        guard let last, message.attachments[last].name.isEmpty else { continue }
        message.attachments[last].name = MAPIText.narrow(content, codePage: codePage)
      case (2, 0x0006_800F):
        if let last { message.attachments[last].content = .bytes(Array(content)) }
      case (2, 0x0006_9005):
        if let last {
          describe(&message.attachments[last], MAPIProperties.values(content), codePage, depth: depth)
        }
      default: break
      }
    }
    return message
  }

  /// What the properties of an attachment say beyond its short name: the long one, a message in place of bytes.
  private static func describe(
    _ attachment: inout MailMessage.Attachment, _ values: [Int: (type: Int, content: ArraySlice<UInt8>)],
    _ codePage: Int?, depth: Int
  ) {
    if let (type, content) = values[0x3707] {
      attachment.name =
        type == 0x1F ? MAPIText.unicode(content) : MAPIText.narrow(content, codePage: codePage)
    }
    // An object: the id of its interface, then for a message TNEF again.
    if let (type, content) = values[0x3701], type == 0x0D, content.count > 16,
      let inner = message(of: content.dropFirst(16), depth: depth + 1)
    {
      attachment.name = ""
      attachment.content = .message(inner)
    }
  }

  private static func page(_ values: [Int: (type: Int, content: ArraySlice<UInt8>)]) -> [UInt8]? {
    if let page = values[0x1013]?.content, !page.isEmpty { return Array(page) }
    return values[0x1009].flatMap { CompressedRTF.unpacked($0.content) }.flatMap {
      EncapsulatedHTML.page(of: $0)
    }
  }
}
