/// An OLE2 compound file in memory ([MS-CFB]): a file system of sectors chained by allocation tables.
///
/// Every chain is followed at most as far as there are sectors, and every offset is checked: a damaged or crafted file
/// yields less, and never a trap or an endless loop.
package struct CompoundFile {
  private let reader: ByteReader
  private let sectorSize: Int
  private let miniSectorSize: Int
  private let miniCutoff: Int
  private var table: [Int] = []
  private var miniTable: [Int] = []
  private var entries: [Entry] = []
  private var miniStream: [UInt8] = []

  private struct Entry {
    var name: String
    /// 1 storage, 2 stream, 5 root.
    var type: Int
    var left, right, child: Int
    var start, size: Int
  }

  private static let endOfChain = 0xFFFF_FFFE
  private static let none = 0xFFFF_FFFF

  /// `nil` for bytes that are no compound file or whose directory cannot be found.
  package init?(_ bytes: [UInt8]) {
    reader = ByteReader(bytes)
    guard bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
      let sectorShift = reader.uint16(at: 30), let miniShift = reader.uint16(at: 32),
      sectorShift == 9 || sectorShift == 12,
      miniShift < sectorShift, let directoryStart = reader.uint32(at: 48), let cutoff = reader.uint32(at: 56),
      let miniTableStart = reader.uint32(at: 60)
    else { return nil }
    sectorSize = 1 << sectorShift
    miniSectorSize = 1 << miniShift
    miniCutoff = cutoff
    readTable()
    readDirectory(from: directoryStart)
    guard let root = entries.first, root.type == 5 else { return nil }
    miniStream = chain(from: root.start, size: root.size)
    miniTable = Self.numbers(chain(from: miniTableStart, size: .max)[...])
  }

  /// A storage or a stream: a folder or a file of the file system.
  package struct Node {
    package let name: String
    package let isStorage: Bool
    /// Bytes of a stream, as its entry claims.
    package let size: Int
    fileprivate let index: Int
  }

  /// What lies in a storage; `nil` for the root. In a crafted file a storage may lie in itself.
  package func children(of storage: Node? = nil) -> [Node] {
    children(of: storage?.index ?? 0).compactMap { index in
      let entry = entries[index]
      guard entry.type == 1 || entry.type == 2 else { return nil }
      return Node(name: entry.name, isStorage: entry.type == 1, size: entry.size, index: index)
    }
  }

  /// The bytes of a stream, fewer than it claims where the file is damaged.
  package func content(of stream: Node) -> [UInt8] { content(ofEntry: stream.index) }

  /// The names of the root's streams.
  package var streamNames: Set<String> { Set(children(of: 0).map { entries[$0].name }) }

  /// The content of a stream of the root; names differ in case between programs.
  package func stream(named name: String) -> [UInt8]? {
    let wanted = name.lowercased()
    let isWanted = { (index: Int) in entries[index].type == 2 && entries[index].name.lowercased() == wanted }
    // Where the tree of names is broken, the entries are still there.
    guard let found = children(of: 0).first(where: isWanted) ?? entries.indices.first(where: isWanted) else {
      return nil
    }
    return content(ofEntry: found)
  }

  private func content(ofEntry index: Int) -> [UInt8] {
    let entry = entries[index]
    return entry.size < miniCutoff
      ? miniChain(from: entry.start, size: entry.size) : chain(from: entry.start, size: entry.size)
  }

  /// The allocation table: its sectors are listed in the header, and beyond 109 of them in a chain (2.5).
  private mutating func readTable() {
    var sectors: [Int] = []
    for index in 0..<109 {
      guard let sector = reader.uint32(at: 76 + 4 * index), sector < Self.endOfChain else { break }
      sectors.append(sector)
    }
    var next = reader.uint32(at: 68) ?? Self.none
    var left = reader.bytes.count / sectorSize
    while next < Self.endOfChain, left > 0, let part = sector(next) {
      var numbers = Self.numbers(part)
      next = numbers.popLast() ?? Self.none
      sectors += numbers.prefix { $0 < Self.endOfChain }
      left -= 1
    }
    // No more table sectors than the file has sectors.
    for index in sectors.prefix(reader.bytes.count / sectorSize) {
      if let part = sector(index) { table += Self.numbers(part) }
    }
  }

  private mutating func readDirectory(from start: Int) {
    let directory = ByteReader(chain(from: start, size: .max))
    var offset = 0
    while let slice = directory.slice(at: offset, count: 128) {
      let entry = ByteReader(slice)
      offset += 128
      guard let length = entry.uint16(at: 64), let left = entry.uint32(at: 68),
        let right = entry.uint32(at: 72),
        let child = entry.uint32(at: 76), let start = entry.uint32(at: 116), let size = entry.uint32(at: 120)
      else { return }
      let units = stride(from: 0, to: min(max(0, length - 2), 62), by: 2).compactMap { entry.uint16(at: $0) }
      entries.append(
        Entry(
          name: String(decoding: units.map { UInt16(truncatingIfNeeded: $0) }, as: UTF16.self),
          type: Int(slice[slice.startIndex + 66]), left: left, right: right, child: child, start: start,
          size: size))
    }
  }

  /// The entries below a storage: a binary tree of siblings (2.6.4).
  private func children(of storage: Int) -> [Int] {
    var found: [Int] = []
    var waiting = [entries[storage].child]
    var seen: Set<Int> = []
    while let next = waiting.popLast() {
      guard entries.indices.contains(next), seen.insert(next).inserted else { continue }
      found.append(next)
      waiting += [entries[next].left, entries[next].right]
    }
    return found
  }

  private func sector(_ index: Int) -> ArraySlice<UInt8>? {
    guard index <= reader.bytes.count / sectorSize else { return nil }
    let offset = (index + 1) * sectorSize
    // The last sector of a file may be cut short.
    return reader.slice(at: offset, count: min(sectorSize, reader.bytes.count - offset))
  }

  private func chain(from start: Int, size: Int) -> [UInt8] {
    var content: [UInt8] = []
    var next = start
    var left = table.count
    while next < Self.endOfChain, content.count < size, left > 0, let part = sector(next) {
      content += part
      next = table.indices.contains(next) ? table[next] : Self.endOfChain
      left -= 1
    }
    return size < content.count ? Array(content.prefix(size)) : content
  }

  private func miniChain(from start: Int, size: Int) -> [UInt8] {
    let reader = ByteReader(miniStream)
    var content: [UInt8] = []
    var next = start
    var left = miniTable.count
    while next < Self.endOfChain, content.count < size, left > 0 {
      let offset = next * miniSectorSize
      // Its last sector may be cut short as well.
      guard
        let part = reader.slice(at: offset, count: min(miniSectorSize, max(0, miniStream.count - offset))),
        !part.isEmpty
      else { break }
      content += part
      next = miniTable.indices.contains(next) ? miniTable[next] : Self.endOfChain
      left -= 1
    }
    return Array(content.prefix(size))
  }

  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
    let reader = ByteReader(bytes)
    return stride(from: 0, to: bytes.count, by: 4).compactMap { reader.uint32(at: $0) }
  }
}
