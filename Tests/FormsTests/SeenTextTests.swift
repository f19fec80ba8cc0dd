import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("A figure is what a careful clerk sees: C08, dates and percentages, pictures, text boxes")
struct SeenTextTests {
  private let inbox: ReturnInbox

  init() throws { inbox = try ReturnInbox() }

  /// The findings of one form in which one cell was changed, and what was read there.
  private func judged(
    _ cell: CellReference = "C10", _ change: (Worksheet) throws -> Void
  ) throws -> (reading: Reading, findings: [Finding]) {
    try inbox.put(inbox.form(unit: "温县总工会", change), "温县.xlsx")
    let report = try inbox.check()
    let submission = try #require(report.submissions.first)
    let reading = try #require(submission.readings.first { $0.cell == cell })
    return (reading, submission.findings.filter { $0.cell == cell })
  }

  private func rich(_ runs: (String, Font?)...) -> CellValue {
    .richText(RichText(runs.map { RichText.Run($0.0, font: $0.1) }))
  }

  @Test("a figure beside the one crossed out is read, and C08 says what was left out")
  func struckRun() throws {
    let (reading, findings) = try judged {
      $0["C10"] = rich(("18", Font(strikethrough: true)), ("2", Font()))
    }
    #expect(reading.figure == 2)
    #expect(findings.map(\.rule) == ["C08"])
    #expect(findings.first?.message.chinese == "C10中有划去的“18”，按2读取，请核对")
    #expect(findings.first?.message.english == "C10 has “18” crossed out; it was read as 2; please check")
    #expect(findings.first?.severity == .warning)
  }

  @Test("a number whose whole cell is crossed out is blank, and C08 stands for what says so of blanks")
  func struckCell() throws {
    let (reading, findings) = try judged { sheet in
      sheet.changeStyle(for: CellRange("C10")) { $0.font.isStruckThrough = true }
    }
    #expect(reading.state == .blank)
    #expect(findings.map(\.rule) == ["C08"])
    #expect(findings.first?.message.chinese == "C10中只有划去的“2”，按未填读取，请核对")
  }

  @Test("a number that its format or its colour hides is blank; a zero that is not shown stays one")
  func hiddenNumbers() throws {
    let hides: [(String, (inout Style) -> Void)] = [
      (";;;", { $0.numberFormat = NumberFormat(";;;") }), ("white", { $0.font.color = .white }),
      ("the paper's", { $0.font.color = .theme(0, tint: 0) }),
      (
        "its ground's",
        {
          $0.font.color = .rgb(0xFFEE00)
          $0.fill = .solid(.rgb(0xFFEE00))
        }
      ),
    ]
    for (name, hide) in hides {
      let (reading, findings) = try judged { sheet in
        sheet.changeStyle(for: CellRange("C10")) { hide(&$0) }
      }
      #expect(reading.state == .blank, "\(name)")
      #expect(findings.map(\.rule) == ["C08"], "\(name)")
      #expect(findings.first?.message.chinese == "C10中只有隐藏的“2”，按未填读取，请核对")
    }
    let zero = try judged { sheet in
      sheet["C10"] = 0
      sheet.changeStyle(for: CellRange("C10")) { $0.numberFormat = NumberFormat("0;-0;;@") }
    }
    #expect(zero.reading.figure == 0)
    let shaded = try judged { sheet in
      sheet.changeStyle(for: CellRange("C10")) {
        $0.font.color = .white
        $0.fill = .solid(.rgb(0x990000))
      }
    }
    #expect(shaded.reading.figure == 2 && shaded.findings.isEmpty)
  }

  @Test("a raised mark is no digit, a raised cell is only set small, and the square of a unit belongs to it")
  func raised() throws {
    let mark = Font(verticalPosition: .superscript)
    let (reading, findings) = try judged { $0["C10"] = rich(("2", nil), ("1", mark)) }
    #expect(reading.figure == 2)
    #expect(findings.first?.message.chinese == "C10中有上标的“1”，按2读取，请核对")
    let whole = try judged { sheet in
      sheet.changeStyle(for: CellRange("C10")) { $0.font.verticalPosition = .superscript }
    }
    #expect(whole.reading.figure == 2)
    #expect(whole.findings.isEmpty)
    var square = FormattedText("120m")
    square.append("2", .raised)
    #expect(square.seenText == "120m²")
  }

