import Foundation
import XLSX

/// Where forms stood on the sheets that were read before. A sheet with the same words in the same places, whatever its
/// figures and names are, has its forms where that one had them, and is not searched again.
///
/// The locator looks at a figure only where its layout leaves something open (``ValueProbe``); such layouts are not kept.
/// Where it looks only for a year in a number, the layout is that of sheets with the same years there.
/// Not thread-safe: every worker has its own.
final class LayoutMemory {
  private struct Layout {
    var cells: [UInt64]
    var merges: [CellRange]
    var markers: [GridBook.Marker]
    var years: [CellReference: Int?]
    var found: FormLocator.Result
  }

  /// Kinds of cells that are no text.
  private enum CellKind {
    static let number: UInt32 = 0
    static let bool: UInt32 = 1
    static let blankFormula: UInt32 = 2
    static let firstText: UInt32 = 3
  }

  private static let capacity = 512
  /// Cells of a sheet that is worth keeping: a form has some hundred.
  private static let cellLimit = 2_000

  private let locator: FormLocator
  private var texts: TextMemory
  private var layouts: [Int: [Layout]] = [:]
  private var count = 0
  private var cells: [UInt64] = []

  init(_ locator: FormLocator) {
    self.locator = locator
    texts = TextMemory(locator.words)
  }

  /// Every form in a workbook, as ``FormLocator/locate(in:)`` finds them.
  func locate(in book: GridBook) -> [LocatedForm] {
    let found = book.grids.indices.flatMap { locate(in: book.grids[$0], number: $0, of: book) }
    return locator.completed(LocatedForm.joined(found), in: book)
  }

  private func locate(in grid: Grid, number: Int, of book: GridBook) -> [LocatedForm] {
    if texts.isFull || count >= Self.capacity { forget() }
    guard describe(grid) else { return locator.locate(in: grid, number: number, of: book).forms }
    var hasher = Hasher()
    cells.withUnsafeBytes { hasher.combine(bytes: $0) }
    let hash = hasher.finalize()
    let markers = book.markers.isEmpty ? [] : book.markers.filter { $0.sheet == grid.name }
    let known = layouts[hash]?.first {
      $0.cells == cells && $0.merges == grid.merges && $0.markers == markers
        && $0.years.allSatisfy { grid.cells[$0]?.year == $1 }
    }
    if let known, !known.found.days.contains(where: { DatePieces.isPiece(reading($0, in: grid).raw) }) {
      return known.found.forms.map { form in
        var form = form
        form.sheet = number
        form.head = form.headSources.mapValues { reading($0, in: grid) }
        return form
      }
    }
    let found = locator.locate(in: grid, number: number, of: book)
    if known == nil, !found.dependsOnValues {
      layouts[hash, default: []].append(
        Layout(cells: cells, merges: grid.merges, markers: markers, years: found.years, found: found))
      count += 1
    }
    return found.forms
  }

  private func forget() {
    texts = TextMemory(locator.words)
    layouts = [:]
    count = 0
  }

  /// Notes what the locator can see of each cell; `false` for a sheet that is too large or too odd to be kept.
  private func describe(_ grid: Grid) -> Bool {
    cells.removeAll(keepingCapacity: true)
    guard grid.cells.count <= Self.cellLimit else { return false }
    for position in grid.cells.keys.indices {
      let content = grid.cells.values[position]
      let kind: UInt32
      switch content.shown {
      case .number(let number):
        guard !number.isNaN else { return false }
        kind = CellKind.number
      case .bool: kind = CellKind.bool
      case .text(let text):
        if text.isInvisible {
          guard content.formula != nil else { continue }
          kind = CellKind.blankFormula
        } else {
          guard let traits = texts.traits(of: text) else { return false }
          kind = CellKind.firstText + traits.kind
        }
      case .blank:
        guard content.isFilled else { continue }
        kind = CellKind.blankFormula
      case .error: return false
      }
      let place = grid.cells.keys[position]
      guard place.isInGrid else { return false }
      cells.append(
        UInt64(place.row) << 44 | UInt64(place.column) << 29 | UInt64(kind & 0xFFF_FFFF) << 1
          | (content.formula == nil ? 0 : 1))
    }
    return true
  }

  /// A line around a form, read where it stands.
  private func reading(_ source: HeadSource, in grid: Grid) -> HeadReading {
    switch source {
    case .label(let cell, let number):
      var raw = ""
      if case .text(let text)? = grid.cells[cell]?.shown, let lines = texts.traits(of: text)?.lines,
        lines.indices.contains(number)
      {
        raw = lines[number].value
      }
      return HeadReading(cell: cell, raw: raw)
    case .value(let cell): return HeadLineFinder.reading(of: grid.cells[cell], at: cell)
    case .place(let cell): return HeadReading(cell: cell, raw: "")
    }
  }
}

/// Notes whether the locator has looked at what a figure is, not only where figures are.
final class ValueProbe {
  var isUsed = false
  /// The years that were looked for in numbers.
  private(set) var years: [CellReference: Int?] = [:]

  /// What may be a year names a group of figures: the number in a cell, if it is one.
  func year(of cell: CellReference, in grid: Grid) -> Int? {
    let year = grid.cells[cell]?.year
    years[cell] = year
    return year
  }
}

extension GridCell {
  /// The year that a number may be.
  fileprivate var year: Int? {
    guard case .number(let number) = shown, let whole = number.whole, 1990...2100 ~= whole else { return nil }
    return Int(whole)
  }
}

extension String {
  /// Whether nothing is seen of it.
  var isInvisible: Bool { unicodeScalars.allSatisfy(TextFolding.isInvisible) }
}
