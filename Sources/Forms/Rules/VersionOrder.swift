/// Which of several files with the same form of the same unit counts.
///
/// In this order: a form with figures before an empty one, one of the whole year before those of months, a whole one (no
/// figure blank) before another unless one was returned, the later month, the later 填报时间, the one that was returned more often, the
/// marks that people put in file names, the time when the mail that brought it was received (where all came by mail), the
/// time when the package was last saved, the name itself. A returned file was
/// sent again on the day of its return or later, whatever date it still carries.
struct VersionOrder {
  /// The parts of the order that need looking up, made once for each version.
  struct Key: Comparable {
    var hasFigures: Bool
    /// The month that a form is of, where there is one for each; 13 for what is of no single month.
    var month: Int
    var isWhole: Bool
    var filledOn: Int
    var round: Int
    var mark: NameMark
    var received: Int
    var modified: Int
    var file: String
    /// The line of a list: the later one was added later.
    var row: Int

    static func < (a: Key, b: Key) -> Bool {
      if a.hasFigures != b.hasFigures { return b.hasFigures }
      if a.month != b.month { return a.month < b.month }
      if a.isWhole != b.isWhole { return b.isWhole }
      if a.filledOn != b.filledOn { return a.filledOn < b.filledOn }
      if a.round != b.round { return a.round < b.round }
      if a.mark != b.mark { return a.mark < b.mark }
      if a.received != b.received { return a.received < b.received }
      if a.modified != b.modified { return a.modified < b.modified }
      return a.file == b.file ? a.row < b.row : a.file < b.file
    }
  }

  /// What a file name says about its version: first the word, then the number.
  struct NameMark: Comparable {
    /// 0 for none, 1 for a number alone, 2 for a revision, 3 for the final one.
    var grade = 0
    var number = 0

    static func < (a: NameMark, b: NameMark) -> Bool { (a.grade, a.number) < (b.grade, b.number) }
  }

  /// Words that mark the last version, and such as mark a later one. No campaign's own: people everywhere write them.
  static let finalWords = ["最终", "终稿", "终版", "定稿", "final"]
  static let revisionWords = ["更正", "修订", "修改", "改正", "重报", "补正", "新版", "最新", "改", "rev"]

  /// - Parameters:
  ///   - asOf: The day that counts as today. A date that has not come yet (H02) is a slip and makes nothing newer.
  ///   - month: Where there is a form for each month, the one that this one is of; 13 for none.
  ///   - isWhole: Whether no figure is blank.
  ///   - usesReceipt: Whether the times of receipt are compared: what came otherwise has none.
  static func key(
    _ submission: Submission, hasFigures: Bool, asOf: CalendarDate? = nil, month: Int = 13,
    isWhole: Bool = true, usesReceipt: Bool = false
  ) -> Key {
    var day = submission.filledOn?.dayNumber ?? .min
    if let asOf, day > asOf.dayNumber { day = .min }
    if let stamp = submission.returned { day = max(day, stamp.returnedOn.dayNumber) }
    return Key(
      hasFigures: hasFigures, month: month, isWhole: isWhole, filledOn: day,
      round: submission.returned?.round ?? 0, mark: mark(in: submission.file),
      received: usesReceipt ? submission.received?.seconds ?? .min : .min,
      modified: submission.modified.flatMap(seconds) ?? .min, file: submission.file, row: submission.line ?? 0
    )
  }

  /// The mark in a file's own name, folders left out: `附件2(1).xlsx`, `附件2最终版.xlsx`, `附件2_v3.xlsx`.
  static func mark(in file: String) -> NameMark {
    let name = file.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? file[...]
    let stem = (name.lastIndex(of: ".").map { name[..<$0] } ?? name).lowercased()
    var text = ""
    text.unicodeScalars.append(contentsOf: TextFolding.scalars(of: stem))
    var mark = NameMark()
    if finalWords.contains(where: text.contains) {
      mark.grade = 3
    } else if revisionWords.contains(where: text.contains) {
      mark.grade = 2
    }
    if let number = trailingNumber(in: text) {
      mark.number = number
      mark.grade = max(mark.grade, 1)
    }
    return mark
  }

  /// The seconds of an ISO 8601 time, `2024-11-13T16:26:40Z`, `2024-11-14T00:26:40+08:00`; `nil` for anything else. A time
  /// without a zone counts as if it had none.
  static func seconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      return Int(String(decoding: bytes[range], as: UTF8.self))
    }
    guard bytes.count >= 10, let day = CalendarDate(iso: String(decoding: bytes[..<10], as: UTF8.self)) else {
      return nil
    }
    guard let hour = number(11..<13), let minute = number(14..<16), 0..<25 ~= hour, 0..<60 ~= minute else {
      return day.dayNumber * 86_400
    }
    let second = number(17..<19).flatMap { 0..<61 ~= $0 ? $0 : nil } ?? 0
    var time = day.dayNumber * 86_400 + hour * 3600 + minute * 60 + second
    let signs = [UInt8(ascii: "+"), UInt8(ascii: "-")]
    if let sign = bytes.indices.dropFirst(16).first(where: { signs.contains(bytes[$0]) }),
      let hours = number((sign + 1)..<(sign + 3)), 0..<25 ~= hours
    {
      let minutes = number((sign + 4)..<(sign + 6)).flatMap { 0..<60 ~= $0 ? $0 : nil } ?? 0
      time -= (hours * 3600 + minutes * 60) * (bytes[sign] == signs[0] ? 1 : -1)
    }
    return time
  }

  /// The number of `(1)`, `v2`, `第3版` or `版3`; a bare number may be the form's own (附件2).
  private static func trailingNumber(in text: String) -> Int? {
    let characters = Array(text)
    var found: Int?
    var index = 0
    while index < characters.count {
      guard isDigit(characters[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < characters.count, isDigit(characters[index]) { index += 1 }
      guard index - start <= 3, let number = Int(String(characters[start..<index])) else { continue }
      let before = start > 0 ? characters[start - 1] : " "
      let after = index < characters.count ? characters[index] : " "
      let isCopy = before == "(" && after == ")"
      let isVersion = before == "v" && (start < 2 || !characters[start - 2].isASCIILetter)
      let isEdition =
        (before == "第" && (after == "版" || after == "稿" || after == "次")) || before == "版" || before == "稿"
      if isCopy || isVersion || isEdition { found = number }
    }
    return found
  }

  private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}

extension Character {
  fileprivate var isASCIILetter: Bool { isASCII && isLetter }
}
