/// Computes formulas as Excel does.
///
/// A cell's precedents are computed first, each once; a cell that depends on itself throws ``FormulaError/circular``. What
/// cannot be computed (other workbooks, unknown functions) throws ``FormulaError/unsupported(_:)``; a
/// *precedent* that cannot be computed gives its cached value instead, if it has one, and is listed in
/// ``cachedPrecedents``.
///
/// Where Excel and IEEE arithmetic differ, Excel is followed: sums and differences that leave only the last bits of
/// their operands are 0, comparisons do not see beyond the 15th digit, there is no negative zero, and what is infinite
/// is `#NUM!`.
///
/// An evaluator remembers what it computed: make a new one after cells have changed. It is not thread-safe.
public final class FormulaEvaluator {
  /// A cell whose cached value was used because its formula cannot be computed.
  public struct CachedPrecedent: Hashable, Sendable {
    /// The sheet's position, from 0.
    public var sheet: Int
    /// The cell whose formula cannot be computed.
    public var cell: CellReference
    /// Why not.
    public var reason: FormulaError
  }

  /// The cells whose cached values stand in for results, in the order in which they were met.
  public private(set) var cachedPrecedents: [CachedPrecedent] = []

  let context: any FormulaContext
  private var memo: [CellAddress: Result<Scalar, FormulaError>] = [:]
  var arrayResults: [CellAddress: Matrix] = [:]
  /// The formulas that spill, by sheet.
  var spilling: [Int: SpillingSheet] = [:]
  /// The sheet without any that was asked for last.
  var plainSheet = -1
  /// What stands in for precedents that cannot be computed.
  private var substitutes: [CellAddress: Scalar] = [:]
  private var inProgress: Set<CellAddress> = []
  /// Cells that wait for a precedent to be computed from the top of the stack; none of them may be met again below.
  private var waiting: Set<CellAddress> = []
  /// How many nested parts of formulas are being evaluated, over all cells.
  var depth = 0
  /// From here on a precedent is computed from the top of the stack instead of by recursion, so that a column in which
  /// every row adds to the row above needs no deep stack.
  private static let recursionLimit = 150
  /// The most values that one array may have.
  static let maximumArraySize = 1 << 22
  /// Larger ranges are cut off where their sheets end when they become arrays.
  static let wholeRangeSize = 1 << 10
  /// How deep parts of formulas may be evaluated inside each other, over all cells: deeper than any formula that Excel
  /// accepts, and no danger for the stack of a thread.
  static let maximumDepth = 512
  /// What one formula may cost, in values looked at: a few seconds. Names that use names can ask for any amount.
  var maximumWork = 1 << 25
  private var work = 0
  /// What all formulas of one evaluator may cost together, in values looked at: some eight seconds. A small file can hold very
  /// many costly ones. Past it, formulas that were not computed yet say so.
  package var maximumTotalWork = 1 << 27
  private var totalWork = 0
  private var formats: [String: CompiledNumberFormat] = [:]
  private var parsedNames: [String: FormulaNode] = [:]

  /// An evaluator that has computed nothing yet.
  package init(_ context: any FormulaContext) { self.context = context }

  /// The value of a cell: what its formula gives now, or what it holds if it has none.
  ///
  /// - Throws: ``FormulaError``.
  public func value(of cell: CellReference, sheet: Int) throws -> CellValue {
    let address = CellAddress(sheet: sheet, cell: cell)
    return try unwrapped {
      if try hasFormula(address) { return try resolve(address).cellValue }
      guard let spilled = try fromTop({ try spilledValue(address) }) else {
        return try context.cell(address.cell, sheet: address.sheet)
      }
      return spilled.isBlank ? .empty : spilled.cellValue
    }
  }

  /// The value that a formula would have in a cell.
  ///
  /// - Throws: ``FormulaError``.
  public func evaluate(_ formula: Formula, in cell: CellReference, sheet: Int) throws -> CellValue {
    let node = try FormulaParser.parse(formula.text)
    let scope = FormulaScope(sheet: sheet, cell: cell, isArray: formula.isArray)
    return try unwrapped { try fromTop { try scalar(evaluate(node, scope), scope).cellValue } }
  }

