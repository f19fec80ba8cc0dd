/// The shared strings of a workbook being written: every text once (ECMA-376 Part 1, 18.4.9).
///
/// Texts are the same when their bytes are. Swift's `==` calls a letter with a combining accent equal to the composed
/// letter, and would put one in place of the other.
struct SharedStringTable: ~Copyable {
  /// Cells that refer to the table.
  private var references = 0
  private var count = 0
  private var texts = ByteInterner()
  /// The table's index for each text of ``texts``, while they differ: rich texts stand between them.
  private var indices: [UInt32] = []
  /// Rich texts, by the XML they are written as, with their index.
  private var rich: [[UInt8]: Int] = [:]
  /// The items so far, or the last of them.
  private var items = ByteBuffer(capacity: 1 << 12)
  private var stream: PartStream?
  private let byteLimit: Int
  /// Whether all texts go into their cells, rich ones too.
  private let isInCells: Bool
  /// What cells whose formulas spill refer to (`cm`).
  let dynamicArrayIndex: Int
  /// Whether a formula that spills was written, the one thing besides texts for which cells need a part that all share.
  var hasDynamicArrays = false

  /// - Parameter byteLimit: Bytes of text from which on no new text is taken.
  init(byteLimit: Int = .max) {
    self.byteLimit = byteLimit
    isInCells = false
    dynamicArrayIndex = 1
  }

  /// A table that takes nothing: texts go into their cells, so that the shared strings of a file stay as they are.
  init(inCells dynamicArrayIndex: Int) {
    byteLimit = 0
    isInCells = true
    self.dynamicArrayIndex = dynamicArrayIndex
  }

  var isEmpty: Bool { count == 0 }

  /// Whether ``handOver(spillFolder:)`` has something to do.
  var isFull: Bool { items.count >= (stream == nil ? 4 << 20 : PartStream.batchSize) }

  /// Deflates the items so far.
  mutating func handOver(spillFolder: String?) throws(XLSXError) {
    if let stream { return try stream.write(&items) }
    let stream = PartStream(spillFolder: spillFolder)
    self.stream = stream
    var head = ByteBuffer()
    // How many there will be is not known yet; both counts are optional.
    Self.appendStart(count: nil, to: &head)
    try stream.write(&head)
    try stream.write(&items)
  }

  /// The index of a text, which is added if it is new; `nil` if it is new and the table takes no more.
  mutating func index(of text: String) -> Int? {
    var copy = text
    return copy.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      let hash = ByteInterner.hash(bytes)
      return find(bytes, hash) ?? add(bytes, hash)
    }
  }

  /// The index of a text that the table has.
  @inline(__always)
  mutating func find(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64) -> Int? {
    guard let place = texts.find(bytes, hash) else { return nil }
    references &+= 1
    return Int(indices[place])
  }

  /// Adds a text that the table does not have, if there is room.
  mutating func add(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64) -> Int? {
    guard texts.storedBytes < byteLimit, count < Int(Int32.max) else { return nil }
    references &+= 1
    texts.insert(bytes, hash)
    items.append("<si><t")
    if let first = bytes.first, let last = bytes.last, first <= 0x20 || last <= 0x20 {
      items.append(" xml:space=\"preserve\"")
    }
    items.append(UInt8(ascii: ">"))
    items.append(text: bytes.assumingMemoryBound(to: UInt8.self))
    items.append("</t></si>")
    indices.append(UInt32(truncatingIfNeeded: count))
    count += 1
    return count - 1
  }

  mutating func index(of text: RichText) -> Int? {
    if isInCells { return nil }
    references &+= 1
    var item = ByteBuffer(capacity: 256)
    item.append("<si>")
    RichTextXML.append(text, to: &item)
    item.append("</si>")
    let key = item.array()
    if let known = rich[key] { return known }
    rich[key] = count
    items.append(key)
    count += 1
    return count - 1
  }

  /// Adds the shared strings part to a package.
  mutating func finish(as part: String, in package: inout PackageWriter) throws(XLSXError) {
    items.append("</sst>")
    if let stream {
      try stream.write(&items)
      package.add(try stream.finish(name: String(part.dropFirst())), type: .sharedStrings)
      return
    }
    var xml = ByteBuffer(capacity: items.count + 256)
    Self.appendStart(count: (references, count), to: &xml)
    items.withBytes { xml.append($0) }
    package.add(part, type: .sharedStrings, xml)
  }

  private static func appendStart(count: (references: Int, unique: Int)?, to xml: inout ByteBuffer) {
    xml.begin(part: "sst", ["xmlns": Namespace.main])
    if let count {
      xml.attribute("count", count.references)
      xml.attribute("uniqueCount", count.unique)
    }
    xml.endTag()
  }
}
