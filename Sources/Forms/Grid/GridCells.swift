import XLSX

/// The cells of a ``Grid``: looked up by their place, walked through in the order in which they were put in.
///
/// Files store their cells in reading order, row by row; while cells come in that order there is nothing but two arrays.
public struct GridCells: Sendable {
  public private(set) var keys: [CellReference] = []
  public private(set) var values: [GridCell] = []
  /// Where each cell is, once one has come out of order.
  private var positions: [CellReference: Int]?
  /// Whether a formula may be among the cells.
  private(set) var hasFormulas = false
  /// Whether a cell may be seen otherwise than it is stored.
  private(set) var hasAppearances = false

  public init() {}

  /// - Complexity: O(*n* log *n*)
  public init(_ cells: [CellReference: GridCell]) {
    for (key, value) in cells.sorted(by: { $0.key < $1.key }) { self[key] = value }
  }

  /// Whether the cells came row by row.
  var isOrdered: Bool { positions == nil }

  public var count: Int { keys.count }
  public var isEmpty: Bool { keys.isEmpty }

  public mutating func reserveCapacity(_ count: Int) {
    keys.reserveCapacity(count)
    values.reserveCapacity(count)
  }

  /// The cell at a place; `nil` where nothing was put.
  ///
  /// - Complexity: O(log *n*); taking a cell out, which no reader does, O(*n*).
  public subscript(place: CellReference) -> GridCell? {
    get { position(of: place).map { values[$0] } }
    set {
      guard let newValue else { return remove(place) }
      if newValue.formula != nil { hasFormulas = true }
      if newValue.appearance != nil { hasAppearances = true }
      if keys.last.map({ $0 < place }) ?? true {
        positions?[place] = keys.count
        keys.append(place)
        values.append(newValue)
      } else if let position = position(of: place) {
        values[position] = newValue
      } else {
        if positions == nil {
          positions = Dictionary(zip(keys, keys.indices), uniquingKeysWith: { first, _ in first })
        }
        positions?[place] = keys.count
        keys.append(place)
        values.append(newValue)
      }
    }
  }

  /// The cells that fulfil a condition, in the same order.
  public func filter(_ isIncluded: (Element) throws -> Bool) rethrows -> GridCells {
    var result = GridCells()
    for (key, value) in self where try isIncluded((key, value)) { result[key] = value }
    return result
  }

  private func position(of place: CellReference) -> Int? {
    if let positions { return positions[place] }
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == place ? low : nil
  }

  private mutating func remove(_ place: CellReference) {
    guard let position = position(of: place) else { return }
    keys.remove(at: position)
    values.remove(at: position)
    if positions != nil {
      positions = Dictionary(zip(keys, keys.indices), uniquingKeysWith: { first, _ in first })
    }
  }
}

extension GridCells: Sequence {
  public struct Iterator: IteratorProtocol {
    fileprivate let cells: GridCells
    private var position = 0

    fileprivate init(_ cells: GridCells) { self.cells = cells }

    public mutating func next() -> (key: CellReference, value: GridCell)? {
      guard position < cells.keys.count else { return nil }
      defer { position += 1 }
      return (cells.keys[position], cells.values[position])
    }
  }

  public func makeIterator() -> Iterator { Iterator(self) }
}

extension GridCells: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (CellReference, GridCell)...) {
    for (key, value) in elements { self[key] = value }
  }
}