  /// All values that a formula would have in a cell and those it spills over, by rows.
  ///
  /// - Throws: ``FormulaError``.
  public func evaluateArray(_ formula: Formula, in cell: CellReference, sheet: Int) throws -> [[CellValue]] {
    let node = try FormulaParser.parse(formula.text)
    let scope = FormulaScope(sheet: sheet, cell: cell, isArray: true)
    do {
      let result = try fromTop { try matrix(evaluate(node, scope)) }
      return (0..<result.rows).map { row in (0..<result.columns).map { result[row, $0].cellValue } }
    } catch Interruption.error(let error) {
      return [[.error(error)]]
    } catch Interruption.failure(let failure) {
      throw failure
    }
  }

  /// Evaluates again and again, until every precedent that is too deep for recursion is computed.
  private func fromTop<Result>(_ body: () throws -> Result) throws -> Result {
    while true {
      work = 0
      do {
        return try body()
      } catch Interruption.pending(let precedent) {
        _ = try? resolve(precedent)
      }
    }
  }

  private func unwrapped(_ body: () throws -> CellValue) throws -> CellValue {
    do {
      return try body()
    } catch Interruption.error(let error) {
      return .error(error)
    } catch Interruption.failure(let failure) {
      throw failure
    }
  }

  /// Whether a formula gives the value of a cell, its own or an array formula that covers it.
  private func hasFormula(_ address: CellAddress) throws -> Bool {
    if try context.cell(address.cell, sheet: address.sheet).formula != nil { return true }
    return try context.arrayFormula(covering: address.cell, sheet: address.sheet) != nil
  }

  /// Whether a cell is being computed, or waits for another one.
  func isBusy(_ address: CellAddress) -> Bool { inProgress.contains(address) || waiting.contains(address) }

  /// Computes a cell from the top of the stack, and before it every precedent that is too deep for recursion.
  private func resolve(_ address: CellAddress) throws -> Scalar {
    var stack = [address]
    depth = 0
    defer { waiting.removeAll() }
    while let cell = stack.last {
      waiting.remove(cell)
      do {
        let value = try compute(cell)
        stack.removeLast()
        if stack.isEmpty { return value }
      } catch Interruption.pending(let precedent) {
        waiting.insert(cell)
        stack.append(precedent)
      } catch Interruption.failure(let failure) {
        stack.removeLast()
        if stack.isEmpty { throw Interruption.failure(failure) }
      }
    }
    return .blank
  }

  /// The value of a cell that a formula refers to.
  func precedent(_ address: CellAddress) throws -> Scalar {
    try precedent(address, holding: context.cell(address.cell, sheet: address.sheet))
  }

  /// The same where it is known what the cell holds.
  func precedent(_ address: CellAddress, holding value: CellValue) throws -> Scalar {
    try charge(1)
    if value.formula == nil, try context.arrayFormula(covering: address.cell, sheet: address.sheet) == nil {
      return try spilledValue(address) ?? Scalar(value)
    }
    if case .success(let known) = memo[address] { return known }
    if let known = substitutes[address] { return known }
    if depth >= Self.recursionLimit, memo[address] == nil { throw Interruption.pending(address) }
    do {
      return try compute(address)
    } catch Interruption.failure(let failure) where failure != .circular && !value.result.isEmpty {
      let cached = Scalar(value)
      substitutes[address] = cached
      cachedPrecedents.append(CachedPrecedent(sheet: address.sheet, cell: address.cell, reason: failure))
      return cached
    }
  }

  /// Computes a cell that has a formula, or is covered by an array formula.
  private func compute(_ address: CellAddress) throws -> Scalar {
    switch memo[address] {
    case .success(let value): return value
    case .failure(let failure): throw Interruption.failure(failure)
    case nil: break
    }
    guard !waiting.contains(address), inProgress.insert(address).inserted else {
      throw Interruption.failure(.circular)
    }
    let workAround = work
    work = 0
    defer {
      inProgress.remove(address)
      work = workAround
    }
    let startDepth = depth
    do {
      // A formula that gives an empty cell gives 0.
      let found = try computed(address)
      let value = found.isBlank ? .number(0) : found
      memo[address] = .success(value)
      return value
    } catch Interruption.error(let error) {
      memo[address] = .success(.error(error))
      return .error(error)
    } catch Interruption.pending where startDepth > Self.recursionLimit / 2 {
      // Start again from here, with room for many precedents, not from each of them.
      throw Interruption.pending(address)
    } catch Interruption.failure(let failure) {
      memo[address] = .failure(failure)
      throw Interruption.failure(failure)
    } catch let failure as FormulaError {
      memo[address] = .failure(failure)
      throw Interruption.failure(failure)
    }
  }

