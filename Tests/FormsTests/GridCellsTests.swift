import Testing
import XLSX

@testable import Forms

@Suite("Cells of a grid")
struct GridCellsTests {
  @Test("are found whatever order they came in")
  func order() {
    var cells: GridCells = ["A1": GridCell(.number(1)), "C1": GridCell(.number(3))]
    cells["B1"] = GridCell(.number(2))
    cells["A2"] = GridCell(.number(4))
    #expect(cells.count == 4)
    #expect(["A1", "B1", "C1", "A2"].map { cells[$0]?.value } == [1, 2, 3, 4].map { .number($0) })
    #expect(cells["D1"] == nil)
    cells["C1"]?.value = .text("三")
    cells["A1"] = nil
    #expect(cells["C1"]?.value == .text("三"))
    #expect(cells["A1"] == nil)
    #expect(cells["B1"]?.value == .number(2))
    #expect(Set(cells.map(\.key)) == ["B1", "C1", "A2"])
  }

  @Test("what is said of one cell is not said of its copy, and taken back it leaves nothing")
  func copies() {
    var cell = GridCell(.number(1), formula: "A1", comment: "x")
    let copy = cell
    cell.formula = nil
    #expect(copy.formula == "A1" && cell.formula == nil && cell.comment == "x")
    cell.comment = nil
    #expect(cell == GridCell(.number(1)) && cell.hashValue == GridCell(.number(1)).hashValue)
    #expect(cell != copy)
    #expect(MemoryLayout<GridCell>.stride == 32)
  }
}
