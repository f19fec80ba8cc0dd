/// Reads plain `<si><t>…</t></si>` items from bytes.
enum SharedStringScanner {
  enum Outcome {
    /// All whole items are done with; the rest of the buffer is the beginning of one.
    case more
    /// An item of so many bytes begins here that is whole and well-behaved, but more than one text: libxml2 reads it.
    case item(Int)
    /// `</sst>` begins here.
    case ended
    /// Something that this scanner leaves to libxml2 begins here.
    case notPlain
  }

  /// Reads all plain items from a position on, and moves it behind them.
  ///
  /// - Parameters:
  ///   - text: Receives the texts.
  ///   - ends: Receives, for each item, how many bytes of text there are up to its end.
  static func scan(
    _ buffer: ScanBuffer, from position: inout UnsafePointer<UInt8>, into text: inout ByteArena,
    ends: inout [UInt32]
  ) -> Outcome {
    var at = position
    while true {
      while SheetScanner.isSpace(at[0]) { at += 1 }
      position = at
      guard at[0] == UInt8(ascii: "<") else {
        return at >= buffer.end && !buffer.isLast ? .more : .notPlain
      }
      if SheetScanner.matches(at, "<si>") {
        let mark = text.count
        var next = at + 4
        if plainItem(&next, &text) {
          ends.append(UInt32(truncatingIfNeeded: text.count))
          at = next
          continue
        }
        text.truncate(to: mark)
        return oddItem(at, buffer)
      }
      if SheetScanner.matches(at, "<si/>") {
        ends.append(UInt32(truncatingIfNeeded: text.count))
        at += 5
        continue
      }
      if SheetScanner.matches(at, "</sst") { return .ended }
      return buffer.end - at < 32 && !buffer.isLast ? .more : .notPlain
    }
  }

  /// Reads `<t>…</t></si>` and appends its text.
  @inline(__always)
  private static func plainItem(_ at: inout UnsafePointer<UInt8>, _ text: inout ByteArena) -> Bool {
    let mark = text.count
    var isPreserved = false
    if SheetScanner.matches(at, "<t>") {
      at += 3
    } else if SheetScanner.matches(at, "<t xml:space=\"preserve\">") {
      at += 24
      isPreserved = true
    } else {
      return false
    }
    guard let data = SheetScanner.characterData(&at), SheetScanner.matches(at, "</t></si>"),
      PlainText.append(data, to: &text)
    else { return false }
    at += 9
    if !isPreserved { trim(&text, since: mark) }
    EscapedText.decode(&text, since: mark)
    return true
  }

  /// Drops the white space around what was appended since a mark.
  private static func trim(_ text: inout ByteArena, since mark: Int) {
    let range = SheetScanner.trimmed(mark..<text.count, of: text)
    guard range.count < text.count - mark else { return }
    text.truncate(to: range.upperBound)
    text.remove(mark..<range.lowerBound)
  }

  /// Finds the end of an item that is not one plain text. It is handed over alone only if nothing in it can hide another
  /// `</si>`.
  private static func oddItem(_ start: UnsafePointer<UInt8>, _ buffer: ScanBuffer) -> Outcome {
    var at = start + 4
    while true {
      while at[0] != UInt8(ascii: "<") {
        // A zero byte is the end of the buffer, or nothing that XML allows.
        if at[0] == 0 { return at >= buffer.end && !buffer.isLast ? .more : .notPlain }
        at += 1
      }
      if at[1] == UInt8(ascii: "!") || at[1] == UInt8(ascii: "?") { return .notPlain }
      if SheetScanner.matches(at, "</si>") { return .item(at + 5 - start) }
      // Of an item inside the item, the end is not the end.
      if SheetScanner.matches(at, "<si") { return .notPlain }
      at += 1
    }
  }
}
