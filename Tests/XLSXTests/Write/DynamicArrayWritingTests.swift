import Testing

@testable import XLSX

/// Formulas that spill, as files hold them: an array formula with an entry of the metadata part.
@Suite("Writing formulas that spill")
struct DynamicArrayWritingTests {
  @Test("written, read, edited into a workbook that had none, and kept")
  func roundTrip() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    for (row, value) in [3.0, 1, 2].enumerated() {
      sheet[CellReference(row: row + 1, column: 1)] = .number(value)
    }
    let plain = try Workbook(bytes: book.serialized())
    sheet["C1"] = .formula("SORT(A1:A3)")
    sheet["D1"] = .formula(.dynamic("A1:A3*2"))
    sheet["E1"] = .formula("SUM(A1:A3)")

    for written in [
      try book.serialized(),
      try {
        let opened = try plain.sheet(at: 0)
        for cell in ["C1", "D1", "E1"] as [CellReference] { opened[cell] = sheet[cell] }
        return try plain.serialized()
      }(),
    ] {
      let read = try Workbook(bytes: written)
      let cells = try read.sheet(at: 0)
      let sorted = try #require(cells["C1"].formula)
      #expect(sorted.text == "SORT(A1:A3)" && sorted.isDynamic && sorted.arrayRange == "C1:C1")
      #expect(cells["D1"].formula?.isDynamic == true)
      #expect(cells["E1"].formula?.isDynamic == false && cells["E1"].formula?.arrayRange == nil)
      let calculator = read.calculator()
      #expect(try calculator.value(of: "C3", sheet: 0) == 3)
      #expect(try calculator.value(of: "D2", sheet: 0) == 2)
      // A change elsewhere leaves them, and a second such formula finds the entry.
      cells["A1"] = 9
      cells["F1"] = .formula("SEQUENCE(2)")
      let again = try Workbook(bytes: read.serialized()).sheet(at: 0)
      #expect(again["C1"].formula == sorted)
      #expect(again["F1"].formula?.isDynamic == true)
    }
  }

  @Test("metadata that counts out of all measure are none for a formula that spills")
  func metadataOutOfMeasure() throws {
    let book = Workbook()
    try book.addSheet(named: "表")["C1"] = .formula("SORT(A1:A3)")
    var changes = try PackageEdits(Package(bytes: book.serialized(), limits: .default))
    for number in [Int.min, 0, 2, Int.max] {
      let xml = DynamicArrayMetadata.xml.replacing("<rc t=\"1\"", with: "<rc t=\"\(number)\"")
      changes.set(DynamicArrayMetadata.part, Array(xml.utf8))
      let opened = try Workbook(bytes: changes.zipEdits().applied(to: book.serialized()))
      try opened.sheet(at: 0)["D1"] = .formula("SORT(A1:A3)")
      #expect(throws: XLSXError.self) { try opened.serialized() }
    }
  }

  @Test("what files write otherwise than people: this row of a table, functions by name alone")
  func storedForms() {
    #expect(FormulaPrefixes.stored("[@Price]*2") == "[[#This Row],[Price]]*2")
    #expect(FormulaPrefixes.stored("Sales[@[Unit price]]") == "Sales[[#This Row],[Unit price]]")
    #expect(FormulaPrefixes.stored("BYROW(A1:B2,SUM)") == "_xlfn.BYROW(A1:B2,_xleta.SUM)")
    #expect(FormulaPrefixes.shown("_xlfn.BYROW(A1:B2,_xleta.SUM)") == "BYROW(A1:B2,SUM)")
  }
}
