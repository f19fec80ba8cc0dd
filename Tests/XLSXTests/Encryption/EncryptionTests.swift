import Foundation
import Testing

@testable import XLSX

/// Workbooks with an opening password ([MS-OFFCRYPTO]).
@Suite("Encrypted workbooks")
struct EncryptionTests {
  private func book() throws -> Workbook {
    let book = Workbook()
    let sheet = try book.addSheet(named: "附件2")
    sheet["A1"] = "沁阳市总工会"
    sheet["B1"] = .number(1_600)
    return book
  }

  private func code(_ body: () throws -> Void) -> XLSXError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? XLSXError)?.code
    }
  }

  @Test("what is saved with a password opens with it, not with another, not without")
  func password() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("密码.xlsx")
    try book().save(to: url, password: "开门123")
    #expect(try Workbook(contentsOf: url, password: "开门123").sheet(at: 0)["B1"].number == 1_600)
    #expect(code { _ = try Workbook(contentsOf: url) } == .encrypted)
    #expect(code { _ = try Workbook(contentsOf: url, password: "开门124") } == .wrongPassword)
  }

  @Test("an edited workbook keeps its password")
  func editing() throws {
    let book = try book()
    book.password = "一"
    let opened = try Workbook(bytes: book.serialized(), password: "一")
    try opened.set(.number(7), at: "B1", inSheet: "附件2")
    let edited = try opened.serialized()
    #expect(code { _ = try Workbook(bytes: edited) } == .encrypted)
    #expect(try Workbook(bytes: edited, password: "一").sheet(at: 0)["B1"].number == 7)
  }

  @Test("Excel's default password is no secret: it opens unasked and is not kept")
  func defaultPassword() throws {
    let original = try book()
    original.password = "VelvetSweatshop"
    let opened = try Workbook(bytes: original.serialized())
    #expect(try opened.sheet(at: 0)["A1"].text == "沁阳市总工会")
    #expect(opened.password == nil)
    #expect(try opened.serialized().starts(with: [0x50, 0x4B]))
  }

  @Test("a changed byte of the encrypted content is noticed")
  func integrity() throws {
    let book = try book()
    book.password = "a"
    var bytes = try book.serialized()
    let content = try #require(CompoundFile(bytes)?.stream(named: "EncryptedPackage"))
    let place = try #require(bytes.firstRange(of: content.prefix(512).dropFirst(8))).lowerBound
    bytes[place + 100] ^= 1
    #expect(code { _ = try Workbook(bytes: bytes, password: "a") } == .damagedArchive)
  }

  @Test("a description that is cut short, or that asks for a billion rounds, is refused at once")
  func descriptions() throws {
    let book = try book()
    book.password = "a"
    let file = try #require(CompoundFile(book.serialized()))
    let info = try #require(file.stream(named: "EncryptionInfo"))
    let content = try #require(file.stream(named: "EncryptedPackage"))
    func open(_ info: [UInt8]) -> XLSXError.Code? {
      let bytes = CompoundFileWriter.bytes(
        of: [.stream("EncryptionInfo", info), .stream("EncryptedPackage", content)])
      return code { _ = try Workbook(bytes: bytes, password: "a") }
    }
    #expect(open(info) == nil)
    for length in stride(from: 0, to: info.count - 1, by: 7) {
      #expect(open(Array(info.prefix(length))) != nil)
    }
    let xml = String(decoding: info.dropFirst(8), as: UTF8.self)
    func changed(_ old: String, _ new: String) -> [UInt8] {
      Array(info.prefix(8)) + xml.replacingOccurrences(of: old, with: new).utf8
    }
    #expect(open(changed("spinCount=\"100000\"", "spinCount=\"1000000000\"")) == .unsupportedEncryption)
    #expect(open(changed("cipherAlgorithm=\"AES\"", "cipherAlgorithm=\"RC2\"")) == .unsupportedEncryption)
    #expect(open(changed("keyBits=\"256\"", "keyBits=\"99999999999\"")) == .unsupportedEncryption)
    #expect(open(changed("saltValue=\"", "saltValue=\"=")) == .damagedArchive)
  }

  /// Made with msoffcrypto-tool's functions: the same content and password, keys of 128 and of 256 bits.
  @Test(
    "Office 2007's encryption",
    arguments: [
      (
        """
        04000200240000002400000024000000000000000e6600000480000080000000180000000000000000000000780000001000000000010203\
        0405060708090a0b0c0d0e0f377663ae7f6e662bdcbe98ee9a54c96c14000000563c710bb8e356bac42a3144891bd43c5237e60237b304a1\
        c1986a0175f39c09
        """, "12000000000000002a72050d60ef37f4f19b4040355e2ffe3ed54856018e2fec3a5eb7b870dcd776"
      ),
      (
        """
        0400020024000000240000002400000000000000106600000480000000010000180000000000000000000000780000001000000000010203\
        0405060708090a0b0c0d0e0f0481df96efdcfbb57318bea5acb5da5b1400000023947d7f1203bdeff7ac1a8f7a56daad516641988dbd7cc3\
        193f82714aedbdb3
        """, "12000000000000005257c0a49ca8727e4eeeacecb9eb76e2a3baf69190735d6a1b7ec8c5c1af8421"
      ),
    ])
  func standard(info: String, content: String) throws {
    let file = CompoundFileWriter.bytes(
      of: [.stream("EncryptionInfo", Self.bytes(info)), .stream("EncryptedPackage", Self.bytes(content))])
    let package = try EncryptedPackage(file)
    #expect(try String(decoding: package.decrypted(password: "密码"), as: UTF8.self) == "沁阳市总工会")
    #expect(code { _ = try package.decrypted(password: "密玛") } == .wrongPassword)
    #expect(code { _ = try package.decrypted() } == .encrypted)
  }

  /// A sheet's record in a stream encrypted by msoffcrypto-tool's functions with Excel's default password.
  @Test(
    "the three encryptions of .xls",
    arguments: [
      // RC4
      """
      09080400000605002f003600010001000100000102030405060708090a0b0c0d0e0f01fd4e05dc6e0e72fcc4b72175686883ded643a3b989\
      170bc6e163b5debaf71442000200dab785000c00c80000005071130e59cd73700a000000
      """,
      // RC4 by CryptoAPI, 128 bits
      """
      09080400000605002f006e0001000200020004000000240000000400000000000000016800000480000080000000010000000000000000\
      0000007800000010000000000102030405060708090a0b0c0d0e0fa024a295d910dcd16b2b69c9dfef19191400000074a70eb0e7278136e8\
      57318b9e9a13d19115d50b42000200eb2585000c00c800000070e78f3f1ebdcee30a000000
      """,
      // XOR
      "09080400000605002f000600000059b30a9a4200020008e985000c00c8000000986ed424b7e6fc300a000000",
    ])
  func legacy(stream: String) throws {
    let stream = Self.bytes(stream)
    let plain = try BIFFDecryption.decrypted(stream)
    // BOUNDSHEET: 200, where the sheet begins, was never encrypted; visible, a worksheet, two characters of UTF-16.
    let record: [UInt8] = [0x85, 0, 12, 0, 200, 0, 0, 0, 0, 0, 2, 1] + "沁阳".passwordBytes
    #expect(plain.dropLast(4).suffix(record.count).elementsEqual(record))
    #expect(code { _ = try BIFFDecryption.decrypted(stream, password: "x") } == .wrongPassword)
    for length in 0..<stream.count { _ = try? BIFFDecryption.decrypted(Array(stream.prefix(length))) }
  }

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex.utf8).map { UInt8($0 > 57 ? $0 - 87 : $0 - 48) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
