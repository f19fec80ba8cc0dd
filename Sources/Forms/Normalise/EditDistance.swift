/// The restricted Damerau–Levenshtein distance: how many characters to insert, delete, replace or swap with their
/// neighbour, no character being touched twice.
public enum EditDistance {
  /// The distance, or `nil` if it is above `limit`.
  ///
  /// - Complexity: O(a × b), cut short where the limit allows.
  public static func between<C: BidirectionalCollection>(_ a: C, _ b: C, limit: Int = .max) -> Int?
  where C.Element: Equatable {
    if limit != .max, abs(a.count - b.count) > limit { return nil }
    let x = Array(a)
    let y = Array(b)
    var beforeLast: [Int] = []
    var last = Array(0...y.count)
    for i in 0..<x.count {
      var row = [i + 1]
      row.reserveCapacity(y.count + 1)
      for j in 0..<y.count {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (x[i] == y[j] ? 0 : 1))
        if i > 0, j > 0, x[i] == y[j - 1], x[i - 1] == y[j] { best = min(best, beforeLast[j - 1] + 1) }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    let distance = last[y.count]
    return distance <= limit ? distance : nil
  }
}
