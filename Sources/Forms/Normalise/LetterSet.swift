/// The characters of a name, as 64 bits: tells of most pairs of names that they are too far apart to compare.
struct LetterSet: Sendable {
  private var bits: UInt64 = 0

  init(_ scalars: [Unicode.Scalar]) {
    for scalar in scalars { bits |= 1 << UInt64(scalar.value & 63) }
  }

  /// How many different characters of another name are missing here, at least.
  func lacking(_ other: LetterSet) -> Int { (other.bits & ~bits).nonzeroBitCount }

  /// Whether the edit distance of two names can be within a limit: every character that only one of them has costs an edit,
  /// and one edit mends at most one missing on each side.
  func mayBeNear(_ other: LetterSet, limit: Int) -> Bool {
    max(lacking(other), other.lacking(self)) <= limit
  }
}
