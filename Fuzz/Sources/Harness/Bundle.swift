/// A workbook file for fuzzing: either bytes as they are, or its parts as text that mutations do not break at once.
///
/// A bundle is a text in which every part begins with a line `=== name`; it becomes a zip archive with right checksums.
/// Anything that does not begin so is taken as a file.
public struct Bundle {
  public var parts: [(name: String, bytes: [UInt8])] = []

  private static let mark = Array("=== ".utf8)

  /// The file that an input stands for.
  public static func file(_ input: [UInt8]) -> [UInt8] {
    input.starts(with: mark) ? Bundle(input).archive : input
  }

  /// The parts of a bundle; none for anything else.
  public static func parts(of input: [UInt8]) -> [(name: String, bytes: [UInt8])] {
    input.starts(with: mark) ? Bundle(input).parts : []
  }

  private init(_ input: [UInt8]) {
    for line in input.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: Self.mark) {
        parts.append((String(decoding: line.dropFirst(Self.mark.count), as: UTF8.self), []))
      } else if !parts.isEmpty {
        if !parts[parts.count - 1].bytes.isEmpty { parts[parts.count - 1].bytes.append(0x0A) }
        parts[parts.count - 1].bytes.append(contentsOf: line)
      }
    }
  }

  public init(parts: [(name: String, bytes: [UInt8])]) { self.parts = parts }

  /// The parts as a zip archive of stored entries (APPNOTE.TXT 4.3).
  public var archive: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let name = Array(part.name.utf8.prefix(0xFFFF))
      var common: [UInt8] = []
      common.add16(20, 0x800, 0, 0, 0x21)
      common.add32(Self.crc32(part.bytes), part.bytes.count, part.bytes.count)
      common.add16(name.count, 0)
      directory.add32(0x0201_4B50)
      directory.add16(20)
      directory += common
      directory.add16(0, 0, 0)
      directory.add32(0, file.count)
      directory += name
      file.add32(0x0403_4B50)
      file += common + name + part.bytes
    }
    let start = file.count
    file += directory
    file.add32(0x0605_4B50)
    file.add16(0, 0, parts.count, parts.count)
    file.add32(directory.count, start)
    file.add16(0)
    return file
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }

  private static func crc32(_ bytes: [UInt8]) -> Int {
    Int(~bytes.reduce(~UInt32(0)) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] })
  }
}

extension [UInt8] {
  fileprivate mutating func add16(_ values: Int...) {
    for value in values { for shift in [0, 8] { append(UInt8(truncatingIfNeeded: value >> shift)) } }
  }

  fileprivate mutating func add32(_ values: Int...) {
    for value in values { for shift in [0, 8, 16, 24] { append(UInt8(truncatingIfNeeded: value >> shift)) } }
  }
}

/// The bytes that libFuzzer hands over.
public func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
  Array(UnsafeBufferPointer(start: start, count: count))
}
