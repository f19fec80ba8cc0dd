/// Reads files again by the names under which a report shows them, those inside archives too.
struct SourceFiles {
  let limits: IntakeLimits
  let allowsManyFiles: Bool

  /// Calls a closure with the bytes of each wanted file that can still be read, in the order of the run.
  ///
  /// - Throws: ``FormsError`` for a path that is not there, and whatever the closure throws.
  func forEach(
    _ wanted: Set<String>, in paths: [String],
    _ body: (_ file: String, _ bytes: [UInt8], _ format: FileFormat) throws -> Void
  ) throws {
    var walker = InboxWalker(limits: limits, allowsManyFiles: allowsManyFiles)
    let byContainer = Self.byContainer(wanted)
    for file in try walker.list(paths) {
      let isWanted = wanted.contains(file.shown)
      let inside = byContainer[file.shown] ?? []
      guard isWanted || !inside.isEmpty else { continue }
      let inflater = ZipInflater(limits: limits)
      guard let bytes = try? FileLoader.bytes(at: file.path, limit: limits.fileSize) else {
        if let mailbox = MailboxContainer.onDisk(file.path, limits: limits) {
          try descend(mailbox, shown: file.shown, wanted: inside, inflater, body)
        }
        continue
      }
      try visit(bytes, shown: file.shown, isWanted: isWanted, inside: inside, inflater, body)
    }
  }

  /// The files inside each container: `收件/全部.zip!/a.zip!/沁阳.xlsx` is in `收件/全部.zip` and in `收件/全部.zip!/a.zip`.
  private static func byContainer(_ wanted: Set<String>) -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    for file in wanted {
      for mark in file.ranges(of: "!/") { result[String(file[..<mark.lowerBound]), default: []].insert(file) }
    }
    return result
  }

  private func visit(
    _ bytes: [UInt8], shown: String, isWanted: Bool, inside: Set<String>, _ inflater: ZipInflater,
    _ body: (String, [UInt8], FileFormat) throws -> Void
  ) throws {
    let format = FileSniffer.format(of: bytes, limits: limits)
    if isWanted { try body(shown, bytes, format) }
    guard !inside.isEmpty, let container = try? container(bytes, format, inflater) else { return }
    try descend(container, shown: shown, wanted: inside, inflater, body)
  }

  private func container(
    _ bytes: [UInt8], _ format: FileFormat, _ inflater: ZipInflater
  ) throws(IntakeProblem) -> (any FileContainer)? {
    switch format {
    case .zip: try ZipContainer(bytes, inflater: inflater)
    case .rar, .sevenZip, .tar: PackedContainer(bytes, inflater: inflater)
    case .mail: MailContainer(message: MailMessage(bytes))
    case .mbox: MailboxContainer(bytes, limits: limits)
    default: nil
    }
  }

  private func descend(
    _ container: any FileContainer, shown: String, wanted: Set<String>, _ inflater: ZipInflater,
    _ body: (String, [UInt8], FileFormat) throws -> Void
  ) throws {
    do {
      try container.forEach { file in
        let path = "\(shown)!/\(file.name)"
        let inside = wanted.filter { $0.hasPrefix(path + "!/") }
        let isWanted = wanted.contains(path)
        guard isWanted || !inside.isEmpty else { return }
        switch file.content {
        case .message(let message):
          try descend(MailContainer(message: message), shown: path, wanted: inside, inflater, body)
        case .bytes(let content):
          guard let bytes = try? content() else { return }
          try visit(bytes, shown: path, isWanted: isWanted, inside: inside, inflater, body)
        }
      }
    } catch is IntakeProblem {
      // What could be read of a damaged container was.
    }
  }
}
