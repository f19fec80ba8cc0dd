import CLibDeflate

/// A zip archive of whole files that are packed already, or small: each is stored as it is. The same files give the same
/// bytes.
package struct PlainArchive {
  private var writer = ZipWriter()

  package init() {}

  package mutating func add(_ bytes: [UInt8], as name: String) {
    let crc = bytes.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    writer.add(
      ZipEntry(name: name, method: .stored, content: .bytes(bytes), crc32: crc, size: bytes.count))
  }

  /// - Throws: ``XLSXError/Code/fileAccess`` where there is no memory left.
  package func bytes() throws(XLSXError) -> [UInt8] { try writer.bytes() }
}