  private func computed(_ address: CellAddress) throws -> Scalar {
    let value = try context.cell(address.cell, sheet: address.sheet)
    if let array = try context.arrayFormula(covering: address.cell, sheet: address.sheet) {
      let results = try arrayResult(of: array.master, sheet: address.sheet)
      return results.broadcast(
        address.cell.row - array.range.first.row, address.cell.column - array.range.first.column)
    }
    guard let formula = value.formula else { return try spilledValue(address) ?? Scalar(value) }
    if formula.isDynamic, try hasSpills(address.sheet) {
      return try settle(arrayResult(of: address.cell, sheet: address.sheet), of: address)
    }
    let node = try FormulaParser.parse(formula.text)
    let scope = FormulaScope(sheet: address.sheet, cell: address.cell, isArray: formula.isArray)
    return try scalar(evaluate(node, scope), scope)
  }

  private func arrayResult(of master: CellReference, sheet: Int) throws -> Matrix {
    let address = CellAddress(sheet: sheet, cell: master)
    if let known = arrayResults[address] { return known }
    guard let formula = try context.cell(master, sheet: sheet).formula else { return Matrix(.blank) }
    let scope = FormulaScope(sheet: sheet, cell: master, isArray: true)
    let result: Matrix
    do {
      result = try matrix(evaluate(FormulaParser.parse(formula.text), scope))
    } catch Interruption.error(let error) {
      result = Matrix(.error(error))
    }
    arrayResults[address] = result
    return result
  }

  /// Counts what the formula being computed costs.
  ///
  /// - Throws: ``FormulaError/tooComplex(_:)`` once it is more than any honest formula costs.
  func charge(_ values: Int) throws {
    work += values
    totalWork += values
    guard work <= maximumWork else {
      throw Interruption.failure(.tooComplex("computing the formula takes too long"))
    }
    guard totalWork <= maximumTotalWork else {
      throw Interruption.failure(.tooComplex("computing all formulas of the workbook takes too long"))
    }
  }

  /// The number format of a code, read once.
  func format(_ code: String) -> CompiledNumberFormat {
    if let format = formats[code] { return format }
    let format = CompiledNumberFormat(NumberFormat(code))
    formats[code] = format
    return format
  }

  /// What a defined name stands for, as seen from a cell: relative references in it are written for A1, and one to the
  /// cell on the left is written as the grid's last column.
  func definition(of name: String, qualifier: String?, _ scope: FormulaScope) throws -> (
    FormulaNode, FormulaScope
  ) {
    try charge(256)
    var sheet = scope.sheet
    if let qualifier, let position = context.position(ofSheet: qualifier) { sheet = position }
    guard let text = context.definedName(name, sheet: sheet) else { throw Interruption.error(.name) }
    let moved = SharedFormula(text).text(
      rows: scope.cell.row - 1, columns: scope.cell.column - 1, wraps: true)
    var inner = scope
    inner.bindings = FormulaBindings()
    inner.nameDepth += 1
    guard inner.nameDepth <= 32 else { throw Interruption.failure(.circular) }
    if let node = parsedNames[moved] { return (node, inner) }
    do {
      let node = try FormulaParser.parse(moved)
      if parsedNames.count > 10_000 { parsedNames.removeAll() }
      parsedNames[moved] = node
      return (node, inner)
    } catch {
      throw Interruption.failure(error)
    }
  }
}

/// Where a formula stands.
struct FormulaScope: Sendable {
  var sheet: Int
  var cell: CellReference
  /// Whether ranges are taken as arrays where a single value is asked for, as in array formulas and in `SUMPRODUCT`;
  /// else the cell in the formula's own row or column is meant.
  var isArray: Bool
  /// How many names lead here, one through the other.
  var nameDepth = 0
  /// What `LET` and `LAMBDA` have given names to.
  var bindings = FormulaBindings()

  init(sheet: Int, cell: CellReference, isArray: Bool) {
    self.sheet = sheet
    self.cell = cell
    self.isArray = isArray
  }

  var asArray: FormulaScope {
    var scope = self
    scope.isArray = true
    return scope
  }
}
