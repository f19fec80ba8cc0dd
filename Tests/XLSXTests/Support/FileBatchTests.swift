import Foundation
import Testing

@testable import XLSX

@Suite("Files that are written together")
struct FileBatchTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "batch-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("are all there, or none of them")
  func allOrNone() throws {
    try withFolder { folder in
      let batch = FileBatch()
      try batch.stage(path: folder + "/a", Array("甲".utf8))
      #expect(throws: XLSXError.self) { try batch.stage(path: folder + "/nowhere/b", [1]) }
      #expect(!FileManager.default.fileExists(atPath: folder + "/a"))
    }
    try withFolder { folder in
      do {
        let batch = FileBatch()
        try batch.stage(path: folder + "/a", [1])
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
      let batch = FileBatch()
      try batch.stage(path: folder + "/a", [1])
      try batch.stage(path: folder + "/b", [2])
      try batch.commit()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["a", "b"])
    }
  }

  @Test("take the place of no pipe and no folder, also behind a link")
  func special() throws {
    try withFolder { folder in
      mkfifo(folder + "/pipe", 0o600)
      try FileManager.default.createDirectory(atPath: folder + "/folder", withIntermediateDirectories: false)
      symlink("pipe", folder + "/link")
      for name in ["pipe", "folder", "link"] {
        #expect(throws: XLSXError.self) { try AtomicFile.replace(path: folder + "/" + name, with: [1]) }
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["folder", "link", "pipe"])
    }
  }

  @Test("go where a link points, also before anything is there, and keep a file's mode")
  func links() throws {
    try withFolder { folder in
      symlink("target", folder + "/link")
      try AtomicFile.replace(path: folder + "/link", with: [1])
      #expect(try Data(contentsOf: URL(filePath: folder + "/target")) == Data([1]))
      chmod(folder + "/target", 0o600)
      try AtomicFile.replace(path: folder + "/link", with: [2])
      var status = stat()
      #expect(stat(folder + "/target", &status) == 0 && status.st_mode & 0o777 == 0o600)
    }
  }

  @Test("what an earlier save of the same file left is swept when it is old")
  func sweep() throws {
    try withFolder { folder in
      let old = folder + "/.a.xlsx.0123456789abc.tmp"
      let young = folder + "/.a.xlsx.0123456789abd.tmp"
      let other = folder + "/.b.xlsx.0123456789abc.tmp"
      for path in [old, young, other] {
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
      }
      for path in [old, other] {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: -7_200)], ofItemAtPath: path)
      }
      try AtomicFile.replace(path: folder + "/a.xlsx", with: [1])
      #expect(!FileManager.default.fileExists(atPath: old))
      #expect(FileManager.default.fileExists(atPath: young) && FileManager.default.fileExists(atPath: other))
    }
  }

  @Test("of two workbooks of one file the second to save is refused")
  func twoEditors() throws {
    try withFolder { folder in
      let url = URL(filePath: folder + "/a.xlsx")
      let book = Workbook()
      try book.addSheet(named: "A")["A1"] = 1
      try book.save(to: url)
      let (first, second) = (try Workbook(contentsOf: url), try Workbook(contentsOf: url))
      try first.set(2, at: "A1", inSheet: "A")
      try second.set(3, at: "B1", inSheet: "A")
      try first.save(to: url)
      try first.save(to: url)
      #expect(throws: XLSXError.self) { try second.save(to: url) }
      #expect(try Workbook(contentsOf: url).sheet(named: "A")["A1"] == 2)
      try second.save(to: URL(filePath: folder + "/b.xlsx"))
    }
  }
}

@Suite("Names on disk")
struct DiskPathTests {
  @Test("in GBK are texts that become the same bytes again")
  func gbk() {
    // 温 in GBK, then a character of UTF-8.
    let bytes: [UInt8] = [0xCE, 0xC2] + Array("/表.xlsx".utf8)
    let text = bytes.withUnsafeBufferPointer { DiskPath.text($0) }
    #expect(text.hasSuffix("/表.xlsx") && !DiskPath.isPlain(text))
    #expect(DiskPath.bytes(text) == bytes)
    #expect(DiskPath.bytes("表") == Array("表".utf8))
  }

  @Test("with the private characters themselves are not mistaken")
  func escapes() {
    let bytes = Array("\u{10FF80}".utf8)
    #expect(bytes.withUnsafeBufferPointer { DiskPath.bytes(DiskPath.text($0)) } == bytes)
  }
}

@Suite("Tags that no program writes")
struct StartTagGuardTests {
  private func passes(_ text: String, _ language: StartTagGuard.Language = .xml, piece: Int = .max) -> Bool {
    var tags = StartTagGuard(language)
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: min(piece, bytes.count)).allSatisfy { start in
      bytes[start..<min(bytes.count, start + min(piece, bytes.count))].withUnsafeBytes { tags.passes($0) }
    }
  }

  @Test("are refused, however they come in pieces")
  func attributes() {
    let many = (0...2_100).map { " a\($0)='>'" }.joined()
    for piece in [1, 7, .max] {
      #expect(!passes("<a><b\(many)/></a>", piece: piece))
      #expect(!passes("<td\(many)>1</td>", .html, piece: piece))
      #expect(passes("<a><!--<b\(many)/>--><![CDATA[<b\(many)]]><?x <b\(many)?></a>", piece: piece))
    }
    #expect(passes("<script>if (a<b\(many)) </script>", .html))
    #expect(passes(String(repeating: "<a b='1' c='2'/>", count: 5_000)))
    #expect(passes("<a b='\(String(repeating: " x=1", count: 5_000))'/>"))
  }

  @Test("nor declarations of namespaces inside one another")
  func declarations() {
    let ten = (0..<10).map { " xmlns:n\($0)='u'" }.joined()
    #expect(!passes(String(repeating: "<a\(ten)>", count: 150)))
    #expect(passes(String(repeating: "<a\(ten)></a><b\(ten)/>", count: 500)))
  }

  @Test("in UTF-16 either")
  func wide() {
    let text = "<a" + (0...2_100).map { " a\($0)='1'" }.joined() + "/>"
    for endian in [String.Encoding.utf16LittleEndian, .utf16BigEndian] {
      guard let data = text.data(using: endian) else { continue }
      var tags = StartTagGuard(.xml)
      #expect(!Array(data).withUnsafeBytes { tags.passes($0) })
    }
  }
}
