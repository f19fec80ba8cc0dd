/// The names of parts, as absolute paths inside the package: `/xl/worksheets/sheet1.xml` (ECMA-376 Part 2, 6.2.2).
///
/// Plain strings carry them; this namespace holds what can be done with them.
enum PartName {
  /// The form in which names are compared: without the leading slash, `/` for `\`, in lower case. Part names are equal
  /// if they differ only in case, and old writers put backslashes into zip names.
  static func key(_ name: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(name.utf8.count)
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "/"))
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      default: bytes.append(byte)
      }
    }
    var name = bytes.drop { $0 == UInt8(ascii: "/") }
    // Some packers put everything into a folder named `.`.
    while name.starts(with: [UInt8(ascii: "."), UInt8(ascii: "/")]) { name = name.dropFirst(2) }
    return String(decoding: name, as: UTF8.self)
  }

  /// A relationship's target as an absolute name, `.` and `..` resolved against the folder of the source part.
  static func resolve(_ target: String, from source: String) -> String {
    let path = target.prefix { $0 != "#" }
    let slashed = String(path.map { $0 == "\\" ? "/" : $0 })
    var segments = slashed.hasPrefix("/") ? [] : source.split(separator: "/").dropLast().map(String.init)
    for segment in slashed.split(separator: "/") {
      switch segment {
      case ".": continue
      case "..": _ = segments.popLast()
      default: segments.append(String(segment))
      }
    }
    return "/" + segments.joined(separator: "/")
  }

  /// The folder of a part, with its slashes: `/xl/`.
  static func folder(of part: String) -> String { part.lastIndex(of: "/").map { String(part[...$0]) } ?? "/" }

  /// The name of the part that holds another part's relationships: `/xl/_rels/workbook.xml.rels`. The package's own are
  /// those of the part `/`.
  static func relationships(of part: String) -> String {
    guard let slash = part.lastIndex(of: "/") else { return "/_rels/\(part).rels" }
    return part[...slash] + "_rels/" + part[part.index(after: slash)...] + ".rels"
  }

  /// The part whose relationships a part holds; `nil` for a part that holds none.
  static func source(ofRelationships part: String) -> String? {
    guard part.lowercased().hasSuffix(".rels"), let slash = part.lastIndex(of: "/"),
      part[..<slash].lowercased().hasSuffix("/_rels")
    else { return nil }
    let name = part[part.index(after: slash)...].dropLast(".rels".count)
    return String(part[..<slash].dropLast("_rels".count)) + String(name)
  }

  /// A name with `%20` and the like decoded; `nil` if there is nothing to decode.
  static func percentDecoded(_ name: String) -> String? {
    guard name.utf8.contains(UInt8(ascii: "%")) else { return nil }
    var bytes: [UInt8] = []
    var rest = name.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
