/// What of a form stands on an open error: the figures that it hangs at, and everything that is added up with them.
///
/// Such a figure enters the sums as it was reported, since only a correction changes a figure; but whatever is made of it
/// must say so, and nobody is ranked by it.
struct DisputedFigures: Sendable {
  private(set) var fields: Set<FieldKey> = []
  /// Whether an error is about the form rather than a figure of it: a missing row, the figures of another year.
  private(set) var isWhole = false

  static let none = DisputedFigures()

  private init() {}

  init(_ submission: Submission?, of form: FormDefinition) {
    var inputs: Set<FieldKey> = []
    for finding in submission?.findings ?? [] where finding.severity == .error && finding.note == nil {
      guard let place = finding.field else {
        isWhole = true
        continue
      }
      fields.insert(place)
      // That a sum was not written down says nothing against what it is the sum of.
      if finding.rule == "T01" { continue }
      let keys = [place] + finding.candidates.map(\.field) + Self.partners(of: place, finding, in: form)
      for key in keys { inputs.formUnion(Self.inputs(at: key, in: form)) }
    }
    guard !inputs.isEmpty else { return }
    for field in form.fields where !inputs.isDisjoint(with: form.inputs(behind: field.key)) {
      fields.insert(field.key)
    }
  }

  /// The inputs that a key comes down to: of a field those it adds up, of the headings above several fields all of theirs.
  private static func inputs(at key: FieldKey, in form: FormDefinition) -> [FieldKey] {
    if form.field(key) != nil { return form.inputs(behind: key) }
    let path = key.path
    return form.fields.filter { $0.isInput && $0.key.path.starts(with: path) }.map(\.key)
  }

  /// Of events that do not go with their people (X01, X02) either may be wrong.
  private static func partners(of key: FieldKey, _ finding: Finding, in form: FormDefinition) -> [FieldKey] {
    guard finding.rule.hasPrefix("X") else { return [] }
    let pairs =
      form.rules.attendance.map { [$0.events, $0.people] }
      + form.rules.coverage.map { [$0.events, $0.people] }
    return pairs.filter { $0.contains(key) }.flatMap(\.self)
  }
}
