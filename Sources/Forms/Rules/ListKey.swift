/// What tells a line from others.
struct ListKey {
  let text: String
  let hash: UInt64

  /// `nil` where all of it is blank, or a part cannot be read.
  init?(_ states: [Reading.State], fields: [Int]) {
    var parts: [String] = []
    for field in fields {
      switch states[field] {
      case .figure(let figure): parts.append(figure.plainText)
      case .value(.text(let text)): parts.append(Self.folded(text))
      case .value(let value): parts.append(value.text)
      case .blank, .missing: parts.append("")
      case .unreadable: return nil
      }
    }
    if parts.allSatisfy(\.isEmpty) { return nil }
    text = parts.joined(separator: " ")
    hash = Self.hash(text.utf8)
  }

  /// Spaces and width tell nobody apart; most keys have neither.
  private static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 }) { return text }
    let scalars = TextFolding.scalars(of: text).filter { $0 != " " }
    return String(String.UnicodeScalarView(scalars))
  }

  /// FNV-1a: the same in every run.
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }
}
