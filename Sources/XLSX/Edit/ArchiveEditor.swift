/// Changes entries of a zip archive for libraries beside this one: whatever is not set stays byte for byte as it is stored.
package struct ArchiveEditor {
  private let archive: [UInt8]
  private let package: Package
  private var changed: [String: [UInt8]] = [:]
  private var added: [String] = []

  /// - Throws: ``XLSXError`` for what is no archive, is damaged, or is beyond the limits.
  package init(_ archive: [UInt8], limits: Limits) throws {
    self.archive = archive
    package = try Package(bytes: archive, limits: limits)
  }

  /// The content of an entry as it stands now; `nil` if there is none.
  package func content(of name: String) throws -> [UInt8]? {
    if let bytes = changed[name] { return bytes }
    return package.contains("/" + name) ? try package.bytes(of: "/" + name) : nil
  }

  package mutating func set(_ name: String, _ bytes: [UInt8]) {
    if changed[name] == nil, !package.contains("/" + name) { added.append(name) }
    changed[name] = bytes
  }

  /// The archive with its changes.
  package func bytes() throws -> [UInt8] {
    var zip = ZipEditor()
    for (name, bytes) in changed {
      if let entry = package.entry(of: "/" + name) {
        zip.replacements[entry.index] = ZipEditor.deflated(bytes)
      }
    }
    for name in added { if let bytes = changed[name] { zip.additions.append((name, bytes)) } }
    return try zip.applied(to: archive)
  }
}
