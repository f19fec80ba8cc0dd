/// Writes an OLE2 compound file ([MS-CFB], version 3: sectors of 512 bytes).
struct CompoundFileWriter {
  indirect enum Node {
    case storage(String, [Node])
    case stream(String, [UInt8])

    var name: String {
      switch self {
      case .storage(let name, _), .stream(let name, _): name
      }
    }
  }

  private struct Entry {
    var name: String
    /// 1 storage, 2 stream, 5 root.
    var type: UInt8
    var isBlack = true
    var left = CompoundFileWriter.none
    var right = CompoundFileWriter.none
    var child = CompoundFileWriter.none
    var start = 0
    var size = 0
  }

  private static let none = 0xFFFF_FFFF
  private static let endOfChain = 0xFFFF_FFFE
  private static let tableSector = 0xFFFF_FFFD
  private static let masterTableSector = 0xFFFF_FFFC
  private static let sectorSize = 512
  private static let miniSectorSize = 64
  /// Smaller streams share sectors.
  private static let miniCutoff = 4_096
  /// Sectors of the allocation table that the header has room for.
  private static let headerTableSectors = 109

  private var sectors: [UInt8] = []
  /// The next sector of each sector.
  private var table: [Int] = []
  private var miniStream: [UInt8] = []
  private var miniTable: [Int] = []
  private var entries = [Entry(name: "Root Entry", type: 5)]

  /// The bytes of a file with these nodes in its root.
  static func bytes(of nodes: [Node]) -> [UInt8] {
    var writer = CompoundFileWriter()
    writer.entries[0].child = writer.add(nodes)
    return writer.finished()
  }

  /// Adds siblings as a balanced tree and gives its top.
  private mutating func add(_ nodes: [Node]) -> Int {
    let sorted = nodes.sorted { Self.precedes($0.name, $1.name) }
    // A level that is not full is red, so that every way down meets as many black entries.
    let fullLevels = (sorted.count + 1).bitWidth - (sorted.count + 1).leadingZeroBitCount - 1
    return add(sorted[...], level: 0, fullLevels: fullLevels)
  }

  private mutating func add(_ nodes: ArraySlice<Node>, level: Int, fullLevels: Int) -> Int {
    guard !nodes.isEmpty else { return Self.none }
    let middle = nodes.startIndex + nodes.count / 2
    let index = entries.count
    let node = nodes[middle]
    switch node {
    case .storage(_, let children):
      entries.append(Entry(name: node.name, type: 1))
      entries[index].child = add(children)
    case .stream(_, let content):
      entries.append(Entry(name: node.name, type: 2, size: content.count))
      entries[index].start = store(content)
    }
    entries[index].isBlack = level < fullLevels
    entries[index].left = add(nodes[..<middle], level: level + 1, fullLevels: fullLevels)
    entries[index].right = add(nodes[(middle + 1)...], level: level + 1, fullLevels: fullLevels)
    return index
  }

  /// Shorter names first, then by their characters in capitals (2.6.4).
  private static func precedes(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.uppercased().utf16), Array(b.uppercased().utf16))
    return a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
  }

  private mutating func store(_ content: [UInt8]) -> Int {
    guard !content.isEmpty else { return Self.endOfChain }
    guard content.count < Self.miniCutoff else { return append(content) }
    let first = miniTable.count
    let count = (content.count + Self.miniSectorSize - 1) / Self.miniSectorSize
    miniStream += content.resized(to: count * Self.miniSectorSize, filling: 0)
    miniTable += (1...count).map { $0 == count ? Self.endOfChain : first + $0 }
    return first
  }

  /// Appends sectors, chained, and gives the first.
  private mutating func append(_ content: [UInt8], filling: UInt8 = 0) -> Int {
    guard !content.isEmpty else { return Self.endOfChain }
    let first = table.count
    let count = (content.count + Self.sectorSize - 1) / Self.sectorSize
    sectors += content
    sectors += [UInt8](repeating: filling, count: count * Self.sectorSize - content.count)
    table += (1...count).map { $0 == count ? Self.endOfChain : first + $0 }
    return first
  }

  private mutating func finished() -> [UInt8] {
    entries[0].start = append(miniStream)
    entries[0].size = miniStream.count
    let miniTableStart = append(miniTable.flatMap(\.littleEndianBytes), filling: 0xFF)
    let directory = append(directoryBytes())
    // The table counts its own sectors too, and those of the list that continues the header's.
    let perSector = Self.sectorSize / 4
    var tableCount = 0
    var masterCount = 0
    while true {
      let needed = (table.count + tableCount + masterCount + perSector - 1) / perSector
      let needsMaster = max(0, needed - Self.headerTableSectors + perSector - 2) / (perSector - 1)
      if needed == tableCount, needsMaster == masterCount { break }
      (tableCount, masterCount) = (needed, needsMaster)
    }
    let tableStart = table.count
    let masterStart = tableStart + tableCount
    table += [Int](repeating: Self.tableSector, count: tableCount)
    table += [Int](repeating: Self.masterTableSector, count: masterCount)
    table += [Int](repeating: Self.none, count: tableCount * perSector - table.count)
    let places = Array(tableStart..<masterStart)
    var header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    header += [UInt8](repeating: 0, count: 16)
    header += [0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]
    header += [UInt8](repeating: 0, count: 10)
    for value in [
      tableCount, directory, 0, Self.miniCutoff, miniTableStart,
      (miniTable.count + perSector - 1) / perSector, masterCount == 0 ? Self.endOfChain : masterStart,
      masterCount,
    ] { header += value.littleEndianBytes }
    for index in 0..<Self.headerTableSectors {
      header += (index < places.count ? places[index] : Self.none).littleEndianBytes
    }
    var master: [UInt8] = []
    for number in 0..<masterCount {
      let from = Self.headerTableSectors + number * (perSector - 1)
      for index in from..<(from + perSector - 1) {
        master += (index < places.count ? places[index] : Self.none).littleEndianBytes
      }
      master += (number + 1 < masterCount ? masterStart + number + 1 : Self.endOfChain).littleEndianBytes
    }
    return header + sectors + table.flatMap(\.littleEndianBytes) + master
  }

  private func directoryBytes() -> [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries {
      let name = entry.name.passwordBytes
      bytes += name.resized(to: 64, filling: 0)
      bytes += [UInt8(name.count + 2), 0, entry.type, entry.isBlack ? 1 : 0]
      for value in [entry.left, entry.right, entry.child] { bytes += value.littleEndianBytes }
      // Class, state and times, which nobody needs.
      bytes += [UInt8](repeating: 0, count: 36)
      for value in [entry.start, entry.size, 0] { bytes += value.littleEndianBytes }
    }
    // Places without an entry.
    let empty =
      [UInt8](repeating: 0, count: 68) + [UInt8](repeating: 0xFF, count: 12)
      + [UInt8](repeating: 0, count: 48)
    while bytes.count % Self.sectorSize != 0 { bytes += empty }
    return bytes
  }
}
