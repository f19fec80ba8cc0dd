import Foundation

/// How several forms of one unit belong together, beyond one being newer than the other (D05).
enum VersionKind: Equatable {
  /// One replaces the other.
  case plain
  /// One for each month, by position; `nil` for one that is of no single month.
  case months([Int?])
  /// Every figure stands in one of them only.
  case halves
  /// The newest one, at this position, is a small part of an earlier one.
  case increment(Int, of: Int)

  /// A form whose sums are all below this share of another one's is a small part of it.
  private static let smallShare = Decimal(string: "0.34") ?? 0
  /// Figures above zero that a half has at least, where the other figures are zeros and not blanks.
  private static let leastFigures = 4

  /// - Parameters:
  ///   - versions: Newest first.
  ///   - inputs: The positions of the figures that are no totals.
  ///   - measures: The unit of measure of each of these.
  init(_ versions: [Submission], inputs: [Int], measures: [String]) {
    let months = versions.map(Self.month)
    if Set(months.compactMap(\.self)).count > 1 {
      self = .months(months)
    } else if Self.areHalves(versions, inputs: inputs) {
      self = .halves
    } else if let whole = versions.indices.dropFirst().first(where: {
      Self.isSmall(versions[0], partOf: versions[$0], inputs: inputs, measures: measures)
    }) {
      self = .increment(0, of: whole)
    } else {
      self = .plain
    }
  }

  private static func figures(_ version: Submission, _ inputs: [Int]) -> [Decimal?] {
    let readings = version.readings
    return inputs.map { readings.indices.contains($0) ? readings[$0].figure : nil }
  }

  /// No figure in two of them. A form full of zeros but for a few figures is a half only if those are not few.
  private static func areHalves(_ versions: [Submission], inputs: [Int]) -> Bool {
    var taken: Set<Int> = []
    for version in versions {
      let figures = figures(version, inputs)
      // What cannot be read is no blank.
      let isUnclear = inputs.contains {
        version.readings.indices.contains($0) && version.readings[$0].state == .unreadable
      }
      let held = Set(figures.indices.filter { (figures[$0] ?? 0) != 0 })
      let hasZeros = figures.contains { $0 == 0 }
      guard !isUnclear, !held.isEmpty, taken.isDisjoint(with: held) else { return false }
      if hasZeros, held.count < leastFigures, held.count + figures.count(where: { $0 == 0 }) >= figures.count
      {
        return false
      }
      taken.formUnion(held)
    }
    return versions.count > 1
  }

  /// Nothing is more in it than in the other, and far less altogether.
  private static func isSmall(
    _ part: Submission, partOf whole: Submission, inputs: [Int], measures: [String]
  ) -> Bool {
    let figures = zip(figures(part, inputs), figures(whole, inputs))
    var sums: [String: (part: Decimal, whole: Decimal)] = [:]
    for ((mine, other), measure) in zip(figures, measures) {
      guard mine ?? 0 <= other ?? 0 else { return false }
      let known = sums[measure] ?? (0, 0)
      sums[measure] = (known.part + (mine ?? 0), known.whole + (other ?? 0))
    }
    return sums.values.contains { $0.part > 0 }
      && sums.values.allSatisfy { $0.whole == 0 || $0.part < $0.whole * smallShare }
  }

  /// The month that a sheet's name says, or the file's where the sheet's says none: `7月`, `附件2（十一月份）.xlsx`. `1—11月` is
  /// none, `11月20日` is a day.
  static func month(_ version: Submission) -> Int? {
    month(in: version.sheet)
      ?? month(in: version.file.split(separator: "/").last.map(String.init) ?? version.file)
  }

  static func month(in name: String) -> Int? {
    let scalars = TextFolding.scalars(of: name)
    var found: [Int] = []
    for (index, scalar) in scalars.enumerated() where scalar == "月" {
      var start = index
      while start > 0, start > index - 3, numeral(scalars[start - 1]) != nil { start -= 1 }
      guard let month = number(scalars[start..<index]), 1...12 ~= month else { continue }
      if start > 0, "-—–－~～至到、.".unicodeScalars.contains(scalars[start - 1]), start > 1,
        numeral(scalars[start - 2]) != nil || scalars[start - 2] == "月"
      {
        return nil
      }
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      if let next, numeral(next) != nil || "至到-—–－~～".unicodeScalars.contains(next) {
        // 11月20日 is a day, 1月至11月 a range; 7月-沁阳 is a month.
        if scalars[(index + 1)...].contains("日") || scalars[(index + 1)...].contains("月") { return nil }
      }
      found.append(month)
    }
    return found.count == 1 ? found[0] : nil
  }

  private static func numeral(_ scalar: Unicode.Scalar) -> Int? {
    if 0x30...0x39 ~= scalar.value { return Int(scalar.value) - 0x30 }
    return numerals.firstIndex(of: scalar).map { $0 + 1 }
  }

  private static let numerals = Array("一二三四五六七八九十".unicodeScalars)

  /// 7, 11, 十一; `nil` for anything else.
  private static func number(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    guard !scalars.isEmpty else { return nil }
    if scalars.allSatisfy({ 0x30...0x39 ~= $0.value }) {
      return scalars.count <= 2 ? Int(String(scalars)) : nil
    }
    let values = scalars.compactMap(numeral)
    guard values.count == scalars.count, !scalars.contains(where: \.isASCII) else { return nil }
    switch values.count {
    case 1: return values[0]
    case 2 where values[0] == 10 && values[1] < 10: return 10 + values[1]
    default: return nil
    }
  }
}
