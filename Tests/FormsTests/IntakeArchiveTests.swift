import Foundation
import Testing

@testable import Forms

@Suite("Archives, their names and their limits")
struct IntakeArchiveTests {
  @Test("GBK names are read, and a trail byte 0x5C is no stroke")
  func gbkNames() throws {
    let name: [UInt8] = [0xB8, 0xBD, 0xBC, 0xFE, 0x34, 0x2F, 0xCD, 0xF5, 0x95, 0x5C, 0x2E, 0x78]
    let zip = StoredZip([(name, Array("1".utf8))])
    let entry = try #require(ZipDirectory(zip.bytes)?.entries.first)
    #expect(ZipEntryName.text(of: entry) == "附件4/王昞.x")
  }

  @Test("a GBK name that went through CP437 is repaired")
  func mangledNames() throws {
    // 温县 is CE C2 CF D8 in GBK, and ╬┬╧╪ in the old DOS character set.
    let zip = StoredZip([(Array("╬┬╧╪.xlsx".utf8), [1])], isUTF8: true)
    let entry = try #require(ZipDirectory(zip.bytes)?.entries.first)
    #expect(ZipEntryName.text(of: entry) == "温县.xlsx")
    let plain = StoredZip([(Array("résumé 沁阳.xlsx".utf8), [1])], isUTF8: true)
    #expect(try ZipEntryName.text(of: #require(ZipDirectory(plain.bytes)?.entries.first)) == "résumé 沁阳.xlsx")
  }

  @Test(
    "names that lead out of the archive are shown without that",
    arguments: ["../../x.csv", "C:\\..\\x.csv", "/x.csv"])
  func unsafeNames(name: String) throws {
    let zip = StoredZip([(Array(name.utf8), [1])])
    let text = ZipEntryName.text(of: try #require(ZipDirectory(zip.bytes)?.entries.first))
    #expect(!text.contains(".."))
    #expect(!text.hasPrefix("/"))
  }

  @Test("an archive cut short anywhere has no directory and never traps")
  func cutShort() {
    let zip = StoredZip([(Array("a.csv".utf8), Array("1,2".utf8)), (Array("b.csv".utf8), Array("3".utf8))])
    for length in 0..<zip.bytes.count {
      let bytes = Array(zip.bytes.prefix(length))
      #expect(ZipDirectory(bytes) == nil)
      _ = FileSniffer.format(of: bytes)
    }
    for position in zip.bytes.indices {
      var bytes = zip.bytes
      bytes[position] = 0xFF
      guard let directory = ZipDirectory(bytes) else { continue }
      let inflater = ZipInflater(limits: .default)
      for entry in directory.entries {
        _ = ZipEntryName.text(of: entry)
        _ = try? inflater.content(of: entry, in: bytes)
      }
    }
  }

  @Test("content comes out only whole and within the limits")
  func limits() throws {
    let zip = StoredZip([(Array("a.csv".utf8), Array("1,2".utf8))])
    let entry = try #require(ZipDirectory(zip.bytes)?.entries.first)
    let inflater = ZipInflater(limits: .default)
    #expect(try inflater.content(of: entry, in: zip.bytes) == Array("1,2".utf8))
    var limits = IntakeLimits()
    limits.inflatedSize = 2
    let poor = ZipInflater(limits: limits)
    #expect(throws: IntakeProblem.self) { try poor.content(of: entry, in: zip.bytes) }
    var damaged = zip.bytes
    damaged[35] ^= 1
    #expect(throws: IntakeProblem.truncated) { try inflater.content(of: entry, in: damaged) }
  }
}

/// A zip archive of stored entries, written by hand.
struct StoredZip {
  private(set) var bytes: [UInt8] = []

  init(_ entries: [(name: [UInt8], content: [UInt8])], isUTF8: Bool = false) {
    var directory: [UInt8] = []
    let flags = isUTF8 ? 0x800 : 0
    for (name, content) in entries {
      let offset = bytes.count
      let checksum = Int(ZipInflater.checksum(of: content[...]))
      let common =
        Self.number(20, 2) + Self.number(flags, 2) + Self.number(0, 2) + Self.number(0x5A55_5A55 & 0xFFFF, 2)
        + Self.number(0x5972, 2) + Self.number(checksum, 4) + Self.number(content.count, 4)
        + Self.number(content.count, 4) + Self.number(name.count, 2) + Self.number(0, 2)
      bytes += Self.number(0x0403_4B50, 4) + common + name + content
      directory +=
        Self.number(0x0201_4B50, 4) + Self.number(20, 2) + common + Self.number(0, 2) + Self.number(0, 2)
        + Self.number(0, 2) + Self.number(0, 4) + Self.number(offset, 4) + name
    }
    let start = bytes.count
    bytes += directory
    bytes +=
      Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(entries.count, 2)
      + Self.number(entries.count, 2)
      + Self.number(directory.count, 4) + Self.number(start, 4) + Self.number(0, 2)
  }

  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
