import Foundation
import Testing
import XLSX

@testable import Forms

/// Archives that libarchive reads; `.ci/archives.py` holds many more against the programs that make them.
@Suite struct PackedArchiveTests {
  private let inbox: ReturnInbox

  init() throws { inbox = try ReturnInbox() }

  /// A number of RAR 5: seven bits a byte.
  private func number(_ value: Int) -> [UInt8] {
    value < 128 ? [UInt8(value)] : [UInt8(value & 127 | 128)] + number(value >> 7)
  }

  private func littleEndian(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 255) } }

  private func block(_ body: [UInt8], _ data: [UInt8] = []) -> [UInt8] {
    let head = number(body.count) + body
    return littleEndian(ZipInflater.checksum(of: head[...])) + head + data
  }

  /// A stored RAR 5 archive of one file.
  private func rar(_ name: String, _ data: [UInt8], isEncrypted: Bool = false) -> [UInt8] {
    let record: [UInt8] = [1, 0, 0, 15] + [UInt8](repeating: 0, count: 32)
    let extra = isEncrypted ? number(record.count) + record : []
    var file: [UInt8] = [2, isEncrypted ? 3 : 2]
    if isEncrypted { file += number(extra.count) }
    file += number(data.count) + [4] + number(data.count) + [0x20]
    file +=
      littleEndian(ZipInflater.checksum(of: data[...])) + [0, 0] + number(name.utf8.count) + Array(name.utf8)
    return Array("Rar!\u{1A}\u{7}\u{1}\0".utf8) + block([1, 0, 0]) + block(file + extra, data)
      + block([5, 0, 0])
  }

  @Test func aFormInsideARarIsRead() throws {
    let form = try inbox.form(unit: "温县总工会").serialized()
    try inbox.put(rar("报表/附件2.xlsx", form), "温县.rar")
    let report = try inbox.check()
    #expect(report.files.map(\.format) == [.rar, .xlsx])
    #expect(report.files.map(\.state) == [.adopted, .adopted])
    #expect(report.submissions.map(\.file) == [inbox.path("收件/温县.rar!/报表/附件2.xlsx")])
    _ = try inbox.returned()
  }

  @Test func whatIsEncryptedSaysSo() throws {
    try inbox.put(rar("附件2.xlsx", Array("secret".utf8), isEncrypted: true), "温县.rar")
    let report = try inbox.check()
    #expect(report.submissions.isEmpty)
    #expect(report.files.contains { $0.reason.chinese.contains("打开密码") })
  }

  @Test func onePartOfASplitArchiveIsTold() throws {
    let form = try inbox.form(unit: "温县总工会").serialized()
    try inbox.put(Array(rar("附件2.xlsx", form).prefix(2_000)), "温县.part1.rar")
    try inbox.put((0..<3_000).map { UInt8(truncatingIfNeeded: $0 &* 167) }, "温县.7z.002")
    let report = try inbox.check()
    #expect(report.files.contains { $0.file.hasSuffix(".rar") && $0.reason.chinese.contains("分卷") })
    #expect(report.files.contains { $0.file.hasSuffix(".002") && $0.reason.chinese.contains("分卷") })
  }
}
