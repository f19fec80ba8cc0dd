#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Looks at markup before libxml2 does, which compares every attribute of a tag with every other one and looks a prefix up
/// in all declarations around it: a tag of 300,000 attributes takes it half a minute, a page of them a day.
///
/// It is fed as the parser is, in pieces, and knows nothing but where tags begin and end. What a program writes stays far
/// below its limits.
///
/// - Complexity: O(bytes), most of them passed over by `memchr`.
package struct StartTagGuard {
  package enum Language {
    case xml, html
  }

  /// Of one tag, and of the declarations (`xmlns:…`) that are in force at one place.
  package static let maximumAttributes = 2_000
  package static let maximumDeclarations = 1_000

  private enum State {
    case text
    /// Behind `<`.
    case opened
    /// Behind `<!`, until it shows what it is.
    case declared
    case comment, characters, instruction, declaration
    case endTag
    case startTag
    /// Inside a value, and the quote that ends it.
    case value(UInt8)
    /// Inside a script or a style sheet of a page.
    case raw
    /// Behind `<` in one.
    case rawOpened
  }

  private let language: Language
  private var state = State.text
  /// The last bytes of what must be seen whole: the beginning of a declaration or of an end.
  private var recent: UInt64 = 0
  private var word = 0
  /// The first letters of a tag's name, small.
  private var name: UInt64 = 0
  private var isInName = false
  private var attributes = 0
  private var declarations = 0
  private var last: UInt8 = 0
  private var lastVisible: UInt8 = 0
  private var depth = 0
  /// Elements around with declarations of their own, and how many all of them have.
  private var scopes: [(depth: Int, count: Int)] = []
  private var inForce = 0
  /// Bytes of a character, and which of them is the one that counts, in UTF-16 and UTF-32.
  private var width = 0
  private var place = 0
  private var at = 0
  private var unit: UInt32 = 0

  package init(_ language: Language) { self.language = language }

  /// Looks at the next bytes.
  ///
  /// - Returns: Whether they may be parsed.
  package mutating func passes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if width == 0 { findWidth(bytes) }
    if width > 1 { return passesWide(bytes) }
    var position = 0
    while position < bytes.count {
      if let stop = skipped {
        guard let base = bytes.baseAddress,
          let found = memchr(base + position, Int32(stop), bytes.count - position)
        else { return true }
        position = UnsafeRawPointer(found) - base
      }
      guard take(bytes[position]) else { return false }
      position += 1
    }
    return true
  }

  /// The only byte that matters in this state.
  private var skipped: UInt8? {
    switch state {
    case .text, .raw: UInt8(ascii: "<")
    case .value(let quote): quote
    case .declaration, .endTag: UInt8(ascii: ">")
    default: nil
    }
  }

  private mutating func findWidth(_ bytes: UnsafeRawBufferPointer) {
    let start = Array(bytes.prefix(4))
    width = 1
    guard language == .xml, start.count == 4 else { return }
    switch (start[0], start[1], start[2], start[3]) {
    case (0, 0, 0xFE, 0xFF), (0, 0, 0, 0x3C): (width, place) = (4, 3)
    case (0xFF, 0xFE, 0, 0), (0x3C, 0, 0, 0): (width, place) = (4, 0)
    case (0xFE, 0xFF, _, _), (0, 0x3C, _, _): (width, place) = (2, 1)
    case (0xFF, 0xFE, _, _), (0x3C, 0, _, _): (width, place) = (2, 0)
    default: break
    }
  }

  private mutating func passesWide(_ bytes: UnsafeRawBufferPointer) -> Bool {
    for byte in bytes {
      unit = place == 0 ? unit | UInt32(byte) << UInt32(8 * at) : unit << 8 | UInt32(byte)
      at += 1
      guard at == width else { continue }
      let character = unit < 0x80 ? UInt8(truncatingIfNeeded: unit) : 0x80
      (unit, at) = (0, 0)
      guard take(character) else { return false }
    }
    return true
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
  private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }

  private mutating func take(_ byte: UInt8) -> Bool {
    switch state {
    case .text: if byte == UInt8(ascii: "<") { state = .opened }
    case .opened: open(byte)
    case .declared: declare(byte)
    case .comment: if ends(byte, 0x2D2D3E, 3) { state = .text }
    case .characters: if ends(byte, 0x5D5D3E, 3) { state = .text }
    case .instruction:
      if language == .html ? byte == UInt8(ascii: ">") : ends(byte, 0x3F3E, 2) { state = .text }
    case .declaration: if byte == UInt8(ascii: ">") { state = .text }
    case .raw: if byte == UInt8(ascii: "<") { state = .rawOpened }
    case .rawOpened:
      // Only its end tag ends it.
      state = byte == UInt8(ascii: "/") ? .endTag : byte == UInt8(ascii: "<") ? .rawOpened : .raw
    case .endTag:
      if byte == UInt8(ascii: ">") {
        close()
        state = .text
      }
    case .value(let quote):
      if byte == quote {
        state = .startTag
        (last, lastVisible) = (byte, byte)
      }
    case .startTag: return takeInTag(byte)
    }
    return true
  }

  private mutating func ends(_ byte: UInt8, _ mark: UInt64, _ count: UInt64) -> Bool {
    recent = recent << 8 | UInt64(byte)
    return recent & (1 << (8 * count) - 1) == mark
  }

  private mutating func open(_ byte: UInt8) {
    recent = 0
    switch byte {
    case UInt8(ascii: "!"):
      state = .declared
      word = 0
    case UInt8(ascii: "?"): state = .instruction
    case UInt8(ascii: "/"): state = .endTag
    case UInt8(ascii: "<"): return
    default:
      // In a page, a sign that no name follows is text.
      guard language == .xml || Self.isLetter(byte) else { return state = .text }
      state = .startTag
      (attributes, declarations, isInName) = (0, 0, true)
      name = UInt64(byte | 0x20)
      (last, lastVisible) = (byte, byte)
    }
  }

  private mutating func declare(_ byte: UInt8) {
    recent = recent << 8 | UInt64(byte)
    word += 1
    if word == 2, recent & 0xFFFF == 0x2D2D {
      state = .comment
      recent = 0
    } else if word == 7, recent & 0xFF_FFFF_FFFF_FFFF == 0x5B_4344_4154_415B {
      state = .characters
      recent = 0
    } else if byte == UInt8(ascii: ">") {
      state = .text
    } else if word > 7 {
      state = .declaration
    }
  }

  private mutating func takeInTag(_ byte: UInt8) -> Bool {
    if byte == UInt8(ascii: ">") {
      endStartTag()
      return inForce <= Self.maximumDeclarations
    }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), lastVisible == UInt8(ascii: "=") {
      state = .value(byte)
      return true
    }
    defer { last = byte }
    if Self.isSpace(byte) || byte == UInt8(ascii: "/") && language == .html {
      isInName = false
      if byte == UInt8(ascii: "/") { lastVisible = byte }
      return true
    }
    if isInName {
      name = name << 8 | UInt64(byte | 0x20)
    } else if Self.isSpace(last) || last == UInt8(ascii: "/") || last == UInt8(ascii: "\"")
      || last == UInt8(ascii: "'")
    {
      if byte != UInt8(ascii: "=") && lastVisible != UInt8(ascii: "=") { attributes += 1 }
      word = 0
      recent = 0
    }
    if !isInName, word < 5 {
      word += 1
      recent = recent << 8 | UInt64(byte)
      if word == 5, recent == 0x78_6D6C_6E73 { declarations += 1 }
    }
    lastVisible = byte
    return attributes <= Self.maximumAttributes
  }

  private mutating func endStartTag() {
    state = .text
    isInName = false
    if language == .html {
      // script, style
      if name == 0x7363_7269_7074 || name == 0x73_7479_6C65 { state = .raw }
      return
    }
    guard lastVisible != UInt8(ascii: "/") else { return }
    depth += 1
    guard declarations > 0 else { return }
    scopes.append((depth, declarations))
    inForce += declarations
  }

  private mutating func close() {
    guard language == .xml else { return }
    if let scope = scopes.last, scope.depth == depth {
      scopes.removeLast()
      inForce -= scope.count
    }
    depth -= 1
  }
}
