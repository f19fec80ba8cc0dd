import XLSX

/// Reads messages as Outlook saves them: a compound file with a stream for each property ([MS-OXMSG]).
struct MsgReader {
  /// Messages within messages, and what is attached to all of them.
  private static let depthLimit = 20
  private static let partLimit = 1_000

  private let file: CompoundFile
  private let size: Int
  private var partCount = 0
  /// Bytes of what is attached: in an honest file no more than the file has.
  private var attachedSize = 0

  /// The message of a file; `nil` for bytes that are no compound file.
  static func message(_ bytes: [UInt8]) -> MailMessage? {
    guard let file = CompoundFile(bytes) else { return nil }
    var reader = MsgReader(file: file, size: bytes.count)
    // The header of the properties has 32 bytes at the top, 24 in a message within another (2.4.1).
    return reader.read(MsgProperties(file, in: nil, header: 32), depth: 0)
  }

  private init(file: CompoundFile, size: Int) {
    self.file = file
    self.size = size
  }

  private mutating func read(_ properties: MsgProperties, depth: Int) -> MailMessage {
    var message = MailMessage()
    message.subject = properties.text(0x0037) ?? ""
    let addresses = [0x5D01, 0x0C1F, 0x0065].compactMap { properties.text($0) }
    let address = addresses.first { $0.contains("@") } ?? ""
    message.sender = "\(properties.text(0x0C1A) ?? properties.text(0x0042) ?? "") <\(address)>"
    message.received = received(properties)
    message.notice = Self.notice(properties.text(0x001A) ?? "")
    message.text = properties.text(0x1000) ?? ""
    if let page = page(properties) { message.pages.append(page) }
    for node in properties.nodes
    where node.isStorage && node.name.lowercased().hasPrefix("__attach_version1.0_") {
      partCount += 1
      guard partCount <= Self.partLimit, depth < Self.depthLimit else {
        message.isCutShort = true
        break
      }
      attach(MsgProperties(file, in: node, header: 8), to: &message, depth: depth)
    }
    return message
  }

  /// The last server's time where the header of the message came along, else when it was delivered, else when it was sent.
  private func received(_ properties: MsgProperties) -> MailDate? {
    let header = properties.text(0x007D).map { MailHeader.split(Array($0.utf8)[...]).header }
    return header?.texts("received").lazy.compactMap(MailDate.init).first ?? properties.time(0x0E06)
      ?? properties.time(0x0039) ?? header?.text("date").flatMap(MailDate.init)
  }

  private static func notice(_ kind: String) -> MailMessage.Notice? {
    let kind = kind.uppercased()
    guard kind.hasPrefix("REPORT.") else { return nil }
    return kind.hasSuffix(".NDR") ? .undelivered : .readReceipt
  }

  /// The text as a page of HTML: as it is stored, or out of the RTF into which Outlook wraps it.
  private func page(_ properties: MsgProperties) -> [UInt8]? {
    if let page = properties.bytes(0x1013), !page.isEmpty { return page }
    guard let packed = properties.bytes(0x1009), let text = CompressedRTF.unpacked(packed[...]) else {
      return nil
    }
    return EncapsulatedHTML.page(of: text)
  }

  private mutating func attach(_ properties: MsgProperties, to message: inout MailMessage, depth: Int) {
    let name = properties.text(0x3707) ?? properties.text(0x3704) ?? properties.text(0x3001) ?? ""
    if let inner = properties.node(0x3701, type: 0x0D), inner.isStorage {
      // A message; an object of another program has no properties of its own.
      let properties = MsgProperties(file, in: inner, header: 24)
      guard properties.isThere else { return }
      message.attachments.append(.init(name: "", content: .message(read(properties, depth: depth + 1))))
      return
    }
    guard let stream = properties.node(0x3701, type: 0x102) else { return }
    attachedSize += min(stream.size, size)
    guard attachedSize <= size else {
      message.isCutShort = true
      return
    }
    let bytes = file.content(of: stream)
    if let inner = TNEFReader.attachments(of: bytes) {
      message.attachments += inner
      return
    }
    let kind = properties.text(0x370E)?.lowercased() ?? ""
    message.attachments.append(
      .init(
        name: name, content: .bytes(bytes), identifier: properties.text(0x3712),
        isPicture: kind.hasPrefix("image/") || FileSniffer.isImage(bytes)))
  }
}

/// The properties of a message or of an attachment: texts and bytes in streams of their own, numbers and times in one.
struct MsgProperties {
  let nodes: [CompoundFile.Node]
  private let file: CompoundFile
  private let fixed: [UInt8]
  private let header: Int

  /// - Parameter header: Bytes of the stream with the numbers that stand in front of them.
  init(_ file: CompoundFile, in storage: CompoundFile.Node?, header: Int) {
    self.file = file
    self.header = header
    nodes = file.children(of: storage)
    fixed =
      nodes.first { $0.name.lowercased() == "__properties_version1.0" }.map { file.content(of: $0) } ?? []
  }

  var isThere: Bool { !fixed.isEmpty }

  func node(_ id: Int, type: Int) -> CompoundFile.Node? {
    func hexadecimal(_ number: Int) -> String {
      let digits = String(number, radix: 16)
      return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
    let name = "__substg1.0_" + hexadecimal(id) + hexadecimal(type)
    return nodes.first { $0.name.lowercased() == name }
  }

  func bytes(_ id: Int) -> [UInt8]? { node(id, type: 0x102).map { file.content(of: $0) } }

  /// A text in UTF-16, or in the message's code page.
  func text(_ id: Int) -> String? {
    if let node = node(id, type: 0x1F) { return MAPIText.unicode(file.content(of: node)[...]) }
    return node(id, type: 0x1E).map { MAPIText.narrow(file.content(of: $0)[...], codePage: number(0x3FFD)) }
  }

  func time(_ id: Int) -> MailDate? {
    value(id, type: 0x40).flatMap { entry in
      guard let low = entry.uint32(at: 8), let high = entry.uint32(at: 12) else { return nil }
      return MailDate(fileTime: UInt64(high) << 32 | UInt64(low))
    }
  }

  private func number(_ id: Int) -> Int? { value(id, type: 3)?.uint32(at: 8) }

  /// An entry of 16 bytes: type, id, flags, value ([MS-OXMSG] 2.4.2).
  private func value(_ id: Int, type: Int) -> ByteReader? {
    let reader = ByteReader(fixed)
    var position = header
    while let entry = reader.slice(at: position, count: 16).map({ ByteReader($0) }) {
      if entry.uint16(at: 0) == type, entry.uint16(at: 2) == id { return entry }
      position += 16
    }
    return nil
  }
}
