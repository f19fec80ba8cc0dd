import Foundation

/// Figures by field, some fields without one. All of a form's lines share what the fields are: a line keeps nothing but
/// its figures, in the order of the fields.
public struct FieldFigures: Sendable {
  let layout: FieldLayout
  private var values: [Decimal?]
  /// Whether only the inputs among the fields are seen.
  private var isOfInputs = false

  init(_ layout: FieldLayout) {
    self.layout = layout
    values = Array(repeating: nil, count: layout.keys.count)
  }

  /// The figure of a field; `nil` for one without, or that the form does not have.
  public subscript(key: FieldKey) -> Decimal? { layout.positions[key].flatMap { self[$0] } }

  /// The figure of the field at a position of the form.
  subscript(position: Int) -> Decimal? {
    get { isOfInputs && !layout.isInput[position] ? nil : values[position] }
    set { values[position] = newValue }
  }

  /// The same without the figures of totals.
  var ofInputs: FieldFigures {
    var inputs = self
    inputs.isOfInputs = true
    return inputs
  }

  /// Gives each total the sum of those of its inputs that are there. A field without any reported input has no figure:
  /// blank is not zero.
  mutating func addUp() {
    for (position, inputs) in layout.behind.enumerated() where !layout.isInput[position] {
      var sum: Decimal?
      for input in inputs {
        if let figure = values[input] { sum = sum.map { $0 + figure } ?? figure }
      }
      values[position] = sum
    }
  }

  public var isEmpty: Bool { values.indices.allSatisfy { self[$0] == nil } }

  var dictionary: [FieldKey: Decimal] {
    Dictionary(map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

extension FieldFigures: Sequence {
  /// The fields with a figure, in the order of the form.
  public func makeIterator() -> some IteratorProtocol<(key: FieldKey, value: Decimal)> {
    values.indices.lazy.compactMap { position in
      self[position].map { (key: layout.keys[position], value: $0) }
    }.makeIterator()
  }
}

extension FieldFigures: Equatable {
  public static func == (a: FieldFigures, b: FieldFigures) -> Bool { a.dictionary == b.dictionary }
}

/// What the fields of a form are, looked up once for all its lines.
final class FieldLayout: Sendable {
  let keys: [FieldKey]
  let positions: [FieldKey: Int]
  let isInput: [Bool]
  /// The positions of the inputs that each field comes down to.
  let behind: [[Int]]

  init(_ form: FormDefinition) {
    let positions = Dictionary(
      form.fields.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    keys = form.fields.map(\.key)
    self.positions = positions
    isInput = form.fields.map(\.isInput)
    behind = form.fields.map { field in form.inputs(behind: field.key).compactMap { positions[$0] } }
  }
}
