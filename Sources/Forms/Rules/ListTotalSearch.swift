import Foundation

/// Which single slip explains a 合计 that is not the sum of its lines.
struct ListTotalSearch {
  struct Answer {
    var line: Int
    var old: Decimal
    var value: Decimal
    var why: String
  }

  private let difference: Decimal
  private let isCount: Bool
  private(set) var totalReason: String?
  private var lines: [Answer] = []
  private var digits: [Answer] = []

  init(total: Decimal, sum: Decimal, isCount: Bool) {
    difference = total - sum
    self.isCount = isCount
    totalReason = Self.slip(from: sum, to: total)
  }

  mutating func weigh(line: Int, _ value: Decimal) {
    if value != 0, value == -difference {
      lines.append(Answer(line: line, old: value, value: value, why: "line-missing"))
    } else if value != 0, value == difference {
      lines.append(Answer(line: line, old: value, value: value, why: "line-twice"))
    }
    let right = value + difference
    guard digits.count < 12, right >= 0, value != 0, let why = Self.slip(from: right, to: value) else {
      return
    }
    digits.append(Answer(line: line, old: value, value: right, why: why))
  }

  func answers(limit: Int) -> [Answer] { Array((lines + digits).prefix(limit)) }

  /// The slip of a hand that makes one number of another; `nil` for none.
  private static func slip(from right: Decimal, to wrong: Decimal) -> String? {
    guard right != wrong, right >= 0, wrong >= 0 else { return nil }
    return CandidateSearch.handSlip(from: wrong, to: right)
  }
}
