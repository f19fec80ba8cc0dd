import Foundation
import XLSX

/// The messages of a mailbox (.mbox, RFC 4155), one after the other: each begins at a line `From …` behind an empty one with a
/// header field below it. At most one message is in memory. `>From` in a text is left as it is; attachments are Base64, where it
/// does not occur.
struct MailboxContainer: FileContainer {
  /// Makes a closure that appends the next bytes, and says `false` at the end.
  private let open: () throws -> MailboxSplitter.Read
  private let limits: IntakeLimits

  init(_ bytes: [UInt8], limits: IntakeLimits) {
    self.limits = limits
    open = {
      var isGiven = false
      return { buffer in
        defer { isGiven = true }
        if !isGiven { buffer += bytes }
        return !isGiven
      }
    }
  }

  /// A mailbox on disk, read in pieces; `nil` for any other file.
  static func onDisk(_ path: String, limits: IntakeLimits) -> MailboxContainer? {
    guard (try? FileLoader.start(of: path, count: 5)) == Array("From ".utf8),
      let start = try? FileLoader.start(of: path, count: MailSignature.headerLimit),
      MailSignature.isMailbox(start[...])
    else { return nil }
    return MailboxContainer(path: path, limits: limits)
  }

  private init(path: String, limits: IntakeLimits) {
    self.limits = limits
    open = {
      let file = try FileLoader.Stream(path)
      return { try file.read(into: &$0) }
    }
  }

  func forEach(_ body: (ContainedFile) throws -> Void) throws {
    var splitter = MailboxSplitter(limit: limits.fileSize, read: try open())
    var number = 0
    while let piece = try splitter.next() {
      number += 1
      guard number <= limits.messageCount else {
        throw IntakeProblem(
          zh: "邮箱文件中的邮件超过\(limits.messageCount)封，其余没有读取，请分开导出",
          en:
            "the mailbox holds more than \(limits.messageCount) messages; the rest was not read, export it in parts"
        )
      }
      let prefix = String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
      guard let bytes = piece else {
        let problem = IntakeProblem.tooLarge(limits.fileSize)
        try body(ContainedFile(name: prefix + ".eml") { throw problem })
        continue
      }
      let message = MIMEReader.message(bytes[...])
      try body(ContainedFile(name: prefix + " " + MailContainer.name(of: message), message: message))
    }
  }
}

/// Cuts a stream of bytes into messages.
private struct MailboxSplitter {
  typealias Read = (inout [UInt8]) throws -> Bool

  private let read: Read
  /// Bytes of one message that are kept.
  private let limit: Int
  private var buffer: [UInt8] = []
  /// Where in the buffer the message begins, and from where on its end is looked for.
  private var start = 0
  private var position = 0
  private var isAtEnd = false
  private var hasStarted = false

  init(limit: Int, read: @escaping Read) {
    self.limit = limit
    self.read = read
  }

  /// The next message without its `From` line; an inner `nil` for one that is larger than allowed.
  mutating func next() throws -> [UInt8]?? {
    if !hasStarted {
      hasStarted = true
      while buffer.count < Self.separatorLength, !isAtEnd { try fill() }
      begin(at: 0)
    }
    guard start < buffer.count || !isAtEnd else { return nil }
    var isTooLarge = false
    while true {
      if let end = nextBreak() {
        let message = isTooLarge ? nil : Array(buffer[start..<end])
        begin(at: end)
        return .some(message)
      }
      if isAtEnd {
        let message = isTooLarge ? nil : Array(buffer[start...])
        start = buffer.count
        return .some(message)
      }
      if buffer.count - start > limit {
        isTooLarge = true
        start = position
      }
      try fill()
    }
  }

  /// Reads on; what lies before the message is let go of.
  private mutating func fill() throws {
    if start > 0 {
      buffer.removeFirst(start)
      position -= start
      start = 0
    }
    isAtEnd = try !read(&buffer)
  }

  /// Where the next message begins: behind an empty line. Looks no further than there is enough behind it to tell.
  private mutating func nextBreak() -> Int? {
    while position < buffer.count {
      let end = buffer[...].endOfLine(from: position)
      // A last line that may not be whole yet is looked at again.
      guard end < buffer.count else { return nil }
      let first = buffer[position]
      if first == 0x0A || first == 0x0D && end == position + 2, buffer[end] == UInt8(ascii: "F") {
        if buffer.count - end < Self.separatorLength, !isAtEnd { return nil }
        if isSeparator(at: end) { return end }
      }
      position = end
    }
    return nil
  }

  /// Enough for a `From` line and the name of a header field.
  private static let separatorLength = 2_048

  private func isSeparator(at place: Int) -> Bool {
    guard buffer[place...].starts(with: "From ".utf8) else { return false }
    let rest = buffer[buffer[...].endOfLine(from: place)...]
    return MailSignature.startsWithField(rest) || rest.starts(with: ">From ".utf8)
  }

  /// A message begins behind the `From` line at a place.
  private mutating func begin(at place: Int) {
    start = buffer[...].endOfLine(from: place)
    position = start
  }
}