  @Test("what is crossed out in the name of the unit or in a heading is left out without a word")
  func names() throws {
    let struck = Font(strikethrough: true)
    try inbox.put(
      inbox.form(unit: "温县总工会") { sheet in
        sheet["B3"] = rich(("沁阳市总工会", struck), ("温县总工会", Font()))
        sheet["A10"] = rich(("送字画", struck), ("送书画", Font()))
      }, "报表.xlsx")
    let report = try inbox.check()
    #expect(report.submissions.first?.unit?.name == "温县总工会")
    let told = report.findings + report.submissions.flatMap(\.findings)
    #expect(!told.contains { ["C08", "D06", "D07", "D09", "F04", "F05"].contains($0.rule) })
  }

  @Test(
    "marks of footnotes behind a figure are no part of it",
    arguments: [
      "1600①", "1600⑴", "1600[1]", "1600［注1］", "1600（注1）", "1600²", "1600*", "1600 ※", "1600人①", "1600①②",
      "1600（注）",
    ])
  func footnoteMarks(_ text: String) {
    let reading = FigureText.read(text, measure: Measure(unit: "人"))
    #expect(reading.state == .figure(1600))
    #expect(reading.notes.contains { if case .leftOut = $0 { true } else { false } })
  }

  @Test("what could be a second figure is no footnote", arguments: ["16*3", "16①5", "16（3）", "16[1]5"])
  func noFootnoteMarks(_ text: String) {
    #expect(FigureText.read(text, measure: Measure(unit: "人")).state == .unreadable)
  }

  @Test("3-5 that a program made a day of is no figure; its readings are 3, 5 and 35")
  func day() throws {
    let (reading, findings) = try judged { sheet in
      sheet["C10"] = 45_356
      sheet.changeStyle(for: CellRange("C10")) { $0.numberFormat = "m\"月\"d\"日\"" }
    }
    #expect(reading.figure == nil)
    #expect(findings.map(\.rule) == ["C01"])
    #expect(findings.first?.message.chinese.hasPrefix("C10显示为“3月5日”") == true)
    // 14 in all less 12 is 2.
    #expect(findings.first?.candidates.map(\.value) == [2, 3, 5, 35])
  }

  @Test("a number in a column that somebody formatted as days is the number, and C08 says how it is shown")
  func numberAsDay() throws {
    let (reading, findings) = try judged { sheet in
      sheet.changeStyle(for: CellRange("C10")) { $0.numberFormat = .isoDate }
    }
    #expect(reading.figure == 2)
    #expect(findings.map(\.message.chinese) == ["C10显示为“1900-01-02”，按2读取，请核对"])
  }

  @Test("0.02 shown as 2% is no count; 0% is 0")
  func percent() throws {
    let (reading, findings) = try judged { sheet in
      sheet["C10"] = 0.02
      sheet.changeStyle(for: CellRange("C10")) { $0.numberFormat = "0%" }
    }
    #expect(reading.figure == nil)
    #expect(findings.map(\.rule) == ["C01"])
    #expect(findings.first?.candidates.map(\.value) == [2])
    let share = ShownFigure.read(
      0, shownAs: ShownAs(.percent, format: "0%"), measure: Measure(unit: "场"), year: 2024)
    #expect(share == nil)
  }

  @Test(
    "a picture in a cell is a blank cell: WPS's formula, the text of it, and Excel's error that stands for it"
  )
  func pictures() throws {
    let (reading, findings) = try judged {
      $0["C10"] = .formula("_xlfn.DISPIMG(\"ID_8F3A\",1)", cached: "=DISPIMG(\"ID_8F3A\",1)")
    }
    #expect(reading.state == .blank)
    #expect(!findings.contains { $0.rule == "C01" || $0.rule == "T05" })
    #expect(!GridCell(.text("=DISPIMG(\"ID_8F3A\",1)")).isFilled)
    #expect(GridCell(.text("=1+1")).isFilled)
  }

  @Test("the unit in a text box is read where no cell names it, and never against a cell")
  func textBoxes() throws {
    let locator = FormLocator(inbox.campaign)
    var book = try GridBook(workbook: inbox.form(unit: "温县总工会").reopened())
    let box = FloatingText("填报单位（盖章）：沁阳市总工会\n联系电话：0391-5611234", over: "A3:C3")
    book.grids[0].textBoxes = [box]
    #expect(locator.locate(in: book).first?.head[.unit]?.raw == "温县总工会")
    let named = try #require(locator.locate(in: book).first?.head[.unit]?.cell)
    book.grids[0].cells[named] = nil
    let located = try #require(locator.locate(in: book).first)
    #expect(located.head[.unit]?.raw == "沁阳市总工会")
    #expect(located.head[.phone]?.raw == "13839112345")
    #expect(LayoutMemory(locator).locate(in: book).first?.head == located.head)
  }
}

extension Workbook {
  fileprivate func reopened() throws -> Workbook { try Workbook(bytes: serialized()) }
}
