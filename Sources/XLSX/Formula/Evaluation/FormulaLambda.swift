/// A function as a value: what `LAMBDA` makes, or the name of a built-in one given where a function is asked for.
final class FormulaLambda: Hashable, Sendable {
  enum Body: Sendable {
    case formula(parameters: [Parameter], FormulaNode, FormulaScope)
    case builtIn(String)
  }

  struct Parameter: Sendable {
    var name: String
    /// Written in brackets: it may be left out.
    var isOptional: Bool
  }

  let body: Body
  /// How many functions hold each other, this one included.
  let depth: Int

  init(_ body: Body) {
    self.body = body
    switch body {
    case .formula(_, _, let scope): depth = scope.bindings.depth + 1
    case .builtIn: depth = 1
    }
  }

  static func == (a: FormulaLambda, b: FormulaLambda) -> Bool { a === b }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// The names that `LET` and `LAMBDA` have given, the last one first to be found.
struct FormulaBindings: Sendable {
  private var names: [String] = []
  /// `nil` for a parameter that was left out.
  private var values: [Operand?] = []
  /// How many functions the values hold in each other: they are let go one inside the other.
  private(set) var depth = 0
  /// More names than any formula gives, and less than the stack bears.
  private static let maximum = 1024
  private static let maximumDepth = 128

  mutating func give(_ name: String, _ value: Operand?) throws {
    names.append(name.lowercased())
    values.append(value)
    if case .function(let function) = value { depth = max(depth, function.depth) }
    guard names.count <= Self.maximum, depth <= Self.maximumDepth else {
      throw Interruption.failure(.tooComplex("the formula gives too many names"))
    }
  }

  /// What a name stands for; the inner `nil` is a parameter that was left out.
  func value(of name: String) -> Operand?? {
    if names.isEmpty { return nil }
    let folded = name.lowercased()
    return names.lastIndex(of: folded).map { values[$0] }
  }
}

extension FormulaEvaluator {
  /// What a name gives: a value that `LET` or `LAMBDA` gave it, or what is defined in the workbook.
  func named(_ name: String, qualifier: String?, _ scope: FormulaScope) throws -> Operand {
    if qualifier == nil, let given = scope.bindings.value(of: name) {
      // What was left out counts as nothing.
      return given ?? .scalar(.blank)
    }
    let (definition, inner) = try definition(of: name, qualifier: qualifier, scope)
    return try evaluate(definition, inner)
  }

  /// The function that a name stands for; `nil` if it stands for none.
  func function(named name: String, _ scope: FormulaScope) throws -> FormulaLambda? {
    if let given = scope.bindings.value(of: name) {
      if case .function(let function) = given { return function }
      return nil
    }
    guard context.definedName(name, sheet: scope.sheet) != nil else { return nil }
    let (definition, inner) = try definition(of: name, qualifier: nil, scope)
    if case .function(let function) = try evaluate(definition, inner) { return function }
    return nil
  }

  /// Calls a function that is a value.
  ///
  /// - Parameter arguments: `nil` for one that is left out.
  func apply(_ function: FormulaLambda, _ arguments: [Operand?], _ scope: FormulaScope) throws -> Operand {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw Interruption.failure(.tooComplex("the formula is nested too deep"))
    }
    try charge(4)
    switch function.body {
    case .builtIn(let name):
      let missing = [FormulaNode](repeating: .missing, count: arguments.count)
      return try call(name, missing, scope, values: arguments)
    case .formula(let parameters, let body, var inner):
      guard arguments.count <= parameters.count else { throw Interruption.error(.value) }
      for (index, parameter) in parameters.enumerated() {
        let value = index < arguments.count ? arguments[index] : nil
        guard index < arguments.count || parameter.isOptional else { throw Interruption.error(.value) }
        try inner.bindings.give(parameter.name, value)
      }
      return try evaluate(body, inner)
    }
  }
}
