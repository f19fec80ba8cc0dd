extension SharedStrings {
  /// Reads a shared strings part. Its counts are hints that lie, and are not looked at.
  ///
  /// libxml2 reads what stands around the items. Items that are one plain text are the byte scanner's; any other, such as
  /// rich text, is handed to libxml2 as it stands, and so is everything from the first byte that is not plain.
  ///
  /// - Parameter usesScanner: Without it libxml2 reads everything: the reference that the scanner is held against.
  static func read(_ package: Package, part: String, usesScanner: Bool = true) throws -> SharedStrings {
    let strings = SharedStrings()
    let walker = XMLWalker(part: part) { element, path in
      switch path.count {
      case 0: .enter
      case 1: element.name == "si" ? .collect : .skip
      default: .skip
      }
    } collected: { element, _ in
      strings.append(RichTextReader.read(element))
    }
    let parser = try XMLPushParser(part: part, limits: package.limits, handler: walker)
    var reader = SharedStringsReader(
      strings: strings, parser: parser, walker: walker, chunks: ChunkPipeline(reader: try package.open(part)))
    do {
      try reader.read(usesScanner: usesScanner)
    } catch var error as XLSXError {
      if error.part == nil { error.part = part }
      throw error
    }
    return strings
  }
}

/// Leads the bytes of a shared strings part to the scanner or to libxml2.
private struct SharedStringsReader: ~Copyable {
  let strings: SharedStrings
  let parser: XMLPushParser
  let walker: XMLWalker
  let chunks: ChunkPipeline
  private var window = ScanWindow()

  init(strings: SharedStrings, parser: XMLPushParser, walker: XMLWalker, chunks: ChunkPipeline) {
    self.strings = strings
    self.parser = parser
    self.walker = walker
    self.chunks = chunks
  }

  mutating func read(usesScanner: Bool) throws {
    try window.refill(from: chunks)
    if usesScanner, try readProlog() { try readItems() }
    while true {
      try feed(window.count)
      if window.isLast { break }
      try window.refill(from: chunks)
    }
    try parser.finish()
  }

  /// Hands libxml2 the start of the part up to the first item; whether the scanner may go on.
  private mutating func readProlog() throws -> Bool {
    var prolog = PlainProlog(tag: "<si")
    guard case .found(let start, _) = prolog.look(at: window.bytes) else { return false }
    try feed(start)
    parser.hasSkipped = true
    return walker.depth == 1
  }

  private mutating func readItems() throws {
    var isPlain = true
    while true {
      let outcome = window.scan { buffer, position in
        strings.withStorage { SharedStringScanner.scan(buffer, from: &position, into: &$0, ends: &$1) }
      }
      switch outcome {
      case .more:
        if window.count > ScanWindow.largestToken { return }
        try window.refill(from: chunks)
      case .item(let length):
        isPlain = false
        let count = strings.count
        try feed(length)
        // libxml2 must have seen the item whole, or the order of the items would be lost.
        guard strings.count == count + 1, walker.depth == 1 else {
          throw XLSXError(
            .malformedPart, "The shared strings are damaged; save the workbook again in Excel or WPS.")
        }
      case .ended:
        strings.isPlain = isPlain
        return
      case .notPlain:
        return
      }
    }
  }

  private mutating func feed(_ count: Int) throws {
    try parser.feed(UnsafeRawBufferPointer(rebasing: window.bytes[..<count]))
    window.drop(count)
  }
}
