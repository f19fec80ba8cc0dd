import XLSX

/// The rich text of Outlook's messages ([MS-OXRTFCP]): a dictionary of 4,096 bytes that holds what came last.
enum CompressedRTF {
  private static let largestText = 32 << 20
  private static let dictionary = Array(
    ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
      + "MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
      + "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx").utf8)

  /// The text; `nil` for bytes that are none of that format.
  static func unpacked(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    let reader = ByteReader(bytes)
    guard let rawSize = reader.uint32(at: 4), let kind = reader.uint32(at: 8), rawSize <= largestText else {
      return nil
    }
    if kind == 0x414C_454D { return Array(bytes.dropFirst(16).prefix(rawSize)) }
    guard kind == 0x7546_5A4C else { return nil }
    var window = dictionary + [UInt8](repeating: 0, count: 4_096 - dictionary.count)
    var place = dictionary.count
    var result: [UInt8] = []
    func put(_ byte: UInt8) {
      result.append(byte)
      window[place] = byte
      place = (place + 1) & 4_095
    }
    var input = bytes.dropFirst(16)
    while let flags = input.popFirst() {
      for bit in 0..<8 where result.count < rawSize {
        guard flags >> bit & 1 == 1 else {
          guard let byte = input.popFirst() else { return result }
          put(byte)
          continue
        }
        guard let high = input.popFirst(), let low = input.popFirst() else { return result }
        let offset = Int(high) << 4 | Int(low) >> 4
        // A reference to where the next byte goes is the end.
        if offset == place { return result }
        for step in 0..<(Int(low & 15) + 2) { put(window[(offset + step) & 4_095]) }
      }
      if result.count >= rawSize { break }
    }
    return result
  }
}

/// The HTML that was turned into rich text and can be had back ([MS-OXRTFEX]).
enum EncapsulatedHTML {
  /// The page in UTF-8; `nil` for rich text that was no HTML.
  static func page(of text: [UInt8]) -> [UInt8]? {
    guard Array(text.prefix(4_096)).firstRange(ofASCII: "\\fromhtml1") != nil else { return nil }
    var reader = RTFPageReader(text)
    return reader.read()
  }
}

/// Walks through rich text and keeps what was HTML.
private struct RTFPageReader {
  /// What holds within a group.
  private struct Group {
    /// Whether its text is none of the page: fonts, colours, what only rich text needs.
    var isSilent = false
    /// `\htmlrtf`: what follows was added for readers of rich text.
    var isAdded = false
    /// Characters after `\u` that stand for it in readers that know no Unicode.
    var substitutes = 1
  }

  private static let depthLimit = 1_000
  private static let silent: Set<String> = [
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "listtable", "listoverridetable",
    "generator",
  ]

  private let text: [UInt8]
  private var index = 0
  private var groups = [Group()]
  private var output: [UInt8] = []
  /// Bytes of a code page that wait for the rest of their character.
  private var pending: [UInt8] = []
  private var surrogate: UInt16?
  private var toSkip = 0

  init(_ text: [UInt8]) { self.text = text }

  private var group: Group {
    get { groups[groups.count - 1] }
    set { groups[groups.count - 1] = newValue }
  }

  mutating func read() -> [UInt8] {
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case UInt8(ascii: "{"):
        guard groups.count < Self.depthLimit else { return finished() }
        groups.append(group)
        toSkip = 0
      case UInt8(ascii: "}"):
        if groups.count > 1 { groups.removeLast() }
        toSkip = 0
      case UInt8(ascii: "\\"): readControl()
      case 0x0D, 0x0A: continue
      default: put(byte)
      }
    }
    return finished()
  }

  private mutating func finished() -> [UInt8] {
    flush()
    return output
  }

  private mutating func readControl() {
    guard index < text.count else { return }
    let first = text[index]
    guard 0x61...0x7A ~= first | 0x20 else {
      index += 1
      switch first {
      case UInt8(ascii: "'"):
        guard index + 1 < text.count, let high = TransferEncoding.hexValue(text[index]),
          let low = TransferEncoding.hexValue(text[index + 1])
        else { return }
        index += 2
        put(high << 4 | low)
      case UInt8(ascii: "*"): readDestination()
      case UInt8(ascii: "~"): append("\u{A0}")
      case UInt8(ascii: "_"): append("-")
      case 0x0D, 0x0A: append("\r\n")
      case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): put(first)
      default: break
      }
      return
    }
    let (word, number) = readWord()
    act(on: word, number)
  }

  /// What begins with `\*` is left out where it is not known: all but the tags of the page.
  private mutating func readDestination() {
    guard index + 1 < text.count, text[index] == UInt8(ascii: "\\") else { return }
    index += 1
    let (word, _) = readWord()
    if word == "htmltag" {
      group.isSilent = false
      group.isAdded = false
    } else {
      group.isSilent = true
    }
  }

  private mutating func readWord() -> (word: String, number: Int?) {
    let start = index
    while index < text.count, 0x61...0x7A ~= text[index] | 0x20, index - start < 32 { index += 1 }
    let word = String(decoding: text[start..<index], as: UTF8.self)
    let numberStart = index
    if index < text.count, text[index] == UInt8(ascii: "-") { index += 1 }
    while index < text.count, 0x30...0x39 ~= text[index], index - numberStart < 9 { index += 1 }
    let number = Int(String(decoding: text[numberStart..<index], as: UTF8.self))
    if index < text.count, text[index] == 0x20 { index += 1 }
    return (word, number)
  }

  private mutating func act(on word: String, _ number: Int?) {
    switch word {
    case "htmlrtf": group.isAdded = number != 0
    case "par", "line": append("\r\n")
    case "tab": append("\t")
    case "lquote": append("‘")
    case "rquote": append("’")
    case "ldblquote": append("“")
    case "rdblquote": append("”")
    case "bullet": append("•")
    case "endash": append("–")
    case "emdash": append("—")
    case "uc": group.substitutes = min(max(number ?? 1, 0), 10)
    case "bin": index = min(text.count, index + max(0, number ?? 0))
    case "u":
      guard let number else { return }
      put(unit: UInt16(truncatingIfNeeded: number))
      toSkip = group.substitutes
    default: if Self.silent.contains(word) { group.isSilent = true }
    }
  }

  private mutating func put(_ byte: UInt8) {
    if toSkip > 0 {
      toSkip -= 1
      return
    }
    guard !group.isSilent, !group.isAdded else { return }
    pending.append(byte)
  }

  private mutating func put(unit: UInt16) {
    guard !group.isSilent, !group.isAdded else { return }
    flush()
    if UTF16.isLeadSurrogate(unit) {
      surrogate = unit
      return
    }
    let units = [surrogate, unit].compactMap(\.self)
    surrogate = nil
    output += Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private mutating func append(_ text: String) {
    guard !group.isSilent, !group.isAdded else { return }
    flush()
    output += Array(text.utf8)
  }

  private mutating func flush() {
    if !pending.isEmpty { output += Array(MailText.text(pending[...], charset: "gbk").utf8) }
    pending.removeAll(keepingCapacity: true)
  }
}
